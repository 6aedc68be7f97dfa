"""Letters that OCR takes for others: levelled in a whole text for reading it, compared in names to mend them.

Nothing here changes the length of a text: what is levelled stands where it stood.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from pegextract.values.characters import confusable, fold

_UP, _LOW = "A-ZÀ-ÖØ-Ý", "a-zß-öø-ÿ"
# A look-alike with its neighbours: a first look that costs little and finds nothing in a clean text.
_SUSPECT = re.compile(
    r"[l|10](?<=[A-Z].)(?:(?=[A-Z])|(?<=[l|])(?:(?<=[A-Z]{2}.)(?!\w)|(?= [A-Z]{2}))|(?<=[A-Z]{4}1)(?!\w))"
)
_SUSPECT_SMALL = re.compile(r"[|1I](?<=[a-z].)(?=[a-z])")
_CAPITAL_WORD = re.compile(rf"(?<![\w|])[{_UP}l|10]*[{_UP}][{_UP}l|10'’]*(?![\w|])")
_SMALL_WORD = re.compile(rf"(?<=[{_LOW}])(?:[|1I]|0)(?=[{_LOW}])")
# A bar alone at the beginning of a line, or behind its code, before one word in small letters or in capitals.
_LONE_BAR = re.compile(r"^((?:[^\s|]*[0-9_][^\s|]* )?)\|(?= [a-z][^|\n]*$)", re.MULTILINE)
_LONE_BORDER = re.compile(r"^(?:[^\s|]*[0-9_][^\s|]* )?\| [^a-z][^|\n]*$", re.MULTILINE)
_TO_CAPITALS, _TO_SMALL = str.maketrans("l|10", "IIIO"), str.maketrans("|1I0", "lllo")

_WORD = re.compile(r"(?<![\w|])(?:[^\W_]|\|)+")
# A word with a bar or a digit between its letters, or a bar that stands alone.
_INSIDE = re.compile(r"[^\W\d_][|01](?=[^\W\d_])|^\|$|[a-z]I(?=[a-z])")
# An accent or an elided article that is left of a word: "ne € parte", "dei 'autonomia".
_SIGN = re.compile(r"(?<=[a-z] )[@€&](?= [a-z])|(?<![\w'’.])['’](?=[aeiou])")
_ELISION = re.compile(r"(?<=\w)'(?=\w)")
SHORTEST_WORD, SHORTEST_NEAR = 5, 8
"""Letters below which two words, two names one letter apart prove nothing."""


def level(text: str) -> str:
    """The text with look-alikes inside words read as the letters that the word's other letters ask for.

    `FAM|GLlA` → `FAMIGLIA`, `PR0GETTO` → `PROGETTO`, `Tito1o` → `Titolo`. Codes stay, and a lone `|` but for one that
    begins a line or follows its code, before a word in small letters (`2021_ZN08 | nidi` → `2021_ZN08 I nidi`): it is
    the article where the text has other damage, and no line with such a bar before anything else, which is a border.
    """
    if not _SUSPECT.search(text) and not _SUSPECT_SMALL.search(text):
        return text
    if "|" in text and not _LONE_BORDER.search(text):
        text = _LONE_BAR.sub(r"\1I", text)
    return _SMALL_WORD.sub(lambda m: m[0].translate(_TO_SMALL), _CAPITAL_WORD.sub(_capitals, text))


def level_capitals(text: str) -> str:
    """As `level`, for words in capitals alone."""
    return _CAPITAL_WORD.sub(_capitals, text) if _SUSPECT.search(text) else text


def _capitals(match: re.Match[str]) -> str:
    word = match[0]
    letters = sum(c.isalpha() and c != "l" for c in word)
    wrong = sum(c in "l|10" for c in word)
    if not wrong or word[-1] in "0" or letters < (1 if len(word) == 2 else 2) or letters < wrong:
        return word
    # "Il", "Al" begin a sentence; of two letters only D| and Dl are never Italian words.
    if len(word) == 2 and (word[1] not in "l|" or word[0] != "D"):
        return word
    if word[-1] == "1" and letters < 4:
        return word
    return word.translate(_TO_CAPITALS)


# Frequent words that without their accent are no words.
_ACCENTED = ("più", "può", "già", "così", "cioè", "perché", "poiché", "città", "attività", "qualità", "modalità")
ONLY_WITH_ACCENT = {fold(word): word for word in _ACCENTED}

_ACCENTED_NAMES = ("NOÈ", "NICCOLÒ", "MOSÈ", "GIOSUÈ", "SALOMÈ")
NAMES_ONLY_WITH_ACCENT = {fold(name): name for name in _ACCENTED_NAMES}
"""Given names that without their accent are none: a scan loses what touches a ruling line."""


LONG_WORD, SURER_BY = 6, 0.03
"""Letters from which on one of them hardly makes another word; sureness by which one reading is the better one."""


class Spellings(NamedTuple):
    """What the names of one document tell of each other.

    mended: a name → the one printed more often from which only look-alikes set it apart
    near: a name → names printed more often that one other letter sets apart: damage, or somebody else
    surer: of those, a name → the one that was read more surely, where one letter of a long word sets them apart
    """

    mended: dict[str, str]
    near: dict[str, tuple[str, ...]]
    surer: Mapping[str, str] = MappingProxyType({})


def compare_spellings(
    names: Iterable[str],
    skeleton: Callable[[str], str] = confusable,
    *,
    ties: bool = False,
    sureness: Mapping[str, float] = MappingProxyType({}),
) -> Spellings:
    """Which of these names (one entry per printing) are damaged readings of others, and which may be.

    ROSSI MARIA and ROSSI MARIO stay two people: only what OCR confuses (1/I/l/|, 0/O, 5/S, rn/m, accents, apostrophes)
    makes two spellings one, and the one printed more often wins. skeleton: what of a name OCR can not confuse.
    ties: of two that are printed equally often each is near the other, for letters that were read off a picture; one
    that has but a mark more at its end is the other, for a mark there is a speck.
    sureness: how sure the readers were of all printings of a name together.
    """
    counts = Counter(names)
    if not ties and len(set(counts.values())) < 2:
        return Spellings({}, {})  # no name stands more often than another
    skeletons: dict[str, list[str]] = {}
    for name in counts:
        skeletons.setdefault(skeleton(name), []).append(name)
    mended: dict[str, str] = {}
    for same in skeletons.values():
        best = max(same, key=lambda name: (counts[name], -len(name) if ties else 0, name))
        mended |= {
            name: best
            for name in same
            if counts[name] < counts[best] or (ties and name != best and name.startswith(best))
        }
    near = _near(counts, mended, skeleton, ties=ties)
    surer = {
        name: rivals[0]
        for name, rivals in near.items()
        if len(rivals) == 1
        and sureness.get(rivals[0], 0.0) > sureness.get(name, 0.0) + SURER_BY
        and _is_one_long_word_apart(name, rivals[0])
    }
    return Spellings(mended, near, surer)


def person_skeleton(name: str) -> str:
    """As `confusable`, with the apostrophe of an elision kept: D'AMICO and DAMICO are two families."""
    return "'".join(map(confusable, _ELISION.split(fold(name))))


