"""OBIETTIVI COLLEGATI: code, title, revenue and expenditure of other objectives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pegextract.document import Columns
from pegextract.layouts.context import Context
from pegextract.layouts.draft import Row
from pegextract.layouts.exact import with_exact_cells
from pegextract.layouts.grouping import TableLine, group_rows
from pegextract.layouts.pieces import Pieces, merged, text_of
from pegextract.layouts.records import rows_of_records
from pegextract.layouts.stream import doubt_order, doubt_uneven_table, is_stream, linked_rows
from pegextract.layouts.tables import Head, Table, cell_spans, read_columns, read_table

TABLE = "linked"
_ORDER = ("code", "title", "revenue", "expenditure")
_AMOUNTS_AT_END = re.compile(
    r"(?<!\S)(-?(?:€ ?)?[0-9][0-9.']*,[0-9]{2}(?: ?€)?)(?:\s+(-?(?:€ ?)?[0-9][0-9.']*,[0-9]{2}(?: ?€)?))?\s*$"
)


def read_linked_objectives(context: Context, lines: Sequence[int]) -> list[Row]:
    """The rows of the section, its label already taken off. Each begins with a code."""
    records = rows_of_records(context, TABLE, lines)
    if not records and is_stream(context, TABLE, lines):
        records = linked_rows(context, lines) or []
    if records:
        return [
            {name: context.field(spans, f"linked_objective_{name}") for name, spans in row.items()} for row in records
        ]
    table = with_exact_cells(context, read_table(context.document, context.profile, context.ledger, TABLE, lines))
    return [
        {
            name: context.field(spans, f"linked_objective_{name}")
            for name, spans in row.items()
            if spans and name != "other"
        }
        for row in _rows(context, table)
    ]


def _rows(context: Context, table: Table) -> list[Pieces]:
    """Each row begins with a code in separated tables; elsewhere its title may also stand around its code's line."""
    separated = table.head.columns is Columns.SEPARATORS
    lines = _without_text_below(context, table)
    doubt_uneven_table(context, "linked_objectives", table.head, lines)
    pieces = [
        _separated(context, table.head, index)
        if separated and context.line(index).columns is Columns.SEPARATORS
        else _text(context, index)
        for index in lines
    ]
    doubt_order(context, "linked_objectives", table.head, lines, _ORDER)
    if table.head.columns is Columns.POSITIONS and not table.head.stands_in(_ORDER):
        pieces = read_columns(context.document, Table(table.head, ((table.head, tuple(lines)),)))
    if table.head.columns is not Columns.POSITIONS:
        first = [n for n, row in enumerate(pieces) if row.get("code") or n == 0]
        return [_with_both_amounts(merged(pieces[a:b])) for a, b in pairwise([*first, len(pieces)])]
    printed = [
        TableLine(text_of(context, row.get("title", [])), context.line(i).gap, bool(row.get("code")))
        for row, i in zip(pieces, lines, strict=True)
    ]
    rows = group_rows(printed).rows or (((0, len(pieces)),) if pieces else ())
    return [merged(pieces[a:b]) for a, b in rows]


def _with_both_amounts(row: Pieces) -> Pieces:
    """Two amounts, each on a line of its own, are revenue and expenditure, in the order of the columns."""
    amounts = row.get("revenue", [])
    if len(amounts) != 2 or row.get("expenditure"):
        return row
    return {**row, "revenue": amounts[:1], "expenditure": amounts[1:]}


def _without_text_below(context: Context, table: Table) -> list[int]:
    """Lines from the first on that a blank line parts from the last code, and that hold neither code nor amount."""
    if table.head.columns is Columns.SEPARATORS:
        return context.without_text_below(table.lines, "linked_objectives")
    lines = list(table.lines)
    last = max((n for n, index in enumerate(lines) if len(_text(context, index).keys() - {"title"})), default=-1)
    below = [n for n in range(last + 1, len(lines)) if last >= 0 and context.line(lines[n]).gap]
    if not below:
        return lines
    context.leave(lines[below[0] :], "linked_objectives")
    return lines[: below[0]]


def _separated(context: Context, head: Head, index: int) -> Pieces:
    row: Pieces = {}
    for number, cell in enumerate(context.line(index).cells):
        if spans := cell_spans(cell):
            row.setdefault(head.column_of(number), []).extend(spans)
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
