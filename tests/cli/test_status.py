"""How complete each year is: gaps in codes, directions without sheets, what an index names, drops."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.dataset.examples import extraction, record, sheet, write


def of(code: str, direction: str):
    """A sheet of a direction."""
    year = int(code[:4])
    known = {"direction": direction, "linked_objectives": ()}
    return sheet(record(1, year, code, title=code).model_copy(update=known))


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """Ten objectives of two directions in 2020; four of one in 2021, with a gap."""
    before = [of(f"2020_ZN{n:02}", "CASA") for n in range(1, 7)] + [of(f"2020_AN{n:02}", "SPORT") for n in range(1, 5)]
    after = [of(f"2021_ZN{n:02}", "CASA") for n in (1, 2, 4, 6)]
    numbered = [[replace(one, record=numbered_as(one, n)) for n, one in enumerate(of, 1)] for of in (before, after)]
    write(tmp_path, [extraction("before", *numbered[0]), extraction("after", *numbered[1], coverage=0.95)])
    return tmp_path


def numbered_as(one, number: int):
    """The record of a sheet with its number in the document."""
    return one.record.model_copy(update={"sheet_number": number})


def test_a_year_says_what_it_lacks(peg, dataset):
    """Figures for each year, codes that are skipped, directions that are gone, and the drop."""
    done = peg("status", dataset)
    assert done.exit_code == 0
    for said in (
        "2020  10 sheets, 10 objectives, 100.0% of the words, 0 errors, 10 warnings",
        "2021  4 sheets, 4 objectives, 95.0% of the words, 0 errors, 4 warnings",
        "only 40% of the objectives of the year before",
        "CASA: no sheet for 2021_ZN03, 2021_ZN05",
        "no sheet of SPORT, which the year before has",
    ):
        assert said in done.stdout


def test_status_for_machines(peg, dataset):
    """The same as JSON."""
    before, after = json.loads(peg("status", dataset, "--json").stdout)["years"]
    assert (before["gaps"], before["absent"], before["drop"]) == ({}, [], None)
    assert after["gaps"] == {"CASA": ["2021_ZN03", "2021_ZN05"]}
    assert (after["absent"], after["drop"], after["findings"]) == (["SPORT"], 0.4, {"warning": 4})


def test_what_an_index_names_and_nobody_saw(peg, tmp_path):
    """A book whose index names a sheet that is not in it."""
    text = "INDICE\n\n2021_ZN08 Casa ........ 3\n2021_ZN77 Sport ........ 5\n\n"
    sample = (Path(__file__).parents[2] / "samples" / "2021_ZN08_tabs.txt").read_text(encoding="utf-8")
    (tmp_path / "book.txt").write_text(text + sample, encoding="utf-8")
    assert peg("convert", tmp_path / "book.txt", "-o", tmp_path / "output", "--quiet").exit_code == 0
    assert "named, but no sheet: 2021_ZN77\n" in peg("status", tmp_path / "output").stdout
