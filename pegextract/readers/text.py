"""Plain text and Markdown to a Document: lines of cells, markup taken off, every character's place in the source kept.

Covers what converters print: pipe tables, tab lines, lines of columns padded with blanks (`pdftotext -layout`) and
running text. One reader serves all, because one file often mixes them.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from itertools import pairwise

from pegextract.document import LINE_BREAK_IN_CELL, Cell, Columns, Document, Line
from pegextract.findings import Finding
from pegextract.readers.bars import letters_among_borders
from pegextract.readers.drawn import redrawn

# What a Markdown converter adds to the words. A blank after "#" keeps "#1" a word.
_MARKUP = re.compile(
    r"[\\<&*#(!`\-\xad\u200b-\u200d\u2060\ufeff](?:"  # for speed: re skips the characters that begin no mark
    r"(?<=\\)(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?<=<)(?P<break>br\s*/?>)"
    r"|(?<=<)!--(?:[^-<]|-(?!->)|<(?!!--)){0,2000}-->"
    r"|(?<=<)/?(?:b|i|u|em|strong|span|p|div|sup|sub|center|font|h[1-6]|a|code|small|mark|[uo]l|li|hr|img|page|page_number)"
    r"(?:\s[^<>\n]{0,500})?/?>"
    r"|(?<=&)(?P<entity>[A-Za-z]{2,8}|#[0-9]{2,5}|#[xX][0-9A-Fa-f]{2,4});"
    r"|(?<=\()(?P<bullet>cid:127\))"
    r"|(?<=\*)\*{1,2}"
    r"|(?<=!)\[[^\]\n]{0,500}\]\([^()\s]*\)"
    r"|(?<=^#)#{0,5}\ (?=\S)"
    r"|(?<=\ #)#{1,5}\ (?=\S)"
    r"|(?<=^`)``[a-z]*$"
    r"|(?<=\A-)--\n(?:[\w-]+:.*\n)+---$"
    r"|(?<=[\xad\u200b])(?![\n\v])"  # at the end of a line they say how it goes on
    r"|(?<=[\u200c\u200d\u2060\ufeff]))",
    re.MULTILINE,
)
_MARKUP_HINTS = ("\\", "**", "<", "&", "# ", "(cid:127)", "![", "```", "---\n", *"\xad\u200b\u200c\u200d\u2060\ufeff")
_RULE_ROW = re.compile(r"[|:\-\s+=]*-[|:\-\s+=]*")
_ODD_BLANK = re.compile("[\xa0\u2000-\u200a\u202f\u205f\u3000]")
"""What looks like a blank and is none to a parser of dates; one for one, so that places stay."""
_GAP = re.compile(r"\S+(?: \S+)*")
_LINE_END = re.compile(r"[\n\f]")
_PAGE_NUMBER = re.compile(r"(?:[Pp]ag(?:ina|\.)?|PAG(?:INA|\.)?)\s*([0-9]{1,4})(?:\s*(?:di|/|DI)\s*[0-9]{1,4})?\s*")
FEWEST_PAGES = 2
PAGES_WITHOUT_NUMBER = 3
"""Pages of a document that may go without a number, one after the other."""
LINES_OF_A_HEAD = 2
"""A number on one of the first lines stands at the head of its page, otherwise at the foot."""
_PIPE = re.compile(r"(?<!\\)\|")


def read_text(source: str, reader: str = "text", findings: tuple[Finding, ...] = ()) -> Document:
    """The Document of a decoded text; offsets lead back into `source`."""
    text, moves = redrawn(_ODD_BLANK.sub(" ", source))
    text, removed, widths = strip_markup(text)
    printed, pages = _lines(text)
    if pages == 1:
        printed, pages = _by_page_numbers(text, printed)
    lines, told = letters_among_borders(text, printed)
    return Document(
        text=text,
        lines=lines,
        reader=reader,
        page_count=pages if pages > 1 else None,
        removed=removed,
        widths=widths,
        moves=moves,
        findings=(*findings, *told),
    )


def strip_markup(source: str) -> tuple[str, tuple[tuple[int, int], ...], dict[int, int]]:
    """`source` without Markdown and inline HTML marks, and the way back (`Document.removed`, `widths`)."""
    if not any(hint in source for hint in _MARKUP_HINTS):
        return source, (), {}
    parts: list[str] = []
    removed: list[tuple[int, int]] = []
    widths: dict[int, int] = {}
    copied = kept = 0
    for match in _MARKUP.finditer(source):
        replacement = _replacement(match)
        if replacement is None:
            continue
        parts += [source[copied : match.start()], replacement]
        kept += match.start() - copied
        if replacement:
            removed.append((kept, match.start() - kept))
            widths[kept] = match.end() - match.start()
            kept += 1
        copied = match.end()
        removed.append((kept, copied - kept))
    parts.append(source[copied:])
    return "".join(parts), tuple(removed), widths


def _replacement(match: re.Match[str]) -> str | None:
    """What the mark stands for; "" for pure markup, None when it is no markup after all."""
    if match["escaped"]:
        return match["escaped"]
    if match["break"]:
        return LINE_BREAK_IN_CELL
    if match["bullet"]:
        return "•"  # what pdfminer prints for the code 127, which PDF's WinAnsiEncoding gives to the bullet
    if match["entity"]:
        character = html.unescape(match[0])
        return character if len(character) == 1 else None
    return ""


def _lines(text: str) -> tuple[list[Line], int]:
    """The printed lines and the number of pages; a form feed ends a line as it ends a page."""
    lines: list[Line] = []
    gap, page, start = 0, 1, 0
    for raw in _LINE_END.split(text):
        end = start + len(raw)
        if start and text[start - 1] == "\f":
            page += 1
            gap = max(gap, 1)
        if not raw or raw.isspace():
            gap += 1
        else:
            line = read_line(raw, start, gap, page)
            if line is not None:
                lines.append(line)
                gap = 0
        start = end + 1
    return lines, page


def _by_page_numbers(text: str, lines: list[Line]) -> tuple[list[Line], int]:
    """The lines by page where no form feed parts them, but lines such as `Pag. 3 di 12` count the pages."""
    found = [
        (at, match) for at, line in enumerate(lines) if (match := _PAGE_NUMBER.fullmatch(text, line.start, line.end))
    ]
    numbers = [int(match[1]) for _, match in found]
    if len(numbers) < FEWEST_PAGES or any(not 0 < b - a <= PAGES_WITHOUT_NUMBER for a, b in pairwise(numbers)):
        return lines, 1
    at_head = found[0][0] < LINES_OF_A_HEAD and found[-1][0] + 1 < len(lines)
    ends = [at if at_head else at + 1 for at, _ in found]
    if ends[-1] >= len(lines):
        ends.pop()  # nothing stands behind the last page's number
    paged = [line._replace(page=line.page + bisect_right(ends, at)) for at, line in enumerate(lines)]
    if at_head:
        paged = [line._replace(page=max(1, line.page - 1)) for line in paged]
    return paged, paged[-1].page


def read_line(raw: str, start: int, gap: int, page: int) -> Line | None:
    """One printed line as cells; None for the ruling row of a Markdown table, which prints no words."""
    if "\t" in raw.strip(" "):
        return _separated(raw, start, gap, page, "\t")
    if "|" in raw:
        stripped = raw.strip()
        if "-" in raw and _RULE_ROW.fullmatch(raw):
            return None
        if stripped[0] == stripped[-1] == "|" and len(stripped) > 1:
            return _separated(raw, start, gap, page, "|")
        if raw.count(" | ") > 1 and stripped[-1] != "|" and stripped[0] != "|":
            return _separated(raw, start, gap, page, "|")
    body = raw.rstrip()
    first = len(body) - len(body.lstrip())
    if "  " not in body[first:]:
        cell = Cell(start + first, start + len(body), first, len(body))
        return Line(start + first, start + len(body), (cell,), Columns.NONE, gap, page)
    cells = tuple(Cell(start + m.start(), start + m.end(), m.start(), m.end()) for m in _GAP.finditer(body))
    return Line(start + first, start + len(body), cells, Columns.POSITIONS, gap, page)


def _separated(raw: str, start: int, gap: int, page: int, separator: str) -> Line | None:
    parts = _PIPE.split(raw) if separator == "|" and "\\" in raw else raw.split(separator)
    position = start
    if separator == "|":
        stripped = raw.strip()
        if stripped[0] == "|":
            position += len(parts.pop(0)) + 1
        if stripped[-1] == "|":
            parts.pop()
    cells: list[Cell] = []
    for number, part in enumerate(parts):
        bare = part.strip()
        first = position + part.find(bare)
        cells.append(Cell(first, first + len(bare), number, number + 1))
        position += len(part) + 1
    filled = [cell for cell in cells if cell.end > cell.start]
    if not filled:
        return None  # a frame row of a Markdown table: no words
    return Line(filled[0].start, filled[-1].end, tuple(cells), Columns.SEPARATORS, gap, page)
