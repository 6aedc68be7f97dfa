"""Words of a page looked at twice: those that hold digits, and those that tesseract is unsure of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from pegextract.readers.ocr.picture import Picture
from pegextract.readers.ocr.recogniser import Recogniser, Strip
from pegextract.readers.ocr.settle import settled
from pegextract.readers.ocr.tesseract import Seen
from pegextract.readers.pages import PageWord, Rule
from pegextract.values.characters import confusable

_DOUBTFUL = 0.75
"""Tesseract's confidence below which a word is read again. What it is sure of is right 199 times of 200."""
_LONGEST_RUN = 220.0
"""Points; a stretch of words up to this is read again whole, of a longer one only the words in question."""
_WIDEST_GAP = 1.2
"""Heights of a word; what stands further apart is not one stretch."""
_LOOKED_AT = re.compile("[0-9]")
_JOINTS = str.maketrans("", "", " _.-")
_AROUND, _BESIDE = 0.02, 0.2
"""Heights of the type that a strip shows above and below it, and at its sides."""


def looked_at_twice(
    line: Sequence[PageWord], picture: Picture, rules: Sequence[Rule], reader: Recogniser
) -> list[PageWord]:
    """The words of a line with the second reader's opinion worked in."""
    return [word for run in _runs(line, rules) for word in _run_looked_at(run, picture, rules, reader)]


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
    middle = (word.top + word.bottom) / 2
    return any(r.top < middle < r.bottom and word.x1 - 1 < r.x0 < following.x0 + 1 for r in rules if _stands(r))


def _stands(rule: Rule) -> bool:
    return rule.bottom - rule.top > rule.x1 - rule.x0


def _run_looked_at(
    run: Sequence[PageWord], picture: Picture, rules: Sequence[Rule], reader: Recogniser
) -> Iterable[PageWord]:
    asked = [_is_asked(word) for word in run]
    if not any(asked):
        return run
    if run[-1].x1 - run[0].x0 <= _LONGEST_RUN:
        return _merged(run, _strip(run, picture, rules, reader))
    return [
        merged
        for word, ask in zip(run, asked, strict=True)
        for merged in (_merged([word], _strip([word], picture, rules, reader)) if ask else [word])
    ]


def _is_asked(word: PageWord) -> bool:
    return word.confidence < _DOUBTFUL or bool(_LOOKED_AT.search(word.text))


def _strip(run: Sequence[PageWord], picture: Picture, rules: Sequence[Rule], reader: Recogniser) -> Strip:
    """What the second reader sees where the run stands; ruling lines bound the strip."""
    top, bottom = min(word.top for word in run), max(word.bottom for word in run)
    height = bottom - top
    left, right = run[0].x0 - _BESIDE * height, max(word.x1 for word in run) + _BESIDE * height
    middle, centre = (top + bottom) / 2, (left + right) / 2
    for rule in rules:
        if _stands(rule) and rule.top < middle < rule.bottom:
            if left < rule.x1 <= run[0].x0 + 0.6 * height and rule.x1 < centre:
                left = rule.x1
            elif right > rule.x0 >= run[-1].x1 - 0.6 * height and rule.x0 > centre:
                right = rule.x0
    scale = picture.dpi / 72
    rows = slice(max(0, round((top - _AROUND * height) * scale)), max(1, round((bottom + _AROUND * height) * scale)))
    columns = slice(max(0, round(left * scale)), max(1, round(right * scale)))
    pixels = picture.pixels[rows, columns]
    return reader.read(pixels) if min(pixels.shape) > 3 else Strip("", 0.0)


def _merged(run: Sequence[PageWord], strip: Strip) -> list[PageWord]:
    """The run's words, each settled with what the strip says in its place."""
    if not strip.text:
        return list(run)
    words: list[PageWord] = []
    for mine, theirs in _paired([word.text for word in run], strip.text.split()):
        words += _group(run[mine], " ".join(strip.text.split()[theirs]), strip.confidence)
    return words


def _group(words: Sequence[PageWord], other: str, confidence: float) -> list[PageWord]:
    """Words that tesseract saw, and what the second reader has in their place, more words or fewer."""
    if not words:
        return []
    whole = " ".join(word.text for word in words)
    if len(words) == 1 or (" " not in other and _skeleton(whole) == _skeleton(other)):
        read = settled(whole, min(word.confidence for word in words), other, confidence)
        return [_joined(words)._replace(text=read.text, confidence=read.confidence, second=read.second)]
    if whole.replace(" ", "") == other.replace(" ", ""):
        return list(words)
    read = settled(whole, min(word.confidence for word in words), other, confidence)
    if read.second is None and read.text == other:
        return [_joined(words)._replace(text=other, confidence=read.confidence)]
    doubt = min(read.confidence, *(word.confidence for word in words))
    first, *rest = words
    return [
        first._replace(confidence=doubt, second=other),
        *(word._replace(confidence=doubt, second="") for word in rest),
    ]


def _skeleton(text: str) -> str:
    """What is left of a code or date where blanks and marks between its parts, and look-alikes, are levelled."""
    return confusable(text.translate(_JOINTS))


def _joined(words: Sequence[PageWord]) -> PageWord:
    return words[0]._replace(
        top=min(word.top for word in words),
        x1=max(word.x1 for word in words),
        bottom=max(word.bottom for word in words),
    )


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
