"""Renderings that lose the cells: plain text as pdftotext prints it, and the lines an OCR engine reads."""

import random
import textwrap
from dataclasses import dataclass

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
from .sheets import Sheet

Lines = list[str]
WIDTH = 145


@dataclass(frozen=True)
class Press:
    """How one document is printed as lines."""

    rng: random.Random
    ocr: bool
    hyphens: bool
    """A line may break after a hyphen."""
    page: str
    """What stands before the first word of a page: a form feed, what is left of it, or nothing."""
    values_first: bool
    """The short cells stand on the first line of a wrapped row, not on its last."""
    split_words: bool = False
    """Words of the description may be hyphenated at a line end."""

    @property
    def gap(self) -> Lines:
        """Between two elements: plain text has a blank line, OCR often none."""
        return [] if self.ocr else [""]

    def wrap(self, text: str, width: int = WIDTH) -> Lines:
        """`text` broken at `width`, its own line ends kept."""
        parts = text.split("\n") if text else []
        return [
            line
            for part in parts
            for line in textwrap.wrap(part, width, break_long_words=False, break_on_hyphens=self.hyphens)
        ]

    def paragraph(self, text: str) -> Lines:
        """A paragraph of the description, some of its words hyphenated at line ends."""
        lines = self.wrap(text)
        for at in range(len(lines) - 1):
            word, _, rest = lines[at + 1].partition(" ")
            if self.split_words and rest and self.rng.random() < 0.3 and (cut := _syllable(word)):
                lines[at : at + 2] = [f"{lines[at]} {word[:cut]}-", f"{word[cut:]} {rest}"]
        return lines

    def row(self, text: str, cells: list[str], width: int) -> Lines:
        """A wrapped text with short cells beside its first or its last line."""
        lines = self.wrap(text, width) or [""]
        at = 0 if self.ocr or self.values_first else len(lines) - 1
        lines[at] = " ".join([lines[at], *filter(None, cells)]).strip()
        return lines


def _syllable(word: str) -> int:
    """Where a long plain word may be divided: before a single consonant between vowels; 0 where it may not."""
    vowels = "aeiou"
    if not (word.isascii() and word.isalpha() and word.islower()):
        return 0
    cuts = [
        i for i in range(3, len(word) - 3) if word[i - 1] in vowels and word[i] not in vowels and word[i + 1] in vowels
    ]
    return cuts[0] if cuts else 0


def plain(sheet: Sheet, rng: random.Random) -> str:
    """The sheet as plain text: cells in reading order, blank lines between elements."""
    page = rng.choice([" ", "\f", ""])
    return _print(sheet, Press(rng, False, rng.random() < 0.4, page, rng.random() < 0.5, rng.random() < 0.1))


def ocr(sheet: Sheet, rng: random.Random) -> str:
    """The sheet as clean OCR lines: labels of the header may be lost, columns torn off; damage comes on top."""
    return _print(sheet, Press(rng, True, rng.random() < 0.4, rng.choice([" ", "\f", ""]), True))


def _print(sheet: Sheet, press: Press) -> str:
    lines = _top(sheet, press) + _header(sheet, press) + _links(sheet, press) + _description(sheet, press)
    lines += _gantt(sheet, press) + _phases(sheet, press) + _indicators(sheet, press) + _linked(sheet, press)
    return "\n".join(lines) + "\n\n"


def _top(sheet: Sheet, press: Press) -> Lines:
    lines = [" PIANO ESECUTIVO DI GESTIONE", ""] if press.ocr else []
    for text in running_head(sheet):
        lines += [*press.wrap(text), ""]
    return lines


def _header(sheet: Sheet, press: Press) -> Lines:
    lose_labels = press.ocr and press.rng.random() < 0.6
    lines: Lines = []
    for row in header_rows(sheet):
        if lose_labels and row[1]:
            row = ["", *row[1:]]
        lines += [*(_header_as_ocr(row, press) if press.ocr else _flow(row, press, [99, 28, 99, 24, 99, 30])), ""]
    return lines


def _flow(cells: list[str], press: Press, widths: list[int]) -> Lines:
    """Cells in reading order: each wraps by itself, the next goes on where it ended."""
    text = " ".join("\n".join(press.wrap(cell, width)) for cell, width in zip(cells, widths, strict=True) if cell)
    return text.split("\n")


def _header_as_ocr(row: list[str], press: Press) -> Lines:
    """Line after line across the columns; only the longest value wraps, its tail stands below."""
    longest = max((1, 3, 5), key=lambda i: len(row[i]))
    pieces = press.wrap(row[longest], 30)
    if press.rng.random() < 0.5 or len(pieces) < 2 or not row[0]:
        return [" ".join(filter(None, row))]
    first = [*row[:longest], pieces[0], *row[longest + 1 :]]
    return [" ".join(filter(None, first)), "", *pieces[1:]]


def _links(sheet: Sheet, press: Press) -> Lines:
    if not link_lines(sheet):
        return []
    lines = ["Collegato a", ""]
    for label, text in link_lines(sheet):
        if label.startswith("Obiettivo Operativo"):
            lines += [f"Obiettivo Operativo {text}", "del D.U.P.", ""]
        else:
            lines += [*press.wrap(f"{label} {text}"), ""]
    return lines


