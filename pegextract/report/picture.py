"""Pictures of pages: each value framed in the colour of its table, doubtful ones dashed; findings and unread words.

The page as an image comes from `readers.page_image`; boxes are PDF points (1/72 inch), origin at the top left.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from pegextract.document import Box
from pegextract.report.margin import SURE
from pegextract.report.marks import Mark

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw


Colour = tuple[int, int, int]
Rectangle = tuple[float, float, float, float]

POINTS_PER_INCH: Final = 72
COLOURS: Final[dict[str, Colour]] = {
    "objectives": (31, 90, 180),
    "phases": (20, 130, 60),
    "indicators": (130, 60, 170),
    "dup_links": (0, 130, 140),
    "linked_objectives": (120, 90, 30),
    "boilerplate": (150, 150, 150),
    "unread": (230, 80, 0),
    "info": (110, 110, 110),
    "warning": (215, 140, 0),
    "error": (205, 0, 40),
}
FINDINGS: Final = ("error", "warning", "info")
WORDS: Final = ("unread", "boilerplate")
CROP_MARGIN: Final = 36
"""Points of paper around the spot of one value."""
_TINT: Final = 36  # of 255: the print stays readable through it
_DASH: Final = 3.0


def draw_page(image: Image, dots_per_inch: float, marks: Sequence[Mark]) -> Image:
    """The page with its marks and a legend below it."""
    from PIL import Image as Images
    from PIL import ImageDraw

    scale = dots_per_inch / POINTS_PER_INCH
    page = image.convert("RGBA")
    layer = Images.new("RGBA", page.size)
    pen = ImageDraw.Draw(layer)
    for mark in marks:
        _draw_mark(pen, mark, scale)
    return _with_legend(Images.alpha_composite(page, layer).convert("RGB"), marks, scale)


def crop(image: Image, dots_per_inch: float, box: Box, kind: str) -> Image:
    """The spot of one value, framed, with some of the paper around it."""
    from PIL import ImageDraw

    scale = dots_per_inch / POINTS_PER_INCH
    picture = image.convert("RGB")
    x0, top, x1, bottom = _pixels(box, scale)
    ImageDraw.Draw(picture).rectangle((x0, top, x1, bottom), outline=COLOURS[kind], width=max(1, round(scale)))
    around = CROP_MARGIN * scale
    return picture.crop(
        (
            max(0, round(x0 - around)),
            max(0, round(top - around)),
            min(picture.width, round(x1 + around)),
            min(picture.height, round(bottom + around)),
        )
    )


def _pixels(box: Box, scale: float) -> Rectangle:
    """The box in pixels, one point wider than its words on each side."""
    return (box.x0 - 1) * scale, (box.top - 1) * scale, (box.x1 + 1) * scale, (box.bottom + 1) * scale


def _draw_mark(pen: ImageDraw, mark: Mark, scale: float) -> None:
    colour = COLOURS[mark.kind]
    place = _pixels(mark.box, scale)
    if mark.kind in FINDINGS:
        _flag(pen, place, colour, mark.label, scale)
        return
    pen.rectangle(place, fill=(*colour, _TINT if mark.kind != "unread" else 2 * _TINT))
    if mark.kind in WORDS:
        return
    width = max(1, round(scale * 0.6))
    if mark.confidence >= SURE:
        pen.rectangle(place, outline=colour, width=width)
    else:
        _dashed(pen, place, colour, width, scale)
    label = mark.label if mark.confidence >= SURE else f"{mark.label} {mark.confidence:.2f}"
    pen.text((place[0], place[1]), label, fill=colour, font=_font(5 * scale), anchor="lb")


def _flag(pen: ImageDraw, place: Rectangle, colour: Colour, label: str, scale: float) -> None:
    """A bar at the left of the place, and the finding's code at its right."""
    x0, top, x1, bottom = place
    pen.rectangle((x0 - 3 * scale, top, x0 - 1.5 * scale, bottom), fill=colour)
    pen.text((x1 + 2 * scale, (top + bottom) / 2), label, fill=colour, font=_font(5 * scale), anchor="lm")


def _dashed(pen: ImageDraw, place: Rectangle, colour: Colour, width: int, scale: float) -> None:
    x0, top, x1, bottom = place
    corners = [(x0, top), (x1, top), (x1, bottom), (x0, bottom), (x0, top)]
    for (ax, ay), (bx, by) in pairwise(corners):
        length = max(abs(bx - ax), abs(by - ay))
        step = _DASH * scale
        for at in range(0, int(length), max(2, int(2 * step))):
            begin, end = at / length, min(1.0, (at + step) / length)
            line = (ax + (bx - ax) * begin, ay + (by - ay) * begin, ax + (bx - ax) * end, ay + (by - ay) * end)
            pen.line(line, fill=colour, width=width)


def _with_legend(page: Image, marks: Sequence[Mark], scale: float) -> Image:
    """The picture with a line below it that says what the colours on it mean."""
    from PIL import Image as Images
    from PIL import ImageDraw

    kinds = [kind for kind in COLOURS if any(mark.kind == kind for mark in marks)]
    height = round(16 * scale)
    picture = Images.new("RGB", (page.width, page.height + height), "white")
    picture.paste(page, (0, 0))
    pen = ImageDraw.Draw(picture)
    font = _font(7 * scale)
    at, middle = 8 * scale, page.height + height / 2
    for kind in kinds:
        pen.rectangle((at, middle - 3 * scale, at + 6 * scale, middle + 3 * scale), fill=COLOURS[kind])
        pen.text((at + 8 * scale, middle), kind.replace("_", " "), fill="black", font=font, anchor="lm")
        at += 16 * scale + pen.textlength(kind, font=font)
    if any(mark.confidence < SURE for mark in marks):
        pen.text((at, middle), f"dashed: confidence below {SURE}", fill="black", font=font, anchor="lm")
    return picture


def _font(size: float) -> Any:
    from PIL import ImageFont

    return ImageFont.load_default(max(7.0, size))
