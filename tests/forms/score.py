"""Compares what was read with what is on the paper: right, wrong, missing, invented, and silently so."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from rapidfuzz import fuzz

from .align import align

Record = dict[str, Any]
Flagged = Callable[[int, str, int | None, str], bool]
"""(sheet index, table, row number, field) -> a finding tells of it. The index counts the sheets that were read from 0
(-1: the sheet was not read), the row number the rows that were read from 1 (None: objectives, or a row not read)."""

CHILDREN = ("dup_links", "phases", "indicators", "linked_objectives")
_FREE = {"title", "description", "notes"}
_NUMERIC = {"weight", "target_value", "target_numerator", "target_denominator", "revenue", "expenditure"}
_SINGLE, _DOUBLE, _DASHES = (
    "\u2018\u2019\u00b4`",
    "\u201c\u201d\u201e\u00ab\u00bb",
    "\u2010\u2011\u2012\u2013\u2014\u2212",
)
_QUOTES = str.maketrans({**dict.fromkeys(_SINGLE, "'"), **dict.fromkeys(_DOUBLE, '"'), **dict.fromkeys(_DASHES, "-")})


@dataclass(frozen=True)
class Difference:
    """One value that is not as the paper has it."""

    sheet: int
    table: str
    row: int | None
    field: str
    kind: str
    """wrong, missing, or invented."""
    expected: Any
    got: Any
    silent: bool
    """No finding tells of it."""

    def __str__(self) -> str:
        """Where, what was expected, what was read."""
        where = f"sheet {self.sheet} {self.table}{'' if self.row is None else f'[{self.row}]'}.{self.field}"
        mark = " SILENT" if self.silent else ""
        return f"{where}: {self.kind}{mark}\n    expected {self.expected!r}\n    got      {self.got!r}"


@dataclass(frozen=True)
class Score:
    """Counts over items, an item being one non-null value of one field of one row; scores add up."""

    expected: int = 0
    got: int = 0
    right: int = 0
    differences: tuple[Difference, ...] = ()

    def __add__(self, other: "Score") -> "Score":
        """The score of both together."""
        return Score(
            self.expected + other.expected,
            self.got + other.got,
            self.right + other.right,
            self.differences + other.differences,
        )

    @property
    def precision(self) -> float:
        """Right values among those read; 1 where nothing was read."""
        return self.right / self.got if self.got else 1.0

    @property
    def recall(self) -> float:
        """Right values among those on the paper; 1 where the paper is empty."""
        return self.right / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def wrong(self) -> int:
        """Values read otherwise than printed."""
        return sum(d.kind == "wrong" for d in self.differences)

    @property
    def silent(self) -> int:
        """Differences of any kind that no finding tells of."""
        return sum(d.silent for d in self.differences)

    @property
    def silent_rate(self) -> float:
        """Silent differences per item on the paper."""
        return self.silent / self.expected if self.expected else float(self.silent)

    def by_field(self) -> Counter[str]:
        """Differences counted by table, field and kind, the commonest first."""
        return Counter(f"{d.table}.{d.field} {d.kind}" for d in self.differences)

    def report(self, limit: int = 30) -> str:
        """The figures, the fields that suffer most, and the first `limit` differences."""
        lines = [
            f"items {self.expected}  read {self.got}  right {self.right}  precision {self.precision:.4f}  "
            f"recall {self.recall:.4f}  f1 {self.f1:.4f}  wrong {self.wrong}  "
            f"silent {self.silent} ({self.silent_rate:.4%})"
        ]
        lines += [f"  {count:5d}  {name}" for name, count in self.by_field().most_common(12)]
        return "\n".join([*lines, *map(str, self.differences[:limit])])


def compare(
    expected: list[Record],
    got: list[Record],
    flagged: Flagged | None = None,
    *,
    fuzzy_free_text: float | None = None,
) -> Score:
    """Score the sheets `got` against `expected`, both in the shape of the gold files.

    Sheets and rows are aligned in order by likeness, so that one missed row does not shift the others. With
    `fuzzy_free_text` (0-1) titles, descriptions and notes count as right from that similarity on.
    """
    judge = _Judge(flagged or (lambda *_: False), fuzzy_free_text)
    total = Score()
    for i, j in align(expected, got, _sheet_likeness):
        want, have = expected[i] if i is not None else {}, got[j] if j is not None else {}
        sheet = -1 if j is None else j
        total += judge.fields(sheet, "objectives", None, _objective(want), _objective(have))
        for table in CHILDREN:
            total += judge.rows(sheet, table, want.get(table) or [], have.get(table) or [])
    return total


@dataclass(frozen=True)
class _Judge:
    flagged: Flagged
    fuzzy: float | None

    def rows(self, sheet: int, table: str, expected: list[Record], got: list[Record]) -> Score:
        total = Score()
        for i, j in align(expected, got, _row_likeness):
            row = None if j is None else j + 1
            total += self.fields(
                sheet, table, row, expected[i] if i is not None else {}, got[j] if j is not None else {}
            )
        return total

    def fields(self, sheet: int, table: str, row: int | None, expected: Record, got: Record) -> Score:
        want, have = _items(expected), _items(got)
        right, differences = 0, []
        for field in sorted(want.keys() | have.keys()):
            if field in want and field in have and self.same(field, want[field], have[field]):
                right += 1
                continue
            kind = "wrong" if field in want and field in have else "missing" if field in want else "invented"
            silent = not self.flagged(sheet, table, row, field)
            differences.append(Difference(sheet, table, row, field, kind, want.get(field), have.get(field), silent))
        return Score(len(want), len(have), right, tuple(differences))

    def same(self, field: str, want: Any, have: Any) -> bool:
        """Equal by light matching, or like enough where the text is free."""
        want, have = canonical(field, want), canonical(field, have)
        if want == have:
            return True
        if self.fuzzy is None or field not in _FREE or not isinstance(want, str) or not isinstance(have, str):
            return False
        return fuzz.ratio(want, have) / 100 >= self.fuzzy


def _objective(sheet: Record) -> Record:
    return {field: value for field, value in sheet.items() if field not in CHILDREN and field != "sheet_number"}


def _items(row: Record) -> Record:
    items = {field: value for field, value in row.items() if value is not None}
    if items.get("target_operator") == "=":
        del items["target_operator"]
    return items


def canonical(field: str, value: Any) -> Any:
    """`value` without the differences that light matching ignores."""
    if field in _NUMERIC:
        return _number(value)
    text = unicodedata.normalize("NFC", str(value)).translate(_QUOTES)
    text = " ".join(text.split())
    return re.sub(r"(?<=_\d\d)_(?=IS_)", "", text) if field == "code" else text


def _number(value: Any) -> Any:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return Decimal(f"{number:.9g}") if number.is_finite() else str(value)


def _sheet_likeness(want: Record, have: Record) -> float:
    return _likeness(want, have, ("code", "title", "description"), ("code", "service", "manager"))


def _row_likeness(want: Record, have: Record) -> float:
    return _likeness(want, have, ("description", "title", "code"), want.keys())


def _likeness(want: Record, have: Record, texts: Iterable[str], fields: Iterable[str]) -> float:
    """0-1: half the likeness of the texts that name a row, half the share of its equal fields."""
    named = [field for field in texts if want.get(field) or have.get(field)]
    ratios = [fuzz.ratio(str(want.get(f) or "")[:200], str(have.get(f) or "")[:200]) / 100 for f in named]
    printed = [f for f in fields if want.get(f) is not None]
    equal = sum(have.get(f) is not None and canonical(f, want[f]) == canonical(f, have[f]) for f in printed)
    return 0.5 * (max(ratios) if ratios else 0.0) + 0.5 * (equal / len(printed) if printed else 0.0)
