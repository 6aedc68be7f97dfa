"""Where a cell's lines break: between words, or in the middle of one that is wider than its cell.

A program breaks a word only where the whole of it has no room on a line of its own, and then fills the line to its
end. That alone proves nothing, because lines end full by chance; together with a program that prints the blanks at
which it breaks lines, and printed none here, it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pegextract.document import IN_WORD
from pegextract.readers.page.lines import LineEnd, Segment
from pegextract.readers.page.rows import CellText, Extent, Row

BREAKS_BEHIND = "/"
"""Signs behind which some programs break a line without a blank. A hyphen tells of itself."""


NEVER_FIRST = "'’"
"""A line that begins with an accent's apostrophe goes on with the word above."""


def mark_breaks(rows: Sequence[Row]) -> list[Row]:
    """The rows of one table; each line of a cell told how it ends."""
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
    ends = [_end_of(above, below, room) for above, below in pairwise(cell)]
    return tuple(line._replace(end=end) for line, end in zip(cell, [*ends, LineEnd.BLANK], strict=True))


def _end_of(above: Segment, below: Segment, room: Extent) -> LineEnd:
    last, first = above.words[-1], below.words[0]
    if last.blank_after or last.text.endswith(("-", IN_WORD)):
        return LineEnd.BLANK
    if first.text[0] in NEVER_FIRST and last.text[-1].isalpha():
        return LineEnd.IN_WORD
    character = (first.x1 - first.x0) / len(first.text)
    fits = last.x1 + character + first.x1 - first.x0 <= room[1]
    if fits:
        return LineEnd.BLANK
    if last.text[-1] in BREAKS_BEHIND:
        return LineEnd.IN_WORD
    too_wide = last.x1 - last.x0 + first.x1 - first.x0 > room[1] - room[0]
    full = last.x1 + character > room[1]
    new_word = last.text[-1].islower() and first.text[0].isupper()
    if not too_wide or not full or new_word:
        return LineEnd.BLANK
    alone = len(above.words) == 1  # programs that print blanks begin a word that is too wide on a line of its own
    return LineEnd.IN_WORD if alone and last.blank_after is False else LineEnd.UNSURE
