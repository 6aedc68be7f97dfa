"""From the coordinates of a PDF page (origin bottom left, not turned) to those of the page as it is displayed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

LARGEST_SIDE = 14_400.0
"""Points: the largest page that PDF allows (ISO 32000-1, annex C)."""
Edges = tuple[float, float, float, float]
"""left, bottom, right, top in the page's own coordinates; or x0, top, x1, bottom on the displayed page."""
Place = Callable[[Iterable[Edges]], list[Edges]]
"""Leads from boxes in the page's own coordinates to the boxes on the displayed page."""


class Sight(NamedTuple):
    """What is displayed of a page: its size as displayed, and the way there."""

    width: float
    height: float
    place: Place


def sight_of(box: Edges, rotation: int) -> Sight:
    """box: the visible part of the page in its own coordinates · rotation: quarter turns clockwise (0-3)."""
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    places: tuple[Place, ...] = (
        lambda boxes: [(x0 - left, top - y1, x1 - left, top - y0) for x0, y0, x1, y1 in boxes],
        lambda boxes: [(y0 - bottom, x0 - left, y1 - bottom, x1 - left) for x0, y0, x1, y1 in boxes],
        lambda boxes: [(right - x1, y0 - bottom, right - x0, y1 - bottom) for x0, y0, x1, y1 in boxes],
        lambda boxes: [(top - y1, right - x1, top - y0, right - x0) for x0, y0, x1, y1 in boxes],
    )
    turned = rotation % 2 == 1
    return Sight(height if turned else width, width if turned else height, places[rotation % 4])


def size_is_absurd(width: float, height: float) -> bool:
    """Whether a page is none: no area, not a number, or larger than PDF allows."""
    return not all(math.isfinite(side) and 0 < side <= LARGEST_SIDE for side in (width, height))
