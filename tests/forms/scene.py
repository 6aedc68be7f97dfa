"""What every part of one invented sheet shares: the office, the year, the hard cases it plays."""

import random
from dataclasses import dataclass
from typing import Any

from .words import GIVEN, SURNAMES, Office

Record = dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """What every part of one sheet shares."""

    rng: random.Random
    year: int
    office: Office
    service: str
    block: bool
    traits: frozenset[str]
    cast: tuple[str, ...] = ()
    """The people that the sheet may name; none: anybody."""


_TRAITS = {
    "title_names_a_section": 1.0,
    "description_line_looks_like_label": 1.0,
    "long_phases": 1.0,
    "no_weights": 1.0,
    "phase_ends_in_next_year": 0.3,
    "indicator_looks_like_columns": 1.0,
    "phase_notes": 1.0,
    "empty_fields": 0.3,
    "centre_cut": 1.0,
    "centre_abbreviated": 1.0,
    "glued_role": 1.0,
    "weights_do_not_sum": 0.1,
}
"""Hard case -> share of `hard` with which a sheet plays it."""


def draw_traits(rng: random.Random, hard: float) -> frozenset[str]:
    """The hard cases of one sheet."""
    return frozenset(name for name, share in _TRAITS.items() if rng.random() < hard * share)


def person(rng: random.Random, cast: tuple[str, ...] = ()) -> str:
    """One invented person, "COGNOME NOME"; one of the cast where there is one."""
    return rng.choice(cast) if cast else f"{rng.choice(SURNAMES)} {rng.choice(GIVEN)}"
