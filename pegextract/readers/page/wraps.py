"""Where a cell's lines break: between words, or in the middle of one that is wider than its cell.

A program breaks a word only where the whole of it has no room on a line of its own, and then fills the line to its
end. That alone proves nothing, because lines end full by chance; together with a program that prints the blanks at
which it breaks lines, and printed none here, it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pegextract.readers.page.lines import Segment
from pegextract.readers.page.rows import CellText, Extent, Row

BREAKS_BEHIND = "/"
"""Signs behind which some programs break a line without a blank. A hyphen tells of itself."""


def mark_breaks(rows: Sequence[Row]) -> list[Row]:
    """The rows of one table; lines that end in the middle of a word are marked `tight`."""
    if not rows:
        return []
    room = [_room(rows, number) for number in range(len(rows[0].columns))]
    return [
        row._replace(cells=tuple(_marked(cell, extent) for cell, extent in zip(row.cells, room, strict=True)))
        for row in rows
    ]


def _room(rows: Sequence[Row], number: int) -> Extent:
    """From where to where the lines of a column may run: as its longest do, and as wide as it is drawn."""
    lines = [line for row in rows for line in row.cells[number]]
    if not lines:
        return 0.0, 0.0
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    border = rows[0].columns[number]
    return left, max(right, border[1] - (left - border[0]))


def _marked(cell: CellText, room: Extent) -> CellText:
    if len(cell) < 2:
        return cell
    tight = [_is_tight(above, below, room) for above, below in pairwise(cell)]
    return tuple(line._replace(tight=is_tight) for line, is_tight in zip(cell, [*tight, False], strict=True))


def _is_tight(above: Segment, below: Segment, room: Extent) -> bool:
    last, first = above.words[-1], below.words[0]
    if last.blank_after or last.text.endswith("-"):
        return False
    character = (first.x1 - first.x0) / len(first.text)
    fits = last.x1 + character + first.x1 - first.x0 <= room[1]
    if fits:
        return False
    if last.text[-1] in BREAKS_BEHIND:
        return True
    too_wide = last.x1 - last.x0 + first.x1 - first.x0 > room[1] - room[0]
    new_word = last.text[-1].islower() and first.text[0].isupper()
    return last.blank_after is False and too_wide and last.x1 + character > room[1] and not new_word
