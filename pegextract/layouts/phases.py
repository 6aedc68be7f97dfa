"""The phases: a block for each (FASE, a line of labels, a line of values, Note) or a table, with or without borders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pegextract.document import Columns, Span
from pegextract.layouts.context import Context
from pegextract.layouts.draft import Row
from pegextract.layouts.fitness import is_dangling
from pegextract.layouts.grouping import TableLine, group_rows
from pegextract.layouts.header import word_spans
from pegextract.layouts.ledger import Claim
from pegextract.layouts.people import People, names_fit, office_at, split_people
from pegextract.layouts.profile import label_key, reads_as
from pegextract.layouts.sections import is_block_head, is_column_head
from pegextract.layouts.stream import doubt_broken_table, is_stream, phase_rows
from pegextract.layouts.tables import Head, Table, cell_spans, read_columns, read_head, read_table
from pegextract.layouts.words import capitals_at_beginning, capitals_at_end, trimmed
from pegextract.values.dates import DATE_PATTERN

TABLE = "phases"
_DATE = re.compile(DATE_PATTERN)
_WEIGHT_BEFORE = re.compile(r"(?<![\w,./])([0-9OoIl|]{1,3}(?:[.,][0-9OoIl|]{1,4})? ?%?)\s*$")
_WEIGHT_AFTER = re.compile(r"\s*([0-9OoIl|]{1,3}(?:[.,][0-9OoIl|]{1,4}) ?%?|[0-9]{1,3} ?%)(?![\w,./])")
_ONLY_NUMBERS = re.compile(r"[0-9OoIl|.,/%\s-]+")
SAME_EDGE = 3
"""Lines of one cell begin at the same character, give or take the converter's rounding."""
LONGEST_CENTRE = 5
"""Lines in which a wrapped centre must go on after its first one."""
LONGEST_BLOCK_TEXT = 16
"""Lines that the description of a block may take before its labels must come."""
AS_GOOD = 0.8
"""Two readings of a table whose costs differ by less are both possible: where they differ, a finding says so."""
NOTES_ARE_RARE = 1.0
"""What a note costs in a reading: small letters behind names are rather the next row's description."""
Pieces = dict[str, list[Span]]


def read_phases(context: Context, lines: Sequence[int]) -> list[Row]:
    """The rows of a FASI section, its label already taken off."""
    starts = [n for n, index in enumerate(lines) if _opens_block(context, lines, n)]
    if starts:
        return _read_blocks(context, lines, starts)
    if is_stream(context, TABLE, lines) and (shuffled := phase_rows(context, lines)):
        return [_row(context, pieces, number) for number, pieces in enumerate(shuffled, 1)]
    table = read_table(context.document, context.profile, context.ledger, TABLE, lines)
    return [_row(context, pieces, number) for number, pieces in enumerate(_table_rows(context, table), 1)]


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
    values = lines[head_at + head.lines :]
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
    kinds = {context.line(i).columns for i in lines}
    if head.columns is Columns.SEPARATORS and kinds == {Columns.SEPARATORS}:
        return _merged([_separated(context, head, i) for i in lines])
    if head.columns is Columns.POSITIONS and Columns.SEPARATORS not in kinds:
        return _merged(_around_dates(context, Table(head, ((head, tuple(lines)),))))
    rows = _rows_of_text(context, head, lines, descriptions=False)
    return _merged(rows)


def _merged(rows: Sequence[Pieces]) -> Pieces:
    merged: Pieces = {}
    for row in rows:
        for name, spans in row.items():
            merged.setdefault(name, []).extend(spans)
    return merged


# --- tables ---------------------------------------------------------------------------------------------------------


def _table_rows(context: Context, table: Table) -> list[Pieces]:
    head, lines = table.head, table.lines
    if not lines:
        return []
    if head.columns is Columns.SEPARATORS and _dates_in_their_cells(context, head, lines):
        return _separated_rows(context, head, lines)
    if head.columns is Columns.POSITIONS and all(context.line(i).columns is not Columns.SEPARATORS for i in lines):
        return _positioned_rows(context, table)
    doubt_broken_table(context, TABLE, lines)
    return _rows_of_text(context, head, lines, descriptions=True)


