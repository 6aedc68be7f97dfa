"""Tables that a text draws with characters, as one tab line a row: `+---+`, `├──┤`, `----  ----`, `<tr><td>`, `a;b`.

Pandoc, tabulate, psql, reStructuredText and many a model that reads pages write tables so. The rules tell where the
columns stand, and rules or blank lines between rows tell which lines are one row; both are exact, where a reader of
mere blanks has to guess. What is redrawn keeps the way back to the text that it came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, groupby, pairwise, repeat
from math import inf
from typing import Final, NamedTuple

from pegextract.document import LINE_BREAK_IN_CELL, MAY_BE_IN_WORD, Move, Span

Cell = list[Span]
"""What a cell prints on each of its lines; [] for an empty one."""
Row = list[Cell]

_MAY_DRAW: Final = ("-+", "+-", "=+", "+=", "─", "━", "═", "<table", "<TABLE")
_MAY_PART: Final = tuple(map(re.compile, ("-- +--", "== +==", r";\S?[^;\n]*;\S")))
"""A cheap first look at a text: most texts draw nothing. Each begins with letters that re finds fast."""
_BARS: Final = "|│┃║┆┊"
_RULE: Final = re.compile(f"[-+=_:~{_BARS}─-╿\\s]+")
_JUNCTION: Final = re.compile("[+┌-╋╒-╬╭-╰]")
_BORDER: Final = re.compile(f"[+┌-╋╒-╬╭-╰{_BARS}]")
_DASHES: Final = re.compile(r"-+|=+|[─━═]+")
_DASHED: Final = re.compile(r"\s*(?:-{2,}|={2,})(?:\s+(?:-{2,}|={2,}))*\s*")
_SHORTEST_RULE: Final = 3
_LONGEST_TABLE: Final = 400
"""Lines in which a table that begins with a rule has to end with one."""
_PADDING: Final = 2
"""Blanks between the bars of a column and its words, both sides together."""
_VALUE: Final = re.compile(r'(?:^|(?<=;))(?:"(?:[^"]|"")*"|[^;"]*)(?=;|$)')
_SEMICOLON_OF_PROSE: Final = re.compile(r";\s")
_FEWEST_VALUES: Final = 3
_TABLE: Final = re.compile(r"<table\b[^<>]*>(.*?)</table\s*>", re.IGNORECASE | re.DOTALL)
_TAG: Final = re.compile(r"<(/?)(tr|td|th|caption)\b([^<>]{0,300})>", re.IGNORECASE)
_ANY_TAG: Final = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_COLSPAN: Final = re.compile(r"\bcolspan\s*=\s*[\"']?([0-9]{1,2})", re.IGNORECASE)
_ROWSPAN: Final = re.compile(r"\browspan\s*=\s*[\"']?([0-9]{1,3})", re.IGNORECASE)


class _Table(NamedTuple):
    """The rows of a table, and how many characters its columns have room for, as far as that is known."""

    rows: list[Row]
    widths: Sequence[float] = ()


class _Drawing(NamedTuple):
    """A table, and which part of the source it takes."""

    start: int
    end: int
    table: _Table


def redrawn(source: str) -> tuple[str, tuple[Move, ...]]:
    """The text with every drawn table as lines of cells between tabs, and where each stretch of it came from.

    The moves stand in the order of the new text and cover it, but for what parts cells and their lines; there are none
    where nothing was redrawn.
    """
    may_draw = any(mark in source for mark in _MAY_DRAW) or any(marks.search(source) for marks in _MAY_PART)
    drawings = _drawings(source) if may_draw else []
    if not drawings:
        return source, ()
    new = _NewText(source)
    done = 0
    for drawing in drawings:
        new.copy((done, drawing.start))
        if drawing.start and source[drawing.start - 1] not in "\n\f":
            new.end_line()
        for row in drawing.table.rows:
            new.copy_row(row, drawing.table.widths)
        done = drawing.end
    new.copy((done, len(source)))
    return "".join(new.parts), tuple(new.moves)


class _NewText:
    """A text in the making, of stretches of the source and of what parts them."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.moves: list[Move] = []
        self._length = 0

    def copy(self, span: Span) -> None:
        """Go on with a stretch of the source."""
        if span[1] > span[0]:
            self.moves.append(Move(self._length, span[0], span[1] - span[0]))
            self._add(self.source[span[0] : span[1]])

    def end_line(self) -> None:
        """Begin a new line."""
        self._add("\n")

    def copy_row(self, row: Row, widths: Sequence[float]) -> None:
        """Go on with a line of cells; tabs in them are blanks, for a tab parts cells."""
        for number, (cell, width) in enumerate(zip(row, chain(widths, repeat(inf)), strict=False)):
            self._add("\t" if number else "")
            for line, (start, end) in enumerate(cell):
                self._add(self._break(cell[line - 1], (start, end), width) if line else "")
                for word, match in enumerate(re.finditer(r"[^\t]+", self.source[start:end])):
                    self._add(" " if word else "")
                    self.copy((start + match.start(), start + match.end()))
        self.end_line()

    def _break(self, above: Span, below: Span, width: float) -> str:
        """What parts two lines of a cell; where one is filled by its words, a long word may have been cut there.

        Pandoc fills a column from the end of such a word, so that the piece above may be short.
        """
        words = self.source[slice(*below)].split(None, 1)
        full = above[1] - above[0] >= width or (words and len(words[0]) >= width)
        return MAY_BE_IN_WORD + LINE_BREAK_IN_CELL if full else LINE_BREAK_IN_CELL

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self._length += len(text)


