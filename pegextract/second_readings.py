"""Words that two readers of a scan read differently: how sure a value is, and which of its readings fits its field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import product
from typing import Any, NamedTuple

from pegextract.document import Document, Word
from pegextract.layouts.draft import Printed, Row
from pegextract.values.numbers import parse_weight
from pegextract.values.reading import Reading, Refusal

SHORT = 4
"""Words up to which a value is as sure as its least sure word; a longer text is as sure as its words on average."""
UNSURE = 0.6
"""Confidence below which a word may be anything."""
_BLANKS = re.compile(" {2,}")
RULE = "second_reader"
MOST_OPEN = 6
"""Weights of a sheet with two readings; with more of them many choices sum to 100 by chance."""
FULL = Decimal(100)


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


def chosen(
    document: Document,
    printed: Printed,
    parse: Callable[[str], Reading[Any] | Refusal],
    likely: Callable[[Any], bool] = lambda value: True,
) -> Choice:
    """The reading of a value that its field's grammar admits; both where it admits two that mean different things.

    likely: what is true of nearly every value of the field, such as a date's year: it decides where one alone has it.
    """
    other = _second_text(document, printed) if document.recognised else None
    if other is None or other == printed.text:
        return Choice(printed)
    first, second = parse(printed.text), parse(other)
    if isinstance(second, Refusal) or not other:
        return Choice(printed, other if isinstance(first, Refusal) and other else None)
    replaced = _replaced(printed, other)
    return Choice(replaced) if isinstance(first, Refusal) else _between(printed, first, replaced, second, likely)


def _between(
    printed: Printed, first: Reading[Any], replaced: Printed, second: Reading[Any], likely: Callable[[Any], bool]
) -> Choice:
    """One of two readings that the field's grammar admits."""
    if first.value == second.value:
        return Choice(printed)
    if likely(first.value) != likely(second.value):
        return Choice(printed if likely(first.value) else replaced)
    as_it_stands = (first.method == "printed") >= (second.method == "printed")
    return Choice(printed if as_it_stands else replaced, replaced.text if as_it_stands else printed.text)


def weights_that_sum_to_100(document: Document, rows: Sequence[Row]) -> list[Row]:
    """The rows with those readings of their weights that sum to 100, where one choice among them alone does."""
    options = [_weights(document, row.get("weight")) for row in rows]
    open_ones = sum(len(option) > 1 for option in options)
    if not 0 < open_ones <= MOST_OPEN:
        return list(rows)
    sums = [pick for pick in product(*options) if sum(value for _, value in pick) == FULL]
    if len(sums) != 1:
        return list(rows)
    return [
        row if printed is None else {**row, "weight": printed} for row, (printed, _) in zip(rows, sums[0], strict=True)
    ]


def _weights(document: Document, printed: Printed | None) -> list[tuple[Printed | None, Decimal]]:
    """Each reading of a weight with its value."""
    if printed is None:
        return [(None, Decimal(0))]
    texts = dict.fromkeys((printed.text, _second_text(document, printed) if document.recognised else None))
    read = [(text, parse_weight(text)) for text in texts if text]
    found: list[tuple[Printed | None, Decimal]] = [
        (printed if text == printed.text else _replaced(printed, text), reading.value)
        for text, reading in read
        if isinstance(reading, Reading)
    ]
    return found or [(printed, Decimal(0))]


def _replaced(printed: Printed, text: str) -> Printed:
    return printed._replace(text=text, method="repaired", rule=f"{printed.rule}+{RULE}")


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
        for number in document.words.within((start, end)):
            yield document.words[number]