def _dates_in_their_cells(context: Context, head: Head, lines: Sequence[int]) -> bool:
    """Whether the borders hold: lines with two dates have them in the columns of dates."""
    good = bad = 0
    for index in lines:
        if len(_DATE.findall(context.line_text(index))) < 2:
            continue
        line = context.line(index)
        cells = {head.cells.get(n): context.text((c.start, c.end)) for n, c in enumerate(line.cells)}
        fits = line.columns is Columns.SEPARATORS and all(
            _DATE.search(cells.get(name) or "") for name in ("start_date", "end_date")
        )
        good, bad = good + fits, bad + (not fits)
    return good >= bad


def _separated(context: Context, head: Head, index: int) -> Pieces:
    row: Pieces = {}
    for number, cell in enumerate(context.line(index).cells):
        name = head.cells.get(number) or head.cells.get(max((n for n in head.cells if n < number), default=0), "other")
        if spans := cell_spans(cell):
            row.setdefault(name, []).extend(spans)
    return row


def _separated_rows(context: Context, head: Head, lines: Sequence[int]) -> list[Pieces]:
    """One row per line; a line that only goes on with cells of the one above is part of it."""
    rows: list[Pieces] = []
    for index in context.without_text_below(lines, TABLE):
        separated = context.line(index).columns is Columns.SEPARATORS
        row = _separated(context, head, index) if separated else {"description": _filled(context, index)}
        if rows and _is_rest(context, row, rows[-1]):
            rows[-1] = _merged([rows[-1], row])
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
    return len(row) == 1 and context.text(description[0])[:1].islower()


def _positioned_rows(context: Context, table: Table) -> list[Pieces]:
    lines = table.lines
    columns = _around_dates(context, table)
    printed = [
        TableLine(
            _text(context, pieces.get("description", [])),
            context.line(i).gap,
            bool(pieces.get("start_date") or pieces.get("end_date")),
        )
        for pieces, i in zip(columns, lines, strict=True)
    ]

    def misfit(start: int, _anchor: int, end: int) -> float:
        row = _merged(columns[start:end])
        return -names_fit(context, row.get("responsible", []), row.get("responsibility_centre", []))

    grouping = group_rows(printed, misfit)
    return [_merged(columns[start:end]) for start, end in grouping.rows]


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


def _text(context: Context, spans: Sequence[Span]) -> str:
    return " ".join(context.text(span) for span in spans)


def _around_dates(context: Context, table: Table) -> list[Pieces]:
    """Each line's words by column, the dates being the surest mark: left of them the description and the weight.

    A converter that pads with blanks shears columns; dates and weights are known by their form wherever they stand.
    """
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
    rows = [_merged([one, other]) for one, other in zip(before, after, strict=True)]
    rows = _with_names_apart(context, table.lines, rows)
    return [{**row, **numbers[index]} for row, index in zip(rows, table.lines, strict=True)]


def _numbers_in(context: Context, head: Head, index: int) -> Pieces:
    """Weight, begin and end on a line: two dates side by side, a number with decimals or a percent sign before them."""
    line = context.line(index)
    dates = [match.span() for match in _DATE.finditer(context.document.text, line.start, line.end)]
    pair = next((p for p in pairwise(dates) if not context.text((p[0][1], p[1][0])).strip()), None)
    if pair is None:
        return {}
    numbers: Pieces = {"start_date": [pair[0]], "end_date": [pair[1]]}
    before = (line.start, pair[0][0])
    match = _WEIGHT_BEFORE.search(context.text(before)) if "weight" in head.names else None
    if match and (any(mark in match[1] for mark in ",.%") or context.text(before)[: match.start(1)].endswith("  ")):
        numbers["weight"] = [(before[0] + match.start(1), before[0] + match.start(1) + len(match[1].rstrip()))]
    elif after := _WEIGHT_AFTER.match(context.text((pair[1][1], line.end))) if "weight" in head.names else None:
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


# --- running text ---------------------------------------------------------------------------------------------------


class _TextLine(NamedTuple):
    """A line without borders: words of the description, dates and weight, words behind them.

    mixed: `behind` is a run of capitals at the end of prose: names of the next columns, or an acronym of the prose.
    """

    number: int
    description: list[Span]
    numbers: Pieces
    behind: list[Span]
    mixed: bool = False


