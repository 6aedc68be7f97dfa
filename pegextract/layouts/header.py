"""The header table: each label's value, wherever a converter or the page's width put its words.

Words behind a label on its line are that label's, for certain. All others stand in *runs*: unlabelled lines between two
labelled ones. A run is shared out, in order, among the fields that can still take words, so that all of them fit best.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

from pegextract.document import Columns, Document, Line, Span
from pegextract.findings import Finding, Severity
from pegextract.layouts.draft import Printed, printed
from pegextract.layouts.fitness import Fitness, is_dangling
from pegextract.layouts.headers import HeaderTable, Hit
from pegextract.layouts.ledger import Claim, Ledger
from pegextract.layouts.profile import Profile
from pegextract.layouts.sections import begins_section, starts_with_level

MOST_WORDS_SHARED_OUT = 12
LONGEST_TAIL = 120
SHORTEST_PROSE = 5
"""A line with more words, not in capitals, is a sentence and no value of the header."""
SAME_COLUMN = 4
"""Labels of one column begin at the same place, give or take a few characters."""
BEFORE_VALUE = ": .…_"
SAME_EDGE = 0.5
"""Characters by which what begins at one edge differs."""
AS_READ = 0.4
DOUBT = 0.25
"""Two ways to share out a run that score closer than this are a finding."""


class Piece(NamedTuple):
    """Words of one line that are no label. cell: index in a separated row."""

    span: Span
    x0: float
    cell: int
    line: int


@dataclass
class _Header:
    """What is known so far: values by field in printed order, and where each label stands."""

    values: dict[str, list[Span]] = field(default_factory=dict)
    label_x: dict[str, float] = field(default_factory=dict)
    cell: dict[str, int] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)
    below: dict[str, list[Span]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_header(
    document: Document, profile: Profile, ledger: Ledger, table: HeaderTable, lines: Sequence[int], fitness: Fitness
) -> tuple[dict[str, Printed], list[Finding], tuple[int, ...]]:
    """The fields of the header table, what is doubtful about them, and the lines that are not the header's."""
    inside = [i for i in lines if i <= table.last]
    tail = _tail(document, profile, fitness, table, [i for i in lines if i > table.last])
    header = _labelled_values(document, table)
    runs = list(_runs(document, table, [*inside, *tail]))
    if loose := _positioned(document, table, runs):
        header.below = _below_last_row(table, header, loose)
        _place_by_columns(document, fitness, header, table, loose)
        runs = [run._replace(pieces=[p for p in run.pieces if p not in loose]) for run in runs]
    for run in (run for run in runs if run.pieces):
        _share_out(document, profile, fitness, header, table, run)
    fields = _printed(document, header)
    ledger.claim((hit.span for hit in table.hits), Claim.LABEL)
    for value in fields.values():
        ledger.claim(value.spans, Claim.FIELD)
    kept = {*inside, *tail}
    return fields, header.findings, tuple(i for i in lines if i not in kept)


def lines_above(document: Document, table: HeaderTable, heading: Sequence[int]) -> tuple[int, ...]:
    """The last lines of a heading that are the header's: the first words of values printed around their label.

    They stand right above a label line, in columns whose label has nothing beside it or a value with the same edge.
    """
    if not heading or document.lines[table.first].gap:
        return ()
    header = _labelled_values(document, table)
    first_row = [hit for hit in table.hits if hit.line == table.first]
    open_columns = {hit.field for hit in first_row if not header.values[hit.field]}
    positioned = document.lines[table.first].columns is Columns.POSITIONS
    numbers = [n for n, hit in enumerate(table.hits) if hit.line == table.first] if positioned else []
    edges = [piece.x0 for number in numbers for piece in _beside(document, table, number)[0]]
    kept: list[int] = []
    below = table.first
    for index in reversed(heading):
        pieces = list(_pieces(document, index, (document.lines[index].start, document.lines[index].end)))
        indented = bool(pieces) and pieces[0].x0 > min(header.label_x.values()) + SAME_COLUMN
        loose = [piece for piece in pieces if _column_of(table, header, piece) not in open_columns]
        aligned = all(any(abs(piece.x0 - edge) <= SAME_EDGE for edge in edges) for piece in loose)
        if document.lines[below].gap or not indented or not aligned:
            break
        kept.insert(0, index)
        below = index
    return tuple(kept)


