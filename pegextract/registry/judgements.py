"""judgements.toml: what a person decided, which outlives every run. Names here; values are corrected by the dataset.

[[same]]            # spellings of one person (or unit) that the archive cannot know to be one
kind = "person"
names = ["DAMICO LUCIA", "D'AMICO LUCIA"]

[[different]]       # spellings that must never be one
kind = "unit"
names = ["SERVIZIO SOCIALE AMMINISTRATIV", "SERVIZIO SOCIALE AMMINISTRATIVO"]

[[rename]]          # the name that the register shows
kind = "unit"
name = "SERVIZI SOCIALI"
to = "DIREZIONE SERVIZI SOCIALI"

[[correction]]      # one value, as long as the paper says what it said (document: its path in the dataset, or id)
document = "2019/ZN17.md"
sheet = 1
table = "phases"
row = 2
field = "weight"
raw = "3O,00"
value = "30"
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pegextract.errors import UsageError
from pegextract.registry.mentions import Decision, Mention, Resolution

FILE: Final = "judgements.toml"
_METHOD: Final = "correction"
Kind = Literal["person", "unit"]
_Keys = tuple[str, str]
KeyOf = Callable[[str], str]


class Entry(BaseModel):
    """One judgement: strict, unknown keys refused."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Together(Entry):
    """Spellings that are one, or that are not. reason: for the reader of the file."""

    kind: Kind
    names: list[str] = Field(min_length=2)
    reason: str = ""


class Rename(Entry):
    """The name that the register shows for the entity that has this spelling."""

    kind: Kind
    name: str
    to: str
    reason: str = ""


class Correction(Entry):
    """A value for one cell, as long as `raw` is what the paper says there. row: None for objectives."""

    document: str
    sheet: int = Field(ge=1)
    table: str = "objectives"
    row: int | None = None
    field: str
    raw: str
    value: str
    reason: str = ""


class Judgements(Entry):
    """Everything in the file; empty where there is none."""

    same: list[Together] = []
    different: list[Together] = []
    rename: list[Rename] = []
    correction: list[Correction] = []


def load_judgements(output: Path) -> Judgements:
    """The judgements beside a dataset. Raises UsageError, naming the entry, for a file that is not of that form."""
    path = output / FILE
    try:
        return Judgements.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Judgements()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"])
        raise UsageError(f"{path}: {place}: {first['msg']}") from error


def add_judgements(output: Path, entries: Iterable[tuple[str, Entry]]) -> None:
    """Write more judgements, each with the name of its list, behind those of the file, which stay as they are."""
    path = output / FILE
    load_judgements(output)  # nothing is written behind what cannot be read
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(
        "\n".join([before.rstrip("\n"), *(_toml(*entry) for entry in entries)]).lstrip("\n"), encoding="utf-8"
    )


def _toml(name: str, entry: Entry) -> str:
    values = {key: value for key, value in entry.model_dump().items() if value not in (None, "") or key == "raw"}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "\n".join(["", f"[[{name}]]", *lines, ""])


# --- names ----------------------------------------------------------------------------------------------------------


def judged(
    resolution: Resolution, mentions: Sequence[Mention], judgements: Judgements, kind: Kind, key_of: KeyOf
) -> Resolution:
    """The decisions with what a person decided in their place."""
    decisions, names = list(resolution.decisions), dict(resolution.names)
    spelled = [(key_of(mention.printed), key_of(mention.text)) for mention in mentions]
    for entry in judgements.same:
        if entry.kind == kind:
            _put_together(decisions, spelled, [key_of(name) for name in entry.names])
    for entry in judgements.different:
        if entry.kind == kind:
            _take_apart(decisions, spelled, {key_of(name) for name in entry.names})
    for mention, keys, decision in zip(mentions, spelled, decisions, strict=True):
        if decision.root == keys[0] and keys[0] not in names:
            names[keys[0]] = mention.printed
    known = {key: one.root for keys, one in zip(spelled, decisions, strict=True) for key in keys if one.root}
    for renamed in judgements.rename:
        if renamed.kind == kind and (root := known.get(key_of(renamed.name))):
            names[root] = renamed.to
    return Resolution(decisions, names)


def _put_together(decisions: list[Decision], spelled: Sequence[_Keys], together: Sequence[str]) -> None:
    """All mentions of these keys, and of what they are, get the root of the first of them that the archive knows."""
    roots: dict[str, str] = {}
    for keys, decision in zip(spelled, decisions, strict=True):
        if decision.root:
            roots |= {key: decision.root for key in keys if key in together}
    if not roots:
        return
    target = next(roots[key] for key in together if key in roots)
    moved = set(roots.values()) - {target}
    for at, (keys, decision) in enumerate(zip(spelled, decisions, strict=True)):
        if decision.root in moved or (decision.root is None and not roots.keys().isdisjoint(keys)):
            decisions[at] = _decided(target, "judgement_same", "a person decided that these are one")


def _take_apart(decisions: list[Decision], spelled: Sequence[_Keys], apart: set[str]) -> None:
    """Each of these spellings that is counted under another of them is its own again."""
    for at, (keys, decision) in enumerate(zip(spelled, decisions, strict=True)):
        own = next((key for key in keys if key in apart), None)
        if own and decision.root != own and (decision.root is None or decision.root in apart):
            decisions[at] = _decided(own, "judgement_different", "a person decided that these are not one")


def _decided(root: str, rule: str, evidence: str) -> Decision:
    return Decision(root, rule, _METHOD, 1.0, evidence)


def unmet(judgements: Judgements, kind: Kind, spellings: Iterable[str], key_of: KeyOf) -> Iterator[str]:
    """A sentence for each judgement on names of which the archive has not the spellings that it speaks of."""
    known = {key_of(text) for text in spellings}
    for word, entries in (("same", judgements.same), ("different", judgements.different)):
        for entry in entries:
            keys = {key_of(name) for name in entry.names}
            if entry.kind == kind and len(keys & known) < len(entry.names[:2]):
                names = " and ".join(f"«{name}»" for name in entry.names)
                yield f"judgement «{word}» on {names}: the archive does not print two of these names"
    for renamed in judgements.rename:
        if renamed.kind == kind and key_of(renamed.name) not in known:
            yield f"judgement «rename» of «{renamed.name}»: the archive does not print this name"
