"""Two pages of a form printed side by side on one sheet of paper: the left one, then the right one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pegextract.readers.page.parts import Page, PageWord, Rule

FEWEST_TWINS = 8
"""Words that stand equally far from the edge of both halves: the labels of the form."""
SHORTEST_TWIN = 4
"""Letters of such a word: dates and weights may stand anywhere."""
SAME_PLACE, SAME_MARGIN = 2.0, 12.0
"""In points; what a page prints first may stand in a cell."""
LARGE_PAPER = 1000.0
"""In points: wider than A4."""
WIDEST_GUTTER = 0.04
"""Share of the width that no table of one page leaves white in its middle, from top to bottom."""


def halves(page: Page) -> tuple[Page, ...]:
    """The two pages that this one prints, the findings with the first; the page itself where it is one."""
    middle = page.width / 2
    if page.width <= page.height or any(word[1] < middle < word[3] for word in page.words):
        return (page,)
    if any(rule.x0 + SAME_PLACE < middle < rule.x1 - SAME_PLACE for rule in page.rules):
        return (page,)
    left = tuple(word for word in page.words if word[3] <= middle)
    right = tuple(word for word in page.words if word[1] >= middle)
    if not _are_two_pages(left, right, middle):
        return (page,)
    return (
        replace(page, words=left, rules=_beside(page.rules, middle, -1), shades=_beside(page.shades, middle, -1)),
        replace(
            page, words=right, rules=_beside(page.rules, middle, 1), shades=_beside(page.shades, middle, 1), findings=()
        ),
    )


def _beside(rules: Sequence[Rule], middle: float, side: int) -> tuple[Rule, ...]:
    """The rules left of the middle (side -1) or right of it (1)."""
    return tuple(rule for rule in rules if side * (rule.x0 + rule.x1 - 2 * middle) > 0)


def _are_two_pages(left: Sequence[PageWord], right: Sequence[PageWord], middle: float) -> bool:
    """Whether both halves print the labels of one form; or on large paper, two pages with the same margins."""
    if min(len(left), len(right)) < FEWEST_TWINS:
        return False
    edges: dict[str, list[float]] = {}
    for word in right:
        if len(word.text) >= SHORTEST_TWIN and word.text.isalpha():
            edges.setdefault(word.text, []).append(word.x0 - middle)
    twins = {word.text for word in left if any(abs(word.x0 - x) <= SAME_PLACE for x in edges.get(word.text, ()))}
    if len(twins) >= FEWEST_TWINS:
        return True
    first, last, second = min(w.x0 for w in left), max(w.x1 for w in left), min(w.x0 for w in right)
    wide = second - last >= WIDEST_GUTTER * 2 * middle and 2 * middle >= LARGE_PAPER
    return wide and abs(second - middle - first) <= SAME_MARGIN