def value_above_lost_label(
    document: Document, profile: Profile, table: HeaderTable, heading: Sequence[int]
) -> tuple[int, ...]:
    """The last line of a heading where it begins the first value, whose label is not readable.

    `NUOVE INFRASTRUTTURE E / MOBILITA' Direttore …`: in capitals, right above, and unfinished or whole elsewhere.
    """
    first_row = [hit for hit in table.hits if hit.line == table.first]
    beside = document.text[document.lines[table.first].start : first_row[0].span[0]].strip()
    if not heading or not beside or document.lines[table.first].gap or not _lost_label(profile, table, first_row):
        return ()
    text = _line_text(document, heading[-1])
    if not _is_capitals(text) or profile.code_line.match(text):
        return ()
    known = " ".join(document.text.split()).count(f"{text} {beside}") > 1
    return tuple(heading[-1:]) if known or is_dangling(text) else ()


def _positioned(document: Document, table: HeaderTable, runs: Sequence[_Run]) -> list[Piece]:
    """The words whose place shows their column: in a document that pads its lines with blanks."""
    in_columns = [hit for hit in table.hits if document.lines[hit.line].columns is Columns.POSITIONS]
    padded = sum(any(c.start == hit.span[0] for c in document.lines[hit.line].cells) for hit in in_columns) > 1
    pieces = [piece for run in runs for piece in run.pieces]
    return [p for p in pieces if padded and document.lines[p.line].columns is not Columns.SEPARATORS]


def _below_last_row(table: HeaderTable, header: _Header, pieces: Sequence[Piece]) -> dict[str, list[Span]]:
    """What stands below the last labels, by field: it helps to see how a value above them begins."""
    below: dict[str, list[Span]] = {}
    for column in _label_columns(table, header):
        last = column[-1]
        own = [p for p in pieces if p.line > last.line and _column_of(table, header, p) == column[0].field]
        below[last.field] = [p.span for p in own]
    return below


def _printed(document: Document, header: _Header) -> dict[str, Printed]:
    found = {}
    for name, spans in header.values.items():
        rule = header.rules.get(name, "header_label")
        value = printed(document.raw, _without_colon(document.text, sorted(spans)), rule)
        if value.text:
            found[name] = value._replace(method="inferred") if rule == "header_label_lost" else value
    return found


def _tail(
    document: Document, profile: Profile, fitness: Fitness, table: HeaderTable, after: Sequence[int]
) -> list[int]:
    """Lines below the last label that still print header values: wrapped capitals, or the value of a lone label."""
    last = table.hits[-1]
    waiting = not document.text[last.span[1] : document.lines[table.last].end].strip(" :|")
    kept: list[int] = []
    for index in after:
        line = document.lines[index]
        text = document.text[line.start : line.end]
        if starts_with_level(profile, text) or begins_section(profile, text):
            break
        value_below = waiting and not kept and line.gap <= 1 and _may_be_value(fitness, last.field, text)
        wrapped = _is_capitals(text) and (line.gap == 0 or _label_follows(document, profile, after, index))
        if not (value_below or wrapped or _completes(document, fitness, table, [i for i in after if i >= index])):
            break
        kept.append(index)
    return kept


def _is_capitals(text: str) -> bool:
    return text.upper() == text and len(text) <= LONGEST_TAIL and any(map(str.isalpha, text))


def _may_be_value(fitness: Fitness, field: str, text: str) -> bool:
    """Whether a line below a lone label can be its value: prose is none."""
    short = len(text) <= LONGEST_TAIL and (_is_capitals(text) or text.count(" ") < SHORTEST_PROSE)
    return short or fitness.of(field, text) > 0


def _label_follows(document: Document, profile: Profile, after: Sequence[int], index: int) -> bool:
    """Whether the description's own label is still to come: then what stands before it is the header's."""
    ahead = [document.lines[i] for i in after if i > index][:3]
    near = document.lines[index].gap == 1
    return near and any(begins_section(profile, document.text[line.start : line.end]) for line in ahead)


