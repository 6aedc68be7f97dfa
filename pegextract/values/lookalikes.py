"""Letters that OCR takes for others: levelled in a whole text for reading it, compared in names to mend them.

Nothing here changes the length of a text: what is levelled stands where it stood.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pegextract.values.characters import confusable

_UP, _LOW = "A-ZÀ-ÖØ-Ý", "a-zß-öø-ÿ"
# A look-alike with its neighbours: a first look that costs little and finds nothing in a clean text.
_SUSPECT = re.compile(r"[A-Z](?:[l|10](?=[A-Z])|[l|](?:(?<=[A-Z]{2}.)(?!\w)|(?= [A-Z]{2}))|1(?<=[A-Z]{4}1)(?!\w))")
_SUSPECT_SMALL = re.compile(r"[|1I](?<=[a-z].)(?=[a-z])")
_CAPITAL_WORD = re.compile(rf"(?<![\w|])[{_UP}l|10]*[{_UP}][{_UP}l|10'’]*(?![\w|])")
_SMALL_WORD = re.compile(rf"(?<=[{_LOW}])(?:[|1I]|0)(?=[{_LOW}])")
_TO_CAPITALS, _TO_SMALL = str.maketrans("l|10", "IIIO"), str.maketrans("|1I0", "lllo")


def level(text: str) -> str:
    """The text with look-alikes inside words read as the letters that the word's other letters ask for.

    `FAM|GLlA` → `FAMIGLIA`, `PR0GETTO` → `PROGETTO`, `Tito1o` → `Titolo`. A lone `|` or `l`, and codes, stay.
    """
    if not _SUSPECT.search(text) and not _SUSPECT_SMALL.search(text):
        return text
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


def mended(name: str, others: Iterable[str]) -> str | None:
    """The one name of `others` that differs from `name` by look-alikes alone; None where there is none or more."""
    skeleton = confusable(name)
    same = {other for other in others if other != name and confusable(other) == skeleton}
    return same.pop() if len(same) == 1 else None
