"""A town's yearly book as a PDF: cover, index, the sheets, what every page repeats."""

import random
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas

from .draw import DRAWERS
from .draw_reportlab import draw_flowing
from .look import Look, random_look
from .sheets import Sheet

TOWN = "Comune di Valdarno Superiore"
_INDEX_LINES = 40


def draw_book(sheets: Sequence[Sheet], path: Path, producer: str, rng: random.Random) -> None:
    """Each sheet on pages of its own, all in one look, drawn by `producer`; cover and index before them."""
    look = random_look(rng)
    body = path.with_suffix(".sheets.pdf")
    DRAWERS[producer](sheets, body, look=look)
    _bind(sheets, body, path, rng)


def draw_flowing_book(sheets: Sequence[Sheet], path: Path, rng: random.Random) -> None:
    """Sheets one behind the other: several on a page where they are short, a page break anywhere in them."""
    body = path.with_suffix(".sheets.pdf")
    draw_flowing(sheets, body, Look(rules=rng.random() < 0.6, gantt=False, new_page=False))
    _bind(sheets, body, path, rng)


def _bind(sheets: Sequence[Sheet], body: Path, path: Path, rng: random.Random) -> None:
    """Cover and index before the pages of `body`, which is used up; a running foot on all of them but the cover."""
    foot = f"{TOWN} - Piano Esecutivo di Gestione {sheets[0].truth['year']}" if rng.random() < 0.7 else None
    with pikepdf.open(BytesIO(_front(sheets, rng))) as book, pikepdf.open(body) as pages:
        book.pages.extend(pages.pages)
        for page in list(book.pages)[1:] if foot else ():
            _, _, width, height = (float(number) for number in page.mediabox)
            with pikepdf.open(BytesIO(_foot(foot, width, height))) as stamp:
                page.add_overlay(stamp.pages[0])
        book.save(path, deterministic_id=True)
    body.unlink()


def _foot(text: str, width: float, height: float) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(width, height), invariant=1)
    canvas.setFont("Helvetica", 7)
    canvas.drawString(width / 4, 0.4 * cm, text)
    canvas.save()
    return buffer.getvalue()


def _front(sheets: Sequence[Sheet], rng: random.Random) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    year = sheets[0].truth["year"]
    for size, y, text in (
        (16, 22, TOWN.upper()),
        (22, 17, f"PIANO ESECUTIVO DI GESTIONE {year}"),
        (14, 15, "PIANO DETTAGLIATO DEGLI OBIETTIVI"),
        (10, 4, f"Approvato con deliberazione di Giunta n. {rng.randint(10, 300)} del 28/04/{year}"),
    ):
        canvas.setFont("Helvetica-Bold", size)
        canvas.drawCentredString(A4[0] / 2, y * cm, text)
    canvas.showPage()
    for first in range(0, len(sheets), _INDEX_LINES):
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(2 * cm, A4[1] - 2 * cm, "INDICE")
        canvas.setFont("Helvetica", 9)
        for row, sheet in enumerate(sheets[first : first + _INDEX_LINES]):
            y = A4[1] - (3 + row * 0.6) * cm
            name = f"{sheet.truth['code'] or ''} {(sheet.truth['title'] or sheet.truth['service'] or '')[:80]}".strip()
            name = name.encode("cp1252", "replace").decode("cp1252")
            canvas.drawString(2 * cm, y, f"{name} {'.' * rng.randint(5, 20)}")
            canvas.drawRightString(A4[0] - 2 * cm, y, str(3 + (first + row) * 2))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