def _drawings(source: str) -> list[_Drawing]:
    """The drawn tables in order; of two that overlap, the first."""
    ends = [match.start() for match in re.finditer(r"[\n\f]|\Z", source)]
    lines = list(zip([0, *(end + 1 for end in ends)], ends, strict=False))
    kept: list[_Drawing] = []
    for drawing in sorted(
        [*_html(source), *_framed(source, lines), *_dashed(source, lines), *_delimited(source, lines)]
    ):
        apart = not kept or drawing.start >= kept[-1].end
        if apart and _keeps_all_words(source, drawing):
            kept.append(drawing)
    return kept


def _keeps_all_words(source: str, drawing: _Drawing) -> bool:
    """Whether all letters and digits of the table are in its cells: what stands elsewhere must not get lost."""
    before = _ANY_TAG.sub("", source[drawing.start : drawing.end])
    cells = "".join(source[slice(*line)] for row in drawing.table.rows for cell in row for line in cell)
    return sum(map(str.isalnum, before)) == sum(map(str.isalnum, _ANY_TAG.sub("", cells)))


def _drawing(lines: Sequence[Span], first: int, end: int, table: _Table) -> _Drawing:
    """The table on these lines, the break at the end of the last one included."""
    return _Drawing(lines[first][0], lines[end][0] if end < len(lines) else lines[end - 1][1], table)


def _cell(source: str, start: int, end: int) -> Cell:
    """What stands there, without the blanks around it."""
    text = source[start:end]
    bare = text.strip()
    first = start + text.find(bare)
    return [(first, first + len(bare))] if bare else []


def _put_together(rows: Sequence[Row]) -> Row:
    """Lines of one row: each cell with all of its lines, empty ones between two others among them."""
    return [_without_empty_ends([cell[0] if cell else (0, 0) for cell in column]) for column in zip(*rows, strict=True)]


def _without_empty_ends(lines: list[Span]) -> Cell:
    filled = [n for n, (start, end) in enumerate(lines) if end > start]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _wrapped(source: str, lines: Sequence[Row], widths: Sequence[int]) -> list[Row]:
    """The rows of lines that nothing parts: a line goes on with the row above where its words found no room there.

    Whoever wraps cells puts a word on the next line only when the line is full, a cell goes on only below one that has
    begun, and some cell of a row is done before the others. A column that prints single words wraps none. A line
    without a first cell begins no row.
    """
    columns = [[source[slice(*row[n][0])] for row in lines if row[n]] for n in range(len(widths))]
    wraps = [any(" " in text for text in column) for column in columns]
    rows = [[lines[0]]]
    for line in lines[1:]:
        first, above = rows[-1][0], rows[-1][-1]
        fewer = 0 < sum(map(bool, line)) < sum(map(bool, first))
        rest = fewer and all(
            not below or (may_wrap and cell and _is_full(source, cell[-1], below[0], width))
            for cell, below, width, may_wrap in zip(above, line, widths, wraps, strict=True)
        )
        if rest or (fewer and first[0] and not line[0]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_put_together(row) for row in rows]


def _is_full(source: str, above: Span, below: Span, width: int) -> bool:
    """Whether a line of a cell has no room for the first word of the next one."""
    return above[1] - above[0] + 1 + len(source[slice(*below)].split(None, 1)[0]) > width


# --- frames: +---+---+ and ├───┼───┤ ----------------------------------------------------------------------------------


def _framed(source: str, lines: Sequence[Span]) -> Iterator[_Drawing]:
    """Runs of lines that are rules or hold bars, at least one of them a rule with junctions."""
    first: int | None = None
    for number in range(len(lines) + 1):
        text = source[slice(*lines[number])] if number < len(lines) else ""
        if text.strip() and (any(bar in text for bar in _BARS) or _is_rule(text)):
            first = number if first is None else first
        elif first is not None:
            table = _framed_table(source, lines[first:number])
            if table:
                yield _drawing(lines, first, number, table)
            first = None


