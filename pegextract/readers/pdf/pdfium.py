"""pdfium: the engine that reads pages. One document at a time and one thread, because pdfium is not thread-safe.

The page's text is taken at once; a word's box is that of its first and its last character.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium

from pegextract.readers.page.parts import PageWord
from pegextract.readers.pdf.geometry import Sight, sight_of
from pegextract.readers.pdf.painting import Painting, read_painting
from pegextract.readers.pdf.raw import RawPage
from pegextract.readers.pdf.words import clean_word, share_unmapped, without_doubles

if TYPE_CHECKING:
    from PIL.Image import Image

_WORD = re.compile(r"([^\s\x00\ufffe]+\ufffe?)(?P<end> ?(?=\r))?")
_BLANK_AT_LINE_END = re.compile(r" \r")
FEWEST_BLANKS = 3
"""Lines that must end with a printed blank before one that ends without tells something."""
_HYPHEN_AT_LINE_END = "\ufffe"  # pdfium's mark for a hyphen at which a line breaks
_ANGLE_SAMPLES = 16
SMALLEST_TYPE = 1.0
"""Letters less high than so many points are read by nobody."""


class PdfiumDocument:
    """An open PDF. Raises pypdfium2.PdfiumError where pdfium cannot open it."""

    def __init__(self, data: bytes, password: str | None = None) -> None:
        self._document = pypdfium2.PdfDocument(data, password=password)

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
        page = pdfium.FPDF_LoadPage(self._document.raw, index)
        if not page:
            return None
        try:
            text = pdfium.FPDFText_LoadPage(page)
            try:
                return _read(page, text, index + 1)
            finally:
                pdfium.FPDFText_ClosePage(text)
        finally:
            pdfium.FPDF_ClosePage(page)

    def render(self, index: int, dpi: float) -> Image:
        """The page as displayed, at so many dots an inch."""
        page = self._document[index]
        try:
            image: Image = page.render(scale=dpi / 72).to_pil()
            return image
        finally:
            page.close()


def _read(page: Any, text: Any, number: int) -> RawPage:
    characters = _characters(text)
    places = _indexes(text, characters)
    rotation = pdfium.FPDFPage_GetRotation(page)
    quarters = _quarters(text, places, rotation)
    sight = _sight(page, quarters)
    painting = read_painting(page, sight)
    seen: list[PageWord] = []
    hidden: list[PageWord] = []
    for word, index in _words(text, characters, places, sight):
        (hidden if _is_hidden(word, index, text, painting, sight) else seen).append(word)
    return RawPage(
        number,
        sight.width,
        sight.height,
        tuple(without_doubles(seen)),
        painting.rules,
        tuple(hidden),
        painting.pictures,
        painting.curves,
        share_unmapped(seen),
        (quarters - rotation) % 4 * 90,
        painting.sharpness,
    )


def _sight(page: Any, quarters: int) -> Sight:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    return sight_of((box.left, box.bottom, box.right, box.top), quarters)


def _characters(text: Any) -> str:
    """The page's text; pdfium counts in UTF-16."""
    count = pdfium.FPDFText_CountChars(text)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count * 2 + 1))()
    written = pdfium.FPDFText_GetText(text, 0, count, buffer)
    return bytes(buffer)[: max(0, written - 1) * 2].decode("utf-16-le", "replace")


def _indexes(text: Any, characters: str) -> range | list[int]:
    """Pdfium's index of each character of the text: the same, unless some characters have no text."""
    count = pdfium.FPDFText_CountChars(text)
    if len(characters) == count:
        return range(count)
    indexes: list[int] = []
    at = 0
    for character in characters:
        indexes.append(pdfium.FPDFText_GetCharIndexFromTextIndex(text, at))
        at += 2 if ord(character) > 0xFFFF else 1
    return indexes


def _words(text: Any, characters: str, places: range | list[int], sight: Sight) -> Iterator[tuple[PageWord, int]]:
    """Each word with pdfium's index of its first character."""
    rectangle = pdfium.FS_RECTF()
    edges = (ctypes.c_float * 4).from_buffer(rectangle)  # left, top, right, bottom: one look instead of four
    box_of, place = pdfium.FPDFText_GetLooseCharBox, sight.place
    tells = len(_BLANK_AT_LINE_END.findall(characters)) >= FEWEST_BLANKS
    for match in _WORD.finditer(characters):
        start, end = match.span(1)
        first = places[start]
        box_of(text, first, rectangle)
        left, top, right, bottom = edges
        if end - start > 1:
            box_of(text, places[end - 1], rectangle)
            begin, upper, stop, lower = edges
            left, right = left if left < begin else begin, right if right > stop else stop
            bottom, top = bottom if bottom < lower else lower, top if top > upper else upper
        x0, above, x1, below = place(left, bottom, right, top)
        ends = match["end"]
        blank = ends == " " if tells and ends is not None else None
        word = clean_word(match[1].replace(_HYPHEN_AT_LINE_END, "-"))
        yield PageWord(word, x0, above, x1, below, 1.0, None, blank), first


def _is_hidden(word: PageWord, index: int, text: Any, painting: Painting, sight: Sight) -> bool:
    """Whether a person cannot see the word: off the page, too small, or drawn so that nothing shows."""
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    if not (0 <= x <= sight.width and 0 <= y <= sight.height) or word.bottom - word.top < SMALLEST_TYPE:
        return True
    if not painting.unseen:
        return False
    return ctypes.addressof(pdfium.FPDFText_GetTextObject(text, index).contents) in painting.unseen


def _quarters(text: Any, places: range | list[int], rotation: int) -> int:
    """The quarter turns clockwise that make most characters of a sample upright; the page's own without characters."""
    step = max(1, len(places) // _ANGLE_SAMPLES)
    angles = [pdfium.FPDFText_GetCharAngle(text, index) for index in places[::step]]
    turns = Counter(-round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0)
    return turns.most_common(1)[0][0] if turns else rotation
