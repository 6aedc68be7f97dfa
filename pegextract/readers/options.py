"""What a user may choose about how pages are read."""

from __future__ import annotations

from dataclasses import dataclass

ENGINES = ("pdfium", "pdfplumber")


@dataclass(frozen=True, slots=True)
class ReaderOptions:
    """engine: the library that reads PDF pages, one of ENGINES · password: opens an encrypted PDF; never logged."""

    engine: str = "pdfium"
    password: str | None = None


DEFAULT = ReaderOptions()
