"""The indicators: what is measured, type, expected value; a table with or without borders, columns torn off or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pegextract.document import Columns, Span
from pegextract.layouts.context import Context
from pegextract.layouts.draft import Row
from pegextract.layouts.exact import with_exact_cells
from pegextract.layouts.grouping import TableLine, group_rows
from pegextract.layouts.pieces import Pieces, text_of
from pegextract.layouts.profile import LONG
from pegextract.layouts.records import rows_of_records
from pegextract.layouts.sections import is_column_head
from pegextract.layouts.stream import doubt_broken_table, doubt_order, doubt_uneven_table, indicator_rows, is_stream
from pegextract.layouts.tables import TORN, Head, Table, cell_spans, parted, read_columns, read_table, roles_in
from pegextract.layouts.words import trimmed
from pegextract.values.characters import confusable
from pegextract.values.lookalikes import one_letter_off
from pegextract.values.reading import Reading
from pegextract.values.targets import parse_target

TABLE = "indicators"
_ORDER = ("description", "indicator_type", "target")
MOST_TARGET_WORDS = 6
REST_ABOVE = 1.0
"""Cost of cutting a target in words in two."""
MOST_TARGET_LINES = 3
"""Lines that a target in words takes below its type."""
_TYPE_SHAPE = re.compile(r"(?<![\w/'’-])[A-Z][A-Z|10]{4,}(?:['’](?!\w))?(?![\w/'’-])")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_BARE_NUMBER = re.compile(r"(?:[Nn][.°]? ?)?[0-9][0-9.,]*")


def read_indicators(context: Context, lines: Sequence[int]) -> list[Row]:
    """The rows of an INDICATORI section, its label already taken off."""
    if is_stream(context, TABLE, lines) and (shuffled := indicator_rows(context, lines)):
        return [_row(context, row, number) for number, row in enumerate(shuffled, 1)]
    if records := rows_of_records(context, TABLE, lines):
        return [_row(context, row, number) for number, row in enumerate(records, 1)]
    kept, torn = _torn_columns(context, lines)
    table = with_exact_cells(context, read_table(context.document, context.profile, context.ledger, TABLE, kept))
    rows = [row for stretch in parted(context.document, table) for row in _rows(context, stretch)]
    _attach_torn(context, rows, torn)
    return [_row(context, row, number) for number, row in enumerate(rows, 1)]


def _row(context: Context, pieces: Pieces, number: int) -> Row:
    if torn := pieces.pop(TORN, []):
        message = "the table has no borders; these words may be of two columns"
        for name in ("description", "indicator_type", "target_raw"):
            context.doubt("columns_uncertain", message, TABLE, number, name, torn)
    if unsure := pieces.pop("_unsure", []):
        message = "no type parts the description of this indicator from its expected value: it may hold both"
        context.doubt("columns_uncertain", message, TABLE, number, "description", unsure)
    return {
        name: context.field(spans, f"indicator_{name}") for name, spans in pieces.items() if spans and name != "other"
    }


def _rows(context: Context, table: Table) -> list[Pieces]:
    head, lines = table.head, table.lines
    if not lines:
        return []
    kinds = [context.line(i).columns for i in lines]
    doubt_uneven_table(context, TABLE, head, lines)
    doubt_order(context, TABLE, head, lines, _ORDER)
    if head.columns is Columns.SEPARATORS and kinds.count(Columns.SEPARATORS) * 2 >= len(kinds):
        return _separated_rows(context, head, lines)
    if head.columns is Columns.POSITIONS and Columns.SEPARATORS not in kinds:
        return _positioned_rows(context, table)
    doubt_broken_table(context, TABLE, lines)
    return _text_rows(context, lines)


# --- columns torn off -----------------------------------------------------------------------------------------------


def _torn_columns(context: Context, lines: Sequence[int]) -> tuple[list[int], dict[str, list[list[Span]]]]:
    """Columns that a converter printed after the table: a label of their own, then one value per row.

    Labels that begin with that of the description are the table's head, on the next page perhaps.
    """
    torn: dict[str, list[list[Span]]] = {}
    kept: list[int] = []
    column: str | None = None
    heading = True
    for index in lines:
        text = context.line_text(index)
        labels = roles_in(context.profile, TABLE, text)
        begins = labels[:1] == ["description"] and is_column_head(context.profile, TABLE, text)
        heading = begins or (heading and is_column_head(context.profile, TABLE, text))
        column = None if heading else column
        names = [] if heading else labels
        if names and names[0] != "description":
            column = names[0]
            torn[column] = []
            context.label(index)
        elif column and not is_column_head(context.profile, TABLE, text):
            torn[column].append([(c.start, c.end) for c in context.line(index).cells if c.end > c.start])
        else:
            kept.append(index)
    return kept, torn


def _attach_torn(context: Context, rows: list[Pieces], torn: dict[str, list[list[Span]]]) -> None:
    """Pair a torn-off column with the rows, one by one; counts that differ are left unread, with a finding."""
    for name, values in torn.items():
        open_rows = [row for row in rows if not row.get(name)]
        if len(values) == len(open_rows):
            for row, spans in zip(open_rows, values, strict=True):
                row[name] = spans
        elif values:
            message = (
                f"{len(values)} values stand below their label after the table, for {len(rows)} rows: none was assigned"
            )
            context.doubt("column_torn_off", message, TABLE, None, name, [span for spans in values for span in spans])


# --- borders --------------------------------------------------------------------------------------------------------


def _separated_rows(context: Context, head: Head, lines: Sequence[int]) -> list[Pieces]:
    rows: list[Pieces] = []
    for index in context.without_text_below(lines, TABLE):
        row: Pieces = {}
        line = context.line(index)
        for number, cell in enumerate(line.cells):
            name = "description" if line.columns is Columns.NONE else head.column_of(number)
            if spans := cell_spans(cell):
                row.setdefault(name, []).extend(spans)
        if (
            rows
            and not row.get("indicator_type")
            and not row.get("target")
            and _is_rest(context, row, rows[-1], line.columns)
        ) or (rows and not row.get("description")):
            for name, spans in row.items():
                rows[-1].setdefault(name, []).extend(spans)
        else:
            rows.append(row)
    return rows


def _is_rest(context: Context, row: Pieces, above: Pieces, columns: Columns) -> bool:
    """A row with nothing but words that go on in mid-sentence."""
    description = row.get("description", [])
    if columns is Columns.NONE or not above.get("description"):
        return True
    return bool(description) and context.text(description[0])[:1].islower()


def _positioned_rows(context: Context, table: Table) -> list[Pieces]:
    lines = table.lines
    in_place = _with_type_in_place if table.head.stands_in(_ORDER) else _with_type_at_end
    columns = [
        in_place(context, pieces, index)
        for pieces, index in zip(read_columns(context.document, table), lines, strict=True)
    ]
    printed = [
        TableLine(
            text_of(context, pieces.get("description", [])),
            context.line(i).gap,
            bool(pieces.get("indicator_type")),
        )
        for pieces, i in zip(columns, lines, strict=True)
    ]
    printed = [
        line._replace(anchor=line.anchor or _is_value(text_of(context, pieces.get("target", []))))
        for line, pieces in zip(printed, columns, strict=True)
    ]
    rows = []
    grouping = group_rows(printed, lambda start, _anchor, _end: _cost_of_rest(context, columns[start]))
    for number, (start, end) in enumerate(grouping.rows):
        row: Pieces = {}
        for pieces in columns[start:end]:
            for name, spans in pieces.items():
                row.setdefault(name, []).extend(spans)
        if number in grouping.uncertain:
            row.setdefault(TORN, []).extend(row.get("description", []))
        rows.append(row)
    return rows


def _cost_of_rest(context: Context, first: Pieces) -> float:
    """What it costs that a row begins with words in small letters in the target's column: the row above goes on."""
    target = text_of(context, first.get("target", []))
    return REST_ABOVE if target[:1].islower() and not first.get("description") else 0.0


