"""How well a text fits a field: the judge wherever words have lost their column.

Evidence used: vocabularies of the form, the shape of a person's name, and whether the same words stand together
elsewhere in the sheet (a wrapped `SERVIZIO SOCIALE / AMMINISTRATIVO` is whole where the sheet prints it again).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from pegextract.layouts.profile import Profile
from pegextract.values.characters import fold
from pegextract.values.persons import looks_like_person

PERSON_FIELDS = frozenset({"director", "manager", "responsible"})
UNIT_FIELDS = frozenset({"direction", "service", "responsibility_centre"})
# A name never ends in these: the rest is on the next line.
_DANGLING = frozenset(
    [
        "e",
        "ed",
        "di",
        "del",
        "della",
        "delle",
        "dello",
        "dei",
        "degli",
        "dell'",
        "d'",
        "da",
        "dal",
        "a",
        "al",
        "alla",
        "alle",
        "ai",
        "agli",
        "per",
        "con",
        "in",
        "nel",
        "nella",
        "su",
        "sul",
        "sulla",
        "il",
        "la",
        "lo",
        "le",
        "i",
        "gli",
        "-",
    ]
)


_PARTICLES = frozenset(
    [
        "DE",
        "DEL",
        "DELLA",
        "DELLE",
        "DEI",
        "DI",
        "DA",
        "DAL",
        "LA",
        "LO",
        "LE",
        "LI",
        "VAN",
        "VON",
        "DER",
        "DEN",
        "EL",
        "AL",
    ]
)
# What follows a whole name: anything but a further word in capitals.
_NAME_ENDS = re.compile(r"(?![A-ZÀ-Ú'’]| ?[-–]? ?[A-ZÀ-Ú.'’]{2}| [A-ZÀ-Ú](?![a-zà-ú]))")
_NO_CAPITAL = re.compile(r"(?![A-ZÀ-Ú])")
_NAME_BEGINS = re.compile(r"(?<![A-ZÀ-Ú'’-])(?<![A-ZÀ-Ú] )")


class Fitness:
    """Scores texts for the fields of one sheet; higher fits better, below zero does not fit."""

    def __init__(self, text: str, profile: Profile) -> None:
        self._text = text
        self._profile = profile
        self._width = profile.names.centre_width
        self.unit_heads = profile.unit_heads
        self._words = profile.folded_terms
        self._cache: dict[tuple[str, str, int], float] = {}
        self._repeated: dict[tuple[str, int], float] = {}

    @cached_property
    def _flat(self) -> str:
        """The sheet's words, one blank between them."""
        return " ".join(self._text.replace("|", " ").split())

    def of(self, field: str, text: str, *, own: int = 1) -> float:
        """The score of `text` as the whole value of `field`; own: how often it stands together at its place (0, 1)."""
        text = " ".join(text.split())
        key = (field, text, own)
        if key not in self._cache:
            self._cache[key] = self._score(field, text, own)
        return self._cache[key]

    def is_whole(self, field: str, text: str) -> bool:
        """Whether the text needs no more words: a term of the vocabulary, a person's name, a known unit."""
        if self._words.get(field):
            return fold(text) in self._words[field]
        if field in PERSON_FIELDS:
            return looks_like_person(text)
        return bool(text) and not is_dangling(text)

    def is_foreign(self, field: str, text: str) -> bool:
        """Whether the field has a vocabulary, and the text neither is a term of it nor begins one."""
        return bool(self._words.get(field)) and self.of(field, text) < 0

    def _score(self, field: str, text: str, own: int) -> float:
        if not text:
            return -0.2
        if self._words.get(field):
            return -2.0 if self.names_a_unit(text) else self._vocabulary_score(field, fold(text))
        if field in PERSON_FIELDS:
            return self._person_score(text, own)
        return self._unit_score(text, own, part=field != "direction" and self._ends_a_longer_name(text))

    def _vocabulary_score(self, field: str, folded: str) -> float:
        known = self._words[field]
        if folded in known:
            return 3.0
        if any(term.startswith(folded) for term in known):
            return 0.5
        return -2.0 if any(folded.startswith(term + " ") for term in known) else -0.5

    def _person_score(self, text: str, own: int) -> float:
        """Surname and name: more than three words are rare, the words of an office never among them."""
        words = [word for word in text.split() if word not in _PARTICLES]
        if not looks_like_person(text) or self.names_a_unit(text):
            return -2.0
        return (0.5 if len(words) > 1 else -1.0) + self.repeated(text, own) - 0.6 * max(0, len(words) - 3)

    def _ends_a_longer_name(self, text: str) -> bool:
        """Whether the head of an office stands before these words somewhere (a direction is named without its own)."""
        return any(f"{head} {text}" in self._flat for head in self.unit_heads)

    def _unit_score(self, text: str, own: int, *, part: bool) -> float:
        first, *rest = text.upper().split()
        if is_dangling(text) or (not rest and first in self.unit_heads):
            return -1.5
        # "UFFICIO SERVIZIO …" may be one name; behind another word the head of an office begins the next name.
        swallowed = sum(word in self.unit_heads for word in rest[first in self.unit_heads :])
        begins = 0.2 if self.starts_like_unit(text) else 0.0
        return (0.0 if part else self.repeated(text, own)) + 0.02 * len(text.split()) + begins - 0.8 * swallowed

    def repeated(self, text: str, own: int = 1) -> float:
        """1.5 when these words stand together elsewhere in the sheet, more for longer texts; own: see `of`.

        Words that go on in capitals are part of a longer name: that is no evidence for the shorter one. A name longer
        than the form is wide is printed elsewhere up to that width.
        """
        if " " not in text:
            return 0.0  # one word alone stands in many names
        known = self._repeated.get((text, own))
        if known is None:
            known = self._repeated[text, own] = self._count_as_evidence(text, own)
        return known

    def _count_as_evidence(self, text: str, own: int) -> float:
        if self._flat.count(text) + self._flat.count(text[: self._width]) <= own:
            return 0.0
        bonus = 1.5 + 0.1 * text.count(" ")
        if sum(1 for at in self._places(text) if _NAME_ENDS.match(self._flat, at + len(text))) > own:
            return bonus
        cut = text[: self._width].rstrip()
        whole = len(text) <= self._width
        printed = not whole and any(_NO_CAPITAL.match(self._flat, at + len(cut)) for at in self._places(cut))
        return bonus if printed else 0.0

    def _places(self, text: str) -> Iterator[int]:
        """Where the words stand in the sheet."""
        at = self._flat.find(text)
        while at >= 0:
            yield at
            at = self._flat.find(text, at + len(text))

    def is_known_person(self, name: str) -> bool:
        """Whether the sheet prints these words as a name at least twice, whatever follows it."""
        key = (name, -1)
        if key not in self._repeated:
            self._repeated[key] = sum(
                1.0
                for at in self._places(name)
                if _NAME_BEGINS.match(self._flat, at) and _NO_CAPITAL.match(self._flat, at + len(name))
            )
        return self._repeated[key] >= 2

    def names_a_unit(self, text: str) -> bool:
        """Whether a word of the text is one that names of offices begin with."""
        return any(word.split(".", 1)[0].upper() in self._profile.unit_heads for word in text.split())

    def starts_like_unit(self, text: str) -> bool:
        """Whether the text begins like the name of an office."""
        return text.split(" ", 1)[0].rstrip(".").upper() in self._profile.unit_heads


def is_dangling(text: str) -> bool:
    """Whether a text ends in a word that must go on: E, DI, DELLA, a hyphen, the mark of a role."""
    last = text.rsplit(None, 1)[-1:]
    return bool(last) and (last[0].lower() in _DANGLING or text.endswith(("-", "P.O.", "E.Q.")))
