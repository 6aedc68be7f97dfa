"""Line ends within a word: a word longer than its cell goes on without a hyphen, and looks like two."""

import re
from collections.abc import Sequence
from itertools import pairwise

_CONSONANTS = "bcdfghjklmnpqrstvwxz"
# What stands alone here is no Italian word, but ends many: "RELA ZIONI", "finanziamen to".
_ENDING = re.compile(r"(?:[zs]ion[ei]|ment[oi]|[nlt]it[aà]|tà|t[oa]|ni|nt[ei]|mo|bil[ei]|tiv[oaei]|tor[ei]|zz[oaei])\b")
_NO_ONSET = re.compile(rf"(?![ivx]+\b)([{_CONSONANTS}])\1")
# "SUPP.PERC.INCLUS." "E SIST.": who glues abbreviations may have glued the next one as well.
_GLUED = re.compile(r"[^\W_]+(?:\.[^\W_]{2,})+\.")
_LONE_CONSONANT = re.compile(rf"(?<![^\W_])[{_CONSONANTS}]$")


def broken_word(lines: Sequence[str]) -> str | None:
    """The two pieces of a word that a line's end may have cut, of the first such line; None where nothing looks so.

    A hint and no proof: «FORMAZIONE/RELA» «ZIONI SIND.» may be one word, a blank may belong there as well.
    """
    for line, following in pairwise(lines):
        before, behind = (line.split() or [""])[-1], (following.split() or [""])[0]
        alike = before[-1:].isalpha() and behind[:1].isalpha() and before[-1].isupper() == behind[0].isupper()
        start = behind.lower()
        cut = _ENDING.match(start) or _NO_ONSET.match(start) or _LONE_CONSONANT.search(before.lower())
        if (alike and cut) or (_GLUED.fullmatch(before) and behind[:1].isalpha()):
            return f"{before} {behind}"
    return None
