"""The word ledger: every word of the source is claimed once — by a field, as a label, as boilerplate — or is unread."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
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
        self._claims.extend((start, end, kind) for start, end in spans if end > start)

    def claim_line(self, line: Line, kind: Claim) -> None:
        """Record that all cells of a line belong to `kind`."""
        self._claims.extend((cell.start, cell.end, kind) for cell in line.cells if cell.end > cell.start)

    def settle(self) -> list[Owned]:
        """Every filled stretch of every cell with its owner, in reading order, blanks between words left out.

        A word belongs to the claim that holds its first character.
        """
        claims = sorted(self._claims, key=lambda claim: (claim[0], -claim[1]))
        count = len(claims)
        stretches: list[tuple[int, int, Claim]] = []
        cells = sorted(cell for line in self._document.lines for cell in line.cells if cell.end > cell.start)
        at = 0
        for position, end, _, _ in cells:
            while at < count and claims[at][1] <= position:
                at += 1
            ahead = at
            while position < end:
                while ahead < count and claims[ahead][1] <= position:
                    ahead += 1
                if ahead == count or claims[ahead][0] >= end:
                    stretches.append((position, end, Claim.UNREAD))
                    break
                first, last, kind = claims[ahead]
                if first > position:
                    stretches.append((position, first, Claim.UNREAD))
                    position = first
                stop = last if last < end else end
                stretches.append((position, stop, kind))
                position = stop
        text = self._document.text
        return [owned for stretch in stretches if (owned := _filled(text, *stretch))]


def _filled(text: str, start: int, end: int, kind: Claim) -> Owned | None:
    """The stretch without blanks at its ends; None where it holds nothing else."""
    part = text[start:end]
    bare = part.strip()
    first = start + part.find(bare)
    return Owned(first, first + len(bare), kind) if bare else None


def count_words(text: str, owned: Owned) -> int:
    """Words that begin inside the stretch."""
    words = len(text[owned.start : owned.end].split())
    inside = owned.start > 0 and not text[owned.start - 1].isspace() and text[owned.start - 1] not in "|\t"
    return words - 1 if inside and words and owned.claim is Claim.UNREAD else words
