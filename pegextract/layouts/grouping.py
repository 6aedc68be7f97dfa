"""Which lines of a table make one row, where no ruling line tells.

Every row has one *anchor* line (its dates, its type). The lines between two anchors are the end of one row or the
beginning of the next. The cheapest way to cut them is taken, by what printing does: rows begin with a capital, a line
break inside a cell comes where the next word no longer fits, blank lines stand between rows, and one table aligns
its cells one way (top, middle, bottom).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from pegextract.layouts.fitness import is_dangling

ALIGNMENTS = ("top", "middle", "bottom")


class TableLine(NamedTuple):
    """What grouping knows of a line: its descriptive text ("" where it has none) and the blank lines before it."""

    text: str
    gap: int
    anchor: bool


class Grouping(NamedTuple):
    """Rows as (first, end) line ranges, and how clearly they beat the next best cut (0 is a tie)."""

    rows: tuple[tuple[int, int], ...]
    margin: float


RowCost = Callable[[int, int, int], float]
"""Extra cost of making lines [first, end) one row with this anchor; the caller judges the row's other cells."""


def group_rows(lines: Sequence[TableLine], extra: RowCost | None = None, width: int | None = None) -> Grouping:
    """Cut lines into one row per anchor. Lines before the first anchor are its row's; `width`: the column's, in characters."""
    anchors = [n for n, line in enumerate(lines) if line.anchor]
    if not anchors:
        return Grouping((), 0.0)
    if len(anchors) == 1:
        return Grouping(((0, len(lines)),), 99.0)
    wide = width or _width(lines)
    inner = [_inner_cost(lines, n, wide) for n in range(len(lines))]
    border = [_border_cost(lines, n, wide) for n in range(len(lines))]
    options = [_cheapest(lines, anchors, inner, border, alignment, extra) for alignment in ALIGNMENTS]
    cost, rows = min(options, key=lambda option: option[0])
    others = [option[0] for option in options if option[1] != rows]
    return Grouping(rows, (min(others) - cost) if others else 99.0)


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
    inner: Sequence[float],
    border: Sequence[float],
    alignment: str,
    extra: RowCost | None,
) -> tuple[float, tuple[tuple[int, int], ...]]:
    """Dynamic programming over the border before each anchor but the first."""
    total = [0.0]
    for cost in inner:
        total.append(total[-1] + cost)
    best: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {0: (0.0, ())}
    for number, anchor in enumerate(anchors):
        last = number + 1 == len(anchors)
        ends = [len(lines)] if last else range(anchor + 1, anchors[number + 1] + 1)
        following: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {}
        for end in ends:
            at_border = 0.0 if last else border[end]
            candidates = [
                (
                    cost + at_border + total[end] - total[start + 1] + _row_cost(lines, start, anchor, end, alignment)
                    + (extra(start, anchor, end) if extra else 0.0),
                    (*rows, (start, end)),
                )
                for start, (cost, rows) in best.items()
            ]
            following[end] = min(candidates, key=lambda candidate: candidate[0])
        best = following
    return best[len(lines)]


def _row_cost(lines: Sequence[TableLine], start: int, anchor: int, end: int, alignment: str) -> float:
    above, below = anchor - start, end - 1 - anchor
    off = {"top": above, "middle": max(0, abs(above - below) - 1), "bottom": below}[alignment]
    empty = 4.0 if not any(line.text for line in lines[start:end]) else 0.0
    return 0.6 * off + empty + (0.2 if alignment == "middle" else 0.0)
