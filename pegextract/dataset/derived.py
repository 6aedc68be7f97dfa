"""What the archive adds to the evidence and to the findings of single sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pegextract.dataset.arrow import arrow_schema, with_column
from pegextract.dataset.contract import BY_NAME

CELL: Final = ("sheet_id", "table", "row_number", "field")
PLACE: Final = ("page", "x0", "top", "x1", "bottom")
Cell = tuple[Any, ...]
"""What one cell is known by: its values of CELL."""
Placed = tuple[Any, ...]
"""Where it is printed: its values of PLACE."""


class Derived(NamedTuple):
    """A value that was decided over the archive from the printing of `source`; it takes that row's place if they are
    one field, and stands beside it otherwise.
    """

    sheet_id: str
    table: str
    row_number: int | None
    source: str
    field: str
    value: str
    method: str
    rule: str
    confidence: float


class Told(NamedTuple):
    """One finding about a cell, in the order of the contract."""

    document_id: str
    sheet_id: str | None
    year: int | None
    table: str | None
    row_number: int | None
    field: str | None
    severity: str
    code: str
    message: str
    raw: str | None


def told_rows(told: Iterable[Told]) -> Any:
    """Findings as a `pyarrow.Table` of the contract; their place on the page is that of their cell: `with_places`."""
    return pa.Table.from_pylist([one._asdict() for one in told], schema=arrow_schema(BY_NAME["findings"]))


def places_of(evidence: Any, cells: Set[Cell]) -> dict[Cell, Placed]:
    """Page and box of these cells; of one that several places print, the first."""
    at = pc.is_in(evidence["sheet_id"], value_set=pa.array(sorted({cell[0] for cell in cells}), pa.string()))
    rows = evidence.filter(pc.and_(at, pc.is_valid(evidence["page"])))
    found: dict[Cell, Placed] = {}
    for cell, place in zip(_tuples(rows, CELL), _tuples(rows, PLACE), strict=True):
        if cell in cells:
            found.setdefault(cell, place)
    return found


def with_places(findings: Any, places: Mapping[Cell, Placed]) -> Any:
    """The findings with page and box of their cells, where they have none of their own."""
    if not places:
        return findings
    own = zip(_tuples(findings, CELL), _tuples(findings, PLACE), strict=True)
    placed = [place if place[0] is not None else places.get(cell, place) for cell, place in own]
    for name, values in zip(PLACE, zip(*placed, strict=True), strict=True):
        findings = with_column(findings, name, values)
    return findings


def _tuples(rows: Any, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    return zip(*(rows[name].to_pylist() for name in names), strict=True)


def with_derived(evidence: Any, derived: Sequence[Derived]) -> Any:
    """The evidence with these values: the place is that of the printing that each was derived from."""
    if not derived:
        return evidence
    wanted = {one[:4] for one in derived}
    sources = pc.is_in(evidence["field"], value_set=pa.array(sorted({one.source for one in derived})))
    rows = pc.indices_nonzero(sources)
    keys = _tuples(evidence.select(list(CELL)).take(rows), CELL)
    at = {key: row for row, key in zip(rows.to_pylist(), keys, strict=True) if key in wanted}
    placed = [one for one in derived if one[:4] in at]
    new = _filled(evidence.take(pa.array([at[one[:4]] for one in placed], pa.int64())), placed)
    gone = pa.array([at[one[:4]] for one in placed if one.source == one.field], pa.int64())
    kept = pc.invert(pc.is_in(pa.array(range(evidence.num_rows), pa.int64()), value_set=gone))
    return pa.concat_tables([evidence.filter(kept), new]).combine_chunks()


def _filled(rows: Any, derived: Sequence[Derived]) -> Any:
    """Copies of evidence rows with what was derived from them; a value is no surer than its printing."""
    sure = [min(one.confidence, own) for one, own in zip(derived, rows["confidence"].to_pylist(), strict=True)]
    columns = {
        **{name: [getattr(one, name) for one in derived] for name in ("field", "value", "method", "rule")},
        "confidence": sure,
    }
    for name, values in columns.items():
        rows = with_column(rows, name, values)
    return rows
