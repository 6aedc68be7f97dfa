"""Slashes between digits that are read as a 1 (`717` for `7/7`): a slash leans, a 1 stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pegextract.readers.ocr.picture import Grey

_NUMBER = re.compile("[0-9]+1[0-9]+")
_LOWEST, _HIGHEST = 0.3, 0.95
"""Heights of a strip: what is lower is a mark or a speck, what is higher a ruling line."""
_INK = 0.4
_LEANS = 0.13
"""How far the top of a slash is right of its foot, in its heights: 0.17 to 0.22; a 1 leans -0.09 to -0.05."""


def with_slash(text: str, strip: Grey) -> str:
    """The number with a slash for the one 1 between its digits that leans; as it was where none or several do."""
    if not _NUMBER.fullmatch(text):
        return text
    leans = [_lean(letter) for letter in _letters(strip)]
    if len(leans) != len(text):
        return text  # letters that touch each other: none can be told apart
    leaning = [at for at in range(1, len(text) - 1) if text[at] == "1" and leans[at] > _LEANS]
    return f"{text[: leaning[0]]}/{text[leaning[0] + 1 :]}" if len(leaning) == 1 else text


def _letters(strip: Grey) -> Sequence[NDArray[np.bool_]]:
    """The ink of each letter, from left to right."""
    paper, darkest = np.percentile(strip, (50, 2))
    ink = (strip < paper - _INK * (paper - darkest)).astype(np.uint8)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    found = [(*boxes[label, :4].tolist(), label) for label in range(1, count)]
    return [
        labels[top : top + height, left : left + width] == label
        for left, top, width, height, label in sorted(found)
        if _LOWEST * len(strip) <= height <= _HIGHEST * len(strip)
    ]


def _lean(letter: NDArray[np.bool_]) -> float:
    """How far right its upper third stands of its lower third, in heights."""
    third = max(1, len(letter) // 3)
    upper, lower = (float(np.nonzero(part)[1].mean()) for part in (letter[:third], letter[-third:]))
    return (upper - lower) / len(letter)
