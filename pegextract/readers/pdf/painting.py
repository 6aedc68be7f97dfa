"""What is painted on a page besides readable text: ruling lines, filled areas, pictures, and text that nobody sees."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

import pypdfium2.raw as pdfium

from pegextract.readers.page.parts import Rule
from pegextract.readers.pdf import calls
from pegextract.readers.pdf.calls import Handle
from pegextract.readers.pdf.geometry import Edges, Sight
from pegextract.readers.pdf.visibility import Area, Ink, Matrix, unseen

THICKEST_RULE = 3.0
SHORTEST_RULE = 4.0
"""In points: thicker is a bar, shorter a dash or a part of a letter."""
MOST_SEGMENTS = 4000
"""A path of more pieces is a picture."""
MOST_FRAMES = 100
"""Boxes of one path that are looked at for frames."""
STRAIGHT = 0.5
"""Points by which a line along the page may lean."""
DEEPEST_FORM = 8
FAINTEST = 16
"""Opacity, of 255, below which nothing is seen."""
_UNSEEN_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_TEXTS, _PATHS = (pdfium.FPDF_PAGEOBJ_TEXT,), (pdfium.FPDF_PAGEOBJ_PATH,)
_BOXED = (*_PATHS, pdfium.FPDF_PAGEOBJ_IMAGE)
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_NOWHERE: Edges = (0, 0, 0, 0)


class Shape(Enum):
    """What a piece of a path is."""

    BOX = "box"
    LINE = "line"
    CURVE = "curve"


@dataclass(slots=True)
class Painting:
    """rules, pictures, curves, shades, sharpness: as in RawPage · unseen: addresses of text objects that do not show.

    clips: on the displayed page, where of a text object only a part shows, the box of that part
    optional: text objects that may be switched off, with their boxes in the page's own coordinates.
    """

    rules: tuple[Rule, ...] = ()
    unseen: frozenset[int] = frozenset()
    pictures: float = 0.0
    curves: int = 0
    shades: tuple[Rule, ...] = ()
    clips: Mapping[Handle, Edges] = field(default_factory=dict)
    optional: Mapping[Handle, Edges] = field(default_factory=dict)
    sharpness: float = 0.0


@dataclass(slots=True)
class _Canvas:
    """What was met so far, in the page's own coordinates."""

    layers: bool
    rules: list[Edges] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    texts: list[Ink] = field(default_factory=list)
    unseen: set[int] = field(default_factory=set)
    clips: dict[Handle, Edges] = field(default_factory=dict)
    optional: dict[Handle, Edges] = field(default_factory=dict)
    pictures: float = 0.0
    sharpness: float = 0.0
    curves: int = 0
    order: int = 0


def read_painting(page: Handle, sight: Sight, *, layers: bool = True) -> Painting:
    """All that the page's objects tell, forms opened. layers: whether any form may belong to a layer of the document's.

    Of text that is marked as a layer's the page itself tells; of a form whose own entry says so, nobody does.
    """
    canvas = _Canvas(layers=layers)
    _take(canvas, calls.page_objects(page), _IDENTITY, 0, optional=False)
    canvas.unseen |= unseen(canvas.texts, canvas.areas, _boxes_of)
    area = sight.width * sight.height
    rules = tuple(itertools.starmap(Rule, sight.place(canvas.rules)))
    shades = tuple(itertools.starmap(Rule, sight.place(area.box for area in canvas.areas if area.colour)))
    pictures = min(1.0, canvas.pictures / area) if area else 0.0
    clips = dict(zip(canvas.clips, sight.place(canvas.clips.values()), strict=True))
    hidden, optional = frozenset(canvas.unseen), canvas.optional
    return Painting(rules, hidden, pictures, canvas.curves, shades, clips, optional, canvas.sharpness)


