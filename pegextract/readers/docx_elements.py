"""What single elements of WordprocessingML say: switches, numbers, whether they are printed."""

from __future__ import annotations

import re
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace, as lxml writes it before a name."""

_OFF = frozenset(("0", "false", "off"))
_MAX_NUMBER = 1000


def is_hidden(element: Any) -> bool:
    """A hidden run, or the prompt of a form field that nobody filled in."""
    if element.tag == f"{W}r":
        return is_on(element.find(f"{W}rPr/{W}vanish"))
    if element.tag == f"{W}sdt":
        return is_on(element.find(f"{W}sdtPr/{W}showingPlcHdr"))
    return False


def is_covered(cell: Any) -> bool:
    """True for a cell that the merged one above it, or at its left, covers."""
    merges = (cell.find(f"{W}tcPr/{W}{name}") for name in ("vMerge", "hMerge"))
    return any(merge is not None and merge.get(f"{W}val", "continue") == "continue" for merge in merges)


def is_on(element: Any) -> bool:
    """Word's switches are on when they are there, unless they say otherwise."""
    return element is not None and element.get(f"{W}val") not in _OFF


def number(element: Any, default: int) -> int:
    """The element's value as a number of columns; `default` without one."""
    value = element.get(f"{W}val") if element is not None else None
    return min(int(value), _MAX_NUMBER) if value and re.fullmatch(r"[0-9]{1,6}", value) else default


def count_words(element: Any) -> int:
    """Words under the element, deleted ones too."""
    return len("".join(text.text or "" for text in element.iter(f"{W}t", f"{W}delText")).split())