def _is_rule(text: str) -> bool:
    """Whether a line only draws, with dashes and junctions of columns."""
    if not _RULE.fullmatch(text) or not _JUNCTION.search(text):
        return False
    return max(map(len, _DASHES.findall(text)), default=0) >= _SHORTEST_RULE


def _framed_table(source: str, lines: Sequence[Span]) -> _Table | None:
    """The table; none without a rule, or where a line has no bar at any place of a border."""
    texts = [source[start:end] for start, end in lines]
    rules = [text for text in texts if _is_rule(text)]
    if not rules:
        return None
    borders = sorted({match.start() for text in rules for match in _BORDER.finditer(text)})
    if rules[0].strip()[0] in "-=─━═":  # rules that are open at their ends have borders between columns alone
        borders = [-1, *borders, max(end - start for start, end in lines)]
    groups: list[list[Row]] = [[]]
    for (start, _), text in zip(lines, texts, strict=True):
        if _is_rule(text):
            groups.append([])
        elif (row := _cut_at_bars(source, start, text, borders)) is not None:
            groups[-1].append(row)
        else:
            return None
    groups = [group for group in groups if any(map(any, group))]
    widths = [right - left - 1 - _PADDING for left, right in pairwise(borders)]
    if len(groups) > 2 or any(_is_one_row(source, group) for group in groups):
        return _Table([_put_together(group) for group in groups], widths)
    head = [_put_together(group) for group in groups[:-1]]
    return _Table([*head, *_wrapped(source, groups[-1], widths)], widths) if groups else None


def _is_one_row(source: str, lines: Sequence[Row]) -> bool:
    """Whether rules stand between rows though there are few: a cell holds a blank line, or bold type over two lines."""
    blank = any(not any(row) for row in lines)
    return blank or any(source.count("**", *line) % 2 for row in lines for cell in row for line in cell)


def _cut_at_bars(source: str, start: int, text: str, borders: Sequence[int]) -> Row | None:
    """The cells of a line; a cell that runs over a border leaves the next one empty. None where no border has a bar."""
    ends = {place for place in borders if 0 <= place < len(text) and text[place] in _BARS}
    if not ends:
        return None
    ends |= {borders[0], borders[-1]}
    row: Row = []
    for left in borders[:-1]:
        right = min(place for place in ends if place > left)
        row.append(_cell(source, start + left + 1, start + min(right, len(text))) if left in ends else [])
    return row


# --- dashes: ----  ---- -----------------------------------------------------------------------------------------------


class _Parts(NamedTuple):
    """A table of dashes, by its lines. first, end: all that it takes · spaced: blank lines part its rows."""

    first: int
    head: range
    body: range
    end: int
    spaced: bool


def _dashed(source: str, lines: Sequence[Span]) -> Iterator[_Drawing]:
    """Tables whose columns are told by runs of dashes, below the head or above the first row."""
    texts = [source[start:end] for start, end in lines]
    dashes = [_runs(text) for text in texts]
    marks = ["_" if not text.strip() else str(min(len(runs), 2)) for text, runs in zip(texts, dashes, strict=True)]
    done = 0
    for number, runs in enumerate(dashes):
        if len(runs) < 2 or number < done:
            continue
        parts = _parts("".join(marks[: number + _LONGEST_TABLE]), number)
        table = _dashed_table(source, lines, parts, runs)
        if table:
            yield _drawing(lines, parts.first, parts.end, table)
            done = parts.end


def _runs(text: str) -> tuple[Span, ...]:
    """The runs of dashes of a line that prints nothing else, by their place in it."""
    return tuple(match.span() for match in _DASHES.finditer(text)) if _DASHED.fullmatch(text) else ()


def _parts(marks: str, rule: int) -> _Parts:
    """The table around its first rule of columns. marks, one a line: _ blank, 0 words, 1 a rule, 2 one of columns.

    `rule, head, rule, rows, rule` · between two rules of one piece `head, rule, rows`, with blank lines between rows ·
    `rule, rows, rule` · `head, rule, rows` to a blank line or another rule.
    """
    first = len(marks[:rule].rstrip("0"))
    framed = re.compile("2(0+)2(0+)2").match(marks, rule) if first == rule else None
    if framed:
        return _Parts(rule, range(*framed.span(1)), range(*framed.span(2)), framed.end(), spaced=False)
    spaced = re.compile("2([0_]+)1").match(marks, rule) if first < rule and marks[:first].endswith("1") else None
    if spaced:
        return _Parts(first - 1, range(first, rule), range(*spaced.span(1)), spaced.end(), spaced=True)
    end = re.compile("2(0*)[12]?").match(marks, rule)
    assert end is not None  # there is a 2 at the rule
    return _Parts(first, range(first, rule), range(*end.span(1)), end.end(), spaced=False)


