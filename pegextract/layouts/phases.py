"""The phases: a block for each (FASE, a line of labels, a line of values, Note), or a table, with or without borders.

A table of labels and values for each phase is read by records.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pegextract.document import Columns, Span
from pegextract.layouts.context import Context
from pegextract.layouts.draft import Row
from pegextract.layouts.exact import with_exact_cells
from pegextract.layouts.fitness import is_dangling
from pegextract.layouts.ledger import Claim
from pegextract.layouts.phase_columns import PHASE_ORDER, around_dates, positioned_rows
from pegextract.layouts.phase_numbers import DATE
from pegextract.layouts.phase_text import rows_of_text
from pegextract.layouts.pieces import Pieces, merged, text_of
from pegextract.layouts.profile import label_key, reads_as
from pegextract.layouts.records import rows_of_records
from pegextract.layouts.sections import is_block_head, is_column_head
from pegextract.layouts.stream import doubt_broken_table, doubt_order, doubt_uneven_table, is_stream, phase_rows
from pegextract.layouts.tables import Head, Table, cell_spans, parted, read_head, read_table
from pegextract.layouts.words import trimmed

TABLE = "phases"
LONGEST_BLOCK_TEXT = 16
"""Lines that the description of a block may take before its labels must come."""


def read_phases(context: Context, lines: Sequence[int]) -> list[Row]:
    """The rows of a FASI section, its label already taken off."""
    starts = [n for n, index in enumerate(lines) if _opens_block(context, lines, n)]
    if starts:
        return _read_blocks(context, lines, starts)
    if records := rows_of_records(context, TABLE, lines):
        return [_row(context, pieces, number) for number, pieces in enumerate(records, 1)]
    if is_stream(context, TABLE, lines) and (shuffled := phase_rows(context, lines)):
        return [_row(context, pieces, number) for number, pieces in enumerate(shuffled, 1)]
    table = with_exact_cells(context, read_table(context.document, context.profile, context.ledger, TABLE, lines))
    rows = [row for stretch in parted(context.document, table) for row in _table_rows(context, stretch)]
    return [_row(context, pieces, number) for number, pieces in enumerate(rows, 1)]


# --- blocks ---------------------------------------------------------------------------------------------------------


def _opens_block(context: Context, lines: Sequence[int], at: int) -> bool:
    """FASE at a line's beginning, with the line of labels below it: descriptions may begin with the word as well."""
    if not is_block_head(context.profile, context.line_text(lines[at])):
        return False
    for index in lines[at + 1 : at + 1 + LONGEST_BLOCK_TEXT]:
        text = context.line_text(index)
        if is_column_head(context.profile, TABLE, text, least=2):
            return True
        if is_block_head(context.profile, text):
            return False
    return False


def _read_blocks(context: Context, lines: Sequence[int], starts: Sequence[int]) -> list[Row]:
    rows = []
    starts = [_first_of_block(context, lines, start) for start in starts]
    for number, (start, end) in enumerate(pairwise([*starts, len(lines)]), 1):
        rows.append(_row(context, _read_block(context, lines[start:end]), number))
    return rows


def _first_of_block(context: Context, lines: Sequence[int], start: int) -> int:
    """A label printed in the middle of its text's lines: lines right above it, in the text's column, are its own."""
    cells = context.line(lines[start]).cells
    beside = cells[1:] or (context.line(lines[start + 1]).cells if start + 1 < len(lines) else ())
    if not beside or beside[0].x0 <= cells[0].x1:
        return start
    while (
        start
        and context.line(lines[start]).gap == 0
        and abs(context.line(lines[start - 1]).cells[0].x0 - beside[0].x0) <= 1
    ):
        start -= 1
    return start


def _read_block(context: Context, lines: Sequence[int]) -> Pieces:
    head_at = _head_of_block(context, lines)
    description: list[Span] = []
    for index in lines[:head_at]:
        spans = _filled(context, index)
        if is_block_head(context.profile, context.line_text(index)):
            label, spans = _without_first_word(context, spans)
            context.ledger.claim([label], Claim.LABEL)
        description += spans
    head = read_head(context.document, context.profile, context.ledger, TABLE, lines[head_at:])
    values = _without_heads(context, lines[head_at + head.lines :])
    notes_at = next((n for n, i in enumerate(values) if _is_notes(context, i)), None)
    if notes_at is None:
        notes_at = next((n for n, i in enumerate(values) if n and _is_damaged_notes(context, i)), len(values))
    pieces = _value_pieces(context, head, values[:notes_at])
    pieces["description"] = [*description, *pieces.get("description", [])]
    if notes_at < len(values):
        notes = [span for index in values[notes_at:] for span in _filled(context, index)]
        label, notes = _without_first_word(context, notes)
        context.ledger.claim([label], Claim.LABEL)
        pieces["notes"] = [*pieces.get("notes", []), *notes]
    return pieces


def _without_heads(context: Context, lines: Sequence[int]) -> list[int]:
    """The lines without a head that the next page repeats."""
    heads = [index for index in lines if is_column_head(context.profile, TABLE, context.line_text(index), least=3)]
    for index in heads:
        context.label(index)
    return [index for index in lines if index not in heads]


def _head_of_block(context: Context, lines: Sequence[int]) -> int:
    """Where the labels of a block's values begin; a narrow page breaks them ("Inizio / Previsto")."""
    texts = [context.line_text(index) for index in lines]
    at = next(n for n, text in enumerate(texts) if n and is_column_head(context.profile, TABLE, text, least=2))
    while at > 1 and is_column_head(context.profile, TABLE, texts[at - 1]) and not _is_notes(context, lines[at - 1]):
        at -= 1
    return at


