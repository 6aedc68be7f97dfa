"""Ink that tesseract read nothing in: a letter of a word, a lone number in a cell. The second reader is shown it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import cv2
import numpy as np

from pegextract.readers.ocr.boxes import ASCENT, DESCENT
from pegextract.readers.ocr.picture import POINTS_PER_INCH, WHITE, Grey, Picture
from pegextract.readers.pages import PageWord, Rule

MOST = 120
"""Places of a page; one with more is a photograph, a stamp, a map."""
_LOWEST, _HIGHEST, _WIDEST = 0.25, 1.7, 4.0
"""Of the connected ink of a letter or of letters that touch, in sizes of the type."""
_LEAST_WIDE, _LEAST_HIGH = 0.15, 0.45
"""Of a word, in sizes of the type: a 1 is as wide, an x as high."""
_REACH = 0.3
"""Sizes of the type between letters of a word."""
_HAS_TAIL = 0.85
"""Height in sizes of the type from which on ink reaches below the line."""


def missed_words(picture: Picture, words: Sequence[PageWord], rules: Sequence[Rule], size: float) -> list[PageWord]:
    """A word without text wherever there is ink of a word's form that no word covers. size: of the type, in points."""
    scale = picture.dpi / POINTS_PER_INCH
    ink = picture.darker_than_around()
    _erase(ink, rules, scale, margin=1.0)
    _erase(ink, words, scale, margin=0.3)
    letters = _letters(ink, size * scale)
    reach = round(_REACH * size * scale) | 1  # odd: what is joined grows alike at both sides
    joined = cv2.dilate(letters, np.ones((1, reach), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = [
        _without_text(left + reach // 2, top, left + width - reach // 2, top + height, scale, size)
        for left, top, width, height in boxes[1:, :4].tolist()
        if width - reach >= _LEAST_WIDE * size * scale and height >= _LEAST_HIGH * size * scale
    ]
    return found if len(found) <= MOST else []


def _erase(ink: Grey, places: Iterable[PageWord | Rule], scale: float, margin: float) -> None:
    """Take away the ink of what is known, in points with a margin."""
    for place in places:
        rows = slice(max(0, int((place.top - margin) * scale)), int((place.bottom + margin) * scale) + 1)
        ink[rows, max(0, int((place.x0 - margin) * scale)) : int((place.x1 + margin) * scale) + 1] = 0


def _letters(ink: Grey, size: float) -> Grey:
    """The connected ink that is as large as letters are. size: of the type, in pixels."""
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights, widths = boxes[:, cv2.CC_STAT_HEIGHT], boxes[:, cv2.CC_STAT_WIDTH]
    kept = (heights >= _LOWEST * size) & (heights <= _HIGHEST * size) & (widths <= _WIDEST * size)
    kept[0] = False  # what is no ink at all
    return np.where(kept[labels], np.uint8(WHITE), np.uint8(0))


def _without_text(left: float, top: float, right: float, bottom: float, scale: float, size: float) -> PageWord:
    tail = DESCENT * size if bottom - top > _HAS_TAIL * size * scale else 0.0
    base = bottom / scale - tail
    return PageWord("", left / scale, base - ASCENT * size, right / scale, base + DESCENT * size, 0.0)
