"""What confidence is worth: values by band of confidence, and how many of each band were wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from pegextract.evaluation.score import Flagged, Item

BANDS = (0.0, 0.8, 0.95, 0.99, 1.01)
"""Limits of the bands: values of 0.80-0.95 should be wrong in 5 to 20 % of cases."""
Place = tuple[int, str, int | None, str]
"""Sheet index, table, row number, field: what one value of a document is known by."""


class Judged(NamedTuple):
    """One value: its confidence, whether it is wrong, whether a finding tells of it."""

    confidence: float
    wrong: bool
    told: bool


class Band(NamedTuple):
    """The values whose confidence is at least `low` and below `high`."""

    low: float
    high: float
    values: int
    wrong: int
    silent: int

    @property
    def limits(self) -> str:
        """As people write them: `0.95–0.99`."""
        return f"{self.low:.2f}–{min(self.high, 1):.2f}"


def judged(
    confidences: Iterable[tuple[Place, float]], differences: Iterable[Item], flagged: Flagged
) -> Iterator[Judged]:
    """Every value that was read with its confidence, against what differs from the paper."""
    bad = {(one.sheet, one.table, one.row, one.field) for one in differences if one.kind != "missing"}
    for place, confidence in confidences:
        yield Judged(confidence, place in bad, flagged(*place))


def by_band(values: Iterable[Judged]) -> list[Band]:
    """The bands that have values, the lowest first."""
    limits = list(pairwise(BANDS))
    counts = {limit: Counter[str]() for limit in limits}
    for value in values:
        limit = next(limit for limit in limits if limit[0] <= value.confidence < limit[1])
        counts[limit].update(values=1, wrong=value.wrong, silent=value.wrong and not value.told)
    return [Band(*limit, found["values"], found["wrong"], found["silent"]) for limit, found in counts.items() if found]
