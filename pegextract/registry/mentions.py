"""What goes into the registry, and what comes out: mentions of names, and the decision on each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

DIRECTION, SERVICE, CENTRE = "direction", "service", "centre"
DIRECTOR, MANAGER, RESPONSIBLE = "director", "manager", "responsible"
ROLE = "role"


class Sheet(NamedTuple):
    """What a name's surroundings say: the document and year of its sheet, and what the sheet's header prints.

    damaged: the document was read by OCR, or shows its damage · direction, service: as read, None where empty.
    """

    document: str
    year: int | None
    damaged: bool
    direction: str | None = None
    service: str | None = None


class Mention(NamedTuple):
    """One printing of a name: as read, as printed (its length tells a cut), the field, the index of its sheet."""

    text: str
    printed: str
    field: str
    sheet: int


class Decision(NamedTuple):
    """What a mention names.

    root: the key of the entity, None where nothing or more than one thing fits · rule, method: of the contract's
    evidence · confidence: 0-1 · evidence: a sentence, "" for equal names · rivals: the names that fit as well.
    """

    root: str | None
    rule: str
    method: str = "printed"
    confidence: float = 0.99
    evidence: str = ""
    rivals: tuple[str, ...] = ()


class Resolution(NamedTuple):
    """The decisions on a list of mentions, in its order, and by key the best spelling of each name."""

    decisions: Sequence[Decision]
    names: dict[str, str]
