"""Where header tables stand: the one mark that every rendering of every sheet carries.

A header label in running text ("il Servizio …") is none; so labels count where the form would print them: alone in
a cell or on a line, before a colon, or several of one row on one line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from pegextract.document import LINE_BREAK_IN_CELL, Columns, Document, Span
from pegextract.layouts.profile import Profile

FEWEST_AS_PRINTED = 3
SHORTEST_DAMAGED = 8
"""A shorter label with a wrong letter is another word."""
WINDOW = 8
"""Header labels of one sheet are never further apart than this many lines, wrapped values included."""


class Hit(NamedTuple):
    """A header label on the paper."""

    line: int
    span: Span
    field: str
    strong: bool


class HeaderTable(NamedTuple):
    """The header of one sheet: its label hits in reading order, and the lines from the first to the last of them."""

    first: int
    last: int
    hits: tuple[Hit, ...]


def find_headers(document: Document, profile: Profile) -> list[HeaderTable]:
    """All header tables of the document in reading order."""
    hits = _hits(document, profile)
    fields = {name for row in profile.header.rows for name in row}
    tables = _header_tables(document, profile, hits, len(fields))
    if not tables or document.printed is not None or _more_sections(document, profile, len(tables)):
        taken = {index for table in tables for index in range(table.first, table.last + 1)}
        damaged = [hit for hit in _damaged_hits(document, profile, hits) if hit.line not in taken]
        tables += _header_tables(document, profile, damaged, len(fields))
    return sorted(tables, key=lambda table: table.first)


def _more_sections(document: Document, profile: Profile, headers: int) -> bool:
    """Whether sections that a sheet prints once open more often than headers: one header may have no whole label."""
    labels = (label for name in ("phases", "indicators") for label in profile.sections.get(name, ()))
    return any(document.text.count(f"\n{label}\n") > headers for label in labels)


def _header_tables(document: Document, profile: Profile, hits: list[Hit], fields: int) -> list[HeaderTable]:
    """The clusters of labels that are headers, as printed or with the labels beside them that OCR damaged."""
    completed = (_with_damaged_labels(document, profile, table, fields) for table in _clusters(profile, hits))
    return [table for table in completed if _is_header(table, fields)]


def _hits(document: Document, profile: Profile) -> list[Hit]:
    """Labels as the form prints them; in capitals or damaged only in documents that print none so."""
    found = _labels_printed(document, profile, capitals=False)
    if len({hit.field for hit in found.values()}) < FEWEST_AS_PRINTED:
        found |= _labels_printed(document, profile, capitals=True)
    for index, line in enumerate(document.lines):
        if line.columns is not Columns.NONE:
            for start, end, _, _ in line.cells:
                if not 2 < end - start < 40 or not profile.roles_of(document.text[start:end]):
                    continue
                if not any(at in found for at in range(start, end)):
                    found |= _label_in_cell(document, profile, index, (start, end))
    return _several_on_a_line_are_strong(sorted(found.values(), key=lambda hit: hit.span))


def _labels_printed(document: Document, profile: Profile, *, capitals: bool) -> dict[int, Hit]:
    starts = [line.start for line in document.lines]
    found: dict[int, Hit] = {}
    for name, labels in profile.header.labels.items():
        for label in labels:
            wording = label.upper() if capitals else label
            for start in _occurrences(document.text, wording):
                index = bisect_right(starts, start) - 1
                span = (start, start + len(wording))
                hit = _judge(document, profile, index, span, name, exact=wording == label) if index >= 0 else None
                if hit and (start not in found or found[start].span[1] < hit.span[1]):
                    found[start] = hit
    return found


def _label_in_cell(document: Document, profile: Profile, index: int, span: Span) -> dict[int, Hit]:
    """A cell that is a label but for damage; values are capitals, so capitals are labels only if labels are."""
    text = document.text[span[0] : span[1]]
    for role in profile.roles_of(text):
        if role.group == "header":
            wordings = profile.header.labels[role.name]  # type: ignore[index]  # roles take their names from these keys
            if not text.isupper() or any(wording.isupper() for wording in wordings):
                return {span[0]: Hit(index, span, role.name, strong=True)}
    return {}


def _occurrences(text: str, label: str) -> list[int]:
    found = []
    at = text.find(label)
    while at >= 0:
        end = at + len(label)
        before = text[at - 1] if at else " "
        after = text[end] if end < len(text) else " "
        if not (before.isalnum() or before in "'_") and not (after.isalnum() or after in "'_"):
            found.append(at)
        at = text.find(label, end)
    return found


def _judge(document: Document, profile: Profile, index: int, span: Span, name: str, *, exact: bool) -> Hit | None:
    """Whether a label stands where the form prints labels."""
    line = document.lines[index]
    text = document.text
    cell = next((c for c in line.cells if c.start <= span[0] and span[1] <= c.end), None)
    if cell is None:
        return None
    rest = text[span[1] : cell.end].lstrip()
    alone = not rest.strip(" :") and cell.start == span[0]
    colon = rest.startswith(":")
    if alone or (colon and cell.start == span[0]):
        return Hit(index, span, name, strong=True)
    if exact and cell.start == span[0] and text.startswith(LINE_BREAK_IN_CELL, span[1]):  # its value stands below it
        return Hit(index, span, name, strong=False)
    if not exact or _in_prose(profile, text[cell.start : span[0]]):
        return None
    begins_cell = cell.start == span[0] and not text[slice(*span)].isupper()
    if line.columns is Columns.SEPARATORS and not begins_cell:
        return None
    shown = not rest or text[span[0] : span[1]].isupper() or _before_a_value(rest) or _before_a_label(profile, rest)
    return Hit(index, span, name, strong=False) if shown else None


def _in_prose(profile: Profile, before: str) -> bool:
    """Whether small letters stand before a label on its line, other than labels: then it is a word of a text."""
    for labels in profile.header.labels.values():
        for label in labels:
            before = before.replace(label, "")
    return re.search(r"(?<![\w'’.])[a-zà-ú]{2}", before) is not None


def _before_a_value(rest: str) -> bool:
    """The form prints values in capitals; prose goes on in small letters."""
    word = rest.split(None, 1)[0].replace("l", "I") if rest else ""  # l for I is what OCR makes of capitals
    return len(word) > 1 and word.upper() == word


def _before_a_label(profile: Profile, rest: str) -> bool:
    """The value is empty: another label of the header follows."""
    return any(rest.startswith(label) for labels in profile.header.labels.values() for label in labels)


def _several_on_a_line_are_strong(hits: list[Hit]) -> list[Hit]:
    fields_on: dict[int, set[str]] = {}
    for hit in hits:
        fields_on.setdefault(hit.line, set()).add(hit.field)
    return [hit._replace(strong=True) if len(fields_on[hit.line]) > 1 else hit for hit in hits]


def _clusters(profile: Profile, hits: list[Hit]) -> list[HeaderTable]:
    """Hits close to each other; a field that comes again begins the next sheet's header."""
    tables: list[HeaderTable] = []
    current: list[Hit] = []
    for hit in hits:
        if current and (hit.line - current[-1].line > WINDOW or any(hit.field == seen.field for seen in current)):
            tables.append(HeaderTable(current[0].line, current[-1].line, tuple(current)))
            current = []
        current.append(hit)
    if current:
        tables.append(HeaderTable(current[0].line, current[-1].line, tuple(current)))
    order = [name for row in profile.header.rows for name in row]
    return [_without_stragglers(table, order) for table in tables]


