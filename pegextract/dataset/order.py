"""The order of rows in the files: by year, each sorted by the table's key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pegextract.dataset.columns import Table


def in_order(table: Table, whole: Any) -> Any:
    """All rows of a table, sorted."""
    return whole.take(_order(whole, table.sort))


def by_year(rows: Any) -> Iterator[tuple[int | None, Any]]:
    """(year, its rows in the order they came) of a table or batch for every year in it, rows without one first.

    Where there are no rows at all, they are without a year.
    """
    if not rows.num_rows:
        yield None, rows
        return
    order = _order(rows, ("year",))
    start = 0
    for year, count in _years(rows):
        yield year, rows.take(order.slice(start, count))
        start += count


def _years(whole: Any) -> list[tuple[int | None, int]]:
    """(year, number of rows), sorted, rows without a year first."""
    counts = [(pair["values"], pair["counts"]) for pair in pc.value_counts(whole["year"]).to_pylist()]
    return sorted(counts, key=lambda pair: first_none(pair[0]))


def first_none(year: int | None) -> int:
    """The key that sorts years, None first."""
    return -1 if year is None else year


def _order(whole: Any, names: tuple[str, ...]) -> Any:
    """The sorting permutation, nulls first.

    It is stable, and the rows of one document always arrive in its reading order: equal keys stay in that order
    whatever came before them, so the permutation does not depend on the order of the documents.
    """
    keys = pa.table({name: _without_nulls(whole[name]) for name in names})
    return pc.sort_indices(keys, sort_keys=[(name, "ascending") for name in names])


def _without_nulls(column: Any) -> Any:
    return pc.fill_null(column, "" if pa.types.is_string(column.type) else -1) if column.null_count else column
