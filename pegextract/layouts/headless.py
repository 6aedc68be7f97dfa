"""A sheet whose header nobody can read: its sections come a second time below those of the sheet before.

A converter or a bad scan loses the header table of a sheet (white words on grey cells, mostly). Without it the sheet
would be read as more rows of the one above it, and no value would look wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from pegextract.document import Document
from pegextract.layouts.headers import HeaderTable
from pegextract.layouts.ledger import Ledger
from pegextract.layouts.profile import Profile
from pegextract.layouts.sections import Mark, section_label, section_marks
from pegextract.layouts.splitter import SheetLines, begins_with_code, line_text

_ORDER: Final = ("dup_links", "phases", "indicators", "linked_objectives")
"""The sections of a form in their order; the description has no label of its own that could be trusted."""
FEWEST_SECTIONS: Final = 2
"""Of so many kinds are the sections of a sheet at the least."""
_HEADING: Final = 6
"""Lines above the first section among which code and title of such a sheet may stand."""


def with_headless(
    document: Document, profile: Profile, ledger: Ledger, sheets: Sequence[SheetLines]
) -> list[SheetLines]:
    """All sheets in order, those among them whose header is lost; these have a header without labels."""
    return [
        part
        for sheet in (*_above(document, profile, ledger, sheets), *sheets)
        for part in _parted(document, profile, sheet)
    ]


def _above(document: Document, profile: Profile, ledger: Ledger, sheets: Sequence[SheetLines]) -> list[SheetLines]:
    """What stands above the first sheet as a sheet of its own, where sections are among it: no cover prints tables."""
    if not sheets:
        return []
    owned = ledger.claimed_lines()
    above = [i for i in range(min((*sheets[0].heading, *sheets[0].body))) if document.lines[i].start not in owned]
    marks = _marks(document, profile, above)
    if len({mark.section for mark in marks}) < FEWEST_SECTIONS:
        return []
    return [_headless(document, profile, above[_beginning(document, profile, above, 0, marks[0].at) :])]


def _parted(document: Document, profile: Profile, sheet: SheetLines) -> Iterator[SheetLines]:
    """The sheet, and behind it those that its body holds as well."""
    begins = _further_sheets(document, profile, sheet.body)
    yield sheet._replace(body=sheet.body[: begins[0]]) if begins else sheet
    for begin, end in zip_longest(begins, begins[1:]):
        yield _headless(document, profile, sheet.body[begin:end])


def _headless(document: Document, profile: Profile, lines: Sequence[int]) -> SheetLines:
    coded = begins_with_code(profile, line_text(document, lines[0]))
    heading = tuple(lines[: _heading_lines(document, lines)]) if coded else ()
    return SheetLines(HeaderTable(lines[0], lines[0] - 1, ()), heading, tuple(lines[len(heading) :]))


def _further_sheets(document: Document, profile: Profile, body: Sequence[int]) -> list[int]:
    """Where in the body other sheets begin: each at its code, or else at the first of its sections."""
    if not _sections_repeat(document, profile, body):
        return []
    marks = _marks(document, profile, body)
    return [_beginning(document, profile, body, marks[n - 1].at + 1, marks[n].at) for n in _firsts(marks)]


def _marks(document: Document, profile: Profile, lines: Sequence[int]) -> list[Mark]:
    """The sections that surely begin on these lines."""
    marks = section_marks(document, profile, lines)
    return [mark for mark in marks if mark.labelled and mark.confirmed and mark.section in _ORDER]


def _beginning(document: Document, profile: Profile, lines: Sequence[int], least: int, section: int) -> int:
    """The place of the code above a sheet's first section, set apart as a heading is; that of the section without."""
    for n in range(section - 1, max(least, section - _HEADING) - 1, -1):
        line = document.lines[lines[n]]
        apart = line.gap > 0 or n == 0 or document.lines[lines[n - 1]].page != line.page
        if apart and begins_with_code(profile, line_text(document, lines[n])):
            return n
    return section


def _sections_repeat(document: Document, profile: Profile, body: Sequence[int]) -> bool:
    """A cheap first look: most sheets print the label of a section once."""
    labels = Counter(section_label(profile, line_text(document, i)) for i in body)
    return any(count > 1 for label, count in labels.items() if label)


def _firsts(marks: Sequence[Mark]) -> Iterator[int]:
    """The first mark of each further sheet: a section comes again behind another, or one that precedes it comes."""
    seen: set[str] = set()
    begun = 0
    for number, mark in enumerate(marks):
        if mark.section in seen and marks[number - 1].section != mark.section:
            first = number
            while first - 1 > begun and _ORDER.index(marks[first - 1].section) < _ORDER.index(marks[first].section):
                first -= 1
            yield first
            begun, seen = first, {one.section for one in marks[first:number]}
        seen.add(mark.section)


def _heading_lines(document: Document, lines: Sequence[int]) -> int:
    """How many lines code and title take: to the first blank line behind the title."""
    alone = len(lines) > 1 and " " not in line_text(document, lines[0]).strip()
    begin = 2 if alone else 1
    return next((n for n in range(begin, len(lines)) if document.lines[lines[n]].gap), begin)
