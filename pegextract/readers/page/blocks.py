"""A page as rows and lines in reading order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from pegextract.readers.page.bands import split_field
from pegextract.readers.page.grids import Cell, Grid, find_grids, separators
from pegextract.readers.page.lines import Segment, from_top, printed_lines, segment_of, text_lines
from pegextract.readers.page.parts import Page, PageWord
from pegextract.readers.page.rows import Block, CellText, Extent, Row
from pegextract.readers.page.tables import Leadings, find_tables
from pegextract.readers.page.wraps import mark_breaks


def blocks_of(page: Page, leadings: Leadings) -> list[Block]:
    """The rows and lines of a page, from top to bottom."""
    grids, lonely = find_grids(page.rules)
    free = from_top(page.words)
    tables: list[list[Row]] = []
    loose: list[Block] = []
    for grid in grids:
        inside, free = grid.cells_of(free)
        loose += (line for cell in grid.across() for line in text_lines(inside.pop(cell, ())))
        tables += _grid_tables(len(tables), grid, inside)
    lines = text_lines(free)
    at = 0
    for number, table in enumerate(find_tables(lines, leadings, separators(lonely, page.shades)), len(tables)):
        loose += lines[at : table.first]
        tables.append([_row([_whole_lines(cell) for cell in row], number, table.columns) for row in table.rows])
        at = table.end
    loose += lines[at:]
    return _in_order([mark_breaks(rows) for rows in tables if rows], loose)


def _grid_tables(first: int, grid: Grid, inside: dict[Cell, list[PageWord]]) -> list[list[Row]]:
    """The tables of a grid: what runs across it parts them, and each has the columns that its own cells have.

    A cell that takes several rows prints in the first of them.
    """
    ends = sorted(cell.row for cell in grid.across())
    groups: list[list[Cell]] = [[] for _ in range(len(ends) + 1)]
    for cell in grid.cells:
        groups[bisect_left(ends, cell.row)].append(cell)
    filled = (cells for cells in groups if any(cell in inside for cell in cells))
    return [_table_of(number, grid, cells, inside) for number, cells in enumerate(filled, first)]


def _table_of(number: int, grid: Grid, cells: Sequence[Cell], inside: dict[Cell, list[PageWord]]) -> list[Row]:
    """The rows that these cells of a grid print."""
    begins = sorted({cell.column for cell in cells})
    columns = tuple(pairwise([*(grid.xs[begin] for begin in begins), grid.xs[-1]]))
    rows: dict[int, list[CellText]] = {}
    for cell in cells:
        if cell in inside:
            row = rows.setdefault(cell.row, [()] * len(columns))
            row[begins.index(cell.column)] = _lines_of(inside[cell])
    return [part for row in rows.values() for part in _parted(row, number, columns)]


def _parted(cells: Sequence[CellText], number: int, columns: tuple[Extent, ...]) -> list[Row]:
    """The rows that white bands part inside one field of a grid: where two cells or more go along with each of them."""
    filled = [cell for cell in cells if len(cell) > 1]
    rows = split_field(cells) if len(filled) > 1 else []
    if not rows or any(sum(bool(cell) for cell in row) < 2 for row in rows):
        return [_row(cells, number, columns)]
    return [_row([tuple(cell) for cell in row], number, columns) for row in rows]


def _row(cells: Sequence[CellText], number: int, columns: tuple[Extent, ...]) -> Row:
    segments = [segment for cell in cells for segment in cell]
    return Row(
        tuple(cells),
        number,
        min(s.top for s in segments),
        max(s.bottom for s in segments),
        columns,
    )


def _whole_lines(segments: Sequence[Segment]) -> CellText:
    """Segments of one cell that stand at one height as one."""
    if len(segments) < 2:
        return tuple(segments)
    return _lines_of(from_top([word for segment in segments for word in segment.words]))


def _lines_of(words: Sequence[PageWord]) -> CellText:
    return tuple(segment_of(line) for line in printed_lines(words))


def _in_order(tables: Sequence[Sequence[Row]], lines: Sequence[Block]) -> list[Block]:
    """Blocks from top to bottom; the rows of one table stay together."""
    parts: list[Sequence[Block]] = [*tables, *([line] for line in lines)]
    return [block for part in sorted(parts, key=lambda part: part[0].top) for block in part]
