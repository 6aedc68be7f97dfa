"""What a document tells of its own spellings: names that it prints more often otherwise, words that look damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from pegextract.document import Document
from pegextract.layouts.draft import Draft, Printed
from pegextract.layouts.profile import Profile
from pegextract.values.characters import confusable
from pegextract.values.lookalikes import Lexicon, Spellings, compare_spellings, person_skeleton
from pegextract.values.organisations import parse_unit
from pegextract.values.persons import parse_responsible
from pegextract.values.reading import Reading

_MARKS = " .,;:'’"


class Spelling(NamedTuple):
    """Names of people, their roles and offices compared over all sheets; words only where the text shows OCR damage."""

    people: Spellings
    roles: Spellings
    units: Spellings
    words: Lexicon | None


def compare_names(
    document: Document, profile: Profile, drafts: Sequence[Draft], sure: Callable[[Printed], float]
) -> Spelling:
    """The spellings of a document; `document` is the legible one, which knows whether look-alikes were levelled.

    sure: how sure the readers were of a printed text, 0-1.
    """
    ties = document.recognised is not None
    people = [
        (parsed.value, sure(printed) if ties else 1.0)
        for printed in _people(drafts)
        if isinstance(parsed := parse_responsible(printed.text), Reading)
    ]
    units = [
        (parse_unit(printed.text, profile.names.abbreviations).value, sure(printed) if ties else 1.0)
        for printed in _units(drafts)
    ]
    roles = [(person.role, sureness) for person, sureness in people if person.role]
    return Spelling(
        compare_spellings((person.name for person, _ in people), person_skeleton, ties=ties),
        compare_spellings((role for role, _ in roles), _unmarked, ties=ties, sureness=_together(roles)),
        compare_spellings((unit for unit, _ in units), _unmarked, ties=ties, sureness=_together(units)),
        Lexicon(document.raw) if document.printed is not None else None,
    )


def _together(names: Iterable[tuple[str, float]]) -> dict[str, float]:
    """How sure all printings of each name are, added up."""
    total: dict[str, float] = {}
    for name, sureness in names:
        total[name] = total.get(name, 0.0) + sureness
    return total


def _unmarked(name: str) -> str:
    """The skeleton of a name whose last marks may be specks: one that others print without them is that name."""
    return confusable(name.rstrip(_MARKS))


def _people(drafts: Iterable[Draft]) -> Iterator[Printed]:
    for draft in drafts:
        yield from (draft.fields[name] for name in ("director", "manager") if name in draft.fields)
        yield from (row["responsible"] for row in draft.phases if "responsible" in row)


def _units(drafts: Iterable[Draft]) -> Iterator[Printed]:
    for draft in drafts:
        yield from (draft.fields[name] for name in ("direction", "service") if name in draft.fields)
        yield from (row["responsibility_centre"] for row in draft.phases if "responsibility_centre" in row)
