r"""Rows and lines of pages into one running text with lines of cells, every word with its box.

The text is what the other readers give: a row's cells are set apart by tabs, the lines of a cell by "\v" (two where a
paragraph ends); stretches of a line that no border parts by blanks, as many as the gap is wide. Places on a line are
counted in characters of usual width, so that a page reads like the output of a converter that keeps the layout.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence

from pegextract.document import IN_WORD, LINE_BREAK_IN_CELL, MAY_BE_IN_WORD, Cell, Columns, Document, Line, Words
from pegextract.findings import Finding
from pegextract.readers.page.lines import LineEnd, Segment, TextLine
from pegextract.readers.page.parts import Page, PageWord
from pegextract.readers.page.rows import Block, CellText, Row, white_between

BLANK_LINE = 0.55
"""White between lines from this share of their height on is a blank line."""
USUAL_LINE = 1.25
"""A line with its leading, in line heights: blank lines are counted in these."""
MOST_BLANK_LINES = 9
MARKS = {LineEnd.BLANK: "", LineEnd.IN_WORD: IN_WORD, LineEnd.UNSURE: MAY_BE_IN_WORD}
USUAL_WIDTH = 4.0
"""Points of a character of a page without words."""
FEWEST_MEASURED = 20
"""Words that a page must have for its characters' width to be the document's."""


class Writer:
    """Writes pages one after the other; `document` gives what was written."""

    def __init__(self) -> None:
        self._page_texts: list[str] = []
        self._parts: list[str] = []
        self._lines: list[Line] = []
        self._words = Words()
        self._placed: list[PageWord] = []
        self._starts: list[int] = []
        self._numbers: list[int] = []
        self._findings: list[Finding] = []
        self._pages = self._last_page = 0
        self._at = 0
        self._width = 0.0
        self._page: Page

    def write(self, page: Page, blocks: Sequence[Block]) -> None:
        """Add the blocks of a page, which are in reading order."""
        self._pages += page.number != self._last_page
        self._page, self._last_page = page, page.number
        self._findings += page.findings
        if not self._width and len(page.words) >= FEWEST_MEASURED:
            self._width = _character_width(page.words)
        table = None
        for number, (block, white) in enumerate(zip(blocks, white_between(blocks), strict=True)):
            if isinstance(block, Row):
                self._row(block, 0 if block.table == table else 1)
                table = block.table
            else:
                self._line(block, _blank_lines(block, white) if number and self._ends_page(page) else 1)
                table = None
        self._keep_page()

    def document(self, reader: str) -> Document:
        """All that was written."""
        return Document(
            "".join(self._page_texts),
            tuple(self._lines),
            reader,
            self._pages,
            self._words,
            findings=tuple(self._findings),
        )

    def _ends_page(self, page: Page) -> bool:
        """Whether the last line stands on this page."""
        return bool(self._lines) and self._lines[-1].page == page.number

    def _begin(self, gap: int) -> int:
        """Begin a line; returns the blank lines before it."""
        if self._lines:
            self._add("\n" * (gap + 1))
            return gap
        return 0

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._at += len(text)

    def _row(self, row: Row, gap: int) -> None:
        gap = self._begin(gap)
        cells: list[Cell] = []
        for number, cell in enumerate(row.cells):
            if number:
                self._add("\t")
            start = self._at
            self._cell(cell)
            for page, rest in row.continued:
                self._rest(page, rest[number])
            cells.append(Cell(start, self._at, number, number + 1))
        filled = [cell for cell in cells if cell.end > cell.start]
        self._lines.append(
            Line(filled[0].start, filled[-1].end, tuple(cells), Columns.SEPARATORS, gap, self._page.number)
        )

    def _cell(self, lines: CellText) -> None:
        usual = min((below.top - above.bottom for above, below in itertools.pairwise(lines)), default=0.0)
        for number, line in enumerate(lines):
            if number:
                white = line.top - lines[number - 1].bottom - max(0.0, usual)
                mark = MARKS[lines[number - 1].end]
                self._add(mark + LINE_BREAK_IN_CELL * (2 if white > BLANK_LINE * line.height else 1))
            self._segment(line)

    def _rest(self, page: Page, lines: CellText) -> None:
        """What a cell prints on another page."""
        if not lines:
            return
        own, self._page = self._page, page
        if self._parts and self._parts[-1] not in "\t\n":
            self._add(LINE_BREAK_IN_CELL)
        self._cell(lines)
        self._page = own

    def _segment(self, segment: Segment) -> None:
        at, texts = self._at, [word[0] for word in segment.words]
        for text in texts:
            self._starts.append(at)
            at += len(text) + 1
        self._placed += _displayed(self._page, segment.words)
        self._numbers += [self._page.number] * len(texts)
        self._add(" ".join(texts))

    def _keep_page(self) -> None:
        """Put the page's text and words where those of all pages are."""
        self._page_texts.append("".join(self._parts))
        self._parts = []
        if self._placed:
            texts, lefts, tops, rights, bottoms, confidences, seconds, _ = zip(*self._placed, strict=True)
            ends = [start + len(text) for start, text in zip(self._starts, texts, strict=True)]
            boxes = lefts, tops, rights, bottoms
            self._words.extend(self._starts, ends, self._numbers, *boxes, confidences, seconds)
        self._placed, self._starts, self._numbers = [], [], []

    def _line(self, line: TextLine, gap: int) -> None:
        gap = self._begin(gap)
        width = self._width or USUAL_WIDTH
        cells: list[Cell] = []
        for number, segment in enumerate(line.segments):
            if number:
                self._add(" " * max(2, round((segment.x0 - line.segments[number - 1].x1) / width)))
            start = self._at
            self._segment(segment)
            cells.append(Cell(start, self._at, segment.x0 / width, segment.x1 / width))
        columns = Columns.POSITIONS if len(cells) > 1 else Columns.NONE
        self._lines.append(Line(cells[0].start, self._at, tuple(cells), columns, gap, self._page.number))


