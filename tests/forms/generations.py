"""Invents objectives that go on from year to year: retitled a little, some phases done and others new, some moved."""

import random
from dataclasses import dataclass

from .prose import phase_text, title
from .words import OFFICES, STRATEGIC_GOALS, Office

_OPENINGS = ("Prosecuzione del progetto: {}", "{} - seconda annualità", "{} (prosecuzione)", "Completamento: {}")
_ENDINGS = (" {y}", " - anno {y}", " {y}-{z}", " per il triennio {y}/{z}")


@dataclass(frozen=True)
class Goal:
    """One objective of one year; `line` is the same for all years of one undertaking."""

    line: int
    year: int
    title: str
    office: Office
    service: str
    phases: tuple[str, ...]
    link: str


def generations(seed: int, years: int = 12, per_year: int = 60) -> list[Goal]:
    """The objectives of a town: three in four go on in the next year."""
    rng = random.Random(seed)
    goals: list[Goal] = []
    running: list[Goal] = []
    line = 0
    for year in range(2012, 2012 + years):
        running = [_next(rng, goal, year) for goal in running if rng.random() < 0.75]
        while len(running) < per_year:
            line += 1
            running.append(_new(rng, line, year))
        goals += running
    return goals


def _new(rng: random.Random, line: int, year: int) -> Goal:
    office = rng.choice(OFFICES)
    matter = rng.choice(("", f" - lotto {rng.randint(1, 4)}", f" nel Quartiere {rng.randint(1, 5)}", ""))
    words = title(rng, office, trap=False).rstrip(".") + matter
    if rng.random() < 0.3:
        words += rng.choice(_ENDINGS).format(y=year, z=year + 2)
    phases = tuple(phase_text(rng, office, year, long=False) for _ in range(rng.randint(2, 6)))
    return Goal(line, year, words, office, rng.choice(office.services), phases, rng.choice(STRATEGIC_GOALS))


def _next(rng: random.Random, goal: Goal, year: int) -> Goal:
    words = goal.title.replace(str(year - 1), str(year)).replace(str(year + 1), str(year + 2))
    if rng.random() < 0.2:
        words = rng.choice(_OPENINGS).format(words[:1].lower() + words[1:])
    phases = [text for text in goal.phases if rng.random() < 0.7]
    phases += [phase_text(rng, goal.office, year, long=False) for _ in range(rng.randint(0 if phases else 1, 2))]
    service = rng.choice(goal.office.services) if rng.random() < 0.05 else goal.service
    return Goal(goal.line, year, words, goal.office, service, tuple(phases), goal.link)
