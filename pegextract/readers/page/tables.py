"""Tables without rules: columns are the white strips that lines leave one below the other, rows the white bands.

Only what is certain becomes rows of cells; lines of which that cannot be said stay lines whose cells stand at places.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pegextract.readers.page.bands import ROW_STEP, leading_of, split_rows
from pegextract.readers.page.grids import Stroke
from pegextract.readers.page.lines import Segment, TextLine, usual_height

FEWEST_COLUMNS = 3
MOST_ACROSS = 0.8
"""Share of a table's width that a line between rows takes; less is drawn below a word or a column's head."""
FEWEST_LINES = 2
HOLE, FEWEST_HOLES = 0.8, 2
"""White in a cell, as a share of a line's height, that a line left out may leave; and cells of a row that have it."""
_PAGE_NUMBER = re.compile(r"(?i)(?:(?:pag(?:ina|\.)?|p\.) ?)?[0-9]{1,4}(?: ?(?:di|/) ?[0-9]{1,4})?")
_HEADS_BESIDE = re.compile(r"(?<![hv])(?:(?:hv)+|(?:vh)+)(?![hv])")
"""Columns that print a head alone (h) and values alone (v) in turns."""
NARROWEST_GUTTER = 0.3
"""White strips narrower than this share of a line's height are blanks that happen to stand one below the other."""
WHITE_IN_CELL = 0.45
"""Lines of a cell are never further apart than this share of their height."""
LEAST_BETWEEN_ROWS = 0.2
"""White between rows, as a share of a line's height, less than which lines of one cell have."""
SAME_EDGE = 0.1
"""Share of a line's height by which what begins at one edge differs."""
END_OF_TABLE = 2.5
"""Lines further apart than this many line heights belong to different tables."""


class FreeTable(NamedTuple):
    """A table without rules: lines [first, end) of the page, its rows as segments by column, the columns' extents."""

    first: int
    end: int
    rows: list[list[list[Segment]]]
    columns: tuple[tuple[float, float], ...]


class Leadings:
    """How far apart the lines of paragraphs are, by their height: what one page shows holds for those that follow."""

    def __init__(self) -> None:
        self._known: dict[int, float] = {}

    def of(self, segments: Sequence[Segment]) -> float | None:
        """The step between lines as high as most of these; None where no page so far shows it."""
        height = usual_height(segments)
        seen = leading_of(segments, height) if segments else None
        known = self._known.get(round(height * 2))
        if seen is not None and (known is None or seen < known):
            self._known[round(height * 2)] = known = seen
        return known


class Between(NamedTuple):
    """What a page tells of the space between rows. leading: as in `Leadings` · separators: lines drawn across."""

    leading: float | None
    separators: Sequence[Stroke]

    def drawn(self, columns: Sequence[tuple[float, float]]) -> list[float]:
        """The heights at which something is drawn across most of these columns."""
        if not self.separators:
            return []
        left, right = min(column[0] for column in columns), max(column[1] for column in columns)
        covered: dict[float, float] = {}
        for at, start, end in self.separators:
            covered[at] = covered.get(at, 0.0) + max(0.0, min(end, right) - max(start, left))
        return [at for at, width in covered.items() if width >= MOST_ACROSS * (right - left)]


def find_tables(lines: Sequence[TextLine], leadings: Leadings, separators: Sequence[Stroke] = ()) -> list[FreeTable]:
    """The tables in these lines, from top to bottom. separators: what is drawn between rows."""
    found: list[FreeTable] = []
    between = Between(leadings.of([segment for line in lines for segment in line.segments]), separators)
    at = 0
    while at < len(lines):
        table = (
            _table_around(lines, at, found[-1].end if found else 0, between) if len(lines[at].segments) > 1 else None
        )
        if table:
            found.append(table)
        at = table.end if table else at + 1
    return found


def _table_around(lines: Sequence[TextLine], at: int, floor: int, between: Between) -> FreeTable | None:
    """The table whose first row holds this line; a cell of more lines than its neighbours may begin above them."""
    first = at
    while first > floor and _close(lines[first - 1], lines[first]):
        first -= 1
    for start in range(first, at + 1):
        if start > first and len(lines[start - 1].segments) >= FEWEST_COLUMNS:
            return None  # its head or its first row is above
        table = _table_from(lines, start, between)
        if table and sum(bool(cell) for cell in table.rows[0]) > 1:
            return table
    return None


