"""Renderings that keep the cells: pipe tables, tabs, and tabs with escaped markdown."""

import random
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .content import (
    BLOCK_COLUMNS,
    DESCRIPTION_LABEL,
    INDICATOR_COLUMNS,
    LINKED_COLUMNS,
    PHASE_COLUMNS,
    header_rows,
    indicator_rows,
    link_lines,
    linked_rows,
    phase_blocks,
    phase_rows,
    running_head,
)
from .sheets import Sheet

Rows = list[list[str]]
Lines = list[str]


@dataclass(frozen=True)
class Style:
    """How one converter writes."""

    table: Callable[[Rows], Lines]
    """A table whose first row is its head; the header table comes with an empty head."""
    value: Callable[[str], str] = str
    """A value of the header table."""
    strong: Callable[[str], str] = str
    """A label or heading that the converter sets in bold."""
    escape: Callable[[str], str] = str
    """Any printed text."""
    line_break: str = ""
    """What a converter leaves at the end of a line broken inside a bold label."""


def render_cells(sheet: Sheet, rng: random.Random, style: Style) -> str:
    """The sheet as a converter to `style` prints it."""
    lines = ["", "", *_spaced(style.escape(text) for text in running_head(sheet))]
    lines += _header_table(sheet, style)
    lines += [*_links(sheet, rng, style), *_description(sheet, rng, style)]
    lines += [*_page_head(sheet, rng, style), *_phases(sheet, rng, style), *_indicators(sheet, rng, style)]
    lines += _linked(sheet, rng, style)
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines)


def _spaced(texts: Iterable[str]) -> Lines:
    return [line for text in texts for line in (text, "")]


def _header_table(sheet: Sheet, style: Style) -> Lines:
    rows = [
        [text if i % 2 == 0 else style.value(style.escape(text)) for i, text in enumerate(row)]
        for row in header_rows(sheet)
    ]
    return [*style.table([[""] * 6, *rows]), ""]


def _links(sheet: Sheet, rng: random.Random, style: Style) -> Lines:
    if not link_lines(sheet):
        return []
    lines = ["Collegato a", ""]
    split = rng.random() < 0.6
    for label, text in link_lines(sheet):
        code = style.escape(text)
        if label.startswith("Obiettivo Operativo") and split:
            lines += [f"{style.strong('Obiettivo Operativo')} {code}{style.line_break}", style.strong("del D.U.P."), ""]
        else:
            lines += [f"{style.strong(label)} {code}", ""]
    return lines


def _description(sheet: Sheet, rng: random.Random, style: Style) -> Lines:
    label = f"{style.line_break}\n".join(DESCRIPTION_LABEL)
    lines = [f"**{label}**" if rng.random() < 0.8 else " ".join(DESCRIPTION_LABEL), ""]
    paragraphs = [style.escape(text) for text in (sheet.truth["description"] or "").split("\n") if text]
    cut = rng.randint(1, len(paragraphs)) if paragraphs and not sheet.block and rng.random() < 0.1 else 0
    tight = rng.random() < 0.7
    for number, paragraph in enumerate(paragraphs, start=1):
        lines.append(paragraph)
        following = paragraphs[number] if number < len(paragraphs) else ""
        if not (tight and _is_item(paragraph) and _is_item(following)):
            lines.append("")
        if number == cut < len(paragraphs):
            lines += [*(style.strong(style.escape(text)) for text in running_head(sheet)), ""]
    return lines


def _is_item(text: str) -> bool:
    return text[:2] in {"- ", "• "} or text[1:3] in {". ", ") "}


def _page_head(sheet: Sheet, rng: random.Random, style: Style) -> Lines:
    lines = [style.strong(style.escape(text)) for text in running_head(sheet)] if not sheet.block else []
    if sheet.truth["phases"] and rng.random() < 0.7:
        lines.append(style.strong("GANTT"))
    return [*lines, ""]


