"""How objectives relate: to that of the year before, to the objectives that they name, to their other printings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pegextract.dataset.arrow import arrow_schema
from pegextract.dataset.contract import BY_NAME
from pegextract.dataset.derived import Told
from pegextract.registry.lineage import Objective, find_lineage
from pegextract.values.characters import fold

_COMPARED: Final = {
    "objectives": (
        *("year", "title", "direction_id", "director_id", "classification", "service_id", "manager_id"),
        *("objective_type", "description", "weights_total", "phase_count", "indicator_count"),
    ),
    "phases": ("description", "weight", "start_date", "end_date", "person_id", "org_unit_id", "notes"),
    "indicators": ("description", "indicator_type", "target_raw"),
}
"""What two printings of one objective should have in common."""
_SHOWN: Final = 120
"""Characters of a value that a finding quotes."""

Rows = Mapping[str, Sequence[dict[str, Any]]]


class Related(NamedTuple):
    """The table of lineage, and what a person should know."""

    lineage: Any
    findings: Sequence[Told]


def relate(tables: Mapping[str, Any]) -> Related:
    """Relate the objectives of these tables (`pyarrow.Table`, with their ids), the preferred printing of each."""
    objectives = tables["objectives"]
    links = find_lineage(_objectives(tables))
    lineage = pa.Table.from_pylist([link._asdict() for link in links], schema=arrow_schema(BY_NAME["lineage"]))
    return Related(lineage, [*_dangling(objectives, tables["linked_objectives"]), *_disagreements(tables)])


# --- lineage --------------------------------------------------------------------------------------------------------


def _objectives(tables: Mapping[str, Any]) -> Iterator[Objective]:
    preferred = tables["objectives"].filter(tables["objectives"]["is_preferred"])
    columns = ["sheet_id", "objective_id", "year", "title", "description", "service_id", "direction_id"]
    links, phases = _by_sheet(tables["dup_links"], ["code", "title"]), _by_sheet(tables["phases"], ["description"])
    for row in preferred.select(columns).to_pylist():
        text = row["title"] or row["description"]
        if row["year"] is None or not text:
            continue
        yield Objective(
            row["objective_id"],
            row["year"],
            text,
            row["service_id"] or row["direction_id"],
            frozenset(filter(None, map(_without_year, links.get(row["sheet_id"], ())))),
            tuple(one["description"] for one in phases.get(row["sheet_id"], ()) if one["description"]),
        )


def _without_year(link: dict[str, Any]) -> str:
    """What a link to the programme is from year to year: its title, else its code without the year before it."""
    if link["title"]:
        return fold(link["title"])
    year, _, rest = (link["code"] or "").partition("_")
    return rest if year.isdigit() and rest else year


# --- other objectives, other printings ------------------------------------------------------------------------------


def _dangling(objectives: Any, linked: Any) -> Iterator[Told]:
    """Linked objectives that the archive does not have."""
    known = pc.unique(objectives["objective_id"])
    missing = linked.filter(pc.invert(pc.is_in(linked["code"], value_set=known)))
    missing = missing.filter(pc.is_valid(missing["code"]))
    documents = _documents(objectives)
    for row in missing.select(["sheet_id", "year", "link_number", "code"]).to_pylist():
        sheet_id, year, number, code = row.values()
        place = (documents[sheet_id], sheet_id, year, "linked_objectives", number, "code")
        yield Told(*place, "info", "linked_objective_not_found", f"no sheet of the archive prints {code}", code)


def _disagreements(tables: Mapping[str, Any]) -> Iterator[Told]:
    """Where a printing of an objective says something else than the preferred one, field by field."""
    objectives = tables["objectives"]
    times = Counter(objectives["objective_id"].to_pylist())
    several = pa.array([id_ for id_, count in times.items() if count > 1], pa.string())
    printings = objectives.filter(pc.is_in(objectives["objective_id"], value_set=several))
    if not printings.num_rows:
        return
    rows = _rows_of(tables, printings["sheet_id"])
    preferred = {row["objective_id"]: row for row in printings.to_pylist() if row["is_preferred"]}
    for row in printings.to_pylist():
        best = preferred[row["objective_id"]]
        if row["sheet_id"] == best["sheet_id"]:
            continue
        yield from _differences("objectives", None, row, best, row)
        for table in ("phases", "indicators"):
            mine, theirs = rows[table].get(row["sheet_id"], []), rows[table].get(best["sheet_id"], [])
            for number, (one, other) in enumerate(zip(mine, theirs, strict=False), 1):
                yield from _differences(table, number, one, other, row)


def _differences(
    table: str, number: int | None, mine: Mapping[str, Any], best: Mapping[str, Any], sheet: Mapping[str, Any]
) -> Iterator[Told]:
    for name in _COMPARED[table]:
        if mine[name] is None or best[name] is None or _same(mine[name], best[name]):
            continue
        place = (sheet["document_id"], sheet["sheet_id"], sheet["year"], table, number, name)
        said = f"«{_short(mine[name])}» here, «{_short(best[name])}»"
        message = f"{said} in the preferred printing of {sheet['objective_id']}"
        yield Told(*place, "warning", "printings_disagree", message, _short(mine[name]))


def _same(one: Any, other: Any) -> bool:
    return fold(one) == fold(other) if isinstance(one, str) else bool(one == other)


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


# --- columns --------------------------------------------------------------------------------------------------------


def _documents(objectives: Any) -> dict[str, str]:
    return dict(zip(objectives["sheet_id"].to_pylist(), objectives["document_id"].to_pylist(), strict=True))


def _rows_of(tables: Mapping[str, Any], sheet_ids: Any) -> dict[str, dict[str, list[dict[str, Any]]]]:
    found = {}
    for name in ("phases", "indicators"):
        rows = tables[name].filter(pc.is_in(tables[name]["sheet_id"], value_set=sheet_ids.combine_chunks()))
        found[name] = _by_sheet(rows, list(_COMPARED[name]))
    return found


def _by_sheet(table: Any, columns: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """The rows of each sheet, in the table's order."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    rows = table.select(list(columns)).to_pylist()
    for sheet_id, row in zip(table["sheet_id"].to_pylist(), rows, strict=True):
        found[sheet_id].append(row)
    return found
