"""Records in the shape of the expected files (`samples/<name>.expected.json`), so that both can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pegextract.evaluation.bands import Place
from pegextract.evaluation.score import Flagged
from pegextract.extraction import Extraction, SheetExtraction
from pegextract.findings import Severity

Mark = tuple[int, str | None, int | None, str | None]
"""What a finding is about: sheet index, table, row number, field."""

OBJECTIVE = (
    "sheet_number", "year", "code", "title", "direction", "director", "classification", "service", "manager",
    "objective_type", "description",
)  # fmt: skip
ROWS = {
    "dup_links": ("level", "code", "title"),
    "phases": (
        "description", "weight", "start_date", "end_date", "responsible_name", "responsible_role",
        "responsibility_centre", "notes",
    ),
    "indicators": (
        "description", "indicator_type", "target_raw", "target_kind", "target_operator", "target_value",
        "target_numerator", "target_denominator", "target_date", "target_unit",
    ),
    "linked_objectives": ("code", "title", "revenue", "expenditure"),
}  # fmt: skip


def as_expected(extraction: Extraction) -> list[dict[str, Any]]:
    """The sheets of an extraction in the expected files' shape."""
    return [_sheet(sheet) for sheet in extraction.sheets]


def _sheet(sheet: SheetExtraction) -> dict[str, Any]:
    record = sheet.record.model_dump(mode="json")
    shaped = {name: record[name] for name in OBJECTIVE}
    for table, names in ROWS.items():
        shaped[table] = [{name: row[name] for name in names} for row in record[table]]
    return shaped


def flagged_by(extraction: Extraction) -> Flagged:
    """Whether a value carries a finding: on its field, on its row, or on its whole table."""
    return flagged(
        (index, one.table, one.row_number, one.field)
        for index, sheet in enumerate(extraction.sheets)
        for one, *_ in sheet.findings
        if tells(one.severity, one.code)
    )


def confidences(extraction: Extraction) -> Iterator[tuple[Place, float]]:
    """How sure each value is."""
    for index, sheet in enumerate(extraction.sheets):
        for one in sheet.evidence:
            yield (index, one.table, one.row_number, one.field), one.confidence


def tells(severity: str, code: str) -> bool:
    """Whether a finding warns of a value: what is only worth knowing does not."""
    return severity != Severity.INFO or code == "target_not_typed"


def flagged(about: Iterable[Mark]) -> Flagged:
    """Whether one of the findings, each known by what it is about, tells of a value."""
    marks = set(about)

    def is_told(index: int, table: str, row: int | None, name: str) -> bool:
        if index < 0:
            return False
        names = {name, *_ALIASES.get(name, ())}
        return any((index, table, number, field) in marks for number in {row, None} for field in (*names, None))

    return is_told


_ALIASES = {
    "responsible_role": ("responsible_name",),
    **{f"target_{part}": ("target_raw", "target_kind", "target", "target_date") for part in
       ("raw", "kind", "operator", "value", "numerator", "denominator", "unit", "date")},
}  # fmt: skip
