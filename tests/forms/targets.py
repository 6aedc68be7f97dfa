"""Invented expected values ("Valore Atteso") with the target fields they must become."""

import random
from collections.abc import Callable
from datetime import date
from typing import Any

from .words import MONTHS, TEXT_TARGETS

Fields = dict[str, Any]
EMPTY: Fields = {
    "target_raw": None,
    "target_kind": None,
    "target_operator": None,
    "target_value": None,
    "target_numerator": None,
    "target_denominator": None,
    "target_date": None,
    "target_unit": None,
}


def _target(raw: str, kind: str, operator: str | None = "=", **more: Any) -> Fields:
    return {**EMPTY, "target_raw": raw, "target_kind": kind, "target_operator": operator, **more}


def _italian(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}".replace(",", "_").replace(".", ",").replace("_", ".")


def _ratio(rng: random.Random, year: int) -> Fields:
    low, high = rng.randint(1, 30), rng.randint(1, 30)
    if rng.random() < 0.4:
        low = high
    elif rng.random() < 0.2:
        low, high = low * 50, high * 5
    shape, operator = rng.choice([("{}/{}", "=")] * 5 + [("almeno {}/{}", ">="), ("{} / {}", "="), (">= {}/{}", ">=")])
    if (low, high) == (30, 11):  # "30/11" is the last of November as well: kept as text, with a finding
        low = 29
    raw = shape.format(low, high)
    return _target(raw, "ratio", operator, target_value=low / high, target_numerator=low, target_denominator=high)


_PERCENTS = [("{}%", "=")] * 6 + [
    ("> {}%", ">"),
    (">{}%", ">"),
    ("non inferiore a {}%", ">="),
    ("non inferiore al {}%", ">="),
    ("≥ {} %", ">="),
    (">= {}%", ">="),
    ("=>{}%", ">="),
    ("almeno {}%", ">="),
    ("almeno il {}%", ">="),
    ("non superiore al {}%", "<="),
    ("< {}%", "<"),
    ("<= {}%", "<="),
    ("≤{}%", "<="),
    ("maggiore di {}%", ">"),
    ("{} %", "="),
]


def _percent(rng: random.Random, year: int) -> Fields:
    shape, operator = rng.choice(_PERCENTS)
    value = float(rng.choice([100, 95, 90, 80, 75, 50, rng.randint(1, 99)]))
    text = f"{value:.0f}"
    if rng.random() < 0.15:
        value -= 0.5
        text = _italian(value, 1)
    return _target(shape.format(text), "percent", operator, target_value=value, target_unit="%")


_NUMBERS = [("{}", "=")] * 6 + [
    ("=>{}", ">="),
    (">={}", ">="),
    ("≥ {}", ">="),
    ("maggiore di {}", ">"),
    ("n. {}", "="),
    ("n.{}", "="),
    ("N. {}", "="),
    ("più di {}", ">"),
    ("almeno {}", ">="),
    ("almeno n. {}", ">="),
    ("non meno di {}", ">="),
    ("> {}", ">"),
    ("< {}", "<"),
    ("<={}", "<="),
    ("minore di {}", "<"),
    ("non più di {}", "<="),
]


def _number(rng: random.Random, year: int) -> Fields:
    shape, operator = rng.choice(_NUMBERS)
    size = rng.random()
    value: float = rng.randint(1, 40) if size < 0.6 else rng.randint(100, 30000)
    text = f"{value:.0f}"
    if size > 0.9 and value >= 1000:
        text = _italian(value, 0)
    elif size > 0.85:
        value += rng.choice([0.56, 0.5, 0.25])
        text = _italian(value, 2)
    return _target(shape.format(text), "number", operator, target_value=float(value))


_UNITS = [
    ("<= {} gg", "<=", "giorni"),
    ("< {} gg", "<", "giorni"),
    ("entro {} giorni", "<=", "giorni"),
    ("entro {} gg.", "<=", "giorni"),
    ("{} giorni", "=", "giorni"),
    ("{} gg", "=", "giorni"),
    ("{} min.", "=", "minuti"),
    ("{} minuti", "=", "minuti"),
    ("<= {} min.", "<=", "minuti"),
]


def _with_unit(rng: random.Random, year: int) -> Fields:
    if rng.random() < 0.4:
        amount = float(rng.randint(1, 900) * 500)
        shape, operator = rng.choice([("€ {}", "="), ("€ {}", "="), (">= € {}", ">="), ("{} €", "=")])
        return _target(shape.format(_italian(amount, 2)), "number", operator, target_value=amount, target_unit="EUR")
    shape, operator, unit = rng.choice(_UNITS)
    value = rng.choice([5, 10, 15, 20, 30, 45, 60, 90])
    return _target(shape.format(value), "number", operator, target_value=float(value), target_unit=unit)


def _date(rng: random.Random, year: int) -> Fields:
    month = rng.choice([3, 5, 6, 7, 9, 10, 11, 12, 12])
    day = rng.choice([15, 28 if month == 2 else 30, 31 if month in {3, 5, 7, 10, 12} else 30])
    name = rng.choice([MONTHS[month - 1], MONTHS[month - 1].capitalize()])
    shape = rng.choice(["{d:02}/{m:02}/{y}"] * 3 + ["{d:02}/{m:02}", "{d:02}.{m:02}.{y}", "{d} {n}", "{d} {n} {y}"])
    text = shape.format(d=day, m=month, y=year, n=name)
    before = rng.choice(["", "entro il ", "entro il ", "entro "])
    if not before and "{y}" not in shape:  # a bare "30/06" could be a ratio
        before = "entro il "
    operator = "<=" if before else "="
    return _target(before + text, "date", operator, target_date=date(year, month, day).isoformat())


def _boolean(rng: random.Random, year: int) -> Fields:
    raw = rng.choice(["SI", "SI", "Sì", "SÌ", "NO", "Si"])
    return _target(raw, "boolean", "=", target_value=0.0 if raw == "NO" else 1.0)


def _text(rng: random.Random, year: int) -> Fields:
    return _target(rng.choice(TEXT_TARGETS), "text", None)


_KINDS: dict[Callable[[random.Random, int], Fields], int] = {
    _ratio: 4,
    _percent: 4,
    _number: 4,
    _date: 3,
    _with_unit: 2,
    _boolean: 1,
    _text: 1,
}
"""What invents a target -> how often, against the others."""


def random_target(rng: random.Random, year: int) -> Fields:
    """The eight target fields of one invented indicator on a sheet of `year`."""
    return rng.choices(list(_KINDS), list(_KINDS.values()))[0](rng, year)
