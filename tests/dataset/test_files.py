"""Parquet files that keep what they were given, or say that they do not."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pegextract.dataset import read
from pegextract.dataset.contract import TABLES
from pegextract.errors import DatasetDamaged, UsageError
from tests.dataset.examples import archive, document_id, file_of, write

SHEET = f"{document_id('b')[:16]}-0001"


def test_a_flipped_bit_is_noticed(tmp_path: Path) -> None:
    """One damaged bit in a data page is an error that names the file, never a wrong value."""
    write(tmp_path, archive())
    path = file_of(tmp_path, "evidence", 2021)
    column = pq.read_metadata(path).row_group(0).column(6)
    content = bytearray(path.read_bytes())
    content[column.data_page_offset + column.total_compressed_size // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(DatasetDamaged, match=r"2021-[0-9a-f]{12}\.parquet is damaged"):
        read.load_table(tmp_path, "evidence")


def test_files_are_compressed_and_carry_statistics(output: Path) -> None:
    """Every column is compressed with zstd; keys carry statistics, so that readers skip what they do not need."""
    group = pq.read_metadata(file_of(output, "evidence", 2021)).row_group(0)
    assert {group.column(index).compression for index in range(group.num_columns)} == {"ZSTD"}
    assert group.column(0).statistics.has_min_max


def test_nothing_but_parquet_inside_a_table(output: Path) -> None:
    """A table's folder holds Parquet files and nothing else, so that any reader takes the folder."""
    inside = [path for table in TABLES for path in (output / table.name).iterdir()]
    assert inside
    assert {path.suffix for path in inside} == {".parquet"}


def test_a_cell_leads_to_its_evidence(output: Path) -> None:
    """Sheet, table, row and field lead to the value and to the place where it is printed."""
    row = read.find_row(output, SHEET, "phases", 2)
    found = read.find_evidence(output, SHEET, "weight", "phases", 2)
    assert row is not None
    assert str(row["weight"]) == found[0]["value"] == "49.9999"
    assert (len(found), found[0]["page"], found[0]["raw"]) == (1, 3, "49,9999")


def test_an_objective_leads_to_its_evidence(output: Path) -> None:
    """The fields of the objective itself have no row number."""
    assert [row["value"] for row in read.find_evidence(output, SHEET, "title")] == ["Casa"]
    sheet = read.find_sheet(output, SHEET)
    assert sheet is not None
    document = read.find_document(output, sheet["document_id"])
    assert document is not None
    assert document["path"] == f"{document_id('b')[:8]}.txt"
    assert [finding["code"] for finding in read.find_findings(output, SHEET)] == ["odd"]


def test_what_is_not_there_is_none_or_empty(output: Path) -> None:
    """An unknown sheet is None, a value that was not printed has no evidence."""
    assert read.find_sheet(output, "nothing") is None
    assert read.find_evidence(output, SHEET, "director") == []


def test_questions_that_make_no_sense_are_refused(output: Path, tmp_path: Path) -> None:
    """An unknown table, a table without row numbers and a folder without a dataset are refused in a sentence."""
    with pytest.raises(UsageError, match="There is no table 'fasi'"):
        read.load_table(output, "fasi")
    with pytest.raises(UsageError, match="have no number"):
        read.find_row(output, SHEET, "evidence", 1)
    with pytest.raises(UsageError, match="holds no dataset"):
        read.load_table(tmp_path, "phases")
