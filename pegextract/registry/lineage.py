"""Which objective of the year before an objective continues. No link is better than a wrong one.

Two objectives of consecutive years are compared by their titles, years and numbering taken out; the same service, the
same links to the programme and the same phases speak for the pair. A link is made where each is the other's best by a
margin, and the numbers in their titles agree.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from pegextract.values.characters import fold

LEAST: Final = 0.8
"""Score below which there is no link."""
MARGIN: Final = 0.05
"""How much better a pair must be than the next of either objective."""
_LEAST_TITLE: Final = 0.6
_WEIGHTS: Final = {"title": 0.5, "service": 0.15, "links": 0.1, "phases": 0.25}
_LONGEST: Final = 200
_CANDIDATES: Final = 8
_YEAR: Final = re.compile(r"\b(?:19|20)[0-9]{2}(?:\s*[-/]\s*(?:(?:19|20)?[0-9]{2}))?\b")
_NUMBER: Final = re.compile(r"\b(?:[0-9]+|[ivx]{1,4})\b")


class Objective(NamedTuple):
    """What an objective is compared by.

    title: or the beginning of the description · service: id of its unit, else of its direction · links: the codes or
    titles that it links to, years taken out · phases: their descriptions.
    """

    id: str
    year: int
    title: str
    service: str | None = None
    links: frozenset[str] = frozenset()
    phases: tuple[str, ...] = ()


class Link(NamedTuple):
    """An objective and the one that it continues (contract: lineage)."""

    objective_id: str
    previous_objective_id: str
    score: float
    method: str
    evidence: str


class _Pair(NamedTuple):
    """Two objectives and how alike they are in each respect, 0-1; None where one of them says nothing."""

    later: int
    earlier: int
    score: float
    alike: dict[str, float | None]


def find_lineage(objectives: Iterable[Objective]) -> list[Link]:
    """The links of each year to the year before, sorted by objective."""
    by_year: dict[int, list[Objective]] = defaultdict(list)
    for one in objectives:
        phases = tuple(map(without_years, one.phases))
        by_year[one.year].append(one._replace(title=without_years(one.title), phases=phases))
    links: list[Link] = []
    for year, later in by_year.items():
        if earlier := by_year.get(year - 1):
            links += _links(*(sorted(side, key=lambda one: one.id) for side in (later, earlier)))
    return sorted(links)


def without_years(text: str) -> str:
    """A text with the years in it taken out: `Bilancio 2020-2022` is next year's `Bilancio 2021-2023`."""
    return " ".join(_YEAR.sub(" ", fold(text[:_LONGEST])).split())


def _links(later: Sequence[Objective], earlier: Sequence[Objective]) -> Iterator[Link]:
    pairs = sorted(_pairs(later, earlier), key=lambda pair: (-pair.score, pair.later, pair.earlier))
    rivals: dict[tuple[str, int], list[float]] = defaultdict(list)
    for pair in pairs:
        rivals["later", pair.later].append(pair.score)
        rivals["earlier", pair.earlier].append(pair.score)
    for pair in pairs:
        best = all(
            _is_clear(rivals[side, index], pair.score)
            for side, index in (("later", pair.later), ("earlier", pair.earlier))
        )
        if pair.score >= LEAST and best:
            yield _link(later[pair.later], earlier[pair.earlier], pair)


def _is_clear(scores: Sequence[float], score: float) -> bool:
    """Whether a score is the first of the sorted scores, and the second is far enough behind."""
    return score == scores[0] and (len(scores) == 1 or score - scores[1] >= MARGIN)


def _pairs(later: Sequence[Objective], earlier: Sequence[Objective]) -> Iterator[_Pair]:
    mine, theirs = [one.title for one in later], [one.title for one in earlier]
    alike = cdist(mine, theirs, scorer=Indel.normalized_similarity, score_cutoff=_LEAST_TITLE, dtype=np.float32)
    order = np.argsort(-alike, axis=1, kind="stable")[:, :_CANDIDATES]
    for at, row in enumerate(order):
        for other in row.tolist():
            if alike[at, other] and _NUMBER.findall(mine[at]) == _NUMBER.findall(theirs[other]):
                yield _scored(at, other, later[at], earlier[other], round(float(alike[at, other]), 4))


def _scored(at: int, other: int, mine: Objective, theirs: Objective, title: float) -> _Pair:
    alike: dict[str, float | None] = {
        "title": title,
        "service": float(mine.service == theirs.service) if mine.service and theirs.service else None,
        "links": _overlap(mine.links, theirs.links) if mine.links and theirs.links else None,
        "phases": _phases(mine.phases, theirs.phases) if mine.phases and theirs.phases else None,
    }
    known = {name: value for name, value in alike.items() if value is not None}
    score = sum(_WEIGHTS[name] * value for name, value in known.items()) / sum(_WEIGHTS[name] for name in known)
    return _Pair(at, other, round(score, 4), alike)


def _overlap(mine: frozenset[str], theirs: frozenset[str]) -> float:
    return len(mine & theirs) / len(mine | theirs)


def _phases(mine: Sequence[str], theirs: Sequence[str]) -> float:
    """How alike the phases are: each with its best counterpart, from both sides."""
    alike: Any = cdist(mine, theirs, scorer=fuzz.ratio, dtype=np.float32)
    return round(float(alike.max(axis=1).mean() + alike.max(axis=0).mean()) / 200, 4)


def _link(mine: Objective, theirs: Objective, pair: _Pair) -> Link:
    said = [f"titles {pair.alike['title']:.2f} alike"]
    if pair.alike["service"] is not None:
        said.append("same service" if pair.alike["service"] else "another service")
    said += [f"{name} {value:.2f} alike" for name in ("links", "phases") if (value := pair.alike[name]) is not None]
    method = "+".join(name for name, value in pair.alike.items() if value is not None and value >= _LEAST_TITLE)
    return Link(mine.id, theirs.id, pair.score, method, ", ".join(said))
