"""A PDF from bytes to pages to the Document."""

from __future__ import annotations

from collections.abc import Iterator

from pegextract.document import Document
from pegextract.readers.options import DEFAULT, ReaderOptions
from pegextract.readers.pages import Page, compose_pages
from pegextract.readers.pdf.pdfium import PdfiumDocument


def read_pdf(data: bytes, options: ReaderOptions = DEFAULT) -> Document:
    """The Document of a PDF."""
    return compose_pages(pages_of_pdf(data, options), "pdf")


def pages_of_pdf(data: bytes, options: ReaderOptions = DEFAULT) -> Iterator[Page]:
    """The pages of a PDF, one after the other."""
    with PdfiumDocument(data, options.password) as document:
        for index in range(document.page_count):
            raw = document.page(index)
            yield Page(raw.number, raw.width, raw.height, raw.words, raw.rules)
