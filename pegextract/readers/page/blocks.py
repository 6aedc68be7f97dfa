"""A page as rows and lines in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from pegextract.readers.page.bands import split_rows
from pegextract.readers.page.grids import Cell, Grid, find_grids
from pegextract.readers.page.lines import Segment, TextLine, printed_lines, segment_of, text_lines
from pegextract.readers.page.parts import Page, PageWord
from pegextract.readers.page.tables import find_tables

CellText = tuple[Segment, ...]
"""The lines of a cell from top to bottom; () where it is empty."""


Extent = tuple[float, float]
"""From the left edge to the right edge of a column."""


class Row(NamedTuple):
    """One row of a table.

    table: tells the tables of a page apart · columns: where each stands · continued: its cells on further pages.
    """

    cells: tuple[CellText, ...]
    table: int
    top: float
    bottom: float
    columns: tuple[Extent, ...]
    continued: tuple[tuple[Page, tuple[CellText, ...]], ...] = ()


Block = Row | TextLine


def blocks_of(page: Page) -> list[Block]:
    """The rows and lines of a page, from top to bottom."""
    grids, _ = find_grids(page.rules)
    inside, free = _by_cell(page.words, grids)
    tables = [rows for n, grid in enumerate(grids) if (rows := _grid_rows(n, grid, inside[n]))]
    lines = text_lines(free)
    at = 0
    for number, table in enumerate(find_tables(lines), len(grids)):
        tables.append(list(lines[at : table.first]))
        tables.append([_row(row, number, table.columns) for row in table.rows])
        at = table.end
    tables.append(list(lines[at:]))
    return _in_order(tables)


def _by_cell(
    words: Iterable[PageWord], grids: Sequence[Grid]
) -> tuple[list[dict[Cell, list[PageWord]]], list[PageWord]]:
    """The words of each grid by cell, and those in none."""
    inside: list[dict[Cell, list[PageWord]]] = [{} for _ in grids]
    free: list[PageWord] = []
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        for number, grid in enumerate(grids):
            if cell := grid.cell_at(x, y):
                inside[number].setdefault(cell, []).append(word)
                break
        else:
            free.append(word)
    return inside, free


def _grid_rows(number: int, grid: Grid, inside: dict[Cell, list[PageWord]]) -> list[Block]:
    """The rows of a grid; a cell that takes several rows prints in the first of them."""
    texts = {cell: _lines_of(words) for cell, words in inside.items()}
    rows: list[Block] = []
    for row in range(len(grid.ys) - 1):
        cells: list[CellText] = [() for _ in grid.xs[1:]]
        for cell, lines in texts.items():
            if cell.row == row:
                cells[cell.column] = lines
        if any(cells):
            rows += _parted(cells, number, tuple(pairwise(grid.xs)))
    return rows


def _parted(cells: Sequence[CellText], number: int, columns: tuple[Extent, ...]) -> list[Block]:
    """The rows that white bands part inside one field of a grid: where two cells or more go along with each of them."""
    filled = [cell for cell in cells if len(cell) > 1]
    rows = split_rows(cells) if len(filled) > 1 else None
    if not rows or any(sum(bool(cell) for cell in row) < 2 for row in rows):
        return [_row(cells, number, columns)]
    return [_row(row, number, columns) for row in rows]


def _row(cells: Sequence[Sequence[Segment]], number: int, columns: tuple[Extent, ...]) -> Row:
    segments = [segment for cell in cells for segment in cell]
    return Row(
        tuple(_whole_lines(cell) for cell in cells),
        number,
        min(s.top for s in segments),
        max(s.bottom for s in segments),
        columns,
    )


def _whole_lines(segments: Sequence[Segment]) -> CellText:
    """Segments of one cell that stand at one height as one."""
    return _lines_of([word for segment in segments for word in segment.words])


def _lines_of(words: Sequence[PageWord]) -> CellText:
    return tuple(segment_of(line) for line in printed_lines(words))


def _in_order(tables: Sequence[Sequence[Block]]) -> list[Block]:
    """Blocks from top to bottom; the rows of one table stay together."""
    whole = [table for table in tables if table and isinstance(table[0], Row)]
    single = [[block] for table in tables if table and not isinstance(table[0], Row) for block in table]
    return [block for table in sorted([*whole, *single], key=lambda table: table[0].top) for block in table]


def white_between(blocks: Sequence[Block]) -> list[float]:
    """The white above each block, 0 above the first."""
    return [0.0, *(max(0.0, below.top - above.bottom) for above, below in pairwise(blocks))] if blocks else []
