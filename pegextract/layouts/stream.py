"""Sheets whose cells a converter printed one after the other, each a paragraph of its own, columns and labels shuffled.

The place of a cell is lost then, but not its kind, nor the order within its column: dates, weights, types, amounts,
names and prose are told apart, and the n-th of each kind belongs to the n-th row — where the counts agree. All that is
read so carries a finding, because a cell that is empty on the paper leaves no trace here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pegextract.document import Columns, Span
from pegextract.findings import Finding, Severity
from pegextract.layouts.context import Context
from pegextract.layouts.draft import Draft
from pegextract.layouts.people import split_people
from pegextract.layouts.phase_numbers import DATE, WEIGHT
from pegextract.layouts.pieces import Pieces, text_of
from pegextract.layouts.profile import COLUMN_GROUP, label_key
from pegextract.layouts.sections import is_column_head
from pegextract.layouts.tables import Head, roles_in
from pegextract.layouts.words import capitals_at_end
from pegextract.models import SHEET_TABLES
from pegextract.values.characters import confusable
from pegextract.values.persons import parse_responsible
from pegextract.values.reading import Reading
from pegextract.values.targets import parse_target

FEWEST_LABELS = 2
FEWEST_LABELS_ALONE = 5
SHUFFLED = "reading_order_lost"
MESSAGE = (
    "the converter printed the cells of this sheet one by one and lost their places: values were put together by kind "
    "and order; check them, or convert the document with `pdftotext -layout`"
)
BROKEN = "table_broken"
UNRELIABLE = "converter_unreliable"
SPREADS = 0.2
"""From this share of sheets with lost cells or torn rows on, all sheets of the document are doubted: one converter
printed them."""
_AMOUNT = re.compile(r"-?(?:€ ?)?[0-9][0-9.']*,[0-9]{2}(?: ?€)?")


class Block(NamedTuple):
    """One paragraph: the spans of its lines."""

    spans: tuple[Span, ...]


def doubt_shuffled(context: Context, body: Sequence[int]) -> None:
    """A warning for every table of a sheet whose cells and labels are paragraphs of their own, out of place."""
    alone = sum(context.line(i).columns is Columns.NONE and _is_cell_label(context, i) for i in body)
    apart = sum(1 for i in body if context.line(i).gap)
    if alone >= FEWEST_LABELS_ALONE and apart * 2 >= len(body):
        doubt_all_tables(context, SHUFFLED, MESSAGE)


def doubt_woven(context: Context, body: Sequence[int]) -> None:
    """A warning where lines were printed across columns whose places are lost: `Inizio Fine Centro di`.

    The beginnings of two labels on one line, their ends on another: so do the cells below them come in pieces.
    """
    lines = [i for i in body if context.line(i).columns is Columns.NONE]
    if any(context.profile.is_woven_head(context.line_text(i)) for i in _may_be_heads(context, lines)):
        message = (
            "the converter printed lines across the columns and lost where the columns stand: cells of several lines "
            "were put together by their words; check them, or convert the document with `pdftotext -layout`"
        )
        doubt_all_tables(context, BROKEN, message)


def doubt_glued(context: Context, body: Sequence[int]) -> None:
    """A warning where labels of the form lost the blank between their words: other words may have lost theirs."""
    texts = [context.line_text(i) for i in _may_be_heads(context, body)]
    heads = (
        text for text in texts if any(is_column_head(context.profile, group, text) for group in COLUMN_GROUP.values())
    )
    words = {word for text in heads for word in text.split()}
    glued = sorted(word for word in words if label_key(word) in context.profile.glued_words)
    if glued:
        message = (
            f"the converter lost the blank in «{glued[0]}»: other words may have lost theirs; check names and roles, "
            "or convert the document with `pdftotext -layout`"
        )
        doubt_all_tables(context, BROKEN, message)


def doubt_all_tables(context: Context, code: str, message: str) -> None:
    """A warning for everything that a sheet holds."""
    for table in SHEET_TABLES:
        context.doubt(code, message, table, None, None, [])


def _may_be_heads(context: Context, lines: Sequence[int]) -> Iterator[int]:
    """The lines that begin with a word of a column's label: a cheap first look, because most lines are prose."""
    for index in lines:
        first = context.line_text(index).split(None, 1)
        if first and context.profile.tables_with_word(label_key(first[0])):
            yield index


def doubt_converter(drafts: Sequence[Draft]) -> None:
    """A warning for every table of every sheet where the document's converter lost the cells of many of its tables.

    What it did to the others does not always show: words that went into a neighbour's cell read well there.
    """
    torn = [any(finding.code in (SHUFFLED, BROKEN) for finding in draft.findings) for draft in drafts]
    if not drafts or sum(torn) < SPREADS * len(drafts):
        return
    message = (
        f"the converter lost the cells of tables on {sum(torn)} of {len(drafts)} sheets of this document; the others "
        "may hold wrong values that do not show: check them, or convert the document with `pdftotext -layout`"
    )
    for draft in drafts:
        told = {finding.table for finding in draft.findings if finding.code == SHUFFLED}
        draft.findings += [
            Finding(Severity.WARNING, UNRELIABLE, message, table) for table in SHEET_TABLES if table not in told
        ]


