"""Which way up a page is, and how far it leans: measured on its own ink."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pegextract.readers.ocr.picture import WHITE, Grey, Picture
from pegextract.readers.ocr.recogniser import Recogniser

COARSE_DPI = 100.0
"""Enough to see words as blobs and lines as rows."""
MOST_LEAN = 6.0
"""Degrees; who lays paper on a scanner more askew lays it anew."""
LEAST_LEAN = 0.08
"""Degrees below which turning costs more sharpness than it gives: three pixels across a page of 300 dpi."""
_MOST_POINTS = 60_000
_MOST_ASKED = 12
_UNDECIDED = 0.3, 0.7
"""Mean of the votes between which the words themselves are read, both ways."""


def upright(picture: Picture, reader: Recogniser) -> tuple[Picture, int, float]:
    """The page with its words level and the right way up; the degrees clockwise that it was turned by, 90s and few."""
    quarters = 3 if lies_on_its_side(picture) else 0
    picture = picture.turned(quarters)
    degrees = lean(picture)
    if abs(degrees) < LEAST_LEAN:
        degrees = 0.0
    else:
        picture = level(picture, degrees)
    if stands_on_its_head(picture, reader):
        quarters += 2
        picture = picture.turned(2)
    return picture, -quarters * 90 % 360, degrees


def stands_on_its_head(picture: Picture, reader: Recogniser) -> bool:
    """Whether most of the longest words of a level page are read better upside down."""
    strips = list(_longest_words(picture))
    votes = [reader.upside_down(strip) for strip in strips]
    if votes and not _UNDECIDED[0] < sum(votes) / len(votes) < _UNDECIDED[1]:
        return sum(votes) / len(votes) > 0.5
    pairs = [(reader.read(strip), reader.read(np.ascontiguousarray(np.rot90(strip, 2)))) for strip in strips[:6]]
    return sum(turned.confidence - as_is.confidence for as_is, turned in pairs) > 0


def _longest_words(picture: Picture) -> Iterator[Grey]:
    coarse = picture.at(COARSE_DPI)
    boxes = blobs(coarse.ink(), coarse.dpi)
    boxes = boxes[boxes[:, 2] > 3 * boxes[:, 3]]
    finer = picture.dpi / coarse.dpi
    for left, top, width, height in boxes[np.argsort(-boxes[:, 2], kind="stable")][:_MOST_ASKED]:
        rows = slice(int(top * finer), int((top + height) * finer))
        yield picture.pixels[rows, int(left * finer) : int((left + min(width, 2 * COARSE_DPI)) * finer)]


def blobs(ink: Grey, dpi: float) -> NDArray[np.int32]:
    """Letters run together into words: left, top, width, height of each blob of a word's size."""
    reach = max(2, round(dpi * 0.03))
    joined = cv2.dilate(ink, np.ones((reach, reach), np.uint8))
    _, _, found, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = np.asarray(found[1:, :4], np.int32)
    small, large = dpi * 0.08, dpi * 3
    shorter, longer = boxes[:, 2:].min(axis=1), boxes[:, 2:].max(axis=1)
    return np.asarray(boxes[(shorter > small) & (shorter < dpi * 0.5) & (longer < large)])


def lies_on_its_side(picture: Picture) -> bool:
    """Whether words stand taller than wide: the page is turned by a right angle, one way or the other."""
    coarse = picture.at(COARSE_DPI)
    boxes = blobs(coarse.ink(), coarse.dpi)
    wide = boxes[boxes[:, 2] > 1.6 * boxes[:, 3]]
    tall = boxes[boxes[:, 3] > 1.6 * boxes[:, 2]]
    return int(tall[:, 3].sum()) > int(wide[:, 2].sum())


def lean(picture: Picture) -> float:
    """Degrees by which the lines of the page rise to the right; 0 where it has too little ink to tell."""
    coarse = picture.at(COARSE_DPI)
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
    pixels = cv2.warpAffine(
        picture.pixels,
        matrix,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=WHITE,
    )
    return Picture(np.asarray(pixels, np.uint8), picture.dpi)