def _with_type_in_place(context: Context, pieces: Pieces, index: int) -> Pieces:
    """A type of the vocabulary parts a line surely, also where a long line pushed the columns aside."""
    found = _type_in(context, index, known_only=True)
    if found is None:
        return pieces
    line = context.line(index)
    return {
        "description": _parts(context, index, (line.start, found[0])),
        "indicator_type": [found],
        "target": _parts(context, index, (found[1], line.end)),
    }


def _with_type_at_end(context: Context, pieces: Pieces, index: int) -> Pieces:
    """The same where the type is the last column: a wide blank parts the description from the target before it."""
    found = _type_in(context, index, known_only=True)
    cells = [] if found is None else [cell for cell in context.line(index).cells if cell.end <= found[0]]
    if found is None or not cells or found[1] < context.line(index).end:
        return pieces
    target = cell_spans(cells.pop()) if len(cells) > 1 else []
    return {
        "description": [span for cell in cells for span in cell_spans(cell)],
        "indicator_type": [found],
        "target": target,
    }


# --- running text ---------------------------------------------------------------------------------------------------


class _TextLine(NamedTuple):
    """A line without borders: words before the type, the type, words behind it.

    bare: it begins a row that prints neither a type nor anything known to be an expected value · guessed: its target
    is a number that stands alone, and only its place says so.
    """

    number: int
    description: list[Span]
    type: list[Span]
    target: list[Span]
    bare: bool = False
    guessed: bool = False

    @property
    def anchors(self) -> bool:
        """Whether it shows that there is a row."""
        return bool(self.type or self.target or self.bare)