def _is_cell_label(context: Context, index: int) -> bool:
    """Whether a line is nothing but the label of a cell; FASE and Note stand alone on lines of the older form."""
    roles = context.profile.roles_of(context.line_text(index))
    return bool(roles) and not any(role.group in ("section", "head", "block") for role in roles)


def doubt_broken_table(context: Context, table: str, lines: Sequence[int]) -> None:
    """A warning for a table that a converter tore into pieces: some of its lines have borders, others have none."""
    kinds = {context.line(i).columns for i in lines}
    if Columns.SEPARATORS in kinds and len(kinds) > 1:
        message = (
            "only parts of this table have borders in the text: cells were put together by their words; check them"
        )
        context.doubt(BROKEN, message, table, None, None, [])


def doubt_uneven_table(context: Context, table: str, head: Head, lines: Sequence[int]) -> None:
    """A warning for a table with a label that names no column, or a row with words in a cell that has no label."""
    cells = [(context.line(i), context.line(i).cells) for i in lines if head.width]
    wide = [
        (line.start, line.end)
        for line, row in cells
        if line.columns is Columns.SEPARATORS
        and any(cell.end > cell.start for n, cell in enumerate(row) if n not in head.cells)
    ]
    if wide:
        message = (
            "this row has more cells than its table has columns; its words may stand in a neighbour of their field"
        )
        context.doubt("row_too_wide", message, table, None, None, wide[:1])
    if head.unknown:
        message = (
            "this label names no column of the form; the words below it were left unread or put into the column before"
        )
        context.doubt("column_unknown", message, table, None, None, head.unknown)


def doubt_order(context: Context, table: str, head: Head, lines: Sequence[int], order: Sequence[str]) -> None:
    """A warning for columns in another order than the form's that neither borders nor places part.

    Their words are told by places alone, and those say nothing where one cell stands below two labels.
    """
    if head.columns is Columns.SEPARATORS or head.stands_in(order):
        return
    cells = [cell for index in lines for cell in context.line(index).cells]
    below_two = (cell for cell in cells if sum(cell.x0 < x1 and x0 < cell.x1 for x0, x1 in head.extents.values()) > 1)
    if head.columns is Columns.NONE or next(below_two, None):
        message = "the columns stand in another order than the form's, and nothing parts them"
        context.doubt("columns_uncertain", message, table, None, None, [])


def is_stream(context: Context, group: str, lines: Sequence[int]) -> bool:
    """Whether the labels of a table's columns stand apart, each on a line of its own, with cells between them."""
    if any(context.line(i).columns is not Columns.NONE for i in lines):
        return False
    places = [n for n, i in enumerate(lines) if roles_in(context.profile, group, context.line_text(i))]
    if len(places) < FEWEST_LABELS:
        return False
    apart = sum(1 for i in lines if context.line(i).gap) >= 0.5 * len(lines)
    return apart and (places[-1] - places[0] >= len(places) or _labels_have_gaps(context, lines, places))


def _labels_have_gaps(context: Context, lines: Sequence[int], places: Sequence[int]) -> bool:
    return sum(1 for n in places if context.line(lines[n]).gap) > len(places) // 2


def blocks_of(context: Context, lines: Sequence[int]) -> Iterator[Block]:
    """The paragraphs that blank lines part."""
    spans: list[Span] = []
    for index in lines:
        line = context.line(index)
        if line.gap and spans:
            yield Block(tuple(spans))
            spans = []
        spans.append((line.start, line.end))
    if spans:
        yield Block(tuple(spans))


def without_labels(context: Context, group: str, lines: Sequence[int]) -> list[int]:
    """The lines that are cells; labels of columns, also wrapped ones ("Valore / Atteso"), are claimed."""
    kept: list[int] = []
    words = context.profile.column_words.get(group, frozenset())
    for index in lines:
        text = context.line_text(index)
        if roles_in(context.profile, group, text) or all(label_key(word) in words for word in text.split()):
            context.label(index)
        else:
            kept.append(index)
    return kept


# --- indicators -----------------------------------------------------------------------------------------------------


def indicator_rows(context: Context, lines: Sequence[int]) -> list[Pieces] | None:
    """The rows of an indicators section printed as a stream; None when kinds and counts do not make rows."""
    types: list[Span] = []
    targets: list[Span] = []
    prose: list[list[Span]] = []
    known = {confusable(term) for term in context.profile.vocabulary.indicator_type}
    for block in blocks_of(context, without_labels(context, "indicators", lines)):
        rest: list[Span] = []
        for span in block.spans:
            text = context.text(span)
            first = text.split(" ", 1)
            if confusable(first[0]) in known and first[0].isupper():
                types.append((span[0], span[0] + len(first[0])))
                if len(first) > 1:
                    targets.append((span[0] + len(first[0]) + 1, span[1]))
            elif not rest and isinstance(parse_target(text, year=2000), Reading):
                targets.append(span)
            else:
                rest.append(span)
        if rest:
            prose.append(rest)
    if len(types) == len(prose) == len(targets):
        return [
            {"description": text, "indicator_type": [kind], "target": [target]}
            for text, kind, target in zip(prose, types, targets, strict=True)
        ]
    if len(prose) == len(types):
        return [{"description": text, "indicator_type": [kind]} for text, kind in zip(prose, types, strict=True)]
    return None


