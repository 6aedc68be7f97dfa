"""When two values are equal: to the letter, but for typing, or but for a few letters of a free text."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple

from rapidfuzz import fuzz

FREE_TEXTS: Final = frozenset({"title", "description", "notes"})
"""Fields of prose: the only ones in which a letter may differ."""
_NUMERIC: Final = frozenset(
    {"weight", "target_value", "target_numerator", "target_denominator", "revenue", "expenditure"}
)
_SINGLE, _DOUBLE, _DASHES = (
    "\u2018\u2019\u00b4`",
    "\u201c\u201d\u201e\u00ab\u00bb",
    "\u2010\u2011\u2012\u2013\u2014\u2212",
)
_TYPING = str.maketrans({**dict.fromkeys(_SINGLE, "'"), **dict.fromkeys(_DOUBLE, '"'), **dict.fromkeys(_DASHES, "-")})


class Matching(NamedTuple):
    """A way to compare values.

    light: Unicode NFC, blanks, typographic quotes and dashes are levelled; case is not
    alike: 0-1, the similarity from which free texts are equal; 1: they may not differ.
    """

    name: str
    light: bool = True
    alike: float = 1.0

    def same(self, field: str, want: Any, have: Any) -> bool:
        """Whether two values of a field are equal."""
        if not self.light:
            return bool(_exact(field, want) == _exact(field, have))
        want, have = canonical(field, want), canonical(field, have)
        if want == have:
            return True
        if self.alike >= 1 or field not in FREE_TEXTS or not isinstance(want, str) or not isinstance(have, str):
            return False
        return fuzz.ratio(want, have) / 100 >= self.alike


EXACT: Final = Matching("exact", light=False)
LIGHT: Final = Matching("light")
SIMILAR: Final = Matching("similar", alike=0.98)
MATCHINGS: Final = {matching.name: matching for matching in (EXACT, LIGHT, SIMILAR)}


def canonical(field: str, value: Any) -> Any:
    """`value` without the differences that light matching ignores."""
    if field in _NUMERIC:
        return _number(value)
    text = unicodedata.normalize("NFC", str(value)).translate(_TYPING)
    text = " ".join(text.split())
    # The two spellings of DUP codes that the contract calls one code.
    return re.sub(r"(?<=_\d\d)_(?=IS_)", "", text) if field == "code" else text


def _exact(field: str, value: Any) -> Any:
    return _number(value) if field in _NUMERIC else str(value)


def _number(value: Any) -> Any:
    """A number whatever its type: 30, "30.0000" and Decimal(30) are one."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return Decimal(f"{number:.9g}") if number.is_finite() else str(value)