def _text_rows(context: Context, lines: Sequence[int]) -> list[Pieces]:
    """Rows of a table whose columns are lost: the type, a word of a short list in capitals, anchors each."""
    read = _with_targets_below(context, [_text_line(context, index) for index in lines])
    read = _with_untyped_rows(context, _with_wrapped_targets(context, read))
    read = _with_bare_rows(context, _without_text_below(context, read))
    table = [
        TableLine(
            text_of(context, line.description),
            context.line(line.number).gap,
            line.anchors,
        )
        for line in read
    ]
    rows: list[Pieces] = []
    for start, end in group_rows(table).rows:
        group = read[start:end]
        rows.append(
            {
                "description": [span for line in group for span in line.description],
                "indicator_type": [span for line in group for span in line.type],
                "target": [span for line in group for span in line.target],
                "_unsure": [
                    span
                    for n, line in enumerate(group)
                    if line.bare or line.guessed or (n and _may_be_targets(context, group[n - 1], line))
                    for span in (*line.description, *line.target)
                ],
            }
        )
    return rows


def _may_be_targets(context: Context, above: _TextLine, line: _TextLine) -> bool:
    """Whether words in small letters below a target in words may be its rest, or that of the description beside it."""
    printed = text_of(context, above.target)
    begins_small = bool(line.description) and context.text(line.description[0])[:1].islower()
    return bool(printed) and bool(above.description) and begins_small and not _is_value(printed)


def _with_bare_rows(context: Context, lines: list[_TextLine]) -> list[_TextLine]:
    """Where blank lines part the rows, one type or value in each, a paragraph without either is a row as well."""
    starts = [n for n, line in enumerate(lines) if n == 0 or context.line(line.number).gap]
    blocks = [lines[a:b] for a, b in pairwise([*starts, len(lines)])]
    anchors = [sum(line.anchors for line in block) for block in blocks]
    whole = all(_capital(context, block[0]) for block in blocks)
    if not whole or max(anchors, default=0) > 1 or sum(anchors) < max(1, anchors.count(0)):
        return lines
    bare = {start for start, count in zip(starts, anchors, strict=True) if not count}
    return [line._replace(bare=n in bare) for n, line in enumerate(lines)]


def _without_text_below(context: Context, lines: list[_TextLine]) -> list[_TextLine]:
    """A row that is complete ends the table where a blank line follows it: text further below is left unread."""
    last = next((n for n in range(len(lines) - 1, -1, -1) if lines[n].type or lines[n].target), None)
    if last is None or not lines[last].target:
        return lines
    below = [n for n in range(last + 1, len(lines)) if context.line(lines[n].number).gap]
    if not below:
        return lines
    context.leave([line.number for line in lines[below[0] :]], TABLE)
    return lines[: below[0]]