# --- phases ---------------------------------------------------------------------------------------------------------


class _Atoms(NamedTuple):
    """The cells of a stream of phases, told apart by kind, each kind in printed order."""

    dates: list[Span]
    weights: list[Span]
    names: list[list[Span]]
    prose: list[list[Span]]


def phase_rows(context: Context, lines: Sequence[int]) -> list[Pieces] | None:
    """The rows of a phases section printed as a stream; None when kinds and counts do not make rows."""
    atoms = _Atoms([], [], [], [])
    for block in blocks_of(context, without_labels(context, "phases", lines)):
        words = [span for span in block.spans if not _take_numbers(context, atoms, span)]
        if words:
            capital = all(capitals_at_end(context.text(span)) == 0 for span in words)
            (atoms.names if capital else atoms.prose).append(words)
    count = len(atoms.dates) // 2
    if not count or len(atoms.dates) % 2 or len(atoms.prose) != count:
        return None
    rows: list[Pieces] = [{"description": text} for text in atoms.prose]
    for row, (start, end) in zip(rows, _paired(context, atoms.dates), strict=True):
        row["start_date"], row["end_date"] = [start], [end]
    if len(atoms.weights) == count:
        for row, weight in zip(rows, atoms.weights, strict=True):
            row["weight"] = [weight]
    _give_names(context, rows, atoms.names)
    return rows


def _take_numbers(context: Context, atoms: _Atoms, span: Span) -> bool:
    """Take a line that is nothing but dates and a weight; False for any other."""
    text = context.text(span)
    bare = DATE.sub("", text).strip()
    if bare and not WEIGHT.fullmatch(bare):
        return False
    atoms.dates.extend(match.span() for match in DATE.finditer(context.document.text, *span))
    if bare:
        atoms.weights.append(_within(context, span, bare))
    return True


def _within(context: Context, span: Span, words: str) -> Span:
    start = span[0] + context.text(span).index(words)
    return start, start + len(words)


def _paired(context: Context, spans: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Begin and end of each row: side by side, or all begins before all ends, whichever makes begins come first."""
    half = len(spans) // 2
    beside = list(zip(spans[::2], spans[1::2], strict=True))
    apart = list(zip(spans[:half], spans[half:], strict=True))
    return max((beside, apart), key=lambda pairs: sum(_ordered(context, pair) for pair in pairs))


def _ordered(context: Context, pair: tuple[Span, Span]) -> bool:
    start, end = (context.text(span).split("/")[::-1] for span in pair)
    return start <= end


def _give_names(context: Context, rows: list[Pieces], names: Sequence[Sequence[Span]]) -> None:
    """Responsibles and centres in their order; a paragraph may hold both of a row."""
    responsibles: list[tuple[Span, ...]] = []
    centres: list[tuple[Span, ...]] = []
    for words in names:
        people = split_people(context, words, woven=False)
        if people.responsible and not people.centre and not _is_person(context, people.responsible):
            centres.append(people.responsible)
            continue
        if people.responsible:
            responsibles.append(people.responsible)
        if people.centre:
            centres.append(people.centre)
    for name, values in (("responsible", responsibles), ("responsibility_centre", centres)):
        if len(values) == len(rows):
            for row, value in zip(rows, values, strict=True):
                row[name] = list(value)


def _is_person(context: Context, spans: Sequence[Span]) -> bool:
    text = text_of(context, spans)
    return isinstance(parse_responsible(text), Reading)


# --- linked objectives ----------------------------------------------------------------------------------------------


def linked_rows(context: Context, lines: Sequence[int]) -> list[Pieces] | None:
    """Linked objectives printed as a stream: codes, titles, then revenues and expenditures."""
    codes: list[Span] = []
    amounts: list[Span] = []
    titles: list[list[Span]] = []
    for block in blocks_of(context, without_labels(context, "linked", lines)):
        rest: list[Span] = []
        for span in block.spans:
            text = context.text(span)
            code = context.profile.code_line.match(text)
            if code and not code["rest"].strip():
                codes.append(span)
            elif _AMOUNT.fullmatch(text):
                amounts.append(span)
            else:
                rest.append(span)
        if rest:
            titles.append(rest)
    if not codes or len(titles) != len(codes) or len(amounts) != 2 * len(codes):
        return None
    half = len(codes)
    return [
        {"code": [code], "title": title, "revenue": [amounts[n]], "expenditure": [amounts[half + n]]}
        for n, (code, title) in enumerate(zip(codes, titles, strict=True))
    ]
