"""The description: all words between the header (or the links) and the next section, its label taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from pegextract.document import IN_WORD, Columns, Span
from pegextract.layouts.context import Context
from pegextract.layouts.draft import Printed
from pegextract.layouts.header import word_spans
from pegextract.layouts.ledger import Claim
from pegextract.layouts.profile import label_key, reads_as
from pegextract.values.paragraphs import join_lines

LABEL_LINES = 8
FEWEST_SCATTERED = 3
"""Words of a label that may stand apart, each at the beginning of a line of text: fewer may be the text's own."""
SAME_EDGE = 2
"""Words of a label that wrapped begin at one place, give or take so many characters."""
_WORD = re.compile(r"\S+")


class _TextLine(NamedTuple):
    span: Span
    gap: int


def read_description(context: Context, lines: Sequence[int]) -> Printed | None:
    """The description as paragraphs, one per line; None when the sheet prints none."""
    label = _label_words(context, lines)
    context.ledger.claim(label, Claim.LABEL)
    texts = [text for index in lines for text in _without(context, index, label)]
    if not texts:
        return None
    context.ledger.claim((text.span for text in texts), Claim.FIELD)
    printed: list[str] = []
    for number, text in enumerate(texts):
        if text.gap and number:
            printed.append("")
        printed.extend(context.document.raw[text.span[0] : text.span[1]].split("\v"))
    return Printed(join_lines(printed), tuple(text.span for text in texts), rule="description")


def _label_words(context: Context, lines: Sequence[int]) -> set[Span]:
    """The words of the section's label: on one line, or one below the other at the beginning of lines.

    Beside wrapped text, the label's words stand at the left of three lines, not necessarily the first ones; where
    text begins with the same word, the label is what stands at one left edge. A cell of its own may be too narrow for
    the words.
    """
    for index in lines:
        first, *rest = context.line(index).cells
        if rest and context.profile.is_label(context.text((first.start, first.end)), "section", "description"):
            return set(word_spans(context.document.text, (first.start, first.end)))
    best: set[Span] = set()
    labels = [[label_key(word) for word in label.split()] for label in context.profile.sections.get("description", ())]
    first_keys = [_first_key(context, index) for index in lines]
    opened_by = {word: [n for n, key in enumerate(first_keys) if _may_open(key, word)] for word, *_ in labels}
    for wanted in labels:
        ways = ("aligned", "together", "scattered") if len(wanted) >= FEWEST_SCATTERED else ("aligned", "together")
        for way, start in product(ways, opened_by[wanted[0]]):
            found = _words_from(context, lines[start : start + LABEL_LINES], wanted, way)
            if len(found) > len(best):
                best = set(found)
                break
    return best


def _may_open(key: str, word: str) -> bool:
    """Whether the first word of a line is the label's; a cheap look at its first letter spares most comparisons."""
    return key[:1] == word[:1] and reads_as(key, word)


def _first_key(context: Context, index: int) -> str:
    """The skeleton of the first word of a line that has one."""
    words = _WORD.finditer(context.line_text(index))
    return next((key for word in words if (key := label_key(word[0]))), "")


def _words_from(context: Context, lines: Sequence[int], wanted: Sequence[str], way: str) -> list[Span]:
    """The label's words, in order, at the beginnings of lines; none where not all are there.

    way: only lines that begin alike (aligned), lines that follow each other (together), any of these (scattered).
    """
    found: list[Span] = []
    for number, index in enumerate(lines):
        line = context.line(index)
        read = 0
        if way == "aligned" and abs(line.cells[0].x0 - context.line(lines[0]).cells[0].x0) > SAME_EDGE:
            continue
        for span in word_spans(context.document.text, (line.start, line.end)):
            key = label_key(context.text(span))
            if not key:
                continue
            if len(found) == len(wanted):
                break
            word = wanted[len(found)]
            if context.text(span).endswith(IN_WORD) and word.startswith(key) and word != key:
                wanted = [*wanted[: len(found)], key, word[len(key) :], *wanted[len(found) + 1 :]]
            elif not reads_as(key, word):
                break
            found.append(span)
            read += 1
        if not read and (
            not number
            or (
                way != "scattered"
                and context.line(index).columns is not Columns.POSITIONS
                and context.line(index).cells[0].x0 == 0
            )
        ):
            break
        if len(found) == len(wanted):
            return found
    return []


def _without(context: Context, index: int, label: set[Span]) -> list[_TextLine]:
    """The line's text without words of the label; cells of one line are one stretch."""
    line = context.line(index)
    found: list[_TextLine] = []
    for cell in line.cells:
        start = cell.start
        for span in sorted(label):
            if start <= span[0] < cell.end:
                start = span[1]
        part = context.document.text[start : cell.end]
        bare = part.strip(" \t\v*")
        if bare.strip(":"):
            first = start + part.index(bare)
            found.append(_TextLine((first, first + len(bare)), line.gap))
    if len(found) > 1:
        return [_TextLine((found[0].span[0], found[-1].span[1]), line.gap)]
    return found
