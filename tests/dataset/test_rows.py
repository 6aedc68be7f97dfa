"""What one extraction becomes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from pegextract.dataset.identity import ObjectiveIds, slug
from pegextract.dataset.writer import DatasetWriter
from pegextract.errors import UsageError
from pegextract.models import ObjectiveSheet
from tests.dataset.examples import archive, digest, document_id, extraction, file_of, record, sheet, write


def load(folder: Path, table: str) -> pl.DataFrame:
    """A whole table."""
    return pl.read_parquet(folder / table / "*.parquet")


def test_identities(output: Path) -> None:
    """sheet_id is the document's first 16 characters and the number; objective_id is the code or year and slug."""
    rows = load(output, "objectives")
    assert f"{document_id('a')[:16]}-0002" in rows["sheet_id"].to_list()
    assert set(rows["objective_id"]) == {
        "2021_ZN08",
        "2021_ZN09",
        "2017~servizio-sociale-casa",
        "unknown~servizio-sociale-affido",
    }


def test_one_printing_is_preferred(output: Path) -> None:
    """Of two printings of 2021_ZN08 the more confident is preferred; every objective has exactly one."""
    rows = load(output, "objectives").filter(pl.col("is_preferred"))
    assert rows["objective_id"].is_unique().all()
    assert rows.filter(pl.col("objective_id") == "2021_ZN08")["document_id"].to_list() == [document_id("b")]


@pytest.mark.parametrize("coverages", [(0.8, 0.9), (0.9, 0.8), (0.9, 0.9)])
def test_equal_confidence_is_decided_by_coverage_then_sheet_id(coverages: tuple[float, float], tmp_path: Path) -> None:
    """Between equally confident printings the better covered one wins, and then the smaller sheet_id."""
    documents = [
        extraction(n, sheet(record(1, 2021, "2021_ZN08")), coverage=c) for n, c in zip("xy", coverages, strict=True)
    ]
    write(tmp_path, documents)
    best = min(documents, key=lambda one: (-(one.coverage or 0), one.document_id))
    rows = load(tmp_path, "objectives").filter(pl.col("is_preferred"))
    assert rows["document_id"].to_list() == [best.document_id]


def test_totals(output: Path) -> None:
    """weights_total sums the printed weights exactly; phases and indicators are counted."""
    row = load(output, "objectives").row(0, named=True)
    assert (row["weights_total"], row["phase_count"], row["indicator_count"]) == (Decimal("99.9999"), 2, 1)


def test_rows_are_sorted_nulls_first(output: Path) -> None:
    """Evidence is sorted by sheet, table, row and field, whatever the order in which it was found."""
    rows = load(output, "evidence").select("sheet_id", "table", "row_number", "field").rows()
    first = [row[1:] for row in rows[:3]]
    assert first == [("objectives", None, "title"), ("phases", 1, "weight"), ("phases", 2, "weight")]


def test_places(output: Path) -> None:
    """A text's evidence has characters and no box; a scan's has a page and a box and no characters."""
    rows = load(output, "evidence")
    text = rows.filter(pl.col("page").is_null())
    scan = rows.filter(pl.col("page").is_not_null())
    assert (text["char_start"].null_count(), text["x0"].null_count()) == (0, text.height)
    place = scan.select("page", "x0", "top", "x1", "bottom", "char_start").unique().rows()
    assert place == [(3, 56.7, 112.25, 310.5, 124.0, None)]


def test_a_letter_is_a_failed_document(output: Path) -> None:
    """A document without a sheet has its row, its reason, its words and its findings, all without a year."""
    row = load(output, "documents").filter(pl.col("status") == "failed").row(0, named=True)
    assert (row["error_code"], row["sheet_count"], row["coverage"]) == ("no_sheet", 0, None)
    for table in ("unread", "findings"):
        rows = pl.read_parquet(file_of(output, table, "unknown")).filter(pl.col("sheet_id").is_null())
        assert rows["document_id"].to_list() == [row["document_id"]]


def test_summary_counts(tmp_path: Path) -> None:
    """The summary tells rows, statuses, findings and years as they are in the files."""
    summary = write(tmp_path, archive())
    assert (summary.documents, summary.sheets, summary.years) == (4, 5, (2017, 2021))
    assert (summary.statuses, summary.findings) == ({"ok": 3, "failed": 1}, {"warning": 5, "error": 1})
    assert all(path.exists() for path in summary.files)


def test_a_document_is_added_once(tmp_path: Path) -> None:
    """Adding one document twice is a mistake of the caller, not a second row."""
    with pytest.raises(ValueError, match="added twice"):
        write(tmp_path, [extraction("a"), extraction("a")])


def test_a_failing_run_leaves_the_old_dataset(tmp_path: Path) -> None:
    """An exception in the middle leaves the tables of the last run, and no trace of this one."""
    write(tmp_path, archive())
    before = digest(tmp_path)
    with pytest.raises(ValueError, match="added twice"):
        write(tmp_path, [extraction("a"), extraction("a")])
    assert digest(tmp_path) == before
    assert [path.name for path in (tmp_path / "versions").iterdir()] == ["1"]
    assert not list((tmp_path / ".pegextract" / "staging").iterdir())


def test_output_that_is_a_file_is_refused_at_once(tmp_path: Path) -> None:
    """A file in the place of the output folder is named before any work is done."""
    (tmp_path / "output").write_text("")
    with pytest.raises(UsageError, match="is a file"):
        DatasetWriter(tmp_path / "output")


def test_a_path_that_is_not_unicode_is_kept_readable(tmp_path: Path) -> None:
    """A file name in an old encoding does not stop a batch: its odd bytes become question marks."""
    with DatasetWriter(tmp_path) as writer:
        writer.add(extraction("a"), path="citt\udce0.txt")
    assert load(tmp_path, "documents")["path"].to_list() == ["citt?.txt"]


def test_slugs_are_plain_and_short() -> None:
    """A made-up objective_id is ASCII, at most 80 characters, and ends with a whole word."""
    ids = ObjectiveIds()
    made = ids.of(ObjectiveSheet(sheet_number=1, year=2017, confidence=1.0, title="Città più vivibile " * 20), "s-0001")
    assert made.isascii()
    assert len(made) <= 80
    assert made.startswith("2017~citta-piu-vivibile-")
    assert made.endswith(("citta", "piu", "vivibile"))
    assert slug("L’inclusione, è: «Sì»") == slug("L'INCLUSIONE È SI") == "l-inclusione-e-si"


def test_same_words_different_objectives() -> None:
    """Two sheets of one document with the same opening words and different texts are two objectives."""
    ids = ObjectiveIds()
    texts = ["L'obiettivo si propone di realizzare " + "la presa in carico " * 5 + end for end in ("a", "b", "a")]
    made = [ids.of(ObjectiveSheet(sheet_number=1, year=2017, confidence=1.0, description=text), "s") for text in texts]
    assert made[0] == made[2]
    assert made[1] == f"{made[0]}~2"


def test_a_sheet_that_says_nothing_is_itself() -> None:
    """A sheet without code, service, title and description is identified by its sheet_id, shared with no other."""
    assert ObjectiveIds().of(ObjectiveSheet(sheet_number=1, confidence=0.0), "0f-0001") == "unknown~0f-0001"
