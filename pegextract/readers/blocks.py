"""Paragraphs and table rows, and how they become one running text with lines of cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pegextract.document import LINE_BREAK_IN_CELL, Cell, Columns, Line
from pegextract.readers.spans import SpannedCell
from pegextract.readers.text import read_line


@dataclass(slots=True)
class Paragraph:
    """Printed lines that belong together; "" is a blank line between two of them."""

    lines: list[str]
    page: int


@dataclass(slots=True)
class Row:
    """One row of the table number `table`; `cells` after spans were spread, each with its lines."""

    spanned: list[SpannedCell[list[Paragraph]]]
    page: int
    table: int = 0
    cells: list[list[Paragraph] | None] = field(default_factory=list)


Item = Paragraph | Row


class _Printed(NamedTuple):
    raw: str
    cells: tuple[str, ...]  # empty for a line of a paragraph
    gap: int
    page: int


def compose(items: Iterable[Item]) -> tuple[str, tuple[Line, ...]]:
    """The running text of the items, and its lines of cells."""
    parts: list[str] = []
    lines: list[Line] = []
    at = 0
    for printed in _printed(items):
        lead = "\n" * (printed.gap + 1) if parts else ""
        start, gap = at + len(lead), printed.gap if parts else 0
        line = _row_line(printed, start, gap) if printed.cells else read_line(printed.raw, start, gap, printed.page)
        if line is not None:  # a row of dashes prints no words
            lines.append(line)
            parts += [lead, printed.raw]
            at = start + len(printed.raw)
    return "".join(parts), tuple(lines)


def _printed(items: Iterable[Item]) -> Iterator[_Printed]:
    table = 0
    for item in items:
        if isinstance(item, Paragraph):
            yield from _paragraph_lines(item)
            table = 0
            continue
        cells = tuple(_cell_text(cell) for cell in item.cells)
        if any(cells):
            yield _Printed("\t".join(cells), cells, 0 if item.table == table else 1, item.page)
            table = item.table


def _paragraph_lines(paragraph: Paragraph) -> Iterator[_Printed]:
    gap = 1
    for raw in paragraph.lines:
        if raw:
            yield _Printed(raw, (), gap, paragraph.page)
        gap = 0 if raw else gap + 1


def _cell_text(paragraphs: list[Paragraph] | None) -> str:
    """The lines of a cell; an empty one between paragraphs, so that a description in a cell keeps them apart."""
    texts = ([" ".join(line.split()) for line in paragraph.lines] for paragraph in paragraphs or ())
    return (LINE_BREAK_IN_CELL * 2).join(LINE_BREAK_IN_CELL.join(lines) for lines in texts)


def _row_line(row: _Printed, start: int, gap: int) -> Line:
    cells: list[Cell] = []
    for index, text in enumerate(row.cells):
        cells.append(Cell(start, start + len(text), index, index + 1))
        start += len(text) + 1
    filled = [cell for cell in cells if cell.end > cell.start]
    return Line(filled[0].start, filled[-1].end, tuple(cells), Columns.SEPARATORS, gap, row.page)
