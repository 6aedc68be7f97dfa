"""`pegextract show`: a document as a person reads it, or as data."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from pegextract.extraction import Unread
from pegextract.layouts.profile import shipped_profiles
from pegextract.report.show import document_view
from pegextract.runs.extract import Settings, extract_document

from .conftest import SAMPLES


def test_a_sheet_is_shown_whole(peg):
    """Header, links, description, phases and indicators are there, with marks and a legend, without colour codes."""
    done = peg("show", SAMPLES / "2019_ZN17_pipes.md")
    assert done.exit_code == 0
    for text in (
        "form firenze · read as markdown · 1 sheet · ok · 100.0 % of the words accounted for",
        "● sure (0.95 or more)",
        "● 2019_ZN17",
        "2019 (from the code)",
        "● SERVIZI SOCIALI",
        "● 2019_08_IS_OB_STR_02",
        "● Il servizio di accompagnamento personalizzato",
        "● 01/01/2019",
        "● MACHEROZZI MANUELA",
        "percent > 80 %",
    ):
        assert text in done.stdout
    assert "\x1b" not in done.stdout


def test_findings_stand_under_their_value(peg):
    """A finding is on the line below the value that it is about, with its severity in a word."""
    lines = peg("show", SAMPLES / "2017_accoglienze_ocr.txt").stdout.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("  service"))
    assert lines[at + 1].strip().startswith("info: the label of service is not readable")


def test_findings_of_a_row_stand_in_the_row(peg, tmp_path, good):
    """What is wrong with a phase is said in the phase; what is wrong with their sum, under the phases."""
    text = good.decode().replace("| 50,00 | 01/01/2019 | 30/06/2019 |", "| 40,00 | 30/06/2019 | 01/01/2019 |")
    (tmp_path / "a.md").write_text(text)
    shown = peg("show", tmp_path / "a.md").stdout
    phases = shown.partition("\nphases\n")[2].partition("\nindicators\n")[0]
    first, second = phases.split("\n  2 ")
    assert "error: phase 1 ends on" in " ".join(first.split())
    assert "warning: the weights of the phases sum to 90, not to 100" in second


def test_unread_words_are_shown():
    """Words that no field claimed are listed with their number, made safe; boilerplate is not."""
    place = {"char_start": 0, "char_end": 7, "page": None, "box": None}
    rows = [Unread("zzz\x1b qqq", "unread", words=2, **place), Unread("Pagina 1", "boilerplate", words=2, **place)]
    extraction = extract_document((SAMPLES / "2019_ZN17_pipes.md").read_bytes(), "a.md", Settings(shipped_profiles()))
    shown = io.StringIO()
    Console(file=shown, width=80).print(document_view(replace(extraction, unread=tuple(rows)), "a.md", ()))
    assert "not read, outside the sheets: 2 words\n  zzz\\x1b qqq" in shown.getvalue()
    assert "Pagina" not in shown.getvalue()


def test_json_is_the_record_and_what_explains_it(peg):
    """--json: the document, and each sheet's record with its evidence and findings."""
    told = json.loads(peg("show", SAMPLES / "2017_accoglienze_ocr.txt", "--json").stdout)
    assert told["document"]["status"] == "ok"
    sheet = told["sheets"][0]
    assert sheet["record"]["year"] == 2017
    assert {"table", "row_number", "field", "value", "raw", "rule", "confidence"} <= set(sheet["evidence"][0])
    assert sheet["findings"][0]["code"] == "label_lost"


def test_one_sheet_of_many(peg, tmp_path):
    """--sheet N shows that sheet alone; a number that does not exist is an error that says how many there are."""
    book = tmp_path / "book.txt"
    sheets = [(SAMPLES / "2021_ZN08_tabs.txt").read_text(), (SAMPLES / "2021_ZN08_tabs.txt").read_text()]
    book.write_text("\n".join(sheets).replace("2021_ZN08", "2021_ZN07", 1))
    shown = peg("show", book, "--sheet", 2).stdout
    assert "sheet 2 of 2" in shown
    assert "sheet 1 of 2" not in shown
    done = peg("show", book, "--sheet", 3)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "there is no sheet 3; the document has 2 sheets" in done.stderr


def test_a_document_that_is_no_sheet_is_exit_code_3(peg, tmp_path):
    """The reason goes to stderr; with --json it is data on stdout."""
    (tmp_path / "a.txt").write_text("Gentile signora, cordiali saluti.\n")
    done = peg("show", tmp_path / "a.txt")
    assert (done.exit_code, done.stdout) == (3, "")
    assert "unknown_form" in done.stderr
    done = peg("show", tmp_path / "a.txt", "--json")
    assert done.exit_code == 3
    assert json.loads(done.stdout)["document"]["error_code"] == "unknown_form"


def test_no_text_reaches_the_terminal_as_a_command(peg, tmp_path, good):
    """Control and bidi characters of a document are shown as escapes."""
    evil = good.replace(b"Avvio progetto", "Avvio \u202eprogetto \x1b[31m".encode(), 1)
    (tmp_path / "a.md").write_bytes(evil)
    shown = peg("show", tmp_path / "a.md").stdout
    assert "\u202e" not in shown
    assert "\x1b" not in shown


def test_standard_input_is_shown(peg, good):
    """`-` is standard input."""
    assert "● 2019_ZN17" in peg("show", "-", stdin=good).stdout


@pytest.mark.parametrize("given", ["nowhere.txt", "."], ids=["missing", "folder"])
def test_what_is_no_file_is_exit_code_2(peg, given):
    """A missing file or a folder is a wrong argument, told in a sentence."""
    done = peg("show", given)
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1
