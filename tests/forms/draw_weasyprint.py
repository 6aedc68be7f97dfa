"""The form drawn from HTML with WeasyPrint."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from importlib.util import find_spec
from pathlib import Path

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

PHASE_WIDTHS = (30, 6, 9, 9, 18, 18, 10)
"""Of the columns of the phases, in per cent."""
_CSS = """
@page {{ size: A4 {orientation}; margin: 2.4cm 1.4cm 1.5cm;
        @top-left {{ content: element(head); vertical-align: middle; width: 100% }}
        @bottom-right {{ content: "Pag. " counter(page) " di " counter(pages); font: 8pt sans-serif }} }}
body {{ font: 8pt "Liberation Sans", "DejaVu Sans", sans-serif }}
.head {{ position: running(head); font-weight: bold; font-size: 10pt }}
.sheet + .sheet, .new {{ break-before: page }}
table {{ border-collapse: collapse; width: 100%; margin: 4pt 0 }}
td, th {{ border: {rule}; padding: 2pt 3pt; text-align: left; vertical-align: {align} }}
.bare td {{ border: none }}
.bare td:first-child {{ width: 13%; font-weight: bold }}
.header td:nth-child(even) {{ font-weight: bold }}
h3 {{ font-size: 9pt; margin: 8pt 0 2pt }}
p {{ margin: 0 0 3pt }}
"""


def present() -> bool:
    """WeasyPrint can be imported."""
    return find_spec("weasyprint") is not None


def draw(sheets: Sequence[Sheet], path: Path, look: Look, style: str = "", parts: Parts | None = None) -> None:
    """Write all `sheets` to one PDF at `path`, each beginning on a new page; style: CSS that comes last."""
    from weasyprint import HTML

    HTML(string=html(sheets, look, style, parts)).write_pdf(str(path))


def html(sheets: Sequence[Sheet], look: Look, style: str = "", parts: Parts | None = None) -> str:
    """The page that WeasyPrint prints."""
    css = _CSS.format(
        orientation="landscape" if look.landscape else "portrait",
        rule="0.5pt solid #777" if look.rules else "none",
        align="middle" if look.middle else "top",
    )
    body = "".join(f'<div class="sheet">{_form(sheet, look, parts or Parts())}</div>' for sheet in sheets)
    return f'<!doctype html><html lang="it"><meta charset="utf-8"><style>{css}{style}</style><body>{body}</body></html>'


def _form(sheet: Sheet, look: Look, own: Parts) -> str:
    head = "<br>".join(map(escape, running_head(sheet)))
    new_page = '<div class="new"></div>' if look.new_page and sheet.truth["phases"] else ""
    parts = [f'<div class="head">{head}</div>{own.header(sheet)}', _links(sheet)]
    parts += [_description(sheet, look), new_page, _gantt(sheet) if look.gantt else "", own.phases(sheet)]
    parts.append(own.indicators(sheet))
    if linked_rows(sheet):
        parts += ["<h3>OBIETTIVI COLLEGATI</h3>", _table(LINKED_COLUMNS, linked_rows(sheet), (18, 52, 15, 15))]
    return "".join(parts)


def header(sheet: Sheet) -> str:
    """The header table: label and value side by side."""
    return f'<table class="header">{"".join(row(cells) for cells in header_rows(sheet))}</table>'


def indicators(sheet: Sheet) -> str:
    """The title and the table of the indicators."""
    return f"<h3>INDICATORI</h3>{_table(INDICATOR_COLUMNS, indicator_rows(sheet), (62, 18, 20))}"


def row(cells: Iterable[str], tag: str = "td") -> str:
    """A row of cells."""
    return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in cells)}</tr>"


def table(head: str, rows: Iterable[Sequence[str]], widths: Sequence[int]) -> str:
    """A table; head: its rows that every page repeats · widths: of the columns, in per cent."""
    cols = "".join(f'<col style="width: {width}%">' for width in widths)
    return f"<table>{cols}<thead>{head}</thead><tbody>{''.join(map(row, rows))}</tbody></table>"


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> str:
    return table(row(columns, "th"), rows, widths)


def _links(sheet: Sheet) -> str:
    lines = "".join(f"<p><b>{escape(label)}</b> {escape(text)}</p>" for label, text in link_lines(sheet))
    return f"<h3>Collegato a</h3>{lines}" if lines else ""


def _description(sheet: Sheet, look: Look) -> str:
    text = "".join(f"<p>{escape(line)}</p>" for line in (sheet.truth["description"] or "").split("\n"))
    if look.label_left:
        label = "<br>".join(DESCRIPTION_LABEL)
        return f'<table class="bare"><tr><td>{label}</td><td>{text}</td></tr></table>'
    return f"<h3>{' '.join(DESCRIPTION_LABEL)}</h3>{text}"


def _gantt(sheet: Sheet) -> str:
    phases = sheet.truth["phases"]
    if not phases:
        return ""
    height = 14 * (len(phases) + 2)
    marks = [_label(240 + i * 65, 10, month) for i, month in enumerate(gantt_months(sheet.truth["year"]))]
    for i, (phase, text) in enumerate(zip(phases, gantt_labels(sheet, 46), strict=True)):
        first, last = int(phase["start_date"][5:7]) - 1, int(phase["end_date"][5:7])
        marks.append(_label(0, 24 + 14 * i, text))
        width = max(1, last - first) * 32
        marks.append(f'<rect x="{240 + first * 32}" y="{17 + 14 * i}" width="{width}" height="8" fill="#c33"/>')
    marks += [_label(240, height - 2, "Previsto"), _label(300, height - 2, "Effettivo")]
    return f'<h3>GANTT</h3><svg width="100%" viewBox="0 0 720 {height}">{"".join(marks)}</svg>'


def _label(x: int, y: int, text: str) -> str:
    return f'<text x="{x}" y="{y}" font-size="8">{escape(text)}</text>'


def phases(sheet: Sheet) -> str:
    """The title and the phases: a table, or a block for each."""
    if not sheet.truth["phases"]:
        return ""
    if not sheet.block:
        return f"<h3>FASI</h3>{_table(PHASE_COLUMNS, phase_rows(sheet), PHASE_WIDTHS)}"
    blocks = []
    for text, cells, note in phase_blocks(sheet):
        blocks.append(f'<table class="bare">{row(["FASE", text])}</table>')
        blocks.append(_table(BLOCK_COLUMNS, [cells], (13, 13, 8, 36, 30)))
        blocks.append(f'<table class="bare">{row(["Note", note])}</table>')
    return f"<h3>FASI</h3>{''.join(blocks)}"


@dataclass(frozen=True)
class Parts:
    """How the parts of the form are printed that may be printed in another way."""

    header: Callable[[Sheet], str] = header
    phases: Callable[[Sheet], str] = phases
    indicators: Callable[[Sheet], str] = indicators
