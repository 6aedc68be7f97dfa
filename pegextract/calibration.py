"""How sure a value is once everything about its sheet is known: what the witnesses say, as often as they were right.

The figures are measured on invented sheets (docs/accuracy.md, `python -m tests.accuracy.calibration`), not felt: of
values without a warning 0.6 % are wrong in text that shows OCR damage, and hardly any in clean text; of those with one,
a tenth are wrong in damaged text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pegextract.extraction import Evidence
from pegextract.findings import Finding, Severity

SURE: Final = 0.95
"""Every value below carries a finding: whoever trusts what has none trusts nothing less sure."""
UNSURE_WRONG: Final = 20
"""Of scans at 300, 200 and 150 dpi 5 % of the values below are wrong."""
Place = tuple[str | None, int | None, str | None]
"""Table, row number, field."""
TOLD_IN_DAMAGED: Final = 0.9
"""What a value with a warning is worth at most in a text that shows OCR damage."""


def calibrated(evidence: Iterable[Evidence], findings: Iterable[Finding], *, damaged: bool) -> tuple[Evidence, ...]:
    """The evidence of a sheet with its final confidence. damaged: OCR read the document, or shows in its text."""
    told = _told_places(findings)
    if not damaged or not told:
        return tuple(evidence)
    return tuple(
        one._replace(confidence=min(one.confidence, TOLD_IN_DAMAGED)) if _is_told(one, told) else one
        for one in evidence
    )


def unsure(evidence: Iterable[Evidence], findings: Iterable[Finding]) -> Iterator[tuple[Finding, Evidence]]:
    """A warning for each value that is less sure than SURE and that no other finding tells of, with its evidence."""
    told = _told_places(findings)
    for one in evidence:
        place = (one.table, one.row_number, one.field)
        if one.confidence < SURE and not _is_told(one, told):
            told.add(place)
            message = f"what read this page was not sure of these words: one in {UNSURE_WRONG} such values is wrong"
            yield Finding(Severity.WARNING, "read_unsurely", message, *place, one.raw), one


def mean_confidence(evidence: Iterable[Evidence]) -> float:
    """The confidence in a whole sheet: the mean over its values; 0 where nothing was read."""
    values = [one.confidence for one in evidence]
    return round(sum(values) / len(values), 4) if values else 0.0


def _told_places(findings: Iterable[Finding]) -> set[Place]:
    """What findings warn of."""
    return {(one.table, one.row_number, one.field) for one in findings if one.severity is not Severity.INFO}


def _is_told(one: Evidence, told: set[Place]) -> bool:
    """Whether a finding is about the value, its row, or its column."""
    return any((one.table, row, name) in told for row in {one.row_number, None} for name in (one.field, None))
