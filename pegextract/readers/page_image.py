"""A page as a picture, as a person sees it on a screen: for pictures of what was read, not for reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pegextract.errors import UnreadableDocument
from pegextract.readers import kinds
from pegextract.readers.options import DEFAULT, ReaderOptions
from pegextract.readers.signed import is_signed, signed_content

if TYPE_CHECKING:
    from PIL.Image import Image


def page_image(data: bytes, name: str, number: int, dots_per_inch: float, options: ReaderOptions = DEFAULT) -> Image:
    """Page `number` (from 1) of a PDF or a picture, so many dots an inch.

    Raises UnreadableDocument where there is no such page, or the document is a text and has no pages.
    """
    if is_signed(data):
        data = signed_content(data)
    kind = kinds.kind_of(data, name)
    if kind == kinds.PDF:
        return _pdf_page(data, number, dots_per_inch, options)
    if kind in kinds.SCANS:
        return _picture(data, number, dots_per_inch)
    raise UnreadableDocument("it is a text and has no page to draw; --image is for PDFs and scans", code="no_pages")


def _pdf_page(data: bytes, number: int, dots_per_inch: float, options: ReaderOptions) -> Image:
    from pegextract.readers.pdf.opening import open_pdf

    with open_pdf(data, options) as document:
        if number > document.page_count:
            raise _no_page(number, document.page_count)
        return document.render(number - 1, dots_per_inch)


def _picture(data: bytes, number: int, dots_per_inch: float) -> Image:
    from itertools import islice

    from PIL.Image import fromarray

    from pegextract.readers.ocr.images import pictures_of

    picture = next(islice(pictures_of(data), number - 1, None), None)
    if picture is None:
        raise _no_page(number, sum(1 for _ in pictures_of(data)))
    return fromarray(picture.at(dots_per_inch).pixels)


def _no_page(number: int, last: int) -> UnreadableDocument:
    return UnreadableDocument(f"there is no page {number}; the last is {last}", code="no_pages")