def _without_stragglers(table: HeaderTable, order: Sequence[str]) -> HeaderTable:
    """A weak hit well before the first strong one, out of the form's order, is a title that begins like a label."""
    hits = table.hits
    strong = next((i for i, hit in enumerate(hits) if hit.strong), 0)
    while strong > 0 and hits[1].line - hits[0].line > 1 and order.index(hits[0].field) > order.index(hits[1].field):
        hits, strong = hits[1:], strong - 1
    return HeaderTable(hits[0].line, hits[-1].line, hits)


def _is_header(table: HeaderTable, fields: int) -> bool:
    distinct = len({hit.field for hit in table.hits})
    strong = len({hit.field for hit in table.hits if hit.strong})
    return distinct * 2 >= fields and (strong >= 2 or distinct >= 3)


def _damaged_hits(document: Document, profile: Profile, whole: list[Hit]) -> list[Hit]:
    """Labels one or two wrong letters away, wherever a value or another label follows them, beside whole ones."""
    near = [hit for index in range(len(document.lines)) for hit in _near_labels(document, profile, index, set())]
    return _together(near, whole)


def _together(near: list[Hit], whole: Sequence[Hit]) -> list[Hit]:
    hits = {hit.span[0]: hit for hit in (*near, *whole)}
    return _several_on_a_line_are_strong(sorted(hits.values(), key=lambda hit: hit.span))


