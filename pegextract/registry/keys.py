"""Keys: what is left of a name when nothing but typing sets two printings apart. Equal keys are one name.

A key holds lower-case letters, digits, blanks, the apostrophe of an elision and the dot of an abbreviation. Accents
(`NICCOLÒ`, `NICCOLO'`), typographic quotes, hyphens, commas, blanks around dots and behind an elision are levelled;
an apostrophe that belongs to the name (`D'AMICO`, `DE' MEDICI`) stays, because `DAMICO` is somebody else.
"""

from __future__ import annotations

import re

from pegextract.values.caching import cached
from pegextract.values.characters import fold

_ACCENT = re.compile(r"(?<=[a-z]{3})'(?!\w)")
_ELISION = re.compile(
    r"(?<![\w'])(l|d|un|sant|(?:[acdns]|da|co|qu)?(?:e?ll|egl|agl)|all|agl|sull)(?:' *| +)(?=[aeiouh])"
)
_INITIALS = re.compile(r"(?<!\w)(?:\w ?\. ?){2,}(?:(?<=\.)\w\b(?!\.))?")
_SIGNS = re.compile(r"[^\w'. ]|_")
_DOT = re.compile(r" ?\. ?")
DIRECTION_HEAD = "direzione "
"""What stands before the name of a direction, or not, without changing which it is."""
LONGEST = 300


@cached(longest=LONGEST)
def person_key(text: str) -> str:
    """The key of a person's name: `ROSSI-BIANCHI NICCOLO'` and `Rossi Bianchi Niccolò` have one."""
    return _levelled(text)


@cached(longest=LONGEST)
def unit_key(text: str) -> str:
    """The key of a unit's name. The word DIREZIONE before it says what kind of unit it is, not which."""
    key = _levelled(text)
    return key.removeprefix(DIRECTION_HEAD) or key


def _levelled(text: str) -> str:
    folded = _SIGNS.sub(" ", fold(text[:LONGEST]).replace("|", "i"))
    folded = _INITIALS.sub(lambda match: re.sub(r"[ .]", "", match[0]) + " ", folded)
    folded = _DOT.sub(". ", _ACCENT.sub("", folded))
    return _ELISION.sub(r"\1'", " ".join(folded.split())).strip(" .'") + ("." if folded.strip().endswith(".") else "")


def identity(key: str) -> str:
    """The id that a key makes: blanks become hyphens, apostrophes underscores, so that two keys never share an id."""
    plain = key.replace(" ", "-").replace("'", "_")
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else f"~{ord(c):x}" for c in plain)


def is_abbreviated(key: str) -> bool:
    """Whether a word of the key ends in the dot of an abbreviation."""
    return "." in key
