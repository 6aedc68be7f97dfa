"""Records in the shape of the expected files (`samples/<name>.expected.json`), so that both can be compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pegextract.extraction import Extraction, SheetExtraction
from pegextract.findings import Severity

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


def flagged_by(extraction: Extraction) -> Callable[[int, str, int | None, str], bool]:
    """Whether a value carries a finding: on its field, on its row, or on its whole table."""
    marks: set[tuple[int, str | None, int | None, str | None]] = set()
    for index, sheet in enumerate(extraction.sheets):
        for placed in sheet.findings:
            finding = placed.finding
            if finding.severity is not Severity.INFO or finding.code == "target_not_typed":
                marks.add((index, finding.table, finding.row_number, finding.field))

    def flagged(index: int, table: str, row: int | None, name: str) -> bool:
        if index < 0:
            return False
        names = {name, *_ALIASES.get(name, ())}
        return any((index, table, number, field) in marks for number in {row, None} for field in (*names, None))

    return flagged


_ALIASES = {
    "responsible_role": ("responsible_name",),
    **{f"target_{part}": ("target_raw", "target_kind", "target", "target_date") for part in
       ("raw", "kind", "operator", "value", "numerator", "denominator", "unit", "date")},
}  # fmt: skip
