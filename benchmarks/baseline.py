"""What the least conceivable program would cost: one expression over the text, and Pydantic on the finished rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from time import process_time
from typing import NamedTuple

from pegextract.layouts.profile import shipped_profiles
from pegextract.models import ObjectiveSheet
from pegextract.runs.extract import Settings, extract_document

# Dates, numbers, words: what any reader of these sheets must at least look at.
_TOKENS = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9][0-9.,]*|[^\W\d_]+")
ROUNDS = 5


class Times(NamedTuple):
    """Seconds of the processor per sheet."""

    regex: float
    pydantic: float


class Baseline:
    """The two passes over some documents of one sheet each."""

    def __init__(self, documents: Sequence[bytes]) -> None:
        settings = Settings(shipped_profiles())
        extractions = [extract_document(data, "sheet.txt", settings) for data in documents]
        self._texts = [data.decode() for data in documents]
        self._rows = [sheet.record.model_dump() for extraction in extractions for sheet in extraction.sheets]

    def times(self) -> Times:
        """The smallest of several measurements: whatever disturbs one makes it longer."""
        return Times(_least(self._regex) / len(self._texts), _least(self._pydantic) / len(self._rows))

    def _regex(self) -> None:
        for text in self._texts:
            _TOKENS.findall(text)

    def _pydantic(self) -> None:
        for row in self._rows:
            ObjectiveSheet.model_validate(row)


def _least(work: Callable[[], None]) -> float:
    measured = []
    for _ in range(ROUNDS):
        begun = process_time()
        work()
        measured.append(process_time() - begun)
    return min(measured)
