"""Reading a dataset back: a table, a sheet, one cell and its evidence. Page checksums are verified."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from pegextract.dataset.columns import Table
from pegextract.dataset.contract import BY_NAME, OBJECTIVES
from pegextract.dataset.manifest import read_manifest
from pegextract.dataset.parquet import read_table
from pegextract.dataset.place import Place
from pegextract.errors import UsageError

Row = Mapping[str, Any]
"""One row: column name → Python value (int, float, str, bool, Decimal, date, list or None)."""


def load_table(output: Path, name: str) -> Any:
    """A whole table of the dataset in `output`, as `pyarrow.Table`.

    Raises UsageError for a name that is no table or a folder that holds no dataset, DatasetFault for damage.
    """
    return read_table(committed(output), _table(name))


def find_sheet(output: Path, sheet_id: str) -> Row | None:
    """The row of `objectives` of one sheet; None where the dataset has no such sheet."""
    return _first(_rows(output, "objectives", {"sheet_id": sheet_id}))


def find_document(output: Path, document_id: str) -> Row | None:
    """The row of `documents` of one input; None where the dataset has no such document."""
    return _first(_rows(output, "documents", {"document_id": document_id}))


def find_row(output: Path, sheet_id: str, table: str = "objectives", row_number: int | None = None) -> Row | None:
    """One row of a sheet: the objective itself, or row `row_number` (from 1) of one of its tables."""
    if table == "objectives":
        return find_sheet(output, sheet_id)
    number = row_number_column(table)
    return _first(_rows(output, table, {"sheet_id": sheet_id, number: row_number}))


def find_evidence(
    output: Path, sheet_id: str, field: str, table: str = "objectives", row_number: int | None = None
) -> list[Row]:
    """Where one value stands on the paper: the rows of `evidence` for it, in order; empty where it was not printed."""
    wanted = {"sheet_id": sheet_id, "table": table, "row_number": row_number, "field": field}
    return _rows(output, "evidence", wanted)


def find_findings(output: Path, sheet_id: str) -> list[Row]:
    """What a person should know about one sheet."""
    return _rows(output, "findings", {"sheet_id": sheet_id})


def row_number_column(table: str) -> str:
    """The column that numbers the rows of a sheet: `phase_number` of `phases`, and so on.

    Raises UsageError for a table whose rows have no number on their sheet.
    """
    known = _table(table)
    if len(known.key) != 2 or known.key[0] != OBJECTIVES.key[0]:
        raise UsageError(f"Rows of {table!r} have no number on a sheet.")
    return known.key[1]


def _rows(output: Path, name: str, wanted: Mapping[str, Any]) -> list[Row]:
    condition = None
    for column, value in wanted.items():
        test = pc.field(column).is_null() if value is None else pc.field(column) == value
        condition = test if condition is None else condition & test
    rows: list[Row] = read_table(committed(output), _table(name), filters=condition).to_pylist()
    return rows


def _first(rows: list[Row]) -> Row | None:
    return rows[0] if rows else None


def _table(name: str) -> Table:
    if name not in BY_NAME:
        raise UsageError(f"There is no table {name!r}; there are {', '.join(BY_NAME)}.")
    return BY_NAME[name]


def committed(output: Path) -> Path:
    """The folder of the committed version, so that all that is read comes from one; or a folder without versions.

    Raises UsageError where there is no dataset, DatasetTooNew for a format of the future.
    """
    place = Place(output)
    number = place.number()
    if number is not None:
        read_manifest(place.version(number))
        return place.version(number)
    if not (output / "documents").is_dir():
        raise UsageError(f"{output} holds no dataset; write one with: pegextract convert INPUT -o {output}")
    return output
