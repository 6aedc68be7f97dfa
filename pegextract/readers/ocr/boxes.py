"""Boxes of words as a PDF gives them: as high as the type, not as high as the letters that happen to be in the word.

What lays out pages reads lines, rows and gaps from the height of words. Tesseract draws the box around the ink: "ore"
is half as high as "Àgli", and stands lower.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pegextract.readers.pages import PageWord

_HIGH = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZbdfhklt0123456789àèéìíòóùúÀÈÉÌÍÒÓÙÚÄÖÜÑäöüñß%€&!?|()[]/'\"")
_LOW = frozenset("gjpqyQ,;()[]|@$_çJ")
_MARKS = frozenset(".,;:-_–—=~*'\"‘’“”«»°^`•")
CAPITALS, _SMALL, _BELOW = 0.716, 0.52, 0.21
"""Height of capitals and of small letters, and depth below the line, in sizes of the type: Helvetica and its like."""
ASCENT, DESCENT = 0.905, 0.212
"""How far a line of type reaches above and below its base line, in sizes."""
_HALO = 0.18
"""Points of grey around the ink that are in tesseract's boxes: half a pixel at 200 dpi."""
_BEARING, _BEARING_OF_MARKS, _MARK_IN_A_LINE = 0.05, 0.22, 0.32
"""White that belongs to a letter at its sides, in sizes; points and commas have more of it, or are not in the box: not
at all maybe where the line goes on, and behind the last word of a line the next cell may begin."""
_LAST_MARKS = frozenset(".,;:)")
_MORE = 0.13
"""Ink beyond what a word's letters have, in sizes: a third of an accent's height, a half of a g's tail is less."""
_ACCENTED_CAPITALS = frozenset("ÀÈÉÌÍÒÓÙÚÄÖÜÑ")
_BARE_CAPITALS = str.maketrans("ÀÈÉÌÍÒÓÙÚ", "AEEIIOOUU")
_OF_ONE_FORM = frozenset("cosuvwxzàèìòù")
"""Small letters that are their capitals in small, accents included."""
_TALL = frozenset("()[]|/{}Q$")
_UNEXPLAINED = 0.5
_AROUND_A_DASH = 1.4
"""Heights of the type between words that a dash stands between; more is a column of dashes."""
_TWO_BLANKS = 0.84
"""Heights of the type that a lone letter of a sentence leaves white, before and behind it together, at most."""
_SAME_SIZE = 1.22
_LEVEL = 0.25
"""Sizes of the type by which the base lines of two words on one line may differ; the tail of a Q or J is 0.21."""
_INFLATED = 1.35
"""How much larger type may look by the height of its boxes than by their width and than the page's."""
_CAPITAL_WIDTH, _USUAL_WIDTH = 0.68, 0.54
_WIDTHS = {
    **dict.fromkeys("ijl'|!.,;:I /()[]-ft", 0.29),
    **dict.fromkeys('rs"°', 0.4),
    **dict.fromkeys("mwMW%@", 0.84),
    **dict.fromkeys("0123456789_", 0.556),
}
_SMALLEST, _UNSEEN, _LARGEST = 4.0, 8.0, 40.0


class Type(NamedTuple):
    """What most of a page is set in. size: in points · wide: how much wider than Helvetica its letters are."""

    size: float
    wide: float = 1.0


def level_parts(line: Sequence[PageWord], usual: Type) -> Iterator[list[PageWord]]:
    """The words that tesseract takes for one line, parted where the base line jumps: cells side by side need not be
    level, and a label in the middle of its row stands between two lines of the value beside it.
    """
    part = [line[0]]
    for word, following in pairwise(line):
        if _jumps(word, following, usual.size):
            yield part
            part = []
        part.append(following)
    yield part


def _jumps(word: PageWord, following: PageWord, size: float) -> bool:
    """Whether two words stand on different lines; only what has the page's type can tell, a mark or a rule can not."""
    tells = all(1 / _SAME_SIZE < word_size(one) / size < _SAME_SIZE and len(one.text) > 2 for one in (word, following))
    return tells and abs(_base(word, size) - _base(following, size)) > _LEVEL * size


def _base(word: PageWord, size: float) -> float:
    """The line that a word stands on, by its ink. size: of its type."""
    return word.bottom - _HALO - (_BELOW * size if _LOW & set(word.text) else 0.0)


def with_type_height(line: Sequence[PageWord], usual: Type) -> list[PageWord]:
    """The words of one line with the box of their type. usual: the page's type, for lines of marks.

    A word with more ink above or below than its letters have was misread ("JOSE" for "JOSÉ", "99" for "gg"): it is
    doubted, whatever tesseract says. A lone "sì" as high as "SÌ" is that: the letters of both are of one form.
    """
    base, size = _type_of(line, usual)
    line = [_without_accents_unseen(word, base, size) for word in line]
    if len(line) == 1 and set(line[0].text) <= _OF_ONE_FORM and _has_more_ink(line[0], base, size):
        line = [line[0]._replace(text=line[0].text.upper())]
    top, bottom = base - ASCENT * size, base + DESCENT * size
    return [
        word._replace(
            x0=word.x0 - _BEARING * size,
            top=top,
            x1=word.x1 + _bearing(word.text, last=word is line[-1]) * size,
            bottom=bottom,
            confidence=min(word.confidence, _UNEXPLAINED) if _has_more_ink(word, base, size) else word.confidence,
        )
        for word in line
    ]


