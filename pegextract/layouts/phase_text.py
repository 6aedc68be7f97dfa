"""A table of phases as running text: dates anchor the rows, capitals are people, what is left is prose."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pegextract.document import Span
from pegextract.layouts.context import Context
from pegextract.layouts.fitness import is_dangling
from pegextract.layouts.grouping import TableLine, group_rows
from pegextract.layouts.people import People, split_people
from pegextract.layouts.phase_numbers import DATE, ONLY_NUMBERS, WEIGHT_AFTER, WEIGHT_BEFORE
from pegextract.layouts.pieces import Pieces, merged, text_of
from pegextract.layouts.tables import Head
from pegextract.layouts.words import capitals_at_beginning, capitals_at_end, trimmed

AS_GOOD = 0.8
"""Two readings of a table whose costs differ by less are both possible: where they differ, a finding says so."""
NOTES_ARE_RARE = 1.0
"""What a note costs in a reading: small letters behind names are rather the next row's description."""


class _TextLine(NamedTuple):
    """A line without borders: words of the description, dates and weight, words behind them.

    mixed: `behind` is a run of capitals at the end of prose: names of the next columns, or an acronym of the prose.
    """

    number: int
    description: list[Span]
    numbers: Pieces
    behind: list[Span]
    mixed: bool = False


def rows_of_text(context: Context, head: Head, lines: Sequence[int], *, descriptions: bool) -> list[Pieces]:
    """Rows of a table whose columns are lost: dates anchor them, capitals and known names tell people from prose.

    A converter prints such a table cell by cell or line by line across the cells; the reading that costs less holds.
    """
    read = _text_lines(context, head, lines, descriptions)
    if not descriptions or not any(line.numbers for line in read):
        return [] if descriptions else [_assembled(context, head, read)]
    best, other = sorted((_cell_by_cell(context, head, read), _across(context, head, read)), key=lambda r: r.cost)
    for number in best.uncertain:
        best.rows[number]["_torn"] = [*best.rows[number].get("description", [])]
    if other.cost - best.cost < AS_GOOD:
        for row, rival in zip(best.rows, other.rows, strict=True):
            if not _same(row, rival):
                row["_torn"] = [*row.get("description", [])]
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
    """The rows of a table by one way of reading it, the cost of that reading, and rows that it is not sure of."""

    cost: float
    rows: list[Pieces]
    uncertain: frozenset[int]


def _across(context: Context, head: Head, lines: Sequence[_TextLine]) -> _Reading:
    """Every printed line holds a piece of each column."""
    table = [
        TableLine(text_of(context, line.description), context.line(line.number).gap, bool(line.numbers))
        for line in lines
    ]

    @cache  # every alignment of the rows asks again
    def misfit(start: int, end: int) -> float:
        return -_reading_of_capitals(context, head, lines[start:end])[0]

    grouping = group_rows(table, lambda start, _anchor, end: misfit(start, end))
    rows = [_assembled(context, head, lines[start:end]) for start, end in grouping.rows]
    return _Reading(grouping.cost, rows, grouping.uncertain)


def _cell_by_cell(context: Context, head: Head, lines: Sequence[_TextLine]) -> _Reading:
    """All of the description stands before the dates, all of the other cells behind them."""
    whole = [line if line.numbers else _as_prose(line) for line in lines]
    table = [
        TableLine(text_of(context, line.description), context.line(line.number).gap, bool(line.numbers))
        for line in whole
    ]

    def row(start: int, anchor: int, end: int) -> list[_TextLine]:
        return [*whole[start : anchor + 1], *(_as_names(line) for line in whole[anchor + 1 : end])]

    @cache
    def misfit(start: int, anchor: int, end: int) -> float:
        lines = row(start, anchor, end)
        behind, notes = _without_notes(context, head, _behind(lines))
        return _cost_of_notes(context, lines, notes) - split_people(context, behind, woven=False).score

    grouping = group_rows(table, misfit, text_ends_at_anchor=True)
    anchors = [n for n, line in enumerate(whole) if line.numbers]
    rows = [row(start, anchor, end) for (start, end), anchor in zip(grouping.rows, anchors, strict=True)]
    assembled = [_assembled(context, head, lines, woven=False) for lines in rows]
    return _Reading(grouping.cost, assembled, grouping.uncertain)