def _close(above: TextLine, below: TextLine) -> bool:
    """Whether two lines may belong to one row: the white between them is no more than inside a cell."""
    return below.top - above.bottom < WHITE_IN_CELL * (below.bottom - below.top)


class _Growth(NamedTuple):
    end: int
    columns: list[tuple[float, float]]


def _table_from(lines: Sequence[TextLine], first: int, between: Between) -> FreeTable | None:
    """The table that begins with this line."""
    growth = _grown(lines, first)
    while growth.end - first >= FEWEST_LINES and len(growth.columns) >= FEWEST_COLUMNS:
        columns = _by_column(lines[first : growth.end], growth.columns)
        rows = split_rows(columns, between.leading, between.drawn(growth.columns))
        if rows is None:
            return None
        kept = _without_heading(rows)
        if growth.end == len(lines) and 1 < len(kept) == len(rows) and _is_page_number(lines[-1]):
            kept = rows[:-1]
        if len(kept) == len(rows):
            return FreeTable(first, growth.end, *_below_heads(rows, growth.columns)) if _is_sure(rows) else None
        growth = _grown(lines, first, _lines_in(lines, first, kept))
    return None


def _grown(lines: Sequence[TextLine], first: int, most: int | None = None) -> _Growth:
    """How far down the lines leave the same strips white: up to `most` lines."""
    columns: list[tuple[float, float]] = []
    at = first
    stop = len(lines) if most is None else first + most
    while at < stop:
        line = lines[at]
        height = line.bottom - line.top
        if at > first and line.top - lines[at - 1].bottom > END_OF_TABLE * height:
            break
        grown = _with_line(columns, line, NARROWEST_GUTTER * height)
        if grown is None:
            return _before_row(lines, first, at)
        columns = grown
        at += 1
    return _Growth(at, sorted(columns))


def _before_row(lines: Sequence[TextLine], first: int, at: int) -> _Growth:
    """The growth without the row that the line at `at` belongs to: a row is never cut."""
    while at > first and _close(lines[at - 1], lines[at]):
        at -= 1
    columns: list[tuple[float, float]] = []
    for line in lines[first:at]:
        columns = _with_line(columns, line, NARROWEST_GUTTER * (line.bottom - line.top)) or columns
    return _Growth(at, sorted(columns))


def _with_line(columns: list[tuple[float, float]], line: TextLine, gutter: float) -> list[tuple[float, float]] | None:
    """The columns with this line's ink; None where a stretch of it lies over two of them, or two stretches in one."""
    merged = list(columns)
    taken: set[int] = set()
    for segment in line.segments:
        left, right = segment.x0, segment.x1
        over = [n for n, c in enumerate(merged) if c[0] - gutter < right and left < c[1] + gutter]
        if not over:
            merged.append((left, right))
            taken.add(len(merged) - 1)
        elif len(over) > 1 or over[0] in taken:
            return None
        else:
            (number,) = over
            first, last = merged[number]
            merged[number] = left if left < first else first, right if right > last else last
            taken.add(number)
    return merged


def _by_column(lines: Sequence[TextLine], columns: Sequence[tuple[float, float]]) -> list[list[Segment]]:
    found: list[list[Segment]] = [[] for _ in columns]
    lefts = [column[0] for column in columns]
    for line in lines:
        for segment in line.segments:
            found[bisect_right(lefts, segment.x0) - 1].append(segment)
    return found


def _is_page_number(line: TextLine) -> bool:
    return (
        _PAGE_NUMBER.fullmatch(" ".join(word.text for segment in line.segments for word in segment.words)) is not None
    )


