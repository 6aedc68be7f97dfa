"""What needs a person, as a spreadsheet to fill in, and the answers back as judgements.

Two sheets: `values` has cells with a finding, `names` has spellings that were put together by more than equality, or
that look alike and were not. Worst and most frequent come first. An answer is a word of the drop-down list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

from pegextract.dataset.contract import BY_NAME
from pegextract.dataset.corrections import column_of, typed
from pegextract.dataset.read import Row, load_table, row_number_column
from pegextract.errors import UsageError
from pegextract.models import SHEET_TABLES
from pegextract.registry.damage import nearest
from pegextract.registry.judgements import Correction, Entry, Kind, Together, add_judgements, load_judgements
from pegextract.registry.keys import person_key, unit_key

VALUES: Final = "values"
NAMES: Final = "names"
RIGHT, CORRECT = "right", "correct"
SAME, DIFFERENT = "same", "different"
HEADS: Final = {
    VALUES: (
        "severity",
        "finding",
        "document",
        "sheet",
        "table",
        "row",
        "field",
        "printed",
        "value",
        "decision",
        "new value",
    ),
    NAMES: ("kind", "name", "other", "why", "mentions", "now", "decision"),
}
ANSWERS: Final = {VALUES: (RIGHT, CORRECT), NAMES: (SAME, DIFFERENT)}
_SEVERITIES: Final = ("error", "warning")
_IDS: Final = {
    "person": {"director_id": "director", "manager_id": "manager", "person_id": "responsible_name"},
    "unit": {"direction_id": "direction_raw", "service_id": "service_raw", "org_unit_id": "responsibility_centre_raw"},
}
_REGISTERS: Final = {"person": ("people", "person_id", person_key), "unit": ("org_units", "org_unit_id", unit_key)}


class Answered(NamedTuple):
    """What came of an import: judgements taken, and rows refused, each with its sheet, number and reason."""

    taken: int
    refused: Sequence[str]


# --- what needs a person --------------------------------------------------------------------------------------------


def questions(output: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of both sheets, in the order of HEADS, answers left empty."""
    return {VALUES: list(_values(output)), NAMES: [*_merges(output), *_look_alikes(output)]}


def _values(output: Path) -> Iterator[tuple[Any, ...]]:
    """The cells with an error or a warning that nobody has corrected yet: worst first, then the most frequent kind."""
    findings = [row for row in load_table(output, "findings").to_pylist() if row["severity"] in _SEVERITIES]
    often = Counter(row["code"] for row in findings)
    evidence = {_cell(row): row for row in load_table(output, "evidence").to_pylist()}
    sheets = {row["sheet_id"]: row for row in load_table(output, "objectives").to_pylist()}
    paths = {row["document_id"]: row["path"] for row in load_table(output, "documents").to_pylist()}
    cells = _cells(output)
    findings.sort(key=lambda row: (_SEVERITIES.index(row["severity"]), -often[row["code"]], row["code"]))
    told: set[tuple[Any, ...]] = set()
    for row in findings:
        cell, place = _cell(row), evidence.get(_cell(row))
        decided = place is not None and place["method"] == "correction"
        if cell in told or decided or not _can_be_corrected(row):
            continue
        told.add(cell)
        printed = place["raw"] if place else row["raw"]
        where = (paths[row["document_id"]], sheets[row["sheet_id"]]["sheet_number"], row["table"], row["row_number"])
        value = cells.get(cell)
        shown = None if value is None else str(value)
        yield (row["severity"], f"{row['code']}: {row['message']}", *where, row["field"], printed, shown, None, None)


def _cell(row: Row) -> tuple[Any, ...]:
    return (row["sheet_id"], row["table"], row["row_number"], row["field"])


def _can_be_corrected(finding: Row) -> bool:
    if not (finding["sheet_id"] and finding["table"] and finding["field"]):
        return False
    try:
        column_of(_correction(finding["table"], finding["row_number"], finding["field"], "", ""))
    except UsageError:
        return False
    return True


def _cells(output: Path) -> dict[tuple[Any, ...], Any]:
    """Every value that a correction can be about, by sheet, table, row and field."""
    found = {}
    for name in SHEET_TABLES:
        number = None if name == "objectives" else row_number_column(name)
        for row in load_table(output, name).to_pylist():
            for field, value in row.items():
                found[row["sheet_id"], name, row[number] if number else None, field] = value
    return found


def _merges(output: Path) -> Iterator[tuple[Any, ...]]:
    """Spellings that were put under a name by more than equality and by nobody's judgement, most frequent first."""
    rules = {_cell(row): row for row in load_table(output, "evidence").to_pylist() if row["field"].endswith("_id")}
    tables = {name: load_table(output, name).to_pylist() for name in ("objectives", "phases")}
    for kind, fields in _IDS.items():
        names = _names(output, kind)
        merged: Counter[tuple[str, str, str]] = Counter()
        for table, rows in tables.items():
            for row in rows:
                for field in fields.keys() & row.keys():
                    found = rules.get((row["sheet_id"], table, row.get("phase_number"), field))
                    if found and found["method"] in ("fuzzy", "inferred"):
                        merged[names[row[field]], row[fields[field]], found["rule"]] += 1
        for (name, other, rule), times in sorted(merged.items(), key=lambda item: (-item[1], item[0])):
            yield (kind, name, other, rule, times, SAME, None)


