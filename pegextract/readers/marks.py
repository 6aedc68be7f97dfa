"""Marks of automatic lists: HTML and DOCX name the kind of list, the program prints the mark."""

from __future__ import annotations

import re

_MARK = re.compile(r"\s*(?:[-–—•●▪■◦◆*·\uf0b7\uf0a7\uf02d]\s|(?:[0-9]{1,3}|[a-zA-Z])[.)]\s)")
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def begins_with_mark(text: str) -> bool:
    """True where the author typed a mark ("- ", "1) ", "a. "), so that the list's own would be a second one."""
    return _MARK.match(text) is not None


def is_mark(text: str) -> bool:
    """True for a mark and nothing else."""
    return _MARK.fullmatch(f"{text.strip()} ") is not None


def ordinal(number: int, kind: str) -> str:
    """The number as lists print it; kind: decimal, lowerLetter, upperLetter, lowerRoman or upperRoman.

    Any other kind, and what letters and Roman numbers of lists do not reach, is decimal.
    """
    if kind.endswith("Letter") and 1 <= number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter.upper() if kind.startswith("upper") else letter
    if kind.endswith("Roman") and 1 <= number < 400:
        return _roman(number).upper() if kind.startswith("upper") else _roman(number)
    return str(number)


def _roman(number: int) -> str:
    digits = []
    for value, letters in _ROMAN:
        digits.append(letters * (number // value))
        number %= value
    return "".join(digits)