def _without_heading(rows: list[list[list[Segment]]]) -> list[list[list[Segment]]]:
    """The rows above the first one that prints one line in one column: the heading of what follows.

    Right below a head of all columns nothing else can begin, unless it stands nearer to what follows: that is a part of
    a row that a page break cut.
    """
    for number, row in enumerate(rows):
        filled = [cell for cell in row if cell]
        ends = number > 1 or (number and (not all(rows[0]) or _belongs_below(rows)))
        if ends and len(filled) == 1 and len(filled[0]) == 1 and not _is_cell(rows, number):
            return rows[:number]
    return rows


def _is_cell(rows: Sequence[Sequence[Sequence[Segment]]], number: int) -> bool:
    """Whether the last row's only line begins where a further column does: the rest is on the next page.

    It stands as far from the row above as that one from its own; a title may stand in the middle of a column.
    """
    (at,) = (n for n, cell in enumerate(rows[number]) if cell)
    (line,) = rows[number][at]
    edges = [segment.x0 for row in rows[:number] for segment in row[at]]
    if number + 1 < len(rows) or number < 2 or not at or not edges:
        return False
    every = [segment for row in rows[:number] for cell in row for segment in cell]
    middle = (min(s.x0 for s in every) + max(s.x1 for s in every)) / 2
    centred = abs((line.x0 + line.x1) / 2 - middle) < line.height
    above, own = _white_above(rows, number - 1), _white_above(rows, number)
    far = own > max(above - ROW_STEP * line.height, LEAST_BETWEEN_ROWS * line.height)
    return far and not centred and abs(line.x0 - min(edges)) < SAME_EDGE * line.height


def _white_above(rows: Sequence[Sequence[Sequence[Segment]]], number: int) -> float:
    """The white between a row and the one above it."""
    top = min(segment.top for cell in rows[number] for segment in cell)
    return top - max(segment.bottom for cell in rows[number - 1] for segment in cell)


def _belongs_below(rows: Sequence[Sequence[Sequence[Segment]]]) -> bool:
    """Whether the second row stands nearer to the third than to the first."""
    height = max(segment.height for cell in rows[1] for segment in cell)
    return len(rows) > 2 and _white_above(rows, 1) > _white_above(rows, 2) + ROW_STEP * height


def _below_heads(
    rows: list[list[list[Segment]]], columns: Sequence[tuple[float, float]]
) -> tuple[list[list[list[Segment]]], tuple[tuple[float, float], ...]]:
    """The rows and columns, a head that stands over nothing joined with what stands beside it under no head.

    Words at the left of their column and figures at its right leave white between them.
    """
    kinds = "".join(
        "h" if head and not any(below) else "v" if not head and any(below) else "-"
        for head, *below in zip(*rows, strict=True)
    )
    seconds = {at for pairs in _HEADS_BESIDE.finditer(kinds) for at in range(pairs.start() + 1, pairs.end(), 2)}
    groups: list[list[int]] = []
    for number in range(len(columns)):
        if number in seconds:
            groups[-1].append(number)
        else:
            groups.append([number])
    extents = tuple((columns[group[0]][0], columns[group[-1]][1]) for group in groups)
    return [[[s for number in group for s in row[number]] for group in groups] for row in rows], extents


def _lines_in(lines: Sequence[TextLine], first: int, rows: list[list[list[Segment]]]) -> int:
    """How many lines these rows take."""
    bottom = max(segment.bottom for row in rows for cell in row for segment in cell)
    return sum(1 for line in lines[first:] if (line.top + line.bottom) / 2 < bottom)


def _has_hole(cell: Sequence[Segment]) -> bool:
    return any(below.top - above.bottom > HOLE * above.height for above, below in pairwise(cell))


def _is_sure(rows: Sequence[Sequence[Sequence[Segment]]]) -> bool:
    """A table has at least two rows, one that shows its columns side by side, and hardly one with a single cell.

    The second row may be the rest of a row from the page before. Where several cells of a row have white in them as
    high as a line, two rows may stand in it.
    """
    if any(sum(map(_has_hole, row)) >= FEWEST_HOLES for row in rows):
        return False
    filled = [sum(bool(cell) for cell in row) for row in rows]
    single = sum(count < 2 for count in [filled[0], *filled[2:]])
    return len(rows) > 1 and max(filled) >= FEWEST_COLUMNS and single * 3 <= len(rows)
