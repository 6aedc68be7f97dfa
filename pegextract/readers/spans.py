"""Cells that take several columns or rows, spread so that every cell's index is its column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

Content = TypeVar("Content")

_FREE_POSITIONS = 1000
_POSITIONS_PER_CELL = 20


class SpannedCell(NamedTuple, Generic[Content]):
    """A cell as the source gives it: what it holds, and how many columns and rows it takes (1 or more)."""

    content: Content
    colspan: int = 1
    rowspan: int = 1


def spread(rows: Iterable[Sequence[SpannedCell[Content]]]) -> list[list[Content | None]]:
    """Each row's contents by column: None where a cell from the left or from above covers the place.

    Spans that would cover more than twenty places per cell are an attack, not a table: from there on they count as 1.
    """
    rows = list(rows)
    budget = _FREE_POSITIONS + _POSITIONS_PER_CELL * sum(map(len, rows))
    covered: dict[int, int] = {}  # column → last row that a cell above takes there
    found = []
    for number, row in enumerate(rows):
        cells: list[Content | None] = []
        for cell in row:
            while budget > 0 and covered.get(len(cells), -1) >= number:
                cells.append(None)
                budget -= 1
            width = max(1, min(cell.colspan, budget))
            if cell.rowspan > 1:
                covered.update(dict.fromkeys(range(len(cells), len(cells) + width), number + cell.rowspan - 1))
            cells += [cell.content, *[None] * (width - 1)]
            budget -= width - 1
        found.append(cells)
    return found
