"""Explanation: one value of a dataset with all that says where it is from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from pegextract.dataset.contract import BY_NAME
from pegextract.dataset.read import Row, find_document, find_evidence, find_findings, find_row, load_table
from pegextract.errors import UsageError
from pegextract.models import SHEET_TABLES
from pegextract.runs.names import safe

SHOWN: Final = 5
_FIELD: Final = re.compile(r"(?:(?P<table>\w+)(?:\[(?P<row>\d+)\]|\.(?P<number>\d+))?\.)?(?P<field>\w+)")
_PRINTED_AS: Final = {"responsible_raw": "responsible_name"}
"""Raw columns whose evidence stands under another name than theirs without `_raw`."""
_NAMED_BY: Final = {
    **{f"{name}_id": name for name in ("direction", "service", "director", "manager")},
    "person_id": "responsible_name",
    "org_unit_id": "responsibility_centre",
}
"""Ids, and the column with the name that each was found by."""


class Cell(NamedTuple):
    """One cell of a sheet: `phases[2].weight` is ("phases", 2, "weight"), `title` ("objectives", None, "title")."""

    table: str
    row_number: int | None
    field: str

    def __str__(self) -> str:
        return self.field if self.row_number is None else f"{self.table}[{self.row_number}].{self.field}"


@dataclass(frozen=True, slots=True)
class Explanation:
    """One value, as the dataset has it.

    evidence: where it is printed · parts: the evidence of the values that a computed one was made of
    meaning: what the column holds · findings: about this value or its row · others: more sheets of the same code.
    """

    cell: Cell
    value: Any
    meaning: str
    sheet: Row
    document: Row
    evidence: Sequence[Row]
    parts: Sequence[Row]
    findings: Sequence[Row]
    others: Sequence[str]


def explain(output: Path, sheet: str, field: str) -> Explanation:
    """Find the value and what belongs to it. Raises UsageError for a sheet or a field that does not exist."""
    sheet_id, others = find_sheet_id(output, sheet)
    cell = parse_cell(field)
    row = find_row(output, sheet_id, cell.table, cell.row_number)
    objective = find_row(output, sheet_id)
    assert objective is not None  # find_sheet_id has seen it
    if row is None:
        raise UsageError(f"sheet {sheet_id} has no {cell.table}[{cell.row_number}]; {_rows_there_are(objective, cell)}")
    document = find_document(output, objective["document_id"])
    assert document is not None  # a foreign key of the dataset
    column = next(column for column in BY_NAME[cell.table].columns if column.name == cell.field)
    return Explanation(
        cell=cell,
        value=row[cell.field],
        meaning=column.meaning.en,
        sheet=objective,
        document=document,
        evidence=_evidence(output, sheet_id, cell),
        parts=_parts(output, objective, cell),
        findings=[found for found in find_findings(output, sheet_id) if _is_about(found, cell)],
        others=others,
    )


def parse_cell(field: str) -> Cell:
    """`title`, `phases[2].weight` or `phases.2.weight`. Raises UsageError that lists what there is."""
    match = _FIELD.fullmatch(field)
    table = (match["table"] or "objectives") if match else ""
    if match is None or table not in SHEET_TABLES:
        raise UsageError(
            f"«{safe(field)}» is no field; write title, or phases[2].weight; tables: {', '.join(SHEET_TABLES[1:])}"
        )
    number = match["row"] or match["number"]
    if match["field"] not in BY_NAME[table].names:
        raise UsageError(f"{table} has no field «{match['field']}»; there are {', '.join(BY_NAME[table].names)}")
    if (number is None) != (table == "objectives"):
        example = f"{table}[1].{match['field']}" if number is None else match["field"]
        raise UsageError(f"«{field}»: {'say which row' if number is None else 'objectives have no rows'}: {example}")
    return Cell(table, None if number is None else int(number[:9]), match["field"])


def find_sheet_id(output: Path, given: str) -> tuple[str, Sequence[str]]:
    """The sheet of that sheet_id, beginning of one, code or objective_id; of several printings the preferred one.

    Also the sheet_ids of the other printings. Raises UsageError where there is none, or two begin like that.
    """
    rows = load_table(output, "objectives").select(["sheet_id", "objective_id", "code", "is_preferred"]).to_pylist()
    found = [row for row in rows if row["sheet_id"] == given]
    if not found:
        wanted = {given.casefold()} - {""}
        names = ("objective_id", "code")
        found = [row for row in rows if any((row[name] or "").casefold() in wanted for name in names)]
    if found:
        found.sort(key=lambda row: not row["is_preferred"])
        return found[0]["sheet_id"], [row["sheet_id"] for row in found[1:]]
    begins = [row["sheet_id"] for row in rows if given and row["sheet_id"].startswith(given)]
    if len(begins) == 1:
        return begins[0], ()
    if begins:
        some = ", ".join(begins[:SHOWN]) + (", …" if len(begins) > SHOWN else "")
        raise UsageError(f"{len(begins)} sheets begin with «{safe(given)}»: {some}; write more of one")
    there = ", ".join(row["code"] or row["sheet_id"] for row in rows[:SHOWN]) + (", …" if len(rows) > SHOWN else "")
    raise UsageError(f"{output} has no sheet «{safe(given)}»; there are {len(rows)} sheets: {there or 'none'}")


def _rows_there_are(objective: Row, cell: Cell) -> str:
    counts = {"phases": "phase_count", "indicators": "indicator_count"}
    count = objective[counts[cell.table]] if cell.table in counts else None
    return "count from 1" if count is None else f"there are {count}, counted from 1"


def _evidence(output: Path, sheet_id: str, cell: Cell) -> Sequence[Row]:
    """The evidence of the value, or of the value whose printed text it is."""
    own = find_evidence(output, sheet_id, cell.field, cell.table, cell.row_number)
    if own or not cell.field.endswith("_raw"):
        return own
    field = _PRINTED_AS.get(cell.field, cell.field.removesuffix("_raw"))
    return find_evidence(output, sheet_id, field, cell.table, cell.row_number)


def _parts(output: Path, objective: Row, cell: Cell) -> Sequence[Row]:
    """The evidence of the values that a computed one was made of."""
    name = _NAMED_BY.get(cell.field)
    if name or cell.table != "objectives":
        return find_evidence(output, objective["sheet_id"], name, cell.table, cell.row_number) if name else ()
    sheet_id, phases = objective["sheet_id"], range(1, objective["phase_count"] + 1)
    if cell.field == "weights_total":
        return [row for n in phases for row in find_evidence(output, sheet_id, "weight", "phases", n)]
    if cell.field == "phase_count":
        return [row for n in phases for row in find_evidence(output, sheet_id, "description", "phases", n)]
    if cell.field == "indicator_count":
        numbers = range(1, objective["indicator_count"] + 1)
        return [row for n in numbers for row in find_evidence(output, sheet_id, "description", "indicators", n)]
    if cell.field in ("year", "year_source", "objective_id"):
        return _parts_of_the_year(output, objective, phases)
    return ()


def _parts_of_the_year(output: Path, objective: Row, phases: range) -> Sequence[Row]:
    sheet_id = objective["sheet_id"]
    if objective["year_source"] == "code":
        return find_evidence(output, sheet_id, "code")
    if objective["year_source"] == "dates":
        fields = ("start_date", "end_date")
        return [row for n in phases for name in fields for row in find_evidence(output, sheet_id, name, "phases", n)]
    return ()


def _is_about(finding: Row, cell: Cell) -> bool:
    """Whether a finding is about the value, its row, or its whole table."""
    if (finding["table"] or "objectives") != cell.table or finding["row_number"] not in (None, cell.row_number):
        return False
    names = {cell.field, cell.field.removesuffix("_raw"), cell.field.split("_")[0]}
    return finding["field"] is None or finding["field"] in names or finding["field"].split("_")[0] in names
