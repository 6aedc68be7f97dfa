"""Rows with semicolons between cells, as Excel saves them in Italy: `a;b;"c"`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pegextract.document import Span
from pegextract.readers.drawn.tables import LONGEST_LINE, Drawing, Row, Table, cell_at, drawing_of

_VALUE: Final = re.compile(r'(?:^|(?<=;))(?:"(?:[^"]|"")*"|[^;"]*)(?=;|$)')
_SEMICOLON_OF_PROSE: Final = re.compile(r";\s")
_FEWEST_VALUES: Final = 3


def between_semicolons(source: str, lines: Sequence[Span]) -> Iterator[Drawing]:
    """Lines that have the same number of semicolons one below the other; in prose a blank stands behind one."""
    rows = [_values(source, line) for line in lines]
    first = 0
    for number in range(1, len(lines) + 1):
        if number < len(lines) and len(rows[number]) == len(rows[first]):
            continue
        if len(rows[first]) >= _FEWEST_VALUES and number - first > 1:
            yield drawing_of(lines, first, number, Table(rows[first:number]))
        first = number


def _values(source: str, line: Span) -> Row:
    """The cells of such a row, without the quotes around them; [] for prose."""
    text = source[slice(*line)]
    if len(text) > LONGEST_LINE or _SEMICOLON_OF_PROSE.search(text):
        return []
    places = [(line[0] + match.start(), line[0] + match.end()) for match in _VALUE.finditer(text)]
    quoted = [source[start : start + 1] == '"' and end - start > 1 for start, end in places]
    return [cell_at(source, start + q, end - q) for (start, end), q in zip(places, quoted, strict=True)]
