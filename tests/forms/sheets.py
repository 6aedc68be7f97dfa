"""Invents one objective sheet: what it must become (`truth`) and what the paper prints (`printed`)."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from . import prose
from .phases import phases_of
from .scene import Record, Scene, draw_traits, person
from .targets import EMPTY, random_target
from .words import (
    CLASSIFICATIONS,
    INDICATOR_TYPES,
    OFFICES,
    STRATEGIC,
    STRATEGIC_GOALS,
    TYPES,
    Office,
)


@dataclass(frozen=True)
class Sheet:
    """One invented sheet."""

    truth: Record
    """The record it must become: the keys of one element of "sheets" in the gold files."""
    printed: Record
    """What the paper prints where that differs: per phase, link and linked objective the cells as printed."""
    block: bool
    """True for the form of 2017, phases as blocks, neither code nor links; False for the tables since 2019."""
    traits: frozenset[str]
    """The hard cases that this sheet plays."""
    units: tuple[str, ...] = ()
    """The whole names of the phases' centres, however the paper prints them."""


def random_sheet(
    rng: random.Random,
    *,
    block: bool | None = None,
    hard: float = 0.3,
    year: int | None = None,
    office: Office | None = None,
    cast: tuple[str, ...] = (),
) -> Sheet:
    """Invent one sheet, everything from `rng`.

    `block` chooses the form, `hard` (0-1) how often each hard case comes; a given `year` and `office` are the sheet's,
    and a given `cast` all the people that it names.
    """
    is_block = rng.random() < 0.4 if block is None else block
    office = office or rng.choice(OFFICES)
    year = year or (rng.randint(2015, 2018) if is_block else rng.randint(2018, 2024))
    scene = Scene(rng, year, office, rng.choice(office.services), is_block, draw_traits(rng, hard), cast)
    truth = _header(scene)
    links, printed_links = _links(scene)
    phases, printed_phases, units = phases_of(scene)
    indicators = [_indicator(scene) for _ in range(rng.choice([1, 2, 3, 3, 4, 5, rng.randint(6, 18)]))]
    _leave_out_a_cell(scene, indicators)
    linked, printed_linked = _linked(scene)
    truth |= {"dup_links": links, "phases": phases, "indicators": indicators, "linked_objectives": linked}
    printed = {"dup_links": printed_links, "phases": printed_phases, "linked_objectives": printed_linked}
    return Sheet(truth, printed, is_block, scene.traits, units)


def _header(scene: Scene) -> Record:
    rng = scene.rng
    director = person(rng, scene.cast)
    code = None if scene.block else f"{scene.year}_{rng.choice('ABDEGLMTZ')}{rng.choice('NPX')}{rng.randint(1, 40):02}"
    if code and rng.random() < 0.2:
        code += f"_{rng.randint(1, 9):02}"
    header: Record = {
        "sheet_number": 1,
        "year": scene.year,
        "code": code,
        "title": prose.title(rng, scene.office, trap="title_names_a_section" in scene.traits),
        "direction": scene.office.direction,
        "director": director,
        "classification": rng.choice(CLASSIFICATIONS),
        "service": scene.service,
        "manager": director if rng.random() < 0.3 else person(rng, scene.cast),
        "objective_type": rng.choice(TYPES),
        "description": prose.description(
            rng, scene.office, scene.year, trap="description_line_looks_like_label" in scene.traits
        ),
    }
    if scene.block and rng.random() < 0.3:
        header["title"] = None
    if "empty_fields" in scene.traits:
        header[rng.choice(["director", "classification", "manager", "objective_type", "description"])] = None
    return header


def _links(scene: Scene) -> tuple[list[Record], list[Record]]:
    """The links of "Collegato a": rows of truth, and (label, text) lines as printed."""
    rng = scene.rng
    if scene.block or rng.random() < 0.1:
        return [], []
    number = rng.randint(1, 9)
    rows = [_link("indirizzo_strategico", f"{scene.year}_IND_STRATEG_{number:02}", rng.choice(STRATEGIC))]
    if rng.random() < 0.7:
        glue = rng.choice(["", "_"])
        code = f"{scene.year}_{number:02}{glue}IS_OB_STR_{rng.randint(1, 6):02}"
        rows.append(_link("obiettivo_strategico", code, rng.choice(STRATEGIC_GOALS)))
    labels = {
        "indirizzo_strategico": "INDIRIZZO STRATEGICO D.U.P.:",
        "obiettivo_strategico": "OBIETTIVO STRATEGICO D.U.P.:",
    }
    printed = [{"label": labels[row["level"]], "text": f"{row['code']} {row['title']}"} for row in rows]
    if rng.random() < 0.5:
        codes = [f"{number}.{rng.randint(1, 4)}.{last}" for last in sorted(rng.sample(range(1, 20), rng.randint(1, 3)))]
        rows += [_link("obiettivo_operativo", code, None) for code in codes]
        printed.append({"label": "Obiettivo Operativo del D.U.P.", "text": ", ".join(codes)})
    return rows, printed


def _link(level: str, code: str, title: str | None) -> Record:
    return {"level": level, "code": code, "title": title}


def _indicator(scene: Scene) -> Record:
    rng = scene.rng
    trap = "indicator_looks_like_columns" in scene.traits and rng.random() < 0.4
    return {
        "description": prose.indicator_text(rng, scene.office, scene.year, trap=trap),
        "indicator_type": rng.choice(INDICATOR_TYPES),
        **random_target(rng, scene.year),
    }


def _leave_out_a_cell(scene: Scene, indicators: list[Record]) -> None:
    if "empty_fields" not in scene.traits:
        return
    row = scene.rng.choice(indicators)
    row |= scene.rng.choice([{"indicator_type": None}, EMPTY])


def _linked(scene: Scene) -> tuple[list[Record], list[Record]]:
    rng = scene.rng
    if scene.block or rng.random() < 0.5:
        return [], []
    stem = f"{scene.year}_{rng.choice('ABD')}N{rng.randint(1, 40):02}"
    rows, printed = [], []
    for number in range(1, rng.randint(2, 6)):
        amounts = list(_amounts(rng))
        title = prose.linked_title(rng, scene.office)
        rows.append(
            {
                "code": f"{stem}_{number:02}",
                "title": title,
                "revenue": str(amounts[0]),
                "expenditure": str(amounts[1]),
            }
        )
        printed.append({"revenue": _euro(amounts[0]), "expenditure": _euro(amounts[1])})
    return rows, printed


def _amounts(rng: random.Random) -> Iterator[Decimal]:
    for _ in range(2):
        cents = 0 if rng.random() < 0.5 else rng.randint(1, 250_000_00)
        yield (Decimal(cents) / 100).quantize(Decimal("0.01"))


def _euro(amount: Decimal) -> str:
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
