"""The protocol's stamp that every Italian office prints on what it receives and sends, in the margins of the page."""

from __future__ import annotations

import re
from dataclasses import replace
from operator import itemgetter

from pegextract.readers.page.lines import Segment, from_top, text_lines
from pegextract.readers.page.parts import PageWord
from pegextract.readers.pdf.raw import RawPage

MARGIN = 0.1
"""Share of a page's height, above and below, in which stamps stand."""
_BEGINS = "prot"
_DATE = r"(?:del|in data) [0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}"
_NUMBER = r"(?: ?n(?:r|um)?[.°º]?)?:? ?[0-9]+(?:/[0-9]+)?"
_STAMP = re.compile(rf"(?i)prot(?:\.|ocollo)?(?: ?gen(?:\.|erale))?{_NUMBER}(?: {_DATE})?")
_REST = re.compile(f"(?i){_DATE}")


def without_stamp(page: RawPage) -> RawPage:
    """The page, a protocol's stamp in its margin put to what runs across it. In a text, the same words stay."""
    printed = " ".join(map(itemgetter(0), page.words)).casefold()
    if _BEGINS not in printed or not _STAMP.search(printed):  # as on nearly every page
        return page
    segments = [segment for line in text_lines(from_top(page.words)) for segment in line.segments]
    stamps = [s for s in segments if _STAMP.fullmatch(_text(s)) and _in_margin(s, page)]
    rests = [s for s in segments if _REST.fullmatch(_text(s)) and any(_stands_below(s, stamp) for stamp in stamps)]
    words = {id(word) for segment in (*stamps, *rests) for word in segment.words}
    if not words:
        return page
    kept = tuple(word for word in page.words if id(word) not in words)
    return replace(page, words=kept, across=(*page.across, *(w for s in (*stamps, *rests) for w in s.words)))


def _text(segment: Segment) -> str:
    return " ".join(word.text for word in segment.words)


def _in_margin(stamp: Segment, page: RawPage) -> bool:
    """Whether it stands at the page's upper or lower edge, or left or right of all that is printed at other heights."""
    if stamp.bottom < MARGIN * page.height or stamp.top > (1 - MARGIN) * page.height:
        return True
    others = [w for w in page.words if not _same_block(w, stamp)]
    return bool(others) and (all(w.x0 > stamp.x1 for w in others) or all(w.x1 < stamp.x0 for w in others))


def _same_block(word: PageWord, stamp: Segment) -> bool:
    """Whether a word is the stamp's, or stands right below it."""
    slack = stamp.height / 2
    near = stamp.top - slack < word.top < stamp.bottom + slack
    return near and stamp.x0 - slack <= word.x0 and word.x1 <= stamp.x1 + slack


def _stands_below(segment: Segment, stamp: Segment) -> bool:
    return abs(segment.x0 - stamp.x0) <= stamp.height and 0 < segment.top - stamp.top < 2 * stamp.height
