"""Words of a page looked at twice: those that hold digits, and those that tesseract is unsure of."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

import numpy as np

from pegextract.readers.ocr.picture import POINTS_PER_INCH, Grey, Picture
from pegextract.readers.ocr.recogniser import Recogniser, Strip
from pegextract.readers.ocr.settle import DOUBTED, as_code, settled
from pegextract.readers.ocr.slashes import with_slash
from pegextract.readers.ocr.tesseract import Seen
from pegextract.readers.pages import PageWord, Rule
from pegextract.values.characters import confusable

_DOUBTFUL = 0.75
"""Tesseract's confidence below which a word is read again. What it is sure of is right 199 times of 200."""
_LONGEST_RUN = 140.0
"""Points; a stretch of words up to this is read again whole, of a longer one only the words in question."""
_WIDEST_GAP = 1.2
"""Heights of a word; what stands further apart is not one stretch."""
_LOOKED_AT = re.compile("[0-9]")
_LEAST_PIXELS = 3
_BLANK = 0.24
"""Width of the white that a blank leaves, in heights of a strip: 0.26 to 0.38; a slash beside a 1 leaves up to 0.22."""
_EDGE = 0.1
"""Share of a strip's height at its upper and lower edge, where a ruling line may run through."""
_INITIALS = re.compile(r"(?:[A-Z]\.)+:?")
_WITHIN_INITIALS = 0.36
"""White between two pieces of an abbreviation, in heights of the type; a blank is wider, mostly."""
_TORN_NUMBER = re.compile("[0-9] ?[.,] [0-9]|[0-9] [.,][0-9]")
"""Beside a full stop a 1 leaves as much white as a blank: `4.4. 1` is `4.4.1` where one reader says so."""
_RATIO = re.compile("([0-9]+)/([0-9]+)")
_SIGN = re.compile(r"(?<![^\s(])([<>=≤≥]{1,2}|[nN]\.)(?=[0-9€])")
"""What stands before a number, with a blank or without: neither reader sees a lone blank there reliably."""
_NOTHING_THERE = 0.6
"""Where the second reader sees nothing at all, tesseract must be that sure."""
_PART = re.compile(r"\S+")
_NARROW_ONES, _NARROW = frozenset(" .,;:'|!/()ijlI1"), 0.55
_MOST_PARTS = 6
_SURE_BESIDE_WORDS, _SURE_ALONE = 0.8, 0.9
"""How sure the second reader must be of ink that tesseract read nothing in."""
_JOINTS = str.maketrans("", "", " _.-")
_CELL = re.compile("[0-9]{2}[./-][0-9]{2}[./-][0-9]{4}|[0-9]{1,3}[,.][0-9]{2}")
"""A date or a weight: two of them are two cells, however little white is between them."""
_OVER_A_LINE = 0.9
"""Heights of the type that a word's box may reach over the ruling line beside it."""
_ABOVE, _BELOW, _BESIDE = 0.08, 0.02, 0.2
"""Heights of the type that a strip shows above it (accents of capitals), below it and at its sides."""
_TORN, _TORN_BY_MISSED = 0.08, 0.25
"""White between words, in heights of the type, below which they may be one; more where one of them is mere ink."""
_FAINTEST = 0.3
"""What share of the ink's darkness is ink yet."""


def looked_at_twice(
    line: Sequence[PageWord], picture: Picture, rules: Sequence[Rule], reader: Recogniser
) -> list[PageWord]:
    """The words of a line with the second reader's opinion worked in."""
    looked = [
        word for run in _runs(line, rules) for word in with_codes(list(_run_looked_at(run, picture, rules, reader)))
    ]
    return _with_abbreviations(_without_repeats(looked))


def _with_abbreviations(words: Sequence[PageWord]) -> list[PageWord]:
    """The words, pieces of one abbreviation that stand close as one: of `D.U.P.` the last letter is torn off."""
    found: list[PageWord] = []
    for word in words:
        last = found[-1] if found else None
        if last and _INITIALS.fullmatch(last.text) and _INITIALS.fullmatch(word.text) and _is_close(last, word):
            found[-1] = _joined([last, word])._replace(
                text=last.text + word.text, confidence=min(last.confidence, word.confidence)
            )
        else:
            found.append(word)
    return found


def _is_close(word: PageWord, following: PageWord) -> bool:
    return following.x0 - word.x1 < _WITHIN_INITIALS * (word.bottom - word.top)


