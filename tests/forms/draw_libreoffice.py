"""The form written as a Word document and printed by LibreOffice."""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

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


def present() -> bool:
    """LibreOffice is on the path and python-docx can be imported."""
    return shutil.which("soffice") is not None and find_spec("docx") is not None


def draw(sheets: Sequence[Sheet], path: Path, look: Look) -> None:
    """Write all `sheets` to one PDF at `path`, each beginning on a new page."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "forms.docx"
        write_docx(sheets, source, look)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        shutil.move(source.with_suffix(".pdf"), path)


def write_docx(sheets: Sequence[Sheet], path: Path, look: Look) -> None:
    """Write all `sheets` as one Word document, one section each with code and title as its page head."""
    from docx import Document

    document = Document()
    document.styles["Normal"].font.name = "DejaVu Sans Condensed"
    for number, sheet in enumerate(sheets):
        section = document.sections[0] if number == 0 else document.add_section()
        _page(section, sheet, look)
        _Writer(document, sheet, look).write()
    document.save(str(path))


def _page(section: Any, sheet: Sheet, look: Look) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    long, short = Cm(29.7), Cm(21)
    section.orientation = WD_ORIENT.LANDSCAPE if look.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if look.landscape else (short, long)
    section.left_margin = section.right_margin = section.bottom_margin = Cm(1.5)
    section.header.is_linked_to_previous = False
    head = section.header.paragraphs[0]
    for number, text in enumerate(running_head(sheet)):
        run = head.add_run(text)
        run.bold = True
        if number == 0 and sheet.truth["code"]:
            run.add_break()


class _Writer:
    """Writes the parts of one sheet to the end of a Word document."""

    def __init__(self, document: Any, sheet: Sheet, look: Look) -> None:
        from docx.shared import Pt

        self.document, self.sheet, self.look, self.size = document, sheet, look, Pt(7)
        self.width = 26.7 if look.landscape else 18.0

    def write(self) -> None:
        self._table(header_rows(self.sheet), (9, 25, 9, 20, 13, 24), bold_columns=(1, 3, 5))
        self._links()
        self._description()
        if self.look.new_page and self.sheet.truth["phases"]:
            self.document.add_page_break()
        if self.look.gantt and self.sheet.truth["phases"]:
            self._gantt()
        if self.sheet.truth["phases"]:
            self._phases()
        self._paragraph("INDICATORI", bold=True)
        self._table([list(INDICATOR_COLUMNS), *indicator_rows(self.sheet)], (62, 18, 20), head=True)
        if linked_rows(self.sheet):
            self._paragraph("OBIETTIVI COLLEGATI", bold=True)
            self._table([list(LINKED_COLUMNS), *linked_rows(self.sheet)], (18, 52, 15, 15), head=True)

    def _paragraph(self, text: str, *, bold: bool = False) -> None:
        self._fill(self.document.add_paragraph(), text, bold=bold)

    def _fill(self, paragraph: Any, text: str, *, bold: bool = False) -> None:
        from docx.shared import Pt

        run = paragraph.add_run(text)
        run.font.size, run.bold = self.size, bold
        paragraph.paragraph_format.space_after = Pt(2)

    def _table(
        self,
        rows: Sequence[Sequence[str]],
        shares: Sequence[int],
        *,
        head: bool = False,
        ruled: bool = True,
        bold_columns: Sequence[int] = (),
    ) -> Any:
        from docx.enum.table import WD_ALIGN_VERTICAL
        from docx.shared import Cm

        table = self.document.add_table(len(rows), len(shares), "Table Grid" if ruled and self.look.rules else None)
        table.autofit = False
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Cm(self.width * share / sum(shares))
        for i, row in enumerate(rows):
            for j, (text, cell) in enumerate(zip(row, table.rows[i].cells, strict=True)):
                cell.width = Cm(self.width * shares[j] / sum(shares))
                lines = text.split("\n")
                for paragraph, line in zip(
                    [*cell.paragraphs, *(cell.add_paragraph() for _ in lines[1:])], lines, strict=True
                ):
                    self._fill(paragraph, line, bold=j in bold_columns or (head and i == 0))
                if self.look.middle:
                    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        if head:
            _repeat(table.rows[0])
        return table

    def _links(self) -> None:
        if link_lines(self.sheet):
            self._paragraph("Collegato a")
        for label, text in link_lines(self.sheet):
            paragraph = self.document.add_paragraph()
            self._fill(paragraph, f"{label} ", bold=True)
            self._fill(paragraph, text)

    def _description(self) -> None:
        text = self.sheet.truth["description"] or ""
        if self.look.label_left:
            self._table([["\n".join(DESCRIPTION_LABEL), text]], (13, 87), ruled=False, bold_columns=(0,))
            return
        self._paragraph(" ".join(DESCRIPTION_LABEL), bold=True)
        for line in text.split("\n"):
            self._paragraph(line)

    def _gantt(self) -> None:
        self._paragraph("GANTT", bold=True)
        months = gantt_months(self.sheet.truth["year"])
        rows = [["Fasi", *months], *([label, *[""] * len(months)] for label in gantt_labels(self.sheet, 40))]
        table = self._table(rows, (30, *[10] * len(months)), ruled=False)
        for row, phase in zip(table.rows[1:], self.sheet.truth["phases"], strict=True):
            first, last = int(phase["start_date"][5:7]) // 2, int(phase["end_date"][5:7]) // 2
            for cell in row.cells[first + 1 : max(first, last) + 2]:
                _shade(cell)
        self._paragraph("Previsto   Effettivo")

    def _phases(self) -> None:
        self._paragraph("FASI", bold=True)
        if not self.sheet.block:
            self._table([list(PHASE_COLUMNS), *phase_rows(self.sheet)], (27, 7, 11, 11, 17, 17, 10), head=True)
            return
        for text, cells, note in phase_blocks(self.sheet):
            self._paragraph(f"FASE\t{text}")
            self._table([list(BLOCK_COLUMNS), cells], (13, 13, 8, 36, 30), head=True)
            self._paragraph(f"Note\t{note}".strip())


def _repeat(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _shade(cell: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "CC3333")
    cell._tc.get_or_add_tcPr().append(shade)
