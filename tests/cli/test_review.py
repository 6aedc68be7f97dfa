"""What needs a person goes out as a spreadsheet, and the answers come back as judgements."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pegextract.registry.judgements import FILE, load_judgements
from pegextract.report.review import HEADS, NAMES, VALUES
from tests.dataset.examples import document_id, extraction, record, sheet, write

ODD = "=HYPERLINK(1)"


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """Three managers, one of them with an initial, two a letter apart; phases with a doubtful weight."""
    managers = ("ROSSI MARIA", "ROSSI M.", "ROSSI MARIO")
    sheets = [
        sheet(
            record(n, 2021, f"2021_ZN{len(name):02}", title=ODD).model_copy(
                update={"manager": name, "direction": "CASA"}
            )
        )
        for n, name in zip((1, 2, 1), managers, strict=True)
    ]
    output = tmp_path / "output"
    write(output, [extraction("a", *sheets[:2]), extraction("b", sheets[2])])
    return output


@pytest.fixture
def exported(peg, dataset: Path, tmp_path: Path) -> Path:
    """The spreadsheet of the dataset."""
    file = tmp_path / "review.xlsx"
    assert peg("review", "export", dataset, "-o", file).exit_code == 0
    return file


def answer(file: Path, sheet_name: str, row: int, **answers: object) -> None:
    """Fill in cells of one row, by the head of their column."""
    book = openpyxl.load_workbook(file)
    for head, value in answers.items():
        book[sheet_name].cell(row, HEADS[sheet_name].index(head.replace("_", " ")) + 1).value = value
    book.save(file)


def rows(file: Path, name: str) -> list[dict[str, object]]:
    """The rows of one sheet."""
    heads, *others = openpyxl.load_workbook(file)[name].iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in others]


def test_cells_with_findings_stand_beside_their_source(exported):
    """Finding, place, what is printed, what was read: one row a cell, with a list to choose from."""
    weights = [row for row in rows(exported, VALUES) if row["field"] == "weight"]
    places = [(document_id("a"), 1), (document_id("a"), 2), (document_id("b"), 1)]
    assert [(row["document"], row["sheet"]) for row in weights] == [(f"{id_[:8]}.txt", n) for id_, n in sorted(places)]
    assert {(row["table"], row["row"], row["printed"], row["value"]) for row in weights} == {
        ("phases", 1, "50,00", "50.0000")
    }
    (choice,) = openpyxl.load_workbook(exported)[VALUES].data_validations.dataValidation
    assert choice.formula1 == '"right,correct"'


def test_look_alikes_and_merges_are_asked_about(exported):
    """MARIA and MARIO, who were not put together, most mentioned first."""
    asked = [(row["name"], row["other"], row["why"], row["now"]) for row in rows(exported, NAMES)]
    assert ("ROSSI MARIA", "ROSSI MARIO", "look_alike", "different") in [
        (*sorted(names[:2]), *names[2:]) for names in asked
    ]


def test_no_text_is_a_formula(exported):
    """What begins with an equals sign is text."""
    cells = [cell for sheet_ in openpyxl.load_workbook(exported) for row in sheet_.iter_rows() for cell in row]
    assert cells
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]


def test_answers_become_judgements_that_the_next_run_applies(peg, exported, dataset):
    """A corrected value, and two names that are one."""
    at = next(n for n, row in enumerate(rows(exported, VALUES), 2) if row["field"] == "weight")
    answer(exported, VALUES, at, decision="correct", new_value=40)
    pair = next(n for n, row in enumerate(rows(exported, NAMES), 2) if row["why"] == "look_alike")
    answer(exported, NAMES, pair, decision="same")
    done = peg("review", "import", exported, dataset)
    assert (done.exit_code, "2 judgements taken, 0 rows refused" in done.stdout) == (0, True)
    read = load_judgements(dataset)
    assert (read.correction[0].field, read.correction[0].raw, read.correction[0].value) == ("weight", "50,00", "40")
    assert sorted(read.same[0].names) == ["ROSSI MARIA", "ROSSI MARIO"]


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"decision": "perhaps"}, "«perhaps» is no decision; choose right or correct"),
        ({"decision": "correct"}, "there is no new value"),
        ({"new_value": "3"}, "no decision"),
        ({"decision": "correct", "new_value": "heavy"}, "«heavy» is no value of weight"),
        ({"decision": "correct", "new_value": "3", "document": "other.txt"}, "no document «other.txt»"),
        ({"decision": "correct", "new_value": "3", "field": "sheet_id"}, "no value that can be corrected"),
    ],
)
def test_wrong_cells_are_refused_with_row_and_reason(peg, exported, dataset, answers, reason):
    """A row that makes no judgement is named; nothing of it is taken, and the exit code says so."""
    at = next(n for n, row in enumerate(rows(exported, VALUES), 2) if row["field"] == "weight")
    answer(exported, VALUES, at, **answers)
    done = peg("review", "import", exported, dataset)
    assert done.exit_code == 3
    assert f"values, row {at}: " in done.stderr
    assert reason in done.stderr
    assert not (dataset / FILE).exists()


def test_another_spreadsheet_is_refused(peg, dataset, tmp_path):
    """A file without the exported columns, or that is none at all."""
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    (tmp_path / "text.xlsx").write_text("no spreadsheet")
    for name, says in (("other.xlsx", "has no sheet"), ("text.xlsx", "is no spreadsheet"), ("gone.xlsx", "gone.xlsx")):
        done = peg("review", "import", tmp_path / name, dataset)
        assert (done.exit_code, says in done.stderr) == (2, True)


def test_unmerge_notes_that_names_are_not_one(peg, dataset):
    """Spellings that the dataset knows are kept apart from now on; others are refused."""
    assert peg("unmerge", dataset, "ROSSI MARIA", "ROSSI MARIO").exit_code == 0
    assert load_judgements(dataset).different[0].names == ["ROSSI MARIA", "ROSSI MARIO"]
    assert peg("unmerge", dataset, "ROSSI MARIA", "VERDI ANNA").exit_code == 2
    assert peg("unmerge", dataset, "ROSSI MARIA", "Rossi Maria").exit_code == 2
    assert peg("unmerge", dataset, "A", "B", "--kind", "dog").exit_code == 2
