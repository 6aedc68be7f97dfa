"""The way to the readers of scans, for programs that can do without: what they need is imported with the first scan."""

from __future__ import annotations

from pegextract.document import Document
from pegextract.errors import UnreadableDocument
from pegextract.readers.options import DEFAULT, ReaderOptions

INSTALL = "pip install 'pegextract[ocr]'"


def read_scan(data: bytes, options: ReaderOptions = DEFAULT) -> Document:
    """The Document of a PNG, JPEG or TIFF. Raises UnreadableDocument: ocr_missing, ocr_off, ocr_failed, unreadable."""
    if options.ocr == "never":
        raise UnreadableDocument("a picture is read by OCR alone, and --ocr never was given", code="ocr_off")
    try:
        from pegextract.readers.ocr.reading import read_pictures

        return read_pictures(data, options.ocr_language)
    except ModuleNotFoundError as error:
        raise UnreadableDocument(
            f"this is a scan, and {error.name} is not installed: {INSTALL}", "ocr_missing"
        ) from error
