"""OBIETTIVI COLLEGATI: code, title, revenue and expenditure of other objectives."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pegextract.document import Columns, Span
from pegextract.layouts.context import Context
from pegextract.layouts.draft import Row
from pegextract.layouts.stream import is_stream, linked_rows
from pegextract.layouts.tables import Head, Table, cell_spans, read_columns, read_table

TABLE = "linked"
_AMOUNTS_AT_END = re.compile(r"(?<!\S)(-?(?:€ ?)?[0-9][0-9.']*,[0-9]{2}(?: ?€)?)(?:\s+(-?(?:€ ?)?[0-9][0-9.']*,[0-9]{2}(?: ?€)?))?\s*$")
Pieces = dict[str, list[Span]]


def read_linked_objectives(context: Context, lines: Sequence[int]) -> list[Row]:
    """The rows of the section, its label already taken off. Each begins with a code."""
    if is_stream(context, TABLE, lines) and (shuffled := linked_rows(context, lines)):
        return [
            {name: context.field(spans, f"linked_objective_{name}") for name, spans in row.items()} for row in shuffled
        ]
    table = read_table(context.document, context.profile, context.ledger, TABLE, lines)
    rows: list[Pieces] = []
    for pieces in _pieces(context, table):
        if pieces.get("code") or not rows:
            rows.append(pieces)
        else:
            for name, spans in pieces.items():
                rows[-1].setdefault(name, []).extend(spans)
    return [
        {name: context.field(spans, f"linked_objective_{name}") for name, spans in row.items() if spans and name != "other"}
        for row in rows
    ]


def _pieces(context: Context, table: Table) -> list[Pieces]:
    head, lines = table.head, table.lines
    if head.columns is Columns.POSITIONS and all(context.line(i).columns is not Columns.SEPARATORS for i in lines):
        return read_columns(context.document, table)
    return [
        _separated(context, head, index)
        if head.columns is Columns.SEPARATORS and context.line(index).columns is Columns.SEPARATORS
        else _text(context, index)
        for index in lines
    ]


def _separated(context: Context, head: Head, index: int) -> Pieces:
    row: Pieces = {}
    for number, cell in enumerate(context.line(index).cells):
        if spans := cell_spans(cell):
            row.setdefault(head.cells.get(number, "other"), []).extend(spans)
    return row


def _text(context: Context, index: int) -> Pieces:
    """A line without borders: a code at its beginning, amounts at its end."""
    line = context.line(index)
    start, end = line.start, line.end
    row: Pieces = {}
    if match := context.profile.code_line.match(context.line_text(index)):
        row["code"] = [(start, start + match.end("code"))]
        start += match.end("code")
    if amounts := _AMOUNTS_AT_END.search(context.document.text, start, end):
        names = ("revenue", "expenditure") if amounts[2] else ("revenue",)
        for number, name in enumerate(names, 1):
            row[name] = [amounts.span(number)]
        end = amounts.start()
    part = context.text((start, end))
    bare = part.lstrip(" \t|-–:").rstrip(" \t|")
    if bare:
        first = start + part.index(bare)
        row["title"] = [(first, first + len(bare))]
    return row
