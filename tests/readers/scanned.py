"""Scans for tests: invented sheets on paper, and whether this machine can read them."""

import io
import random
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from pegextract.errors import UnreadableDocument
from tests.forms.draw import DRAWERS
from tests.forms.look import Look
from tests.forms.scan import Harm, Picture, harmed, render
from tests.forms.sheets import Sheet, random_sheet


def what_is_missing() -> str | None:
    """Why this machine cannot read scans; None where it can."""
    try:
        from pegextract.readers.ocr.engines import engines_for

        engines_for("ita")
    except (UnreadableDocument, ModuleNotFoundError) as error:
        return str(error)
    return None


needs_ocr = pytest.mark.skipif(what_is_missing() is not None, reason=what_is_missing() or "")
"""Left out, with the reason, where tesseract or the second reader is missing."""


SEED = 26
"""A sheet with three phases that fits on one page."""


@cache
def sheet() -> Sheet:
    """One invented sheet, short enough for one page."""
    return random_sheet(random.Random(SEED), block=False, hard=0.0)


def bound(*files: bytes) -> bytes:
    """Several PDFs as one."""
    whole = pikepdf.new()
    for file in files:
        with pikepdf.open(io.BytesIO(file)) as part:
            whole.pages.extend(part.pages)
    buffer = io.BytesIO()
    whole.save(buffer)
    return buffer.getvalue()


def drawn(folder: Path) -> Path:
    """The sheet as a PDF."""
    path = folder / "sheet.pdf"
    if not path.exists():
        DRAWERS["reportlab"]([sheet()], path, look=Look(gantt=False, new_page=False))
    return path


def scanned(folder: Path, dpi: int = 200, harm: Harm | None = None) -> list[Picture]:
    """The sheet's pages as a scanner gives them."""
    return [harmed(page, harm or Harm(), random.Random(1)) for page in render(drawn(folder), dpi)]
