"""What a page consists of, in reading order: rows of tables and lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pegextract.readers.page.lines import Segment, TextLine
from pegextract.readers.page.parts import Page

CellText = tuple[Segment, ...]
"""The lines of a cell from top to bottom; () where it is empty."""


Extent = tuple[float, float]
"""From the left edge to the right edge of a column."""


class Row(NamedTuple):
    """One row of a table.

    table: tells the tables of a page apart · columns: where each stands · continued: its cells on further pages.
    """

    cells: tuple[CellText, ...]
    table: int
    top: float
    bottom: float
    columns: tuple[Extent, ...]
    continued: tuple[tuple[Page, tuple[CellText, ...]], ...] = ()


Block = Row | TextLine


def white_between(blocks: Sequence[Block]) -> list[float]:
    """The white above each block, 0 above the first."""
    return [0.0, *(max(0.0, below.top - above.bottom) for above, below in pairwise(blocks))] if blocks else []
