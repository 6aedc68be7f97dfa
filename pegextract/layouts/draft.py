"""Draft: one sheet as the layout read it — which words print which field — before values are parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
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
    kept = tuple([span for span in spans if span[1] > span[0]])
    parts = [part for start, end in kept for part in text[start:end].split(LINE_BREAK_IN_CELL)]
    return Printed(_joined(parts, text, kept), kept, method, rule, confidence)


def _joined(parts: list[str], text: str, spans: Sequence[Span]) -> str:
    """The words of the parts on one line."""
    if len(parts) < 2:
        return " ".join(parts[0].split()) if parts else ""
    near = text[max(0, spans[0][0] - NEAR) : spans[-1][1] + NEAR]
    return join_wrapped(
        [_settled(part, following, near) for part, following in zip(parts, (*parts[1:], ""), strict=True)]
    )


def _settled(part: str, following: str, near: str) -> str:
    """A part's words; what its end leaves open about a blank is settled by what the same sheet prints on one line.

    Some programs break lines behind a slash, others only at blanks; some break a word in capitals that is longer than
    its cell. The break alone does not tell.
    """
    if not following or not part:
        return part
    before, behind = part.rsplit(maxsplit=1)[-1], following.split(None, 1)[0]
    if part.endswith("/"):
        return part + TIGHT if f"{before}{behind}" in near or f"{before} {behind}" not in near else part
    if before.isupper() and behind.isupper() and before[-1].isalpha() and behind[0].isalpha():
        end = re.split(r"[^A-ZÀ-Ú]", before)[-1]
        word = end + re.split(r"[^A-ZÀ-Ú]", behind)[0]
        whole = re.search(rf"(?<![A-ZÀ-Ú]){word}(?![A-ZÀ-Ú])", near)
        if whole and f"{before} {behind}" not in near:
            return part + TIGHT
    return part
