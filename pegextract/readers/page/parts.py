"""A page as an engine hands it over: words with boxes, ruling lines, what there is to tell of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pegextract.findings import Finding

if TYPE_CHECKING:
    from PIL.Image import Image


class PageWord(NamedTuple):
    """A word on a page. Its box is in PDF points, origin at the top left of the page, upright as it is displayed.

    confidence: 0-1 · second: what a second reader read there, where one was asked and reads otherwise
    blank_after: at a line's end, whether the page prints a blank there; None where that tells nothing.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float = 1.0
    second: str | None = None
    blank_after: bool | None = None


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
    shades: filled areas: the grounds of rows, cells, bars
    findings: what the reader has to tell of this page
    turned: degrees clockwise by which the displayed page must be turned to be upright. Words, rules and sizes are those
    of the turned page; the Document's boxes are given on the page as displayed.
    levelled: degrees clockwise, few and after that turn, by which a picture was turned around its middle for its lines
    to be level.
    """

    number: int
    width: float
    height: float
    words: tuple[PageWord, ...]
    rules: tuple[Rule, ...] = ()
    findings: tuple[Finding, ...] = ()
    turned: int = 0
    levelled: float = 0.0
    shades: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page of a PDF that has to be read as a picture.

    number: from 1 · width, height: in points, as displayed · render: the page as displayed, at so many dots an inch
    layer: the words of the page's own text, where it has any: those of an earlier OCR, or too few for its ink.
    resolution: dots an inch of the picture that the page is, None where it is not one picture alone.
    """

    number: int
    width: float
    height: float
    render: Callable[[float], Image]
    layer: tuple[PageWord, ...] = ()
    resolution: float | None = None
