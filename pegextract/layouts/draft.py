"""Draft: one sheet as the layout read it — which words print which field — before values are parsed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from pegextract.document import Span
from pegextract.findings import Finding
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


def printed(text: str, spans: Iterable[Span], rule: str = "label", method: str = "printed", confidence: float = 1.0) -> Printed:
    """The words of `spans` of a document's text as one printed value."""
    kept = tuple(span for span in spans if span[1] > span[0])
    parts = [_with_slash_settled(text, kept, n) for n in range(len(kept))] if len(kept) > 1 else [text[start:end] for start, end in kept]
    joined = join_wrapped(parts) if len(parts) > 1 else " ".join(parts[0].split()) if parts else ""
    return Printed(joined, kept, method, rule, confidence)


def _with_slash_settled(text: str, spans: tuple[Span, ...], number: int) -> str:
    """A part's words; a slash at its end keeps a blank behind it only where the document prints one elsewhere.

    Some programs break lines behind a slash, others only at blanks: the break alone does not tell.
    """
    part = text[spans[number][0] : spans[number][1]]
    if not part.endswith("/") or number + 1 == len(spans):
        return part
    before, behind = part.split()[-1], text[spans[number + 1][0] : spans[number + 1][1]].split(None, 1)[0]
    tight, loose = f"{before}{behind}" in text, f"{before} {behind}" in text
    return part + TIGHT if tight or not loose else part
