"""Words that two readers of a scan read differently: how sure a value is, and which of its readings fits its field."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from pegextract.document import Document, Word
from pegextract.layouts.draft import Printed
from pegextract.values.reading import Reading, Refusal

SHORT = 4
"""Words up to which a value is as sure as its least sure word; a longer text is as sure as its words on average."""
UNSURE = 0.6
"""Confidence below which a word may be anything."""
_BLANKS = re.compile(" {2,}")
RULE = "second_reader"


class Choice(NamedTuple):
    """Which text to go on with. other: the reading that fits as well, None where the choice is clear."""

    printed: Printed
    other: str | None = None


def sureness(document: Document, printed: Printed) -> float:
    """How sure the readers were of the words that print a value, 0-1; 1 where nothing was read off a picture."""
    if document.recognised is None:
        return 1.0
    sure = [word.confidence for word in _words(document, printed)]
    if not sure:
        return 1.0
    return min(sure) if len(sure) <= SHORT else sum(sure) / len(sure)


def unsure_words(document: Document, printed: Printed) -> list[str]:
    """The words of a value of which the readers were unsure and that have no second reading."""
    if document.recognised is None:
        return []
    return [
        document.raw[word.start : word.end]
        for word in _words(document, printed)
        if word.confidence < UNSURE and word.second is None
    ]


def chosen(document: Document, printed: Printed, parse: Callable[[str], Reading[Any] | Refusal]) -> Choice:
    """The reading of a value that its field's grammar admits; both where it admits two that mean different things."""
    other = _second_text(document, printed) if document.recognised else None
    if other is None or other == printed.text:
        return Choice(printed)
    first, second = parse(printed.text), parse(other)
    if isinstance(second, Refusal) or not other:
        return Choice(printed, other if isinstance(first, Refusal) and other else None)
    replaced = printed._replace(text=other, method="repaired", rule=f"{printed.rule}+{RULE}")
    if isinstance(first, Refusal):
        return Choice(replaced)
    if first.value == second.value:
        return Choice(printed)
    if first.method != second.method and "printed" in (first.method, second.method):
        return Choice(printed if first.method == "printed" else replaced, other)
    return Choice(printed, other)


def _second_text(document: Document, printed: Printed) -> str | None:
    """The text of a value as the second reader has it; None where both agree on every word."""
    text: str | None = None
    at = 0
    for word in _words(document, printed):
        own = document.raw[word.start : word.end]
        found = (printed.text if text is None else text).find(own, at)
        if found < 0:
            continue
        if word.second is not None:
            text = printed.text if text is None else text
            text = f"{text[:found]}{word.second}{text[found + len(own) :]}"
        at = found + len(own if word.second is None else word.second)
    return None if text is None else _BLANKS.sub(" ", text).strip()


def _words(document: Document, printed: Printed) -> Iterator[Word]:
    for start, end in printed.spans:
        first = bisect_right(document.words, start, key=lambda word: word.end)
        for word in document.words[first:]:
            if word.start >= end:
                break
            yield word
