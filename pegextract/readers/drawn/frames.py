"""Tables in frames: `+---+---+` and `├───┼───┤`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

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

_BARS: Final = "|│┃║┆┊"
_RULE: Final = re.compile(f"[-+=_:~{_BARS}─-╿\\s]+")
_JUNCTION: Final = re.compile("[+┌-╋╒-╬╭-╰]")
_BORDER: Final = re.compile(f"[+┌-╋╒-╬╭-╰{_BARS}]")
_DASHES: Final = re.compile(r"-+|=+|[─━═]+")
_SHORTEST_RULE: Final = 3
_PADDING: Final = 2
"""Blanks between the bars of a column and its words, both sides together."""
_MOST_BORDERS: Final = 200


def in_frames(source: str, lines: Sequence[Span]) -> Iterator[Drawing]:
    """Runs of lines that are rules or hold bars, at least one of them a rule with junctions."""
    first: int | None = None
    for number in range(len(lines) + 1):
        text = source[slice(*lines[number])] if number < len(lines) else ""
        if text.strip() and len(text) < LONGEST_LINE and (any(bar in text for bar in _BARS) or _is_rule(text)):
            first = number if first is None else first
        elif first is not None:
            table = _framed_table(source, lines[first:number])
            if table:
                yield drawing_of(lines, first, number, table)
            first = None


def _is_rule(text: str) -> bool:
    """Whether a line only draws, with dashes and junctions of columns."""
    if not _RULE.fullmatch(text) or not _JUNCTION.search(text):
        return False
    return max(map(len, _DASHES.findall(text)), default=0) >= _SHORTEST_RULE


def _framed_table(source: str, lines: Sequence[Span]) -> Table | None:
    """The table; none without a rule, or where a line has no bar at any place of a border."""
    texts = [source[start:end] for start, end in lines]
    rules = [text for text in texts if _is_rule(text)]
    if not rules:
        return None
    borders = sorted({match.start() for text in rules for match in _BORDER.finditer(text)})
    if rules[0].strip()[0] in "-=─━═":  # rules that are open at their ends have borders between columns alone
        borders = [-1, *borders, max(end - start for start, end in lines)]
    if len(borders) > _MOST_BORDERS:
        return None
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
        return Table([put_together(group) for group in groups], widths)
    head = [put_together(group) for group in groups[:-1]]
    return Table([*head, *wrapped(source, groups[-1], widths)], widths) if groups else None


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
        row.append(cell_at(source, start + left + 1, start + min(right, len(text))) if left in ends else [])
    return row
