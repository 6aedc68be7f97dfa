"""pdfium: the engine that reads pages. One document at a time and one thread, because pdfium is not thread-safe.

The page's text is taken at once; a word's box is that of its first and its last character.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from pegextract.readers.page.parts import PageWord
from pegextract.readers.pdf import calls
from pegextract.readers.pdf.calls import Handle, handle_of
from pegextract.readers.pdf.fields import load_with_fields
from pegextract.readers.pdf.geometry import Edges, Sight, sight_of, size_is_absurd
from pegextract.readers.pdf.painting import Painting, read_painting
from pegextract.readers.pdf.raw import RawPage
from pegextract.readers.pdf.words import as_read, clean_word

if TYPE_CHECKING:
    from PIL.Image import Image

_WORD = re.compile(r"([^\s\x00\ufffe]+\ufffe?)(?P<end> ?(?=\r))?")
_LAYERS = (b"/OCProperties", b"/ObjStm")
"""Marks of a file with layers; where its objects are packed, it may have some."""
_BLANK_AT_LINE_END = re.compile(r" \r")
FEWEST_BLANKS = 3
"""Lines that must end with a printed blank before one that ends without tells something."""
MOST_LEANING = math.radians(10)
"""Lines of a page that was laid on the glass askew lean less."""
LONGEST_PICTURE = 2000
"""Dots along a page's longer side that are drawn to see which layers show."""
LEAST_INK = 60
"""Steps of grey, of 255, between the darkest and the lightest spot of a box with letters in it."""
SMALLEST_TYPE = 1.0
"""Letters less high than so many points are read by nobody."""


_page_word = partial(tuple.__new__, PageWord)
"""What PageWord._make does, without a call of Python for each word."""


class PdfiumDocument:
    """An open PDF. Raises pypdfium2.PdfiumError where pdfium cannot open it."""

    def __init__(self, data: bytes, password: str | None = None) -> None:
        self._document = pypdfium2.PdfDocument(data, password=password)
        self._layers = any(mark in data for mark in _LAYERS)

    def __enter__(self) -> PdfiumDocument:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._document.close()

    @property
    def page_count(self) -> int:
        """How many pages the document says it has."""
        return len(self._document)

    def page(self, index: int) -> RawPage | None:
        """The page with this index, from 0; None where it cannot be loaded."""
        page, typed = load_with_fields(self._document.raw, index)
        if not page:
            return None
        try:
            text = pdfium.FPDFText_LoadPage(page)
            try:
                raw = self._read(handle_of(page), handle_of(text), index)
                return _with_typed(raw, typed) if typed else raw
            finally:
                pdfium.FPDFText_ClosePage(text)
        finally:
            pdfium.FPDF_ClosePage(page)

    def _read(self, page: Handle, text: Handle, index: int) -> RawPage:
        return _read(page, text, index + 1, lambda dpi: self.render(index, dpi), layers=self._layers)

    def render(self, index: int, dpi: float) -> Image:
        """The page as displayed, at so many dots an inch."""
        page = self._document[index]
        try:
            image: Image = page.render(scale=dpi / 72).to_pil()
            return image
        finally:
            page.close()


def _with_typed(page: RawPage, typed: Sequence[str]) -> RawPage:
    """The page, told what was typed into its fields, and what of that it does not print."""
    printed = "".join(word.text for word in page.words)
    missing = tuple(text for text in typed if clean_word("".join(text.split())) not in printed)
    return replace(page, typed=True, unprinted=missing)


def _read(page: Handle, text: Handle, number: int, picture: Callable[[float], Image], *, layers: bool) -> RawPage:
    characters = _characters(text)
    places = _indexes(text, characters)
    rotation = calls.rotation(page)
    matches = list(_WORD.finditer(characters))
    firsts = [places[match.start()] for match in matches]
    angles = calls.character_angles(text, firsts)
    ways = Counter(angles)
    quarters = _quarters(ways, rotation)
    sight = sight_of(calls.page_box(page), quarters)
    painting = read_painting(page, sight, layers=layers)
    if painting.optional and not size_is_absurd(sight.width, sight.height):
        dpi = min(72.0, 72 * LONGEST_PICTURE / max(sight.width, sight.height))
        painting.unseen |= _switched_off(page, painting.optional, picture(dpi))
    lasts = [places[match.end(1) - 1] for match in matches]
    boxes = sight.place(map(_around, calls.character_boxes(text, firsts), calls.character_boxes(text, lasts)))
    words = _words(characters, matches, boxes)
    unseen = _unseen(words, firsts, text, painting, sight)
    seen = [word for word, gone in zip(words, unseen, strict=True) if not gone] if any(unseen) else words
    across: list[PageWord] = []
    if other := _other_ways(ways, quarters):
        aslant = [angle in other for angle in angles]
        across = [word for word, gone, turned in zip(words, unseen, aslant, strict=True) if turned and not gone]
        seen = [word for word, gone, turned in zip(words, unseen, aslant, strict=True) if not turned and not gone]
    read = as_read(seen)
    return RawPage(
        number,
        sight.width,
        sight.height,
        read.words,
        painting.rules,
        tuple(itertools.compress(words, unseen)),
        painting.pictures,
        painting.curves,
        read.unmapped,
        (quarters - rotation) % 4 * 90,
        painting.shades,
        painting.sharpness,
        (*across, *read.beneath),
    )


