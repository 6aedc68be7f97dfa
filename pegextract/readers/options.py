"""What a user may choose about how pages are read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from pegextract.errors import UsageError

ENGINES = ("pdfium", "pdfplumber")
OCR = ("auto", "always", "never")
LANGUAGES = re.compile(r"[A-Za-z_]+(?:\+[A-Za-z_]+)*")


@dataclass(frozen=True, slots=True)
class ReaderOptions:
    """engine: the library that reads PDF pages, one of ENGINES · password: opens an encrypted PDF; never logged.

    ocr: which pages of PDFs are read as pictures, one of OCR; auto: those whose own text is missing or bad
    ocr_language: as tesseract names it; several are joined by "+"
    ocr_cache: a folder for what was read off pictures, so that the same page is not read twice; None keeps nothing
    witness: pages, from 1, that the other engine reads, and no others are read; the program asks for them itself where
    a sheet does not hold together.
    """

    engine: str = "pdfium"
    password: str | None = field(default=None, repr=False)
    ocr: str = "auto"
    ocr_language: str = "ita"
    ocr_cache: Path | None = None
    witness: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        """Raises UsageError for what there is not to choose."""
        if self.engine not in ENGINES:
            raise UsageError(f"there is no engine {self.engine!r}: use one of {', '.join(ENGINES)}")
        if self.ocr not in OCR:
            raise UsageError(f"--ocr {self.ocr!r} is unknown: use one of {', '.join(OCR)}")
        if not LANGUAGES.fullmatch(self.ocr_language):
            raise UsageError(f"{self.ocr_language!r} is no language of tesseract: they are called ita, deu, ita+deu")


DEFAULT = ReaderOptions()
