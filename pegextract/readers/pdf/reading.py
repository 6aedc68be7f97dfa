"""A PDF from bytes to pages to the Document: page by page, so that memory does not grow with the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace

from pegextract.document import Document
from pegextract.errors import UnreadableDocument
from pegextract.findings import Finding
from pegextract.readers.options import DEFAULT, ReaderOptions
from pegextract.readers.pages import Page, PageImage, compose_pages
from pegextract.readers.pdf.judging import (
    findings_of,
    is_layer_of_scan,
    needs_ocr,
    not_loaded,
    not_read,
    pages_differ,
    resolution_of,
)
from pegextract.readers.pdf.opening import open_pdf, whole_file_findings
from pegextract.readers.pdf.pdfium import PdfiumDocument
from pegextract.readers.pdf.raw import Engine, RawPage
from pegextract.readers.pdf.stamps import without_stamp

Ocr = Callable[[PageImage], Page]
"""Reads the picture of a page."""


def read_pdf(data: bytes, options: ReaderOptions = DEFAULT, ocr: Ocr | None = None) -> Document:
    """The Document of a PDF. Raises UnreadableDocument: encrypted, unreadable, limit_exceeded, no_pages, no_text."""
    document = compose_pages(pages_of_pdf(data, options, ocr), "pdf")
    if not document.words:
        message = "the PDF holds no text: its pages are pictures or empty"
        raise UnreadableDocument(f"{message}; a scan must be read by OCR", code="no_text")
    return replace(document, findings=(*whole_file_findings(data), *document.findings))


def pages_of_pdf(data: bytes, options: ReaderOptions = DEFAULT, ocr: Ocr | None = None) -> Iterator[Page]:
    """The pages of a PDF, one after the other; `ocr` reads those whose own text is missing or bad."""
    with ExitStack() as stack:
        document = stack.enter_context(open_pdf(data, options))
        engine, other = _engines(data, document, options, stack)
        asked = sorted(number - 1 for number in options.witness) or range(document.page_count)
        counts = pages_differ(engine.page_count, other.page_count)
        for index in asked:
            raw = (other if options.witness else engine).page(index)
            if raw is None:
                page = Page(index + 1, 0.0, 0.0, (), findings=(not_loaded(index + 1),))
            else:
                page = _page(document, without_stamp(raw), ocr, always=options.ocr == "always")
            yield page if index != asked[0] else _with_findings(page, counts)


def _engines(data: bytes, document: PdfiumDocument, options: ReaderOptions, stack: ExitStack) -> tuple[Engine, Engine]:
    """The engine that was asked for, and the other; pdfplumber is opened only where it has pages to read."""
    if options.engine == "pdfium" and not options.witness:
        return document, document
    from pegextract.readers.pdf.plumber import PlumberDocument

    plumber = stack.enter_context(PlumberDocument(data, document, options.password))
    return (document, plumber) if options.engine == "pdfium" else (plumber, document)


def _page(document: PdfiumDocument, raw: RawPage, ocr: Ocr | None, *, always: bool) -> Page:
    """What is believed of a page: its own words, or those of its picture."""
    own = Page(raw.number, raw.width, raw.height, raw.words, raw.rules, findings_of(raw), raw.turned, shades=raw.shades)
    layer = is_layer_of_scan(raw)
    if not always and not layer and not needs_ocr(raw):
        return own
    if layer:
        own = replace(own, words=(*raw.words, *raw.hidden))
    if ocr is None:
        return own if layer else _with_findings(own, (not_read(raw),))
    try:
        picture = PageImage(
            raw.number,
            raw.width,
            raw.height,
            lambda dpi: document.render(raw.number - 1, dpi),
            own.words,
            resolution_of(raw),
        )
        return _with_findings(ocr(picture), own.findings)
    except UnreadableDocument as error:
        return _with_findings(own, (not_read(raw, str(error)),))


def _with_findings(page: Page, findings: tuple[Finding, ...]) -> Page:
    return replace(page, findings=(*page.findings, *findings))