def _take(canvas: _Canvas, objects: Sequence[Handle], matrix: Matrix, depth: int, *, optional: bool) -> None:
    kinds = calls.kinds(objects)
    texts, paths, boxed = (
        [item for item, kind in zip(objects, kinds, strict=True) if kind in wanted]
        for wanted in (_TEXTS, _PATHS, _BOXED)
    )
    inks = zip(calls.text_modes(texts), calls.fill_colours(texts), strict=True)
    forms = [item for item, kind in zip(objects, kinds, strict=True) if kind == pdfium.FPDF_PAGEOBJ_FORM]
    switched = calls.optional(texts + forms) if not optional else set(texts + forms)
    hanging = [text for text in texts if text in switched]
    canvas.optional.update(zip(hanging, (_moved(box, matrix) for box in calls.bounds(hanging)), strict=True))
    canvas.clips.update((text, _clip_box(figures, matrix)) for text, figures in calls.clips(texts).items())
    drawn, boxes = iter(calls.draw_modes(paths)), iter(calls.bounds(boxed))
    for item, kind in zip(objects, kinds, strict=True):
        canvas.order += 1
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            mode, (red, green, blue, opacity) = next(inks)
            if mode in _UNSEEN_MODES or opacity < FAINTEST:
                canvas.unseen.add(item)
            else:
                canvas.texts.append(Ink(item, canvas.order, (red, green, blue), matrix))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            _take_path(canvas, item, _moved(next(boxes), matrix), next(drawn), matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            _take_picture(canvas, item, _moved(next(boxes), matrix))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
            _take(
                canvas,
                calls.form_objects(item),
                _times(calls.matrix_of(item), matrix),
                depth + 1,
                optional=canvas.layers or item in switched,
            )


def _clip_box(figures: Sequence[Sequence[tuple[float, float]]], matrix: Matrix) -> Edges:
    """The box that lies in the boxes around all figures; nowhere where there is none."""
    boxes = [_around([_point(matrix, x, y) for x, y in figure]) for figure in figures if figure]
    if not boxes:
        return _NOWHERE
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    box = max(lefts), max(bottoms), min(rights), min(tops)
    return box if box[0] < box[2] and box[1] < box[3] else _NOWHERE


def _take_picture(canvas: _Canvas, item: Handle, box: Edges) -> None:
    """A picture takes room, hides what lies below, and has so many dots."""
    if not calls.has_transparency(item):
        canvas.areas.append(Area(canvas.order, box, None))
    canvas.pictures += _area(box)
    wide, high = box[2] - box[0], box[3] - box[1]
    if wide > 0 and high > 0:
        across, down = calls.dots(item)
        canvas.sharpness = max(canvas.sharpness, across / wide, down / high)


def _take_path(canvas: _Canvas, item: Handle, box: Edges, drawn: tuple[bool, bool], matrix: Matrix) -> None:
    """A thin path is a rule; of others the straight edges are, where they are stroked."""
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    filled, stroked = drawn
    if not filled and not stroked:
        return
    if min(width, height) <= THICKEST_RULE:
        if max(width, height) >= SHORTEST_RULE:
            canvas.rules.append(box)
        return
    pieces = list(_pieces(item, _times(calls.matrix_of(item), matrix)))
    boxes = [edges for edges, shape in pieces if shape is Shape.BOX and _is_thick(edges)]
    if len(boxes) > MOST_FRAMES:
        boxes = []  # a pattern
    for edges, shape in pieces:
        if shape is Shape.CURVE:
            canvas.curves += 1
            continue
        is_frame = shape is Shape.BOX and any(_is_hole(other, edges) for other in boxes)
        if stroked or is_frame:
            canvas.rules += _borders(edges)
        if filled and shape is Shape.BOX and not is_frame and not any(_is_hole(edges, other) for other in boxes):
            _take_fill(canvas, item, edges)


def _is_hole(box: Edges, other: Edges) -> bool:
    """Whether a box lies mostly in a larger one: in one filled path, they are the two edges of a frame."""
    wide, high = min(box[2], other[2]) - max(box[0], other[0]), min(box[3], other[3]) - max(box[1], other[1])
    return wide > 0 and high > 0 and wide * high > _area(box) / 2 and _area(box) < _area(other)


def _is_thick(box: Edges) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) > THICKEST_RULE


def _area(box: Edges) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _take_fill(canvas: _Canvas, item: Handle, box: Edges) -> None:
    width, height = box[2] - box[0], box[3] - box[1]
    if min(width, height) <= THICKEST_RULE:
        if max(width, height) >= SHORTEST_RULE:
            canvas.rules.append(box)
        return
    ((red, green, blue, opacity),) = calls.fill_colours([item])
    if opacity >= FAINTEST:
        canvas.areas.append(Area(canvas.order, box, (red, green, blue)))


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


def _pieces(item: Handle, matrix: Matrix) -> Iterator[tuple[Edges, Shape]]:
    """The pieces of a path: boxes parallel to the page, straight lines along it, curves (without edges)."""
    points: list[tuple[float, float]] = []
    for kind, closes, x, y in calls.path_segments(item, MOST_SEGMENTS):
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            yield _NOWHERE, Shape.CURVE
            points.clear()
            continue
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            yield from _figure(points)
            points.clear()
        points.append(_point(matrix, x, y))
        if closes:
            points.append(points[0])
            yield from _figure(points)
            points.clear()
    yield from _figure(points)


def _figure(points: list[tuple[float, float]]) -> Iterator[tuple[Edges, Shape]]:
    """A box where the points are its corners, else one line for each straight stretch along the page."""
    steps = [(a, b) for a, b in itertools.pairwise(points) if a != b]
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


def _boxes_of(texts: Sequence[Ink]) -> list[Edges]:
    boxes = calls.bounds([text.address for text in texts])
    return [_moved(box, text.matrix) for box, text in zip(boxes, texts, strict=True)]


def _moved(box: Edges, matrix: Matrix) -> Edges:
    """The box around a box that was moved, turned or stretched."""
    if matrix is _IDENTITY:
        return box
    left, bottom, right, top = box
    return _around([_point(matrix, x, y) for x in (left, right) for y in (bottom, top)])


def _around(points: Sequence[tuple[float, float]]) -> Edges:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _times(one: Matrix, other: Matrix) -> Matrix:
    """First `one`, then `other`."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _point(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
