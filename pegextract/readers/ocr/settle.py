"""Two readings of one stretch of print: which to take, how sure to be, and what to keep in doubt.

Agreement of two readers of different kinds is strong evidence. Where they differ, the grammar of dates, codes and
numbers decides when it admits one reading alone; else the surer one is taken and the other one is kept beside it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pegextract.values.characters import confusable, fold
from pegextract.values.codes import parse_dup_code, parse_objective_code
from pegextract.values.dates import parse_date
from pegextract.values.numbers import parse_number
from pegextract.values.reading import Reading

DOUBTED = 0.6
"""What a word is worth at most of which two readers say different things."""
_DIGIT = re.compile("[0-9]")
_LETTERS = re.compile(r"[^\W\d_]+")
_LONE_DIGIT = re.compile(r"(?<=[^\W\d_][.'’])[01]|(?<=[^\W\d_])[01](?=[^\W\d_]|$)|(?<!\w)[01](?=[^\W\d_])")
"""A 0 or 1 where letters stand before or behind it: an O, an I."""
_ONE_FITS = 0.95
"""What confidence is left where one reading alone is what a form prints."""
_INNER = re.compile(r"[àèéìíòóùúÀÈÉÌÍÒÓÙÚ][^\W\d_]")
_JOINT = re.compile(r" ?_ ?| ")
_CODE_RULES = (
    "code_year_unit_number",
    "dup_code_guideline",
    "dup_code_goal",
    "dup_code_underscore",
    "dup_code_ocr_characters",
)
_RATIO = re.compile(r"[0-9]{1,6}/[0-9]{1,6}(?:/[0-9]{2,4})?")
_NUMBER_LIKE = re.compile(r"[-+<>=≤≥€]{0,3} ?([0-9][0-9.,']*)(?: ?%| [a-z]{2,8}\.?)?")
_NOT_TESSERACTS, _SIGNS = ("≥", "≤"), "<>="
"""Signs that tesseract's Italian has not: it reads one of the others, and what the second reader has is printed."""
_MARKS = "|[]{}\\‘’'`\"“”«»!_~.,;:()?"
_BEFORE, _BEHIND = "(\"“«'", ").,;:!?\"”»'%"
"""What is printed before a word, and behind one; any other mark there is what is left of a ruling line or of dust."""


class Settled(NamedTuple):
    """The reading to go on with. second: the other one, None where both agree or one of them cannot be right."""

    text: str
    confidence: float
    second: str | None = None


def settled(first: str, first_confidence: float, other: str, other_confidence: float) -> Settled:
    """What to make of tesseract's reading of a word and the second reader's."""
    if not other:
        return Settled(first, first_confidence)
    if first == other:
        return Settled(first, 1 - (1 - first_confidence) * (1 - other_confidence))
    signed = other.startswith(_NOT_TESSERACTS) and first.lstrip(_SIGNS).strip() == other[1:].strip()
    if signed or (_RATIO.fullmatch(other) and first == other.replace("/", "1")):
        return Settled(other, other_confidence * _ONE_FITS)
    fits, other_fits = well_formed(first), well_formed(other)
    if fits != other_fits and _core(first) != _core(other):
        return Settled(first, first_confidence * _ONE_FITS) if fits else Settled(other, other_confidence * _ONE_FITS)
    same = _same_but_for_marks(first, other, surer=first_confidence > other_confidence)
    if same is not None:
        return Settled(same, max(first_confidence, other_confidence))
    surer_first = first_confidence >= other_confidence
    text, rest = (first, other) if surer_first else (other, first)
    return Settled(text, min(first_confidence, other_confidence, DOUBTED), rest)


def _same_but_for_marks(first: str, other: str, *, surer: bool) -> str | None:
    """The word where both readings are one but for accents, for look-alikes, or for marks around it; None elsewhere.

    surer: tesseract is the surer of the two; a mark that the second reader alone has is a speck then.
    """
    if _core(first) == _core(other) != "":
        if surer and len(first) < len(other) and first[-1:].isalnum():
            return first
        return _better_edges(first, other)
    if fold(first) == fold(other) and not _DIGIT.search(first) and _is_regular(first) and _is_regular(other):
        accented = max(first, other, key=_accents)
        return accented.upper() if first.isupper() or other.isupper() else accented
    if confusable(first) == confusable(other):
        regular = [text for text in (first, other) if _is_regular(text)]
        lettered = [text for text in regular if not _LONE_DIGIT.search(text)]
        best = lettered if len(lettered) == 1 else regular
        return best[0] if len(best) == 1 else None
    return None


def _is_regular(text: str) -> bool:
    """Whether all letters of a word are written as words are: capitals alone, small ones, or a capital first."""
    return all(part.isupper() or part[1:].islower() or len(part) == 1 for part in _LETTERS.findall(text))


def _accents(text: str) -> int:
    """Accents where Italian has them, at the end of a word, less those inside it, which are specks above the line."""
    return sum(-1 if _INNER.match(text, at) else 1 for at, character in enumerate(text) if not character.isascii())


def _core(text: str) -> str:
    return text.strip(_MARKS)


def _better_edges(first: str, other: str) -> str:
    """The word with those marks around it that are printed around words.

    The second reader sees the strip between ruling lines, at full sharpness: what it has at the ends is taken first.
    """
    core = _core(first)
    (lead, tail), (other_lead, other_tail) = (text.split(core, 1) for text in (first, other))
    leads = [marks for marks in (other_lead, lead) if all(mark in _BEFORE for mark in marks)]
    tails = [marks for marks in (other_tail, tail) if all(mark in _BEHIND for mark in marks)]
    return f"{leads[0] if leads else ''}{core}{tails[0] if tails else ''}"


def well_formed(text: str) -> bool:
    """Whether a word is, as it stands, a date of the calendar, a code, a number, an amount, a percentage or a ratio."""
    bare = text.strip("().,;:")
    if not _DIGIT.search(bare):
        return False
    if _RATIO.fullmatch(bare) and bare.count("/") == 1:
        return True
    if any(_as_printed(parse(bare)) for parse in (parse_date, parse_objective_code, parse_dup_code)):
        return True
    number = _NUMBER_LIKE.fullmatch(bare)
    return bool(number and _as_printed(parse_number(number[1])))


def as_code(text: str) -> str | None:
    """The code that a text is but for blanks where it prints underscores; None for anything else.

    The underscore is the first thing that a scan loses: it is as thin as a ruling line, and stands where they do.
    """
    joined = _JOINT.sub("_", text.strip())
    for parse in (parse_objective_code, parse_dup_code):
        read = parse(joined)
        if "_" in joined and isinstance(read, Reading) and read.rule in _CODE_RULES:
            return joined
    return None


def _as_printed(read: object) -> bool:
    return isinstance(read, Reading) and read.method == "printed"
