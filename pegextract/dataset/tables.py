"""Records → rows: what one Extraction adds to each table, collected in chunks and turned into Arrow columns.

Rows wait as tuples (an evidence row is the Evidence itself) and are transposed once per chunk: a Python call per cell
would cost more than everything else here. The columns that a whole sheet shares (document_id, sheet_id, year) are
stored once per owner, a sheet or a document outside its sheets, and repeated by Arrow.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Any, Final, NamedTuple

import pyarrow as pa

from pegextract import models
from pegextract.dataset.arrow import ARROW_TYPES, arrow_schema
from pegextract.dataset.columns import Table
from pegextract.dataset.contract import BY_NAME, TABLES
from pegextract.dataset.identity import ObjectiveIds, sheet_id_of
from pegextract.extraction import Evidence, Extraction, PlacedFinding, SheetExtraction, Unread
from pegextract.findings import Finding

_OWNER: Final = ("document_id", "sheet_id", "year")
_BOX: Final = ("x0", "top", "x1", "bottom")


class Owner(NamedTuple):
    """What rows belong to: a sheet, or a document outside its sheets (then sheet_id and year are None)."""

    document_id: str
    sheet_id: str | None
    year: int | None


def _shared(table: str, record: type[models.Record]) -> tuple[str, ...]:
    """The columns of a table that are fields of its record, in the table's order."""
    return tuple(name for name in BY_NAME[table].names if name in record.model_fields and name not in _OWNER)


_PARTS: Final = {
    "phases": _shared("phases", models.Phase),
    "indicators": _shared("indicators", models.Indicator),
    "dup_links": _shared("dup_links", models.DupLink),
    "linked_objectives": _shared("linked_objectives", models.LinkedObjective),
}
_GETTERS: Final = {name: attrgetter(*fields) for name, fields in _PARTS.items()}
_OBJECTIVE: Final = _shared("objectives", models.ObjectiveSheet)
_objective_values: Final = attrgetter(*_OBJECTIVE)

ROW_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "documents": (*BY_NAME["documents"].names,),
    "objectives": ("objective_id", "weights_total", "phase_count", "indicator_count", *_OBJECTIVE),
    **_PARTS,
    "evidence": Evidence._fields,
    "unread": Unread._fields,
    "findings": (*Finding._fields, "page", "box"),
}
"""The names of what a waiting row holds, by table."""


class Chunk:
    """Rows that wait to become Arrow columns. `evidence_rows` tells how full it is."""

    def __init__(self) -> None:
        self.owners: list[Owner] = []
        self.rows: dict[str, list[tuple[Any, ...]]] = {table.name: [] for table in TABLES}
        self.belongs: dict[str, list[int]] = {table.name: [] for table in TABLES}

    @property
    def size(self) -> int:
        """Number of waiting rows."""
        return sum(map(len, self.rows.values()))

    def add(self, extraction: Extraction, path: str, copies: int) -> list[tuple[str, str]]:
        """Take all that one document gave. Returns (objective_id, sheet_id) of its sheets, in order."""
        document_id = extraction.document_id
        ids = ObjectiveIds()
        self.owners.append(Owner(document_id, None, None))
        self._put("documents", [_document_row(extraction, path, copies)])
        self._put("unread", extraction.unread)
        self._put("findings", _finding_rows(extraction.findings))
        placed = []
        for sheet in extraction.sheets:
            sheet_id = sheet_id_of(document_id, sheet.record.sheet_number)
            objective_id = ids.of(sheet.record, sheet_id)
            self.owners.append(Owner(document_id, sheet_id, sheet.record.year))
            self._add_sheet(sheet, objective_id)
            placed.append((objective_id, sheet_id))
        return placed

    def _add_sheet(self, sheet: SheetExtraction, objective_id: str) -> None:
        record = sheet.record
        self._put("objectives", [(objective_id, *_totals(record), *_objective_values(record))])
        for name, getter in _GETTERS.items():
            self._put(name, [getter(part) for part in getattr(record, name)])
        self._put("evidence", sheet.evidence)
        self._put("unread", sheet.unread)
        self._put("findings", _finding_rows(sheet.findings))

    def _put(self, table: str, rows: list[Any] | tuple[Any, ...]) -> None:
        if rows:
            self.rows[table].extend(rows)
            self.belongs[table].extend([len(self.owners) - 1] * len(rows))

    def batches(self) -> dict[str, Any]:
        """The waiting rows as one `pyarrow.RecordBatch` per table that has any."""
        owners = dict(zip(_OWNER, zip(*self.owners, strict=True), strict=True)) if self.owners else {}
        return {table.name: self._batch(table, owners) for table in TABLES if self.rows[table.name]}

    def _batch(self, table: Table, owners: dict[str, tuple[Any, ...]]) -> Any:
        rows = self.rows[table.name]
        values = dict(zip(ROW_FIELDS[table.name], zip(*rows, strict=True), strict=True))
        if "box" in values:
            values |= _box_columns(values.pop("box"))
        belongs = pa.array(self.belongs[table.name], pa.int32())
        arrays = []
        for column in table.columns:
            kind = ARROW_TYPES[column.type]
            if column.name in values:
                arrays.append(pa.array(values[column.name], kind))
            elif column.name in owners:
                arrays.append(pa.array(owners[column.name], kind).take(belongs))
            else:
                arrays.append(pa.nulls(len(rows), kind))
        return pa.RecordBatch.from_arrays(arrays, schema=arrow_schema(table))


def _box_columns(boxes: tuple[Any, ...]) -> dict[str, tuple[float | None, ...]]:
    """Four columns of edges; none at all (so: nulls) where no row has a box, as in every text."""
    if not any(boxes):
        return {}
    nothing = (None, None, None, None, None)
    return dict(zip(_BOX, list(zip(*(box or nothing for box in boxes), strict=True))[1:], strict=True))


def _totals(record: models.ObjectiveSheet) -> tuple[Any, int, int]:
    weights = [phase.weight for phase in record.phases if phase.weight is not None]
    return sum(weights) if weights else None, len(record.phases), len(record.indicators)


def _finding_rows(findings: tuple[PlacedFinding, ...]) -> list[tuple[Any, ...]]:
    return [(*placed.finding, placed.page, placed.box) for placed in findings]


def _document_row(extraction: Extraction, path: str, copies: int) -> tuple[Any, ...]:
    known = {"path": _printable(path), "copies": copies, "sheet_count": len(extraction.sheets)}
    message = extraction.error_message
    known["error_message"] = None if message is None else _printable(message)
    return tuple(known[name] if name in known else getattr(extraction, name) for name in ROW_FIELDS["documents"])


def _printable(text: str) -> str:
    """A file name that is not UTF-8 reaches Python as lone surrogates, which no Parquet file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