def _characters(text: Handle) -> str:
    """The page's text; pdfium counts in UTF-16."""
    return calls.page_text(text).decode("utf-16-le", "replace")


def _indexes(text: Handle, characters: str) -> Sequence[int]:
    """Pdfium's index of each character of the text: the same, unless some characters have no text."""
    count = calls.count_characters(text)
    if len(characters) == count:
        return range(count)
    lengths = [2 if character > "\uffff" else 1 for character in characters]
    return calls.character_indexes(text, list(itertools.accumulate(lengths, initial=0))[:-1])


def _words(characters: str, matches: Sequence[re.Match[str]], boxes: Sequence[Edges]) -> list[PageWord]:
    """The words in their boxes, those at line ends told whether a blank is printed behind them."""
    texts = [clean_word(match[1]) for match in matches]
    tells = len(_BLANK_AT_LINE_END.findall(characters)) >= FEWEST_BLANKS
    ends = [match["end"] if tells else None for match in matches]
    blanks = [None if end is None else end == " " for end in ends]
    rows = ((text, *box, 1.0, None, blank) for text, box, blank in zip(texts, boxes, blanks, strict=True))
    return list(map(_page_word, rows))


def _around(first: Edges, last: Edges) -> Edges:
    """left, bottom, right, top of what two characters take; theirs are left, top, right, bottom."""
    left, top, right, bottom = first
    begin, upper, stop, lower = last
    return (
        left if left < begin else begin,
        bottom if bottom < lower else lower,
        right if right > stop else stop,
        top if top > upper else upper,
    )


def _switched_off(page: Handle, objects: Mapping[Handle, Edges], picture: Image) -> set[Handle]:
    """The objects of layers that leave no ink on the page's picture: only the renderer knows which layers show."""
    shown, grey = sight_of(calls.page_box(page), calls.rotation(page)), picture.convert("L")
    scale = grey.width / shown.width
    found = set()
    for item, box in zip(objects, shown.place(objects.values()), strict=True):
        x0, top, x1, bottom = (scale * edge for edge in box)
        steps = grey.crop((int(x0), int(top), math.ceil(x1) + 1, math.ceil(bottom) + 1)).histogram()
        used = [step for step, dots in enumerate(steps) if dots]
        if used[-1] - used[0] < LEAST_INK:
            found.add(item)
    return found


def _unseen(
    words: Sequence[PageWord], firsts: Sequence[int], text: Handle, painting: Painting, sight: Sight
) -> list[bool]:
    """Which words a person cannot see: off the page, too small, or drawn so that nothing shows."""
    wide, high = 2 * sight.width, 2 * sight.height
    unseen = [
        not (0 <= x0 + x1 <= wide and 0 <= top + bottom <= high) or bottom - top < SMALLEST_TYPE
        for _, x0, top, x1, bottom, *_ in words
    ]
    if painting.unseen or painting.clips:
        objects = calls.text_objects(text, firsts)
        unseen = [
            gone or item in painting.unseen or (item in painting.clips and _is_cut_off(word, painting.clips[item]))
            for gone, item, word in zip(unseen, objects, words, strict=True)
        ]
    return unseen


def _is_cut_off(word: PageWord, clip: Edges) -> bool:
    """Whether the middle of a word lies outside the part of the page in which it shows."""
    return not (
        2 * clip[0] <= word.x0 + word.x1 <= 2 * clip[2] and 2 * clip[1] <= word.top + word.bottom <= 2 * clip[3]
    )


def _quarters(ways: Mapping[float, int], rotation: int) -> int:
    """The quarter turns clockwise that make most words upright; the page's own without words.

    ways: angle in radians, below 0 where it is not known -> how many words run that way.
    """
    turns: Counter[int] = Counter()
    for angle, count in ways.items():
        turns[-round(angle / (math.pi / 2)) % 4] += count if angle >= 0 else 0
    return turns.most_common(1)[0][0] if turns.total() else rotation


def _other_ways(ways: Iterable[float], quarters: int) -> set[float]:
    """The angles of words that run another way than the page's: along a margin, or across it."""
    upright = -quarters * math.pi / 2
    return {a for a in ways if a >= 0 and abs(math.remainder(a - upright, math.tau)) > MOST_LEANING}
