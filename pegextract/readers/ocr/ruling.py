"""Ruling lines, found by their length.

They tell what of tesseract's words are lines, and where cells end. They are taken out of the picture only where it
stumbles over them: elsewhere it does that better, and what erasing leaves of them is read as letters.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from pegextract.readers.ocr.picture import POINTS_PER_INCH, Grey, Picture
from pegextract.readers.pages import Rule

_SHORTEST_ACROSS, _SHORTEST_DOWN = 0.6, 0.22
"""Inches. A capital of a title is a fifth of an inch high, and a word's underline as long as its word."""
_THICKEST = 0.03
"""Inches; what is thicker is a bar of a drawing or a filled cell."""


def ruling_lines(picture: Picture) -> tuple[Rule, ...]:
    """The ruling lines of a level page, in points."""
    ink = picture.darker_than_around()
    across = _straight(ink, round(_SHORTEST_ACROSS * picture.dpi), horizontal=True)
    down = _straight(ink, round(_SHORTEST_DOWN * picture.dpi), horizontal=False)
    rules: list[Rule] = []
    for lines, horizontal in ((across, True), (down, False)):
        _, _, boxes, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
        length = boxes[:, cv2.CC_STAT_WIDTH if horizontal else cv2.CC_STAT_HEIGHT]
        # By its ink: the box of a line across the page that slants by a tenth of a degree is as high as a bar.
        thin = boxes[:, cv2.CC_STAT_AREA] <= _THICKEST * picture.dpi * length
        thin[0] = False  # what is no line at all
        rules += [_rule(box, picture.points_per_pixel) for box in boxes[thin]]
    return tuple(rules)


def without_lines(picture: Picture, rules: Sequence[Rule]) -> Picture:
    """The page with paper where its ruling lines are."""
    pixels = picture.pixels.copy()
    paper = np.median(pixels)
    scale = picture.dpi / POINTS_PER_INCH
    for rule in rules:
        rows = slice(int(rule.top * scale), int(np.ceil(rule.bottom * scale)) + 1)
        pixels[rows, int(rule.x0 * scale) : int(np.ceil(rule.x1 * scale)) + 1] = paper
    return Picture(pixels, picture.dpi)


def _straight(ink: Grey, length: int, *, horizontal: bool) -> Grey:
    """What of the ink lies on straight runs of at least `length` pixels; a step of a pixel does not end a run.

    Gaps do: closing them would make a run of the heads of letters that stand side by side.
    """
    thick = cv2.dilate(ink, np.ones((3, 1) if horizontal else (1, 3), np.uint8))
    kernel = np.ones((1, length) if horizontal else (length, 1), np.uint8)
    return np.asarray(cv2.morphologyEx(thick, cv2.MORPH_OPEN, kernel), np.uint8)


def _rule(box: np.ndarray[tuple[int], np.dtype[np.int32]], scale: float) -> Rule:
    left, top, width, height = (float(number) * scale for number in box[:4])
    return Rule(left, top, left + width, top + height)