def _bearing(text: str, *, last: bool) -> float:
    if text[-1] not in _LAST_MARKS:
        return _BEARING
    return _BEARING_OF_MARKS if last else _MARK_IN_A_LINE


def _without_accents_unseen(word: PageWord, base: float, size: float) -> PageWord:
    """A word in capitals without the accents for which there is no ink above them, doubted then."""
    if not set(word.text) & _ACCENTED_CAPITALS or base - word.top > (CAPITALS + _MORE) * size:
        return word
    return word._replace(text=word.text.translate(_BARE_CAPITALS), confidence=min(word.confidence, _UNEXPLAINED))


def _has_more_ink(word: PageWord, base: float, size: float) -> bool:
    letters = set(word.text)
    above = base - word.top > (CAPITALS + _MORE) * size and not letters & _ACCENTED_CAPITALS and not letters & _TALL
    below = word.bottom - base > _MORE * size and not letters & _LOW
    return (above or below) and not letters <= _MARKS


def on_one_line(line: Sequence[PageWord]) -> list[PageWord]:
    """The words of a printed line, those of one height at one height: a table's rows are level."""
    heights = {round(word.bottom - word.top, 2) for word in line}
    bottoms = {
        height: median(word.bottom for word in line if round(word.bottom - word.top, 2) == height) for height in heights
    }
    found = []
    for word in line:
        height = round(word.bottom - word.top, 2)
        found.append(word._replace(top=bottoms[height] - height, bottom=bottoms[height]))
    return _with_lone_ones_between(found)


def _with_lone_ones_between(line: Sequence[PageWord]) -> list[PageWord]:
    """The words with a lone mark or letter between two others in their middle: tesseract's box is hardly ever right.

    White on one side of the "i" of "per i servizi" would part cells.
    """
    found = list(line)
    for at in range(1, len(line) - 1):
        before, lone, behind = line[at - 1 : at + 2]
        room = behind.x0 - before.x1
        if 0 < room < _most_room(lone):
            width = min(lone.x1 - lone.x0, room)
            left = before.x1 + (room - width) / 2
            found[at] = lone._replace(x0=left, x1=left + width)
    return found


def _most_room(word: PageWord) -> float:
    """Up to how much room between its neighbours a word belongs in their middle; 0 for a word of several letters."""
    height = word.bottom - word.top
    if word.text and set(word.text) <= _MARKS:
        return _AROUND_A_DASH * height
    return _TWO_BLANKS * height + word.x1 - word.x0 if len(word.text) == 1 and word.text.isalpha() else 0.0


def usual_type(words: Sequence[PageWord]) -> Type:
    """The type that most of a page's words are set in."""
    lettered = [word for word in words if not set(word.text) <= _MARKS]
    if not lettered:
        return Type(_UNSEEN)
    size = min(max(median(word_size(word) for word in lettered), _SMALLEST), _LARGEST)
    return Type(size, median((word.x1 - word.x0) / advance(word.text) for word in lettered) / size)


def word_size(word: PageWord) -> float:
    """The size of the type that the ink of a word has by its height."""
    return max(0.1, word.bottom - word.top - 2 * _HALO) / _share(word.text)


def _share(text: str) -> float:
    """How high the ink of a word is, in sizes of its type."""
    return (CAPITALS if _HIGH & set(text) else _SMALL) + (_BELOW if _LOW & set(text) else 0.0)


def _type_of(line: Sequence[PageWord], usual: Type) -> tuple[float, float]:
    """The base line and the size of the type of one line."""
    lettered = [word for word in line if not set(word.text) <= _MARKS]
    if not lettered:
        return median((word.top + word.bottom) / 2 for word in line) + _SMALL / 2 * usual.size, usual.size
    size = min(max(median(word_size(word) for word in lettered), _SMALLEST), _LARGEST)
    by_width = median((word.x1 - word.x0) / advance(word.text) for word in lettered) / usual.wide
    if size > _INFLATED * max(by_width, usual.size):
        # A ruling line above or below is in the boxes: the type stands in their middle.
        middle = median((word.top + word.bottom) / 2 for word in lettered)
        return middle + CAPITALS / 2 * usual.size, usual.size
    if any(1 / _SAME_SIZE < seen / usual.size < _SAME_SIZE for seen in (size, by_width)):
        size = usual.size  # a form has two or three sizes; what lies between them is how the letters happen to be
    return median(_base(word, size) for word in lettered), size


def advance(text: str) -> float:
    """How wide a word is set, in sizes of its type: Helvetica's and its like, capitals wide, i and l narrow."""
    return sum(_WIDTHS.get(character, _CAPITAL_WIDTH if character.isupper() else _USUAL_WIDTH) for character in text)
