"""Document, Line, Cell, Word: what was on the paper. Frozen, no behaviour beyond geometry.

Every reader produces the same thing: one running `text`, and lines of cells that are spans of it. A pipe table, a tab
line, a line of columns and (later) the words of a PDF page differ only in how the cells were found. A span of `text`
is the one coordinate system of the program; it leads to a place in the source (`source_span`) or to a box on a page.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from itertools import groupby
from typing import NamedTuple, overload

from pegextract.findings import Finding
from pegextract.values.lookalikes import level

Span = tuple[int, int]
"""Half-open range of characters of `Document.text`."""

LINE_BREAK_IN_CELL = "\v"
IN_WORD, MAY_BE_IN_WORD = "\xad", "\u200b"
"""Before a line break in a cell: the line goes on without a blank, or it cannot be told whether it does."""


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


class Move(NamedTuple):
    """A stretch of the source that a reader put elsewhere. to, origin: where it begins now, and in the source."""

    to: int
    origin: int
    length: int


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


class Box(NamedTuple):
    """A rectangle on a page in PDF points, origin at the top left."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class Words(Sequence[Word]):
    """The words of a document in reading order, kept by column: a large book has a quarter of a million."""

    __slots__ = ("_bottoms", "_confidences", "_ends", "_lefts", "_pages", "_rights", "_seconds", "_starts", "_tops")

    def __init__(self, words: Iterable[Word] = ()) -> None:
        self._starts, self._ends, self._pages = array("i"), array("i"), array("i")
        self._lefts, self._tops, self._rights, self._bottoms = array("d"), array("d"), array("d"), array("d")
        self._confidences = array("d")
        self._seconds: dict[int, str] = {}
        if columns := tuple(zip(*words, strict=True)):
            self.extend(*columns)

    def extend(
        self,
        starts: Sequence[int],
        ends: Sequence[int],
        pages: Sequence[int],
        lefts: Sequence[float],
        tops: Sequence[float],
        rights: Sequence[float],
        bottoms: Sequence[float],
        confidences: Sequence[float],
        seconds: Sequence[str | None],
    ) -> None:
        """Add the words that follow; the columns are those of Word."""
        if seconds.count(None) < len(seconds):
            before = len(self)
            self._seconds.update((before + n, second) for n, second in enumerate(seconds) if second is not None)
        self._starts.extend(starts)
        self._ends.extend(ends)
        self._pages.extend(pages)
        self._lefts.extend(lefts)
        self._tops.extend(tops)
        self._rights.extend(rights)
        self._bottoms.extend(bottoms)
        self._confidences.extend(confidences)

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Word, ...]: ...
    def __getitem__(self, index: int | slice) -> Word | tuple[Word, ...]:
        if isinstance(index, slice):
            return tuple([self._word(n) for n in range(*index.indices(len(self)))])
        return self._word(range(len(self))[index])

    def _word(self, n: int) -> Word:
        return Word(
            self._starts[n],
            self._ends[n],
            self._pages[n],
            self._lefts[n],
            self._tops[n],
            self._rights[n],
            self._bottoms[n],
            self._confidences[n],
            self._seconds.get(n),
        )

    def within(self, span: Span) -> range:
        """Which words, by their number, a span of the text touches."""
        first = bisect_right(self._ends, span[0])
        return range(first, bisect_left(self._starts, span[1], first))

    def boxes(self, span: Span) -> tuple[Box, ...]:
        """One box per page that prints words of the span."""
        numbers = self.within(span)
        pages = self._pages[numbers.start : numbers.stop]
        if len(set(pages)) == 1:
            return (self._box(numbers),)
        runs = groupby(numbers, self._pages.__getitem__)
        return tuple([self._box(range(run[0], run[-1] + 1)) for run in [list(run) for _, run in runs]])

    def _box(self, numbers: range) -> Box:
        """The box around words of one page."""
        words = slice(numbers.start, numbers.stop)
        return Box(
            self._pages[numbers.start],
            min(self._lefts[words]),
            min(self._tops[words]),
            max(self._rights[words]),
            max(self._bottoms[words]),
        )


class Recognised(NamedTuple):
    """How pictures of pages became words. engine: names and versions · language: tesseract's · pages: which, from 1."""

    engine: str
    language: str
    pages: frozenset[int]


@dataclass(frozen=True)
class Document:
    """One input as lines of cells over one running text.

    text: the words as a person reads them (markup and escapes removed)
    reader: text, markdown, html, docx, pdf, ocr, mixed (contract)
    page_count: None where the source has no pages · words: only where the source has geometry, in reading order
    removed: (position in `text`, characters removed so far), sorted: leads from `text` back to the decoded source.
    widths: characters of the source that one character of `text` stands for, where that is not one ("&gt;" for ">").
    moves: stretches of the source in the order in which a reader put them; () where it changed no order.
    recognised: how words were read off pictures; None where none were.
    printed: what stood on the paper where `text` has look-alikes levelled, one for one; None where it is `text`.
    """

    text: str
    lines: tuple[Line, ...]
    reader: str
    page_count: int | None = None
    words: Words = field(default_factory=Words)
    removed: tuple[tuple[int, int], ...] = ()
    widths: Mapping[int, int] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
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
        """The same place in the decoded source: from the first to the last of its characters there."""
        if self.removed:
            places, gone = self._gone
            first = span[0] + gone[bisect_right(places, span[0])]
            last = span[1] - 1
            behind = last + gone[bisect_right(places, last)] + self.widths.get(last, 1)
            span = (first, behind if span[1] > span[0] else first)
        return self._before_moves(span) if self.moves else span

    def _before_moves(self, span: Span) -> Span:
        """The place in the source of a stretch of the text that a reader put together."""
        first = max(0, bisect_right(self.moves, span[0], key=lambda move: move.to) - 1)
        last = bisect_left(self.moves, span[1], first + 1, key=lambda move: move.to)
        places = [
            (move.origin + max(0, span[0] - move.to), move.origin + min(move.length, span[1] - move.to))
            for move in self.moves[first:last]
        ]
        return min(start for start, _ in places), max(end for _, end in places)

    @cached_property
    def _gone(self) -> tuple[list[int], list[int]]:
        """Where something was removed, and how much was gone before the first such place and from each on."""
        return [place for place, _ in self.removed], [0, *(count for _, count in self.removed)]

    def box_of(self, spans: Iterable[Span]) -> Box | None:
        """The box of a value on the first page that prints it; None for texts."""
        if not self.words:
            return None
        boxes = [box for span in spans for box in self.words.boxes(span)]
        if len(boxes) < 2:
            return boxes[0] if boxes else None
        page = min([box.page for box in boxes])
        _, x0, top, x1, bottom = zip(*[box for box in boxes if box.page == page], strict=True)
        return Box(page, min(x0), min(top), max(x1), max(bottom))