def _near(
    counts: Counter[str], mended: dict[str, str], skeleton: Callable[[str], str], *, ties: bool
) -> dict[str, tuple[str, ...]]:
    """Pairs one letter apart; a name that is the beginning of the other was cut by the form."""
    whole = [name for name in counts if name not in mended and len(name) >= SHORTEST_NEAR]
    near: dict[str, tuple[str, ...]] = {}
    for name in whole:
        rivals = [
            other
            for other in whole
            if counts[other] + ties > counts[name]
            and abs(len(other) - len(name)) < 2
            and Levenshtein.distance(other, name, score_cutoff=1) == 1
            and (ties or skeleton(other) != skeleton(name))
            and not (other.startswith(name) or name.startswith(other))
        ]
        if rivals:
            near[name] = tuple(sorted(rivals))
    return near


def _is_one_long_word_apart(one: str, other: str) -> bool:
    """Whether a stop or a letter of one long word is all that differs: AREA A, ZONA 2 and SERVIZI I are names alike."""
    words, others = (name.replace(".", "").split() for name in (one, other))
    if "".join(words) == "".join(others):
        return True
    if len(words) != len(others):
        return False
    apart = [word for pair in zip(words, others, strict=True) if pair[0] != pair[1] for word in pair]
    return all(len(word) >= LONG_WORD and not any(map(str.isdigit, word)) for word in apart)


def one_letter_off(text: str, terms: Iterable[str]) -> str | None:
    """The one term that a text misses by one letter, look-alikes not counted; None where none or several are near."""
    key = confusable(text)
    near = [term for term in terms if Levenshtein.distance(key, confusable(term), score_cutoff=1) == 1]
    return near[0] if len(near) == 1 else None


class Lexicon:
    """The words of a document that shows OCR damage, to tell which of them it prints otherwise more often."""

    def __init__(self, text: str) -> None:
        counts = Counter(match[0].lower() for match in _WORD.finditer(text))
        self._best: dict[str, str] = {}
        for word, times in sorted(counts.items(), key=lambda pair: (pair[1], pair[0])):
            if len(word) >= SHORTEST_WORD and not _INSIDE.search(word):
                self._best[confusable(word)] = word if times > 1 else self._best.get(confusable(word), word)
        self._accented = {fold(word): word for word in counts if not word.isascii() and len(word) > 1}

    def damaged(self, text: str, *, short: bool = False) -> list[tuple[str, str | None]]:
        """The words of `text` that look damaged, each with its likely spelling where the document prints it.

        short: words of two letters count as well ("Si" where the document prints "Sì"), for texts that are no prose.
        """
        found: list[tuple[str, str | None]] = [(match[0], None) for match in _SIGN.finditer(text)]
        for match in _WORD.finditer(text):
            word = match[0].lower()
            best = self._accented.get(word) if short or len(word) >= SHORTEST_WORD else None
            best = (
                best
                or ONLY_WITH_ACCENT.get(word)
                or (self._best.get(confusable(word)) if len(word) >= SHORTEST_WORD else None)
            )
            if (best and best != word) or _INSIDE.search(match[0]):
                found.append((match[0], best if best != word else None))
        return found
