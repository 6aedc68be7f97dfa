"""Words into printed lines, and lines into segments: stretches of words that no wide gap parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from pegextract.readers.page.parts import PageWord

SAME_LINE = 0.35
"""Words whose middles differ by less than this share of their height stand on one line."""
WIDE_GAP = 0.42
"""A gap wider than this share of the words' height parts cells; a blank is about half as wide."""
WIDEST_BLANK, WIDER_THAN_BLANK = 0.65, 1.35
"""The blank of a typewriter's letter, as a share of its height; a gap that parts cells is wider by this factor."""
FEWEST_GAPS = 20
"""Gaps that a page must have for a quarter of them to show how wide its blanks are."""
JUSTIFIED = 1.5
"""Gaps of a line that differ by less than this factor are its blanks, however wide."""
FEWEST_JUSTIFIED = 4
"""Gaps that a line must have to be seen as justified."""


class LineEnd(Enum):
    """How a line of a cell goes on: with a new word, in the middle of one, or it cannot be told."""

    BLANK = "blank"
    IN_WORD = "in word"
    UNSURE = "unsure"


class Segment(NamedTuple):
    """Words side by side on one line, and the box around them.

    base: where most of its words end below; steadier than the box, whose top depends on the letters
    end: how the line ends, where another one of its cell follows.
    """

    words: tuple[PageWord, ...]
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    end: LineEnd = LineEnd.BLANK

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


class TextLine(NamedTuple):
    """What is printed at one height, from left to right."""

    segments: tuple[Segment, ...]
    top: float
    bottom: float


def segment_of(words: Sequence[PageWord]) -> Segment:
    """The segment that these words make, in the order given."""
    if len(words) == 1:
        _, x0, top, x1, bottom, *_ = words[0]
        return Segment(tuple(words), x0, top, x1, bottom, bottom)
    _, lefts, tops, rights, bottoms, *_ = zip(*words, strict=True)
    return Segment(tuple(words), min(lefts), min(tops), max(rights), max(bottoms), sorted(bottoms)[len(words) // 2])


def usual_height(segments: Sequence[Segment]) -> float:
    """The height that half of the segments do not exceed; 0 without segments."""
    return sorted(s.height for s in segments)[len(segments) // 2] if segments else 0.0


def text_lines(words: Iterable[PageWord]) -> list[TextLine]:
    """The printed lines of words that come `from_top`, each cut where its gaps are wide."""
    lines = printed_lines(words)
    wide = _wide_gap(lines)
    return [_line_of(line, wide) for line in lines]


def _wide_gap(lines: Sequence[Sequence[PageWord]]) -> float:
    """The share of the words' height from which on a gap parts cells: the blanks of typewriter's letters are wide."""
    gaps = sorted((b.x0 - a.x1) / (a.bottom - a.top) for line in lines for a, b in pairwise(line) if a.bottom > a.top)
    blank = gaps[len(gaps) // 4] if len(gaps) >= FEWEST_GAPS else 0.0
    return max(WIDE_GAP, WIDER_THAN_BLANK * blank) if blank <= WIDEST_BLANK else WIDE_GAP


def printed_lines(words: Iterable[PageWord]) -> list[list[PageWord]]:
    """Words that stand at one height, from left to right; lines from top to bottom. The words come `from_top`."""
    found: list[list[PageWord]] = []
    middle = height = 0.0
    for word in words:
        _, _, top, _, bottom, *_ = word
        at, high = (top + bottom) / 2, bottom - top
        if found and at - middle <= SAME_LINE * max(high, height):
            line = found[-1]
            line.append(word)
            middle += (at - middle) / len(line)
            height = max(height, high)
        else:
            found.append([word])
            middle, height = at, high
    for line in found:
        line.sort(key=_left)
    return found


def from_top(words: Iterable[PageWord]) -> list[PageWord]:
    """The words by the height of their middle."""
    return sorted(words, key=twice_middle)


def twice_middle(word: PageWord) -> float:
    """Twice the height of a word's middle."""
    return word[2] + word[4]


_left = itemgetter(1)


def _line_of(words: Sequence[PageWord], wide: float) -> TextLine:
    segments = [segment_of(part) for part in _parts(words, wide)]
    return TextLine(tuple(segments), min(s.top for s in segments), max(s.bottom for s in segments))


def _parts(words: Sequence[PageWord], wide: float) -> list[list[PageWord]]:
    if len(words) == 1:
        return [list(words)]
    gaps = [b.x0 - a.x1 for a, b in pairwise(words)]
    if len(gaps) >= FEWEST_JUSTIFIED and max(gaps) <= JUSTIFIED * min(gaps):
        return [list(words)]
    parts = [[words[0]]]
    for gap, (before, word) in zip(gaps, pairwise(words), strict=True):
        if gap > wide * max(before.bottom - before.top, word.bottom - word.top):
            parts.append([])
        parts[-1].append(word)
    return parts
