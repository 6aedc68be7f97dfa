"""sheet_id and objective_id: who a sheet is, and which objective it prints."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from pegextract.models import ObjectiveSheet

_LONGEST: Final = 80
_ROOM_FOR_NUMBER: Final = 5
_ENOUGH: Final = 400  # characters: more than any slug can hold
_ACCENTS: Final = re.compile("[\u0300-\u036f]")


def sheet_id_of(document_id: str, sheet_number: int) -> str:
    """`<first 16 of document_id>-<sheet_number, 4 digits>`."""
    return f"{document_id[:16]}-{sheet_number:04d}"


class ObjectiveIds:
    """objective_id of the sheets of one document, in reading order.

    The code where there is one; else `<year>~<slug>` of service and title, or of service and the first words of the
    description. Sheets of one document that share a slug and say different things are different objectives: the
    second gets `~2`. A sheet that says nothing is identified by its sheet_id.
    """

    def __init__(self) -> None:
        self._seen: dict[str, list[tuple[str | None, ...]]] = {}

    def of(self, record: ObjectiveSheet, sheet_id: str) -> str:
        """The objective_id of one sheet: ASCII, at most 80 characters where it is made up here."""
        if record.code:
            return record.code
        year = "unknown" if record.year is None else str(record.year)
        words = slug(" ".join(filter(None, (record.service, record.title or record.description))))
        if not words:
            return f"{year}~{sheet_id}"
        base = f"{year}~{_cut(words, _LONGEST - len(year) - 1 - _ROOM_FOR_NUMBER)}"
        texts = self._seen.setdefault(base, [])
        text = (record.service, record.title, record.description)
        if text not in texts:
            texts.append(text)
        number = texts.index(text) + 1
        return base if number == 1 else f"{base}~{number}"


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens: accents are dropped, anything else is a border."""
    letters = unicodedata.normalize("NFKD", text[:_ENOUGH].lower())
    return re.sub(r"[^a-z0-9]+", "-", _ACCENTS.sub("", letters)).strip("-")


def _cut(words: str, longest: int) -> str:
    """The whole words that fit (a single longer word is cut)."""
    if len(words) <= longest:
        return words
    return words[: longest + 1].rpartition("-")[0] or words[:longest]
