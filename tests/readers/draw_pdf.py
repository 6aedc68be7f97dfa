"""Tiny PDFs for tests, drawn by hand."""

import io
from collections.abc import Callable

from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0


def pdf(*pages: Callable[[Canvas], object], encrypt: object = None) -> bytes:
    """A PDF of A4 pages, each drawn by one function."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=1, encrypt=encrypt)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def text(x: float, top: float, words: str, colour: object = colors.black, size: float = 10) -> Callable[[Canvas], None]:
    """Words whose line stands `top` points below the page's upper edge."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        canvas.setFillColor(colour)
        canvas.drawString(x, HEIGHT - top, words)

    return draw


def box(x: float, top: float, width: float, height: float, fill: object = None) -> Callable[[Canvas], None]:
    """A drawn box, or a filled one."""

    def draw(canvas: Canvas) -> None:
        if fill is not None:
            canvas.setFillColor(fill)
        canvas.rect(x, HEIGHT - top - height, width, height, stroke=int(fill is None), fill=int(fill is not None))

    return draw


def together(*draws: Callable[[Canvas], object]) -> Callable[[Canvas], None]:
    """One page from several drawings, painted in this order."""

    def draw(canvas: Canvas) -> None:
        for part in draws:
            part(canvas)

    return draw
