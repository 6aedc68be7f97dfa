"""A page as rows and lines in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from pegextract.readers.page.bands import split_field
from pegextract.readers.page.grids import Cell, Grid, find_grids
from pegextract.readers.page.lines import Segment, printed_lines, segment_of, text_lines
from pegextract.readers.page.parts import Page, PageWord
from pegextract.readers.page.rows import Block, CellText, Extent, Row
from pegextract.readers.page.tables import Leadings, find_tables
from pegextract.readers.page.wraps import mark_breaks


def blocks_of(page: Page, leadings: Leadings) -> list[Block]:
    """The rows and lines of a page, from top to bottom."""
    grids, _ = find_grids(page.rules)
    inside, free = _by_cell(page.words, grids)
    tables = [_grid_rows(number, grid, inside[number]) for number, grid in enumerate(grids)]
    lines = text_lines(free)
    loose: list[Block] = []
    at = 0
    for number, table in enumerate(find_tables(lines, leadings), len(grids)):
        loose += lines[at : table.first]
        tables.append([_row(row, number, table.columns) for row in table.rows])
        at = table.end
    loose += lines[at:]
    return _in_order([mark_breaks(rows) for rows in tables if rows], loose)


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


def _grid_rows(number: int, grid: Grid, inside: dict[Cell, list[PageWord]]) -> list[Row]:
    """The rows of a grid; a cell that takes several rows prints in the first of them."""
    texts = {cell: _lines_of(words) for cell, words in inside.items()}
    rows: list[Row] = []
    for row in range(len(grid.ys) - 1):
        cells: list[CellText] = [() for _ in grid.xs[1:]]
        for cell, lines in texts.items():
            if cell.row == row:
                cells[cell.column] = lines
        if any(cells):
            rows += _parted(cells, number, tuple(pairwise(grid.xs)))
    return rows


def _parted(cells: Sequence[CellText], number: int, columns: tuple[Extent, ...]) -> list[Row]:
    """The rows that white bands part inside one field of a grid: where two cells or more go along with each of them."""
    filled = [cell for cell in cells if len(cell) > 1]
    rows = split_field(cells) if len(filled) > 1 else []
    if not rows or any(sum(bool(cell) for cell in row) < 2 for row in rows):
        return [_row(cells, number, columns)]
    return [_row(row, number, columns) for row in rows]


def _row(cells: Sequence[Sequence[Segment]], number: int, columns: tuple[Extent, ...]) -> Row:
    segments = [segment for cell in cells for segment in cell]
    return Row(
        tuple(map(_whole_lines, cells)),
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


def _in_order(tables: Sequence[Sequence[Row]], lines: Sequence[Block]) -> list[Block]:
    """Blocks from top to bottom; the rows of one table stay together."""
    parts: list[Sequence[Block]] = [*tables, *([line] for line in lines)]
    return [block for part in sorted(parts, key=lambda part: part[0].top) for block in part]