def _description(sheet: Sheet, press: Press) -> Lines:
    paragraphs = [press.paragraph(text) for text in (sheet.truth["description"] or "").split("\n")]
    lines = [] if press.ocr and sheet.block else [*DESCRIPTION_LABEL, ""]
    cut = press.rng.randint(1, len(paragraphs)) if not sheet.block and press.rng.random() < 0.12 else 0
    for number, paragraph in enumerate(paragraphs, start=1):
        lines += paragraph + ([""] if press.ocr and press.rng.random() < 0.7 else [])
        if number == cut < len(paragraphs):
            lines += _page_break(sheet, press)
    return lines


def _page_break(sheet: Sheet, press: Press) -> Lines:
    head = [line for text in running_head(sheet) for line in press.wrap(text)]
    footer = ["", f"Pag. {press.rng.randint(1, 300)}"] if press.rng.random() < 0.3 else []
    return [*footer, press.page + head[0], *head[1:], ""] if head else footer


def _gantt(sheet: Sheet, press: Press) -> Lines:
    repeated = _page_break(sheet, press) if not sheet.block or press.rng.random() < 0.3 else []
    if not sheet.truth["phases"] or press.rng.random() < 0.4:
        return repeated
    lines = [*repeated, press.page + "GANTT", "", "Fasi", " ".join(gantt_months(sheet.truth["year"])), ""]
    for label in gantt_labels(sheet):
        first, *rest = textwrap.wrap(label, 40)
        lines += [first + (press.rng.choice([" s", " | [", "", ""]) if press.ocr else ""), "", *rest, ""]
    return [*lines, "£ Previsto m Effettivo" if press.ocr else "Previsto Effettivo", ""]


def _phases(sheet: Sheet, press: Press) -> Lines:
    if not sheet.truth["phases"]:
        return []
    lines = [press.page + "FASI", *press.gap]
    if not sheet.block:
        return [*lines, *_phase_table(sheet, press)]
    for text, cells, note in phase_blocks(sheet):
        lines += [*press.wrap(f"FASE {text}"), *press.gap, " ".join(BLOCK_COLUMNS), *press.gap]
        lines += [*_value_line(cells, press), *press.gap, *press.wrap(f"Note {note}".strip()), *press.gap]
    return lines


def _value_line(cells: list[str], press: Press) -> Lines:
    """Dates, weight, who and where; a responsible too wide for its column leaves a tail before or after the centre."""
    *short, responsible, centre = cells
    pieces = press.wrap(responsible, 42) or [""]
    first = " ".join(filter(None, [*short, pieces[0]]))
    tail = [line for piece in pieces[1:] for line in (piece, "")]
    if press.ocr:
        return [f"{first} {centre}".strip(), *(["", *tail] if tail else [])]
    return [first, *pieces[1:], "", centre] if tail else [f"{first} {centre}".strip()]


def _phase_table(sheet: Sheet, press: Press) -> Lines:
    """Rows without separators: one wide line each, or each cell wrapped in its narrow column."""
    rows = phase_rows(sheet)
    wide = press.ocr or press.rng.random() < 0.4
    between = [""] if wide or press.rng.random() < 0.7 or any(row[-1] or not row[4] for row in rows) else []
    lines = [" ".join(PHASE_COLUMNS), *press.gap]
    for row in rows:
        if press.ocr:
            lines += press.row(row[0], row[1:], 60)
        elif wide:
            lines += press.wrap(" ".join(filter(None, row)))
        else:
            lines += _flow(row, press, [44, 9, 11, 11, 24, 24, 20])
        lines += between
    return [*lines, ""]


def _indicators(sheet: Sheet, press: Press) -> Lines:
    rows = indicator_rows(sheet)
    whole = all(all(row) for row in rows)
    torn = whole and press.rng.random() < (0.5 if press.ocr else 0.25)
    between = press.gap if whole else [""]
    columns = INDICATOR_COLUMNS[:2] if torn else INDICATOR_COLUMNS
    lines = [press.page + "INDICATORI", "", " ".join(columns), *press.gap]
    printed = [press.row(row[0], row[1 : len(columns)], 118) for row in rows]
    lines += [line for row in printed for line in (*row, *between)]
    if torn:
        lines += ["", "Valore Atteso", *press.gap]
        for row, row_lines in zip(rows, printed, strict=True):
            lines += [*([""] if press.ocr and len(row_lines) > 1 else []), row[2], *press.gap]
    return [*lines, ""]


def _linked(sheet: Sheet, press: Press) -> Lines:
    if not linked_rows(sheet):
        return []
    lines = _page_break(sheet, press) if press.rng.random() < 0.3 else []
    lines += [press.page + "OBIETTIVI COLLEGATI", "", " ".join(LINKED_COLUMNS), *press.gap]
    for code, title, *amounts in linked_rows(sheet):
        lines += [*press.row(f"{code} {title}", amounts, 110), *press.gap]
    return lines
