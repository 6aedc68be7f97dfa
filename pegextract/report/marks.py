"""Marks: what a picture of a page shows of an extraction, as boxes with a kind, a label and a confidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pegextract.document import Box
from pegextract.extraction import Evidence, Extraction, PlacedFinding, Unread


class Mark(NamedTuple):
    """One thing to show on a page.

    kind: a table of the contract for a value; error, warning or info for a finding; unread or boilerplate for words
    label: what is written beside the box, "" for nothing · confidence: 0-1 of a value, 1 for everything else.
    """

    box: Box
    kind: str
    label: str = ""
    confidence: float = 1.0


def marks_of(extraction: Extraction, page: int) -> list[Mark]:
    """The marks of one page, from what lies below to what lies on top: words, values, findings."""
    marks = [*_words(extraction), *_values(extraction), *_findings(extraction)]
    return [mark for mark in marks if mark.box.page == page]


def pages_of(extraction: Extraction) -> Sequence[int]:
    """The pages that have a mark, sorted."""
    marks = [*_words(extraction), *_values(extraction), *_findings(extraction)]
    return sorted({mark.box.page for mark in marks})


def _values(extraction: Extraction) -> Iterator[Mark]:
    """A value once for each place that prints it; where one place gives several values, one mark names them all."""
    places: dict[tuple[Box, str], list[Evidence]] = {}
    for sheet in extraction.sheets:
        for row in sheet.evidence:
            if row.box is not None:
                places.setdefault((row.box, row.table), []).append(row)
    for (box, table), rows in places.items():
        yield Mark(box, table, _label(rows), min(row.confidence for row in rows))


def _label(rows: Sequence[Evidence]) -> str:
    """The row's number, the first value's name, how many more values the place gives: "2. target_raw +3"."""
    names = list(dict.fromkeys(row.field for row in rows))
    number = "" if rows[0].row_number is None else f"{rows[0].row_number}. "
    return number + names[0] + (f" +{len(names) - 1}" if len(names) > 1 else "")


def _words(extraction: Extraction) -> Iterator[Mark]:
    unread: list[Unread] = [*extraction.unread, *(row for sheet in extraction.sheets for row in sheet.unread)]
    for row in unread:
        if row.box is not None:
            yield Mark(row.box, row.kind)


def _findings(extraction: Extraction) -> Iterator[Mark]:
    """One mark for each place, with the codes of all its findings; the worst of them gives the kind."""
    found: list[PlacedFinding] = [*extraction.findings, *(f for sheet in extraction.sheets for f in sheet.findings)]
    places: dict[Box, list[PlacedFinding]] = {}
    for placed in found:
        if placed.box is not None:
            places.setdefault(placed.box, []).append(placed)
    order = ["error", "warning", "info"]
    for box, there in places.items():
        worst = min((placed.finding.severity.value for placed in there), key=order.index)
        yield Mark(box, worst, " ".join(dict.fromkeys(placed.finding.code for placed in there)))