def _rows_of_text(context: Context, head: Head, lines: Sequence[int], *, descriptions: bool) -> list[Pieces]:
    """Rows of a table whose columns are lost: dates anchor them, capitals and known names tell people from prose.

    A converter prints such a table cell by cell or line by line across the cells; the reading that costs less holds.
    """
    read = _text_lines(context, head, lines, descriptions)
    if not descriptions or not any(line.numbers for line in read):
        return [] if descriptions else [_assembled(context, head, read)]
    best, other = sorted((_cell_by_cell(context, head, read), _across(context, head, read)), key=lambda r: r.cost)
    if other.cost - best.cost < AS_GOOD:
        for row, rival in zip(best.rows, other.rows, strict=True):
            row["_torn"] = [] if _same(row, rival) else [*row.get("description", [])]
    return best.rows


def _same(one: Pieces, other: Pieces) -> bool:
    """Whether two readings give a row the same words in the same fields."""
    return all(
        _covered(one.get(name, [])) == _covered(other.get(name, []))
        for name in ("description", "responsible", "responsibility_centre", "notes")
    )


def _covered(spans: Sequence[Span]) -> tuple[int, int, int]:
    return (spans[0][0], spans[-1][1], sum(end - start for start, end in spans)) if spans else (0, 0, 0)


class _Reading(NamedTuple):
    """The rows of a table by one way of reading it, and the cost of that reading."""

    cost: float
    rows: list[Pieces]


def _across(context: Context, head: Head, lines: Sequence[_TextLine]) -> _Reading:
    """Every printed line holds a piece of each column."""
    table = [
        TableLine(_text(context, line.description), context.line(line.number).gap, bool(line.numbers)) for line in lines
    ]

    def misfit(start: int, _anchor: int, end: int) -> float:
        return -_reading_of_capitals(context, head, lines[start:end])[0]

    grouping = group_rows(table, misfit)
    return _Reading(grouping.cost, [_assembled(context, head, lines[start:end]) for start, end in grouping.rows])


def _cell_by_cell(context: Context, head: Head, lines: Sequence[_TextLine]) -> _Reading:
    """All of the description stands before the dates, all of the other cells behind them."""
    whole = [line if line.numbers else _as_prose(line) for line in lines]
    table = [
        TableLine(_text(context, line.description), context.line(line.number).gap, bool(line.numbers)) for line in whole
    ]

    def row(start: int, anchor: int, end: int) -> list[_TextLine]:
        return [*whole[start : anchor + 1], *(_as_names(line) for line in whole[anchor + 1 : end])]

    def misfit(start: int, anchor: int, end: int) -> float:
        lines = row(start, anchor, end)
        behind, notes = _without_notes(context, head, _behind(lines))
        return _cost_of_notes(context, lines, notes) - split_people(context, behind, woven=False).score

    grouping = group_rows(table, misfit, text_ends_at_anchor=True)
    anchors = [n for n, line in enumerate(whole) if line.numbers]
    rows = [row(start, anchor, end) for (start, end), anchor in zip(grouping.rows, anchors, strict=True)]
    return _Reading(grouping.cost, [_assembled(context, head, lines, woven=False) for lines in rows])


def _cost_of_notes(context: Context, row: Sequence[_TextLine], notes: Sequence[Span]) -> float:
    """Notes begin beside the names; further lines below a description in mid-phrase may be its rest."""
    if not notes:
        return 0.0
    cost = 0.5 * (len(notes) - 1)
    if any(line.behind and line.behind[0][0] == notes[0][0] for line in row):
        description = _text(context, [span for line in row for span in line.description])
        cost += NOTES_ARE_RARE * (2 if context.text(notes[0])[:1].islower() else 1)
        cost += 2.0 if is_dangling(description) else 0.0
    return cost


def _as_names(line: _TextLine) -> _TextLine:
    return line._replace(description=[], behind=[*line.description, *line.behind])


def _reading_of_capitals(
    context: Context, head: Head, lines: Sequence[_TextLine]
) -> tuple[float, list[_TextLine], bool]:
    """Capitals at the end of prose are names or acronyms: what makes better names; True when both are as good."""
    as_names = split_people(context, _without_notes(context, head, _behind(lines))[0]).score
    if not any(line.mixed for line in lines):
        return as_names, list(lines), False
    prose = [_as_prose(line) if line.mixed else line for line in lines]
    as_prose = split_people(context, _without_notes(context, head, _behind(prose))[0]).score
    if as_names > as_prose:
        return as_names, list(lines), as_names - as_prose < 0.3
    return as_prose, prose, as_prose - as_names < 0.3


