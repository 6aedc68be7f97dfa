"""Rows of a table that no line parts: lines of one cell stand close together, rows stand further apart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pegextract.readers.page.lines import Segment, usual_height

CORE = 0.35
"""Share of a line's height, above and below its middle, that its letters surely take."""
ROW_STEP = 0.13
"""Rows stand further apart than the lines of a cell by at least this share of a line's height."""
LOOSEST_LEADING = 1.65
"""Lines further apart than this many line heights are no lines of one paragraph."""
UNSEEN_LEADING = 1.45
"""The same where no paragraph of the page shows how far apart its lines are."""
SAME_SIZE = 0.12
"""Share by which the heights of lines of one size may differ."""
MOST_FILLED = 0.75
"""Share of the columns that every row of a table fills where only that tells rows from lines."""

FEWEST_DRAWN = 2
"""Lines across a table from which on they are what parts its rows: a single one is below its head."""
MANY_COLUMNS = 4
"""No row wraps in most of so many columns: there, bands that fill them are always rows."""

Column = Sequence[Segment]
"""The segments of one column, from top to bottom."""
Cells = list[list[Segment]]
"""The segments of one row by column."""
Band = tuple[float, float]


def leading_of(segments: Sequence[Segment], height: float) -> float | None:
    """How far apart the lines of a paragraph of this height are; None where none is seen.

    A line goes on with the one above where it begins below it with a small letter that would not have fitted there.
    Some of these are rows all the same, and on a scan a line may be read a point too high: neither the widest step
    nor the narrowest tells.
    """
    known = [s for s in segments if abs(s.height - height) <= SAME_SIZE * height]
    columns: dict[int, list[Segment]] = {}
    for segment in sorted(known, key=lambda s: s.base):
        columns.setdefault(round(segment.x0 / height * 2), []).append(segment)
    steps = [step for column in columns.values() for run in _runs(column, height) for step in _wraps(run, height)]
    return sorted(steps)[len(steps) // 4] if steps else None


def _runs(column: Column, height: float) -> Iterator[list[Segment]]:
    """Lines one below the other that may be those of a paragraph."""
    run: list[Segment] = []
    for segment in column:
        if run and not 2 * CORE * height < segment.base - run[-1].base <= LOOSEST_LEADING * height:
            yield run
            run = []
        run.append(segment)
    yield run


def _wraps(run: Sequence[Segment], height: float) -> Iterator[float]:
    """The steps to lines that go on with the one above, small letters first, for want of room there."""
    right = max(s.x1 for s in run)
    for above, below in pairwise(run):
        word = below.words[0]
        if word.text[0].islower() and above.x1 + word.x1 - word.x0 > right - height:
            yield below.base - above.base


def split_rows(
    columns: Sequence[Column], leading: float | None = None, drawn: Sequence[float] = ()
) -> list[Cells] | None:
    """The rows of a table without a grid, each as segments by column; None where that is not sure.

    leading: how far apart the page's lines are, where it is known · drawn: heights of lines across the table. Where
    there are several of those, white that is no wider than others parts no rows, but for a head above the first of
    them from a row of its ground. Where all white is alike, bands that
    fill most columns are rows: further lines of a row fill only the columns that wrap.
    """
    ruler = _Ruler.of(columns)
    full = [len(filled) >= MOST_FILLED * len(columns) for filled in ruler.filled]
    between_full = [gap for gap, (above, below) in zip(ruler.gaps, pairwise(full), strict=True) if above and below]
    cuts = ruler.cuts(leading)
    lines = ruler.cuts_at(drawn)
    if len(lines) >= FEWEST_DRAWN:
        between = [n for n, pair in enumerate(pairwise(full)) if all(pair) and len(columns) >= MANY_COLUMNS]
        below_head = [n for n in range(lines[0]) if full[n + 1] and any(full[: n + 1])]
        return ruler.rows(sorted({*cuts, *lines, *between, *below_head}))
    if between_full and (len(columns) >= MANY_COLUMNS or not (leading and cuts)):
        wide = min(between_full) - ROW_STEP * ruler.height
        near = {n for n, gap in enumerate(ruler.gaps) if gap >= wide and n not in cuts}
        if any(n + 1 in near and len(ruler.filled[n + 1]) == 1 for n in near):
            return None  # a line of one cell, as near to the row above as to the one below
        cuts = sorted({*cuts, *near})
    return ruler.rows(cuts) if cuts or not ruler.gaps else None


def split_field(columns: Sequence[Column], leading: float | None = None) -> list[Cells]:
    """The rows inside one field of a grid; one where no white is wider than inside a cell."""
    ruler = _Ruler.of(columns)
    return ruler.rows(ruler.cuts(leading))


class _Ruler(NamedTuple):
    """Columns of segments, the bands that their letters take together, the columns in each, the white between them."""

    columns: Sequence[Column]
    height: float
    bands: list[Band]
    filled: list[set[int]]
    gaps: list[float]

    @classmethod
    def of(cls, columns: Sequence[Column]) -> _Ruler:
        placed = sorted((segment.base, number) for number, column in enumerate(columns) for segment in column)
        height = usual_height([segment for column in columns for segment in column])
        bands: list[Band] = []
        filled: list[set[int]] = []
        for base, number in placed:
            top, bottom = base - (0.5 + CORE) * height, base - (0.5 - CORE) * height
            if bands and top < bands[-1][1]:
                bands[-1] = bands[-1][0], max(bands[-1][1], bottom)
            else:
                bands.append((top, bottom))
                filled.append(set())
            filled[-1].add(number)
        return cls(columns, height, bands, filled, [below[0] - above[1] for above, below in pairwise(bands)])

    def cuts(self, leading: float | None) -> list[int]:
        """After which bands the white is wider than inside cells."""
        if leading:
            inside: float | None = leading * self._largest() - 2 * CORE * self.height
        else:
            inside = _white_inside_cells(self.columns, self.height)
        return [n for n, gap in enumerate(self.gaps) if inside is not None and gap > inside + ROW_STEP * self.height]

    def _largest(self) -> float:
        """How much higher than most lines those of a column are; 1 where all are of one size."""
        largest = max(map(usual_height, self.columns)) / self.height if self.height else 1.0
        return largest if largest > 1 + SAME_SIZE else 1.0

    def cuts_at(self, heights: Sequence[float]) -> list[int]:
        """After which bands one of these heights lies in the white."""
        return [
            n
            for n, (above, below) in enumerate(pairwise(self.bands))
            if any(above[1] <= height <= below[0] for height in heights)
        ]

    def rows(self, cuts: Sequence[int]) -> list[Cells]:
        """The segments by row and column."""
        edges = [(self.bands[n][1] + self.bands[n + 1][0]) / 2 for n in cuts]
        rows: list[Cells] = [[[] for _ in self.columns] for _ in range(len(edges) + 1)]
        for number, column in enumerate(self.columns):
            for segment in column:
                rows[bisect_left(edges, segment.base - self.height / 2)][number].append(segment)
        return rows


def _white_inside_cells(columns: Sequence[Column], height: float) -> float | None:
    """The white between two lines of one cell: the narrowest between lines of one column that is no looser than usual.

    None where no column has two lines that near.
    """
    steps = [below.base - above.base for column in columns for above, below in pairwise(column)]
    near = [step for step in steps if CORE * 2 * height < step <= UNSEEN_LEADING * height]
    return min(near) - 2 * CORE * height if near else None
