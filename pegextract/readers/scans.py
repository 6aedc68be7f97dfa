"""The way to the readers of scans, for programs that can do without: what they need is imported with the first page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pegextract.document import Document
from pegextract.errors import UnreadableDocument
from pegextract.readers.options import DEFAULT, ReaderOptions
from pegextract.readers.pages import Page, PageImage
from pegextract.readers.pdf.reading import read_pdf
from pegextract.recall import recall_from

if TYPE_CHECKING:
    from pegextract.readers.ocr.reading import Scans

INSTALL = "pip install 'pegextract[ocr]'"


def read_picture(data: bytes, options: ReaderOptions = DEFAULT) -> Document:
    """The Document of a PNG, JPEG or TIFF. Raises UnreadableDocument: ocr_missing, ocr_off, ocr_failed, unreadable."""
    if options.ocr == "never":
        raise UnreadableDocument("a picture is read by OCR alone, and --ocr never was given", code="ocr_off")
    return _scans(options).read_file(data)


def read_pdf_with_scans(data: bytes, options: ReaderOptions = DEFAULT) -> Document:
    """The Document of a PDF whose pages are digital, scanned or both. Raises what `read_pdf` and `read_picture` do."""
    if options.ocr == "never":
        return read_pdf(data, options)
    pictures = _Pictures(options)
    try:
        document = read_pdf(data, options, pictures)
    except UnreadableDocument as error:
        if pictures.refused and error.code == "no_text":
            raise pictures.refused from error
        raise
    return pictures.scans.told(document) if pictures.scans else document


class _Pictures:
    """Reads pages as pictures; the engines start with the first of them. refused: why they did not."""

    def __init__(self, options: ReaderOptions) -> None:
        self._options = options
        self.scans: Scans | None = None
        self.refused: UnreadableDocument | None = None

    def __call__(self, image: PageImage) -> Page:
        """The page that is on the picture. Raises UnreadableDocument: ocr_missing, ocr_failed."""
        try:
            self.scans = self.scans or _scans(self._options)
            return self.scans.read_page(image)
        except UnreadableDocument as error:
            self.refused = error
            raise


def _scans(options: ReaderOptions) -> Scans:
    try:
        from pegextract.readers.ocr.reading import Scans

        if options.ocr_cache:
            recall_from(options.ocr_cache)
        return Scans(options.ocr_language)
    except ModuleNotFoundError as error:
        message = f"this is a scan, and {error.name} is not installed: {INSTALL}"
        raise UnreadableDocument(message, code="ocr_missing") from error
