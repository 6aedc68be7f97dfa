"""The tables of a sheet: one row per printed row, with its findings in it. None where the sheet prints none."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from pegextract.models import DupLink, Indicator, LinkedObjective, Phase
from pegextract.report.margin import Margin, lines, with_findings
from pegextract.report.written import amount, day, typed_target, weight


def _table(*columns: str, right: Sequence[str] = (), narrow: Sequence[str] = ()) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in columns:
        table.add_column(name, justify="right" if name in right else "left", no_wrap=name in narrow)
    return table


def phases(rows: Sequence[Phase], margin: Margin) -> Table | None:
    """What, how much, when, who."""
    table = _table(
        "#", "phase", "weight", "from, to", "responsible, centre", right=("#",), narrow=("weight", "from, to")
    )
    for row in rows:
        table.add_row(str(row.phase_number), *_phase(row, margin))
    return table if rows else None


def _phase(row: Phase, margin: Margin) -> tuple[Text, ...]:
    def cell(name: str, value: str | None) -> Text:
        return margin.value("phases", row.phase_number, name, value)

    notes = Text("notes: ") + cell("notes", row.notes) if row.notes else Text()
    return (
        with_findings(lines(cell("description", row.description), notes), margin.findings("phases", row.phase_number)),
        cell("weight", weight(row.weight)),
        lines(cell("start_date", day(row.start_date)), cell("end_date", day(row.end_date))),
        lines(
            cell("responsible_name", row.responsible_name),
            cell("responsible_role", row.responsible_role),
            cell("responsibility_centre", row.responsibility_centre),
        ),
    )


def indicators(rows: Sequence[Indicator], margin: Margin) -> Table | None:
    """What is counted, of which type, and the expected value as printed and as understood."""
    table = _table("#", "indicator", "type", "expected", right=("#",))
    for row in rows:
        number = row.indicator_number
        what = margin.value("indicators", number, "description", row.description)
        table.add_row(
            str(number),
            with_findings(what, margin.findings("indicators", number)),
            margin.value("indicators", number, "indicator_type", row.indicator_type),
            lines(
                margin.value("indicators", number, "target_raw", row.target_raw),
                Text(typed_target(row) and f"  {typed_target(row)}", style="dim"),
            ),
        )
    return table if rows else None


def dup_links(rows: Sequence[DupLink], margin: Margin) -> Table | None:
    """Level, code and title of each link to the DUP."""
    table = _table("level", "code", "title")
    for row in rows:
        number = row.link_number
        table.add_row(
            margin.value("dup_links", number, "level", row.level.replace("_", " ")),
            margin.value("dup_links", number, "code", row.code or row.code_raw),
            with_findings(margin.value("dup_links", number, "title", row.title), margin.findings("dup_links", number)),
        )
    return table if rows else None


def linked_objectives(rows: Sequence[LinkedObjective], margin: Margin) -> Table | None:
    """Code, title and amounts of each linked objective."""
    table = _table("code", "title", "revenue €", "expenditure €", right=("revenue €", "expenditure €"))
    for row in rows:
        number = row.link_number
        what = margin.value("linked_objectives", number, "title", row.title)
        table.add_row(
            margin.value("linked_objectives", number, "code", row.code),
            with_findings(what, margin.findings("linked_objectives", number)),
            margin.value("linked_objectives", number, "revenue", amount(row.revenue)),
            margin.value("linked_objectives", number, "expenditure", amount(row.expenditure)),
        )
    return table if rows else None
