"""The engines that reading a scan takes, or the line to run where one is missing."""

from __future__ import annotations

from typing import NamedTuple

from pegextract.errors import UnreadableDocument
from pegextract.readers.ocr import recogniser, tesseract

INSTALL_TESSERACT = "apt-get install tesseract-ocr tesseract-ocr-ita"


class Engines(NamedTuple):
    """What reads a page: tesseract with a language, and the second reader."""

    first: tesseract.Tesseract
    language: str
    second: recogniser.Recogniser

    @property
    def name(self) -> str:
        """Both with their versions (contract: documents.ocr_engine)."""
        return f"tesseract {self.first.version} + {self.second.name}"


def engines_for(language: str) -> Engines:
    """The engines for a language. Raises UnreadableDocument (ocr_missing) with the line to run, ModuleNotFoundError."""
    first = tesseract.installed()
    if first is None:
        raise _missing("tesseract is not installed", INSTALL_TESSERACT)
    if unknown := sorted(set(language.split("+")) - first.languages):
        packages = " ".join(f"tesseract-ocr-{name.replace('_', '-')}" for name in unknown)
        raise _missing(f"tesseract has no data for {', '.join(unknown)}", f"apt-get install {packages}")
    return Engines(first, language, recogniser.load())


def _missing(what: str, line: str) -> UnreadableDocument:
    return UnreadableDocument(f"this is a scan, and {what}: {line}", code="ocr_missing")
