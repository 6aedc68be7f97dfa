"""A table of phases without borders whose columns stand at places: dates first, everything else around them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pegextract.document import Span
from pegextract.layouts.context import Context
from pegextract.layouts.grouping import TableLine, group_rows
from pegextract.layouts.header import word_spans
from pegextract.layouts.people import names_fit, office_at
from pegextract.layouts.phase_numbers import DATE, WEIGHT_AFTER, WEIGHT_BEFORE
from pegextract.layouts.pieces import Pieces, merged, text_of
from pegextract.layouts.tables import Head, Table, read_columns

PHASE_ORDER = ("description", "start_date", "end_date", "responsible", "responsibility_centre", "notes")
"""The columns of the form; the weight stands before the dates or behind them."""
SAME_EDGE = 3
"""Lines of one cell begin at the same character, give or take the converter's rounding."""
LONGEST_CENTRE = 5
"""Lines in which a wrapped centre must go on after its first one."""


def positioned_rows(context: Context, table: Table) -> list[Pieces]:
    """The rows of a table whose columns are known by where their labels stand; people are kept whole."""
    lines = table.lines
    columns = around_dates(context, table)
    printed = [
        TableLine(
            text_of(context, pieces.get("description", [])),
            context.line(i).gap,
            bool(pieces.get("start_date") or pieces.get("end_date")),
        )
        for pieces, i in zip(columns, lines, strict=True)
    ]

    def misfit(start: int, _anchor: int, end: int) -> float:
        row = merged(columns[start:end])
        return -names_fit(context, row.get("responsible", []), row.get("responsibility_centre", []))

    grouping = group_rows(printed, misfit)
    rows = [_with_whole_centre(context, merged(columns[start:end])) for start, end in grouping.rows]
    for number in grouping.uncertain:
        rows[number]["_torn"] = [*rows[number].get("description", [])]
    return rows


def _with_whole_centre(context: Context, row: Pieces) -> Pieces:
    """Words on the wrong side of the blank between responsible and centre go back, where only one side can be theirs.

    The mark of a role before a centre is the role's; `P.O. AFF.GEN. SOCIALI` beside `DIREZIONE SERVIZI` gives the
    centre its last word back, where the header prints DIREZIONE SERVIZI SOCIALI.
    """
    centre = [w for span in row.get("responsibility_centre", []) for w in word_spans(context.document.text, span)]
    if len(centre) > 1 and row.get("responsible") and context.text(centre[0]) in context.profile.names.role_marks:
        row = {**row, "responsible": sorted([*row["responsible"], centre[0]]), "responsibility_centre": centre[1:]}
    printed = text_of(context, row.get("responsibility_centre", [])).split()
    words = [w for span in row.get("responsible", []) for w in word_spans(context.document.text, span)]
    for unit in context.units if printed else ():
        rest = unit.split()[len(printed) :]
        ends = [context.text(word) for word in words[-len(rest) :]] if rest else []
        if ends and unit.split()[: len(printed)] == printed and ends == rest and len(words) > len(rest):
            centre = [*row["responsibility_centre"], *words[-len(rest) :]]
            return {**row, "responsible": words[: -len(rest)], "responsibility_centre": centre}
    return row


def _with_names_apart(context: Context, lines: Sequence[int], rows: Sequence[Pieces]) -> list[Pieces]:
    """Offices that a sheared line put under the responsible's label, or one blank behind the responsible.

    They begin with the word of an office; the centre's further lines begin at the same place as the first.
    """
    apart: list[Pieces] = []
    edge, below = 0.0, 0
    for row, index in zip(rows, lines, strict=True):
        below -= 1
        if not row.get("responsibility_centre"):
            words = [word for span in row.get("responsible", []) for word in word_spans(context.document.text, span)]
            place = office_at(context, words)
            if place is None and below > 0:
                place = next(
                    (n for n, w in enumerate(words) if abs(_x(context, index, w[0]) - edge) <= SAME_EDGE), None
                )
            elif place is not None:
                edge, below = _x(context, index, words[place][0]), LONGEST_CENTRE
            if place is not None:
                row = {**row, "responsible": words[:place], "responsibility_centre": words[place:]}
        apart.append({name: spans for name, spans in row.items() if spans})
    return apart


def around_dates(context: Context, table: Table) -> list[Pieces]:
    """Each line's words by column, the dates being the surest mark: left of them the description and the weight.

    A converter that pads with blanks shears columns; dates and weights are known by their form wherever they stand.
    Columns in another order are known by their places alone.
    """
    if not table.head.stands_in(PHASE_ORDER):
        return read_columns(context.document, table)
    numbers = {index: _numbers_in(context, table.head, index) for index in table.lines}
    edge = min((_x(context, i, spans[0][0]) for i, row in numbers.items() for spans in row.values()), default=0)

    def not_left(index: int) -> list[Span]:
        placed = [span for spans in numbers[index].values() for span in spans]
        return [*placed, *_words_left(context, index, numbers[index], edge)]

    def not_right(index: int) -> list[Span]:
        left = set(_words_left(context, index, numbers[index], edge))
        return [word for word in _words_of(context, index) if word not in left]

    behind = [name for name in table.head.names if name not in ("description", "weight", "start_date", "end_date")]
    before = read_columns(context.document, table, not_right, ["description"])
    after = read_columns(context.document, table, not_left, behind)
    rows = [merged([one, other]) for one, other in zip(before, after, strict=True)]
    rows = _with_names_apart(context, table.lines, rows)
    return [{**row, **numbers[index]} for row, index in zip(rows, table.lines, strict=True)]


def _numbers_in(context: Context, head: Head, index: int) -> Pieces:
    """Weight, begin and end on a line: two dates side by side, a number with decimals or a percent sign before them."""
    line = context.line(index)
    dates = [match.span() for match in DATE.finditer(context.document.text, line.start, line.end)]
    pair = next((p for p in pairwise(dates) if not context.text((p[0][1], p[1][0])).strip()), None)
    if pair is None:
        return {}
    numbers: Pieces = {"start_date": [pair[0]], "end_date": [pair[1]]}
    before = (line.start, pair[0][0])
    match = WEIGHT_BEFORE.search(context.text(before)) if "weight" in head.names else None
    if match and (any(mark in match[1] for mark in ",.%") or context.text(before)[: match.start(1)].endswith("  ")):
        numbers["weight"] = [(before[0] + match.start(1), before[0] + match.start(1) + len(match[1].rstrip()))]
    elif after := WEIGHT_AFTER.match(context.text((pair[1][1], line.end))) if "weight" in head.names else None:
        numbers["weight"] = [(pair[1][1] + after.start(1), pair[1][1] + after.end(1))]
    return numbers


def _x(context: Context, index: int, position: int) -> float:
    cell = next(cell for cell in context.line(index).cells if cell.start <= position <= cell.end)
    return cell.x0 + position - cell.start


def _words_of(context: Context, index: int) -> list[Span]:
    return [
        word for cell in context.line(index).cells for word in word_spans(context.document.text, (cell.start, cell.end))
    ]


def _words_left(context: Context, index: int, numbers: Pieces, edge: float) -> list[Span]:
    """The words left of a line's dates and weight; on a line without these, the cells that begin left of the edge."""
    if numbers:
        first = min(spans[0][0] for spans in numbers.values())
        return [word for word in _words_of(context, index) if word[0] < first]
    left = [cell for cell in context.line(index).cells if cell.x0 < edge]
    return [word for cell in left for word in word_spans(context.document.text, (cell.start, cell.end))]
