"""Tables without borders that leave nothing to guess: one line a row, each cell below its label or as many as labels.

What `tabulate`, pandas, psql and `pdftotext -layout` print of tables whose cells do not wrap. Their cells are then as
certain as between printed borders, and are read so; one line that does not fit, and the table is left to those who
weigh readings against each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from pegextract.document import Cell, Columns, Line
from pegextract.layouts.context import Context
from pegextract.layouts.phase_numbers import DATE, WEIGHT
from pegextract.layouts.tables import Head, Table

FEWEST_COLUMNS: Final = 3
FEWEST_CELLS: Final = 2
"""A line with fewer only goes on with a row: then cells wrap, and the table is none of these."""
_AMOUNT: Final = re.compile(r"-?(?:€ ?)?[0-9][0-9.']*(?:,[0-9]{2})?(?: ?€)?")
_SHAPES: Final[dict[str, re.Pattern[str]]] = {
    "start_date": DATE,
    "end_date": DATE,
    "weight": WEIGHT,
    "revenue": _AMOUNT,
    "expenditure": _AMOUNT,
    "indicator_type": re.compile(r"[A-ZÀ-Ù]{4,}['’]?"),
    "code": re.compile(r"\S+"),
}
"""What cells of these columns look like; a line where one looks otherwise is no row."""
Columnist = Callable[[Head, Line], list[str] | None]


def with_exact_cells(context: Context, table: Table) -> Table:
    """The table with the cells of every line told apart, where that is certain; else as it is."""
    heads = [head for head, _ in table.parts]
    if context.document.words or any(h.columns is not Columns.POSITIONS or h.names != heads[0].names for h in heads):
        return table
    rows = [(head, index) for head, lines in table.parts for index in _without_text_below(context, lines)]
    if len(table.head.names) < FEWEST_COLUMNS or not rows:
        return table
    for columns in (_below_their_labels, _one_for_each_label):
        cells = [_cells(context, head, context.line(index), columns) for head, index in rows]
        found = [cell for cell in cells if cell is not None]
        whole = [_is_whole(table.head, line) for line in found]
        if len(found) == len(cells) and sum(whole) * 2 >= len(whole):
            context.cells.update({index: row for (_, index), row in zip(rows, found, strict=True)})
            return Table(_separated(heads[0]), tuple((_separated(head), lines) for head, lines in table.parts))
    return table


def _without_text_below(context: Context, lines: Sequence[int]) -> Sequence[int]:
    """The lines up to running text that a blank line parts from them."""
    end = len(lines)
    while end and context.line(lines[end - 1]).columns is Columns.NONE:
        end -= 1
    apart = end < len(lines) and context.line(lines[end]).gap > 0
    return lines[:end] if apart else lines


def _separated(head: Head) -> Head:
    return replace(
        head, cells=dict(enumerate(head.names)), extents={}, columns=Columns.SEPARATORS, width=len(head.names)
    )


def _cells(context: Context, head: Head, line: Line, columns: Columnist) -> Line | None:
    """The line as a row of the table; None where it is none, or none whose cells are certain."""
    names = columns(head, line)
    if names is None or len(names) < FEWEST_CELLS or names[0] != head.names[0]:
        return None
    found = dict(zip(names, line.cells, strict=True))
    if any(not shape.fullmatch(_text(context, found[name])) for name, shape in _SHAPES.items() if name in found):
        return None
    ends = [line.start, *(cell.end for cell in line.cells)]
    row = []
    for number, name in enumerate(head.names):
        at = ends[sum(other in found for other in head.names[:number])]
        cell = found.get(name, Cell(at, at, number, number))
        row.append(cell._replace(x0=number, x1=number + 1))
    found_row = line._replace(cells=tuple(row), columns=Columns.SEPARATORS)
    return found_row if _is_whole(head, found_row) or not _goes_on(context, line) else None


def _is_whole(head: Head, line: Line) -> bool:
    """Whether a row fills its cells but for one or two of many: a line that only goes on with a row fills fewer."""
    filled = sum(cell.end > cell.start for cell in line.cells)
    return filled * 3 > len(head.names) * 2


def _goes_on(context: Context, line: Line) -> bool:
    """Whether a line begins in mid-sentence."""
    return context.text((line.start, line.start + 1)).islower() and line.gap == 0


def _text(context: Context, cell: Cell) -> str:
    return context.text((cell.start, cell.end))


def _below_their_labels(head: Head, line: Line) -> list[str] | None:
    """The columns of the cells, each below the label of one column and of no other."""
    names = []
    for cell in line.cells:
        over = [name for name, (x0, x1) in head.extents.items() if cell.x0 < x1 and x0 < cell.x1]
        if len(over) != 1:
            return None
        names += over
    return names if names == [name for name in head.names if name in names] else None


def _one_for_each_label(head: Head, line: Line) -> list[str] | None:
    """The columns of a line with as many cells as the head has labels, wherever they stand."""
    return list(head.names) if len(line.cells) == len(head.names) else None
