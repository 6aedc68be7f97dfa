r"""Paragraphs and tables in reading order to one running text with lines of cells: what HTML and DOCX have in common.

A paragraph gives a line per printed line; a table row gives one line, its cells set apart by tabs, a line break
inside a cell kept as "\v", the end of a paragraph inside a cell as two of them. A row that holds another table is
layout, not data: its contents are read one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pegextract.document import Document
from pegextract.findings import Finding
from pegextract.readers.blocks import Item, Paragraph, Row, compose
from pegextract.readers.spans import SpannedCell, spread

MAX_NESTED_TABLES = 50
"""Tables nested deeper are read as plain blocks; no office program nests ten."""

_INVISIBLE = re.compile(r"[\xad\u200b\u2060\ufeff]")
_ODD_BLANK = re.compile(r"[^\S\n\t ]|[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(slots=True)
class _Frame:
    """What is open: the page, a table, a row or a cell, and what was read in it so far."""

    kind: str
    items: list[Item] = field(default_factory=list)
    cells: list[SpannedCell[list[Paragraph]]] = field(default_factory=list)
    contents: list[list[Item]] = field(default_factory=list)
    colspan: int = 1
    rowspan: int = 1


class Linearizer:
    """Takes the events of a walk through a tree, gives the Document. `close(depth)` ends whatever was opened since."""

    def __init__(self) -> None:
        self._frames = [_Frame("page")]
        self._buffer: list[str] = []
        self._page = 1
        self._tables = 0

    @property
    def depth(self) -> int:
        """How much is open; to be given back to `close`."""
        return len(self._frames)

    @property
    def at_blank(self) -> bool:
        """True where another blank would be one too many: at the beginning of a line or after a blank."""
        return not self._buffer or self._buffer[-1][-1] in " \n\t"

    @property
    def line_so_far(self) -> str:
        """The last pieces of the line that is being written: enough to see what it begins with."""
        return "".join(self._buffer[-8:]).rpartition("\n")[2]

    @property
    def items(self) -> list[Item]:
        """What was read, once everything is closed."""
        self.close(1)
        return self._frames[0].items

    def text(self, part: str) -> None:
        r"""Words of the current paragraph; "\n" breaks the line, "\t" is a tab stop."""
        part = _ODD_BLANK.sub(" ", _INVISIBLE.sub("", part))
        if part:
            self._buffer.append(part)

    def end_paragraph(self) -> None:
        """The paragraph is over; without words there was none."""
        if not self._buffer:
            return
        lines = [line.rstrip() for line in "".join(self._buffer).split("\n")]
        self._buffer.clear()
        while lines and not lines[-1]:
            lines.pop()
        first = next((i for i, line in enumerate(lines) if line), 0)
        if lines:
            self._frames[-1].items.append(Paragraph(lines[first:], self._page))

    def page_break(self) -> None:
        """What follows stands on another page."""
        self.end_paragraph()
        self._page += 1

    def insert(self, items: Iterable[Item]) -> None:
        """Items that another Linearizer read, in this place; its tables must not hold spans any more."""
        self.end_paragraph()
        for item in items:
            item.page = self._page
            self._frames[-1].items.append(item)

    def open_table(self) -> None:
        """A table begins."""
        self.end_paragraph()
        if sum(frame.kind == "table" for frame in self._frames) < MAX_NESTED_TABLES:
            self._frames.append(_Frame("table"))

    def open_row(self) -> None:
        """A row begins; outside a table it is a block."""
        self.end_paragraph()
        if self._frames[-1].kind == "row":
            self.close(self.depth - 1)  # cells without a row stood before it
        if self._frames[-1].kind == "table":
            self._frames.append(_Frame("row"))

    def open_cell(self, colspan: int = 1, rowspan: int = 1) -> None:
        """A cell begins that takes so many columns and rows; outside a table it is a block."""
        self.end_paragraph()
        if self._frames[-1].kind == "table":
            self._frames.append(_Frame("row"))
        if self._frames[-1].kind == "row":
            self._frames.append(_Frame("cell", colspan=colspan, rowspan=rowspan))

    def close(self, depth: int) -> None:
        """End the paragraph and what was opened since `depth`."""
        self.end_paragraph()
        while self.depth > max(1, depth):
            frame = self._frames.pop()
            finish = {"table": self._finish_table, "row": self._finish_row, "cell": self._finish_cell}[frame.kind]
            finish(frame, self._frames[-1])

    def _finish_cell(self, cell: _Frame, row: _Frame) -> None:
        words = [item for item in cell.items if isinstance(item, Paragraph)]
        row.cells.append(SpannedCell(words, cell.colspan, cell.rowspan))
        row.contents.append(cell.items)

    def _finish_row(self, row: _Frame, table: _Frame) -> None:
        table.items.extend(row.items)
        if any(isinstance(item, Row) for content in row.contents for item in content):
            table.items.extend(item for content in row.contents for item in content)
        elif row.cells:
            page = next((p.page for cell in row.cells for p in cell.content or ()), self._page)
            table.items.append(Row(row.cells, page))

    def _finish_table(self, table: _Frame, parent: _Frame) -> None:
        rows = [item for item in table.items if isinstance(item, Row) and not item.table]
        self._tables += 1
        for row, cells in zip(rows, spread([row.spanned for row in rows]), strict=True):
            row.table, row.cells = self._tables, cells
        filled = {i for row in rows for i, cell in enumerate(row.cells) if cell}
        for item in table.items:
            if isinstance(item, Row) and item.table == self._tables and len(filled) <= 1:
                parent.items.extend(paragraph for cell in item.cells for paragraph in cell or ())
            else:
                parent.items.append(item)

    def document(self, reader: str, page_count: int | None, findings: tuple[Finding, ...]) -> Document:
        """The Document of all that was read."""
        text, lines = compose(self.items)
        return Document(text=text, lines=lines, reader=reader, page_count=page_count, findings=findings)
