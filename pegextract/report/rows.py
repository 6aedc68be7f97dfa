"""The tables of a sheet as rich tables: one row per printed row, its findings in the row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from pegextract.extraction import PlacedFinding
from pegextract.models import DupLink, Indicator, LinkedObjective, Phase
from pegextract.report.marks import Marks, amount, day, findings_under, typed_target, weight

Findings = Mapping[tuple[str | None, int | None, str | None], list[PlacedFinding]]


def _table(*columns: str, right: Sequence[str] = (), narrow: Sequence[str] = ()) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False)
    for name in columns:
        table.add_column(name, justify="right" if name in right else "left", no_wrap=name in narrow)
    return table


def _lines(*texts: Text) -> Text:
    return Text("\n").join(text for text in texts if text)


def phases(rows: Sequence[Phase], marks: Marks, findings: dict[tuple[str | None, int | None, str | None], list[PlacedFinding]]) -> Table | None:
    """What, how much, when, who."""
    table = _table("#", "phase", "weight", "from, to", "responsible, centre", right=("#", "weight"), narrow=("weight", "from, to"))
    for row in rows:
        number = row.phase_number

        def cell(name: str, value: str | None, number: int = number) -> Text:
            return marks.before(("phases", number, name), value)

        notes = Text("notes: ", style="dim") + cell("notes", row.notes) if row.notes else Text()
        table.add_row(
            str(number),
            findings_under(_lines(cell("description", row.description), notes), findings.pop(("phases", number, None), [])),
            cell("weight", weight(row.weight)),
            _lines(cell("start_date", day(row.start_date)), cell("end_date", day(row.end_date))),
            _lines(
                cell("responsible_name", row.responsible_name),
                cell("responsible_role", row.responsible_role),
                cell("responsibility_centre", row.responsibility_centre),
            ),
        )
    return table if rows else None
