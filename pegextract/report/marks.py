"""Confidence marks, and how values are written for a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from rich.text import Text

from pegextract.extraction import Evidence, PlacedFinding
from pegextract.findings import Finding, Severity
from pegextract.models import Indicator
from pegextract.runs.names import safe

SURE = 0.95
FAIR = 0.8
LEGEND = "● sure (0.95 or more)   ◐ fair (0.8 or more)   ○ doubtful"
COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
_MARK_COLOURS = {"●": "green", "◐": "yellow", "○": "red"}

Place = tuple[str, int | None, str]
"""Table, row number (None for objectives), field."""


def mark(confidence: float) -> str:
    """One character for a confidence of 0-1."""
    return "●" if confidence >= SURE else "◐" if confidence >= FAIR else "○"


class Marks:
    """The marks of one sheet's values: what stands before each, by its place."""

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        self._confidence: dict[Place, float] = {}
        for row in evidence:
            place = (row.table, row.row_number, row.field)
            self._confidence[place] = min(row.confidence, self._confidence.get(place, 1.0))

    def of(self, place: Place) -> Text:
        """The mark and a blank; a blank mark for a value without evidence."""
        confidence = self._confidence.get(place)
        if confidence is None:
            return Text("  ")
        sign = mark(confidence)
        return Text.assemble((sign, _MARK_COLOURS[sign]), " ")

    def before(self, place: Place, value: str | None) -> Text:
        """The value with its mark; empty where there is none."""
        return self.of(place) + Text(safe(value, keep="\n")) if value else Text()


def finding_text(finding: Finding) -> Text:
    """The severity in a word, and the sentence."""
    return Text.assemble((f"{finding.severity.value}: ", COLOURS[finding.severity]), safe(finding.message))


def findings_under(text: Text, findings: Iterable[PlacedFinding]) -> Text:
    """The text with a line below it for each finding."""
    return Text("\n").join([*([text] if text else []), *(finding_text(placed.finding) for placed in findings)])


def day(value: date | None) -> str | None:
    """A date as the form prints it."""
    return None if value is None else f"{value:%d/%m/%Y}"


def amount(value: Decimal | None) -> str | None:
    """Euro as the form prints them: 15.000,00."""
    return None if value is None else f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def weight(value: Decimal | None) -> str | None:
    """Percent points without idle zeros."""
    return None if value is None else f"{value.normalize():f}".replace(".", ",")


def typed_target(indicator: Indicator) -> str:
    """What the expected value was understood as: `ratio ≥ 0,75`; empty for a text."""
    if indicator.target_kind in (None, "text"):
        return ""
    operator = {">=": "≥", "<=": "≤"}.get(indicator.target_operator or "", indicator.target_operator or "")
    if indicator.target_date is not None:
        value = day(indicator.target_date) or ""
    elif indicator.target_kind == "boolean":
        value = "yes" if indicator.target_value else "no"
    else:
        value = "" if indicator.target_value is None else f"{indicator.target_value:.10g}".replace(".", ",")
    return " ".join(filter(None, (indicator.target_kind, operator, value, indicator.target_unit)))
