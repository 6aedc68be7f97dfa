"""The five renderings of a sheet, and what each must become."""

import copy
import random
from collections.abc import Callable

from .book import book
from .render_cells import escaped, pipes, tabs
from .render_lines import ocr, plain
from .scene import Record
from .sheets import Sheet

__all__ = ["RENDERINGS", "book", "expected", "expected_book"]

RENDERINGS: dict[str, Callable[[Sheet, random.Random], str]] = {
    "pipes": pipes,
    "tabs": tabs,
    "escaped": escaped,
    "plain": plain,
    "ocr": ocr,
}
"""Name of a rendering -> the function that prints a sheet so."""


def expected(sheet: Sheet, rendering: str) -> Record:
    """The record that `sheet` must become when read from `rendering`: a copy to change at will."""
    if rendering not in RENDERINGS:
        raise KeyError(rendering)
    return copy.deepcopy(sheet.truth)


def expected_book(sheets: list[Sheet], rendering: str) -> list[Record]:
    """The records of a whole book: numbered in the order of its sheets."""
    return [expected(sheet, rendering) | {"sheet_number": number} for number, sheet in enumerate(sheets, start=1)]