def _character_width(words: Iterable[PageWord]) -> float:
    widths = sorted((word.x1 - word.x0) / len(word.text) for word in words)
    return max(0.1, widths[len(widths) // 2])


def _blank_lines(line: TextLine, white: float) -> int:
    height = max(1.0, line.bottom - line.top)
    if white <= BLANK_LINE * height:
        return 0
    return max(1, min(MOST_BLANK_LINES, round(white / (USUAL_LINE * height))))


_Box = tuple[float, float, float, float]


def _displayed(page: Page, words: Sequence[PageWord]) -> Sequence[PageWord]:
    """The words with their boxes on the page as displayed, of which `page` is the upright and level turn."""
    if not page.levelled and not page.turned:
        return words
    boxes = [word[1:5] for word in words]
    if page.levelled:
        boxes = [_leaning(page, box) for box in boxes]
    if page.turned:
        boxes = [_turned_back(page, box) for box in boxes]
    return [PageWord(word.text, *box, *word[5:]) for word, box in zip(words, boxes, strict=True)]


def _leaning(page: Page, box: _Box) -> _Box:
    """What the box covers before the page was made level."""
    x0, top, x1, bottom = box
    middle_x, middle_y = page.width / 2, page.height / 2
    sine, cosine = math.sin(math.radians(page.levelled)), math.cos(math.radians(page.levelled))
    corners = [(x - middle_x, y - middle_y) for x in (x0, x1) for y in (top, bottom)]
    xs = [middle_x + x * cosine + y * sine for x, y in corners]
    ys = [middle_y - x * sine + y * cosine for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _turned_back(page: Page, box: _Box) -> _Box:
    x0, top, x1, bottom = box
    if page.turned == 90:
        return top, page.width - x1, bottom, page.width - x0
    if page.turned == 180:
        return page.width - x1, page.height - bottom, page.width - x0, page.height - top
    return page.height - bottom, x0, page.height - top, x1
