"""Invented titles, descriptions and phase texts in an officer's Italian."""

import random

from .words import (
    COUNTED,
    INDICATOR_HEADS,
    ITEMS,
    OFFICES,
    PURPOSES,
    SENTENCES,
    TITLES,
    TRAP_INDICATORS,
    TRAP_LINES,
    TRAP_TITLES,
    VERBS,
    Office,
)


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _fill(rng: random.Random, template: str, office: Office, year: int) -> str:
    return template.format(
        s=rng.choice(office.subjects),
        p=rng.choice(PURPOSES),
        y=year,
        z=year - 1,
        n=rng.randint(2, 98),
        m=rng.randint(3, 900),
        c=rng.choice(COUNTED),
    )


def title(rng: random.Random, office: Office, *, trap: bool) -> str:
    """One title; with `trap` it holds a word that elsewhere heads a section."""
    return _upper_first(_fill(rng, rng.choice(TRAP_TITLES if trap else TITLES), office, 2000))


def description(rng: random.Random, office: Office, year: int, *, trap: bool) -> str:
    """Paragraphs and lists, one per line; with `trap` one line begins with a word that elsewhere is a label."""
    lines = [_paragraph(rng, office, year) for _ in range(rng.randint(1, 4))]
    if rng.random() < 0.6:
        lines += _list(rng, office, year)
        lines += [_paragraph(rng, office, year)] * rng.randint(0, 1)
    if trap:
        lines.insert(rng.randint(0, len(lines)), _fill(rng, rng.choice(TRAP_LINES), office, year))
    return "\n".join(lines)


def _paragraph(rng: random.Random, office: Office, year: int) -> str:
    return " ".join(_upper_first(_fill(rng, s, office, year)) for s in rng.sample(SENTENCES, rng.randint(1, 4)))


def _list(rng: random.Random, office: Office, year: int) -> list[str]:
    marks = rng.choice([("- {}", 0), ("{}. ", 1), ("{}) ", 1), ("- {}) ", 1), ("{}) ", 2), ("• {}", 0), ("{}. ", 2)])
    lines = ["In particolare si intende assicurare:"] if rng.random() < 0.7 else []
    for number in range(1, rng.randint(3, 8)):
        counter = {0: "", 1: str(number), 2: chr(96 + number)}[marks[1]]
        lines.append(marks[0].format(counter) + _fill(rng, rng.choice(ITEMS), office, year))
    return lines


def phase_text(rng: random.Random, office: Office, year: int, *, long: bool) -> str:
    """What one phase does; `long` gives four printed lines and more."""
    text = _fill(rng, f"{rng.choice(VERBS)} {{s}}", office, year)
    while long and len(text) < 480:
        text += _fill(rng, rng.choice([" {p}", ", {s}", " e {s} {p}", ". Atti successivi per {s}"]), office, year)
    if not long and rng.random() < 0.6:
        text += " " + rng.choice(PURPOSES)
    return text + rng.choice(["", "", "", "."])


def indicator_text(rng: random.Random, office: Office, year: int, *, trap: bool) -> str:
    """What one indicator measures; with `trap` it ends or reads like the next columns."""
    text = _upper_first(_fill(rng, rng.choice(TRAP_INDICATORS if trap else INDICATOR_HEADS), office, year))
    if not trap and rng.random() < 0.25:
        text = f"{text} {rng.choice(PURPOSES)}: {rng.choice(COUNTED)}"
    return text


def linked_title(rng: random.Random, office: Office) -> str:
    """The title of a linked objective, sometimes long enough to wrap."""
    text = _upper_first(rng.choice(office.subjects))
    while rng.random() < 0.5 and len(text) < 220:
        text += f" {rng.choice(PURPOSES)}, {rng.choice(rng.choice(OFFICES).subjects)}"
    return text