def _completes(document: Document, fitness: Fitness, table: HeaderTable, after: Sequence[int]) -> bool:
    """Whether lines in capitals, one blank line below the header, make one of its values a name known elsewhere."""
    if document.lines[after[0]].gap != 1:
        return False
    block = list(
        takewhile(
            lambda i: _is_capitals(_line_text(document, i)) and (i == after[0] or not document.lines[i].gap), after
        )
    )
    rest = " ".join(_line_text(document, i) for i in block)
    line = document.lines[table.last]
    edges = [line.start, *(edge for hit in table.hits if hit.line == table.last for edge in hit.span), line.end]
    for start, end in zip(edges[::2], edges[1::2], strict=True):  # the first value is one whose label is lost
        value = document.text[start:end].strip(" :")
        unfinished = is_dangling(value) or value.split(" ")[-1] in fitness.unit_heads
        if block and value and (unfinished or fitness.repeated(f"{value} {rest}", own=0)):
            return True
    return False


def _line_text(document: Document, index: int) -> str:
    return document.line_texts[index]


def _labelled_values(document: Document, table: HeaderTable) -> _Header:
    """The words that stand behind a label on its own line."""
    header = _Header()
    for number, hit in enumerate(table.hits):
        pieces, _ = _beside(document, table, number)
        header.values[hit.field] = [piece.span for piece in pieces]
        header.label_x[hit.field] = _x_of(document, hit)
        header.cell[hit.field] = pieces[0].cell if pieces else _open_cell(document.lines[hit.line], hit)
    return header


def _open_cell(line: Line, hit: Hit) -> int:
    """Where the value of a label without one goes on in a row below: in the empty cell beside it, else in its own."""
    own = next(n for n, cell in enumerate(line.cells) if cell.start <= hit.span[0] < cell.end)
    beside = line.cells[own + 1 : own + 2]
    return own + 1 if any(cell.end == cell.start for cell in beside) else own


def _beside(document: Document, table: HeaderTable, number: int) -> tuple[list[Piece], list[Piece]]:
    """What stands behind a label on its line; apart from it what goes on with a column of label and value beside it.

    Where label and value print as one, what begins below another label is no value of the first.
    """
    hit = table.hits[number]
    following = table.hits[number + 1] if number + 1 < len(table.hits) else None
    line = document.lines[hit.line]
    end = following.span[0] if following and following.line == hit.line else line.end
    pieces = list(_pieces(document, hit.line, (hit.span[1], end)))
    if line.columns is not Columns.POSITIONS or len(pieces) < 2 or pieces[0].span[0] > _end_of_cell(line, hit):
        return pieces, []
    others = [_x_of(document, other) for other in table.hits if other.line != hit.line]
    foreign = [n for n, piece in enumerate(pieces) if n and any(abs(piece.x0 - x) <= SAME_EDGE for x in others)]
    first = foreign[0] if foreign else len(pieces)
    return pieces[:first], pieces[first:]


def _end_of_cell(line: Line, hit: Hit) -> int:
    return next(cell.end for cell in line.cells if cell.start <= hit.span[0] < cell.end)


def _x_of(document: Document, hit: Hit) -> float:
    """The left edge of a label."""
    cell = next(c for c in document.lines[hit.line].cells if c.start <= hit.span[0] < c.end)
    return cell.x0 + hit.span[0] - cell.start


class _Run(NamedTuple):
    """Consecutive words beside no label, the labels of the line above them, and those of the line below."""

    pieces: list[Piece]
    above: list[Hit]
    below: list[Hit]


