"""What differs between two versions: which rows came and went, and which values changed.

Rows are compared by what a person would call the same: a document by its path, a sheet by its document's path and its
objective, a phase by its sheet and its number. So a corrected document shows its corrections, though its bytes, and
with them all ids, are others. Rows without a number (evidence, findings, unread) are compared as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from pegextract.dataset.arrow import arrow_schema
from pegextract.dataset.columns import Table
from pegextract.dataset.contract import TABLES
from pegextract.dataset.manifest import Manifest
from pegextract.dataset.place import Place
from pegextract.dataset.versions import manifest_of

_IDS: Final = ("document_id", "sheet_id")
Row = dict[str, Any]


class Change(NamedTuple):
    """One difference. kind: added, removed, changed · row: what a person would call it · values: None where no cell."""

    kind: str
    table: str
    row: str
    column: str | None = None
    old: Any = None
    new: Any = None


def changes(place: Place, before: int, after: int) -> Iterator[Change]:
    """All differences, table by table. Raises UsageError for a version that is not there."""
    sides = [_Side(place.version(number), manifest_of(place, number)) for number in (before, after)]
    for table in TABLES:
        yield from _of_table(table, *sides)


class _Side:
    """One of the two versions, with the names that its sheets go by."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.files = {file.path for file in manifest.files}
        self._paths = {row["document_id"]: row["path"] for row in self._columns("documents", ["document_id", "path"])}
        self._sheets: dict[str, str] = {}
        seen: Counter[str] = Counter()
        for row in self._columns("objectives", ["sheet_id", "document_id", "objective_id"]):
            name = f"{self._paths.get(row['document_id'], '?')} · {row['objective_id']}"
            seen[name] += 1
            self._sheets[row["sheet_id"]] = name if seen[name] == 1 else f"{name} · {seen[name]}"

    def rows(self, table: Table, but: set[str]) -> list[Row]:
        """The rows of a table, without the files in `but`."""
        files = sorted(path for path in self.files - but if path.startswith(f"{table.name}/"))
        parts = [pq.read_table(self.folder / path, page_checksum_verification=True) for path in files]
        whole = pa.concat_tables([arrow_schema(table).empty_table(), *parts], promote_options="default")
        rows: list[Row] = whole.to_pylist()
        return rows

    def name(self, table: Table, row: Row) -> str:
        """What a person would call a row; its sheet or document for one without a number."""
        if table.name == "documents":
            return str(row["path"])
        owner = self._sheets.get(row.get("sheet_id") or "") or self._paths.get(row.get("document_id") or "", "")
        numbers = [str(row[column]) for column in table.key if column not in _IDS]
        return " · ".join(filter(None, (owner, *numbers)))

    def _columns(self, table: str, columns: list[str]) -> Iterator[Row]:
        for path in sorted(path for path in self.files if path.startswith(f"{table}/")):
            yield from pq.read_table(self.folder / path, columns=columns).to_pylist()


def _of_table(table: Table, before: _Side, after: _Side) -> Iterator[Change]:
    same = before.files & after.files
    if table.key:
        yield from _keyed(table, _by_name(table, before, same), _by_name(table, after, same))
    else:
        yield from _counted(table, before, after, same)


def _by_name(table: Table, side: _Side, same: set[str]) -> dict[tuple[str, int], Row]:
    """The rows by name; a name that several rows share is counted."""
    seen: Counter[str] = Counter()
    named = {}
    for row in side.rows(table, same):
        name = side.name(table, row)
        seen[name] += 1
        named[name, seen[name]] = row
    return named


def _keyed(table: Table, before: dict[tuple[str, int], Row], after: dict[tuple[str, int], Row]) -> Iterator[Change]:
    for key in sorted(before.keys() | after.keys()):
        if key not in after:
            yield Change("removed", table.name, key[0])
        elif key not in before:
            yield Change("added", table.name, key[0])
        else:
            old, new = before[key], after[key]
            for column in table.names:
                if column not in _IDS and old.get(column) != new.get(column):
                    yield Change("changed", table.name, key[0], column, old.get(column), new.get(column))


def _counted(table: Table, before: _Side, after: _Side, same: set[str]) -> Iterator[Change]:
    """Rows without a name of their own: how many more there are of each on one side than on the other."""
    more: Counter[tuple[str, str]] = Counter()
    for side, sign in ((before, -1), (after, 1)):
        for row in side.rows(table, same):
            told = " · ".join(
                f"{name}={value}" for name, value in row.items() if name not in _IDS and value is not None
            )
            more[side.name(table, row), told] += sign
    for (name, told), count in sorted(more.items()):
        change = Change("added" if count > 0 else "removed", table.name, f"{name} · {told}" if name else told)
        yield from [change] * abs(count)
