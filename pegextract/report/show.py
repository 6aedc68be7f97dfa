"""A document as a person wants to read it: each value with its mark, each finding under what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from pegextract.extraction import Extraction, PlacedFinding, SheetExtraction, Unread
from pegextract.report.marks import LEGEND, Marks, findings_under
from pegextract.report.rows import dup_links, indicators, linked_objectives, phases
from pegextract.runs.names import safe

HEADER: Final = ("direction", "director", "service", "manager", "classification", "objective_type")
_BELONGS: Final = {"weights_total": "phases", "phase_count": "phases", "indicator_count": "indicators"}
"""Fields of objectives that are about the rows of a table: their findings stand under it."""
UNREAD_SHOWN: Final = 20


def document_view(extraction: Extraction, name: str, sheets: Sequence[SheetExtraction]) -> RenderableType:
    """A failed document is its reason; any other its sheets, then what stands outside them."""
    if extraction.status == "failed":
        return Text(f"{name}: {extraction.error_code}: {safe(extraction.error_message or '')}")
    parts: list[RenderableType] = [Text(_headline(extraction, name), style="bold"), Text(LEGEND, style="dim")]
    parts += [findings_under(Text(), extraction.findings)] if extraction.findings else []
    parts += [sheet_view(sheet, len(extraction.sheets)) for sheet in sheets]
    parts += _unread("outside the sheets", extraction.unread)
    return Group(*parts)


def _headline(extraction: Extraction, name: str) -> str:
    count = len(extraction.sheets)
    coverage = int((extraction.coverage or 0) * 1000) / 10
    return (
        f"{name} · form {extraction.form} · read as {extraction.reader} · {count} sheet{'' if count == 1 else 's'} · "
        f"{extraction.status} · {coverage:.1f} % of the words accounted for"
    )


def sheet_view(sheet: SheetExtraction, of: int) -> RenderableType:
    """One sheet, from its code to the words that no field claimed."""
    marks = Marks(sheet.evidence)
    findings = _by_place(sheet.findings)
    record = sheet.record
    parts: list[RenderableType] = [Rule(f"sheet {record.sheet_number} of {of}", align="left", style="dim")]
    parts += _title(sheet, marks, findings)
    parts.append(_header(sheet, marks, findings))
    parts += _section("linked to (DUP)", dup_links(record.dup_links, marks, findings), findings, "dup_links")
    if record.description:
        value = marks.before(("objectives", None, "description"), record.description)
        parts += _section("description", Padding(value, (0, 0, 0, 2)), findings)
    parts += _section("phases", phases(record.phases, marks, findings), findings, "phases")
    parts += _section("indicators", indicators(record.indicators, marks, findings), findings, "indicators")
    linked = linked_objectives(record.linked_objectives, marks, findings)
    parts += _section("linked objectives", linked, findings, "linked_objectives")
    parts += _rest(findings)
    parts += _unread("not read", sheet.unread)
    return Group(*parts)


Findings = dict[tuple[str | None, int | None, str | None], list[PlacedFinding]]


def _by_place(findings: Iterable[PlacedFinding]) -> Findings:
    """Findings by where they are shown: a field of the objective, a row, or a whole table."""
    found: Findings = {}
    for placed in findings:
        table, row, name = placed.finding[3:6]
        if table == "objectives":
            key = (_BELONGS.get(name or "", table), None, None if name in _BELONGS else name)
        else:
            key = (table, row, None)
        found.setdefault(key, []).append(placed)
    return found


def _title(sheet: SheetExtraction, marks: Marks, findings: Findings) -> Iterator[RenderableType]:
    """Code and title on one line."""
    shown = [
        marks.before(("objectives", None, name), value)
        for name, value in (("code", sheet.record.code), ("title", sheet.record.title))
        if value
    ]
    under = [placed for name in ("code", "title") for placed in findings.pop(("objectives", None, name), [])]
    if shown or under:
        line = Text("  ").join(shown)
        line.stylize("bold")
        yield findings_under(line, under)


def _header(sheet: SheetExtraction, marks: Marks, findings: Findings) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    record = sheet.record
    year = f"{record.year} (from the {record.year_source})" if record.year else None
    for name in ("year", *HEADER):
        value = year if name == "year" else getattr(record, name)
        under = findings.pop(("objectives", None, name), [])
        if value or under:
            place = ("objectives", None, name)
            shown = Text(f"  {value}") if name == "year" and value else marks.before(place, value)
            grid.add_row(f"  {name.replace('_', ' ')}", findings_under(shown, under))
    return grid


def _section(
    title: str, body: RenderableType | None, findings: Findings, table: str | None = None
) -> Iterator[RenderableType]:
    """A heading, what is under it, and what there is to say about the whole of it; nothing where both are missing."""
    key = (table, None, None) if table else ("objectives", None, title)
    under = findings.pop(key, [])
    if body is None and not under:
        return
    yield Text(f"\n{title}", style="bold")
    if body is not None:
        yield body
    if under:
        yield Padding(findings_under(Text(), under), (0, 0, 0, 2))


def _rest(findings: Findings) -> Iterator[RenderableType]:
    """What belongs to no value that is shown."""
    left = [placed for places in findings.values() for placed in places]
    if left:
        yield Text("\nmore findings", style="bold")
        yield Padding(findings_under(Text(), left), (0, 0, 0, 2))


def _unread(title: str, rows: Iterable[Unread]) -> Iterator[RenderableType]:
    """The words that no field claimed; boilerplate is only counted."""
    rows = list(rows)
    unread = [row for row in rows if row.kind == "unread"]
    if unread:
        yield Text(f"\n{title}: {sum(row.words for row in unread)} words", style="bold")
        yield from (Text(f"  {safe(' '.join(row.text.split()))}") for row in unread[:UNREAD_SHOWN])
        if len(unread) > UNREAD_SHOWN:
            yield Text(f"  … and {len(unread) - UNREAD_SHOWN} more places")


def document_json(extraction: Extraction, name: str, sheets: Sequence[SheetExtraction]) -> dict[str, Any]:
    """The same as data: documents row, and for each sheet the record with its evidence, findings and unread words."""
    return {
        "document": {
            "document_id": extraction.document_id,
            "path": name,
            "media_type": extraction.media_type,
            "size_bytes": extraction.size_bytes,
            "page_count": extraction.page_count,
            "sheet_count": len(extraction.sheets),
            "reader": extraction.reader,
            "form": extraction.form,
            "coverage": extraction.coverage,
            "status": extraction.status,
            "error_code": extraction.error_code,
            "error_message": extraction.error_message,
            "findings": [_finding_json(placed) for placed in extraction.findings],
            "unread": [row._asdict() for row in extraction.unread],
        },
        "sheets": [
            {
                "record": sheet.record.model_dump(mode="json"),
                "evidence": [row._asdict() for row in sheet.evidence],
                "findings": [_finding_json(placed) for placed in sheet.findings],
                "unread": [row._asdict() for row in sheet.unread],
            }
            for sheet in sheets
        ],
    }


def _finding_json(placed: PlacedFinding) -> dict[str, Any]:
    finding = placed.finding._asdict()
    del finding["span"]  # a place in the program's own text, not in the source
    return {**finding, "page": placed.page, "box": placed.box}
