"""What people typed into a page's form fields, or onto it: print of the page like any other."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

_TYPED = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT)
_VALUES = {pdfium.FPDF_ANNOT_WIDGET: b"V", pdfium.FPDF_ANNOT_FREETEXT: b"Contents"}
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW


def load_with_fields(document: Any, index: int) -> tuple[Any, tuple[str, ...]]:
    """The page, its fields as part of its content, and what was typed into them; None where it cannot be loaded."""
    page = pdfium.FPDF_LoadPage(document, index)
    typed = tuple(_typed(page)) if page else ()
    if typed and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
        pdfium.FPDF_ClosePage(page)
        page = pdfium.FPDF_LoadPage(document, index)
    return page, typed


def _typed(page: Any) -> Iterator[str]:
    """The texts of fields and typed notes that a viewer shows."""
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, number)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        if kind in _TYPED and not pdfium.FPDFAnnot_GetFlags(note) & _UNSEEN and (text := _value(note, _VALUES[kind])):
            yield text
        pdfium.FPDFPage_CloseAnnot(note)


def _value(note: Any, key: bytes) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(note, key, None, 0)
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(note, key, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").split("\0", 1)[0].strip()
