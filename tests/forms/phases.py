"""Invents the phases of a sheet: when, how heavy, who, and where."""

from datetime import date, timedelta

from . import prose
from .scene import Record, Scene, person
from .words import NOTES

CENTRE_WIDTH = 30
"""Characters after which the form cuts the name of a centre."""


def phases_of(scene: Scene) -> tuple[list[Record], list[Record], tuple[str, ...]]:
    """The phases as they must become, their cells as printed, and the whole names of their centres."""
    rng = scene.rng
    many = rng.choice([1, 2, 3, 3, 4, 4, 5, 6, rng.randint(7, 14)])
    if not scene.block and rng.random() < 0.15:
        many = 0
    people = [_responsible(scene) for _ in range(min(many, 4))]
    centres = [_centre(scene) for _ in range(3)]
    triples = [
        _phase(scene, rng.choice(people), rng.choice(centres), weight, first=number == 0)
        for number, weight in enumerate(_weights(scene, many))
    ]
    return [row for row, _, _ in triples], [cells for _, cells, _ in triples], tuple(unit for _, _, unit in triples)


def _phase(
    scene: Scene, responsible: Record, centre: tuple[str, str, str], weight: float | None, *, first: bool
) -> tuple[Record, Record, str]:
    rng = scene.rng
    start, end = _period(scene, first=first)
    if "empty_fields" in scene.traits and rng.random() < 0.15:
        responsible = {"name": None, "role": None, "printed": ""}
    row = {
        "description": prose.phase_text(
            rng, scene.office, scene.year, long="long_phases" in scene.traits and rng.random() < 0.5
        ),
        "weight": weight,
        "start_date": start.isoformat(),
        "end_date": end.isoformat(),
        "responsible_name": responsible["name"],
        "responsible_role": responsible["role"],
        "responsibility_centre": centre[0],
        "notes": rng.choice(NOTES) if "phase_notes" in scene.traits and rng.random() < 0.4 else None,
    }
    cells = {
        "weight": "" if weight is None else f"{weight:.2f}".replace(".", ","),
        "start": f"{start:%d/%m/%Y}",
        "end": f"{end:%d/%m/%Y}",
        "responsible": responsible["printed"],
        "centre": centre[1],
    }
    return row, cells, centre[2]


def _weights(scene: Scene, many: int) -> list[float | None]:
    """Weights that sum to 100, or none at all."""
    rng = scene.rng
    if not many:
        return []
    if "no_weights" in scene.traits:
        return [None] * many
    step = rng.choice([5.0, 5.0, 1.0, 0.5])
    left = int(100 / step)
    cuts = sorted(rng.sample(range(1, left), many - 1))
    weights = [(high - low) * step for low, high in zip([0, *cuts], [*cuts, left], strict=True)]
    if "weights_do_not_sum" in scene.traits:
        weights[-1] += step if weights[-1] + step <= 100 else -step  # more than all is refused, not kept
    return list(weights)


def _period(scene: Scene, *, first: bool) -> tuple[date, date]:
    rng = scene.rng
    start = date(scene.year, rng.choice([1, 1, 1, 2, 3, 5, 7, 9]), rng.choice([1, 1, 1, 2, 15]))
    ends = [date(scene.year, month, day) for month, day in ((3, 31), (6, 30), (7, 15), (9, 30), (11, 30), (12, 31))]
    end = rng.choice([e for e in ends if e > start])
    if "phase_ends_in_next_year" in scene.traits and not first and rng.random() < 0.3:
        end = date(scene.year + 1, 1, 1) + timedelta(days=rng.randint(29, 180))
    return start, end


def _responsible(scene: Scene) -> Record:
    rng = scene.rng
    name = person(rng, scene.cast)
    if rng.random() < 0.3:
        return {"name": name, "role": None, "printed": name}
    mark = "E.Q." if scene.year >= 2023 and rng.random() < 0.7 else "P.O."
    role = rng.choice(scene.office.roles)
    glue = "-" if "glued_role" in scene.traits else rng.choice([" - ", " - ", " - ", " – "])
    blank = rng.choice(["", " "])
    return {"name": name, "role": f"{mark} {role}", "printed": f"{name}{glue}{mark}{blank}{role}"}


def _centre(scene: Scene) -> tuple[str, str, str]:
    """The centre as it must become, as printed (whole, abbreviated, or cut where the form ends), and which it is."""
    rng = scene.rng
    known = [scene.service]
    if not scene.office.direction.startswith("CORPO"):
        known.append(f"DIREZIONE {scene.office.direction}")
    other = [s for s in scene.office.services if s.startswith(("SERVIZIO", "DIREZIONE", "AREA"))]
    name = rng.choice(known * 2 + other)
    printed = name
    if name in known and name.startswith("DIREZIONE ") and "centre_abbreviated" in scene.traits:
        printed = name.replace("DIREZIONE ", "DIREZ.", 1)
    if "centre_cut" in scene.traits and len(printed) > CENTRE_WIDTH:
        printed = printed[:CENTRE_WIDTH].rstrip()
        return (name if name in known else printed), printed, name
    return name, printed, name