def _with_damaged_labels(document: Document, profile: Profile, table: HeaderTable, fields: int) -> HeaderTable:
    """Add the labels of this header that OCR damaged, looked for only where they can stand."""
    seen = {hit.field for hit in table.hits}
    if len(seen) == sum(len(row) for row in profile.header.rows):
        return table
    around = 1 if _is_header(table, fields) else WINDOW // 2
    lines = range(max(0, table.first - around), min(len(document.lines), table.last + around + 1))
    extra = [
        hit
        for index in lines
        for hit in _near_labels(document, profile, index, seen)
        if _in_row_order(profile, table, hit)
    ]
    if not extra:
        return table
    first = {hit.field: hit for hit in reversed(extra)}
    hits = _together(list(first.values()), table.hits)
    return HeaderTable(hits[0].line, hits[-1].line, tuple(hits))


def _in_row_order(profile: Profile, table: HeaderTable, hit: Hit) -> bool:
    order = [name for row in profile.header.rows for name in row]
    place = order.index(hit.field) if hit.field in order else -1
    return all(
        (order.index(other.field) < place) == (other.span < hit.span) for other in table.hits if other.field in order
    )


def _near_labels(document: Document, profile: Profile, index: int, seen: set[str]) -> list[Hit]:
    """Labels with wrong letters where the form would print a label: before a value, another label, or at the end."""
    wanted = [(name, label) for name, labels in profile.header.labels.items() if name not in seen for label in labels]
    found = []
    for cell in document.lines[index].cells:
        for start, word in _words(document.text, cell.start, cell.end):
            if not _may_be_label(word):
                continue
            for name, label in wanted:
                if _is_damaged(word, label) and _before_no_prose(profile, document.text[start + len(word) : cell.end]):
                    found.append(Hit(index, (start, start + len(word)), name, strong=False))
    return found


def _may_be_label(word: str) -> bool:
    """Labels begin with a capital; values are printed in capitals throughout and are never a damaged label."""
    return len(word) >= SHORTEST_DAMAGED - 2 and not word[0].islower() and not word.isupper()


def _before_no_prose(profile: Profile, rest: str) -> bool:
    rest = rest.lstrip(" :")
    following = rest.split(None, 1)[0] if rest else ""
    return not rest or _before_a_value(rest) or _before_a_label(profile, rest) or _may_be_label(following)


def _is_damaged(word: str, label: str) -> bool:
    """Up to two wrong letters in a long label."""
    if len(label) < SHORTEST_DAMAGED or abs(len(word) - len(label)) > 2:
        return False
    return 0 < Levenshtein.distance(word, label, score_cutoff=2) <= 2


def _words(text: str, start: int, end: int) -> list[tuple[int, str]]:
    found = []
    for word in text[start:end].split():
        at = text.index(word, start)
        found.append((at, word))
        start = at + len(word)
    return found
