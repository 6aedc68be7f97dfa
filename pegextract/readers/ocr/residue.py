"""What is left of ruling lines and dust among the words: marks that no author printed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pegextract.readers.ocr.boxes import advance
from pegextract.readers.pages import PageWord, Rule

_NEAR = 1.5
"""Points between a ruling line and the box of what is taken for a word there."""
_LOWEST = 2.2
"""Points; no word of any letter is as low, and few marks are."""
_LOWEST_CAPITAL, _HIGHEST_CAPITAL = 4.5, 9.0
"""Points: capitals of type of six to twelve; pieces of ruling lines are longer or shorter, mostly."""
_DOUBTED = 0.5
_TOO_WIDE = 4.0
"""Times the width of its letters at the height of its ink: a box around a letter and a length of ruling line."""
_LINE_MARKS = frozenset("|[](){}!Il1_-–—=‘’'`\".:;,~/\\")
_NEVER_A_WORD = frozenset("|[]{}_¦\\")
_DUST = frozenset("‘’'`\".:;,~_°*^|")
_LEAST_SURE_OF_DUST = 0.85
_LEADING = re.compile(r"^[|\[{!‘’'`]+(?=[^\W_]|[(+<>=≤≥€-])")
_TRAILING = re.compile(r"(?<=[^\W_]|[)%,.'’])[|\]}]+$")


def is_residue(word: PageWord, rules: Sequence[Rule]) -> bool:
    """Whether what was read is a piece of a ruling line, or a speck."""
    height, width = word.bottom - word.top, word.x1 - word.x0
    if height < _LOWEST and (any(c.isalnum() for c in word.text) or width > 3 * _LOWEST):
        return True
    if width > _TOO_WIDE * advance(word.text) * max(height, _LOWEST):
        return True
    marks = set(word.text)
    if marks <= _NEVER_A_WORD:
        return True
    if marks <= _LINE_MARKS and any(_covers(rule, word) for rule in rules):
        return True
    return marks <= _DUST and max(height, width) < 2 * _LOWEST and word.confidence < _LEAST_SURE_OF_DUST


def bar_as_letter(word: PageWord, rules: Sequence[Rule]) -> PageWord:
    """A bar as high as a capital is an I, to be read again, where no ruling line is near."""
    if word.text != "|" or not _LOWEST_CAPITAL < word.bottom - word.top < _HIGHEST_CAPITAL:
        return word
    near = any(
        rule.x0 - _NEAR < word.x1 and word.x0 < rule.x1 + _NEAR and rule.top < word.bottom and word.top < rule.bottom
        for rule in rules
    )
    return word if near else word._replace(text="I", confidence=min(word.confidence, _DOUBTED))


def _covers(rule: Rule, word: PageWord) -> bool:
    """Whether a rule runs through the box, and the box is hardly wider than it."""
    if _stands(rule):
        return (
            rule.x0 - _NEAR < word.x0
            and word.x1 < rule.x1 + _NEAR
            and rule.top < word.bottom
            and word.top < rule.bottom
        )
    return rule.top - _NEAR < word.top and word.bottom < rule.bottom + _NEAR and rule.x0 < word.x1 and word.x0 < rule.x1


def without_marks_of_rules(word: PageWord, rules: Sequence[Rule]) -> PageWord:
    """The word without the mark at an end that is the ruling line beside it."""
    text = word.text
    if any(_beside(rule, word, word.x0) for rule in rules):
        text = _LEADING.sub("", text)
    if any(_beside(rule, word, word.x1) for rule in rules):
        text = _TRAILING.sub("", text)
    return word if text == word.text else word._replace(text=text)


def _stands(rule: Rule) -> bool:
    return rule.bottom - rule.top > rule.x1 - rule.x0


def _beside(rule: Rule, word: PageWord, edge: float) -> bool:
    return (
        _stands(rule)
        and rule.x0 - _NEAR < edge < rule.x1 + _NEAR
        and rule.top < (word.top + word.bottom) / 2 < rule.bottom
    )


def between_rules(word: PageWord, rules: Sequence[Rule]) -> PageWord:
    """The word's box without the part that lies beyond a ruling line above or below it, which it was drawn over."""
    top, bottom = word.top, word.bottom
    for rule in rules:
        if rule.x1 - rule.x0 > rule.bottom - rule.top and rule.x0 < (word.x0 + word.x1) / 2 < rule.x1:
            middle = (rule.top + rule.bottom) / 2
            if top - _NEAR < middle < bottom + _NEAR:
                if middle - top < bottom - middle:
                    top = max(top, rule.bottom)
                else:
                    bottom = min(bottom, rule.top)
    return word._replace(top=top, bottom=bottom) if top < bottom else word
