"""Tables whose columns are told by runs of dashes: `----  ----` and `====  ====`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from pegextract.document import Span
from pegextract.readers.drawn.tables import (
    LONGEST_LINE,
    Drawing,
    Row,
    Table,
    cell_at,
    drawing_of,
    put_together,
    wrapped,
)

_DASHES: Final = re.compile(r"-+|=+")
_DASHED: Final = re.compile(r"\s*(?:-{2,}|={2,})(?:\s+(?:-{2,}|={2,}))*\s*")
_LONGEST_TABLE: Final = 400
"""Lines of a head or of rows at most."""
_FRAMED: Final = re.compile("2(0+)2(0+)2")
_SPACED: Final = re.compile("2([0_]+)1")
_OPEN: Final = re.compile("2(0*)[12]?")


class _Parts(NamedTuple):
    """A table of dashes, by its lines. first, end: all that it takes · spaced: blank lines part its rows."""

    first: int
    head: range
    body: range
    end: int
    spaced: bool


def in_dashes(source: str, lines: Sequence[Span]) -> Iterator[Drawing]:
    """Tables whose columns are told by runs of dashes, below the head or above the first row."""
    texts = [source[start:end] for start, end in lines]
    dashes = [_runs(text) for text in texts]
    kinds = ("_" if not text.strip() else str(min(len(runs), 2)) for text, runs in zip(texts, dashes, strict=True))
    marks = "".join(kinds)
    done = 0
    for number, runs in enumerate(dashes):
        if len(runs) < 2 or number < done:
            continue
        parts = _parts(marks, number)
        table = _dashed_table(source, lines, parts, runs)
        if table:
            yield drawing_of(lines, parts.first, parts.end, table)
            done = parts.end


def _runs(text: str) -> tuple[Span, ...]:
    """The runs of dashes of a line that prints nothing else, by their place in it."""
    is_rule = len(text) < LONGEST_LINE and _DASHED.fullmatch(text)
    return tuple(match.span() for match in _DASHES.finditer(text)) if is_rule else ()


def _parts(marks: str, rule: int) -> _Parts:
    """The table around its first rule of columns. marks, one a line: _ blank, 0 words, 1 a rule, 2 one of columns.

    `rule, head, rule, rows, rule` · between two rules of one piece `head, rule, rows`, with blank lines between rows ·
    `rule, rows, rule` · `head, rule, rows` to a blank line or another rule.
    """
    least, end = max(0, rule - _LONGEST_TABLE), rule + _LONGEST_TABLE
    first = least + len(marks[least:rule].rstrip("0"))
    framed = _FRAMED.match(marks, rule, end) if first == rule else None
    if framed:
        return _Parts(rule, range(*framed.span(1)), range(*framed.span(2)), framed.end(), spaced=False)
    spaced = _SPACED.match(marks, rule, end) if first < rule and marks[first - 1 : first] == "1" else None
    if spaced:
        return _Parts(first - 1, range(first, rule), range(*spaced.span(1)), spaced.end(), spaced=True)
    rest = _OPEN.match(marks, rule, end)
    assert rest is not None  # there is a 2 at the rule
    return _Parts(first, range(first, rule), range(*rest.span(1)), rest.end(), spaced=False)


def _dashed_table(source: str, lines: Sequence[Span], parts: _Parts, runs: Sequence[Span]) -> Table | None:
    """Head and rows; none where a word stands where two columns meet."""
    head, body = (_cut_all(source, lines, part, runs) for part in (parts.head, parts.body))
    if head is None or not body:
        return None
    widths = [right - left for left, right in runs]
    if parts.spaced:
        rows = [put_together(list(group)) for filled, group in groupby(body, any) if filled]
    else:
        rows = wrapped(source, body, widths)
    return Table([*([put_together(head)] if head else []), *rows], widths)


def _cut_all(source: str, lines: Sequence[Span], part: range, runs: Sequence[Span]) -> list[Row] | None:
    """The cells of lines, each from the beginning of its run to the next one's; None where a word crosses that."""
    begins = [0, *(start for start, _ in runs[1:])]
    rows = []
    for start, end in lines[part.start : part.stop]:
        text = source[start:end]
        if any(not text[place - 1 : place].isspace() for place in begins[1:] if place <= len(text)):
            return None
        ends = [*begins[1:], len(text)]
        rows.append([cell_at(source, start + a, start + min(b, len(text))) for a, b in zip(begins, ends, strict=True)])
        if text[: ends[0]].strip() == "..":  # an empty first cell in reStructuredText
            rows[-1][0] = []
    return rows
