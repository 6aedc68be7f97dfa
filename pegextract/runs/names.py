"""File names and texts of strangers, made safe: no name can break a row, a log line or a terminal.

A name on disk is any bytes. In the dataset it is text in which every byte that is no printable text stands as `%XX`,
as in a URL; a `%` that could be mistaken for such an escape is escaped too, so the step can be undone.
"""

from __future__ import annotations

import os
import re
import unicodedata

_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_MISTAKABLE = re.compile(r"%(?=[0-9A-Fa-f]{2})")
_ESCAPE = re.compile(rb"%([0-9A-F]{2})")


def portable_name(name: str) -> str:
    """A file name as the dataset holds it and as it is shown: one line of printable text, reversible."""
    if name.isascii() and name.isprintable() and "%" not in name:
        return name
    return "".join(_percent(c) if _is_unprintable(c) else c for c in _MISTAKABLE.sub("%25", name))


def name_on_disk(name: str) -> str:
    """The file name that `portable_name` was made of."""
    return os.fsdecode(_ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), name.encode("utf-8", "surrogateescape")))


def safe(text: str, keep: str = "") -> str:
    """Text for a terminal: control, bidi and other invisible characters as Python's escapes, save those in `keep`."""
    if text.isprintable():
        return text
    return "".join(_backslash(c) if _is_unprintable(c) and c not in keep else c for c in text)


def one_to_one(text: str) -> str:
    """Text for a terminal in which every character keeps its place: tabs as →, other invisible ones as ·."""
    return "".join("→" if c == "\t" else "·" if _is_unprintable(c) else c for c in text)


def _is_unprintable(character: str) -> bool:
    return unicodedata.category(character) in _UNPRINTABLE


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in os.fsencode(character))


def _backslash(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
