"""Bars in a table of pipes: which are borders, and which are letters (I, l) that OCR took for one.

A row with more cells than its table has columns was cut by a letter. Borders stand between blanks where the rest of
the table sets them so: a bar that touches a word is a letter then, a bar before a word in small letters may be the
article I. The row is put together where exactly as many bars are letters as it has cells too many, else left as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pegextract.document import Cell, Columns, Line
from pegextract.findings import Finding, Severity

_RULING_ROW = re.compile(r"^ *\|?(?: *:?-+:? *\|)+(?: *:?-+:?)? *$", re.MULTILINE)
_MESSAGE = "a bar in this row of a table is read as a letter, not as a border: the table has fewer columns"


def letters_among_borders(text: str, lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Finding, ...]]:
    """The lines with the cells of cut rows put together again, and an information for each such row."""
    mended = list(lines)
    findings: list[Finding] = []
    for first, end in _tables(text, lines):
        table = lines[first:end]
        width = _width(text, lines[first - 1].end if first else 0, table)
        if all(len(row.cells) <= width for row in table) or not _between_blanks(text, table, width):
            continue
        for number, row in enumerate(table, first):
            letters = _letters(text, row, len(row.cells) - width)
            if letters:
                mended[number] = _put_together(text, row, letters)
                raw = text[row.start : row.end]
                findings.append(Finding(Severity.INFO, "bar_is_a_letter", _MESSAGE, raw=raw, span=(row.start, row.end)))
    return tuple(mended), tuple(findings)


def _tables(text: str, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """First and end of each run of rows with pipes and no blank line between them."""
    first = 0
    for number in range(1, len(lines) + 1):
        if number < len(lines) and not lines[number].gap and lines[number].columns is lines[first].columns:
            continue
        if lines[first].columns is Columns.SEPARATORS:
            cells = max((row.cells for row in lines[first:number]), key=len)
            if len(cells) > 1 and "|" in text[cells[0].end : cells[1].start]:
                yield first, number
        first = number


def _width(text: str, before: int, table: Sequence[Line]) -> int:
    """The columns of a table: those of its ruling row, else those that most rows have, the first of them in doubt."""
    ruling = _RULING_ROW.search(text, before, table[-1].start)
    if ruling:
        return ruling[0].strip().strip("|").count("|") + 1
    return Counter(len(row.cells) for row in table).most_common(1)[0][0]


def _between_blanks(text: str, table: Sequence[Line], width: int) -> bool:
    """Whether the rows that are not too wide have blanks on both sides of every border."""
    return not any(_touching(text, row) for row in table if len(row.cells) <= width)


def _touching(text: str, row: Line) -> list[int]:
    """The bars of a row that touch a word, each by the number of the cell before it."""
    return [
        number
        for number, bar in enumerate(_bars(text, row))
        if not (_is_apart(text[bar - 1]) and _is_apart(text[bar + 1]))
    ]


def _is_apart(character: str) -> bool:
    return character == "|" or character.isspace()


def _bars(text: str, row: Line) -> list[int]:
    """Where the bars between a row's cells stand."""
    return [text.index("|", cell.end) for cell in row.cells[:-1]]


def _letters(text: str, row: Line, surplus: int) -> list[int]:
    """The bars of a row that are letters, as many as it has cells too many; none where that can not be told."""
    if surplus < 1:
        return []
    letters = _touching(text, row)
    if len(letters) < surplus:
        letters += [number for number in _articles(text, row) if number not in letters]
    return letters if len(letters) == surplus else []


def _articles(text: str, row: Line) -> list[int]:
    """Bars before a word in small letters: the article I, at the beginning of a cell or within it."""
    return [number for number, cell in enumerate(row.cells[1:]) if text[cell.start : cell.end][:1].islower()]


def _put_together(text: str, row: Line, letters: Sequence[int]) -> Line:
    """The row with the bars in `letters` inside its cells; behind an empty cell the bar begins the next one."""
    cells = [row.cells[0]]
    for number, (bar, cell) in enumerate(zip(_bars(text, row), row.cells[1:], strict=True)):
        before = cells[-1]
        if number not in letters:
            cells.append(Cell(cell.start, cell.end, len(cells), len(cells) + 1))
            continue
        start = before.start if before.end > before.start else bar
        cells[-1] = before._replace(start=start, end=max(cell.end, bar + 1))
    filled = [cell for cell in cells if cell.end > cell.start]
    return row._replace(start=filled[0].start, end=filled[-1].end, cells=tuple(cells))