def _without_repeats(words: Sequence[PageWord]) -> list[PageWord]:
    """The words without the end of one that is read again behind it: boxes over each other, or a code in pieces."""
    found: list[PageWord] = []
    at = 0
    while at < len(words):
        pieces = _repeated(found[-1], words[at : at + _MOST_PARTS]) if found else 0
        if pieces:
            found[-1] = found[-1]._replace(x1=max(found[-1].x1, words[at + pieces - 1].x1))
        else:
            found.append(words[at])
        at += max(1, pieces)
    return found


def _repeated(word: PageWord, following: Sequence[PageWord]) -> int:
    """How many of the words that follow are, together, the end of this one."""
    for count in range(len(following), 0, -1):
        tail = "".join(piece.text for piece in following[:count])
        if len(tail) > 1 and word.text.endswith(tail) and ("_" in tail or following[0].x0 < word.x1):
            return count
    return 0


def _runs(line: Sequence[PageWord], rules: Sequence[Rule]) -> Iterator[list[PageWord]]:
    """Words of a line that stand close, no ruling line between them."""
    run = [line[0]]
    for word, following in pairwise(line):
        height = max(word.bottom - word.top, following.bottom - following.top)
        if not -height < following.x0 - word.x1 < _WIDEST_GAP * height or _parted(word, following, rules):
            yield run
            run = []
        run.append(following)
    yield run


def _parted(word: PageWord, following: PageWord, rules: Sequence[Rule]) -> bool:
    """Whether a ruling line stands between two words; the box of one at a line is often drawn around it as well."""
    middle, over = (word.top + word.bottom) / 2, _OVER_A_LINE * (word.bottom - word.top)
    left = max(word.x1 - over, (word.x0 + word.x1) / 2)
    right = min(following.x0 + over, (following.x0 + following.x1) / 2)
    return any(r.top < middle < r.bottom and left < r.x0 and r.x1 < right for r in rules if _stands(r))


def _stands(rule: Rule) -> bool:
    return rule.bottom - rule.top > rule.x1 - rule.x0


def _run_looked_at(
    run: Sequence[PageWord], picture: Picture, rules: Sequence[Rule], reader: Recogniser
) -> Iterable[PageWord]:
    if not any(_is_asked(word) for word in run):
        return run
    if run[-1].x1 - run[0].x0 <= _LONGEST_RUN:
        return _read_again(run, (-math.inf, math.inf), picture, rules, reader)
    units = list(_units(run))
    lefts = [-math.inf, *(unit[-1].x1 for unit in units[:-1])]
    rights = [*(unit[0].x0 for unit in units[1:]), math.inf]
    return [
        read
        for unit, beside in zip(units, zip(lefts, rights, strict=True), strict=True)
        for read in (
            _read_again(unit, beside, picture, rules, reader) if any(_is_asked(word) for word in unit) else unit
        )
    ]


def _units(run: Sequence[PageWord]) -> Iterator[list[PageWord]]:
    """Words of a long run, those together that hardly any white parts: tesseract tears words at a thin stroke."""
    unit = [run[0]]
    for word, following in pairwise(run):
        torn = _TORN if word.text and following.text else _TORN_BY_MISSED
        if following.x0 - word.x1 > torn * (word.bottom - word.top):
            yield unit
            unit = []
        unit.append(following)
    yield unit


def _is_asked(word: PageWord) -> bool:
    return word.confidence < _DOUBTFUL or bool(_LOOKED_AT.search(word.text))


def _read_again(
    run: Sequence[PageWord],
    beside: tuple[float, float],
    picture: Picture,
    rules: Sequence[Rule],
    reader: Recogniser,
) -> list[PageWord]:
    pixels = _strip(run, beside, picture, rules)
    if min(pixels.shape) <= _LEAST_PIXELS:
        return list(run)
    strip = reader.read(pixels)
    return _merged(run, strip._replace(text=with_slash(strip.text, pixels)), _gaps(pixels))