def _phases(sheet: Sheet, rng: random.Random, style: Style) -> Lines:
    if not sheet.truth["phases"]:
        return []
    lines = [style.strong("FASI"), ""]
    if not sheet.block:
        return lines + _table(sheet, rng, style, PHASE_COLUMNS, phase_rows(sheet))
    note_in_row = rng.random() < 0.3
    for text, cells, note in phase_blocks(sheet):
        lines += [f"{style.strong('FASE')} {style.escape(text)}", ""]
        head = [*BLOCK_COLUMNS, *(["Note"] if note_in_row else [])]
        lines += [*style.table([head, [style.escape(cell) for cell in (*cells, note)][: len(head)]]), ""]
        if not note_in_row:
            lines += [f"{style.strong('Note')} {style.escape(note)}".rstrip(), ""]
    return lines


def _indicators(sheet: Sheet, rng: random.Random, style: Style) -> Lines:
    heading = "INDICATORI\t\t" if style.strong is str and rng.random() < 0.3 else style.strong("INDICATORI")
    return [heading, "", *_table(sheet, rng, style, INDICATOR_COLUMNS, indicator_rows(sheet))]


def _linked(sheet: Sheet, rng: random.Random, style: Style) -> Lines:
    if not linked_rows(sheet):
        return []
    lines = _page_head(sheet, random.Random(0), style) if rng.random() < 0.3 else []
    lines = [line for line in lines if "GANTT" not in line or line in running_head(sheet)]
    return [
        *lines,
        style.strong("OBIETTIVI COLLEGATI"),
        "",
        *_table(sheet, rng, style, LINKED_COLUMNS, linked_rows(sheet)),
    ]


def _table(sheet: Sheet, rng: random.Random, style: Style, columns: tuple[str, ...], rows: Rows) -> Lines:
    """A table, sometimes with its columns in another order, sometimes broken by a page that repeats its head."""
    order = list(range(1, len(columns)))
    if rng.random() < 0.15:
        rng.shuffle(order)
    order.insert(0, 0)
    head = [columns[i] for i in order]
    body = [[style.escape(row[i]) for i in order] for row in rows]
    cut = rng.randint(1, len(body) - 1) if len(body) > 3 and rng.random() < 0.2 else len(body)
    lines = [*style.table([head, *body[:cut]]), ""]
    if cut < len(body):
        lines += [style.strong(style.escape(text)) for text in running_head(sheet)]
        lines += ["", *style.table([head, *body[cut:]]), ""]
    return lines


def pipe_table(rows: Rows) -> Lines:
    """A markdown table; the first row is its head."""
    lines = ["|" + "".join(f" {cell} |" if cell else " |" for cell in row) for row in rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    rule = f"|{'|'.join('-' * (min(40, max(1, width)) + 2) for width in widths)}|"
    return [lines[0], rule, *lines[1:]]


def _broken_pipe_table(rows: Rows) -> Lines:
    return pipe_table([["<br>".join(textwrap.wrap(cell, 34, break_on_hyphens=False)) for cell in row] for row in rows])


def tab_table(rows: Rows) -> Lines:
    """One line a row, one tab between two cells; rows without any text are left out."""
    return ["\t".join(row) for row in rows if any(row)]


def pipes(sheet: Sheet, rng: random.Random) -> str:
    """Markdown with pipe tables; some documents have `#` headings, some `<br>` where a cell wraps."""
    heading = rng.choice(["", "", "", "## "])
    table = _broken_pipe_table if rng.random() < 0.12 else pipe_table
    bold = (lambda text: f"{heading}{text}") if heading else str
    return render_cells(sheet, rng, Style(table, strong=bold))


def tabs(sheet: Sheet, rng: random.Random) -> str:
    """Text with one tab between two cells."""
    return render_cells(sheet, rng, Style(tab_table))


def escaped(sheet: Sheet, rng: random.Random) -> str:
    """Tabs with markdown bold, `<b>` values, escaped underscores and, in some documents, HTML entities."""
    entities = rng.random() < 0.3
    backslash = not entities and rng.random() < 0.3

    def escape(text: str) -> str:
        text = text.replace("_", r"\_").replace("*", r"\*")
        if entities:
            text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return text.replace(">", r"\>").replace("<", r"\<") if backslash else text

    style = Style(
        tab_table,
        value=lambda text: f"<b>{text}</b>" if text else "",
        strong=lambda text: f"**{text}**",
        escape=escape,
        line_break="  ",
    )
    return render_cells(sheet, rng, style)