def _cost_of_notes(context: Context, row: Sequence[_TextLine], notes: Sequence[Span]) -> float:
    """Notes begin beside the names; further lines below a description in mid-phrase may be its rest."""
    if not notes:
        return 0.0
    cost = 0.5 * (len(notes) - 1)
    if any(line.behind and line.behind[0][0] == notes[0][0] for line in row):
        description = text_of(context, [span for line in row for span in line.description])
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
            read.append(_lone_date(context, index) or _unanchored(context, head, index, descriptions))
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
        for match in DATE.finditer(context.document.text, context.line(index).start, context.line(index).end)
    ]
    pairs: dict[int, _Pair] = {}
    paired = -1
    for place, ((number, start), (following, end)) in enumerate(pairwise(dates)):
        near = following == number or (following == number + 1 and context.line(lines[following]).gap == 0)
        blank = not context.text((start[1], end[0])).strip(" |\t\n\f")
        alone = following != number and ONLY_NUMBERS.fullmatch(context.line_text(lines[number]))
        if place > paired and near and blank and not alone and number not in pairs:
            pairs[number] = _Pair(start, end, following)
            paired = place
    return pairs


def _anchored(context: Context, head: Head, index: int, pair: _Pair, last_index: int) -> _TextLine:
    first, last = context.line(index), context.line(last_index)
    numbers: Pieces = {"start_date": [pair.start], "end_date": [pair.end]}
    before, behind = (first.start, pair.start[0]), (pair.end[1], last.end)
    if "weight" in head.names or not head.names:
        if match := WEIGHT_BEFORE.search(context.text(before)):
            numbers["weight"] = [(before[0] + match.start(1), before[0] + match.start(1) + len(match[1].rstrip()))]
            before = (before[0], before[0] + match.start())
        elif match := WEIGHT_AFTER.match(context.text(behind)):
            numbers["weight"] = [(behind[0] + match.start(1), behind[0] + match.end(1))]
            behind = (behind[0] + match.end(), behind[1])
    return _TextLine(index, _cells_in(context, index, before), numbers, _cells_in(context, last_index, behind))


def _with_weight_above(context: Context, above: _TextLine, line: _TextLine) -> tuple[_TextLine, _TextLine]:
    """A weight at the end of the line above dates that begin their line: the page's width broke between them."""
    if not above.description or above.behind or context.line(line.number).gap:
        return above, line
    start, end = above.description[-1]
    match = WEIGHT_BEFORE.search(context.text((start, end)))
    if not match or not any(mark in match[1] for mark in ",.%"):
        return above, line
    weight = (start + match.start(1), start + match.end(1))
    kept = trimmed(context.document.text, (start, start + match.start()))
    description = [*above.description[:-1], *([kept] if kept[1] > kept[0] else [])]
    return above._replace(description=description), line._replace(numbers={**line.numbers, "weight": [weight]})


def _lone_date(context: Context, index: int) -> _TextLine | None:
    """A date on a line of its own; the other one stands on another line."""
    match = DATE.search(context.line_text(index))
    if not match or not ONLY_NUMBERS.fullmatch(context.line_text(index)):
        return None
    start = context.line(index).start
    return _TextLine(index, [], {"date": [(start + match.start(), start + match.end())]}, [])


def _unanchored(context: Context, head: Head, index: int, descriptions: bool) -> _TextLine:
    line = context.line(index)
    text = context.line_text(index)
    if not descriptions:
        if "weight" in head.names and WEIGHT_BEFORE.fullmatch(text):
            return _TextLine(index, [], {"weight": [(line.start, line.end)]}, [])
        return _TextLine(index, [], {}, _cells_in(context, index, (line.start, line.end)))
    if WEIGHT_BEFORE.fullmatch(text):
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
    both = merged([one, other])
    dates = both.pop("date", [])
    if len(dates) == 1 and "start_date" not in both:
        return {**both, "date": dates}
    return {**both, "start_date": dates[:1], "end_date": dates[1:2]} if dates else both


def _assembled(context: Context, head: Head, lines: Sequence[_TextLine], *, woven: bool = True) -> Pieces:
    _, lines, torn = _reading_of_capitals(context, head, lines)
    row = merged([line.numbers for line in lines])
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
