"""Pairs two lists in order by likeness."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
Pair = tuple[int | None, int | None]


def align(left: Sequence[T], right: Sequence[T], likeness: Callable[[T, T], float], least: float = 0.25) -> list[Pair]:
    """Index pairs in order with the greatest sum of likeness; None where one side has no counterpart.

    Two elements less alike than `least` are never a pair.
    """
    gains = [[likeness(a, b) for b in right] for a in left]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            pair = gains[i][j] + best[i + 1][j + 1] if gains[i][j] >= least else -1.0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    return _walk(gains, best, least)


def _walk(gains: list[list[float]], best: list[list[float]], least: float) -> list[Pair]:
    many, others = len(best) - 1, len(best[0]) - 1
    pairs: list[Pair] = []
    i = j = 0
    while i < many and j < others:
        if gains[i][j] >= least and best[i][j] == gains[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, j))
            j += 1
    return pairs + [(k, None) for k in range(i, many)] + [(None, k) for k in range(j, others)]
