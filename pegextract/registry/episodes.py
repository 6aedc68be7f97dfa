"""Who held which role where, and from when to when: a role is an episode of a person, no part of the name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple


class Held(NamedTuple):
    """One printing of a role behind a person's name. unit: the unit's id · year: None where the sheet has none."""

    person: str
    role: str
    unit: str | None
    year: int | None


class Episode(NamedTuple):
    """A role that a person held in a unit, over years in which each year of the archive prints it."""

    person: str
    role: str
    unit: str | None
    first_year: int | None
    last_year: int | None
    mention_count: int


def episodes(held: Iterable[Held], years: Iterable[int]) -> list[Episode]:
    """The episodes of all people, by person and time. years: those that the archive has sheets of.

    A year of the archive without the role parts two episodes; a year that the archive lacks does not.
    """
    place = {year: number for number, year in enumerate(sorted(set(years)))}
    found: dict[tuple[str, str, str | None], Counter[int | None]] = defaultdict(Counter)
    for one in held:
        found[one.person, one.role, one.unit][one.year] += 1
    every = [Episode(*whose, *run) for whose, counts in found.items() for run in _runs(counts, place)]
    return sorted(every, key=lambda one: (one.person, one.first_year or 0, one.role, one.unit or ""))


def _runs(counts: Counter[int | None], place: dict[int, int]) -> list[tuple[int | None, int | None, int]]:
    """First year, last year and printings of each unbroken run; sheets without a year are a run of their own."""
    runs: list[tuple[int | None, int | None, int]] = [(None, None, counts[None])] if None in counts else []
    for year in sorted(year for year in counts if year is not None):
        first, last, many = runs[-1] if runs else (None, None, 0)
        if last is not None and place[year] == place[last] + 1:
            runs[-1] = (first, year, many + counts[year])
        else:
            runs.append((year, year, counts[year]))
    return runs
