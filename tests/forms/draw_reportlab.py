"""The form drawn with reportlab."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
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
    Table,
)

from .content import (
    BLOCK_COLUMNS,
    DESCRIPTION_LABEL,
    INDICATOR_COLUMNS,
    LINKED_COLUMNS,
    PHASE_COLUMNS,
    gantt_labels,
    gantt_months,
    header_rows,
    indicator_rows,
    link_lines,
    linked_rows,
    phase_blocks,
    phase_rows,
    running_head,
)
from .look import Look
from .sheets import Sheet

MARGIN = 1.5 * cm
_HEAD = 2.3 * cm


def draw(sheets: Sequence[Sheet], path: Path, look: Look) -> None:
    """Write all `sheets` to one PDF at `path`, each beginning on a new page."""
    size = landscape(A4) if look.landscape else A4
    document = BaseDocTemplate(str(path), pagesize=size, invariant=1, title="Piano Esecutivo di Gestione")
    document.addPageTemplates(
        [page_template(number, sheet, size, fonts_of(sheet)) for number, sheet in enumerate(sheets)]
    )
    story: list[Flowable] = []
    for number, sheet in enumerate(sheets):
        story += [NextPageTemplate(str(number)), PageBreak()] if number else []
        story += Form(sheet, look, size[0] - 2 * MARGIN).story()
    document.build(story)


def fonts_of(sheet: Sheet) -> tuple[str, str]:
    """Helvetica, or Vera (bundled with reportlab) where a sheet prints signs such as ≥."""
    try:
        repr(sheet.truth).encode("cp1252")
    except UnicodeEncodeError:
        pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
        pdfmetrics.registerFont(TTFont("VeraBd", "VeraBd.ttf"))
        return "Vera", "VeraBd"
    return "Helvetica", "Helvetica-Bold"


def page_template(number: int, sheet: Sheet, size: tuple[float, float], fonts: tuple[str, str]) -> PageTemplate:
    """Pages with the sheet's code and title above and their number below."""
    style = ParagraphStyle("head", fontName=fonts[1], fontSize=10, leading=12)

    def head(canvas: Canvas, _document: object) -> None:
        top = size[1] - 0.8 * cm
        for text in running_head(sheet):
            paragraph = Paragraph(escape(text), style)
            _, height = paragraph.wrap(size[0] - 2 * MARGIN, _HEAD)
            paragraph.drawOn(canvas, MARGIN, top - height)
            top -= height + 2
        canvas.setFont(fonts[0], 8)
        canvas.drawRightString(size[0] - MARGIN, 0.8 * cm, f"Pag. {canvas.getPageNumber()}")

    frame = Frame(MARGIN, MARGIN, size[0] - 2 * MARGIN, size[1] - MARGIN - _HEAD, 0, 0, 0, 0)
    return PageTemplate(id=str(number), frames=[frame], onPage=head)


_RED: Any = {"fillColor": colors.red}
"""reportlab's stubs know colours by name only."""


