"""A document as a person wants to read it: each value with its mark, each finding under what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from pegextract.errors import UsageError
from pegextract.extraction import Extraction, PlacedFinding, SheetExtraction, Unread
from pegextract.report.margin import LEGEND, Margin, lines, with_findings
from pegextract.report.rows import dup_links, indicators, linked_objectives, phases
from pegextract.runs.names import safe

HEADER: Final = ("direction", "director", "service", "manager", "classification", "objective_type")
UNREAD_SHOWN: Final = 20


def chosen_sheets(extraction: Extraction, number: int | None) -> Sequence[SheetExtraction]:
    """All sheets, or the one of that number; raises UsageError where there is none."""
    if number is None:
        return extraction.sheets
    if number > len(extraction.sheets):
        raise UsageError(f"there is no sheet {number}; the document has {_sheets(extraction)}")
    return extraction.sheets[number - 1 : number]


def document_view(extraction: Extraction, name: str, sheets: Sequence[SheetExtraction]) -> RenderableType:
    """A failed document is its reason; any other its sheets, then what stands outside them."""
    if extraction.status == "failed":
        return Text(f"FAILED  {name}: {safe(extraction.error_message or '')} ({extraction.error_code})")
    return Group(
        Text(name, style="bold"),
        Text(_headline(extraction)),
        Text(LEGEND, style="dim"),
        *_findings(extraction.findings),
        *(sheet_view(sheet, len(extraction.sheets)) for sheet in sheets),
        *_unread("not read, outside the sheets", extraction.unread),
    )


def _headline(extraction: Extraction) -> str:
    coverage = int((extraction.coverage or 0) * 1000) / 10
    return (
        f"form {extraction.form} · read as {extraction.reader} · {_sheets(extraction)} · "
        f"{extraction.status} · {coverage:.1f} % of the words accounted for"
    )


def _sheets(extraction: Extraction) -> str:
    return f"{len(extraction.sheets)} sheet{'' if len(extraction.sheets) == 1 else 's'}"


def sheet_view(sheet: SheetExtraction, of: int) -> RenderableType:
    """One sheet, from its code to the words that no field claimed."""
    margin = Margin(sheet)
    record = sheet.record
    return Group(
        Rule(Text(f"sheet {record.sheet_number} of {of}"), align="left", style="dim", characters="─"),
        *_title(sheet, margin),
        _header(sheet, margin),
        *_section("linked to (DUP)", dup_links(record.dup_links, margin), margin.findings("dup_links")),
        *_section("description", _description(sheet, margin), margin.findings("objectives", None, "description")),
        *_section("phases", phases(record.phases, margin), margin.findings("phases")),
        *_section("indicators", indicators(record.indicators, margin), margin.findings("indicators")),
        *_section(
            "linked objectives",
            linked_objectives(record.linked_objectives, margin),
            margin.findings("linked_objectives"),
        ),
        *_section("more findings", None, margin.rest()),
        *_unread("not read", sheet.unread),
    )


def _title(sheet: SheetExtraction, margin: Margin) -> Iterator[RenderableType]:
    """Code and title on one line."""
    names = ("code", "title")
    shown = [margin.value("objectives", None, name, getattr(sheet.record, name)) for name in names]
    found = [placed for name in names for placed in margin.findings("objectives", None, name)]
    line = Text("  ").join(text for text in shown if text)
    line.stylize("bold")
    if line or found:
        yield with_findings(line, found)


def _header(sheet: SheetExtraction, margin: Margin) -> Table:
    """The year and the header's fields, those that are filled in or have something said about them."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column()
    record = sheet.record
    year = f"{record.year} (from the {record.year_source})" if record.year else None
    for name in ("year", *HEADER):
        value = margin.value("objectives", None, name, year if name == "year" else getattr(record, name))
        text = with_findings(value, margin.findings("objectives", None, name))
        if text:
            grid.add_row(f"  {name.replace('_', ' ')}", text)
    return grid


def _description(sheet: SheetExtraction, margin: Margin) -> Text | None:
    return margin.value("objectives", None, "description", sheet.record.description) or None


def _section(title: str, body: RenderableType | None, findings: Sequence[PlacedFinding]) -> Iterator[RenderableType]:
    """A heading, what is under it, and what there is to say about all of it; nothing where there is neither."""
    if body is None and not findings:
        return
    yield Text(f"\n{title}", style="bold")
    if body is not None:
        yield Padding(body, (0, 0, 0, 2))
    yield from _findings(findings)


def _findings(findings: Sequence[PlacedFinding]) -> Iterator[RenderableType]:
    if findings:
        yield Padding(with_findings(Text(), findings), (0, 0, 0, 2))


def _unread(title: str, rows: Iterable[Unread]) -> Iterator[RenderableType]:
    """The words that no field claimed; boilerplate is not shown."""
    unread = [row for row in rows if row.kind == "unread"]
    if unread:
        texts = [Text(safe(" ".join(row.text.split()))) for row in unread[:UNREAD_SHOWN]]
        more = len(unread) - UNREAD_SHOWN
        yield Text(f"\n{title}: {sum(row.words for row in unread)} words", style="bold")
        yield Padding(lines(*texts, Text(f"… and {more} more places" if more > 0 else "")), (0, 0, 0, 2))