def _filled(context: Context, index: int) -> list[Span]:
    return [span for cell in context.line(index).cells for span in cell_spans(cell)]


def _without_first_word(context: Context, spans: Sequence[Span]) -> tuple[Span, list[Span]]:
    """The label word that opens a stretch, a colon behind it included, and the rest."""
    start, end = spans[0]
    word = context.text((start, end)).split(None, 1)
    first = (start, start + len(word[0]))
    rest = trimmed(context.document.text, (first[1], end))
    return first, [*([rest] if rest[1] > rest[0] else []), *spans[1:]]


def _is_notes(context: Context, index: int) -> bool:
    first = context.line_text(index).split(None, 1)[0]
    return context.profile.is_label(first.rstrip(":"), "block", "notes") and first[:1].isupper()


def _is_damaged_notes(context: Context, index: int) -> bool:
    """The block's own label with a wrong letter ("Noted"), where none stands as printed: behind names in capitals."""
    first = context.line_text(index).split(None, 1)[0].rstrip(":")
    labels = context.profile.phases.block.notes if context.profile.phases and context.profile.phases.block else ()
    return (
        first[:1].isupper()
        and not first.isupper()
        and any(reads_as(label_key(first), label_key(label)) for label in labels)
    )


def _value_pieces(context: Context, head: Head, lines: Sequence[int]) -> Pieces:
    """The values of one block: one row, however many lines it takes."""
    if not lines:
        return {}
    head = with_exact_cells(context, Table(head, ((head, tuple(lines)),))).head
    kinds = {context.line(i).columns for i in lines}
    doubt_uneven_table(context, TABLE, head, lines)
    doubt_order(context, TABLE, head, lines, PHASE_ORDER)
    if head.columns is Columns.SEPARATORS and kinds == {Columns.SEPARATORS}:
        return merged([_separated(context, head, i) for i in lines])
    if head.columns is Columns.POSITIONS and Columns.SEPARATORS not in kinds:
        return merged(around_dates(context, Table(head, ((head, tuple(lines)),))))
    rows = rows_of_text(context, head, lines, descriptions=False)
    return merged(rows)


# --- tables ---------------------------------------------------------------------------------------------------------


def _table_rows(context: Context, table: Table) -> list[Pieces]:
    head, lines = table.head, table.lines
    if not lines:
        return []
    doubt_uneven_table(context, TABLE, head, lines)
    doubt_order(context, TABLE, head, lines, PHASE_ORDER)
    if head.columns is Columns.SEPARATORS and _dates_in_their_cells(context, head, lines):
        return _separated_rows(context, head, lines)
    if head.columns is Columns.POSITIONS and all(context.line(i).columns is not Columns.SEPARATORS for i in lines):
        return positioned_rows(context, table)
    doubt_broken_table(context, TABLE, lines)
    return rows_of_text(context, head, lines, descriptions=True)


def _dates_in_their_cells(context: Context, head: Head, lines: Sequence[int]) -> bool:
    """Whether the borders hold: lines with two dates have them in the columns of dates."""
    good = bad = 0
    for index in lines:
        if len(DATE.findall(context.line_text(index))) < 2:
            continue
        line = context.line(index)
        cells = {head.cells.get(n): context.text((c.start, c.end)) for n, c in enumerate(line.cells)}
        fits = line.columns is Columns.SEPARATORS and all(
            DATE.search(cells.get(name) or "") for name in ("start_date", "end_date")
        )
        good, bad = good + fits, bad + (not fits)
    return good >= bad


def _separated(context: Context, head: Head, index: int) -> Pieces:
    row: Pieces = {}
    for number, cell in enumerate(context.line(index).cells):
        if spans := cell_spans(cell):
            row.setdefault(head.column_of(number), []).extend(spans)
    return row


def _separated_rows(context: Context, head: Head, lines: Sequence[int]) -> list[Pieces]:
    """One row per line; a line that only goes on with cells of the one above is part of it."""
    rows: list[Pieces] = []
    for index in context.without_text_below(lines, TABLE):
        separated = context.line(index).columns is Columns.SEPARATORS
        row = _separated(context, head, index) if separated else {"description": _filled(context, index)}
        if rows and _is_rest(context, row, rows[-1]):
            rows[-1] = merged([rows[-1], row])
        else:
            rows.append(row)
    return rows


def _is_rest(context: Context, row: Pieces, above: Pieces) -> bool:
    """A row without dates and weight of its own, and without a description that begins like one."""
    if any(row.get(name) for name in ("weight", "start_date", "end_date")):
        return not above.get("start_date") and not row.get("description")
    description = row.get("description")
    if not description:
        return True
    before = text_of(context, above.get("description", []))
    unfinished = is_dangling(before) or before.count("(") > before.count(")")
    first = context.text(description[0])[:1]
    return len(row) == 1 and (unfinished or first.islower() or first == "(")


def _row(context: Context, pieces: Pieces, number: int) -> Row:
    unsure, torn = pieces.pop("_unsure", []), pieces.pop("_torn", [])
    if torn:
        message = "the table has no borders and can be read in two ways; these words may belong to a neighbouring cell"
        for name in ("description", "responsible_name", "responsibility_centre", "notes"):
            context.doubt("columns_uncertain", message, TABLE, number, name, torn)
    if unsure:
        message = "responsible and centre stand side by side without a border; where one ends is not certain"
        for name in ("responsible_name", "responsibility_centre"):
            context.doubt("columns_uncertain", message, TABLE, number, name, unsure)
    return {
        name: context.field(spans, f"phase_{name}", 0.91 if unsure and name.startswith("respons") else 1.0)
        for name, spans in pieces.items()
        if spans and name != "other"
    }