def _runs(document: Document, table: HeaderTable, lines: Sequence[int]) -> Iterator[_Run]:
    hits: dict[int, list[Hit]] = {}
    aside: dict[int, list[Piece]] = {}
    for number, hit in enumerate(table.hits):
        hits.setdefault(hit.line, []).append(hit)
        aside.setdefault(hit.line, []).extend(_beside(document, table, number)[1])
    above: list[Hit] = []
    pieces: list[Piece] = []
    for index in lines:
        here = hits.get(index)
        if here is None:
            line = document.lines[index]
            pieces.extend(_pieces(document, index, (line.start, line.end)))
            continue
        pieces.extend(_pieces(document, index, (document.lines[index].start, here[0].span[0])))
        if pieces:
            yield _Run(pieces, above, here)
        pieces = aside[index]
        above = [*_still_open(document, above), *here]
    if pieces:
        yield _Run(pieces, above, [])


def _still_open(document: Document, hits: Sequence[Hit]) -> list[Hit]:
    """Labels alone on lines one below the other wait together for their values."""
    alone = len(hits) > 0 and all(
        not document.text[hit.span[1] : document.lines[hit.line].end].strip(" :|") for hit in hits[-1:]
    )
    return list(hits) if alone else []


def _share_out(
    document: Document, profile: Profile, fitness: Fitness, header: _Header, table: HeaderTable, run: _Run
) -> None:
    """Give a run's words to the fields that can take them."""
    placed = [piece for piece in run.pieces if _by_cell(document, header, piece, run)]
    rest = [piece for piece in run.pieces if piece not in placed]
    if not rest:
        return
    fields = _takers(document, profile, fitness, header, table, run)
    units = _units(document, rest)
    if len(units) > MOST_WORDS_SHARED_OUT:
        units = [piece.span for piece in rest]
    if len(units) > MOST_WORDS_SHARED_OUT or len(fields) == 1:
        header.values.setdefault(fields[-1], []).extend(piece.span for piece in rest)
        _note_lost(header, table, fields[-1], rest[0].span)
        return
    last = run.above[-1].field if run.above else None
    scored = sorted(
        (
            (_score(document, fitness, header, fields, units, split) + _goes_on(fields, split, last), split)
            for split in _splits(len(units), len(fields))
        ),
        key=lambda pair: pair[0],
        reverse=True,
    )
    taken = dict(_parts(scored[0][1], fields, units))
    for name, spans in taken.items():
        header.values.setdefault(name, []).extend(spans)
        header.rules.setdefault(name, "header_wrapped")
        _note_lost(header, table, name, spans[0])
    if len(scored) > 1 and scored[0][0] - scored[1][0] < DOUBT:
        raw = document.text[units[0][0] : units[-1][1]]
        for name in taken | dict(_parts(scored[1][1], fields, units)):
            message = f"the words «{raw}» stand beside no label; whether they belong to {name} is not certain"
            header.findings.append(
                Finding(Severity.WARNING, "header_words_uncertain", message, "objectives", None, name, raw, units[0])
            )


def _goes_on(fields: Sequence[str], split: Sequence[int], last: str | None) -> float:
    """Read cell by cell, the words below a line go on with its last value."""
    return AS_READ if last in fields and split[fields.index(last)] == sum(split) else 0.0


def _by_cell(document: Document, header: _Header, piece: Piece, run: _Run) -> bool:
    """Place a piece of a separated row below the cell that it goes on with; False where there is none."""
    if document.lines[piece.line].columns is not Columns.SEPARATORS or not run.above:
        return False
    above = [hit for hit in run.above if hit.line == run.above[-1].line]
    same = [hit.field for hit in above if header.cell.get(hit.field) == piece.cell]
    if not same or len(document.lines[above[0].line].cells) != len(document.lines[piece.line].cells):
        return False
    header.values[same[0]].append(piece.span)
    return True


def _place_by_columns(
    document: Document, fitness: Fitness, header: _Header, table: HeaderTable, pieces: Sequence[Piece]
) -> None:
    """Share out words whose place on the page shows their column: only the row is open, and only between two rows.

    Per column the words between two labels are cut once: above it they go on with the upper value, below it they
    begin the lower one. The cut that leaves both values whole is taken.
    """
    for hits in _label_columns(table, header):
        own = [p for p in pieces if _column_of(table, header, p) == hits[0].field]
        for number, hit in enumerate(hits):
            following = hits[number + 1] if number + 1 < len(hits) else None
            between = [p for p in own if p.line > hit.line and (following is None or p.line < following.line)]
            first = [p for p in own if number == 0 and p.line < hit.line]
            header.values[hit.field][:0] = [p.span for p in first]
            cut, near = len(between), False
            if following is not None:
                cut, near = _best_cut(document, fitness, header, hit, following, between)
            if near and following is not None:
                _doubt_cut(document, header, (hit.field, following.field), between)
            header.values[hit.field] += [p.span for p in between[:cut]]
            if following is not None:
                header.values[following.field][:0] = [p.span for p in between[cut:]]


