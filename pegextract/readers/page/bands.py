"""Rows of a table that no line parts: lines of one cell stand close together, rows stand further apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pegextract.readers.page.lines import Segment

CORE = 0.35
"""Share of a line's height, above and below its middle, that its letters surely take."""
ROW_STEP = 0.13
"""Rows stand further apart than the lines of a cell by at least this share of a line's height."""
LOOSEST_LEADING = 1.65
"""Lines of a cell whose middles are further apart, in line heights, would be unusual: they are rows."""
MOST_FILLED = 0.6
"""Share of the columns that every row of a table fills where only that tells rows from lines."""

Column = Sequence[Segment]
"""The segments of one column, from top to bottom."""


def split_rows(columns: Sequence[Column]) -> list[list[list[Segment]]] | None:
    """The rows that the white bands across all columns part, each as segments by column; None where that is not sure.

    One row where all white is as narrow as inside a cell.
    """
    segments = sorted((s for column in columns for s in column), key=lambda s: s.base)
    if not segments:
        return None
    height = sorted(s.height for s in segments)[len(segments) // 2]
    bands = _bands(segments, height)
    gaps = [below[0] - above[1] for above, below in pairwise(bands)]
    cuts = _cuts(columns, bands, gaps, height)
    if cuts is None:
        return None
    edges = [(bands[n][1] + bands[n + 1][0]) / 2 for n in cuts]
    rows = [[[] for _ in columns] for _ in range(len(edges) + 1)]  # type: list[list[list[Segment]]]
    for number, column in enumerate(columns):
        for segment in column:
            rows[sum(edge < segment.base - height / 2 for edge in edges)][number].append(segment)
    return rows


def _bands(segments: Sequence[Segment], height: float) -> list[tuple[float, float]]:
    """Heights that letters take, of lines that overlap together."""
    bands: list[tuple[float, float]] = []
    for segment in segments:
        middle = segment.base - height / 2
        top, bottom = middle - CORE * height, middle + CORE * height
        if bands and top < bands[-1][1]:
            bands[-1] = (bands[-1][0], max(bands[-1][1], bottom))
        else:
            bands.append((top, bottom))
    return bands


def _cuts(
    columns: Sequence[Column], bands: Sequence[tuple[float, float]], gaps: Sequence[float], height: float
) -> list[int] | None:
    """After which bands a row ends: where the white is wider than inside cells.

    Where all white is alike, bands that fill most columns are rows: further lines of a row fill only the columns that
    wrap. None where that is not so.
    """
    if not gaps:
        return []
    inside = _white_inside_cells(columns, height)
    cuts = [n for n, gap in enumerate(gaps) if inside is not None and gap > inside + ROW_STEP * height]
    if cuts:
        return cuts
    filled = [sum(any(band[0] < s.base - height / 2 < band[1] for s in column) for column in columns) for band in bands]
    return list(range(len(gaps))) if min(filled) >= MOST_FILLED * len(columns) else None


def _white_inside_cells(columns: Sequence[Column], height: float) -> float | None:
    """The white between two lines of one cell: the narrowest between lines of one column that is no looser than usual.

    None where no column has two lines that near.
    """
    steps = [below.base - above.base for column in columns for above, below in pairwise(column)]
    near = [step for step in steps if CORE * 2 * height < step <= LOOSEST_LEADING * height]
    return min(near) - 2 * CORE * height if near else None
