"""Which person each printing of a name means.

A person is a name: equal names are one person, whatever accents, hyphens and typographic quotes were typed. Names of
damaged documents are compared with those that clean ones print, and one that differs in more than what OCR confuses
is only taken for another where no clean document knows its words and the same direction names that person. An initial
is completed where the sheet's direction has one person of that surname and initial.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from pegextract.registry.damage import Near, nearest
from pegextract.registry.keys import is_abbreviated, person_key, unit_key
from pegextract.registry.mentions import Decision, Mention, Resolution, Sheet
from pegextract.registry.names import Name, gather
from pegextract.values.lookalikes import level_capitals
from pegextract.values.persons import looks_like_person, names_several

MARGIN: Final = 0.8
"""How much farther than the nearest the next name must be."""
_CONFUSED: Final = 0.4
"""What the confusions in one name may cost together."""
_LONG_WORD: Final = 6
"""Letters of a word from which one of them may be wrong."""
_WORD: Final = 4
"""Letters from which a word can be told to be one of offices."""
_INITIAL: Final = re.compile(r"\b(\w)\.(?=\s|$)")
_RARE: Final = 4
"""How many times more often the other name must be printed."""


def resolve_people(mentions: Sequence[Mention], sheets: Sequence[Sheet]) -> Resolution:
    """The person of each mention; the key of a name that stands for itself is its root."""
    person = {text: is_person(text) for text in {mention.text for mention in mentions}}
    names = gather((mention for mention in mentions if person[mention.text]), sheets, person_key)
    archive = _Archive(names, sheets)
    by_text = {text: archive.decided(text, person=known) for text, known in person.items()}
    decisions = [by_text[mention.text] or archive.initial(mention) for mention in mentions]
    return Resolution(decisions, {key: name.best() for key, name in names.items()})


def is_person(text: str) -> bool:
    """Whether a text names one person: two to five words of letters or initials, no unit, no list of several."""
    name = level_capitals(text.upper().replace("|", "I"))
    return looks_like_person(_INITIAL.sub(r"\1\1", name)) and not names_several(text)


class _Archive:
    """The names of all sheets, and the directions in which each stands."""

    def __init__(self, names: Mapping[str, Name], sheets: Sequence[Sheet]) -> None:
        self._names, self._sheets = names, sheets
        self._whole = [key for key in names if not is_abbreviated(key)]
        self._words = {word for key in self._whole if names[key].count > 1 for word in key.split(" ")[:2]}
        headers = {text for sheet in sheets for text in (sheet.direction, sheet.service) if text}
        self._offices = {word for text in headers for word in unit_key(text).split(" ") if len(word) >= _WORD}
        self._by_surname: dict[str, list[str]] = defaultdict(list)
        for key in self._whole:
            if names[key].clean:
                self._by_surname[key.partition(" ")[0]].append(key)
        self._damaged = self._damaged_names()

    def decided(self, text: str, *, person: bool) -> Decision | None:
        """What a text means on any sheet; None where that depends on the sheet."""
        if behind := self._followed(text):
            return behind
        if not person:
            return Decision(None, "several_people" if names_several(text) else "not_a_person")
        key = person_key(text)
        return None if is_abbreviated(key) else self._damaged.get(key) or Decision(key, "same_name")

    def initial(self, mention: Mention) -> Decision:
        """The one person of the sheet's direction whom a name with initials fits."""
        key = person_key(mention.text)
        direction = self._direction(mention.sheet)
        surname = key.partition(" ")[0]
        fitting = [one for one in self._by_surname[surname] if _fits(key.split(" "), one.split(" "))]
        near = [one for one in fitting if direction and direction in self._directions(one)]
        if len(near) == 1:
            name = self._names[near[0]].best()
            evidence = f"«{mention.text}» is «{name}», the only one in the same direction whom the initial fits"
            return Decision(near[0], "person_initial", "inferred", 0.85, evidence)
        if fitting:
            return Decision(None, "ambiguous_name", rivals=tuple(sorted(self._names[one].best() for one in fitting)))
        return Decision(key, "same_name")

    def _followed(self, text: str) -> Decision | None:
        """The person whose name a text begins with, where only words of offices stand behind it."""
        words = person_key(text).split(" ")
        for end in range(len(words) - 1, 1, -1):
            name = self._names.get(" ".join(words[:end]))
            behind = [word for word in words[end:] if len(word) >= _WORD]
            if name and name.clean and behind and all(self._is_of_offices(word) for word in behind):
                evidence = f"«{text}» begins with «{name.best()}»; what follows are words of offices"
                return Decision(name.key, "person_followed_by_unit", "inferred", 0.6, evidence)
        return None

    def _is_of_offices(self, word: str) -> bool:
        bare = word.removesuffix(".")
        known = any(one.startswith(bare) for one in self._offices) if bare != word else bare in self._offices
        return known and word not in self._words

    def _damaged_names(self) -> dict[str, Decision]:
        """What the names of damaged documents alone are, where they are somebody else's."""
        broken = [key for key in self._whole if not self._names[key].clean]
        near = nearest(broken, self._whole)
        found: dict[str, Decision] = {}
        for key in sorted(broken, key=lambda key: (-self._names[key].count, key)):
            ranked = [one for one in near.get(key, ()) if self._names[one.key].outweighs(self._names[key])]
            ranked = [one for one in ranked if one.key not in found]
            if ranked and self._is(key, ranked[0]):
                found[key] = self._nearest(key, ranked)
        return found

    def _nearest(self, key: str, ranked: Sequence[Near]) -> Decision:
        best = ranked[0]
        rivals = [one.key for one in ranked if one.apart.cost < best.apart.cost + MARGIN]
        if len(rivals) > 1:
            return Decision(None, "ambiguous_name", rivals=tuple(sorted(self._names[one].best() for one in rivals)))
        text, name = self._names[key].best(), self._names[best.key].best()
        evidence = f"«{text}» is «{name}»: {best.apart.cost:.2f} letters from it after what OCR confuses"
        return Decision(best.key, "person_ocr_damage", "fuzzy", 0.85, evidence)

    def _is(self, key: str, near: Near) -> bool:
        """Whether a damaged spelling is that person's: two witnesses, the letters and the direction, agree."""
        difference = near.apart
        mine, theirs = self._names[key], self._names[near.key]
        if difference.marks or difference.words or not self._directions(key) & self._directions(near.key):
            # Without a common direction only look-alikes such as I and l make two spellings one.
            return difference.letters == 0 and not difference.marks and difference.cost <= 0.1
        if difference.letters == 0:
            return difference.cost <= _CONFUSED
        unknown = [word for word in key.split(" ") if word not in self._words and len(word) >= _LONG_WORD]
        together = set(mine.sheets) & set(theirs.sheets)
        return (
            difference.letters == 1
            and difference.cost <= 1 + _CONFUSED
            and bool(unknown)
            and not together
            and theirs.count >= _RARE * mine.count
        )

    def _directions(self, key: str) -> set[str]:
        return {direction for at in self._names[key].sheets if (direction := self._direction(at))}

    def _direction(self, sheet: int) -> str:
        return unit_key(self._sheets[sheet].direction or "")


def _fits(short: Sequence[str], whole: Sequence[str]) -> bool:
    return len(short) == len(whole) and all(
        word.startswith(one.removesuffix(".")) if one.endswith(".") else word == one
        for one, word in zip(short, whole, strict=True)
    )
