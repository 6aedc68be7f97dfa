"""Names that OCR damaged, and the name of the archive that each of them is, where one alone is near enough."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from pegextract.registry.distance import Apart, apart, confusable_key

FARTHEST: Final = 4
"""Letters that may differ before two spellings are no longer compared."""
_NEAREST: Final = 6
_LARGEST_BLOCK: Final = 4_000_000
"""Pairs of one block; a word that more names share tells nothing, and their other words are blocks of their own."""
_WORD: Final = 4


class Near(NamedTuple):
    """A name of the archive and how far the damaged one is from it."""

    key: str
    apart: Apart


def nearest(damaged: Iterable[str], known: Iterable[str]) -> Mapping[str, list[Near]]:
    """For each damaged key the nearest known keys, nearest first; names that share no word or edge are not compared."""
    mine, theirs = _blocks(damaged), _blocks(known)
    pairs: dict[str, dict[str, int]] = defaultdict(dict)
    for block in sorted(mine.keys() & theirs.keys()):
        for one, other, distance in _close(mine[block], theirs[block]):
            pairs[one][other] = distance
    return {one: _ranked(one, others) for one, others in pairs.items()}


def _ranked(one: str, others: dict[str, int]) -> list[Near]:
    closest = sorted(others, key=lambda other: (others[other], other))[:_NEAREST]
    return sorted((Near(other, apart(one, other)) for other in closest), key=lambda near: (near.apart, near.key))


def _close(mine: list[str], theirs: list[str]) -> Iterator[tuple[str, str, int]]:
    """The pairs of one block that are at most FARTHEST letters apart."""
    if len(mine) * len(theirs) > _LARGEST_BLOCK:
        return
    left, right = [confusable_key(key) for key in mine], [confusable_key(key) for key in theirs]
    far = cdist(left, right, scorer=Levenshtein.distance, score_cutoff=FARTHEST, dtype=np.uint8)
    for i, j in np.argwhere(far <= FARTHEST):
        if mine[i] != theirs[j]:
            yield mine[i], theirs[j], int(far[i, j])


def _blocks(keys: Iterable[str]) -> dict[str, list[str]]:
    """Keys by each of their longer words and by their first and last letters, as skeletons."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for key in sorted(set(keys)):
        skeleton = confusable_key(key)
        words = {word for word in skeleton.split(" ") if len(word) >= _WORD}
        for block in words | {f"{skeleton[:_WORD]}…", f"…{skeleton[-_WORD:]}"}:
            blocks[block].append(key)
    return blocks
