"""The functions of pdfium that are asked for each word and each object of a page, at the least cost of a call.

Handles and addresses are plain numbers here, Python's lock is kept, and where the same is asked of many things `map`
does the asking: all answers land in one buffer.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from struct import iter_unpack, pack
from typing import Any

import pypdfium2.raw as pdfium

Handle = int
"""The address of a page, a page's text or an object of it."""


def handle_of(pointer: Any) -> Handle:
    """The number behind a pointer of pypdfium2."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _cheap(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    return ctypes.PYFUNCTYPE(result, *arguments)(handle_of(function))


_INT, _HANDLE, _PLACE = ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p
_count_objects = _cheap(pdfium.FPDFPage_CountObjects, _INT, _HANDLE)
_page_object = _cheap(pdfium.FPDFPage_GetObject, _HANDLE, _HANDLE, _INT)
_count_form_objects = _cheap(pdfium.FPDFFormObj_CountObjects, _INT, _HANDLE)
_form_object = _cheap(pdfium.FPDFFormObj_GetObject, _HANDLE, _HANDLE, ctypes.c_ulong)
_kind = _cheap(pdfium.FPDFPageObj_GetType, _INT, _HANDLE)
_bounds = _cheap(pdfium.FPDFPageObj_GetBounds, _INT, _HANDLE, *[_PLACE] * 4)
_matrix = _cheap(pdfium.FPDFPageObj_GetMatrix, _INT, _HANDLE, _PLACE)
_colour = _cheap(pdfium.FPDFPageObj_GetFillColor, _INT, _HANDLE, *[_PLACE] * 4)
_text_mode = _cheap(pdfium.FPDFTextObj_GetTextRenderMode, _INT, _HANDLE)
_draw_mode = _cheap(pdfium.FPDFPath_GetDrawMode, _INT, _HANDLE, _PLACE, _PLACE)
_count_segments = _cheap(pdfium.FPDFPath_CountSegments, _INT, _HANDLE)
_segment = _cheap(pdfium.FPDFPath_GetPathSegment, _HANDLE, _HANDLE, _INT)
_segment_kind = _cheap(pdfium.FPDFPathSegment_GetType, _INT, _HANDLE)
_segment_point = _cheap(pdfium.FPDFPathSegment_GetPoint, _INT, _HANDLE, _PLACE, _PLACE)
_segment_closes = _cheap(pdfium.FPDFPathSegment_GetClose, _INT, _HANDLE)
_clip = _cheap(pdfium.FPDFPageObj_GetClipPath, _HANDLE, _HANDLE)
_count_clips = _cheap(pdfium.FPDFClipPath_CountPaths, _INT, _HANDLE)
_count_clip_segments = _cheap(pdfium.FPDFClipPath_CountPathSegments, _INT, _HANDLE, _INT)
_clip_segment = _cheap(pdfium.FPDFClipPath_GetPathSegment, _HANDLE, _HANDLE, _INT, _INT)
_count_marks = _cheap(pdfium.FPDFPageObj_CountMarks, _INT, _HANDLE)
_mark = _cheap(pdfium.FPDFPageObj_GetMark, _HANDLE, _HANDLE, ctypes.c_ulong)
_mark_name = _cheap(pdfium.FPDFPageObjMark_GetName, _INT, _HANDLE, _PLACE, ctypes.c_ulong, _PLACE)
_character_box = _cheap(pdfium.FPDFText_GetLooseCharBox, _INT, _HANDLE, _INT, _PLACE)
_text_object = _cheap(pdfium.FPDFText_GetTextObject, _HANDLE, _HANDLE, _INT)
_character_index = _cheap(pdfium.FPDFText_GetCharIndexFromTextIndex, _INT, _HANDLE, _INT)
_character_angle = _cheap(pdfium.FPDFText_GetCharAngle, ctypes.c_float, _HANDLE, _INT)
_page_text = _cheap(pdfium.FPDFText_GetText, _INT, _HANDLE, _INT, _INT, _PLACE)
_page_box = _cheap(pdfium.FPDF_GetPageBoundingBox, _INT, _HANDLE, _PLACE)
count_characters = _cheap(pdfium.FPDFText_CountChars, _INT, _HANDLE)
rotation = _cheap(pdfium.FPDFPage_GetRotation, _INT, _HANDLE)
has_transparency = _cheap(pdfium.FPDFPageObj_HasTransparency, _INT, _HANDLE)

_picture_size = _cheap(pdfium.FPDFImageObj_GetImagePixelSize, _INT, _HANDLE, _PLACE, _PLACE)

_ANSWER = 16
"""Bytes of four numbers, whole or not."""
_BLACK = pack("4I", 0, 0, 0, 255)


def page_objects(page: Handle) -> list[Handle]:
    """The objects of a page, in the order of painting."""
    return list(map(_page_object, repeat(page), range(_count_objects(page))))


def form_objects(form: Handle) -> list[Handle]:
    """The objects inside a form, in the order of painting."""
    return list(map(_form_object, repeat(form), range(_count_form_objects(form))))


def kinds(objects: Sequence[Handle]) -> list[int]:
    """What each object is: FPDF_PAGEOBJ_… of fpdf_edit.h."""
    return list(map(_kind, objects))


def text_modes(texts: Sequence[Handle]) -> list[int]:
    """How each text is painted: FPDF_TEXTRENDERMODE_… of fpdf_edit.h."""
    return list(map(_text_mode, texts))


def fill_colours(objects: Sequence[Handle]) -> list[tuple[int, int, int, int]]:
    """Red, green, blue, opacity (0-255) of what each object is filled with; opaque black where a pattern fills it."""
    buffer, places = _room(len(objects))
    for n, plain in enumerate(map(_colour, objects, *places)):
        if not plain:
            buffer[_ANSWER * n : _ANSWER * (n + 1)] = _BLACK
    return list(iter_unpack("4I", buffer))


def bounds(objects: Sequence[Handle]) -> list[tuple[float, float, float, float]]:
    """left, bottom, right, top of each object, in the coordinates of what holds it."""
    buffer, places = _room(len(objects))
    _ask(_bounds, objects, *places)
    return list(iter_unpack("4f", buffer))


def page_box(page: Handle) -> tuple[float, float, float, float]:
    """left, bottom, right, top of what is displayed of a page, in its own coordinates."""
    box = pdfium.FS_RECTF()
    _page_box(page, ctypes.addressof(box))
    return box.left, box.bottom, box.right, box.top


def dots(image: Handle) -> tuple[int, int]:
    """How many dots an image has across and down; 0 where it cannot be told."""
    across, down = ctypes.c_uint(), ctypes.c_uint()
    _picture_size(image, ctypes.addressof(across), ctypes.addressof(down))
    return across.value, down.value


def page_text(text: Handle) -> bytes:
    """The characters of a page's text that have a meaning, in UTF-16."""
    count = max(0, count_characters(text))
    buffer = (ctypes.c_char * (4 * count + 2))()
    written = _page_text(text, 0, count, ctypes.addressof(buffer)) if count else 0
    return bytes(buffer[: max(0, written - 1) * 2])


