"""Damage as an OCR engine leaves it: letters taken for others, accents, apostrophes and labels lost."""

import random
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """One spot of the undamaged text and what became of it."""

    start: int
    before: str
    after: str
    rule: str


@dataclass(frozen=True)
class Damaged:
    """A damaged text and what was done to it, in reading order."""

    text: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class _Rule:
    """One habit of OCR engines: where it strikes, how often against the others, what it leaves."""

    name: str
    pattern: re.Pattern[str]
    weight: float
    choices: tuple[str, ...]
    """What may stand there instead; `{}` is what stood there."""


def _rule(name: str, pattern: str, weight: float, *choices: str) -> _Rule:
    return _Rule(name, re.compile(pattern), weight, choices)


_RULES = (
    _rule("l to I", r"(?<=[\s(])l(?=['’])|(?<=[a-z])l(?=[a-z])", 1.0, "I", "|", "1"),
    _rule("l' to I'", r"(?<=\s)l(?=['’])", 60.0, "I"),
    _rule("I to bar or l", r"(?<=[A-Z])I(?=[A-Z\s])", 1.5, "|", "l", "1", "|"),
    _rule("I word to bar", r"(?<=\s)I(?=\s)|^I(?=\s)", 60.0, "|"),
    _rule("O to 0", r"(?<=[A-Z])O(?=[A-Z])", 1.0, "0"),
    _rule("rn to m", r"rn", 15.0, "m"),
    _rule("m to rn", r"(?<=[a-z])m(?=[a-z])", 1.0, "rn", "n"),
    _rule("è alone", r"(?<=\s)è(?=[\s,])", 80.0, "é", "e", "&", "€", "@"),
    _rule("accent lost", r"[àèìòùé](?=\W)", 60.0, "a", ""),
    _rule("apostrophe lost", r"(?<=[a-z])['’](?=[a-z])", 8.0, "", "’", " "),
    _rule("letter lost at apostrophe", r"(?<=\s)l(?=['’])", 10.0, ""),
    _rule("o to @0", r"(?<=\s)o(?=\s)", 15.0, "@0", "0"),
    _rule("blank before punctuation", r"(?<=[a-z])[,;:.](?=\s)", 2.0, " {}"),
    _rule("blank lost", r"(?<=[a-z][,;:]) (?=[a-z])", 1.5, ""),
    _rule("doubled letter", r"(?<=[a-z])[aeio](?=\s)", 0.4, "{}i", "{}d", "{}{}"),
    _rule("ti to fi", r"(?<=[a-z])ti(?=[a-z])", 0.5, "fi"),
    _rule("cl to d", r"cl(?=[a-z])", 3.0, "d"),
    _rule("ri to n", r"(?<=[a-z])ri(?=[a-z])", 0.3, "n"),
    _rule("li to h", r"(?<=[a-z])li(?=[a-z])", 0.3, "h"),
    _rule("quotes", r"[“”]", 6.0, '"', "''", "“"),
    _rule(
        "label typo",
        r"Responsabilit?à|Tipologia|Classificazione|Prevista|Atteso|Indicatori|Dirigente|Direttore",
        12.0,
        "~",
    ),
    _rule("label lost", r"(?m)^ ?(?:Direzione|Servizio) (?=[A-Z])", 60.0, ""),
    _rule("digit broken", r"(?<=\d)[0158](?=\d)", 0.1, "O", "l", "S", "B"),
    _rule("specks", r"(?<=[a-z]) (?=[a-z])", 0.05, " . ", " - ", " ' "),
)
_PLAIN = str.maketrans("àèìòùéÀÈÌÒÙÉ", "aeioueAEIOUE")


def damage(text: str, rng: random.Random, rate: float = 0.007) -> str:
    """`text` with about `rate` times its length spots damaged; lines and cells stay where they are."""
    return damage_with_edits(text, rng, rate).text


def damage_with_edits(text: str, rng: random.Random, rate: float = 0.007) -> Damaged:
    """As `damage`, with the list of what was done."""
    edits = _choose(_sites(text), rng, round(rate * len(text)))
    pieces, at = [], 0
    done = []
    for rule, start, end in edits:
        before = text[start:end]
        after = _after(rule, before, rng)
        done.append(Edit(start, before, after, rule.name))
        pieces += [text[at:start], after]
        at = end
    return Damaged("".join([*pieces, text[at:]]), tuple(done))


def _sites(text: str) -> list[tuple[_Rule, int, int]]:
    return [(rule, *match.span()) for rule in _RULES for match in rule.pattern.finditer(text)]


def _choose(sites: list[tuple[_Rule, int, int]], rng: random.Random, many: int) -> list[tuple[_Rule, int, int]]:
    """`many` sites by weight (Efraimidis-Spirakis), none overlapping, in reading order."""
    order = sorted(sites, key=lambda site: rng.random() ** (1.0 / site[0].weight), reverse=True)
    taken: set[int] = set()
    chosen: list[tuple[_Rule, int, int]] = []
    for site in order:
        spot = set(range(site[1], site[2] + 1))
        if len(chosen) < many and not spot & taken:
            taken |= spot
            chosen.append(site)
    return sorted(chosen, key=lambda site: site[1])


def _after(rule: _Rule, before: str, rng: random.Random) -> str:
    if rule.name == "accent lost":
        return before.translate(_PLAIN)
    if rule.name == "label typo":
        at = rng.randrange(1, len(before))
        return rng.choice([before[:at] + before[at + 1 :], before.translate(_PLAIN), before[:at] + "i" + before[at:]])
    return rng.choice(rule.choices).replace("{}", before)