class Form:
    """The parts of one sheet as flowables `width` points wide."""

    def __init__(self, sheet: Sheet, look: Look, width: float) -> None:
        self.sheet, self.look, self.width = sheet, look, width
        plain, bold = fonts_of(sheet)
        size = 8 if look.landscape else 7
        self.text = ParagraphStyle("text", fontName=plain, fontSize=size, leading=size * 1.25)
        self.bold = ParagraphStyle("bold", parent=self.text, fontName=bold)

    def story(self) -> list[Flowable]:
        """All parts of the sheet, in the order of the form."""
        parts = [*self._header(), *self._links(), *self._description()]
        if self.look.new_page and self.sheet.truth["phases"]:
            parts.append(PageBreak())
        return [*parts, *self._gantt(), *self._phases(), *self._indicators(), *self._linked()]

    def _table(self, rows: Sequence[Any], shares: Sequence[float], *, ruled: bool, head: int = 1) -> Table:
        commands: list[Any] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE" if self.look.middle else "TOP")]
        commands += [(f"{side}PADDING", (0, 0), (-1, -1), 2) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
        if ruled:
            commands.append(("GRID", (0, 0), (-1, -1), 0.5, colors.grey))
        return Table(rows, [self.width * share for share in shares], style=commands, repeatRows=head)

    def _cells(self, texts: Sequence[str], style: ParagraphStyle | None = None) -> list[Flowable]:
        return [Paragraph(escape(text), style or self.text) for text in texts]

    def _heading(self, text: str) -> list[Flowable]:
        return [Spacer(1, 8), Paragraph(text, self.bold), Spacer(1, 4)]

    def _header(self) -> list[Flowable]:
        rows = [
            [Paragraph(escape(text), self.bold if i % 2 else self.text) for i, text in enumerate(row)]
            for row in header_rows(self.sheet)
        ]
        return [self._table(rows, (0.09, 0.25, 0.09, 0.2, 0.13, 0.24), ruled=self.look.rules, head=0), Spacer(1, 6)]

    def _links(self) -> list[Flowable]:
        lines = [Paragraph(f"<b>{label}</b> {escape(text)}", self.text) for label, text in link_lines(self.sheet)]
        return [*self._heading("Collegato a"), *lines] if lines else []

    def _description(self) -> list[Flowable]:
        paragraphs = self._cells((self.sheet.truth["description"] or "").split("\n"))
        if not self.look.label_left:
            return [*self._heading(" ".join(DESCRIPTION_LABEL)), *paragraphs]
        label = Paragraph("<br/>".join(DESCRIPTION_LABEL), self.bold)
        at = len(paragraphs) // 2 if self.look.middle else 0
        rows = [[label if i == at else Spacer(1, 1), paragraph] for i, paragraph in enumerate(paragraphs)]
        return [Spacer(1, 8), self._table(rows, (0.13, 0.87), ruled=False, head=0)]

    def _gantt(self) -> list[Flowable]:
        phases = self.sheet.truth["phases"]
        if not self.look.gantt or not phases:
            return []
        left, row = self.width * 0.35, 14.0
        step = (self.width - left) / 7
        drawing = Drawing(self.width, row * (len(phases) + 2))
        for i, month in enumerate(gantt_months(self.sheet.truth["year"])):
            drawing.add(String(left + i * step, row * (len(phases) + 1), month, fontSize=6))
            drawing.add(Line(left + i * step, row, left + i * step, row * (len(phases) + 1), strokeWidth=0.3))
        for i, (phase, label) in enumerate(zip(phases, gantt_labels(self.sheet, 40), strict=True)):
            y = row * (len(phases) - i)
            first, last = int(phase["start_date"][5:7]) - 1, int(phase["end_date"][5:7])
            drawing.add(String(0, y + 3, label, fontSize=6))
            drawing.add(Rect(left + first * step / 2, y + 2, max(1, last - first) * step / 2, 5, **_RED))
        drawing.add(String(left, 2, "Previsto", fontSize=6))
        drawing.add(String(left + 60, 2, "Effettivo", fontSize=6))
        return [*self._heading("GANTT"), drawing]

    def _phases(self) -> list[Flowable]:
        if not self.sheet.truth["phases"]:
            return []
        parts = self._heading("FASI")
        if not self.sheet.block:
            rows = [self._cells(PHASE_COLUMNS, self.bold), *map(self._cells, phase_rows(self.sheet))]
            return [*parts, self._table(rows, (0.3, 0.06, 0.09, 0.09, 0.18, 0.18, 0.1), ruled=self.look.rules)]
        for text, cells, note in phase_blocks(self.sheet):
            parts.append(self._table([self._cells(["FASE", text])], (0.08, 0.92), ruled=False, head=0))
            rows = [self._cells(BLOCK_COLUMNS, self.bold), self._cells(cells)]
            parts.append(self._table(rows, (0.13, 0.13, 0.08, 0.36, 0.3), ruled=self.look.rules))
            parts.append(self._table([self._cells(["Note", note])], (0.08, 0.92), ruled=False, head=0))
        return parts

    def _indicators(self) -> list[Flowable]:
        rows = [self._cells(INDICATOR_COLUMNS, self.bold), *map(self._cells, indicator_rows(self.sheet))]
        return [*self._heading("INDICATORI"), self._table(rows, (0.62, 0.18, 0.2), ruled=self.look.rules)]

    def _linked(self) -> list[Flowable]:
        rows = [self._cells(LINKED_COLUMNS, self.bold), *map(self._cells, linked_rows(self.sheet))]
        table = self._table(rows, (0.18, 0.52, 0.15, 0.15), ruled=self.look.rules)
        return [*self._heading("OBIETTIVI COLLEGATI"), table] if len(rows) > 1 else []
