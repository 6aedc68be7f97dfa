"""How far apart two spellings are when what OCR confuses counts for little."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from rapidfuzz.distance import Levenshtein

LIKE: Final = 0.15
"""What one confusion costs; any other letter costs 1."""
_SAME_SKELETON: Final = 0.1
# Letters that engines take for each other, beyond those that `confusable` makes one (0/O, 1/l/I/|, 5/S, rn/m).
_PAIRS: Final = frozenset(
    frozenset(pair)
    for pair in (
        *(("c", "e"), ("c", "g"), ("c", "o"), ("e", "f"), ("f", "t"), ("i", "t"), ("i", "j"), ("h", "n"), ("h", "b")),
        *(("m", "n"), ("n", "r"), ("u", "v"), ("v", "y"), ("b", "8"), ("z", "2"), ("g", "6"), ("g", "q"), ("q", "o")),
        *(("d", "o"), ("d", "cl"), ("n", "ri"), ("h", "li"), ("w", "vv"), ("m", "ni"), ("u", "ii"), ("b", "is")),
        *(("m", "in"), ("u", "il"), ("n", "ii")),
    )
)
_LOOK_ALIKES: Final = str.maketrans("01l|!5", "oiiiis")
_VOWELS: Final = frozenset("aeiou")
_NUMERAL: Final = re.compile(r"(?<![^\W_])(?:[0-9]+|[ivx]+)(?![^\W_])")


class Apart(NamedTuple):
    """How two spellings differ.

    cost: 0 for equal ones · letters: differences that are no confusion of OCR · words: whether one of these makes other
    words of Italian: it stands at the end of a word (MARIA, MARIO) or sets a vowel for a vowel (CULTURALE, COLTURALE)
    marks: blanks, apostrophes and dots lost or added.
    """

    cost: float
    letters: int
    words: bool
    marks: int


def apart(one: str, other: str) -> Apart:
    """The difference between two keys: of the letters as they are, or of their skeletons where that is smaller."""
    left, right = sorted((one, other))
    if left == right:
        return Apart(0.0, 0, False, 0)
    a, b = confusable_key(left), confusable_key(right)
    if a == b:
        return Apart(_SAME_SKELETON, 0, False, 0)
    plain, skeletons = _compared(left, right), _compared(a, b)
    return min(plain, skeletons._replace(cost=skeletons.cost + _SAME_SKELETON))


def _compared(a: str, b: str) -> Apart:
    cost, letters, marks, words = 0.0, 0, 0, False
    for start, end, begin, stop in _blocks(a, b):
        lost, found = a[start:end], b[begin:stop]
        if not (lost + found).strip(" .'"):
            marks += 1
            cost += LIKE
        elif frozenset((lost, found)) in _PAIRS:
            cost += LIKE
        else:
            wrong = _wrong_letters(lost, found)
            letters += wrong
            cost += wrong + LIKE * (max(len(lost), len(found)) - wrong)
            words |= bool(wrong) and (_at_end(a, end) or _at_end(b, stop) or {lost, found} <= _VOWELS)
    return Apart(round(cost, 2), letters, words, marks)


def confusable_key(key: str) -> str:
    """The skeleton of a key: what `confusable` makes one is one, but DAMICO is not D'AMICO."""
    return key.translate(_LOOK_ALIKES).replace("rn", "m")


def numerals(key: str) -> tuple[str, ...]:
    """The numbers of a key, Roman ones too: QUARTIERE 1 and QUARTIERE 2 are never one letter apart."""
    return tuple(_NUMERAL.findall(key))


def _blocks(a: str, b: str) -> list[tuple[int, int, int, int]]:
    """The stretches in which two texts differ, neighbouring ones joined."""
    blocks: list[tuple[int, int, int, int]] = []
    for step in Levenshtein.opcodes(a, b):
        if step.tag == "equal":
            continue
        start, end, begin, stop = step.src_start, step.src_end, step.dest_start, step.dest_end
        if blocks and blocks[-1][1] == start and blocks[-1][3] == begin:
            start, _, begin, _ = blocks.pop()
        blocks.append((start, end, begin, stop))
    return blocks


def _wrong_letters(lost: str, found: str) -> int:
    """The differences of a stretch that are no confusion, letter by letter where it is as long on both sides."""
    if len(lost) != len(found):
        return max(len(lost.strip(" .'")), len(found.strip(" .'")))
    return sum(frozenset(pair) not in _PAIRS for pair in zip(lost, found, strict=True))


def _at_end(text: str, end: int) -> bool:
    return end >= len(text) or text[end] == " "
