"""What is painted on a page besides readable text: ruling lines, filled areas, pictures, and text that nobody sees."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from ctypes import byref
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from pegextract.readers.page.parts import Rule
from pegextract.readers.pdf.geometry import Edges, Sight
from pegextract.readers.pdf.visibility import Area, Colour, Ink, unseen

THICKEST_RULE = 3.0
SHORTEST_RULE = 4.0
"""In points: thicker is a bar, shorter a dash or a part of a letter."""
MOST_SEGMENTS = 4000
"""A path of more pieces is a picture."""
STRAIGHT = 0.5
"""Points by which a line along the page may lean."""
DEEPEST_FORM = 8
FAINTEST = 16
"""Opacity, of 255, below which nothing is seen."""
_UNSEEN_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_NOWHERE: Edges = (0, 0, 0, 0)


class Shape(Enum):
    """What a piece of a path is."""

    BOX = "box"
    LINE = "line"
    CURVE = "curve"


@dataclass(slots=True)
class Painting:
    """rules: on the displayed page · unseen: addresses of text objects that do not show · the others: RawPage."""

    rules: tuple[Rule, ...] = ()
    unseen: frozenset[int] = frozenset()
    pictures: float = 0.0
    curves: int = 0
    sharpness: float = 0.0


@dataclass(slots=True)
class _Canvas:
    """What was met so far, in the page's own coordinates."""

    rules: list[Edges] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    texts: list[Ink] = field(default_factory=list)
    unseen: set[int] = field(default_factory=set)
    pictures: float = 0.0
    sharpness: float = 0.0
    curves: int = 0
    order: int = 0


def read_painting(page: Any, sight: Sight) -> Painting:
    """All that the page's objects tell, forms opened."""
    canvas = _Canvas()
    objects = (pdfium.FPDFPage_GetObject(page, n) for n in range(pdfium.FPDFPage_CountObjects(page)))
    for item in objects:
        _take(canvas, item, _IDENTITY, 0)
    canvas.unseen |= unseen(canvas.texts, canvas.areas)
    area = sight.width * sight.height
    rules = tuple(Rule(*sight.place(*edges)) for edges in canvas.rules)
    pictures = min(1.0, canvas.pictures / area) if area else 0.0
    return Painting(rules, frozenset(canvas.unseen), pictures, canvas.curves, canvas.sharpness)


def _take(canvas: _Canvas, item: Any, matrix: Matrix, depth: int) -> None:
    kind = pdfium.FPDFPageObj_GetType(item)
    canvas.order += 1
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        _take_text(canvas, item, matrix)
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        _take_path(canvas, item, matrix)
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        _take_picture(canvas, item, _bounds(item, matrix))
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
        inner = _times(_matrix(item), matrix)
        for n in range(pdfium.FPDFFormObj_CountObjects(item)):
            _take(canvas, pdfium.FPDFFormObj_GetObject(item, n), inner, depth + 1)


def _take_picture(canvas: _Canvas, item: Any, box: Edges) -> None:
    """A picture takes room, hides what lies below, and has so many dots."""
    if not pdfium.FPDFPageObj_HasTransparency(item):
        canvas.areas.append(Area(canvas.order, box, None))
    wide, high = box[2] - box[0], box[3] - box[1]
    canvas.pictures += wide * high
    across, down = ctypes.c_uint(), ctypes.c_uint()
    if wide > 0 and high > 0 and pdfium.FPDFImageObj_GetImagePixelSize(item, across, down):
        canvas.sharpness = max(canvas.sharpness, across.value / wide, down.value / high)


def _take_text(canvas: _Canvas, item: Any, matrix: Matrix) -> None:
    """Text that certainly shows nothing is noted; what depends on its ground is kept for later."""
    address = ctypes.addressof(item.contents)
    colour, opacity = _colour(item)
    if pdfium.FPDFTextObj_GetTextRenderMode(item) in _UNSEEN_MODES or opacity < FAINTEST:
        canvas.unseen.add(address)
    else:
        canvas.texts.append(Ink(address, canvas.order, colour, lambda: _bounds(item, matrix)))


