"""Text that nobody sees: as light as its ground, or painted over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from pegextract.readers.pdf.geometry import Edges

Colour = tuple[int, int, int]
"""Red, green, blue, 0-255."""
Matrix = tuple[float, float, float, float, float, float]
PAPER: Colour = (255, 255, 255)
LEAST_DIFFERENCE = 40
"""Steps, summed over red, green and blue, by which ink must differ from its ground to be seen."""


class Area(NamedTuple):
    """What is painted over all that came before it: a filled box, or a picture (colour None)."""

    order: int
    box: Edges
    colour: Colour | None


class Ink(NamedTuple):
    """A piece of text: its address, when it is painted, its colour, and what moves it to its place on the page."""

    address: int
    order: int
    colour: Colour
    matrix: Matrix


def unseen(
    texts: Sequence[Ink], areas: Sequence[Area], boxes_of: Callable[[Sequence[Ink]], Sequence[Edges]]
) -> set[int]:
    """The addresses of the texts that do not show; where they stand is asked only of those where that matters."""
    last = max((area.order for area in areas), default=0)
    grounds = {PAPER, *(area.colour for area in areas if area.colour)}
    doubtful = {colour: any(_alike(colour, ground) for ground in grounds) for colour in {t.colour for t in texts}}
    asked = [text for text in texts if text.order < last or doubtful[text.colour]]
    return {text.address for text, box in zip(asked, boxes_of(asked), strict=True) if not _shows(text, box, areas)}


def _shows(text: Ink, box: Edges, areas: Sequence[Area]) -> bool:
    over = [area for area in areas if _holds(area.box, box)]
    if any(area.order > text.order for area in over):
        return False
    ground = max(over, default=None, key=lambda area: area.order)
    if ground is None:
        return not _alike(text.colour, PAPER)
    return ground.colour is None or not _alike(text.colour, ground.colour)


def _alike(one: Colour, other: Colour) -> bool:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) < LEAST_DIFFERENCE


def _holds(area: Edges, box: Edges) -> bool:
    """Whether an area takes the middle of a box and most of its width."""
    middle = (box[1] + box[3]) / 2
    width = min(area[2], box[2]) - max(area[0], box[0])
    return area[1] <= middle <= area[3] and width >= 0.9 * (box[2] - box[0])
