"""The order of rows in the files: sorted by the table's key, one part per year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from pegextract.dataset.columns import Table

UNKNOWN: Final = "unknown"
"""Name of the file for rows without a year."""


def in_order(table: Table, whole: Any) -> Any:
    """All rows of a table, sorted."""
    return whole.take(_order(whole, table.sort))


def by_year(table: Table, whole: Any) -> Iterator[tuple[str, Any]]:
    """(file name without suffix, sorted rows) per year, `unknown` first; one empty `unknown` for no rows at all."""
    if not whole.num_rows:
        yield UNKNOWN, whole
        return
    order = _order(whole, ("year", *table.sort))
    start = 0
    for year, count in _years(whole):
        yield UNKNOWN if year is None else str(year), whole.take(order.slice(start, count))
        start += count


def _years(whole: Any) -> list[tuple[int | None, int]]:
    """(year, number of rows), sorted, rows without a year first."""
    counts = [(pair["values"], pair["counts"]) for pair in pc.value_counts(whole["year"]).to_pylist()]
    return sorted(counts, key=lambda pair: -1 if pair[0] is None else pair[0])


def _order(whole: Any, names: tuple[str, ...]) -> Any:
    """The sorting permutation, nulls first.

    It is stable, and the rows of one document always arrive in its reading order: equal keys stay in that order
    whatever came before them, so the permutation does not depend on the order of the documents.
    """
    keys = pa.table({name: _without_nulls(whole[name]) for name in names})
    return pc.sort_indices(keys, sort_keys=[(name, "ascending") for name in names])


def _without_nulls(column: Any) -> Any:
    return pc.fill_null(column, "" if pa.types.is_string(column.type) else -1) if column.null_count else column
