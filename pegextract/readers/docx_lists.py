"""The marks of Word's automatic lists: the file names a list and a level, Word prints "1)" or a bullet.

See ECMA-376 part 1, 17.9 (numbering).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pegextract.readers.docx_elements import W
from pegextract.readers.marks import ordinal

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_LEVELS = 9
_STYLES_DEEP = 20


class _Level(NamedTuple):
    kind: str  # bullet, decimal, lowerLetter …, none
    text: str  # "%1." or "%1.%2)"
    start: int


class Lists:
    """Counts the items of every list while the document is read from front to back."""

    def __init__(self, word: WordDocument) -> None:
        numbering = _numbering(word)
        abstract = (
            {} if numbering is None else {a.get(f"{W}abstractNumId"): a for a in numbering.iter(f"{W}abstractNum")}
        )
        nums = () if numbering is None else numbering.findall(f"{W}num")
        self._abstract = {num.get(f"{W}numId"): abstract.get(_value(num, "abstractNumId")) for num in nums}
        self._styles = {style.get(f"{W}styleId"): style for style in word.styles.element.iter(f"{W}style")}
        self._levels: dict[tuple[str, int], _Level | None] = {}
        self._counts: dict[str, list[int]] = {}

    def mark(self, paragraph: Any) -> str:
        """What Word prints before this paragraph, with a blank after it; "" where it is in no list."""
        place = self._place(paragraph)
        level = self._level(*place) if place else None
        if place is None or level is None or level.kind == "none":
            return ""
        if level.kind == "bullet":
            return "- "
        number, depth = place
        counts = self._counts.setdefault(number, [0] * _LEVELS)
        counts[depth] = counts[depth] + 1 if counts[depth] else level.start
        counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        return f"{re.sub('%([1-9])', lambda match: self._shown(number, int(match[1]) - 1), level.text)} "

    def _shown(self, number: str, depth: int) -> str:
        level = self._level(number, depth)
        return ordinal(self._counts[number][depth] or 1, level.kind if level else "decimal")

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and level of a paragraph, its own or its style's."""
        properties = paragraph.find(f"{W}pPr")
        for _ in range(_STYLES_DEEP):
            if properties is None:
                return None
            listed = properties.find(f"{W}numPr")
            if listed is not None:
                number, depth = _value(listed, "numId"), _value(listed, "ilvl") or "0"
                return (number, int(depth)) if number and re.fullmatch("[0-8]", depth) else None
            properties = self._inherited(properties)
        return None

    def _inherited(self, properties: Any) -> Any:
        """The paragraph properties of the style that these are based on."""
        style = properties.getparent()
        name = _value(properties, "pStyle") or (_value(style, "basedOn") if style.tag == f"{W}style" else "")
        named = self._styles.get(name)
        if named is None:
            return None
        found = named.find(f"{W}pPr")
        return found if found is not None else self._inherited_from(named)

    def _inherited_from(self, style: Any) -> Any:
        """The properties of the nearest ancestor of a style that has none of its own."""
        for _ in range(_STYLES_DEEP):
            style = self._styles.get(_value(style, "basedOn"))
            if style is None:
                return None
            found = style.find(f"{W}pPr")
            if found is not None:
                return found
        return None

    def _level(self, number: str, depth: int) -> _Level | None:
        if (number, depth) not in self._levels:
            abstract = self._abstract.get(number)
            levels = () if abstract is None else abstract.findall(f"{W}lvl")
            level = next((one for one in levels if one.get(f"{W}ilvl") == str(depth)), None)
            self._levels[number, depth] = None if level is None else _read_level(level)
        return self._levels[number, depth]


def _read_level(level: Any) -> _Level:
    start = _value(level, "start")
    text = _value(level, "lvlText")[:40]
    return _Level(_value(level, "numFmt") or "decimal", text, int(start) if re.fullmatch("[0-9]{1,6}", start) else 1)


def _numbering(word: WordDocument) -> Any:
    """The numbering part's root, None for a document that has no lists."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    try:
        return word.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element  # type: ignore[attr-defined]
    except KeyError:
        return None


def _value(element: Any, name: str) -> str:
    child = element.find(f"{W}{name}")
    return "" if child is None else child.get(f"{W}val") or ""
