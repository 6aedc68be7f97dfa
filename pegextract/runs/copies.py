"""Which inputs are one document: those with the same bytes."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pegextract.errors import UnreadableDocument
from pegextract.runs.sources import Failure, Source, read_source


class Task(NamedTuple):
    """One document to extract: the first of its copies by name, and how many there are."""

    source: Source
    copies: int = 1


def distinct(sources: Iterable[Source]) -> Iterator[Task | Failure]:
    """Each document once, in no order.

    Only files of one size can be copies, so only those are read here; one that cannot be read is a Failure.
    """
    by_size: dict[int, list[Source]] = defaultdict(list)
    for source in sources:
        by_size[source.size].append(source)
    for same_size in by_size.values():
        if len(same_size) == 1:
            yield Task(same_size[0])
        else:
            yield from _by_bytes(same_size)


def _by_bytes(sources: Iterable[Source]) -> Iterator[Task | Failure]:
    groups: dict[bytes, list[Source]] = defaultdict(list)
    for source in sources:
        try:
            groups[hashlib.sha256(read_source(source)).digest()].append(source)
        except UnreadableDocument as error:
            yield Failure(source.name, error.code, str(error))
    for copies in groups.values():
        yield Task(min(copies, key=lambda source: source.name), len(copies))
