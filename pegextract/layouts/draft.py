"""Draft: one sheet as the layout read it — which words print which field — before values are parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from pegextract.document import IN_WORD, LINE_BREAK_IN_CELL, MAY_BE_IN_WORD, Span
from pegextract.findings import Finding
from pegextract.values.paragraphs import join_wrapped


class Printed(NamedTuple):
    """What the paper prints for one field.

    text: the words, wrapped lines joined by one blank (description: one paragraph per line) · spans: where they stand
    method, rule: how the layout knew (contract: evidence) · confidence: 0-1, how sure the layout is of the place
    doubt: words of two lines that may be one, where nothing tells.
    """

    text: str
    spans: tuple[Span, ...]
    method: str = "printed"
    rule: str = "label"
    confidence: float = 1.0
    doubt: str | None = None


Row = dict[str, Printed]
NEAR = 12_000
"""How far around a value, in characters, the same words are looked for: about a sheet."""


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
    parts = [part for start, end in kept for part in _lines_of(text[start:end])]
    if len(parts) < 2:
        return Printed(" ".join(parts[0].split()) if parts else "", kept, method, rule, confidence)
    near = text[max(0, kept[0][0] - NEAR) : kept[-1][1] + NEAR]
    joints = [_settled(part, following, near) for part, following in zip(parts, (*parts[1:], ""), strict=True)]
    doubt = next((joint.doubt for joint in joints if joint.doubt), None)
    return Printed(join_wrapped([joint.part for joint in joints]), kept, method, rule, confidence, doubt)


def _lines_of(text: str) -> list[str]:
    """The printed lines of a span. In a cell, the reader marks what goes on without a blank; all else ends with one."""
    lines = text.split(LINE_BREAK_IN_CELL)
    last = len(lines) - 1
    return [
        line if n == last or line.endswith((IN_WORD, MAY_BE_IN_WORD)) else f"{line} " for n, line in enumerate(lines)
    ]


class _Joint(NamedTuple):
    """A line as it stays, without a blank behind it where it ends in IN_WORD; doubt: the two words that may be one."""

    part: str
    doubt: str | None = None


def _settled(part: str, following: str, near: str) -> _Joint:
    """A part's words; what its end leaves open about a blank is settled by what the same sheet prints on one line.

    Some programs break lines behind a slash, others only at blanks; some break a word that is longer than its cell.
    The break alone does not tell.
    """
    bare = part.rstrip(f"{IN_WORD}{MAY_BE_IN_WORD} ")
    if not following.strip(f"{IN_WORD}{MAY_BE_IN_WORD} ") or not bare.strip():
        return _Joint(part)
    before, behind = bare.rsplit(maxsplit=1)[-1], following.split(None, 1)[0].rstrip(IN_WORD + MAY_BE_IN_WORD)
    apart = f"{before} {behind}" in near
    if bare.endswith("/"):
        together = f"{before}{behind}" in near
        tight = together or not (apart or part.endswith(" "))
        return _Joint(bare + IN_WORD if tight else bare, None if together or apart else _both(before, behind))
    if apart:
        return _Joint(bare)
    if part.endswith(IN_WORD) or _is_one_word(before, behind, near):
        return _Joint(bare + IN_WORD)
    return _Joint(bare, _both(before, behind) if part.endswith(MAY_BE_IN_WORD) else None)


def _both(before: str, behind: str) -> str:
    return f"{before} {behind}"


def _is_one_word(before: str, behind: str, near: str) -> bool:
    """Whether two pieces in capitals are one word that stands whole elsewhere."""
    if not (before[-1].isalpha() and behind[0].isalpha() and before.isupper() and behind.isupper()):
        return False
    end = re.split(r"[^A-ZÀ-Ú]", before)[-1]
    word = end + re.split(r"[^A-ZÀ-Ú]", behind)[0]
    return word in near and re.search(rf"(?<![A-ZÀ-Ú]){word}(?![A-ZÀ-Ú])", near) is not None
