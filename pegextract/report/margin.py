"""Margin: what stands beside the values of one sheet — a mark for the confidence, and the findings under each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rich.text import Text

from pegextract.extraction import PlacedFinding, SheetExtraction
from pegextract.findings import Finding, Severity
from pegextract.runs.names import safe

SURE: Final = 0.95
FAIR: Final = 0.8
LEGEND: Final = "● sure (0.95 or more)   ◐ fair (0.8 or more)   ○ doubtful"
_MARK_COLOURS: Final = {"●": "green", "◐": "yellow", "○": "red"}
_COLOURS: Final = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
_ABOUT_ROWS: Final = {"weights_total": "phases", "phase_count": "phases", "indicator_count": "indicators"}
"""Fields of objectives that are about the rows of a table: their findings stand under it."""

Place = tuple[str, int | None, str | None]
"""Table, row number (None for objectives), field (None for a whole row or table)."""


def mark(confidence: float) -> str:
    """One character for a confidence of 0-1."""
    return "●" if confidence >= SURE else "◐" if confidence >= FAIR else "○"


class Margin:
    """The marks and findings of one sheet. Each finding is given out once; `rest` has those that nobody asked for."""

    def __init__(self, sheet: SheetExtraction) -> None:
        self._confidence: dict[Place, float] = {}
        for row in sheet.evidence:
            place = (row.table, row.row_number, row.field)
            self._confidence[place] = min(row.confidence, self._confidence.get(place, 1.0))
        self._findings: dict[Place, list[PlacedFinding]] = {}
        for placed in sheet.findings:
            self._findings.setdefault(_shown_at(placed.finding), []).append(placed)

    def value(self, table: str, row: int | None, field: str, text: str | None) -> Text:
        """The text of a value with its mark before it (none without evidence); empty where there is no value."""
        if not text:
            return Text()
        confidence = self._confidence.get((table, row, field))
        sign = " " if confidence is None else mark(confidence)
        return Text.assemble((sign, _MARK_COLOURS.get(sign, "")), " ", safe(text, keep="\n"))

    def findings(self, table: str, row: int | None = None, field: str | None = None) -> list[PlacedFinding]:
        """The findings of a field of the objective, of a row, or of a whole table, that were not given out yet."""
        return self._findings.pop((table, row, field), [])

    def rest(self) -> list[PlacedFinding]:
        """The findings that were not given out."""
        return [placed for findings in self._findings.values() for placed in findings]


def _shown_at(finding: Finding) -> Place:
    if finding.table in (None, "objectives"):
        table = _ABOUT_ROWS.get(finding.field or "")
        return (table, None, None) if table else ("objectives", None, finding.field)
    return finding.table, finding.row_number, None


def with_findings(text: Text, findings: Iterable[PlacedFinding]) -> Text:
    """The text, and a line below it for each finding: the severity in a word, and the sentence."""
    return lines(text, *(_finding(placed.finding) for placed in findings))


def lines(*texts: Text) -> Text:
    """The texts that are not empty, each on a line of its own."""
    return Text("\n").join(text for text in texts if text)


def _finding(finding: Finding) -> Text:
    return Text.assemble((f"{finding.severity.value}: ", _COLOURS[finding.severity]), safe(finding.message))
