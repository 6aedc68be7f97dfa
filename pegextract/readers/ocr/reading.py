"""Scans from bytes to pages to the Document."""

from __future__ import annotations

from dataclasses import replace

from pegextract.document import Document, Recognised
from pegextract.errors import UnreadableDocument
from pegextract.readers.ocr.engines import engines_for
from pegextract.readers.ocr.images import pictures_of
from pegextract.readers.ocr.page import read_page
from pegextract.readers.options import DEFAULT, ReaderOptions
from pegextract.readers.pages import compose_pages


def read_scan(data: bytes, options: ReaderOptions = DEFAULT) -> Document:
    """The Document of a PNG, JPEG or TIFF. Raises UnreadableDocument, also where what reads scans is not installed."""
    if options.ocr == "never":
        raise UnreadableDocument("a picture is read by OCR alone, and --ocr never was given", code="ocr_off")
    engines = engines_for(options.ocr_language)
    pages = [read_page(picture, number, engines) for number, picture in enumerate(pictures_of(data), 1)]
    numbers = frozenset(page.number for page in pages)
    return replace(compose_pages(pages, "ocr"), recognised=Recognised(engines.name, engines.language, numbers))