def _look_alikes(output: Path) -> Iterator[tuple[Any, ...]]:
    """Names one letter apart that are not one, and that nobody has judged."""
    judged = load_judgements(output)
    for kind, (table, _, key_of) in _REGISTERS.items():
        counts = {row["name"]: row["mention_count"] for row in load_table(output, table).to_pylist()}
        by_key = {key_of(name): name for name in counts}
        known = {frozenset(map(key_of, one.names)) for one in (*judged.same, *judged.different) if one.kind == kind}
        pairs = {
            frozenset((key, near.key)) for key, others in nearest(by_key, by_key).items() for near in others
            if near.apart.letters + near.apart.marks <= 1
        }  # fmt: skip
        rows = [sorted((by_key[key] for key in pair), key=lambda name: (-counts[name], name)) for pair in pairs - known]
        for name, other in sorted(rows, key=lambda row: (-counts[row[1]], row)):
            yield (kind, name, other, "look_alike", counts[other], DIFFERENT, None)


def _names(output: Path, kind: str) -> dict[str, str]:
    table, key, _ = _REGISTERS[kind]
    return {row[key]: row["name"] for row in load_table(output, table).to_pylist()}


# --- answers --------------------------------------------------------------------------------------------------------


def take_answers(output: Path, answers: Mapping[str, Sequence[Sequence[Any]]]) -> Answered:
    """Write the judgements of filled-in rows (as `questions` gave them, header row left out).

    A row that makes no judgement is refused with its number in the spreadsheet and a reason; the others are taken.
    """
    documents = {row["path"] for row in load_table(output, "documents").to_pylist()}
    taken: list[tuple[str, Entry]] = []
    refused: list[str] = []
    for name, rows in answers.items():
        for number, row in enumerate(rows, 2):
            try:
                taken += _judgement(name, dict(zip(HEADS[name], row, strict=False)), documents)
            except UsageError as error:
                refused.append(f"{name}, row {number}: {error}")
    if taken:
        add_judgements(output, taken)
    return Answered(len(taken), refused)


def keep_apart(output: Path, kind: str, names: Sequence[str]) -> None:
    """Note that spellings are not one person or unit. Raises UsageError where the dataset does not know them."""
    if kind not in _REGISTERS:
        raise UsageError(f"«{kind}» is no kind; write {' or '.join(_REGISTERS)}")
    table, _, key_of = _REGISTERS[kind]
    rows = load_table(output, table).to_pylist()
    known = {key_of(text) for row in rows for text in (row["name"], *row["variants"])}
    unknown = [name for name in names if key_of(name) not in known]
    if unknown or len({key_of(name) for name in names}) < len(names[:2]):
        what = f"the dataset prints no «{unknown[0]}»" if unknown else "these names differ in nothing but typing"
        raise UsageError(f"{what}; give two spellings of {table}")
    add_judgements(output, [(DIFFERENT, Together(kind=cast("Kind", kind), names=list(names)))])


def _judgement(name: str, row: Mapping[str, Any], documents: set[str]) -> list[tuple[str, Entry]]:
    answer = str(row.get("decision") or "").strip().lower()
    if not answer:
        if row.get("new value") not in (None, ""):
            raise UsageError(f"there is a new value, but no decision; choose {CORRECT}")
        return []
    if answer not in ANSWERS[name]:
        raise UsageError(f"«{answer}» is no decision; choose {' or '.join(ANSWERS[name])}")
    if name == VALUES:
        return [("correction", _corrected(row, answer, documents))]
    if row["kind"] not in _REGISTERS or not row["name"] or not row["other"]:
        raise UsageError("kind, name and other are what the export wrote; do not change them")
    return [(answer, Together(kind=cast("Kind", row["kind"]), names=[str(row["name"]), str(row["other"])]))]


def _corrected(row: Mapping[str, Any], answer: str, documents: set[str]) -> Correction:
    value = row["new value"] if answer == CORRECT else row["value"]
    if value in (None, ""):
        raise UsageError("there is no new value" if answer == CORRECT else "there is no value that could be right")
    if row["document"] not in documents:
        raise UsageError(f"the dataset has no document «{row['document']}»")
    if not isinstance(row["sheet"], int) or row["table"] not in BY_NAME:
        raise UsageError("sheet and table are what the export wrote; do not change them")
    raw = "" if row["printed"] is None else str(row["printed"])
    made = _correction(row["table"], row["row"], row["field"], raw, _text(value))
    typed(column_of(made), made.value)
    return made.model_copy(update={"document": row["document"], "sheet": row["sheet"]})


def _correction(table: str, row: int | None, field: str, raw: str, value: str) -> Correction:
    return Correction(document="", sheet=1, table=table, row=row, field=field, raw=raw, value=value)


def _text(value: Any) -> str:
    """A cell's value as text: a date without its time, a whole number without its point."""
    if hasattr(value, "date"):
        return str(value.date().isoformat())
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
