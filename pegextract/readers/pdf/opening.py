"""Opening a PDF: what is wrong with the file as a whole, each with its sentence."""

from __future__ import annotations

import pypdfium2
import pypdfium2.raw as pdfium

from pegextract.errors import UnreadableDocument
from pegextract.findings import Finding, Severity
from pegextract.readers.options import ReaderOptions
from pegextract.readers.pdf.pdfium import PdfiumDocument

MOST_PAGES = 5000
"""A book of a large town has a thousand."""
_TAIL = 2048
"""Bytes at a file's end in which its end mark stands."""


def open_pdf(data: bytes, options: ReaderOptions) -> PdfiumDocument:
    """The open document. Raises UnreadableDocument: encrypted, unreadable, limit_exceeded, no_pages."""
    try:
        document = PdfiumDocument(data, options.password)
    except pypdfium2.PdfiumError as error:
        raise _refusal(error, options) from error
    if document.page_count < 1:
        raise UnreadableDocument("the PDF has no pages", code="no_pages")
    if document.page_count > MOST_PAGES:
        message = f"the PDF says that it has {document.page_count} pages; more than {MOST_PAGES} are not read"
        raise UnreadableDocument(f"{message}: split it, or get the file again", code="limit_exceeded")
    return document


def _refusal(error: pypdfium2.PdfiumError, options: ReaderOptions) -> UnreadableDocument:
    code = getattr(error, "err_code", None)
    if code == pdfium.FPDF_ERR_PASSWORD and options.password:
        return UnreadableDocument("the password does not open this PDF", code="encrypted")
    if code == pdfium.FPDF_ERR_PASSWORD:
        message = "the PDF opens with a password only: give it with --password, or save the file without one"
        return UnreadableDocument(message, code="encrypted")
    if code == pdfium.FPDF_ERR_SECURITY:
        return UnreadableDocument("the PDF is encrypted in a way that cannot be opened here", code="encrypted")
    return UnreadableDocument("the PDF is cut off or damaged beyond reading: get the file again")


def whole_file_findings(data: bytes) -> tuple[Finding, ...]:
    """What there is to tell of the file itself: it may have lost its end."""
    if b"%%EOF" in data[-_TAIL:]:
        return ()
    message = "the file has no end mark: it may have been cut off, and pages at its end may be missing"
    return (Finding(Severity.WARNING, "file_cut_off", message),)
