"""Renderings whose tables are drawn with characters, as tabulate and those like it draw them."""

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


def render_drawn(sheet: Sheet, rng: random.Random, style: str, width: int | None = None) -> str:
    """The sheet with its tables in a format of tabulate."""
    return render_cells(sheet, rng, Style(table_in(style, width)))
