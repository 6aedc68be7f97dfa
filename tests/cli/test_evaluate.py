"""`evaluate`: a dataset against expected records, with figures that can be checked by hand."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import SAMPLES

SHEET = "2019_ZN17_pipes"


@pytest.fixture
def truth(tmp_path: Path):
    """`truth(change)`: the expected records of one sample in a folder, after `change(record)`."""

    def write(change=lambda record: None) -> Path:
        content = json.loads((SAMPLES / f"{SHEET}.expected.json").read_text(encoding="utf-8"))
        change(content)
        file = tmp_path / "truth" / f"{SHEET}.expected.json"
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(content), encoding="utf-8")
        return file.parent

    return write


def figures(peg, expected: Path, output: Path, *options: object) -> dict:
    """The scores by (table, field), and the rest of the JSON."""
    done = peg("evaluate", expected, output, "--json", *options)
    found = json.loads(done.stdout)
    found["by_place"] = {(line["table"], line["field"]): line for line in found["scores"]}
    return found | {"exit_code": done.exit_code, "stderr": done.stderr}


def test_the_samples_are_told_to_be_right(peg, output):
    """The figures of all samples, by table and field, under three ways of matching, and what confidence is worth."""
    done = peg("evaluate", SAMPLES, output, "--matching", "similar")
    assert done.exit_code == 0, done.stderr
    for said in (
        "documents expected; matching: similar",
        "everything",
        "  notes",
        "F1 exact",
        "0.99–1.00",
    ):
        assert said in done.stdout


def test_a_wrong_a_missing_and_an_invented_value_are_told_apart(peg, output, truth):
    """Each is counted where it is; without findings for them they are silent, and the thresholds are missed."""

    def change(content):
        sheet = content["sheets"][0]
        sheet["manager"] = "ROSSI MARIA"  # the paper is said to say otherwise: read wrong
        sheet["phases"][0]["notes"] = "a note that nobody read"  # missing
        sheet["phases"][0]["weight"] = None  # the paper is said to be empty: invented

    found = figures(peg, truth(change), output)
    kinds = {(one["table"], one["row"], one["field"]): (one["kind"], one["silent"]) for one in found["differences"]}
    assert kinds == {
        ("objectives", None, "manager"): ("wrong", True),
        ("phases", 1, "notes"): ("missing", True),
        ("phases", 1, "weight"): ("invented", True),
    }
    whole = found["by_place"][None, None]["light"]
    assert (whole["expected"], whole["read"], whole["right"], whole["silent"]) == (
        whole["right"] + 2, whole["right"] + 2, whole["right"], 3
    )  # fmt: skip
    assert whole["precision"] == whole["recall"] == whole["right"] / (whole["right"] + 2)
    weight = found["by_place"]["phases", "weight"]["light"]
    assert weight["expected"] == weight["right"] == weight["read"] - 1
    assert sum(band["wrong"] for band in found["confidence"]) == 2
    assert found["exit_code"] == 3
    assert "silent errors are" in found["stderr"]


def test_matching_decides_what_is_equal(peg, output, truth):
    """A curly quote and a doubled blank are no difference but to the letter; one letter of a description only there."""

    def change(content):
        sheet = content["sheets"][0]
        sheet["title"] = sheet["title"].replace(" ", "  ").replace("'", "\u2019")
        sheet["description"] = "X" + sheet["description"][1:]

    expected = truth(change)
    lines = figures(peg, expected, output)["by_place"]
    names = ("exact", "light", "similar")
    assert [lines["objectives", "title"][name]["f1"] for name in names] == [0.0, 1.0, 1.0]
    assert [lines["objectives", "description"][name]["f1"] for name in names] == [0.0, 0.0, 1.0]
    assert figures(peg, expected, output, "--matching", "exact")["exit_code"] == 3
    assert figures(peg, expected, output, "--matching", "similar")["exit_code"] == 0


def test_an_error_with_a_finding_is_not_silent(peg, tmp_path, truth):
    """A year that the sheet's findings doubt is wrong, but told."""
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    text = (SAMPLES / f"{SHEET}.md").read_text(encoding="utf-8").replace("| 50,00 |", "| 5x,00 |", 1)
    (inputs / f"{SHEET}.md").write_text(text, encoding="utf-8")
    assert peg("convert", inputs, "-o", tmp_path / "output", "-q").exit_code == 0
    found = figures(peg, truth(), tmp_path / "output")
    differences = [(one["table"], one["field"], one["silent"]) for one in found["differences"]]
    assert differences == [("phases", "weight", False)]


def test_a_document_that_the_dataset_lacks_counts_as_missing(peg, output, truth):
    """All of its values are missing, without a finding, and the report names it."""
    found = figures(peg, truth(lambda content: content.update(document="elsewhere.pdf")), output)
    assert found["not_in_dataset"] == ["elsewhere.pdf"]
    whole = found["by_place"][None, None]["light"]
    assert (whole["read"], whole["recall"]) == (0, 0.0)
    assert whole["silent"] == whole["expected"] > 0


def test_thresholds_are_the_users(peg, output, truth):
    """One wrong value of a sheet is under one limit and over another."""
    expected = truth(lambda content: content["sheets"][0].update(manager="ROSSI MARIA"))
    assert peg("evaluate", expected, output, "--min-f1", "0.9", "--max-silent", "0.1").exit_code == 0
    refused = peg("evaluate", expected, output, "--min-f1", "1", "--max-silent", "0.1")
    assert (refused.exit_code, "F1 is 0.9" in refused.stderr) == (3, True), refused.stderr


def test_what_cannot_be_compared_is_one_sentence(peg, output, tmp_path):
    """No expected records, another shape, no dataset, an unknown matching, a name that fits two documents: exit 2."""
    other = tmp_path / "other.json"
    other.write_text('{"a": 1}', encoding="utf-8")
    (tmp_path / "empty").mkdir()
    for arguments, said in (
        ((other, output), "holds no expected records"),
        ((tmp_path / "empty", output), "holds no *.expected.json"),
        ((SAMPLES, tmp_path / "empty"), "holds no dataset"),
        ((SAMPLES, output, "--matching", "fuzzy"), "there are exact, light, similar"),
    ):
        done = peg("evaluate", *arguments)
        assert (done.exit_code, said in done.stderr) == (2, True), done.stderr


def test_a_name_that_fits_two_documents_is_refused_until_a_folder_tells_them_apart(peg, tmp_path, truth):
    """Two documents of one name: a folder in `document` chooses."""
    inputs = tmp_path / "inputs"
    for folder in ("a", "b"):
        (inputs / folder).mkdir(parents=True)
        shutil.copy(SAMPLES / f"{SHEET}.md", inputs / folder)
    with (inputs / "b" / f"{SHEET}.md").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert peg("convert", inputs, "-o", tmp_path / "output", "-q").exit_code == 0
    refused = peg("evaluate", truth(), tmp_path / "output")
    assert (refused.exit_code, "name a folder" in refused.stderr) == (2, True)
    chosen = truth(lambda content: content.update(document=f"b/{SHEET}.md"))
    assert peg("evaluate", chosen, tmp_path / "output").exit_code == 0