def _as_prose(line: _TextLine) -> _TextLine:
    spans = [*line.description, *line.behind]
    if not line.behind:
        return line
    return line._replace(description=[(spans[0][0], spans[-1][1])], behind=[], mixed=False)


def _behind(lines: Sequence[_TextLine]) -> list[Span]:
    return [span for line in lines for span in line.behind]


def _text_lines(context: Context, head: Head, lines: Sequence[int], descriptions: bool) -> list[_TextLine]:
    """The zone's lines with dates, weights and the words around them taken apart."""
    pairs = _date_pairs(context, lines)
    read: list[_TextLine] = []
    skip = -1
    for number, index in enumerate(lines):
        if number == skip:
            continue
        pair = pairs.get(number)
        if pair is None:
            read.append(_lone_date(context, index) or _unanchored(context, index, descriptions))
            continue
        skip = pair.last_line
        line = _anchored(context, head, index, pair, lines[pair.last_line])
        if "weight" in head.names and "weight" not in line.numbers and not line.description and read:
            read[-1], line = _with_weight_above(context, read[-1], line)
        read.append(line)
    return _with_numbers_together(context, read)


class _Pair(NamedTuple):
    """Begin and end side by side, or at the end of one line and the beginning of the next."""

    start: Span
    end: Span
    last_line: int


def _date_pairs(context: Context, lines: Sequence[int]) -> dict[int, _Pair]:
    """Pairs of dates by the line that holds the first of them."""
    dates = [
        (number, match.span())
        for number, index in enumerate(lines)
        for match in _DATE.finditer(context.document.text, context.line(index).start, context.line(index).end)
    ]
    pairs: dict[int, _Pair] = {}
    paired = -1
    for place, ((number, start), (following, end)) in enumerate(pairwise(dates)):
        near = following == number or (following == number + 1 and context.line(lines[following]).gap == 0)
        blank = not context.text((start[1], end[0])).strip(" |\t\n\f")
        alone = following != number and _ONLY_NUMBERS.fullmatch(context.line_text(lines[number]))
        if place > paired and near and blank and not alone and number not in pairs:
            pairs[number] = _Pair(start, end, following)
            paired = place
    return pairs


def _anchored(context: Context, head: Head, index: int, pair: _Pair, last_index: int) -> _TextLine:
    first, last = context.line(index), context.line(last_index)
    numbers: Pieces = {"start_date": [pair.start], "end_date": [pair.end]}
    before, behind = (first.start, pair.start[0]), (pair.end[1], last.end)
    if "weight" in head.names or not head.names:
        if match := _WEIGHT_BEFORE.search(context.text(before)):
            numbers["weight"] = [(before[0] + match.start(1), before[0] + match.start(1) + len(match[1].rstrip()))]
            before = (before[0], before[0] + match.start())
        elif match := _WEIGHT_AFTER.match(context.text(behind)):
            numbers["weight"] = [(behind[0] + match.start(1), behind[0] + match.end(1))]
            behind = (behind[0] + match.end(), behind[1])
    return _TextLine(index, _cells_in(context, index, before), numbers, _cells_in(context, last_index, behind))


def _with_weight_above(context: Context, above: _TextLine, line: _TextLine) -> tuple[_TextLine, _TextLine]:
    """A weight at the end of the line above dates that begin their line: the page's width broke between them."""
    if not above.description or above.behind or context.line(line.number).gap:
        return above, line
    start, end = above.description[-1]
    match = _WEIGHT_BEFORE.search(context.text((start, end)))
    if not match or not any(mark in match[1] for mark in ",.%"):
        return above, line
    weight = (start + match.start(1), start + match.end(1))
    kept = trimmed(context.document.text, (start, start + match.start()))
    description = [*above.description[:-1], *([kept] if kept[1] > kept[0] else [])]
    return above._replace(description=description), line._replace(numbers={**line.numbers, "weight": [weight]})


def _lone_date(context: Context, index: int) -> _TextLine | None:
    """A date on a line of its own; the other one stands on another line."""
    match = _DATE.search(context.line_text(index))
    if not match or not _ONLY_NUMBERS.fullmatch(context.line_text(index)):
        return None
    start = context.line(index).start
    return _TextLine(index, [], {"date": [(start + match.start(), start + match.end())]}, [])