def _text_line(context: Context, index: int) -> _TextLine:
    found = _type_in(context, index)
    line = context.line(index)
    if found is None:
        return _TextLine(index, _parts(context, index, (line.start, line.end)), [], [])
    return _TextLine(
        index,
        _parts(context, index, (line.start, found[0])),
        [found],
        _parts(context, index, (found[1], line.end)),
    )


def _parts(context: Context, index: int, span: Span) -> list[Span]:
    spans = [(max(cell.start, span[0]), min(cell.end, span[1])) for cell in context.line(index).cells]
    return [t for s in spans if s[1] > s[0] and (t := trimmed(context.document.text, s))[1] > t[0]]


def _type_in(context: Context, index: int, *, known_only: bool = False) -> Span | None:
    """The last word of the line that is a type: one of the vocabulary, or capitals right before an expected value."""
    line = context.line(index)
    known = {confusable(term) for term in context.profile.vocabulary.indicator_type}
    unknown: Span | None = None
    for match in reversed([*_TYPE_SHAPE.finditer(context.document.text, line.start, line.end)]):
        if confusable(match[0]) in known or (len(match[0]) >= LONG and one_letter_off(match[0], known)):
            return match.span()
        rest = context.text((match.end(), line.end)).strip()
        if unknown is None and not known_only and rest and _is_value(rest):
            unknown = match.span()
    return unknown


def _is_value(text: str) -> bool:
    return isinstance(parse_target(text, year=2000), Reading)


def _with_targets_below(context: Context, lines: list[_TextLine]) -> list[_TextLine]:
    """Where each cell has lines of its own, the target stands below its type, and goes on in small letters.

    One line alone between two types is the description of the second: the first has no target.
    """
    types = [n for n, line in enumerate(lines) if line.type]
    if not types or any(lines[n].description or lines[n].target for n in types):
        return lines
    read = list(lines)
    for n, end in zip(types, [*types[1:], len(lines)], strict=True):
        below = range(n + 1, end)
        last = end == len(lines)
        rest = next((m for m in below[1:] if _capital(context, lines[m])), end)
        taken = below[: rest - n - 1] if last or rest < end else ()
        if len(taken) <= MOST_TARGET_LINES and not any(context.line(lines[m].number).gap for m in taken[1:]):
            read[n] = read[n]._replace(target=[span for m in taken for span in lines[m].description])
            for m in taken:
                read[m] = read[m]._replace(description=[])
    return read


def _with_wrapped_targets(context: Context, lines: list[_TextLine]) -> list[_TextLine]:
    """A target that wraps, or stands alone on the line below its type, is taken out of the lines that follow."""
    read = list(lines)
    for n, line in enumerate(read[:-1]):
        if not line.type or read[n + 1].type:
            continue
        printed = text_of(context, line.target)
        if printed and _is_value(printed) and not _is_its_year(context, printed, read[n + 1]):
            continue
        rest = _target_rest(context, printed, read[n + 1])
        if rest:
            following = read[n + 1]
            read[n] = line._replace(target=[*line.target, rest])
            read[n + 1] = following._replace(description=_before(following.description, rest[0]))
        elif line.target and not line.description:
            for m in _words_below(context, read, n):
                read[n] = read[n]._replace(target=[*read[n].target, *read[m].description])
                read[m] = read[m]._replace(description=[])
    return read


def _words_below(context: Context, lines: Sequence[_TextLine], n: int) -> list[int]:
    """The lines in small letters below a type and words that are no value: a target in words, printed cell by cell.

    Such a table has nothing else there; the next row begins with a capital.
    """
    found = []
    for m in range(n + 1, min(n + 1 + MOST_TARGET_LINES, len(lines))):
        line = lines[m]
        if line.type or context.line(line.number).gap or not line.description or _capital(context, line):
            break
        if not context.text(line.description[0])[:1].islower():
            return []
        found.append(m)
    after = n + 1 + len(found)
    return found if after == len(lines) or _capital(context, lines[after]) else []


def _is_its_year(context: Context, printed: str, line: _TextLine) -> bool:
    """A line that is nothing but a year, below a date that ends in its month: "entro il 15 Settembre / 2019"."""
    text = text_of(context, line.description)
    return _YEAR.fullmatch(text) is not None and printed[-1:].isalpha() and _is_value(f"{printed} {text}")


