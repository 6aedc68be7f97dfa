"""Pictures that a person asked for: a page with all that was read on it, the spot of one value."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pegextract.document import Box
from pegextract.errors import DocumentError, UsageError
from pegextract.extraction import Extraction, SheetExtraction
from pegextract.readers.options import DEFAULT, ReaderOptions
from pegextract.readers.page_image import page_image
from pegextract.report.explanation import Explanation
from pegextract.report.marks import marks_of, pages_of
from pegextract.report.picture import crop, draw_page
from pegextract.report.source import Source
from pegextract.runs.names import portable_name
from pegextract.runs.sources import read_regular_file

if TYPE_CHECKING:
    from PIL.Image import Image

PAGE_DPI: Final = 150.0
SPOT_DPI: Final = 200.0


def save_page(
    path: Path,
    data: bytes,
    name: str,
    extraction: Extraction,
    sheets: Sequence[SheetExtraction] = (),
    page: int | None = None,
    options: ReaderOptions = DEFAULT,
) -> str:
    """Draw a page into the file `path`; a sentence about what was drawn.

    page: from 1; None is the first page of the first of `sheets`, else the first on which something was found.
    Raises UsageError where there is no such page, the document has none, or the file cannot be a picture.
    """
    number = page or _first_page(extraction, sheets)
    marks = marks_of(extraction, number)
    _save(draw_page(_image(data, name, number, PAGE_DPI, options), PAGE_DPI, marks), path)
    return f"page {number} of {extraction.page_count}, {len(marks)} marks: {portable_name(str(path))}"


def save_spot(path: Path, found: Explanation, source: Source) -> str:
    """Draw the place where the value stands into the file `path`; a sentence about it.

    Raises UsageError where the value has no place on a page, or the document is not to be had.
    """
    row = next((row for row in (*found.evidence, *found.parts) if row["x0"] is not None), None)
    if row is None:
        raise UsageError(f"{found.cell} has no place on a page to draw; --image is for values of PDFs and scans")
    if source.path is None:
        raise UsageError(source.reason)
    box = Box(row["page"], row["x0"], row["top"], row["x1"], row["bottom"])
    data = read_regular_file(str(source.path))
    image = _image(data, source.path.name, box.page, SPOT_DPI)
    _save(crop(image, SPOT_DPI, box, row["table"]), path)
    return f"page {box.page}, the spot of {found.cell}: {portable_name(str(path))}"


def _first_page(extraction: Extraction, sheets: Sequence[SheetExtraction]) -> int:
    boxes = [row.box.page for sheet in sheets for row in sheet.evidence if row.box]
    return min(boxes, default=0) or next(iter(pages_of(extraction)), 1)


def _image(data: bytes, name: str, number: int, dots_per_inch: float, options: ReaderOptions = DEFAULT) -> Image:
    try:
        return page_image(data, name, number, dots_per_inch, options)
    except DocumentError as error:
        raise UsageError(f"{name}: {error}") from error


def _save(image: Image, path: Path) -> None:
    try:
        image.save(path)
    except ValueError as error:
        raise UsageError(f"{portable_name(str(path))}: a picture's name ends in .png, .jpg, .tif or .pdf") from error
