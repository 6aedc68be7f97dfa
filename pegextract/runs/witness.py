"""A second witness for PDFs: where a sheet does not hold together, its pages are read by the other engine as well.

What the first engine read stays; where the second reads another value, a finding has both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from pegextract.extraction import Extraction, PlacedFinding, SheetExtraction
from pegextract.findings import Finding, Severity
from pegextract.models import ObjectiveSheet

MOST_PAGES = 40
"""The second engine takes a page as long as the first takes twenty; a book that is wrong throughout is wrong anyway."""
MOST_UNREAD = 0.02
"""Share of a sheet's words without a place from which on it is looked at again."""
TABLES = ("phases", "indicators", "dup_links", "linked_objectives")

OF_THE_FILE = ("page_counts_differ",)
"""What only the other engine tells of the whole document."""

Reread = Callable[[frozenset[int]], Extraction]
"""Reads these pages (from 1) of the document with the other engine, and no others."""


def with_second_witness(extraction: Extraction, reread: Reread) -> Extraction:
    """The extraction, with a finding for every value that the other engine reads differently."""
    doubtful = [number for number, sheet in enumerate(extraction.sheets) if _is_doubtful(sheet)]
    pages = frozenset(page for number in doubtful for page in _pages(extraction.sheets[number]))
    if not pages or len(pages) > MOST_PAGES:
        return extraction
    other = reread(pages)
    told = (finding for finding in other.findings if finding.finding.code in OF_THE_FILE)
    extraction = replace(extraction, findings=(*extraction.findings, *told))
    if len(other.sheets) != len(doubtful):
        counts = f"the second engine finds {len(other.sheets)} sheets on these pages, not {len(doubtful)}"
        message = other.error_message or counts
        finding = PlacedFinding(Finding(Severity.WARNING, "engines_differ", message), None, None)
        return replace(extraction, findings=(*extraction.findings, finding))
    sheets = list(extraction.sheets)
    for number, again in zip(doubtful, other.sheets, strict=True):
        differences = tuple(_differences(sheets[number], again))
        sheets[number] = replace(sheets[number], findings=(*sheets[number].findings, *differences))
    return replace(extraction, sheets=tuple(sheets))


def _is_doubtful(sheet: SheetExtraction) -> bool:
    unread = sum(row.words for row in sheet.unread if row.kind == "unread")
    words = sum(len(row.raw.split()) for row in sheet.evidence)
    wrong = any(placed.finding.severity is Severity.ERROR for placed in sheet.findings)
    return wrong or unread > MOST_UNREAD * (words + unread)


def _pages(sheet: SheetExtraction) -> range:
    first, last = sheet.record.first_page, sheet.record.last_page
    return range(first, last + 1) if first is not None and last is not None else range(0)


def _differences(sheet: SheetExtraction, other: SheetExtraction) -> Iterator[PlacedFinding]:
    one, two = sheet.record, other.record
    for table, row, name, mine, theirs in _values(one, two):
        if mine != theirs:
            message = f"the second engine reads «{_shown(theirs)}» here, not «{_shown(mine)}»"
            finding = Finding(Severity.WARNING, "engines_differ", message, table, row, name, _shown(theirs))
            place = next((e for e in sheet.evidence if (e.table, e.row_number, e.field) == (table, row, name)), None)
            yield PlacedFinding(finding, place.page if place else None, place.box if place else None)


def _values(one: ObjectiveSheet, two: ObjectiveSheet) -> Iterator[tuple[str, int | None, str | None, Any, Any]]:
    """Table, row, field and both values, for all that two records of one sheet can be compared by."""
    for name in type(one).model_fields:
        if name not in (*TABLES, "confidence", "sheet_number"):
            yield "objectives", None, name, getattr(one, name), getattr(two, name)
    for table in TABLES:
        mine, theirs = getattr(one, table), getattr(two, table)
        if len(mine) != len(theirs):
            yield table, None, None, f"{len(mine)} rows", f"{len(theirs)} rows"
            continue
        for number, (row, other) in enumerate(zip(mine, theirs, strict=True), 1):
            for name in type(row).model_fields:
                yield table, number, name, getattr(row, name), getattr(other, name)


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
