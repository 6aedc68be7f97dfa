"""The register: one entity for each root, with an id that stays what it was when files are added."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pegextract.registry.keys import identity
from pegextract.registry.mentions import Mention, Resolution, Sheet

KeyOf = Callable[[str], str]


class Known(NamedTuple):
    """An entity of the register that exists already: its id, its name, its spellings."""

    id: str
    name: str
    variants: tuple[str, ...]


@dataclass(slots=True)
class Entity:
    """One person or unit over the whole archive. fields: how often each field of the form names it."""

    id: str
    name: str
    variants: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    fields: Counter[str] = field(default_factory=Counter)
    first_year: int | None = None
    last_year: int | None = None

    @property
    def mention_count(self) -> int:
        """Number of mentions in the archive."""
        return self.fields.total()

    def add(self, mention: Mention, spelling: str, year: int | None, key: str) -> None:
        """Count one mention."""
        self.variants.add(spelling)
        self.keys.add(key)
        self.fields[mention.field] += 1
        if year is not None:
            self.first_year = year if self.first_year is None else min(self.first_year, year)
            self.last_year = year if self.last_year is None else max(self.last_year, year)


class Change(NamedTuple):
    """A spelling that was counted under one id and is now under another (None: under none). mention: index of one."""

    mention: int
    before: str
    after: str | None


class Register(NamedTuple):
    """entities by root · changes: spellings whose id is no longer the one of the register that existed."""

    entities: dict[str, Entity]
    changes: tuple[Change, ...]

    @property
    def kept(self) -> dict[str, str]:
        """By root, the ids that are not those which the names would make: they are known from before the whole name."""
        return {root: entity.id for root, entity in self.entities.items() if entity.id != identity(root)}

    def id_of(self, root: str | None) -> str | None:
        """The id of a decision's root."""
        return None if root is None else self.entities[root].id


def build_register(
    mentions: Sequence[Mention],
    sheets: Sequence[Sheet],
    resolution: Resolution,
    key_of: KeyOf,
    known: Iterable[Known] = (),
    *,
    printed: bool = False,
) -> Register:
    """One entity per root; `known` entities keep their ids. printed: variants are the printings, not what was read."""
    entities: dict[str, Entity] = {}
    for mention, decision in zip(mentions, resolution.decisions, strict=True):
        if decision.root is None:
            continue
        entity = entities.get(decision.root)
        if entity is None:
            entity = entities[decision.root] = Entity("", resolution.names.get(decision.root, mention.text))
        spelling = mention.printed if printed else mention.text
        entity.add(mention, spelling, sheets[mention.sheet].year, key_of(mention.text))
    owners = _Owners(known, key_of)
    for root, id_ in owners.assigned({root: entity.keys for root, entity in entities.items()}).items():
        entities[root].id = id_
    return Register(entities, tuple(_changes(mentions, resolution, entities, owners, key_of)))


def _changes(
    mentions: Sequence[Mention], resolution: Resolution, entities: Mapping[str, Entity], owners: _Owners, key_of: KeyOf
) -> Iterable[Change]:
    told: set[tuple[str, str | None]] = set()
    for index, (mention, decision) in enumerate(zip(mentions, resolution.decisions, strict=True)):
        before = owners.of(key_of(mention.text))
        after = None if decision.root is None else entities[decision.root].id
        if before and before != after and (before, after) not in told:
            told.add((before, after))
            yield Change(index, before, after)


class _Owners:
    """Which id each spelling had."""

    def __init__(self, known: Iterable[Known], key_of: KeyOf) -> None:
        self._names: dict[str, str] = {}
        spellings: dict[str, set[str]] = defaultdict(set)
        for one in known:
            self._names[one.id] = key_of(one.name)
            for text in (one.name, *one.variants):
                spellings[key_of(text)].add(one.id)
        by_name = {key: id_ for id_, key in sorted(self._names.items(), reverse=True)}
        # A cut spelling may have stood for two units on different sheets: then only their names tell.
        self._by_key = {
            key: by_name.get(key, min(ids)) for key, ids in spellings.items() if len(ids) == 1 or key in by_name
        }

    def of(self, key: str) -> str | None:
        """The id that a spelling had, where it had one alone."""
        return self._by_key.get(key)

    def assigned(self, keys: Mapping[str, set[str]]) -> dict[str, str]:
        """An id for each root: one that its spellings had, else the one that the root makes."""
        claimed: dict[str, list[str]] = defaultdict(list)
        for root, spellings in keys.items():
            for id_ in {self._by_key[key] for key in spellings if key in self._by_key}:
                claimed[id_].append(root)
        won: dict[str, list[str]] = defaultdict(list)
        for id_, roots in claimed.items():
            won[min(roots, key=lambda root: (self._names[id_] not in keys[root], root))].append(id_)
        kept = {
            root: min(ids, key=lambda id_: (id_ != identity(root), self._names[id_] != root, id_))
            for root, ids in won.items()
        }
        return kept | self._new(sorted(keys.keys() - kept.keys()), set(self._names))

    @staticmethod
    def _new(roots: Iterable[str], taken: set[str]) -> dict[str, str]:
        new: dict[str, str] = {}
        for root in roots:
            id_, number = identity(root), 1
            while id_ in taken:
                number += 1
                id_ = f"{identity(root)}~{number}"
            taken.add(id_)
            new[root] = id_
        return new
