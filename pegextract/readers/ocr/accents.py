"""Accents over capitals that neither reader sees, because a ruling line or a line of print is close above them.

The paper shows them: a slanted stroke over the vowel that a word ends in, a flat one over an N, and nothing around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pegextract.readers.ocr.boxes import ASCENT, CAPITALS, DESCENT, advance
from pegextract.readers.ocr.picture import POINTS_PER_INCH, Picture
from pegextract.readers.ocr.settle import DOUBTED
from pegextract.readers.pages import PageWord

_EM = 64
"""Pixels of one size of the type: what is above the letters is enlarged to it, for a stroke is four pixels wide."""
_FEWEST_ROWS = 4
_HIGHEST, _INTO_LETTERS = 0.32, 0.04
"""How far above the capitals accents reach, and how far the tops of letters may lie below where they should."""
_INK = 0.45
"""Share of the ink's darkness from which on a grey is ink."""
_LEAST_CONTRAST = 40
_RULE, _LETTERS = 0.6, 0.15
"""Share of a row that is ink where a ruling line runs, and where the letters begin."""
_HALO = 2
_GAP = 0.17
"""Most white between letter and accent; all that follows is in sizes of the type as well."""
_STROKE, _STROKE_HEIGHT, _SLANT = (0.09, 0.24), (0.06, 0.23), 0.15
_WAVE, _WAVE_HEIGHT, _FLAT = (0.24, 0.42), (0.04, 0.16), 0.3
_ASIDE = 0.45
"""How far the middle of an accent may be from where its letter is by the usual widths of letters."""
_GRAVE = dict(zip("AEIOU", "ÀÈÌÒÙ", strict=True))
_ACUTE = {"E": "É"}
_TILDE = {"N": "Ñ"}


class _Mark(NamedTuple):
    """Ink above letters. middle: from the word's left edge · slant: -1 (rises to the right) to 1 (falls)."""

    middle: float
    width: float
    height: float
    slant: float
    gap: float


def with_accent_seen(word: PageWord, picture: Picture) -> PageWord:
    """The word with the accent that stands over one of its capitals, doubted; what was read of it stays beside it."""
    places = [at for at in range(len(word.text)) if _may_bear_one(word.text, at)]
    if not places or not word.text.isupper() or not word.text.isascii() or any(map(str.isdigit, word.text)):
        return word
    for mark in _marks_above(word, picture):
        at = min(places, key=lambda place: abs(_middle(word, place) - mark.middle))
        letter = _accented(word.text[at], mark)
        if letter and abs(_middle(word, at) - mark.middle) < _ASIDE:
            text = word.text[:at] + letter + word.text[at + 1 :]
            return word._replace(text=text, confidence=min(word.confidence, DOUBTED), second=word.text)
    return word


def _may_bear_one(text: str, at: int) -> bool:
    """An N before another letter, a vowel with none behind it: Italian has its accents at the ends of words."""
    followed = text[at + 1 : at + 2].isalpha()
    return text[at] in (_TILDE if followed else _GRAVE) and text[at - 1 : at].isalpha()


def _middle(word: PageWord, at: int) -> float:
    """Where the middle of a letter is, from the word's left edge, by the usual widths of letters."""
    width = (word.x1 - word.x0) / _size(word)
    return width * (advance(word.text[:at]) + advance(word.text[at]) / 2) / advance(word.text)


def _size(word: PageWord) -> float:
    return (word.bottom - word.top) / (ASCENT + DESCENT)


def _accented(letter: str, mark: _Mark) -> str | None:
    """The letter with the accent that a mark is; None where it is none."""
    if mark.gap > _GAP:
        return None
    if _is_within(mark.width, _WAVE) and _is_within(mark.height, _WAVE_HEIGHT) and abs(mark.slant) < _FLAT:
        return _TILDE.get(letter)
    if _is_within(mark.width, _STROKE) and _is_within(mark.height, _STROKE_HEIGHT) and abs(mark.slant) >= _SLANT:
        return (_ACUTE if mark.slant < 0 else _GRAVE).get(letter)
    return None


def _is_within(length: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= length <= bounds[1]


def _marks_above(word: PageWord, picture: Picture) -> Iterator[_Mark]:
    """The pieces of ink above the letters that nothing further up is a part of."""
    ink = _ink_above(word, picture)
    if ink is None:
        return
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    for label in range(1, count):
        left, top, width, height = boxes[label, :4].tolist()
        if top and min(width, height) > 1:
            down, across = np.nonzero(labels == label)
            slant = float(np.corrcoef(across, down)[0, 1])
            gap = len(ink) - top - height
            yield _Mark((left + width / 2) / _EM, width / _EM, height / _EM, slant, gap / _EM)


def _ink_above(word: PageWord, picture: Picture) -> NDArray[np.uint8] | None:
    """What is ink between the tops of the letters and what is printed or ruled above; None where nothing is."""
    scale, size = picture.dpi / POINTS_PER_INCH, _size(word)
    tops = word.bottom - (DESCENT + CAPITALS) * size
    high, low = (round((tops + by * size) * scale) for by in (-_HIGHEST, _INTO_LETTERS))
    columns = slice(max(0, round(word.x0 * scale)), round(word.x1 * scale))
    letters = picture.pixels[max(0, int(tops * scale)) : int((word.bottom - DESCENT * size) * scale), columns]
    band = picture.pixels[max(0, high) : max(0, low), columns]
    if not letters.size or not band.size:
        return None
    paper, darkest = np.percentile(letters, (90, 5))
    if paper - darkest < _LEAST_CONTRAST:
        return None
    enlarge = _EM / (size * scale)
    wide, tall = (max(1, round(length * enlarge)) for length in (band.shape[1], band.shape[0]))
    inked = cv2.resize(band, (wide, tall), interpolation=cv2.INTER_CUBIC) < paper - _INK * (paper - darkest)
    share = inked.mean(axis=1)
    ruled = np.flatnonzero(share[: len(share) * 6 // 10] > _RULE)
    if ruled.size:
        inked[: ruled[-1] + _HALO] = False
    free = np.flatnonzero(share <= _LETTERS)
    low = int(free[-1]) + 1 if free.size else 0
    return inked[:low].astype(np.uint8) if low >= _FEWEST_ROWS else None
