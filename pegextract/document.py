"""Document, Line, Cell, Word: what was on the paper. Frozen, no behaviour beyond geometry.

Every reader produces the same thing: one running `text`, and lines of cells that are spans of it. A pipe table, a tab
line, a line of columns and (later) the words of a PDF page differ only in how the cells were found. A span of `text`
is the one coordinate system of the program; it leads to a place in the source (`source_span`) or to a box on a page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from pegextract.findings import Finding
from pegextract.values.lookalikes import level

Span = tuple[int, int]
"""Half-open range of characters of `Document.text`."""


class Columns(Enum):
    """How sure the reader is of the borders between the cells of a line."""

    NONE = "none"  # running text: one cell, columns (if any) are unmarked
    POSITIONS = "positions"  # borders are gaps on the page: a cell's x0, x1 tell its column
    SEPARATORS = "separators"  # borders are printed (tab, pipe, HTML or DOCX cell): the cell's index is its column


class Cell(NamedTuple):
    """A stretch of text with its horizontal extent: character columns for texts, PDF points for pages."""

    start: int
    end: int
    x0: float
    x1: float


class Line(NamedTuple):
    """One printed line, or one table row where cells are separated.

    start, end: span in `Document.text` · gap: blank lines before it · page: from 1.
    An empty cell of a separated row has start == end.
    """

    start: int
    end: int
    cells: tuple[Cell, ...]
    columns: Columns
    gap: int
    page: int


class Word(NamedTuple):
    """A word with its box in PDF points (origin top left) and the reader's confidence (0-1).

    second: what another reader has in its place, "" where nothing; None where none was asked, or none disagrees.
    """

    start: int
    end: int
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float
    second: str | None = None


class Recognised(NamedTuple):
    """How pictures of pages became words. engine: names and versions · language: tesseract's · pages: which, from 1."""

    engine: str
    language: str
    pages: frozenset[int]


class Box(NamedTuple):
    """A rectangle on a page in PDF points, origin at the top left."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True)
class Document:
    """One input as lines of cells over one running text.

    text: the words as a person reads them (markup and escapes removed)
    reader: text, markdown, html, docx, pdf, ocr, mixed (contract)
    page_count: None where the source has no pages · words: only where the source has geometry, in reading order
    removed: (position in `text`, characters removed so far), sorted: leads from `text` back to the decoded source.
    widths: characters of the source that one character of `text` stands for, where that is not one ("&gt;" for ">").
    recognised: how words were read off pictures; None where none were.
    printed: what stood on the paper where `text` has look-alikes levelled, one for one; None where it is `text`.
    """

    text: str
    lines: tuple[Line, ...]
    reader: str
    page_count: int | None = None
    words: tuple[Word, ...] = ()
    removed: tuple[tuple[int, int], ...] = ()
    widths: Mapping[int, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = field(default=())
    printed: str | None = None
    recognised: Recognised | None = None

    @property
    def raw(self) -> str:
        """The text as printed, for values and evidence; `text` is for finding them."""
        return self.text if self.printed is None else self.printed

    @cached_property
    def line_texts(self) -> tuple[str, ...]:
        """The words of each line, separators of its cells included."""
        return tuple([self.text[line.start : line.end] for line in self.lines])

    def legible(self) -> Document:
        """The same document with OCR look-alikes in `text` levelled, spans unchanged; itself where there are none."""
        levelled = level(self.text)
        return self if levelled == self.text else replace(self, text=levelled, printed=self.raw)

    def source_span(self, span: Span) -> Span:
        """The same place in the decoded source: offsets shifted by the markup that the reader removed."""
        if not self.removed:
            return span
        places, gone = self._gone
        first = span[0] + gone[bisect_right(places, span[0])]
        if span[1] <= span[0]:
            return first, first
        last = span[1] - 1
        return first, last + gone[bisect_right(places, last)] + self.widths.get(last, 1)

    @cached_property
    def _gone(self) -> tuple[list[int], list[int]]:
        """Where something was removed, and how much was gone before the first such place and from each on."""
        return [place for place, _ in self.removed], [0, *(count for _, count in self.removed)]

    def box_of(self, spans: Iterable[Span]) -> Box | None:
        """The box of a value on the first page that prints it; None for texts."""
        if not self.words:
            return None
        boxes = [box for span in spans for box in self.boxes(span)]
        page = min((box.page for box in boxes), default=0)
        edges = [box[1:] for box in boxes if box.page == page]
        if not edges:
            return None
        x0, top, x1, bottom = zip(*edges, strict=True)
        return Box(page, min(x0), min(top), max(x1), max(bottom))

    def boxes(self, span: Span) -> tuple[Box, ...]:
        """One box per page that prints the span; empty for texts."""
        first = bisect_right(self.words, span[0], key=_word_end)
        last = bisect_left(self.words, span[1], first, key=_word_start)
        return tuple(_box_around(page, tuple(words)) for page, words in groupby(self.words[first:last], _word_page))


_word_start, _word_end, _word_page = itemgetter(0), itemgetter(1), itemgetter(2)


def _box_around(page: int, words: tuple[Word, ...]) -> Box:
    x0, top, x1, bottom = list(zip(*words, strict=True))[3:7]
    return Box(page, min(x0), min(top), max(x1), max(bottom))
