"""`Collegato a` (links to the DUP): a level's label, then codes with or without a title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, get_args

from pegextract.document import Document, Line, Span
from pegextract.layouts.draft import Printed, Row, printed
from pegextract.layouts.ledger import Claim, Ledger
from pegextract.layouts.profile import Profile, label_key
from pegextract.layouts.sections import level_of
from pegextract.models import DupLevel

# A DUP code: groups joined by underscores that begin with a year, or a dotted number.
_CODE = re.compile(r"[0-9OIl|]{4} ?_[\w|]+(?: ?_ ?[\w|]+)*|[0-9]{1,2}(?:\.[0-9A-Z]{1,3}){1,4}(?![\w])")
LONGEST_TITLE_LINE = 200
LEVELS: tuple[str, ...] = get_args(DupLevel)


class _Entry(NamedTuple):
    level: str
    label: list[Span]
    spans: list[Span]


def read_links(
    document: Document, profile: Profile, ledger: Ledger, lines: Sequence[int]
) -> tuple[list[Row], tuple[int, ...]]:
    """One row per linked code (level, code, title), and the lines below that are not links."""
    entries: list[_Entry] = []
    rest = list(lines)
    while rest:
        line = document.lines[rest[0]]
        text = document.text[line.start : line.end]
        found = level_of(profile, text)
        if found:
            entries += _entries(profile, text, line, found)
        elif not entries or not _goes_on(document, profile, entries[-1], rest[0]):
            break
        else:
            _go_on(document, profile, entries[-1], line)
        rest.pop(0)
    rows = [row for entry in entries for row in _rows(document, profile, ledger, entry)]
    return rows, tuple(rest)


def first_link(document: Document, profile: Profile, lines: Sequence[int]) -> int:
    """The place of the first line that is a link beyond doubt, a label before a code; the end where there is none."""
    for place, index in enumerate(lines):
        line = document.lines[index]
        begins = level_of(profile, document.text[line.start : line.end])
        if begins and _codes(document, profile, (line.start + begins[1], line.end)):
            return place
    return len(lines)


def take_header_links(document: Document, profile: Profile, ledger: Ledger, fields: Row) -> list[Row]:
    """The links of a form that prints them in its header table: fields named like a level, taken out of `fields`."""
    entries = [_Entry(level, [], [*fields.pop(level).spans]) for level in LEVELS if level in fields]
    return [row for entry in entries for row in _rows(document, profile, ledger, entry)]


def _entries(profile: Profile, text: str, line: Line, found: tuple[str, int]) -> Iterator[_Entry]:
    """The links of a line that begins with a label; some converters print several in one paragraph."""
    level, length = found
    others = list(profile.further_level.finditer(text, length))
    ends = [*(match.start() for match in others), len(text)]
    for begin, end in zip([0, *ends[:-1]], ends, strict=True):
        if begin:
            level, length = level_of(profile, text[begin:end]) or (level, 0)
        label = (line.start + begin, line.start + begin + length)
        yield _Entry(level, [label], [(label[1], line.start + end)])


def _goes_on(document: Document, profile: Profile, entry: _Entry, index: int) -> bool:
    """The rest of a level's label (`del D.U.P.`), or a title that wrapped in the form's capitals."""
    line = document.lines[index]
    text = document.text[line.start : line.end]
    if any(role.group == "section" for role in profile.roles_of(text)):
        return False
    if _is_label_rest(profile, text):
        return True
    return line.gap == 0 and text.upper() == text and len(text) < LONGEST_TITLE_LINE


def _is_label_rest(profile: Profile, text: str) -> bool:
    words = profile.column_words.get("level", frozenset())
    return len(text) < 30 and all(label_key(word) in words for word in text.split())


def _go_on(document: Document, profile: Profile, entry: _Entry, line: Line) -> None:
    span = (line.start, line.end)
    (entry.label if _is_label_rest(profile, document.text[span[0] : span[1]]) else entry.spans).append(span)


def _rows(document: Document, profile: Profile, ledger: Ledger, entry: _Entry) -> list[Row]:
    """Codes of one entry; what stands behind a code is its title."""
    ledger.claim(entry.label, Claim.LABEL)
    codes: list[Span] = []
    titles: list[list[Span]] = [[]]
    for start, end in entry.spans:
        position = start
        for code in _codes(document, profile, (start, end)):
            titles[-1] += _title(document, ledger, (position, code[0]))
            codes.append(code)
            titles.append([])
            position = code[1]
        titles[-1] += _title(document, ledger, (position, end))
    if codes:
        titles = [titles[0] + titles[1], *titles[2:]]
    ledger.claim([*codes, *(span for title in titles for span in title)], Claim.FIELD)
    if not codes:
        return [_row(document, entry.level, None, titles[0])] if titles[0] else []
    return [_row(document, entry.level, code, title) for code, title in zip(codes, titles, strict=True)]


def _codes(document: Document, profile: Profile, span: Span) -> list[Span]:
    """The codes in a span: of the DUP's shapes, and of the form's own."""
    patterns = (_CODE, profile.link_code)
    return sorted(match.span() for pattern in patterns if pattern for match in pattern.finditer(document.text, *span))


def _title(document: Document, ledger: Ledger, span: Span) -> list[Span]:
    """The words of a title in `span`; a colon or comma around them belongs to the label, marks alone are none."""
    part = document.text[span[0] : span[1]]
    bare = part.strip(" :,;-–|\t\v")
    if not any(map(str.isalnum, bare)):
        ledger.claim([span], Claim.LABEL)
        return []
    first = span[0] + part.index(bare)
    return [(first, first + len(bare))]


def _row(document: Document, level: str, code: Span | None, title: Sequence[Span]) -> Row:
    row: Row = {"level": Printed(level, (code,) if code else tuple(title), rule="dup_level_label")}
    if code:
        row["code"] = printed(document.raw, [code])
    if title:
        row["title"] = printed(document.raw, title)
    return row
