"""One scanned page, from its picture to a Page of words: the order of steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from pegextract.findings import Finding, Severity
from pegextract.readers.ocr import tesseract
from pegextract.readers.ocr.accents import with_accent_seen
from pegextract.readers.ocr.border import without_dark_edge
from pegextract.readers.ocr.boxes import level_parts, on_one_line, usual_type, with_type_height
from pegextract.readers.ocr.engines import Engines
from pegextract.readers.ocr.look import looked_at_twice, placed
from pegextract.readers.ocr.missed import missed_words
from pegextract.readers.ocr.picture import Picture
from pegextract.readers.ocr.residue import bar_as_letter, between_rules, is_residue, without_marks_of_rules
from pegextract.readers.ocr.ruling import ruling_lines, without_lines
from pegextract.readers.ocr.upright import COARSE_DPI, blobs, upright
from pegextract.readers.page.lines import from_top, printed_lines
from pegextract.readers.pages import Page, PageWord, Rule

READ_AT = 200.0
"""Dots per inch that tesseract is given: fewer errors than at 300, at half the cost; 150 are enlarged."""
SHARPEST = 300.0
"""More adds nothing to letters of seven points."""

_FEWEST_INKED, _FEWEST_READ = 12, 0.3
"""Stretches of ink that make a page worth a word, and the share of them that must have been read."""
_HARDLY_SURE = 0.7
_NONSENSE, _MUCH_NONSENSE = 0.4, 8
"""Tesseract's confidence below which a word is nonsense, and how many of them make a page worth a second look."""


def read_page(picture: Picture, number: int, engines: Engines) -> Page:
    """The words and ruling lines of a page, turned upright."""
    picture = without_dark_edge(picture if picture.dpi <= SHARPEST else picture.at(SHARPEST))
    picture, turned, levelled = upright(picture, engines.second)
    coarse = picture.at(READ_AT)
    rules = ruling_lines(coarse)
    lines = _printed(seen_words(coarse, rules, engines), coarse.points_per_pixel, rules)
    usual = usual_type([word for line in lines for word in line])
    seen = [word for line in lines for part in level_parts(line, usual) for word in with_type_height(part, usual)]
    seen += missed_words(coarse, seen, rules, usual.size)
    words = tuple(
        with_accent_seen(word, picture)
        for line in printed_lines(from_top(seen))
        for word in looked_at_twice(on_one_line(line), picture, rules, engines.second)
    )
    height, width = picture.pixels.shape
    scale = picture.points_per_pixel
    rough = coarse.at(COARSE_DPI)
    findings = tuple(_doubts(number, words, len(blobs(rough.ink(), rough.dpi))))
    return Page(number, width * scale, height * scale, words, rules, findings, turned, levelled)


def seen_words(picture: Picture, rules: Sequence[Rule], engines: Engines) -> list[tesseract.Seen]:
    """What tesseract sees; where much of it is nonsense, what it sees without ruling lines, if that is more."""
    seen = tesseract.words(picture, engines.language, engines.first)
    if not rules or sum(word.confidence < _NONSENSE for word in seen) < _MUCH_NONSENSE:
        return seen
    bare = tesseract.words(without_lines(picture, rules), engines.language, engines.first)
    return max(seen, bare, key=_letters_read)


def _letters_read(seen: Sequence[tesseract.Seen]) -> int:
    """How many letters of words that tesseract is sure of."""
    return sum(len(word.text) for word in seen if word.confidence > _HARDLY_SURE)


def _doubts(number: int, words: Sequence[PageWord], inked: int) -> Iterator[Finding]:
    """What there is to tell of a page that was hard to read. inked: stretches of ink that are as large as words."""
    if inked >= _FEWEST_INKED and len(words) < _FEWEST_READ * inked:
        message = f"page {number} shows about {inked} words, of which {len(words)} were read"
        yield Finding(Severity.WARNING, "words_not_recognised", message, page=number)
    elif words and sum(word.confidence for word in words) / len(words) < _HARDLY_SURE:
        message = f"page {number} is hard to read: the readers were unsure of most of its words"
        yield Finding(Severity.WARNING, "page_hard_to_read", message, page=number)


def _printed(seen: Sequence[tesseract.Seen], scale: float, rules: Sequence[Rule]) -> list[list[PageWord]]:
    """The words by line, in points, without what is left of ruling lines and dust."""
    lines: list[list[PageWord]] = []
    for _, words in groupby(seen, key=lambda word: word.line):
        letters = [bar_as_letter(placed(seen, scale), rules) for seen in words]
        kept = [word for word in letters if not is_residue(word, rules)]
        kept = [between_rules(without_marks_of_rules(word, rules), rules) for word in kept]
        lines += [kept] if kept else []
    return lines
