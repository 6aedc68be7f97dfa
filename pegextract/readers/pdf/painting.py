"""What is painted on a page besides readable text: ruling lines, filled areas, pictures, and text that nobody sees."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from ctypes import byref
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from pegextract.readers.page.parts import Rule
from pegextract.readers.pdf.geometry import Edges, Sight

THICKEST_RULE = 3.0
SHORTEST_RULE = 4.0
"""In points: thicker is a bar, shorter a dash or a part of a letter."""
MOST_SEGMENTS = 4000
"""A path of more pieces is a picture."""
DEEPEST_FORM = 8
LIGHTEST_DIFFERENCE = 40
"""Steps of 255, summed over red, green and blue, by which ink must differ from its ground to be seen."""
FAINTEST = 16
"""Opacity, of 255, below which nothing is seen."""
PAPER = (255, 255, 255)
_UNSEEN_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
Colour = tuple[int, int, int]


class _Fill(NamedTuple):
    """An area painted over what came before it."""

    order: int
    box: Edges
    colour: Colour


class _Text(NamedTuple):
    address: int
    order: int
    box: Edges
    colour: Colour


@dataclass(slots=True)
class Painting:
    """rules: on the displayed page · unseen: addresses of text objects that do not show · pictures, curves: RawPage."""

    rules: tuple[Rule, ...] = ()
    unseen: frozenset[int] = frozenset()
    pictures: float = 0.0
    curves: int = 0


@dataclass(slots=True)
class _Canvas:
    """What was met so far, in the page's own coordinates."""

    rules: list[Edges] = field(default_factory=list)
    fills: list[_Fill] = field(default_factory=list)
    texts: list[_Text] = field(default_factory=list)
    unseen: set[int] = field(default_factory=set)
    pictures: float = 0.0
    curves: int = 0
    order: int = 0


def read_painting(page: Any, sight: Sight) -> Painting:
    """All that the page's objects tell, forms opened."""
    canvas = _Canvas()
    objects = (pdfium.FPDFPage_GetObject(page, n) for n in range(pdfium.FPDFPage_CountObjects(page)))
    for item in objects:
        _take(canvas, item, _IDENTITY, 0)
    canvas.unseen |= {text.address for text in canvas.texts if not _shows(text, canvas.fills)}
    area = sight.width * sight.height
    rules = tuple(Rule(*sight.place(*edges)) for edges in canvas.rules)
    return Painting(rules, frozenset(canvas.unseen), min(1.0, canvas.pictures / area) if area else 0.0, canvas.curves)


def _take(canvas: _Canvas, item: Any, matrix: Matrix, depth: int) -> None:
    kind = pdfium.FPDFPageObj_GetType(item)
    canvas.order += 1
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        _take_text(canvas, item, matrix)
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        _take_path(canvas, item, matrix)
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        box = _bounds(item, matrix)
        canvas.pictures += (box[2] - box[0]) * (box[3] - box[1])
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
        inner = _times(_matrix(item), matrix)
        for n in range(pdfium.FPDFFormObj_CountObjects(item)):
            _take(canvas, pdfium.FPDFFormObj_GetObject(item, n), inner, depth + 1)


def _take_text(canvas: _Canvas, item: Any, matrix: Matrix) -> None:
    """Text that certainly shows nothing is noted; what depends on its ground is kept for later."""
    if pdfium.FPDFTextObj_GetTextRenderMode(item) in _UNSEEN_MODES:
        canvas.unseen.add(ctypes.addressof(item.contents))
        return
    colour, opacity = _colour(item)
    if opacity < FAINTEST:
        canvas.unseen.add(ctypes.addressof(item.contents))
    else:
        canvas.texts.append(_Text(ctypes.addressof(item.contents), canvas.order, (0, 0, 0, 0), colour))


def _shows(text: _Text, fills: list[_Fill]) -> bool:
    return True


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
    for edges, curved in _pieces(item, _times(_matrix(item), matrix)):
        if curved:
            canvas.curves += 1
        elif edges is not None and stroked:
            canvas.rules += _borders(edges)
        elif edges is not None and filled:
            _take_fill(canvas, item, edges)


def _take_fill(canvas: _Canvas, item: Any, box: Edges) -> None:
    width, height = box[2] - box[0], box[3] - box[1]
    if min(width, height) <= THICKEST_RULE:
        if max(width, height) >= SHORTEST_RULE:
            canvas.rules.append(box)
        return
    colour, opacity = _colour(item)
    if opacity >= FAINTEST:
        canvas.fills.append(_Fill(canvas.order, box, colour))


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


def _pieces(item: Any, matrix: Matrix) -> Iterator[tuple[Edges | None, bool]]:
    """The straight pieces of a path: each a box (closed, parallel to the page) or a line; or that it is curved."""
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for n in range(min(pdfium.FPDFPath_CountSegments(item), MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(item, n)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            yield None, True
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


def _figure(points: list[tuple[float, float]]) -> Iterator[tuple[Edges | None, bool]]:
    """A box where the points are its corners, else one line for each straight stretch along the page."""
    if len(points) < 2:
        return
    xs, ys = [x for x, _ in points], [y for _, y in points]
    steps = list(itertools.pairwise(points))
    straight = [abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5 for a, b in steps]
    if (
        len(points) in (4, 5)
        and all(straight)
        and len({round(x) for x in xs}) <= 2
        and len({round(y) for y in ys}) <= 2
    ):
        yield (min(xs), min(ys), max(xs), max(ys)), False
        return
    for (a, b), along in zip(steps, straight, strict=True):
        if along:
            yield (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])), False


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
    """Red, green, blue and opacity of what is filled, 0-255."""
    pdfium.FPDFPageObj_GetFillColor(item, *_channels)
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
