"""Which way up a page is, and how far it leans: measured on its own ink."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pegextract.readers.ocr.picture import WHITE, Grey, Picture

_COARSE_DPI = 100.0
"""Enough to see words as blobs and lines as rows."""
MOST_LEAN = 6.0
"""Degrees; who lays paper on a scanner more askew lays it anew."""
LEAST_LEAN = 0.08
"""Degrees below which turning costs more sharpness than it gives: three pixels across a page of 300 dpi."""
_MOST_POINTS = 60_000


def upright(picture: Picture) -> Picture:
    """The page with its words level and the right way up."""
    if lies_on_its_side(picture):
        picture = picture.turned(1)
    degrees = lean(picture)
    return level(picture, degrees) if abs(degrees) >= LEAST_LEAN else picture


def blobs(ink: Grey, dpi: float) -> NDArray[np.int32]:
    """Letters run together into words: left, top, width, height of each blob of a word's size."""
    reach = max(2, round(dpi * 0.03))
    joined = cv2.dilate(ink, np.ones((reach, reach), np.uint8))
    _, _, found, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = np.asarray(found[1:, :4], np.int32)
    small, large = dpi * 0.08, dpi * 3
    shorter, longer = boxes[:, 2:].min(axis=1), boxes[:, 2:].max(axis=1)
    return boxes[(shorter > small) & (shorter < dpi * 0.5) & (longer < large)]


def lies_on_its_side(picture: Picture) -> bool:
    """Whether words stand taller than wide: the page is turned by a right angle, one way or the other."""
    coarse = picture.at(_COARSE_DPI)
    boxes = blobs(coarse.ink(), coarse.dpi)
    wide = boxes[boxes[:, 2] > 1.6 * boxes[:, 3]]
    tall = boxes[boxes[:, 3] > 1.6 * boxes[:, 2]]
    return int(tall[:, 3].sum()) > int(wide[:, 2].sum())


def lean(picture: Picture) -> float:
    """Degrees by which the lines of the page rise to the right; 0 where it has too little ink to tell."""
    coarse = picture.at(_COARSE_DPI)
    rows, columns = np.nonzero(coarse.ink())
    if len(rows) < 500:
        return 0.0
    step = max(1, len(rows) // _MOST_POINTS)
    x, y = columns[::step].astype(np.float32), rows[::step].astype(np.float32)
    best = _sharpest(x, y, np.arange(-MOST_LEAN, MOST_LEAN + 0.01, 0.5))
    best = _sharpest(x, y, np.arange(best - 0.5, best + 0.51, 0.1))
    return _sharpest(x, y, np.arange(best - 0.1, best + 0.11, 0.025))


def _sharpest(x: NDArray[np.float32], y: NDArray[np.float32], angles: Sequence[float] | NDArray[np.float64]) -> float:
    """The angle at which the ink falls into the fewest rows: lines of text and ruling lines then lie level."""
    return float(max(angles, key=lambda angle: _sharpness(x, y, float(angle))))


def _sharpness(x: NDArray[np.float32], y: NDArray[np.float32], angle: float) -> float:
    rows = (y + x * math.tan(math.radians(angle))).round().astype(np.int64)
    counts = np.bincount(rows - rows.min()).astype(np.float64)
    return float(np.square(counts).sum())


def level(picture: Picture, degrees: float) -> Picture:
    """The page turned clockwise by so many degrees around its middle, at its size; the corners are white."""
    height, width = picture.pixels.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    how = {"flags": cv2.INTER_CUBIC, "borderMode": cv2.BORDER_CONSTANT, "borderValue": WHITE}
    return Picture(np.asarray(cv2.warpAffine(picture.pixels, matrix, (width, height), **how), np.uint8), picture.dpi)
