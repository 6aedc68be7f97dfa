"""Column, Table: how one table of the dataset is described. The tables themselves are data, in contract.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

CONTRACT = "1"
"""Version of docs/contract.md, written into every file."""


class Both(NamedTuple):
    """A sentence in English and in Italian."""

    en: str
    it: str


COMPUTED = Both("computed", "calcolato")
"""The place of a column that is not printed on the form."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column, with all that a reader of the dataset may ask about it.

    type: a key of arrow.ARROW_TYPES; "text" is a string that seldom repeats · label: as the form prints it (Italian)
    place: where it stands on the form · required: never null · values: the closed vocabulary, where there is one
    low, high: inclusive limits, where there are some.
    """

    name: str
    type: str
    meaning: Both
    example: str
    unit: str = ""
    label: str = ""
    place: Both = COMPUTED
    required: bool = False
    values: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None


class Reference(NamedTuple):
    """A foreign key: `column` holds values of `to_column` in `to_table`, or null."""

    column: str
    to_table: str
    to_column: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table. Rows are sorted by `sort`, nulls first; `key` is unique, and empty where rows have no identity.

    by_year: one file per year (and `unknown.parquet`) instead of one file · record: the class in models.py that a
    row is made of, "" where there is none.
    """

    name: str
    meaning: Both
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    sort: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    by_year: bool = True
    record: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the files."""
        return tuple(column.name for column in self.columns)
