"""Writes an invented archive, and tells how well its people and units were resolved."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pegextract.dataset import read
from pegextract.dataset.writer import DatasetWriter
from pegextract.layouts.profile import shipped_profiles
from pegextract.runs.extract import Settings, extract_document
from tests.forms.archive import Document

SETTINGS = Settings(shipped_profiles())
IDS = {
    "people": (("objectives", "director_id"), ("objectives", "manager_id"), ("phases", "person_id")),
    "org_units": (("objectives", "direction_id"), ("objectives", "service_id"), ("phases", "org_unit_id")),
}

_TEXTS = {
    "director_id": "director_raw",
    "manager_id": "manager_raw",
    "person_id": "responsible_name",
    "direction_id": "direction_raw",
    "service_id": "service_raw",
    "org_unit_id": "responsibility_centre_raw",
}


class Named(NamedTuple):
    """One name of one sheet: what it is in truth, which id it has, and how it was read."""

    truth: str
    id: str | None
    text: str
    place: str


class Pairs(NamedTuple):
    """Pairwise precision and recall of the merges."""

    precision: float
    recall: float
    names: int


def write(documents: Iterable[Document], output: Path) -> None:
    """Convert the documents into a dataset."""
    with DatasetWriter(output) as writer:
        for document in documents:
            writer.add(extract_document(document.data, document.name, SETTINGS), document.name)


def named(documents: Iterable[Document], output: Path, kind: str) -> list[Named]:
    """Every name of the archive whose sheet was found, with the id that it was given."""
    found: dict[tuple[str, str, int | None, str], tuple[str | None, str | None]] = {}
    for table, column in IDS[kind]:
        for row in read.load_table(output, table).to_pylist():
            number = row.get("phase_number")
            found[row["sheet_id"], table, number, column] = (row[column], row[_TEXTS[column]])
    result = []
    for document in documents:
        sheet_id = f"{sha256(document.data).hexdigest()[:16]}-0001"
        truths = document.people if kind == "people" else document.units
        for (table, number, column), truth in truths.items():
            id_, text = found.get((sheet_id, table, number, column), (None, None))
            if text is not None:
                result.append(Named(truth, id_, text, f"{document.name} {table} {number} {column}"))
    return result


def pairs(names: Iterable[Named], *, distinct: bool = False) -> Pairs:
    """How many of the pairs put together belong together, and the other way round. distinct: each spelling once."""
    if distinct:
        by_text: dict[tuple[str, str], Counter[str | None]] = defaultdict(Counter)
        for name in names:
            by_text[name.truth, name.text][name.id] += 1
        names = [Named(t, ids.most_common(1)[0][0], text, "") for (t, text), ids in by_text.items()]
    names = list(names)
    both: Counter[tuple[str, str]] = Counter((n.truth, n.id) for n in names if n.id is not None)
    together = sum(_choose(count) for count in both.values())
    predicted = sum(_choose(c) for c in Counter(n.id for n in names if n.id is not None).values())
    true = sum(_choose(c) for c in Counter(n.truth for n in names).values())
    return Pairs(together / predicted if predicted else 1.0, together / true if true else 1.0, len(names))


def wrong(names: Iterable[Named]) -> list[Named]:
    """Names whose id mostly stands for somebody else, or which have none or a rare one."""
    names = list(names)
    owners: dict[str | None, Counter[str]] = defaultdict(Counter)
    usual: dict[str, Counter[str | None]] = defaultdict(Counter)
    for name in names:
        owners[name.id][name.truth] += 1
        usual[name.truth][name.id] += 1
    return [
        name
        for name in names
        if owners[name.id].most_common(1)[0][0] != name.truth or usual[name.truth].most_common(1)[0][0] != name.id
    ]


def _choose(count: int) -> int:
    return count * (count - 1) // 2


class Completed(NamedTuple):
    """Cut centres: how many have one whole name in the archive, and how many of them got it; how many have several.

    decided: of the several, those whose header, direction or year chose; chosen_right: those of them that are right
    silent: wrong values without a finding.
    """

    one: int
    right: int
    several: int
    decided: int
    chosen_right: int
    silent: int


def completed(documents: Iterable[Document], output: Path) -> Completed:
    """What became of the centres that the form cut, and that were read as printed."""
    documents = list(documents)
    rows = {(r["sheet_id"], r["phase_number"]): r for r in read.load_table(output, "phases").to_pylist()}
    findings = read.load_table(output, "findings").to_pylist()
    told = {(f["sheet_id"], f["row_number"]) for f in findings if f["field"] == "responsibility_centre"}
    wholes = set(_whole_names(documents))
    counts: Counter[str] = Counter()
    for document in documents:
        sheet_id = f"{sha256(document.data).hexdigest()[:16]}-0001"
        for number, (cells, unit) in enumerate(
            zip(document.sheet.printed["phases"], document.sheet.units, strict=True), 1
        ):
            row, cut = rows.get((sheet_id, number)), cells["centre"]
            if row is None or row["responsibility_centre_raw"] != cut or cut == unit or not unit.startswith(cut):
                continue
            fits, value = sum(whole.startswith(cut) for whole in wholes), row["responsibility_centre"]
            kind = "one" if fits == 1 else "several"
            counts[kind] += fits > 0
            counts["right"] += fits == 1 and value == unit
            counts["decided"] += fits > 1 and value != cut
            counts["chosen_right"] += fits > 1 and value == unit
            counts["silent"] += fits > 0 and value not in (unit, cut) and (sheet_id, number) not in told
    return Completed(*(counts[name] for name in Completed._fields))


def _whole_names(documents: Iterable[Document]) -> Iterable[str]:
    for document in documents:
        yield document.sheet.truth["service"]
        yield f"DIREZIONE {document.sheet.truth['direction']}"
        for cells, unit in zip(document.sheet.printed["phases"], document.sheet.units, strict=True):
            if cells["centre"] == unit:
                yield unit