def _take_path(canvas: _Canvas, item: Any, matrix: Matrix) -> None:
    """A thin path is a rule; of others the straight edges are, where they are stroked."""
    left, bottom, right, top = box = _bounds(item, matrix)
    width, height = right - left, top - bottom
    if min(width, height) <= THICKEST_RULE:
        if max(width, height) >= SHORTEST_RULE and _is_drawn(item) != (False, False):
            canvas.rules.append(box)
        return
    filled, stroked = _is_drawn(item)
    if not filled and not stroked:
        return
    for edges, shape in _pieces(item, _times(_matrix(item), matrix)):
        if shape is Shape.CURVE:
            canvas.curves += 1
        elif stroked:
            canvas.rules += _borders(edges)
        elif shape is Shape.BOX:
            _take_fill(canvas, item, edges)


def _take_fill(canvas: _Canvas, item: Any, box: Edges) -> None:
    width, height = box[2] - box[0], box[3] - box[1]
    if min(width, height) <= THICKEST_RULE:
        if max(width, height) >= SHORTEST_RULE:
            canvas.rules.append(box)
        return
    colour, opacity = _colour(item)
    if opacity >= FAINTEST:
        canvas.areas.append(Area(canvas.order, box, colour))


def _borders(box: Edges) -> Iterator[Edges]:
    """The edges of a stroked box, or the line itself."""
    left, bottom, right, top = box
    if min(right - left, top - bottom) <= THICKEST_RULE:
        if max(right - left, top - bottom) >= SHORTEST_RULE:
            yield box
        return
    yield left, bottom, left, top
    yield right, bottom, right, top
    yield left, bottom, right, bottom
    yield left, top, right, top


def _pieces(item: Any, matrix: Matrix) -> Iterator[tuple[Edges, Shape]]:
    """The pieces of a path: boxes parallel to the page, straight lines along it, curves (without edges)."""
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for n in range(min(pdfium.FPDFPath_CountSegments(item), MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(item, n)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            yield _NOWHERE, Shape.CURVE
            points.clear()
            continue
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            yield from _figure(points)
            points.clear()
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        points.append(_point(matrix, x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
            yield from _figure(points)
            points.clear()
    yield from _figure(points)


def _figure(points: list[tuple[float, float]]) -> Iterator[tuple[Edges, Shape]]:
    """A box where the points are its corners, else one line for each straight stretch along the page."""
    steps = [(a, b) for a, b in pairwise(points) if a != b]
    if not steps:
        return
    xs, ys = [x for x, _ in points], [y for _, y in points]
    straight = [abs(a[0] - b[0]) < STRAIGHT or abs(a[1] - b[1]) < STRAIGHT for a, b in steps]
    corners = {(round(x), round(y)) for x, y in points}
    if len(steps) in (3, 4) and all(straight) and len(corners) == 4:
        yield (min(xs), min(ys), max(xs), max(ys)), Shape.BOX
        return
    for (a, b), along in zip(steps, straight, strict=True):
        if along:
            yield (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])), Shape.LINE


_numbers = tuple(ctypes.c_float() for _ in range(4))
_channels = tuple(ctypes.c_uint() for _ in range(4))
_modes = ctypes.c_int(), ctypes.c_int()
_affine = pdfium.FS_MATRIX()


def _bounds(item: Any, matrix: Matrix) -> Edges:
    pdfium.FPDFPageObj_GetBounds(item, *_numbers)
    left, bottom, right, top = (number.value for number in _numbers)
    if matrix is _IDENTITY:
        return left, bottom, right, top
    corners = [_point(matrix, x, y) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _colour(item: Any) -> tuple[Colour, int]:
    """Colour and opacity (0-255) of what is filled; black where a pattern fills it."""
    if not pdfium.FPDFPageObj_GetFillColor(item, *_channels):
        return (0, 0, 0), 255
    red, green, blue, opacity = (channel.value for channel in _channels)
    return (red, green, blue), opacity


def _is_drawn(item: Any) -> tuple[bool, bool]:
    """Whether a path is filled, whether it is stroked."""
    pdfium.FPDFPath_GetDrawMode(item, *_modes)
    return _modes[0].value != 0, _modes[1].value != 0


def _matrix(item: Any) -> Matrix:
    pdfium.FPDFPageObj_GetMatrix(item, _affine)
    return _affine.a, _affine.b, _affine.c, _affine.d, _affine.e, _affine.f


def _times(one: Matrix, other: Matrix) -> Matrix:
    """First `one`, then `other`."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _point(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