def _with_untyped_rows(context: Context, lines: list[_TextLine]) -> list[_TextLine]:
    """A line that begins a row and prints an expected value, but no type: a row whose type is empty.

    Between blank lines any value will do; elsewhere only what can be nothing but an expected value.
    """
    read = list(lines)
    for n, line in enumerate(lines):
        if line.type or not line.description:
            continue
        if n and not lines[n - 1].type and _is_nothing_but_a_target(context, lines[n:]):
            read[n] = line._replace(description=[], target=line.description)
            continue
        if n and not lines[n - 1].type and not read[n - 1].target and _ends_the_table(context, lines, n):
            read[n] = line._replace(description=[], target=line.description, guessed=True)
            continue
        gap = n == 0 or context.line(line.number).gap > 0
        begins = gap or bool(lines[n - 1].type or read[n - 1].target)
        block = _block(context, lines, n)
        ends = len(block) == 1 or _capital(context, lines[n + 1])
        alone = (gap and block[-1] + 1 == len(lines)) or (gap and context.line(lines[block[-1] + 1].number).gap > 0)
        text = context.text(line.description[-1])
        alone = alone and not any(lines[m].type for m in block)
        if not (begins and text[:1].isupper() and (ends or alone)):
            continue
        for m in (n, block[-1]) if alone else (n,):
            if parted := _with_value_apart(context, lines[m], bare=alone):
                read[m] = parted
                break
    return read


def _is_nothing_but_a_target(context: Context, lines: Sequence[_TextLine]) -> bool:
    """A line that prints an expected value alone, with an operator or a percent sign, before another row."""
    reading = parse_target(text_of(context, lines[0].description), year=2000)
    plain = not isinstance(reading, Reading) or (reading.value.operator == "=" and not reading.value.unit)
    return not plain and (len(lines) == 1 or _capital(context, lines[1]))


def _ends_the_table(context: Context, lines: Sequence[_TextLine], n: int) -> bool:
    """Whether a line that prints nothing but a value is the table's last, below words that no type follows."""
    text = text_of(context, lines[n].description)
    return n + 1 == len(lines) and _is_value(text) and bool(lines[n - 1].description)


def _with_value_apart(context: Context, line: _TextLine, *, bare: bool) -> _TextLine | None:
    """The line with the expected value at its end taken out of the description; None when there is none."""
    if not line.description:
        return None
    first, end = line.description[-1]
    start = _value_at_end(context.text((first, end)), bare=bare)
    if start is None:
        return None
    return line._replace(description=_before(line.description, first + start), target=[(first + start, end)])


def _block(context: Context, lines: Sequence[_TextLine], n: int) -> range:
    """The lines from n to the next blank one."""
    end = n + 1
    while end < len(lines) and not context.line(lines[end].number).gap:
        end += 1
    return range(n, end)


def _value_at_end(text: str, *, bare: bool) -> int | None:
    """Where the longest run of words begins that ends the text and is an expected value; bare: a lone number is one."""
    words = [*re.finditer(r"\S+", text)][-MOST_TARGET_WORDS:]
    for word in words:
        value = text[word.start() :]
        if word.start() and _is_value(value) and (bare or not _BARE_NUMBER.fullmatch(value)):
            return word.start()
    return None


def _capital(context: Context, line: _TextLine) -> bool:
    return bool(line.description) and context.text(line.description[0])[:1].isupper()


def _target_rest(context: Context, printed: str, line: _TextLine) -> Span | None:
    """The words at the end of the line below that complete the target to one value."""
    if not line.description:
        return None
    start, end = line.description[0][0], line.description[-1][1]
    words = [*re.finditer(r"\S+", context.text((start, end)))][-MOST_TARGET_WORDS:]
    for word in words:
        rest = (start + word.start(), end)
        if (printed or rest[0] == start) and _is_value(f"{printed} {context.text(rest)}".strip()):
            return rest
    return None


def _before(spans: Sequence[Span], end: int) -> list[Span]:
    return [(a, min(b, end)) for a, b in spans if a < end and min(b, end) > a]
