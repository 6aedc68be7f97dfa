"""Tables that a text draws with characters, as one tab line a row: `+---+`, `├──┤`, `----  ----`, `<tr><td>`, `a;b`.

Pandoc, tabulate, psql, reStructuredText and many a model that reads pages write tables so. The rules tell where the
columns stand, and rules or blank lines between rows tell which lines are one row; both are exact, where a reader of
mere blanks has to guess. What is redrawn keeps the way back to the text that it came from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, repeat
from math import inf
from typing import Final

from pegextract.document import LINE_BREAK_IN_CELL, MAY_BE_IN_WORD, Move, Span
from pegextract.readers.drawn.dashes import in_dashes
from pegextract.readers.drawn.frames import in_frames
from pegextract.readers.drawn.semicolons import between_semicolons
from pegextract.readers.drawn.tables import Drawing, Row
from pegextract.readers.drawn.tags import in_tags

_MAY_DRAW: Final = ("-+", "+-", "=+", "+=", "─", "━", "═", "<table", "<TABLE")
_MAY_PART: Final = tuple(map(re.compile, ("-- +--", "== +==", r";\S?[^;\n]*;\S")))
"""A cheap first look at a text: most texts draw nothing. Each begins with letters that re finds fast."""
_ANY_TAG: Final = re.compile(r"</?[A-Za-z][^<>]{0,300}>")


def redrawn(source: str) -> tuple[str, tuple[Move, ...]]:
    """The text with every drawn table as lines of cells between tabs, and where each stretch of it came from.

    The moves stand in the order of the new text and cover it, but for what parts cells and their lines; there are none
    where nothing was redrawn.
    """
    may_draw = any(mark in source for mark in _MAY_DRAW) or any(marks.search(source) for marks in _MAY_PART)
    drawings = _drawings(source) if may_draw else []
    if not drawings:
        return source, ()
    new = _NewText(source)
    done = 0
    for drawing in drawings:
        new.copy((done, drawing.start))
        if drawing.start and source[drawing.start - 1] not in "\n\f":
            new.end_line()
        for row in drawing.table.rows:
            new.copy_row(row, drawing.table.widths)
        done = drawing.end
    new.copy((done, len(source)))
    return "".join(new.parts), tuple(new.moves)


class _NewText:
    """A text in the making, of stretches of the source and of what parts them."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.moves: list[Move] = []
        self._length = 0

    def copy(self, span: Span) -> None:
        """Go on with a stretch of the source."""
        if span[1] > span[0]:
            self.moves.append(Move(self._length, span[0], span[1] - span[0]))
            self._add(self.source[span[0] : span[1]])

    def end_line(self) -> None:
        """Begin a new line."""
        self._add("\n")

    def copy_row(self, row: Row, widths: Sequence[float]) -> None:
        """Go on with a line of cells; tabs in them are blanks, for a tab parts cells."""
        for number, (cell, width) in enumerate(zip(row, chain(widths, repeat(inf)), strict=False)):
            self._add("\t" if number else "")
            for line, (start, end) in enumerate(cell):
                self._add(self._break(cell[line - 1], (start, end), width) if line else "")
                for word, match in enumerate(re.finditer(r"[^\t]+", self.source[start:end])):
                    self._add(" " if word else "")
                    self.copy((start + match.start(), start + match.end()))
        self.end_line()

    def _break(self, above: Span, below: Span, width: float) -> str:
        """What parts two lines of a cell; where one is filled by its words, a long word may have been cut there.

        Pandoc fills a column from the end of such a word, so that the piece above may be short.
        """
        words = self.source[slice(*below)].split(None, 1)
        full = above[1] - above[0] >= width or (words and len(words[0]) >= width)
        return MAY_BE_IN_WORD + LINE_BREAK_IN_CELL if full else LINE_BREAK_IN_CELL

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self._length += len(text)


def _drawings(source: str) -> list[Drawing]:
    """The drawn tables in order; of two that overlap, the first."""
    ends = [match.start() for match in re.finditer(r"[\n\f]|\Z", source)]
    lines = list(zip([0, *(end + 1 for end in ends)], ends, strict=False))
    kept: list[Drawing] = []
    for drawing in sorted(
        [*in_tags(source), *in_frames(source, lines), *in_dashes(source, lines), *between_semicolons(source, lines)]
    ):
        apart = not kept or drawing.start >= kept[-1].end
        if apart and _keeps_all_words(source, drawing):
            kept.append(drawing)
    return kept


def _keeps_all_words(source: str, drawing: Drawing) -> bool:
    """Whether all letters and digits of the table are in its cells: what stands elsewhere must not get lost."""
    before = _ANY_TAG.sub("", source[drawing.start : drawing.end])
    cells = "".join(source[slice(*line)] for row in drawing.table.rows for cell in row for line in cell)
    return sum(map(str.isalnum, before)) == sum(map(str.isalnum, _ANY_TAG.sub("", cells)))