def _unanchored(context: Context, index: int, descriptions: bool) -> _TextLine:
    line = context.line(index)
    text = context.line_text(index)
    if not descriptions:
        return _TextLine(index, [], {}, _cells_in(context, index, (line.start, line.end)))
    if _WEIGHT_BEFORE.fullmatch(text):
        return _TextLine(index, [], {"weight": [(line.start, line.end)]}, [])
    cut = capitals_at_end(text)
    return _TextLine(
        index,
        _cells_in(context, index, (line.start, line.start + cut)),
        {},
        _cells_in(context, index, (line.start + cut, line.end)),
        mixed=0 < cut < len(text),
    )


def _cells_in(context: Context, index: int, span: Span) -> list[Span]:
    """The filled stretches of the line's cells inside `span`."""
    spans = [(max(cell.start, span[0]), min(cell.end, span[1])) for cell in context.line(index).cells]
    return [t for s in spans if s[1] > s[0] and (t := trimmed(context.document.text, s))[1] > t[0]]


def _with_numbers_together(context: Context, lines: Sequence[_TextLine]) -> list[_TextLine]:
    """Some converters print weight, begin and end on lines of their own: one anchor all the same."""
    joined: list[_TextLine] = []
    for line in lines:
        above = joined[-1] if joined else None
        if (
            above
            and line.numbers
            and above.numbers
            and not above.behind
            and not line.description
            and _fits_below(above, line)
        ):
            joined[-1] = above._replace(numbers=_numbers(above.numbers, line.numbers), behind=line.behind)
        else:
            joined.append(line)
    return [line._replace(numbers=_numbers(line.numbers, {})) for line in joined]


def _fits_below(above: _TextLine, line: _TextLine) -> bool:
    return not set(above.numbers) & set(line.numbers) - {"date"} and len(above.numbers.get("date", [])) < 2


def _numbers(one: Pieces, other: Pieces) -> Pieces:
    merged = _merged([one, other])
    dates = merged.pop("date", [])
    if len(dates) == 1 and "start_date" not in merged:
        return {**merged, "date": dates}
    return {**merged, "start_date": dates[:1], "end_date": dates[1:2]} if dates else merged


def _assembled(context: Context, head: Head, lines: Sequence[_TextLine], *, woven: bool = True) -> Pieces:
    _, lines, torn = _reading_of_capitals(context, head, lines)
    row = _merged([line.numbers for line in lines])
    if lone := row.pop("date", None):
        row["start_date"] = lone
    behind, notes = _without_notes(context, head, _behind(lines))
    if notes:
        row["notes"] = notes
    people = _people(context, head, behind, woven=woven)
    row["description"] = [span for line in lines for span in line.description]
    row["responsible"], row["responsibility_centre"] = list(people.responsible), list(people.centre)
    if torn or not people.sure:
        row["_unsure"] = [*people.responsible, *people.centre]
    return {name: spans for name, spans in row.items() if spans}


def _without_notes(context: Context, head: Head, pieces: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """Small letters behind names in capitals are the notes, the last column."""
    kept: list[Span] = []
    for number, piece in enumerate(pieces):
        text = context.text(piece)
        cut = capitals_at_beginning(text)
        if cut == len(text) or (not cut and not kept) or ("notes" not in head.names and head.names):
            kept.append(piece)
            continue
        first = (piece[0], piece[0] + len(text[:cut].rstrip()))
        notes = [trimmed(context.document.text, (piece[0] + cut, piece[1])), *pieces[number + 1 :]]
        return [*kept, *([first] if first[1] > first[0] else [])], notes
    return kept, []


def _people(context: Context, head: Head, pieces: Sequence[Span], *, woven: bool) -> People:
    has_centre = "responsibility_centre" in head.names or not head.names
    if not has_centre:
        return People(tuple(pieces), (), 0.0, True)
    return split_people(context, pieces, woven=woven)


# --- rows -----------------------------------------------------------------------------------------------------------


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
        name: context.field(spans, f"phase_{name}", 0.8 if unsure and name.startswith("respons") else 1.0)
        for name, spans in pieces.items()
        if spans and name != "other"
    }
