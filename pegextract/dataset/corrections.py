"""Single values that a person corrected: applied on every run, as long as the paper says what it said then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pegextract.dataset.arrow import arrow_schema, with_column
from pegextract.dataset.columns import Column
from pegextract.dataset.contract import BY_NAME
from pegextract.dataset.derived import Told
from pegextract.dataset.order import in_order
from pegextract.errors import UsageError
from pegextract.registry.judgements import Correction

_NUMBERED: Final = {
    "phases": "phase_number", "indicators": "indicator_number", "dup_links": "link_number",
    "linked_objectives": "link_number",
}  # fmt: skip
_FIXED: Final = (
    "sheet_id",
    "objective_id",
    "document_id",
    "sheet_number",
    "is_preferred",
    "year",
    "code",
    "confidence",
)
"""What a sheet is known by, and what the run computes: not corrected value by value."""


class Corrected(NamedTuple):
    """The tables with what was corrected, evidence among them, and what a person should know."""

    tables: dict[str, Any]
    findings: Sequence[Told]


class _Cell(NamedTuple):
    """The place of one correction in this dataset, and what its paper says there now."""

    document_id: str
    sheet_id: str
    year: int | None
    row: int
    raw: str


def column_of(correction: Correction) -> Column:
    """The column that a correction is about. Raises UsageError where there is none that can be corrected."""
    table = BY_NAME.get(correction.table)
    numbered = _NUMBERED.get(correction.table)
    if table is None or (correction.table != "objectives" and numbered is None):
        raise UsageError(f"{correction.table} is no table whose values can be corrected")
    if (correction.row is None) != (correction.table == "objectives"):
        raise UsageError(f"a correction of {correction.table} {'needs a' if numbered else 'has no'} row")
    column = next((column for column in table.columns if column.name == correction.field), None)
    computed = (
        column is None or column.name in _FIXED or column.name == numbered or column.name.endswith(("_id", "_raw"))
    )
    if column is None or computed:
        raise UsageError(f"{correction.table}.{correction.field} is no value that can be corrected")
    return column


def typed(column: Column, text: str) -> Any:
    """The value of a column from its text: 30 or 30.5, 2021-12-31, true. Raises UsageError where it is none."""
    try:
        value = _typed(column.type, text.strip())
    except (ValueError, InvalidOperation) as error:
        raise UsageError(f"«{text}» is no value of {column.name} ({column.type})") from error
    if column.values and value not in column.values:
        raise UsageError(f"«{text}» is none of {', '.join(column.values)}")
    return value


def _typed(kind: str, text: str) -> Any:
    if kind.startswith("decimal"):
        return Decimal(text)
    if kind.startswith("int"):
        return int(text)
    if kind == "float64":
        return float(text)
    return date.fromisoformat(text) if kind == "date" else text


def correct(tables: Mapping[str, Any], corrections: Iterable[Correction]) -> Corrected:
    """Apply the corrections to `pyarrow.Table`s. One whose raw text has changed is stale: a finding, and no more.

    Raises UsageError for a correction that could never be applied: no such column, no value of its type.
    """
    archive, findings = _Archive(dict(tables)), list[Told]()
    for correction in corrections:
        column = column_of(correction)
        value = typed(column, correction.value)
        cell = archive.cell(correction)
        if cell is None:
            findings.extend(archive.lost(correction))
        elif " ".join(cell.raw.split()) != " ".join(correction.raw.split()):
            findings.append(_stale(correction, cell))
        else:
            archive.put(correction, cell, value)
    return Corrected(archive.tables(), findings)


class _Archive:
    """The tables while they are corrected: the changes wait, so that each table is written once."""

    def __init__(self, tables: dict[str, Any]) -> None:
        self._tables = tables
        paths = dict(zip(*(tables["documents"][name].to_pylist() for name in ("path", "document_id")), strict=True))
        self._documents = {**{id_: id_ for id_ in paths.values()}, **paths}
        rows = tables["objectives"].select(["document_id", "sheet_number", "sheet_id", "year"]).to_pylist()
        self._sheets = {(row["document_id"], row["sheet_number"]): row for row in rows}
        self._values: dict[tuple[str, str], dict[int, Any]] = {}
        self._evidence: list[dict[str, Any]] = []

    def cell(self, correction: Correction) -> _Cell | None:
        """Where the value of a correction stands; None where the dataset has not that row."""
        sheet = self._sheets.get((self._documents.get(correction.document, ""), correction.sheet))
        if sheet is None:
            return None
        mask = pc.equal(self._tables[correction.table]["sheet_id"], sheet["sheet_id"])
        if correction.row is not None:
            number = self._tables[correction.table][_NUMBERED[correction.table]]
            mask = pc.and_(mask, pc.equal(number, correction.row))
        rows = pc.indices_nonzero(mask).to_pylist()
        if not rows:
            return None
        return _Cell(sheet["document_id"], sheet["sheet_id"], sheet["year"], rows[0], self._raw(correction, sheet))

    def put(self, correction: Correction, cell: _Cell, value: Any) -> None:
        """Remember a value, and its evidence: where the old one stood, as a correction."""
        self._values.setdefault((correction.table, correction.field), {})[cell.row] = value
        found = self._printed("evidence", correction, cell.sheet_id)
        place = found[0] if found else {"sheet_id": cell.sheet_id, "year": cell.year}
        self._evidence.append(
            {
                **{name: place.get(name) for name in arrow_schema(BY_NAME["evidence"]).names},
                "table": correction.table,
                "row_number": correction.row,
                "field": correction.field,
                "value": correction.value,
                "raw": cell.raw,
                "method": "correction",
                "rule": "judgement",
                "confidence": 1.0,
            }
        )

    def lost(self, correction: Correction) -> Iterator[Told]:
        """The finding for a correction of a document, sheet or row that is no longer there; it stands with another.

        A dataset without documents has no place for a finding.
        """
        document = self._documents.get(correction.document) or min(self._documents.values(), default=None)
        message = f"the correction of {_name(correction)} has no place: the document, its sheet or the row is not there"
        if document:
            yield Told(document, None, None, None, None, None, "warning", "correction_stale", message, correction.raw)

    def tables(self) -> dict[str, Any]:
        """The tables with all that was put."""
        for (name, field), values in self._values.items():
            table = self._tables[name]
            rows = pa.array([row in values for row in range(table.num_rows)])
            new = pa.array([values[row] for row in sorted(values)], table.schema.field(field).type)
            column = pc.replace_with_mask(table[field].combine_chunks(), rows, new)
            self._tables[name] = with_column(table, field, column)
        if ("phases", "weight") in self._values:
            self._tables["objectives"] = _with_totals(self._tables["objectives"], self._tables["phases"])
        if self._evidence:
            self._tables["evidence"] = self._with_evidence()
        return self._tables

    def _with_evidence(self) -> Any:
        """The evidence, in its order, with the corrections in the place of what was read."""
        old = self._tables["evidence"]
        gone = {(row["sheet_id"], row["table"], row["row_number"], row["field"]) for row in self._evidence}
        keys = zip(*(old[name].to_pylist() for name in ("sheet_id", "table", "row_number", "field")), strict=True)
        kept = old.filter(pa.array([key not in gone for key in keys], pa.bool_()))
        new = pa.Table.from_pylist(self._evidence, schema=old.schema)
        return in_order(BY_NAME["evidence"], pa.concat_tables([kept, new]).combine_chunks())

    def _raw(self, correction: Correction, sheet: Mapping[str, Any]) -> str:
        """What is printed in a cell: its evidence, or the finding on what could not be read; "" for nothing."""
        for table in ("evidence", "findings"):
            for row in self._printed(table, correction, sheet["sheet_id"]):
                if row["raw"] is not None:
                    return str(row["raw"])
        return ""

    def _printed(self, table: str, correction: Correction, sheet_id: str) -> list[dict[str, Any]]:
        rows = self._tables[table]
        mask = pc.equal(rows["sheet_id"], sheet_id)
        for name, value in (("table", correction.table), ("field", correction.field), ("row_number", correction.row)):
            mask = pc.and_(mask, pc.is_null(rows[name]) if value is None else pc.equal(rows[name], value))
        found: list[dict[str, Any]] = rows.filter(mask).to_pylist()
        return found


def _with_totals(objectives: Any, phases: Any) -> Any:
    """The objectives with the sums of the weights as they are now."""
    totals: dict[str, Decimal] = {}
    for sheet_id, weight in zip(phases["sheet_id"].to_pylist(), phases["weight"].to_pylist(), strict=True):
        if weight is not None:
            totals[sheet_id] = totals.get(sheet_id, Decimal(0)) + weight
    sums = [totals.get(sheet_id) for sheet_id in objectives["sheet_id"].to_pylist()]
    return with_column(objectives, "weights_total", sums)


def _stale(correction: Correction, cell: _Cell) -> Told:
    message = f"the correction of {_name(correction)} is not applied: it saw «{correction.raw}», there is «{cell.raw}»"
    place = (cell.document_id, cell.sheet_id, cell.year, correction.table, correction.row, correction.field)
    return Told(*place, "warning", "correction_stale", message, cell.raw)


def _name(correction: Correction) -> str:
    row = "" if correction.row is None else f"[{correction.row}]"
    return f"{correction.document}, sheet {correction.sheet}, {correction.table}{row}.{correction.field}"
