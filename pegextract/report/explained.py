"""An explanation as a person reads it: the value, what was printed, the rule, and the spot in the document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pegextract.dataset.read import Row
from pegextract.report.explanation import Explanation
from pegextract.report.margin import mark
from pegextract.report.sentences import sentence
from pegextract.report.source import Source, lines_around
from pegextract.runs.names import safe

PARTS_SHOWN = 30
LINE_WIDTH = 96
"""Characters of a source line that are shown."""


def explanation_view(found: Explanation, source: Source) -> RenderableType:
    """All there is to say about one value."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, text in (*_about_the_value(found), *_about_the_document(found, source)):
        grid.add_row(name, text)
    return Group(grid, *_spots(found, source))


def _about_the_value(found: Explanation) -> Iterator[tuple[str, str | Text]]:
    yield "value", Text(_shown(found.value), style="bold") if found.value is not None else _nothing(found)
    yield "field", f"{found.cell}: {found.meaning}"
    for row in found.evidence:
        yield from _about_evidence(row, found.value)
    if not found.evidence and found.value is not None:
        yield (
            "computed",
            "it is not printed; it comes from " + ("the values below" if found.parts else "the whole sheet"),
        )
    for row in found.parts[:PARTS_SHOWN]:
        yield "  from", f"{_place_name(row)} = {safe(row['value'])}, printed as «{safe(row['raw'])}»"
    if len(found.parts) > PARTS_SHOWN:
        yield "", f"… and {len(found.parts) - PARTS_SHOWN} more"
    for finding in found.findings:
        yield finding["severity"], safe(finding["message"])


def _nothing(found: Explanation) -> str:
    why = "a finding says why" if found.findings else "the form leaves it empty"
    return f"(nothing: {why})"


def _about_evidence(row: Row, value: Any) -> Iterator[tuple[str, str]]:
    yield "printed", "the same words" if row["raw"] == value else safe(row["raw"], keep="\n")
    yield "method", f"{row['method']}, confidence {row['confidence']:.2f} {mark(row['confidence'])}"
    for rule in filter(None, row["rule"].split("+")):
        told = sentence(rule)
        yield "rule", f"{rule}: {told}" if told else rule


def _about_the_document(found: Explanation, source: Source) -> Iterator[tuple[str, str]]:
    sheet = found.sheet
    yield "sheet", " ".join(filter(None, (sheet["sheet_id"], sheet["code"], f"(sheet {sheet['sheet_number']})")))
    for other in found.others[:5]:
        yield "also in", other
    yield "document", found.document["path"]
    for row in found.evidence:
        yield "place", _place(row)
    if source.reason and (found.evidence or found.parts):
        yield "source", safe(source.reason)


def _place(row: Row) -> str:
    if row["char_start"] is not None:
        at = f"characters {row['char_start']}-{row['char_end']}"
    elif row["x0"] is not None:
        at = f"x {row['x0']:.0f}-{row['x1']:.0f}, y {row['top']:.0f}-{row['bottom']:.0f} points from the top left"
    else:
        at = "no place"
    return at if row["page"] is None else f"page {row['page']}, {at}"


def _place_name(row: Row) -> str:
    return row["field"] if row["row_number"] is None else f"{row['table']}[{row['row_number']}].{row['field']}"


def _shown(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else safe(str(value), keep="\n")


def _spots(found: Explanation, source: Source) -> Iterator[Text]:
    """The lines around each place where the value is printed."""
    if source.text is None:
        return
    seen = set()
    for row in found.evidence:
        place = (row["char_start"], row["char_end"])
        if place[0] is not None and place not in seen:
            seen.add(place)
            yield Text(f"\n{safe(str(source.path))}", style="dim")
            yield _spot(source.text, *place)


def _spot(text: str, start: int, end: int) -> Text:
    """Lines with their numbers; those of the spot have > before them, and carets under it where it is one line."""
    lines = lines_around(text, start, end, LINE_WIDTH)
    one_line = sum(line.marked is not None for line in lines) == 1
    view = Text(no_wrap=True, overflow="crop")
    for number, body, marked in lines:
        view.append(f"{'>' if marked else ' '} {'' if number is None else number:>5} | ", style="dim")
        at = len(view)
        view.append(f"{body}\n")
        if marked:
            view.stylize("reverse", at + marked[0], at + marked[1])
            if one_line:
                view.append(f"        | {' ' * marked[0]}{'^' * (marked[1] - marked[0])}\n", style="dim")
    view.rstrip()
    return view