def _label_columns(table: HeaderTable, header: _Header) -> list[list[Hit]]:
    """The labels one below the other, left to right."""
    columns: list[list[Hit]] = []
    for hit in sorted(table.hits, key=lambda hit: header.label_x[hit.field]):
        if columns and header.label_x[hit.field] - header.label_x[columns[-1][0].field] <= SAME_COLUMN:
            columns[-1].append(hit)
        else:
            columns.append([hit])
    return [sorted(column, key=lambda hit: hit.line) for column in columns]


def _column_of(table: HeaderTable, header: _Header, piece: Piece) -> str:
    """The first field of the last column whose labels begin left of the piece."""
    columns = _label_columns(table, header)
    left = [column for column in columns if min(header.label_x[hit.field] for hit in column) <= piece.x0 + 1]
    return (left or columns)[-1 if left else 0][0].field


def _best_cut(
    document: Document, fitness: Fitness, header: _Header, upper: Hit, lower: Hit, between: Sequence[Piece]
) -> tuple[int, bool]:
    """How many of the words go on with the upper value, and whether another cut fits nearly as well."""

    def score(cut: int) -> float:
        over = [*header.values[upper.field], *(p.span for p in between[:cut])]
        below = header.below.get(lower.field, [])
        under = [*(p.span for p in between[cut:]), *header.values[lower.field], *below]
        return _fit(document, fitness, upper.field, over) + _fit(document, fitness, lower.field, under)

    scores = [score(cut) for cut in range(len(between) + 1)]
    best = max(range(len(between), -1, -1), key=scores.__getitem__)
    return best, any(scores[best] - other < DOUBT for cut, other in enumerate(scores) if cut != best)


def _doubt_cut(document: Document, header: _Header, names: Sequence[str], pieces: Sequence[Piece]) -> None:
    raw = document.text[pieces[0].span[0] : pieces[-1].span[1]]
    for name in names:
        message = f"words stand between two labels of one column; whether they belong to {name} is not certain"
        header.findings.append(
            Finding(Severity.WARNING, "header_words_uncertain", message, "objectives", None, name, raw, pieces[0].span)
        )


def _takers(
    document: Document, profile: Profile, fitness: Fitness, header: _Header, table: HeaderTable, run: _Run
) -> list[str]:
    """The fields that words beside no label may belong to, in printed order."""
    waiting = [hit.field for hit in run.above if not header.values[hit.field]]
    lost = _lost_label(profile, table, run.below)
    if run.above and waiting and waiting[-1] == run.above[-1].field:
        words = _text(document, [piece.span for piece in run.pieces])
        foreign = fitness.is_foreign(waiting[-1], words)
        return [*((hit.field for hit in run.above) if foreign else waiting), *lost]
    if lost and all(piece.line == run.below[0].line for piece in run.pieces):
        return lost  # words before the first label of their own line
    between_lines = not run.below or all(piece.line != run.below[0].line for piece in run.pieces)
    beside = [hit.field for hit in run.below if not header.values[hit.field]] if between_lines and not waiting else []
    last_line = [hit for hit in run.above if hit.line == run.above[-1].line]
    first = [name for name in _lost_label(profile, table, last_line) if header.values.get(name)]
    fields = [*first, *(hit.field for hit in last_line), *lost, *beside]
    return list(dict.fromkeys(fields)) or [hit.field for hit in run.below[:1]]


