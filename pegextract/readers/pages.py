"""Pages of words and ruling lines: what a PDF page and a scanned page have in common, and how they become a Document.

An engine gives words with boxes and the straight lines that are drawn; `compose_pages` makes of them what every other
reader makes of its source: lines of cells over one running text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pegextract.document import Cell, Columns, Document, Line, Word
from pegextract.findings import Finding

if TYPE_CHECKING:
    from PIL.Image import Image


class PageWord(NamedTuple):
    """A word on a page. Its box is in PDF points, origin at the top left of the page, upright as it is displayed.

    confidence: 0-1 · second: what a second reader read there, where one was asked and reads otherwise.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float = 1.0
    second: str | None = None


class Rule(NamedTuple):
    """A straight ruling line, horizontal or vertical: the box that its ink takes, in the words' coordinates."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page as an engine read it.

    number: from 1 · width, height: in points, as displayed · words, rules: in no certain order
    findings: what the reader has to tell of this page
    turned: degrees clockwise by which the displayed page must be turned to be upright. Words, rules and sizes are those
    of the turned page; the Document's boxes are given on the page as displayed.
    """

    number: int
    width: float
    height: float
    words: tuple[PageWord, ...]
    rules: tuple[Rule, ...] = ()
    findings: tuple[Finding, ...] = ()
    turned: int = 0


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page of a PDF that has to be read as a picture.

    number: from 1 · width, height: in points, as displayed · render: the page as displayed, at so many dots an inch
    layer: the words of the page's own text, where it has any: those of an earlier OCR, or too few for its ink.
    """

    number: int
    width: float
    height: float
    render: Callable[[float], Image]
    layer: tuple[PageWord, ...] = ()


def compose_pages(pages: Iterable[Page], reader: str) -> Document:
    """The Document that the pages print. reader: pdf, ocr or mixed (contract: documents.reader)."""
    parts: list[str] = []
    lines: list[Line] = []
    words: list[Word] = []
    findings: list[Finding] = []
    at = count = 0
    for page in pages:
        count += 1
        findings += page.findings
        for row in _text_lines(page.words):
            first = at
            for word in row:
                parts += [word.text, " "]
                end = at + len(word.text)
                words.append(Word(at, end, page.number, word.x0, word.top, word.x1, word.bottom, word.confidence))
                at = end + 1
            parts[-1] = "\n"
            cell = Cell(first, at - 1, row[0].x0, row[-1].x1)
            lines.append(Line(first, at - 1, (cell,), Columns.NONE, 0, page.number))
    return Document("".join(parts), tuple(lines), reader, count, tuple(words), findings=tuple(findings))


def _text_lines(words: Iterable[PageWord]) -> list[list[PageWord]]:
    """Words whose middles stand at one height, from left to right."""
    found: list[list[PageWord]] = []
    for word in sorted(words, key=lambda word: word.top + word.bottom):
        if found and word.top < (found[-1][0].top + found[-1][0].bottom) / 2 < word.bottom:
            found[-1].append(word)
        else:
            found.append([word])
    return [sorted(line, key=lambda word: word.x0) for line in found]