def character_indexes(text: Handle, places: Sequence[int]) -> list[int]:
    """The index of each character by its place in the page's text."""
    return list(map(_character_index, repeat(text), places))


def character_angles(text: Handle, indexes: Sequence[int]) -> list[float]:
    """By how much characters of a page's text are turned, in radians; below 0 where that is not known."""
    return list(map(_character_angle, repeat(text), indexes))


def character_boxes(text: Handle, indexes: Sequence[int]) -> list[tuple[float, float, float, float]]:
    """left, top, right, bottom of characters of a page's text, as high as their font."""
    buffer, places = _room(len(indexes))
    _ask(_character_box, repeat(text), indexes, places[0])
    return list(iter_unpack("4f", buffer))


def text_objects(text: Handle, indexes: Sequence[int]) -> list[Handle]:
    """The objects that print characters of a page's text."""
    return list(map(_text_object, repeat(text), indexes))


def clips(texts: Sequence[Handle]) -> dict[Handle, list[list[tuple[float, float]]]]:
    """The corners of the figures that a text shows within, of those texts that pdfium does not see lie within whole."""
    handles = list(map(_clip, texts))
    found = {}
    for text, clip, count in zip(texts, handles, map(_count_clips, handles), strict=True):
        if count > 0:
            found[text] = [_points(_clip_segments(clip, n)) for n in range(count)]
    return found


def _clip_segments(clip: Handle, number: int) -> list[Handle]:
    count = max(0, _count_clip_segments(clip, number))
    return list(map(_clip_segment, repeat(clip), repeat(number), range(count)))


def _points(segments: Sequence[Handle]) -> list[tuple[float, float]]:
    buffer, (xs, ys, *_) = _room(len(segments))
    _ask(_segment_point, segments, xs, ys)
    return [(x, y) for x, y, *_ in iter_unpack("4f", buffer)]


def optional(objects: Sequence[Handle]) -> set[Handle]:
    """The objects that belong to a layer which viewers may switch off."""
    counts = map(_count_marks, objects)
    return {
        item for item, count in zip(objects, counts, strict=True) for n in range(count) if _is_layer(_mark(item, n))
    }


def _is_layer(mark: Handle) -> bool:
    name, length = (ctypes.c_char * 8)(), ctypes.c_ulong()
    _mark_name(mark, ctypes.addressof(name), len(name), ctypes.addressof(length))
    return bytes(name)[: length.value] == "OC\0".encode("utf-16-le")


def draw_modes(paths: Sequence[Handle]) -> list[tuple[bool, bool]]:
    """Whether each path is filled, and whether it is stroked."""
    buffer, (filled, stroked, *_) = _room(len(paths))
    _ask(_draw_mode, paths, filled, stroked)
    return [(fill != 0, stroke != 0) for fill, stroke, *_ in iter_unpack("4i", buffer)]


def matrix_of(item: Handle) -> tuple[float, float, float, float, float, float]:
    """What leads from an object's own coordinates to those of what holds it."""
    matrix = pdfium.FS_MATRIX()
    _matrix(item, ctypes.addressof(matrix))
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def path_segments(path: Handle, most: int) -> Iterator[tuple[int, bool, float, float]]:
    """Each of the first segments of a path: FPDF_SEGMENT_…, whether the figure ends with it, where it leads."""
    segments = list(map(_segment, repeat(path), range(min(_count_segments(path), most))))
    closes = map(bool, map(_segment_closes, segments))
    for kind, close, (x, y) in zip(map(_segment_kind, segments), closes, _points(segments), strict=True):
        yield kind, close, x, y


def _room(count: int) -> tuple[Any, list[range]]:
    """A buffer for four numbers a thing, and where each of the four goes for every thing."""
    buffer = (ctypes.c_char * (_ANSWER * count))()
    first = ctypes.addressof(buffer)
    return buffer, [range(first + at, first + at + _ANSWER * count, _ANSWER) for at in range(0, _ANSWER, 4)]


def _ask(function: Callable[..., Any], *arguments: Iterable[Any]) -> None:
    deque(map(function, *arguments), 0)