def _lost_label(profile: Profile, table: HeaderTable, below: Sequence[Hit]) -> list[str]:
    """The field that the form prints before this line's first label, when its own label is nowhere."""
    seen = {hit.field for hit in table.hits}
    for row in profile.header.rows:
        if below and below[0].field in row:
            place = row.index(below[0].field)
            return [row[place - 1]] if place and row[place - 1] not in seen else []
    return []


def _note_lost(header: _Header, table: HeaderTable, name: str, span: Span) -> None:
    if any(hit.field == name for hit in table.hits) or header.rules.get(name) == "header_label_lost":
        return
    header.rules[name] = "header_label_lost"
    message = f"the label of {name} is not readable; the value was known by its place on the form"
    header.findings.append(Finding(Severity.INFO, "label_lost", message, "objectives", None, name, None, span))


def _score(
    document: Document,
    fitness: Fitness,
    header: _Header,
    fields: Sequence[str],
    units: Sequence[Span],
    split: Sequence[int],
) -> float:
    score, start = 0.0, 0
    for name, count in zip(fields, split, strict=True):
        spans = sorted([*header.values.get(name, []), *units[start : start + count]])
        score += _fit(document, fitness, name, spans)
        start += count
        if 0 < start < len(units) and "\n" in document.text[units[start - 1][1] : units[start][0]]:
            score += 0.3 if document.text[units[start - 1][1] : units[start][0]].count("\n") == 1 else 0.6
    return score


def _fit(document: Document, fitness: Fitness, name: str, spans: Sequence[Span]) -> float:
    """How well the spans fit a field; words that stand together here must do so once more to prove anything."""
    text = _text(document, spans)
    together = bool(spans) and " ".join(document.text[spans[0][0] : spans[-1][1]].split()) == text
    return fitness.of(name, text, own=int(together))


def _parts(split: Sequence[int], fields: Sequence[str], units: Sequence[Span]) -> Iterator[tuple[str, list[Span]]]:
    start = 0
    for name, count in zip(fields, split, strict=True):
        if count:
            yield name, [*_contiguous(units[start : start + count])]
        start += count


def _contiguous(units: Sequence[Span]) -> Iterator[Span]:
    """Neighbouring words of one line as one span."""
    first, last = units[0]
    for start, end in units[1:]:
        if start - last > 1:
            yield first, last
            first = start
        last = end
    yield first, last


def _units(document: Document, pieces: Sequence[Piece]) -> list[Span]:
    return [span for piece in pieces for span in word_spans(document.text, piece.span)]


def _text(document: Document, spans: Iterable[Span]) -> str:
    return " ".join(document.text[start:end].strip(" :") for start, end in spans)


_MARKS = ":*-–•·"
"""What stands before and behind labels, and is no value: colons, bullets of lists."""


def _pieces(document: Document, index: int, span: Span) -> Iterator[Piece]:
    """The filled stretches of a line's cells inside `span`."""
    line = document.lines[index]
    for number, cell in enumerate(line.cells):
        start, end = max(cell.start, span[0]), min(cell.end, span[1])
        if end <= start:
            continue
        part = document.text[start:end]
        bare = part.strip()
        if bare.strip(_MARKS):
            first = start + len(part) - len(part.lstrip())
            x0 = cell.x0 + first - cell.start if line.columns is not Columns.SEPARATORS else cell.x0
            yield Piece((first, first + len(bare)), x0, number, index)


def word_spans(text: str, span: Span) -> Iterator[Span]:
    """The span of each word inside `span`."""
    at = span[0]
    for word in text[span[0] : span[1]].split():
        at = text.index(word, at)
        yield at, at + len(word)
        at += len(word)


def _splits(count: int, parts: int) -> Iterator[tuple[int, ...]]:
    """All ways to cut `count` things into `parts` runs, empty ones allowed."""
    if parts == 1:
        yield (count,)
        return
    for first in range(count, -1, -1):
        for rest in _splits(count - first, parts - 1):
            yield (first, *rest)


def _without_colon(text: str, spans: Sequence[Span]) -> list[Span]:
    """A colon or a row of dots between label and value is the label's."""
    if not spans:
        return []
    start, end = spans[0]
    while start < end and text[start] in BEFORE_VALUE:
        start += 1
    return [(start, end), *spans[1:]]
