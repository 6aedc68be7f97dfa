"""Which lines of a table make one row, where no ruling line tells.

Every row has one *anchor* line (its dates, its type). The lines between two anchors are the end of one row or the
beginning of the next. The cheapest way to cut them is taken, by what printing does: rows begin with a capital, a line
break inside a cell comes where the next word no longer fits, blank lines stand between rows, and one table aligns
its cells one way (top, middle, bottom).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from math import inf
from typing import NamedTuple

from pegextract.layouts.fitness import is_dangling

ALIGNMENTS = ("top", "middle", "bottom")

AS_NEAR = 0.25
"""Two cuts of a table that differ in one border and cost so much more or less are both possible."""


class TableLine(NamedTuple):
    """What grouping knows of a line: its descriptive text ("" where it has none) and the blank lines before it."""

    text: str
    gap: int
    anchor: bool


class Grouping(NamedTuple):
    """Rows as (first, end) line ranges, and what this cut costs: readings of one table can be compared by it.

    margins: for each row, by how much the next best border above it costs more; the first row has none.
    """

    rows: tuple[tuple[int, int], ...]
    cost: float
    margins: tuple[float, ...] = ()

    @property
    def uncertain(self) -> frozenset[int]:
        """The rows on both sides of a border that could as well stand a line further up or down."""
        near = [number for number, margin in enumerate(self.margins) if margin < AS_NEAR]
        return frozenset(row for number in near for row in (number - 1, number))


RowCost = Callable[[int, int, int], float]
"""Extra cost of making lines [first, end) one row with this anchor; the caller judges the row's other cells."""


def group_rows(
    lines: Sequence[TableLine], extra: RowCost | None = None, *, text_ends_at_anchor: bool = False
) -> Grouping:
    """Cut lines into one row per anchor; lines before the first anchor are its row's.

    text_ends_at_anchor: the table was printed cell by cell, so that a row's text stands above its anchor only.
    """
    anchors = [n for n, line in enumerate(lines) if line.anchor]
    if not anchors:
        return Grouping((), 0.0)
    wide = _width(lines)
    inner = [_inner_cost(lines, n, wide) for n in range(len(lines))]
    if text_ends_at_anchor:
        behind = [1.5 * min(line.gap, 2) for line in lines]
        options = [_cheapest(lines, anchors, inner, _borders(lines, wide), "", extra, behind)]
    else:
        options = [_cheapest(lines, anchors, inner, _borders(lines, wide), a, extra, inner) for a in ALIGNMENTS]
    best = min(options, key=lambda option: option.cost)
    return best._replace(margins=tuple(_margin(best, options, number) for number in range(len(best.rows))))


def _margin(best: Grouping, options: Sequence[Grouping], number: int) -> float:
    """By how much another border above this row costs more, be it with the cells aligned another way."""
    rivals = [option.cost - best.cost for option in options if option.rows[number][0] != best.rows[number][0]]
    return min((best.margins[number], *rivals))


def _borders(lines: Sequence[TableLine], width: int) -> list[float]:
    return [_border_cost(lines, n, width) for n in range(len(lines))]


def _width(lines: Sequence[TableLine]) -> int:
    lengths = sorted(len(line.text) for line in lines if line.text)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _previous(lines: Sequence[TableLine], n: int) -> str:
    return next((lines[m].text for m in range(n - 1, -1, -1) if lines[m].text), "")


def _had_room(previous: str, text: str, width: int) -> bool:
    """Whether the next word would have fitted on the line before: then the break was not the page's."""
    return len(previous) + 1 + len(text.split(" ", 1)[0]) <= width * 0.85


def _inner_cost(lines: Sequence[TableLine], n: int, width: int) -> float:
    """The cost of line n going on with the row of the line before it."""
    line = lines[n]
    cost = 1.5 * min(line.gap, 2)
    previous = _previous(lines, n)
    if line.text and previous:
        cost += 1.2 if _had_room(previous, line.text, width) else 0.0
        if line.text[:1].isupper() and not is_dangling(previous):
            cost += 1.0 if previous.endswith((".", ";")) else 0.5
    return cost


def _border_cost(lines: Sequence[TableLine], n: int, width: int) -> float:
    """The cost of line n beginning a row."""
    line = lines[n]
    cost = -1.5 * min(line.gap, 2)
    first = next((other.text for other in lines[n:] if other.text), "")
    if first[:1].islower() or first[:1] in ",;.:)/":
        cost += 1.2
    if is_dangling(_previous(lines, n)) or _previous(lines, n).endswith((",", "(", "/")):
        cost += 1.5
    return cost


def _cheapest(
    lines: Sequence[TableLine],
    anchors: Sequence[int],
    above: Sequence[float],
    border: Sequence[float],
    alignment: str,
    extra: RowCost | None,
    below: Sequence[float],
) -> Grouping:
    """Dynamic programming over the border before each anchor but the first.

    above, below: what each line costs as a further line of a row, up to its anchor and behind it.
    """
    sums = _sums(above), _sums(below)
    first = _first_texts(lines)
    best = {0: Grouping((), 0.0)}
    for number, anchor in enumerate(anchors):
        last = number + 1 == len(anchors)
        ends = [len(lines)] if last else range(anchor + 1, anchors[number + 1] + 1)
        following: dict[int, Grouping] = {}
        for end in ends:
            at_border = 0.0 if last else border[end]
            costs = sorted(
                (
                    before.cost + at_border + _within(sums, min(first[start], anchor), anchor, end)
                    + _row_cost(lines, start, anchor, end, alignment) + (extra(start, anchor, end) if extra else 0.0),
                    start,
                )
                for start, before in best.items()
            )  # fmt: skip
            cost, start = costs[0]
            margin = costs[1][0] - cost if len(costs) > 1 else inf
            following[end] = Grouping((*best[start].rows, (start, end)), cost, (*best[start].margins, margin))
        best = following
    return best[len(lines)]


def _sums(costs: Sequence[float]) -> list[float]:
    return [0.0, *accumulate(costs)]


def _first_texts(lines: Sequence[TableLine]) -> list[int]:
    """For each line, the first one from it on that has text: a row's text cannot go on before it has begun."""
    first = [len(lines)] * (len(lines) + 1)
    for n in range(len(lines) - 1, -1, -1):
        first[n] = n if lines[n].text else first[n + 1]
    return first


def _within(sums: tuple[list[float], list[float]], start: int, anchor: int, end: int) -> float:
    above, below = sums
    return above[anchor + 1] - above[start + 1] + below[end] - below[anchor + 1]


def _row_cost(lines: Sequence[TableLine], start: int, anchor: int, end: int, alignment: str) -> float:
    empty = 4.0 if not any(line.text for line in lines[start:end]) else 0.0
    if not alignment:
        return empty
    above = sum(1 for line in lines[start:anchor] if line.text)
    below = sum(1 for line in lines[anchor + 1 : end] if line.text)
    if alignment == "middle":
        off = abs(above - below)
        # The tallest cell sets the row's height, and the anchor stands in the middle of that.
        uneven = max(0, abs((anchor - start) - (end - 1 - anchor)) - 1)
        return empty + 0.1 + 0.3 * min(off, 1) + 0.6 * max(0, off - 1) + 0.5 * uneven
    if alignment == "bottom":
        return empty + 0.6 * below
    # Aligned at the top, a row's first line of text stands beside its other cells.
    return empty + 0.6 * above + (0.0 if lines[anchor].text else 1.5)
