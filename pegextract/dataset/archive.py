"""What is decided over the whole archive before its tables are written: corrections, people, units, relations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pegextract.dataset.columns import Table
from pegextract.dataset.contract import BY_NAME
from pegextract.dataset.corrections import Corrected, correct
from pegextract.dataset.derived import CELL, Cell, Derived, Placed, places_of, told_rows, with_derived, with_places
from pegextract.dataset.identified import identify, known_entities
from pegextract.dataset.order import in_order
from pegextract.dataset.parquet import read_table
from pegextract.dataset.related import relate
from pegextract.models import SHEET_TABLES
from pegextract.registry.judgements import load_judgements

TOGETHER: Final = ("documents", *SHEET_TABLES, "findings")
"""The tables that are put together first, because people, units and relations are found over all of them."""

Take = Callable[[Table], Any]
"""All rows of a table as `pyarrow.Table`, once."""


class Archive(NamedTuple):
    """tables: those that are decided on, by name · derived: what evidence gains, by sheet_id · severities: of the new
    findings · told: the cells that these are about, and places: where the evidence seen so far prints them.
    """

    tables: dict[str, Any]
    derived: dict[str, list[Derived]]
    severities: Sequence[str]
    told: frozenset[Cell]
    places: dict[Cell, Placed]

    def completed(self, table: Table, rows: Any) -> Any:
        """Rows of a table with what the archive adds to them, in no order. Evidence is to be asked before findings."""
        if table.name == "findings":
            return with_places(rows, self.places)
        if table.name != "evidence":
            return rows
        self.places.update(places_of(rows, self.told))
        sheets = pc.unique(rows["sheet_id"]).to_pylist()
        return with_derived(rows, [one for sheet in sheets for one in self.derived.get(sheet, ())])


def resolve_archive(output: Path, take: Take) -> Archive:
    """Decide on the rows of a new dataset, with the register and the judgements of the one that is in `output`.

    Raises UsageError for judgements that make no sense.
    """
    judgements = load_judgements(output)
    names = (*TOGETHER, "evidence") if judgements.correction else TOGETHER
    whole = {name: in_order(BY_NAME[name], take(BY_NAME[name])) for name in names}
    corrected = correct(whole, judgements.correction) if judgements.correction else Corrected(whole, ())
    people, units = (
        known_entities(read_table(output, BY_NAME[name]), BY_NAME[name].key[0]) for name in ("people", "org_units")
    )
    found = identify(corrected.tables, people, units, judgements)
    tables = {**corrected.tables, **found.tables}
    related = relate(tables)
    told = told_rows([*corrected.findings, *found.findings, *related.findings])
    tables |= {"lineage": related.lineage, "findings": pa.concat_tables([tables["findings"], told])}
    derived: dict[str, list[Derived]] = {}
    for one in found.evidence:
        derived.setdefault(one.sheet_id, []).append(one)
    cells = zip(*(told[name].to_pylist() for name in CELL), strict=True)
    named = frozenset(cell for cell in cells if cell[0] is not None and cell[-1] is not None)
    return Archive(tables, derived, told["severity"].to_pylist(), named, {})
