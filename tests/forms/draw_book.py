"""A year's book as PDF, drawn with reportlab: cover, index, running head and foot, sheets one after the other."""

import random
from collections.abc import Sequence
from html import escape
from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)

from .content import running_head
from .draw_reportlab import MARGIN, Form, fonts_of, page_template
from .look import Look
from .sheets import Sheet

_PLAIN = ParagraphStyle("plain", fontName="Helvetica", fontSize=9, leading=11)
_LARGE = ParagraphStyle("large", fontName="Helvetica-Bold", fontSize=18, leading=26, alignment=1)


def draw_book(sheets: Sequence[Sheet], path: Path, look: Look, rng: random.Random, *, flowing: bool) -> None:
    """Write a book of `sheets`; flowing: sheets follow each other on one page, else each begins a page."""
    size = landscape(A4) if look.landscape else A4
    year = sheets[0].truth["year"]
    document = BaseDocTemplate(str(path), pagesize=size, invariant=1, title=f"PEG {year}")
    templates = [_plain_template(size, year)]
    if not flowing:
        templates += [page_template(number, sheet, size, fonts_of(sheet)) for number, sheet in enumerate(sheets)]
    document.addPageTemplates(templates)
    story = [*_cover(year), PageBreak(), *_index(sheets, rng)]
    width = size[0] - 2 * MARGIN
    for number, sheet in enumerate(sheets):
        form = Form(sheet, look, width)
        if flowing:
            story += [Spacer(1, 24) if number else PageBreak(), *_heading(sheet), *form.story()]
        else:
            story += [NextPageTemplate(str(number)), PageBreak(), *form.story()]
    document.build(story)


def _plain_template(size: tuple[float, float], year: int) -> PageTemplate:
    """Pages with the book's name above and their number below."""

    def head(canvas: Canvas, _document: object) -> None:
        canvas.setFont("Helvetica", 8)
        name = f"Comune di Valdarno Superiore - Piano Esecutivo di Gestione {year}"
        canvas.drawString(MARGIN, size[1] - 1 * cm, name)
        canvas.drawRightString(size[0] - MARGIN, 0.8 * cm, f"Pag. {canvas.getPageNumber()}")

    frame = Frame(MARGIN, MARGIN, size[0] - 2 * MARGIN, size[1] - 3.2 * cm, 0, 0, 0, 0)
    return PageTemplate(id="plain", frames=[frame], onPage=head)


def _cover(year: int) -> list[Flowable]:
    lines = ("COMUNE DI VALDARNO SUPERIORE", f"PIANO ESECUTIVO DI GESTIONE {year}", "PIANO DETTAGLIATO DEGLI OBIETTIVI")
    return [Spacer(1, 150), *(Paragraph(line, _LARGE) for line in lines)]


def _index(sheets: Sequence[Sheet], rng: random.Random) -> list[Flowable]:
    lines: list[Flowable] = [Paragraph("INDICE", _LARGE)]
    for number, sheet in enumerate(sheets):
        name = " ".join(running_head(sheet))[:80] or sheet.truth["service"]
        lines.append(Paragraph(f"{escape(name)} {'.' * rng.randint(5, 30)} {number * 2 + 3}", _PLAIN))
    return lines


def _heading(sheet: Sheet) -> list[Flowable]:
    """Code and title above the form."""
    style = ParagraphStyle("heading", fontName=fonts_of(sheet)[1], fontSize=10, leading=12)
    return [*(Paragraph(escape(text), style) for text in running_head(sheet)), Spacer(1, 6)]
