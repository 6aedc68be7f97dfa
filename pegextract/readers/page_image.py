"""A page as a picture, as a person sees it on a screen: for pictures of what was read, not for reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pegextract.errors import UnreadableDocument
from pegextract.readers import kinds

if TYPE_CHECKING:
    from PIL.Image import Image


def page_image(data: bytes, name: str, number: int, dots_per_inch: float) -> Image:
    """Page `number` (from 1) of a PDF or a scan, so many dots an inch.

    Raises UnreadableDocument where there is no such page, or the document is a text and has no pages.
    """
    kind = kinds.kind_of(data, name)
    if kind == kinds.PDF:
        return _pdf_page(data, number, dots_per_inch)
    raise UnreadableDocument("it is a text and has no page to draw; --image is for PDFs and scans", code="no_pages")


def _pdf_page(data: bytes, number: int, dots_per_inch: float) -> Image:
    from pegextract.readers.pdf.pdfium import PdfiumDocument

    with PdfiumDocument(data) as document:
        if number > document.page_count:
            raise UnreadableDocument(f"there is no page {number}; the last is {document.page_count}", code="no_pages")
        return document.render(number - 1, dots_per_inch)
