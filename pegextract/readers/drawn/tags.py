"""Tables in HTML within other text, as models write them that read pages into Markdown: `<tr><td>`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from pegextract.readers.drawn.tables import Cell, Drawing, Row, Table, cell_at

_BEGIN: Final = re.compile(r"<table\b[^<>]{0,500}>", re.IGNORECASE)
_END: Final = re.compile(r"</table\s*>", re.IGNORECASE)
_TAG: Final = re.compile(r"<(/?)(tr|td|th|caption)\b([^<>]{0,300})>", re.IGNORECASE)
_COLSPAN: Final = re.compile(r"\bcolspan\s*=\s*[\"']?([0-9]{1,2})", re.IGNORECASE)
_ROWSPAN: Final = re.compile(r"\browspan\s*=\s*[\"']?([0-9]{1,3})", re.IGNORECASE)
_MOST_CELLS: Final = 100_000
"""Cells of a table, those that merged ones take included: a short text can claim any number."""


def in_tags(source: str) -> Iterator[Drawing]:
    """The tables whose end is marked, the outer one of two that lie in each other."""
    ends = [match.span() for match in _END.finditer(source)]
    done = 0
    for begin in _BEGIN.finditer(source) if ends else ():
        at = bisect_left(ends, (begin.end(), 0))
        if at == len(ends):
            return
        if begin.start() < done:
            continue
        done = ends[at][1]
        rows = _rows(source, begin.end(), ends[at][0])
        yield Drawing(begin.start(), done, Table([row for row in rows if any(row)]))


def _rows(source: str, first: int, end: int) -> list[Row]:
    rows: list[Row] = [[]]
    taken: dict[int, int] = {}
    tags = [*_TAG.finditer(source, first, end)]
    count = 0
    for tag, following in zip(tags, [*(tag.start() for tag in tags[1:]), end], strict=False):
        if tag[1]:
            continue
        if tag[2].lower() in ("tr", "caption"):
            _take_from_above(rows[-1], taken)
            count += len(rows[-1])
            rows.append([])
        if tag[2].lower() != "tr":  # whatever tag follows, it ends the cell
            _opened(rows[-1], taken, tag[3]).extend(_lines(source, tag.end(), following))
        if count + len(rows[-1]) > _MOST_CELLS:
            return []
    _take_from_above(rows[-1], taken)
    return rows


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


def _lines(source: str, start: int, end: int) -> Cell:
    """The words of a cell, line by line."""
    return [
        line
        for match in re.finditer(r"[^\n\f]+", source[start:end])
        for line in cell_at(source, start + match.start(), start + match.end())
    ]