def _dashed_table(source: str, lines: Sequence[Span], parts: _Parts, runs: Sequence[Span]) -> _Table | None:
    """Head and rows; none where a word stands where two columns meet."""
    head, body = (_cut_all(source, lines, part, runs) for part in (parts.head, parts.body))
    if head is None or not body:
        return None
    widths = [right - left for left, right in runs]
    if parts.spaced:
        rows = [_put_together(list(group)) for filled, group in groupby(body, any) if filled]
    else:
        rows = _wrapped(source, body, widths)
    return _Table([*([_put_together(head)] if head else []), *rows], widths)


def _cut_all(source: str, lines: Sequence[Span], part: range, runs: Sequence[Span]) -> list[Row] | None:
    """The cells of lines, each from the beginning of its run to the next one's; None where a word crosses that."""
    begins = [0, *(start for start, _ in runs[1:])]
    rows = []
    for start, end in lines[part.start : part.stop]:
        text = source[start:end]
        if any(not text[place - 1 : place].isspace() for place in begins[1:] if place <= len(text)):
            return None
        ends = [*begins[1:], len(text)]
        rows.append([_cell(source, start + a, start + min(b, len(text))) for a, b in zip(begins, ends, strict=True)])
        if text[: ends[0]].strip() == "..":  # an empty first cell in reStructuredText
            rows[-1][0] = []
    return rows


# --- semicolons: a;b;"c" ----------------------------------------------------------------------------------------------


def _delimited(source: str, lines: Sequence[Span]) -> Iterator[_Drawing]:
    """Rows with semicolons between cells, as Excel saves them in Italy; in prose a blank stands behind a semicolon."""
    rows = [_values(source, line) for line in lines]
    first = 0
    for number in range(1, len(lines) + 1):
        if number < len(lines) and len(rows[number]) == len(rows[first]):
            continue
        if len(rows[first]) >= _FEWEST_VALUES and number - first > 1:
            yield _drawing(lines, first, number, _Table(rows[first:number]))
        first = number


def _values(source: str, line: Span) -> Row:
    """The cells of such a row, without the quotes around them; [] for prose."""
    text = source[slice(*line)]
    if _SEMICOLON_OF_PROSE.search(text):
        return []
    places = [(line[0] + match.start(), line[0] + match.end()) for match in _VALUE.finditer(text)]
    quoted = [source[start : start + 1] == '"' and end - start > 1 for start, end in places]
    return [_cell(source, start + q, end - q) for (start, end), q in zip(places, quoted, strict=True)]


# --- tags: <tr><td> ---------------------------------------------------------------------------------------------------


def _html(source: str) -> Iterator[_Drawing]:
    """Tables in HTML within other text, as models write them that read pages into Markdown."""
    for table in _TABLE.finditer(source):
        first, end = table.span(1)
        rows: list[Row] = [[]]
        taken: dict[int, int] = {}
        tags = [*_TAG.finditer(source, first, end)]
        for tag, following in zip(tags, [*(tag.start() for tag in tags[1:]), end], strict=True):
            if tag[1]:
                continue
            if tag[2].lower() in ("tr", "caption"):
                _take_from_above(rows[-1], taken)
                rows.append([])
            if tag[2].lower() != "tr":  # whatever tag follows, it ends the cell
                _opened(rows[-1], taken, tag[3]).extend(_html_lines(source, tag.end(), following))
        _take_from_above(rows[-1], taken)
        yield _Drawing(*table.span(), _Table([row for row in rows if any(row)]))


def _take_from_above(row: Row, taken: dict[int, int]) -> None:
    """Go on with the cells that belong to cells above. taken: for how many rows more, by column."""
    while taken.get(len(row), 0):
        taken[len(row)] -= 1
        row.append([])


def _opened(row: Row, taken: dict[int, int], attributes: str) -> Cell:
    """A new cell of the row, the first of those that it takes."""
    _take_from_above(row, taken)
    wide, high = (int(found[1]) if (found := span.search(attributes)) else 1 for span in (_COLSPAN, _ROWSPAN))
    taken.update(dict.fromkeys(range(len(row), len(row) + wide), high - 1))
    row.extend([] for _ in range(wide))
    return row[-wide] if wide else []


def _html_lines(source: str, start: int, end: int) -> Cell:
    """The words of a cell, line by line."""
    return [
        line
        for match in re.finditer(r"[^\n\f]+", source[start:end])
        for line in _cell(source, start + match.start(), start + match.end())
    ]
