"""Draft: one sheet as the layout read it — which words print which field — before values are parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from pegextract.document import Span
from pegextract.findings import Finding
from pegextract.readers.text import LINE_BREAK_IN_CELL
from pegextract.values.paragraphs import join_wrapped


class Printed(NamedTuple):
    """What the paper prints for one field.

    text: the words, wrapped lines joined by one blank (description: one paragraph per line) · spans: where they stand
    method, rule: how the layout knew (contract: evidence) · confidence: 0-1, how sure the layout is of the place.
    """

    text: str
    spans: tuple[Span, ...]
    method: str = "printed"
    rule: str = "label"
    confidence: float = 1.0


Row = dict[str, Printed]
NEAR = 12_000
"""How far around a value, in characters, the same words are looked for: about a sheet."""
TIGHT = "\xad"
"""A soft hyphen at a part's end: the next part follows without a blank."""


@dataclass(slots=True)
class Draft:
    """The fields and rows of one sheet; `span` is its place in the document."""

    span: Span
    first_page: int
    last_page: int
    fields: Row = field(default_factory=dict)
    phases: list[Row] = field(default_factory=list)
    indicators: list[Row] = field(default_factory=list)
    dup_links: list[Row] = field(default_factory=list)
    linked_objectives: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def rows(self) -> Iterable[tuple[str, int | None, Row]]:
        """(table, row number or None, fields) for everything the sheet prints."""
        yield "objectives", None, self.fields
        for table in ("phases", "indicators", "dup_links", "linked_objectives"):
            for number, row in enumerate(getattr(self, table), 1):
                yield table, number, row


def printed(
    text: str, spans: Iterable[Span], rule: str = "label", method: str = "printed", confidence: float = 1.0
) -> Printed:
    """The words of `spans` of a document's text as one printed value."""
    kept = tuple(span for span in spans if span[1] > span[0])
    parts = [part for start, end in kept for part in _lines_of(text[start:end])]
    if len(parts) > 1:
        near = text[max(0, kept[0][0] - NEAR) : kept[-1][1] + NEAR]
        parts = [_settled(part, following, near) for part, following in zip(parts, (*parts[1:], ""), strict=True)]
    joined = join_wrapped(parts) if len(parts) > 1 else " ".join(parts[0].split()) if parts else ""
    return Printed(joined, kept, method, rule, confidence)


def _lines_of(text: str) -> list[str]:
    """The printed lines of a span. In a cell, the reader marks what goes on without a blank; all else ends with one."""
    lines = text.split(LINE_BREAK_IN_CELL)
    return [f"{line} " if n + 1 < len(lines) and not line.endswith(TIGHT) else line for n, line in enumerate(lines)]


def _settled(part: str, following: str, near: str) -> str:
    """A part's words; what its end leaves open about a blank is settled by what the same sheet prints on one line.

    Some programs break lines behind a slash, others only at blanks; some break a word in capitals that is longer than
    its cell. The break alone does not tell.
    """
    bare = part.rstrip(TIGHT + " ")
    if not following.strip(TIGHT + " ") or not bare:
        return part
    before, behind = bare.rsplit(maxsplit=1)[-1], following.split(None, 1)[0].rstrip(TIGHT)
    apart = f"{before} {behind}" in near
    if part.endswith(TIGHT):
        return bare if apart else part
    if bare.endswith("/"):
        together = f"{before}{behind}" in near or not (apart or part.endswith(" "))
        return bare + TIGHT if together else bare
    if before.isupper() and behind.isupper() and before[-1].isalpha() and behind[0].isalpha():
        end = re.split(r"[^A-ZÀ-Ú]", before)[-1]
        word = end + re.split(r"[^A-ZÀ-Ú]", behind)[0]
        whole = re.search(rf"(?<![A-ZÀ-Ú]){word}(?![A-ZÀ-Ú])", near)
        if whole and not apart:
            return bare + TIGHT
    return part
