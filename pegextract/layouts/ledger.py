"""The word ledger: every word of the source is claimed once — by a field, as a label, as boilerplate — or is unread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from operator import itemgetter
from typing import NamedTuple

from pegextract.document import Document, Line, Span


class Claim(Enum):
    """Who owns a stretch of text."""

    FIELD = "field"
    LABEL = "label"
    BOILERPLATE = "boilerplate"
    UNREAD = "unread"


class Owned(NamedTuple):
    """A stretch of `Document.text` and its owner; spans of one ledger never overlap."""

    start: int
    end: int
    claim: Claim


class Ledger:
    """Collects claims while a document is read, then accounts for every word."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._claims: list[tuple[int, int, Claim]] = []

    def claim(self, spans: Iterable[Span], kind: Claim) -> None:
        """Record that these spans belong to `kind`. The first claim on a character holds."""
        self._claims += [(start, end, kind) for start, end in spans if end > start]

    def claim_line(self, line: Line, kind: Claim) -> None:
        """Record that all cells of a line belong to `kind`."""
        self._claims += [(start, end, kind) for start, end, _, _ in line.cells if end > start]

    def claimed_lines(self) -> set[int]:
        """Where claims begin: lines that belong to somebody as a whole begin there."""
        return {start for start, _, _ in self._claims}

    def settle(self) -> list[Owned]:
        """Every filled stretch of every cell with its owner, in reading order, blanks between words left out.

        A word belongs to the claim that holds its first character.
        """
        by_end = sorted(self._claims, key=itemgetter(1), reverse=True)
        claims = sorted(by_end, key=itemgetter(0))  # of two that begin together the longer one comes first
        cells = sorted([(start, end) for line in self._document.lines for start, end, _, _ in line.cells])
        count = len(claims)
        text = self._document.text
        owned: list[Owned] = []
        at = 0
        for position, end in cells:
            while at < count and claims[at][1] <= position:
                at += 1
            if at < count and claims[at][0] <= position < end <= claims[at][1]:
                owned.append(Owned(position, end, claims[at][2]))  # most cells are claimed as a whole
            else:
                stretches = _shared_out(claims, at, position, end)
                owned += [filled for stretch in stretches if (filled := _filled(text, stretch))]
        return owned


def _shared_out(claims: Sequence[tuple[int, int, Claim]], at: int, position: int, end: int) -> Iterator[Owned]:
    """The stretches of one cell and their owners; `at`: the first claim that ends behind its beginning."""
    count = len(claims)
    while position < end:
        while at < count and claims[at][1] <= position:
            at += 1
        if at == count or claims[at][0] >= end:
            yield Owned(position, end, Claim.UNREAD)
            return
        first, last, kind = claims[at]
        if first > position:
            yield Owned(position, first, Claim.UNREAD)
            position = first
        stop = min(last, end)
        yield Owned(position, stop, kind)
        position = stop


def _filled(text: str, stretch: Owned) -> Owned | None:
    """The stretch without blanks at its ends; None where it holds nothing else, or unread marks of a list alone."""
    part = text[stretch.start : stretch.end]
    bare = part.strip()
    first = stretch.start + part.find(bare)
    is_mark = stretch.claim is Claim.UNREAD and not any(map(str.isalnum, bare))
    return None if is_mark or not bare else Owned(first, first + len(bare), stretch.claim)


def count_words(text: str, owned: Owned) -> int:
    """Words that begin inside the stretch."""
    words = len(text[owned.start : owned.end].split())
    inside = owned.start > 0 and not text[owned.start - 1].isspace() and text[owned.start - 1] not in "|\t"
    return words - 1 if inside and words and owned.claim is Claim.UNREAD else words
