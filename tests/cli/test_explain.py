"""`pegextract explain`: from a cell back to the paper."""

from __future__ import annotations

import shutil

import pytest

from pegextract.dataset.read import load_table
from pegextract.report.sentences import sentence

from .conftest import DOCUMENTS, SAMPLES

SHEETS = len(DOCUMENTS) + 11
"""One of each document, and the book has twelve."""


def test_a_value_is_shown_with_its_spot(peg, output):
    """Value, printed text, method, rule in a sentence, document, place, and the line with the spot marked."""
    done = peg("explain", output, "2019_ZN17", "phases[1].weight", "--source", SAMPLES)
    assert done.exit_code == 0
    for text in (
        "value     50.0000",
        "printed   50,00",
        "method    printed, confidence 0.99 ●",
        "weight_percent_points: a weight in percent points",
        "document  2019_ZN17_pipes.md",
        "place     characters 2686-2691",
    ):
        assert text in done.stdout
    lines = done.stdout.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith(">"))
    start = lines[at + 1].index("^")
    assert lines[at][start : start + lines[at + 1].count("^")] == "50,00"


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("title", "the same words"),
        ("phases.1.weight", "50,00"),
        ("objectives.title", "Avvio progetto POLIS"),
        ("phases[1].responsible_raw", "MACHEROZZI MANUELA-P.O.ADULTI FAMIG. INCL SOCIALE"),
        ("title_raw", "Avvio progetto POLIS"),
        ("weights_total", "phases[2].weight = 50.0000, printed as «50,00»"),
        ("phase_count", "phases[2].description"),
        ("indicator_count", "indicators[1].description"),
        ("year", "code = 2019_ZN17"),
        ("confidence", "it comes from the whole sheet"),
        ("director_id", "director = CAVALLERI VINCENZO, printed as"),
        ("phases[1].org_unit_id", "phases[1].responsibility_centre = SERVIZIO SOCIALE PROFESSIONALE"),
        ("phases[1].notes", "nothing: the form leaves it empty"),
        ("indicators[1].target_value", "target_percent: a number with %"),
        ("dup_links[2].code", "the DUP code was written in its one form"),
    ],
)
def test_every_kind_of_field_is_explained(peg, output, field, says):
    """Printed, raw and computed fields, of the sheet and of its rows, in both ways of writing."""
    done = peg("explain", output, "2019_ZN17", field, "--source", SAMPLES)
    assert done.exit_code == 0
    assert says in done.stdout


def test_a_value_of_a_pdf_is_explained_without_reading_the_pdf_again(peg, output, monkeypatch):
    """Its page and box are in the dataset: a book of a thousand pages is not read for one cell."""
    monkeypatch.setattr("pegextract.readers.door.read_document", lambda *_: pytest.fail("it is read again"))
    documents = load_table(output, "documents")
    book = next(row["document_id"] for row in documents.to_pylist() if row["path"].endswith("2023_libro.pdf"))
    done = peg("explain", output, f"{book[:16]}-0002", "description", "--source", SAMPLES)
    assert done.exit_code == 0, done.stderr
    assert "points from the top left" in done.stdout


def test_findings_of_the_field_are_shown(peg, output):
    """What a person should know about the value stands with it."""
    sheet = next(r["sheet_id"] for r in load_table(output, "findings").to_pylist() if r["code"] == "label_lost")
    done = peg("explain", output, sheet, "direction", "--source", SAMPLES)
    assert "info      the label of direction is not readable" in done.stdout


def test_the_beginning_of_a_sheet_id_is_enough(peg, output):
    """A beginning that only one sheet has names it; one that several have is refused with their names."""
    sheets = load_table(output, "objectives")["sheet_id"].to_pylist()
    done = peg("explain", output, sheets[0][:8], "year")
    assert done.exit_code == 0
    assert sheets[0] in done.stdout


@pytest.mark.parametrize(
    ("sheet", "field", "says"),
    [
        ("2019_ZN17", "colour", "objectives has no field «colour»; there are sheet_id, objective_id"),
        ("2019_ZN17", "phases[1].colour", "phases has no field «colour»; there are"),
        ("2019_ZN17", "phases[9].weight", "no phases[9]; there are 2, counted from 1"),
        ("2019_ZN17", "phases[0].weight", "no phases[0]"),
        ("2019_ZN17", "phases.weight", "say which row: phases[1].weight"),
        ("2019_ZN17", "steps[1].weight", "is no field; write title, or phases[2].weight"),
        ("2019_ZN17", "phases[1", "is no field"),
        ("1999_AA01", "title", f"has no sheet «1999_AA01»; there are {SHEETS} sheets"),
        ("", "title", "has no sheet «»"),
    ],
)
def test_what_does_not_exist_is_told_with_what_does(peg, output, sheet, field, says):
    """A wrong sheet or field is exit code 2 and a sentence that lists what there is."""
    done = peg("explain", output, sheet, field)
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr


def test_a_folder_without_a_dataset_is_told(peg, tmp_path):
    """The message says how to write one."""
    done = peg("explain", tmp_path, "2019_ZN17", "title")
    assert done.exit_code == 2
    assert "pegextract convert INPUT -o" in done.stderr


def test_the_document_is_found_beside_the_dataset(peg, output, tmp_path, monkeypatch):
    """Without --source it is looked for in the current folder and in the folders in it."""
    shutil.copytree(SAMPLES, tmp_path / "inbox")
    monkeypatch.chdir(tmp_path)
    assert "inbox/2019_ZN17_pipes.md" in peg("explain", output, "2019_ZN17", "title").stdout


def test_a_document_that_is_gone_or_changed_is_told(peg, output, tmp_path, monkeypatch):
    """Then the evidence alone is shown, with the reason: other bytes are not the document."""
    monkeypatch.chdir(tmp_path)
    done = peg("explain", output, "2019_ZN17", "title")
    assert done.exit_code == 0
    assert "the document 2019_ZN17_pipes.md is not here; name its folder with --source" in done.stdout
    (tmp_path / "2019_ZN17_pipes.md").write_text("another text")
    shown = peg("explain", output, "2019_ZN17", "title").stdout
    assert "is not the file that was converted: its bytes differ" in " ".join(shown.split())
    assert ">" not in shown


def test_every_spot_of_the_samples_holds_what_was_printed(output):
    """The characters that evidence names lie in the document, in order; on pages a box lies on its page."""
    texts = {row["document_id"]: row for row in load_table(output, "documents").to_pylist()}
    sheets = {row["sheet_id"]: texts[row["document_id"]] for row in load_table(output, "objectives").to_pylist()}
    for row in load_table(output, "evidence").to_pylist():
        document = sheets[row["sheet_id"]]
        if row["x0"] is None:
            assert 0 <= row["char_start"] <= row["char_end"] <= document["size_bytes"]
        else:
            assert 1 <= row["page"] <= document["page_count"]
            assert 0 <= row["x0"] < row["x1"] <= 843
            assert 0 <= row["top"] < row["bottom"] <= 843


def test_every_rule_of_the_samples_has_a_sentence(output):
    """Nobody has to guess what a rule does."""
    rules = {rule for row in load_table(output, "evidence").to_pylist() for rule in row["rule"].split("+") if rule}
    assert {rule for rule in rules if sentence(rule) is None} == set()
