"""People and units of a large archive, resolved: `python -m benchmarks.registry` prints the table of the page.

Each kind is measured in a fresh process on one core. Half of the distinct names are invented whole, the others are
damaged, cut or abbreviated printings of them.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks.report import put_into
from pegextract.registry.archive import Resolved, people_of, units_of
from pegextract.registry.mentions import CENTRE, RESPONSIBLE, SERVICE, Mention, Sheet
from tests.forms.words import GIVEN, OFFICES

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
NAMES = 100_000
SHEETS = 4000
_SYLLABLES = ("BA", "CO", "RI", "NEL", "LI", "TA", "MAR", "GIO", "VAN", "DE", "SA", "PE", "RO", "NI", "FER", "ZA", "LU")
_WIDTH = 30
_KINDS: dict[str, tuple[Callable[..., Resolved], str, str]] = {
    "people": (people_of, RESPONSIBLE, RESPONSIBLE),
    "units": (units_of, SERVICE, CENTRE),
}


def main() -> None:
    """Measure both kinds, print the table; --write puts it into the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.registry", description=__doc__)
    parser.add_argument("--names", type=int, default=NAMES, help="distinct printed names of each kind")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    parser.add_argument("--kind", choices=_KINDS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.kind:
        print(json.dumps(run(options.kind, options.names)))
        return
    rows = [_in_fresh_process(kind, options.names) for kind in _KINDS]
    head = "| names | distinct | entities | s on one core | peak MB |\n| --- | ---: | ---: | ---: | ---: |"
    text = "\n".join([head, *("| {} | {:,} | {:,} | {:.1f} | {:.0f} |".format(*row) for row in rows)])
    print(text)
    if options.write:
        put_into(PAGE, text, "registry")


def _in_fresh_process(kind: str, names: int) -> list[Any]:
    command = [sys.executable, "-m", "benchmarks.registry", "--kind", kind, "--names", str(names)]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return [kind, *json.loads(printed)]


def run(kind: str, names: int) -> tuple[int, int, float, float]:
    """Distinct names, entities found, seconds of the processor, peak megabytes."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    resolve, clean, other = _KINDS[kind]
    rng = random.Random(2026)
    sheets = [Sheet(str(n), 2010 + n % 15, n % 2 == 1, f"DIREZIONE {n % 40}") for n in range(SHEETS)]
    make = _person if kind == "people" else _unit
    whole = sorted(_distinct(make, rng, names // 2))
    known = frozenset(whole)
    broken = sorted(_distinct(lambda rng: _broken(rng, rng.choice(whole), kind), rng, names - len(whole), known))
    mentions = [Mention(name, name, clean, rng.randrange(0, SHEETS, 2)) for name in whole]
    mentions += [Mention(name, name, other, rng.randrange(1, SHEETS, 2)) for name in broken]
    begun = process_time()
    found = resolve(mentions, sheets)
    seconds = process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return len(mentions), len(found.register.entities), seconds, peak


def _distinct(
    make: Callable[[random.Random], str], rng: random.Random, many: int, known: frozenset[str] = frozenset()
) -> set[str]:
    found: set[str] = set()
    while len(found) < many:
        found |= {make(rng)} - known
    return found


def _person(rng: random.Random) -> str:
    return f"{_word(rng, 4)} {rng.choice(GIVEN)}"


def _unit(rng: random.Random) -> str:
    known = list(_office_words())
    words = [rng.choice(known) if rng.random() < 0.5 else _word(rng, 3) for _ in range(rng.randint(2, 5))]
    return f"SERVIZIO {' '.join(words)}"


def _office_words() -> Iterator[str]:
    for office in OFFICES:
        for service in office.services:
            yield from service.split()


def _word(rng: random.Random, syllables: int) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(2, syllables)))


def _broken(rng: random.Random, name: str, kind: str) -> str:
    way = rng.random()
    if kind == "units" and way < 0.3:
        return name[:_WIDTH].rstrip()
    if kind == "units" and way < 0.5:
        return " ".join(["SERV.", *(f"{word[:4]}." if len(word) > 6 else word for word in name.split()[1:])])
    at = rng.randrange(len(name))
    return name[:at] + rng.choice(["", "1", "C", "E", "G", "N", "M", "R", "U", "V"]) + name[at + 1 :]


if __name__ == "__main__":
    main()
