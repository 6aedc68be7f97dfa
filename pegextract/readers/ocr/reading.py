"""Scans from bytes to pages to the Document."""

from __future__ import annotations

from dataclasses import replace

from pegextract.document import Document, Recognised
from pegextract.readers.ocr.engines import engines_for
from pegextract.readers.ocr.images import pictures_of
from pegextract.readers.ocr.page import read_page
from pegextract.readers.pages import compose_pages


def read_pictures(data: bytes, language: str) -> Document:
    """The Document of a PNG, JPEG or TIFF."""
    engines = engines_for(language)
    pages = [read_page(picture, number, engines) for number, picture in enumerate(pictures_of(data), 1)]
    numbers = frozenset(page.number for page in pages)
    return replace(compose_pages(pages, "ocr"), recognised=Recognised(engines.name, engines.language, numbers))
