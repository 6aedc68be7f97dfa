"""Ruling lines into grids: the cells of a table as they are drawn, merged ones included.

Lines that touch make one grid. Its corners are where lines stand or end; neighbouring fields without a line between
them are one cell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat
from typing import NamedTuple

from pegextract.readers.page.lines import twice_middle
from pegextract.readers.page.parts import PageWord, Rule

TOUCH = 3.0
"""In points: lines nearer than this meet; positions nearer than this are one."""
MOST_LINES = 4000
"""A page with more lines is a drawing; its lines are left out."""
MOST_FIELDS = 40_000
"""A grid with more fields is a drawing."""


class Stroke(NamedTuple):
    """A line along one axis: where it stands, from where to where it runs."""

    at: float
    start: float
    end: float


class Cell(NamedTuple):
    """A cell of a grid: its first column and row, and how many it takes."""

    column: int
    row: int
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class Grid:
    """xs, ys: where columns and rows begin, and where the last one ends · cells: in reading order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]
    owner: dict[tuple[int, int], Cell]

    def across(self) -> list[Cell]:
        """The cells that run from the grid's left edge to its right one."""
        return [cell for cell in self.cells if cell.columns == len(self.xs) - 1]

    def cells_of(self, words: Sequence[PageWord]) -> tuple[dict[Cell, list[PageWord]], list[PageWord]]:
        """Words that come `from_top` by the cell that holds their middle, and those in none, in the same order."""
        inside: dict[Cell, list[PageWord]] = {}
        first = bisect_left(words, 2 * self.ys[0], key=twice_middle)
        stop = bisect_right(words, 2 * self.ys[-1], key=twice_middle)
        outside = list(words[:first])
        inner_xs, inner_ys = self.xs[1:-1], self.ys[1:-1]
        left, right = self.xs[0], self.xs[-1]
        for word in words[first:stop]:
            _, x0, above, x1, below, *_ = word
            x, y = (x0 + x1) / 2, (above + below) / 2
            if left <= x <= right:
                cell = self.owner[bisect_right(inner_xs, x), bisect_right(inner_ys, y)]
                inside.setdefault(cell, []).append(word)
            else:
                outside.append(word)
        return inside, [*outside, *words[stop:]]


def find_grids(rules: Sequence[Rule]) -> tuple[list[Grid], list[Stroke]]:
    """The grids of a page, the smallest first, and the horizontal lines that belong to none."""
    if len(rules) > MOST_LINES:
        return [], []
    flat = _joined(Stroke((r.top + r.bottom) / 2, r.x0, r.x1) for r in rules if r.x1 - r.x0 >= r.bottom - r.top)
    tall = _joined(Stroke((r.x0 + r.x1) / 2, r.top, r.bottom) for r in rules if r.x1 - r.x0 < r.bottom - r.top)
    grids: list[Grid] = []
    lonely: list[Stroke] = []
    for across, down in _connected(flat, tall):
        grid = _grid(across, down) if across and down else None
        if grid is None:
            lonely += across
        else:
            grids.append(grid)
    return sorted(grids, key=lambda g: (g.xs[-1] - g.xs[0]) * (g.ys[-1] - g.ys[0])), lonely


def separators(lonely: Iterable[Stroke], shades: Iterable[Rule]) -> list[Stroke]:
    """The horizontal lines that belong to no grid, and the upper and lower edges of filled areas."""
    edges = (Stroke(at, shade.x0, shade.x1) for shade in shades for at in (shade.top, shade.bottom))
    return _joined([*lonely, *edges])


