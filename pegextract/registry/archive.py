"""The whole archive's names at once: its sheets and mentions in, people and units with their decisions out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pegextract.registry.judgements import Judgements, judged
from pegextract.registry.keys import person_key, unit_key
from pegextract.registry.mentions import DIRECTION, ROLE, Mention, Resolution, Sheet
from pegextract.registry.people import resolve_people
from pegextract.registry.register import Entity, Known, Register, build_register
from pegextract.registry.units import resolve_units
from pegextract.values.organisations import unit_kind

NO_JUDGEMENTS = Judgements()


class Resolved(NamedTuple):
    """The mentions of one kind, the decision on each, and the register that they make."""

    mentions: Sequence[Mention]
    resolution: Resolution
    register: Register


def people_of(
    mentions: Sequence[Mention],
    sheets: Sequence[Sheet],
    known: Sequence[Known] = (),
    judgements: Judgements = NO_JUDGEMENTS,
) -> Resolved:
    """The people of an archive, as a person judged where a person did."""
    resolution = judged(resolve_people(mentions, sheets), mentions, judgements, "person", person_key)
    return Resolved(mentions, resolution, build_register(mentions, sheets, resolution, person_key, known))


def units_of(
    mentions: Sequence[Mention],
    sheets: Sequence[Sheet],
    known: Sequence[Known] = (),
    judgements: Judgements = NO_JUDGEMENTS,
) -> Resolved:
    """The units of an archive, as a person judged where a person did."""
    resolution = judged(resolve_units(mentions, sheets), mentions, judgements, "unit", unit_key)
    register = build_register(mentions, sheets, resolution, unit_key, known, printed=True)
    return Resolved(mentions, resolution, register)


def roles_of(roles: Sequence[Mention], sheets: Sequence[Sheet]) -> list[str]:
    """Each role in its whole form, where the archive prints one, else as printed; in the order of the mentions."""
    if any(mention.field != ROLE for mention in roles):
        raise ValueError("mentions of roles only")
    resolution = resolve_units(roles, sheets)
    return [
        mention.text if decision.root is None else resolution.names.get(decision.root, mention.text)
        for mention, decision in zip(roles, resolution.decisions, strict=True)
    ]


def kind_of(unit: Entity) -> str:
    """The kind of a unit: by its name, else by the field: what stands under Direzione is one."""
    kind = unit_kind(unit.name)
    return "direzione" if kind == "other" and unit.fields[DIRECTION] else kind
