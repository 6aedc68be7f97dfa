"""What a document tells of its own spellings: names that it prints more often otherwise, words that look damaged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pegextract.document import Document
from pegextract.layouts.draft import Draft
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


def compare_names(document: Document, profile: Profile, drafts: Sequence[Draft]) -> Spelling:
    """The spellings of a document; `document` is the legible one, which knows whether look-alikes were levelled."""
    ties = document.recognised is not None
    responsibles = [parsed.value for text in _people(drafts) if isinstance(parsed := parse_responsible(text), Reading)]
    return Spelling(
        compare_spellings((person.name for person in responsibles), person_skeleton, ties=ties),
        compare_spellings((person.role for person in responsibles if person.role), _unmarked, ties=ties),
        compare_spellings(
            (parse_unit(text, profile.names.abbreviations).value for text in _units(drafts)), _unmarked, ties=ties
        ),
        Lexicon(document.raw) if document.printed is not None else None,
    )


def _unmarked(name: str) -> str:
    """The skeleton of a name whose last marks may be specks: one that others print without them is that name."""
    return confusable(name.rstrip(_MARKS))


def _people(drafts: Iterable[Draft]) -> Iterator[str]:
    for draft in drafts:
        yield from (draft.fields[name].text for name in ("director", "manager") if name in draft.fields)
        yield from (row["responsible"].text for row in draft.phases if "responsible" in row)


def _units(drafts: Iterable[Draft]) -> Iterator[str]:
    for draft in drafts:
        yield from (draft.fields[name].text for name in ("direction", "service") if name in draft.fields)
        yield from (row["responsibility_centre"].text for row in draft.phases if "responsibility_centre" in row)
