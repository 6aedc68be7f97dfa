"""Renderings whose tables are drawn with characters, as tabulate and those like it draw them."""

import csv
import io
import random
from collections.abc import Callable

from tabulate import tabulate

from .render_cells import Lines, Rows, Style, render_cells
from .sheets import Sheet

RULED = ("grid", "rounded_grid", "double_grid", "simple_grid", "fancy_grid")
"""Formats with a rule between two rows."""
HEADED = ("outline", "heavy_outline", "psql", "presto", "pretty", "simple", "rst")
"""Formats with a rule below the head alone."""
OTHERS = ("html", "plain", "github", "orgtbl")
NARROW = 22
"""Characters at which cells wrap."""


def table_in(style: str, width: int | None = None) -> Callable[[Rows], Lines]:
    """What draws a table, its cells wrapped where a width is given."""

    def table(rows: Rows) -> Lines:
        widths = [width] * len(rows[0]) if width else None
        drawn = tabulate(
            rows[1:],
            headers=rows[0],
            tablefmt=style,
            maxcolwidths=widths,
            maxheadercolwidths=widths,
            disable_numparse=True,
        )
        return drawn.split("\n")

    return table


def records(rows: Rows) -> Lines:
    """Each row as labels with their values, one a line."""
    if not any(rows[0]):
        return [f"{row[n]}: {row[n + 1]}" for row in rows[1:] for n in range(0, len(row), 2)]
    return [
        line
        for row in rows[1:]
        for line in [*(f"{label}: {cell}" for label, cell in zip(rows[0], row, strict=True)), ""]
    ]


def semicolons(rows: Rows) -> Lines:
    """As Excel saves tables in Italy."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(row for row in rows if any(row))
    return text.getvalue().rstrip("\n").split("\n")


BY_HAND: dict[str, Callable[[Rows], Lines]] = {"records": records, "semicolons": semicolons}
"""What tabulate does not draw."""


def render_drawn(sheet: Sheet, rng: random.Random, style: str, width: int | None = None) -> str:
    """The sheet with its tables in a format of tabulate."""
    return render_cells(sheet, rng, Style(BY_HAND.get(style) or table_in(style, width)))
