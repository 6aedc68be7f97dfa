"""The distinct names of an archive, each with all that its mentions tell of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from pegextract.registry.keys import DIRECTION_HEAD
from pegextract.registry.mentions import CENTRE, Mention, Sheet
from pegextract.values.characters import clean, fold

OFTEN = 3
"""Sheets that a name must stand on, where no clean document prints it, before it is more than a chance of OCR."""
LINKING = frozenset({"e", "ed", "di", "del", "della", "dei", "delle", "degli", "per", "a", "al", "alla", "ai", "con"})
"""Words that link others: an abbreviated name may leave them out, and none ends with one."""
_OPEN_ENDS = (",", "/", "-", "(")


@dataclass(slots=True)
class Name:
    """All mentions with one key.

    texts: how often each spelling is read in clean documents, and in all · lengths: of the printings, in characters
    sheets: indices, one per mention · clean: mentions in clean documents · header: printed in the header of a clean
    sheet, where there is room · unfinished: the printing ends in a comma or in a word that asks for another.
    """

    key: str
    clean_texts: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    lengths: set[int] = field(default_factory=set)
    sheets: list[int] = field(default_factory=list)
    clean: int = 0
    header: bool = False
    unfinished: bool = False

    @property
    def count(self) -> int:
        """Number of mentions."""
        return len(self.sheets)

    @property
    def trusted(self) -> bool:
        """Whether the spelling is likely right: a clean document prints it, or several sheets do."""
        return self.clean > 0 or len(set(self.sheets)) >= OFTEN

    def outweighs(self, other: Name) -> bool:
        """Whether this spelling may be what the other was before it was damaged: clean, or printed far more often.

        A spelling that stands often, and more often than the clean one, is no damage of it.
        """
        if self.clean:
            return other.count < OFTEN or self.count >= other.count
        return self.count >= OFTEN and self.count >= 3 * other.count

    def best(self) -> str:
        """The spelling read most often, of those in clean documents and with the word DIREZIONE where there are any."""
        texts = self.clean_texts or self.texts
        return max(texts, key=lambda text: (fold(text).startswith(DIRECTION_HEAD), texts[text], len(text), text))


def gather(mentions: Iterable[Mention], sheets: Sequence[Sheet], key_of: Callable[[str], str]) -> dict[str, Name]:
    """The names by key. A mention without a letter has none."""
    names: dict[str, Name] = {}
    for mention in mentions:
        key = key_of(mention.text)
        if not key:
            continue
        name = names.get(key)
        if name is None:
            name = names[key] = Name(key)
        sheet = sheets[mention.sheet]
        name.texts[mention.text] += 1
        name.lengths.add(len(clean(mention.printed)))
        name.sheets.append(mention.sheet)
        name.unfinished |= mention.text.rstrip().endswith(_OPEN_ENDS) or key.rpartition(" ")[2] in LINKING
        if not sheet.damaged:
            name.clean_texts[mention.text] += 1
            name.clean += 1
            name.header |= mention.field != CENTRE
    return names
