"""What every kind of drawn table becomes: rows of cells, each the stretches of the source that it consists of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from pegextract.document import Span

Cell = list[Span]
"""What a cell prints on each of its lines; [] for an empty one."""
Row = list[Cell]
LONGEST_LINE: Final = 5000
"""Characters; a longer line is no row of a table that a person was to read."""


class Table(NamedTuple):
    """The rows of a table, and how many characters its columns have room for, as far as that is known."""

    rows: list[Row]
    widths: Sequence[float] = ()


class Drawing(NamedTuple):
    """A table, and which part of the source it takes."""

    start: int
    end: int
    table: Table


def drawing_of(lines: Sequence[Span], first: int, end: int, table: Table) -> Drawing:
    """The table on these lines, the break at the end of the last one included."""
    return Drawing(lines[first][0], lines[end][0] if end < len(lines) else lines[end - 1][1], table)


def cell_at(source: str, start: int, end: int) -> Cell:
    """What stands there, without the blanks around it."""
    text = source[start:end]
    bare = text.strip()
    first = start + text.find(bare)
    return [(first, first + len(bare))] if bare else []


def put_together(rows: Sequence[Row]) -> Row:
    """Lines of one row: each cell with all of its lines, empty ones between two others among them."""
    return [_without_empty_ends([cell[0] if cell else (0, 0) for cell in column]) for column in zip(*rows, strict=True)]


def _without_empty_ends(lines: list[Span]) -> Cell:
    filled = [n for n, (start, end) in enumerate(lines) if end > start]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def wrapped(source: str, lines: Sequence[Row], widths: Sequence[int]) -> list[Row]:
    """The rows of lines that nothing parts: a line goes on with the row above where its words found no room there.

    Whoever wraps cells puts a word on the next line only when the line is full, a cell goes on only below one that has
    begun, and some cell of a row is done before the others. A column that prints single words wraps none. A line
    without a first cell begins no row.
    """
    columns = [[source[slice(*row[n][0])] for row in lines if row[n]] for n in range(len(widths))]
    wraps = [any(" " in text for text in column) for column in columns]
    rows = [[lines[0]]]
    for line in lines[1:]:
        first, above = rows[-1][0], rows[-1][-1]
        fewer = 0 < sum(map(bool, line)) < sum(map(bool, first))
        rest = fewer and all(
            not below or (may_wrap and cell and _is_full(source, cell[-1], below[0], width))
            for cell, below, width, may_wrap in zip(above, line, widths, wraps, strict=True)
        )
        if rest or (fewer and first[0] and not line[0]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [put_together(row) for row in rows]


def _is_full(source: str, above: Span, below: Span, width: int) -> bool:
    """Whether a line of a cell has no room for the first word of the next one."""
    return above[1] - above[0] + 1 + len(source[slice(*below)].split(None, 1)[0]) > width
