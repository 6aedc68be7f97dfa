"""Other ways to lay out the parts of the form in HTML: the same labels and values, other tables."""

from collections.abc import Iterable, Iterator
from html import escape

from .content import (
    BLOCK_COLUMNS,
    INDICATOR_COLUMNS,
    PHASE_COLUMNS,
    header_rows,
    indicator_rows,
    phase_blocks,
    phase_rows,
)
from .draw_weasyprint import PHASE_WIDTHS, Parts, phases, row, table
from .sheets import Sheet


def _pairs(sheet: Sheet) -> list[list[tuple[str, str]]]:
    """Label and value, row by row of the header."""
    return [list(zip(cells[::2], cells[1::2], strict=True)) for cells in header_rows(sheet)]


def _cells(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def label_above_value(sheet: Sheet) -> str:
    """A small label and its value in one cell."""
    small = "<small>{}</small><br><b>{}</b>"
    rows = (_cells(small.format(escape(label), escape(value)) for label, value in pairs) for pairs in _pairs(sheet))
    return f"<table>{''.join(rows)}</table>"


def labels_over_values(sheet: Sheet) -> str:
    """A row of labels, a row of values, twice."""
    rows = (row(cells) for pairs in _pairs(sheet) for cells in zip(*pairs, strict=True))
    return f"<table>{''.join(rows)}</table>"


def two_columns(sheet: Sheet) -> str:
    """Lines of label and value in two columns that nothing parts."""
    lines = [f"<p>{escape(label)}: <b>{escape(value)}</b></p>" for pairs in _pairs(sheet) for label, value in pairs]
    half = "<div style='display: inline-block; width: 49%; vertical-align: top'>{}</div>"
    return half.format("".join(lines[:3])) + half.format("".join(lines[3:]))


def dotted_lines(sheet: Sheet) -> str:
    """A row of dots leads from each label to its value."""
    pairs = (pair for pairs in _pairs(sheet) for pair in pairs)
    return "".join(f"<p>{escape(label)} ............ <b>{escape(value)}</b></p>" for label, value in pairs)


def head_of_two_storeys(sheet: Sheet) -> str:
    """One name over the two dates."""
    start, end = PHASE_COLUMNS[2:4]
    outer = "".join(f"<th rowspan='2'>{name}</th>" for name in PHASE_COLUMNS[:2])
    rest = "".join(f"<th rowspan='2'>{name}</th>" for name in PHASE_COLUMNS[4:])
    head = f"<tr>{outer}<th colspan='2'>Tempi</th>{rest}</tr><tr><th>{start}</th><th>{end}</th></tr>"
    return _phases(sheet, f"<h3>FASI</h3>{table(head, phase_rows(sheet), PHASE_WIDTHS)}")


def title_in_the_table(sheet: Sheet) -> str:
    """The section's title is the table's first row, which every page repeats."""
    head = f"<tr><th colspan='7'>FASI</th></tr>{row(PHASE_COLUMNS, 'th')}"
    return _phases(sheet, table(head, phase_rows(sheet), PHASE_WIDTHS))


def title_in_the_indicators(sheet: Sheet) -> str:
    """The same for the indicators."""
    head = f"<tr><th colspan='3'>INDICATORI</th></tr>{row(INDICATOR_COLUMNS, 'th')}"
    return table(head, indicator_rows(sheet), (62, 18, 20))


def labels_beside_values(sheet: Sheet) -> str:
    """Each phase is a table of two columns: label and value."""
    if not sheet.block:
        return phases(sheet)
    return "<h3>FASI</h3>" + "".join(
        table("", [["FASE", text], *zip(BLOCK_COLUMNS, cells, strict=True), ["Note", note]], (20, 80))
        for text, cells, note in phase_blocks(sheet)
    )


def one_table_for_all(sheet: Sheet) -> str:
    """The blocks of all phases in one table."""
    if not sheet.block:
        return phases(sheet)
    return f"<h3>FASI</h3><table>{''.join(_block_rows(sheet))}</table>"


def _block_rows(sheet: Sheet) -> Iterator[str]:
    wide = "<tr><td>{}</td><td colspan='4'>{}</td></tr>"
    for text, cells, note in phase_blocks(sheet):
        yield wide.format("FASE", escape(text)) + row(BLOCK_COLUMNS) + row(cells) + wide.format("Note", escape(note))


def _phases(sheet: Sheet, printed: str) -> str:
    """What is printed of a table of phases; blocks, and no phases, as ever."""
    return phases(sheet) if sheet.block or not sheet.truth["phases"] else printed


VARIANTS = {
    "label above value": Parts(header=label_above_value),
    "labels over values": Parts(header=labels_over_values),
    "header in two columns": Parts(header=two_columns),
    "dots to the value": Parts(header=dotted_lines),
    "head of two storeys": Parts(phases=head_of_two_storeys),
    "titles in the tables": Parts(phases=title_in_the_table, indicators=title_in_the_indicators),
    "labels beside values": Parts(phases=labels_beside_values),
    "one table for all": Parts(phases=one_table_for_all),
}
"""Name of a layout -> the parts of the form that it prints in another way."""
