"""Scans from pictures to pages to the Document: files of pictures, and the pages of a PDF that are pictures."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from pegextract.document import Document, Recognised
from pegextract.findings import Finding, Severity
from pegextract.readers.ocr.engines import engines_for
from pegextract.readers.ocr.images import grey_of, pictures_of
from pegextract.readers.ocr.page import SHARPEST, read_page
from pegextract.readers.ocr.picture import POINTS_PER_INCH, Picture
from pegextract.readers.ocr.store import key_of, read_back, written
from pegextract.readers.pages import Page, PageImage, PageWord, compose_pages
from pegextract.recall import recalled, remember

MOST_PIXELS = 40_000_000
"""Of a page that is rendered: an A2 at 300 dpi."""
_FEWER_WORDS = 0.7
"""Share of a layer's words below which ours are too few to take its place."""
_LEAST_SURE = 0.6
"""Mean confidence of our words below which a layer is kept."""


class Scans:
    """Reads pictures of pages, and knows which. Raises UnreadableDocument, ModuleNotFoundError: engines missing."""

    def __init__(self, language: str) -> None:
        self._engines = engines_for(language)
        self._pages: set[int] = set()

    def read_file(self, data: bytes) -> Document:
        """The Document of a PNG, JPEG or TIFF."""
        return self.told(compose_pages(self._pages_of(data), "ocr"))

    def _pages_of(self, data: bytes) -> Iterator[Page]:
        for number, picture in enumerate(pictures_of(data), 1):
            yield self._read(picture, number)

    def read_page(self, image: PageImage) -> Page:
        """The page that a picture shows, or the words that lie under it where they are better than ours."""
        read = self._read(_rendered(image), image.number)
        if _layer_is_better(image.layer, read.words):
            self._pages.discard(image.number)
            message = f"page {image.number} is a picture that is hard to read; the text that lies under it was taken"
            kept = Finding(Severity.WARNING, "text_layer_kept", message, page=image.number)
            return Page(image.number, image.width, image.height, image.layer, findings=(kept,))
        return read

    def _read(self, picture: Picture, number: int) -> Page:
        self._pages.add(number)
        key = key_of(picture, self._engines)
        kept = recalled(key)
        page = read_back(kept, number) if kept else None
        if page is None:
            page = read_page(picture, number, self._engines)
            remember(key, written(page))
        return page

    def told(self, document: Document) -> Document:
        """The Document with what is to be told of OCR: which engine read it, and whether all pages were pictures."""
        if not self._pages:
            return document
        printed = {word.page for word in document.words}
        how = Recognised(self._engines.name, self._engines.language, frozenset(self._pages))
        return replace(document, recognised=how, reader="ocr" if printed <= self._pages else "mixed")


def _rendered(image: PageImage) -> Picture:
    inches = max(1e-6, image.width * image.height / POINTS_PER_INCH**2)
    # The dots that were scanned, no more: what a renderer makes of them in between is read worse.
    dpi = min(SHARPEST, image.resolution or SHARPEST, math.sqrt(MOST_PIXELS / inches))
    return Picture(np.asarray(grey_of(image.render(dpi)), np.uint8), dpi)


def _layer_is_better(layer: tuple[PageWord, ...], ours: tuple[PageWord, ...]) -> bool:
    """Whether ours are far fewer words, or doubtful ones: our reading is a failure then, whatever the layer's was."""
    if not layer:
        return False
    if not ours or len(ours) < _FEWER_WORDS * len(layer):
        return True
    return sum(word.confidence for word in ours) / len(ours) < _LEAST_SURE