def _strip(run: Sequence[PageWord], beside: tuple[float, float], picture: Picture, rules: Sequence[Rule]) -> Grey:
    """The pixels where the run stands. beside: where its neighbours end and begin; they and ruling lines bound it."""
    top, bottom = min(word.top for word in run), max(word.bottom for word in run)
    height = bottom - top
    left = max(run[0].x0 - _BESIDE * height, min(beside[0], run[0].x0))
    right = min(run[-1].x1 + _BESIDE * height, max(beside[1], run[-1].x1))
    middle, centre = (top + bottom) / 2, (left + right) / 2
    for rule in rules:
        if _stands(rule) and rule.top < middle < rule.bottom:
            if left < rule.x1 <= run[0].x0 + 0.6 * height and rule.x1 < centre:
                left = rule.x1
            elif right > rule.x0 >= run[-1].x1 - 0.6 * height and rule.x0 > centre:
                right = rule.x0
    scale = picture.dpi / POINTS_PER_INCH
    rows = slice(max(0, round((top - _ABOVE * height) * scale)), max(1, round((bottom + _BELOW * height) * scale)))
    return picture.pixels[rows, max(0, round(left * scale)) : max(1, round(right * scale))]


def _gaps(pixels: Grey) -> int:
    """How many stretches of white between ink are as wide as a blank."""
    edge = round(_EDGE * len(pixels))
    darkest = pixels[edge : len(pixels) - edge].min(axis=0).astype(np.float64)
    paper, ink = float(np.median(pixels)), float(np.percentile(darkest, 10))
    inked = np.flatnonzero(darkest < paper - _FAINTEST * (paper - ink))
    return int((np.diff(inked) > _BLANK * len(pixels)).sum())


def _merged(run: Sequence[PageWord], strip: Strip, gaps: int) -> list[PageWord]:
    """The run's words, each settled with what the strip says in its place. gaps: how often the strip shows a blank."""
    if not strip.text:
        return [word for word in run if word.confidence >= _NOTHING_THERE]
    strip = strip._replace(text=_spaced(strip.text, gaps))
    if not all(word.text for word in run):
        return _with_missed(run, strip)
    run = _spaced_run(run, gaps)
    theirs = strip.text.split()
    whole = " ".join(word.text for word in run)
    code = as_code(strip.text)
    if code and _skeleton(code) == _skeleton(whole):
        return [_joined(run)._replace(text=code, confidence=strip.confidence)]
    if whole.replace(" ", "") == "".join(theirs):
        agreed = 1 - (1 - min(word.confidence for word in run)) * (1 - strip.confidence)
        options = (whole, strip.text, _RATIO.sub(r"\1 / \2", whole))
        fitting = min(options, key=lambda text: (bool(_TORN_NUMBER.search(text)), abs(text.count(" ") - gaps)))
        return _rewritten(run, fitting, agreed)
    shows_blanks = not _TORN_NUMBER.search(strip.text) and strip.text.count(" ") == gaps != whole.count(" ")
    if strip.text.count(" ") < gaps == whole.count(" ") and strip.confidence < _SURE_ALONE:
        return _doubted(run, strip.text)  # it runs together what white parts: a strip over two lines
    words: list[PageWord] = []
    for mine, other in _paired([word.text for word in run], theirs):
        words += _group(run[mine], " ".join(theirs[other]), strip, shows_blanks=shows_blanks)
    return words


def _spaced_run(run: Sequence[PageWord], gaps: int) -> Sequence[PageWord]:
    """The words, a sign before a number parted from it as in `_spaced`."""
    whole = " ".join(word.text for word in run)
    spaced = _spaced(whole, gaps)
    return run if spaced == whole else _rewritten(run, spaced, min(word.confidence for word in run))


def _spaced(text: str, gaps: int) -> str:
    """The text with blanks behind signs where they make as many blanks as the paper shows."""
    spaced = _SIGN.sub(r"\1 ", text)
    return spaced if spaced.count(" ") == gaps else text


def _with_missed(run: Sequence[PageWord], strip: Strip) -> list[PageWord]:
    """A run in which tesseract overlooked ink: what the second reader has, where it is sure of it."""
    seen = [word for word in run if word.text]
    if strip.confidence < (_SURE_BESIDE_WORDS if seen else _SURE_ALONE):
        return seen
    return _rewritten(run, strip.text, strip.confidence)


