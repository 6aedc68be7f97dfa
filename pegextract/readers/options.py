"""What a user may choose about how pages are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from pegextract.errors import UsageError

ENGINES = ("pdfium", "pdfplumber")


@dataclass(frozen=True, slots=True)
class ReaderOptions:
    """engine: the library that reads PDF pages, one of ENGINES · password: opens an encrypted PDF; never logged.

    witness: pages, from 1, that the other engine reads, and no others are read; the program asks for them itself where
    a sheet does not hold together.
    """

    engine: str = "pdfium"
    password: str | None = field(default=None, repr=False)
    witness: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        """Raises UsageError for an engine that there is not."""
        if self.engine not in ENGINES:
            raise UsageError(f"there is no engine {self.engine!r}: use one of {', '.join(ENGINES)}")


DEFAULT = ReaderOptions()
