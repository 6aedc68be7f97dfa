"""Words as engines give them: ligatures, letters drawn twice for boldness, characters that mean nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from operator import itemgetter
from typing import NamedTuple
from unicodedata import normalize

from pegextract.document import IN_WORD
from pegextract.readers.page.parts import PageWord

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\xad": "-", "\ufffe": "-"}
)
"""U+FFFE is pdfium's mark for a hyphen at which a line breaks."""
_HYPHEN = "\u2010"
_PRIVATE = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x1f]|\(cid:[0-9]+\)")
SAME_PLACE = 0.35
"""Share of a word's height by which its second printing is shifted at most, when it is printed twice to look bold."""

_TWO_WORDS = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ]")
_SHORT_WORDS = re.compile("[\x01-\x03]{4,}")
"""Lengths of words: kerning leaves two letters or three of a word together."""
FEWEST_SPACED, MOSTLY_SINGLE = 4, 0.6
"""Fewer letters alone are names of things; share of them in a run."""
WIDEST_SPACE = 2.0
"""Share of their height by which letters are set apart at most."""
BLANK_IN_SPACED, BLANK = 1.7, 0.25
"""Between two words stand two such spaces and a blank, which is about so much of their height."""
TIMES_AS_LARGE, FEWEST_OVER = 3.0, 2
"""A word so many times as high as most of its page, with so many others in its box, is a watermark; one that many times
as high again, wherever it stands."""


class Read(NamedTuple):
    """A page's words. beneath: those that others are printed over · unmapped: share that `share_unmapped` tells."""

    words: tuple[PageWord, ...]
    beneath: list[PageWord]
    unmapped: float


def as_read(words: Sequence[PageWord]) -> Read:
    """The words of a page whatever engine found them, put right in one order."""
    upright, beneath = without_print_beneath(words)
    kept = with_line_ends(without_doubles(without_letter_spaces(upright)))
    return Read(tuple(kept), beneath, share_unmapped(upright))


def clean_word(text: str) -> str:
    """The word in NFC, ligatures as letters."""
    if text.isascii():
        return text
    return normalize("NFC", text.translate(_LIGATURES))


def share_unmapped(words: Sequence[PageWord]) -> float:
    """The share of words (0-1) with characters that the font gives no meaning; lone signs are bullets."""
    if not _PRIVATE.search(" ".join([word.text for word in words])):
        return 0.0
    longer = [word.text for word in words if (len(word.text) > 1 and not word.text.isascii()) or "(cid:" in word.text]
    return sum(_PRIVATE.search(text) is not None for text in longer) / len(words)


def with_line_ends(words: list[PageWord]) -> list[PageWord]:
    """The words, a hyphen that the program put at a line's end told from one that was written.

    Programs that hyphenate print U+2010 there, and U+002D where somebody wrote a hyphen; where the former stands within
    words as well, it tells nothing.
    """
    hyphenated = [word.text for word in words if _HYPHEN in word.text]
    if not hyphenated or any(_HYPHEN in text[:-1] or len(text) < 2 for text in hyphenated):
        return words
    return [word._replace(text=word.text.replace(_HYPHEN, IN_WORD)) for word in words]


def without_letter_spaces(words: Sequence[PageWord]) -> Sequence[PageWord]:
    """The words, letters set apart for emphasis ("F A S I") joined. The words come as they are printed."""
    lengths = "".join(map(chr, map(len, map(itemgetter(0), words))))
    found: list[PageWord] = []
    at = 0
    for match in _SHORT_WORDS.finditer(lengths):
        found += words[at : match.start()]
        for run in _runs(words[match.start() : match.end()]):
            found += _spelled_out(run)
        at = match.end()
    return [*found, *words[at:]] if found else words


def _runs(words: Sequence[PageWord]) -> Iterator[list[PageWord]]:
    """Neighbours on one line."""
    run = [words[0]]
    for before, word in pairwise(words):
        if not _follows(before, word):
            yield run
            run = []
        run.append(word)
    yield run


def _spelled_out(run: list[PageWord]) -> list[PageWord]:
    """The words that a run of letters spells; the run where it spells none."""
    spelled = list(_spelled(run)) if _is_spaced(run) else run
    return run if any(_TWO_WORDS.search(word[0]) for word in spelled) else spelled


def _follows(before: PageWord, word: PageWord) -> bool:
    height = word[4] - word[2]
    return abs(word[4] - before[4]) < SAME_PLACE * height and 0 < word[1] - before[3] < WIDEST_SPACE * height


def _is_spaced(run: Sequence[PageWord]) -> bool:
    single = sum(len(word[0]) == 1 for word in run)
    letters = sum(word[0].isalpha() for word in run)
    return single >= FEWEST_SPACED and letters >= FEWEST_SPACED and single >= MOSTLY_SINGLE * len(run)


def _spelled(run: Sequence[PageWord]) -> Iterator[PageWord]:
    """The words of a run: between two of them is a blank more than between their letters, and no wider white is left.

    A word is as wide as its spaces make it: the white behind it is a blank's, unless another cell begins there.
    """
    gaps = [word[1] - before[3] for before, word in pairwise(run)]
    space = sorted(gaps)[len(gaps) // 3]
    pieces = [run[0]]
    for gap, word in zip(gaps, run[1:], strict=True):
        if gap > BLANK_IN_SPACED * space:
            blank = BLANK * (word[4] - word[2])
            yield _joined(pieces, gap - blank if gap < 2 * (space + blank) else 0.0)
            pieces = []
        pieces.append(word)
    yield _joined(pieces)


def _joined(pieces: Sequence[PageWord], wider: float = 0.0) -> PageWord:
    texts, lefts, tops, rights, bottoms, *_ = zip(*pieces, strict=True)
    box = min(lefts), min(tops), max(rights) + wider, max(bottoms)
    return PageWord("".join(texts), *box, *pieces[-1][5:])


def without_print_beneath(words: Sequence[PageWord]) -> tuple[Sequence[PageWord], list[PageWord]]:
    """The words, and apart from them those that others are printed over: large and pale, as "BOZZA" is."""
    if not words:
        return words, []
    heights = [word[4] - word[2] for word in words]
    largest = max(heights)
    if largest < TIMES_AS_LARGE * min(heights):  # as on most pages
        return words, []
    least = TIMES_AS_LARGE * sorted(heights)[len(heights) // 2]
    if largest < least:
        return words, []
    huge = least * TIMES_AS_LARGE
    large = [word for word in words if word[4] - word[2] >= least]
    beneath = [word for word in large if word[4] - word[2] >= huge or _is_printed_over(word, words)]
    return [word for word in words if word not in beneath], beneath


def _is_printed_over(large: PageWord, words: Sequence[PageWord]) -> bool:
    _, x0, top, x1, bottom, *_ = large
    over = (w for w in words if 2 * x0 <= w[1] + w[3] <= 2 * x1 and 2 * top <= w[2] + w[4] <= 2 * bottom)
    return sum(1 for _ in islice(over, FEWEST_OVER + 1)) > FEWEST_OVER


def without_doubles(words: Iterable[PageWord]) -> list[PageWord]:
    """The words, those printed twice in one place once."""
    kept: list[PageWord] = []
    places: dict[str, list[PageWord]] = {}
    for word in words:
        x0, top, near = word[1], word[2], SAME_PLACE * (word[4] - word[2])
        twins = places.setdefault(word[0], [])
        for twin in twins:
            if abs(twin[1] - x0) <= near and abs(twin[2] - top) <= near:
                break
        else:
            twins.append(word)
            kept.append(word)
    return kept