def _group(words: Sequence[PageWord], other: str, strip: Strip, *, shows_blanks: bool) -> list[PageWord]:
    """Words that tesseract saw, and what the second reader has in their place, more words or fewer.

    shows_blanks: there is as much white in the picture as the second reader has blanks.
    """
    if not words:
        return []
    whole = " ".join(word.text for word in words)
    sure = min(word.confidence for word in words)
    if whole.replace(" ", "") == other.replace(" ", ""):
        return _rewritten(words, other, sure) if shows_blanks else list(words)
    if len(words) > 1 and all(_CELL.fullmatch(word.text) for word in words) and _skeleton(whole) == _skeleton(other):
        return list(words)
    if len(words) == 1 or (" " not in other and _skeleton(whole) == _skeleton(other)):
        read = settled(whole, sure, other, strip.confidence)
        return [_joined(words)._replace(text=read.text, confidence=read.confidence, second=read.second)]
    read = settled(whole, sure, other, strip.confidence)
    if read.text == other:
        first, *rest = _rewritten(words, other, read.confidence)
        silent = None if read.second is None else ""
        return [first._replace(second=read.second), *(word._replace(second=silent) for word in rest)]
    return _doubted(words, other, read.confidence)


def _doubted(words: Sequence[PageWord], other: str, most: float = DOUBTED) -> list[PageWord]:
    """The words as tesseract saw them, with the second reader's reading of all of them kept beside them."""
    doubt = min(most, *(word.confidence for word in words))
    first, *rest = words
    return [
        first._replace(confidence=doubt, second=other),
        *(word._replace(confidence=doubt, second="") for word in rest),
    ]


def _skeleton(text: str) -> str:
    """What is left of a code or date where blanks and marks between its parts, and look-alikes, are levelled."""
    return confusable(text.translate(_JOINTS))


def with_codes(words: Sequence[PageWord]) -> list[PageWord]:
    """The words, those that are parts of one code as one; what was read of it is kept beside it."""
    found: list[PageWord] = []
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + _MOST_PARTS), at + 1, -1):
            text = " ".join(word.text for word in words[at:end])
            if code := as_code(text):
                joined = _joined(words[at:end])
                found.append(
                    joined._replace(text=code, second=text, confidence=min(w.confidence for w in words[at:end]))
                )
                at = end
                break
        else:
            found.append(words[at])
            at += 1
    return found


def _rewritten(words: Sequence[PageWord], text: str, confidence: float) -> list[PageWord]:
    """The words of a text in the place of others, each as wide as its share of the characters."""
    whole = _joined(words)
    if text == " ".join(word.text for word in words):
        return [word._replace(confidence=confidence) for word in words]
    widths = [_NARROW if character in _NARROW_ONES else 1.0 for character in text]
    scale = (whole.x1 - whole.x0) / max(1.0, sum(widths))
    return [
        whole._replace(
            text=match[0],
            x0=whole.x0 + sum(widths[: match.start()]) * scale,
            x1=whole.x0 + sum(widths[: match.end()]) * scale,
            confidence=confidence,
        )
        for match in _PART.finditer(text)
    ]


def _joined(words: Sequence[PageWord]) -> PageWord:
    """One word in the place of several, as high as the surest of them: a torn one's box may be anything."""
    surest = max(words, key=lambda word: word.confidence)
    return words[0]._replace(top=surest.top, x1=max(word.x1 for word in words), bottom=surest.bottom)


def _paired(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[slice, slice]]:
    """Words of both readings that stand for each other: the ends of words that both readings have in one place."""
    if len(mine) == len(theirs):
        yield from ((slice(i, i + 1), slice(i, i + 1)) for i in range(len(mine)))
        return
    one, two = " ".join(mine), " ".join(theirs)
    ends = _ends(mine)
    other_ends = {end: number for number, end in enumerate(_ends(theirs), 1)}
    at = other_at = 0
    shared = {
        block.a + step: block.b + step
        for block in SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
        for step in range(block.size)
        if one[block.a + step] == " "
    }
    for number, end in enumerate(ends, 1):
        other = other_ends.get(shared.get(end, -1))
        if other is not None:
            yield slice(at, number), slice(other_at, other)
            at, other_at = number, other
    if at < len(mine):
        yield slice(at, len(mine)), slice(other_at, len(theirs))


def _ends(words: Sequence[str]) -> list[int]:
    """Where each word ends in the words joined by blanks."""
    ends, at = [], 0
    for word in words:
        at += len(word)
        ends.append(at)
        at += 1
    return ends


def placed(seen: Seen, scale: float) -> PageWord:
    """A word with its box in points."""
    return PageWord(
        seen.text, seen.left * scale, seen.top * scale, seen.right * scale, seen.bottom * scale, seen.confidence
    )
