"""What a user may choose about how pages are read."""

from __future__ import annotations

from dataclasses import dataclass

ENGINES = ("pdfium", "pdfplumber")
OCR = ("auto", "always", "never")


@dataclass(frozen=True, slots=True)
class ReaderOptions:
    """engine: the library that reads PDF pages, one of ENGINES · password: opens an encrypted PDF; never logged.

    ocr: which pages are read as pictures, one of OCR (auto: those whose own text is missing or bad)
    ocr_language: as tesseract names it; several are joined by "+".
    """

    engine: str = "pdfium"
    password: str | None = None
    ocr: str = "auto"
    ocr_language: str = "ita"


DEFAULT = ReaderOptions()
