"""Rows of a table printed one below the other, each as labels with their values: a small table, or `Peso: 20,00`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from pegextract.document import Span
from pegextract.layouts.context import Context
from pegextract.layouts.ledger import Claim
from pegextract.layouts.pieces import Pieces
from pegextract.layouts.sections import is_block_head
from pegextract.layouts.tables import cell_spans, roles_in
from pegextract.layouts.words import trimmed

NEEDED: Final[dict[str, frozenset[str]]] = {
    "phases": frozenset({"start_date", "end_date"}),
    "indicators": frozenset({"description", "target"}),
    "linked": frozenset({"code", "title"}),
}
"""Columns by which records of a table are known: without them, a label and a colon may be prose."""


class _Entry(NamedTuple):
    """A line: the column that its label names, None where it goes on with the value above; the label; its value."""

    column: str | None
    label: Span
    value: list[Span]


def rows_of_records(context: Context, group: str, lines: Sequence[int]) -> list[Pieces]:
    """The rows, each from its first label to the one that comes again; [] where the lines are no such records.

    Labels that stand alone are the head of a table printed one cell a line.
    """
    first = _entry(context, group, lines[0]) if lines else None
    if first is None or first.column is None or not first.value:
        return []
    entries = [_entry(context, group, index) for index in lines]
    if not {entry.column for entry in entries if entry.value} >= NEEDED[group]:
        return []
    rows: list[Pieces] = []
    column = ""
    for entry in entries:
        if entry.column is not None:
            column = entry.column
            context.ledger.claim([entry.label], Claim.LABEL)
            if not rows or column in rows[-1]:
                rows.append({})
        rows[-1].setdefault(column, []).extend(entry.value)
    return rows


def _entry(context: Context, group: str, index: int) -> _Entry:
    spans = [span for cell in context.line(index).cells for span in cell_spans(cell)]
    first = spans[0]
    text = context.text(first)
    colon = text.find(":")
    if is_block_head(context.profile, text) and group == "phases":
        colon = len(text.split(None, 1)[0].rstrip(":"))
    if 0 < colon < len(text) - 1:
        rest = trimmed(context.document.text, (first[0] + colon, first[1]))
        spans = [(first[0], first[0] + colon), rest, *spans[1:]]
    column = _column(context, group, context.text(spans[0]))
    return _Entry(column, spans[0], spans[1:]) if column else _Entry(None, spans[0], [first, *spans[1:]])


def _column(context: Context, group: str, text: str) -> str | None:
    """The column that a label names."""
    label = text.strip(" *-•").rstrip(":")
    if group == "phases" and " " not in label and is_block_head(context.profile, label):
        return "description"
    if group == "phases" and context.profile.is_label(label, "block", "notes"):
        return "notes"
    return next(iter(roles_in(context.profile, group, label)), None)
