"""Rows of a table that no line parts: lines of one cell stand close together, rows stand further apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

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
MOST_FILLED = 0.6
"""Share of the columns that every row of a table fills where only that tells rows from lines."""

Column = Sequence[Segment]
"""The segments of one column, from top to bottom."""


def leading_of(segments: Sequence[Segment], height: float) -> float | None:
    """How far apart the lines of a paragraph of this height are; None where none is seen.

    A line goes on with the one above where it begins below it with a small letter that would not have fitted there.
    """
    known = [s for s in segments if abs(s.height - height) <= SAME_SIZE * height]
    edges: dict[int, list[Segment]] = {}
    for segment in sorted(known, key=lambda s: s.base):
        edges.setdefault(round(segment.x0 / height * 2), []).append(segment)
    steps: list[float] = []
    for column in edges.values():
        right = max(s.x1 for s in column)
        for above, below in pairwise(column):
            word = below.words[0]
            step = below.base - above.base
            if (
                word.text[0].islower()
                and 2 * CORE * height < step <= LOOSEST_LEADING * height
                and above.x1 + word.x1 - word.x0 > right - height
            ):
                steps.append(step)
    return min(steps) if steps else None


def split_rows(columns: Sequence[Column], leading: float | None = None) -> list[list[list[Segment]]] | None:
    """The rows that the white bands across all columns part, each as segments by column; None where that is not sure.

    leading: how far apart the page's lines are, where it is known.
    """
    segments = sorted((s for column in columns for s in column), key=lambda s: s.base)
    if not segments:
        return None
    height = usual_height(segments)
    bands = _bands(segments, height)
    gaps = [below[0] - above[1] for above, below in pairwise(bands)]
    cuts = _cuts(columns, bands, gaps, height, leading)
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
    columns: Sequence[Column],
    bands: Sequence[tuple[float, float]],
    gaps: Sequence[float],
    height: float,
    leading: float | None,
) -> list[int] | None:
    """After which bands a row ends: where the white is wider than inside cells.

    Where all white is alike, bands that fill most columns are rows: further lines of a row fill only the columns that
    wrap. None where that is not so.
    """
    if not gaps:
        return []
    inside = leading - 2 * CORE * height if leading else _white_inside_cells(columns, height)
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
    near = [step for step in steps if CORE * 2 * height < step <= UNSEEN_LEADING * height]
    return min(near) - 2 * CORE * height if near else None
