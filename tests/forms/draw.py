"""Draws invented sheets as PDFs with three programs, so that no reader is fitted to one."""

from collections.abc import Sequence
from pathlib import Path

from . import draw_libreoffice as _libreoffice
from . import draw_reportlab as _reportlab
from . import draw_weasyprint as _weasyprint
from .look import Look
from .sheets import Sheet


def available() -> dict[str, bool]:
    """Which drawing programs this machine has."""
    return {"reportlab": True, "weasyprint": _weasyprint.present(), "libreoffice": _libreoffice.present()}


def draw_reportlab(
    sheets: Sequence[Sheet], path: Path, *, rules: bool = True, landscape: bool = False, look: Look | None = None
) -> None:
    """Draw `sheets` to a PDF at `path`; `look` says more than `rules` and `landscape`, and replaces them."""
    _reportlab.draw(sheets, path, look or Look(rules, landscape))


def draw_weasyprint(
    sheets: Sequence[Sheet], path: Path, *, rules: bool = True, landscape: bool = False, look: Look | None = None
) -> None:
    """As draw_reportlab, with WeasyPrint; ImportError where it is absent."""
    _weasyprint.draw(sheets, path, look or Look(rules, landscape))


def draw_libreoffice(
    sheets: Sequence[Sheet], path: Path, *, rules: bool = True, landscape: bool = False, look: Look | None = None
) -> None:
    """As draw_reportlab, with LibreOffice (a few seconds); FileNotFoundError where it is absent."""
    _libreoffice.draw(sheets, path, look or Look(rules, landscape))


DRAWERS = {"reportlab": draw_reportlab, "weasyprint": draw_weasyprint, "libreoffice": draw_libreoffice}
"""Name of a drawing program -> the function that draws with it."""