def _joined(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Pieces of one line, end to end or over each other, as one."""
    found: list[Stroke] = []
    for at, group in _at_one_place(sorted(strokes)):
        for stroke in sorted(group, key=lambda s: s.start):
            last = found[-1] if found and found[-1].at == at else None
            if last and stroke.start <= last.end + TOUCH:
                found[-1] = Stroke(at, last.start, max(last.end, stroke.end))
            else:
                found.append(Stroke(at, stroke.start, stroke.end))
    return found


def _at_one_place(strokes: Sequence[Stroke]) -> Iterator[tuple[float, list[Stroke]]]:
    """Strokes whose places are as near as the two edges of a thick line."""
    group: list[Stroke] = []
    for stroke in strokes:
        if group and stroke.at - group[0].at > TOUCH:
            yield sum(s.at for s in group) / len(group), group
            group = []
        group.append(stroke)
    if group:
        yield sum(s.at for s in group) / len(group), group


def _connected(flat: Sequence[Stroke], tall: Sequence[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Lines that touch each other, group by group."""
    parent = list(range(len(flat) + len(tall)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for n, one in enumerate(flat):
        for m, other in enumerate(tall, len(flat)):
            if one.start - TOUCH <= other.at <= one.end + TOUCH and other.start - TOUCH <= one.at <= other.end + TOUCH:
                parent[root(n)] = root(m)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for n, stroke in enumerate([*flat, *tall]):
        groups.setdefault(root(n), ([], []))[n >= len(flat)].append(stroke)
    return list(groups.values())


def _grid(flat: Sequence[Stroke], tall: Sequence[Stroke]) -> Grid | None:
    """The grid of lines that touch; None where they hold fewer than two columns: what they part is told by white."""
    xs = _places([*(s.at for s in tall), *(end for s in flat for end in (s.start, s.end))])
    ys = _places([*(s.at for s in flat), *(end for s in tall for end in (s.start, s.end))])
    wide, high = len(xs) - 1, len(ys) - 1
    if wide < 2 or high < 1 or wide * high > MOST_FIELDS:
        return None
    walls = _walls(tall, xs, ys)
    floors = {(column, row) for row, column in _walls(flat, ys, xs)}
    cells = tuple(_cells(wide, high, walls, floors))
    if len(cells) < 2:
        return None
    owner = {
        (column, row): cell
        for cell in cells
        for column in range(cell.column, cell.column + cell.columns)
        for row in range(cell.row, cell.row + cell.rows)
    }
    return Grid(xs, ys, cells, owner)


def _places(values: Iterable[float]) -> tuple[float, ...]:
    """Positions in order, those that are nearly equal as one."""
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][0] <= TOUCH:
            found[-1].append(value)
        else:
            found.append([value])
    return tuple(sum(group) / len(group) for group in found)


def _walls(strokes: Sequence[Stroke], across: Sequence[float], along: Sequence[float]) -> set[tuple[int, int]]:
    """(line, field) for each field of `along` that a stroke at this line of `across` runs beside."""
    found: set[tuple[int, int]] = set()
    between = [(one + other) / 2 for one, other in pairwise(across)]
    middles = [(one + other) / 2 for one, other in pairwise(along)]
    for stroke in strokes:
        line = bisect_left(between, stroke.at)
        fields = range(bisect_left(middles, stroke.start), bisect_right(middles, stroke.end))
        found.update(zip(repeat(line), fields, strict=False))
    return found


def _cells(wide: int, high: int, walls: set[tuple[int, int]], floors: set[tuple[int, int]]) -> Iterator[Cell]:
    """Each cell once, by its upper left field: as far right as no wall stands, as far down as no floor lies."""
    taken: set[tuple[int, int]] = set()
    for row in range(high):
        for column in range(wide):
            if (column, row) in taken:
                continue
            right = column + 1
            while right < wide and (right, row) not in walls and (right, row) not in taken:
                right += 1
            below = row + 1
            while below < high and _goes_down(column, right, below, wide, walls, floors):
                below += 1
            taken.update((c, r) for c in range(column, right) for r in range(row, below))
            yield Cell(column, row, right - column, below - row)


def _goes_down(
    column: int, right: int, below: int, wide: int, walls: set[tuple[int, int]], floors: set[tuple[int, int]]
) -> bool:
    """Whether the fields below are the same cell's: no floor on the way, no wall between them, walls at both sides."""
    if (column, below) in floors:  # as nearly always
        return False
    if any((c, below) in floors or (c, below) in walls for c in range(column + 1, right)):
        return False
    return all((edge, below) in walls or edge in (0, wide) for edge in (column, right))
