"""Compares what was read with what is on the paper: right, wrong, missing, invented, and silently so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from pegextract.evaluation.align import align
from pegextract.evaluation.matching import LIGHT, Matching, canonical

Record = dict[str, Any]
"""A sheet in the shape of the expected files: its fields by name, and a list of rows for each of its tables."""
Flagged = Callable[[int, str, int | None, str], bool]
"""(sheet index, table, row number, field) -> a finding tells of it. The index counts the sheets that were read from 0
(-1: the sheet was not read), the row number the rows that were read from 1 (None: objectives, or a row not read)."""

CHILDREN = ("dup_links", "phases", "indicators", "linked_objectives")


class Item(NamedTuple):
    """One field of one row, on the paper or read. expected, got: None where it is not there · told: by a finding."""

    sheet: int
    table: str
    row: int | None
    field: str
    expected: Any
    got: Any
    right: bool
    told: bool

    @property
    def kind(self) -> str:
        """What became of it: right, wrong, missing or invented."""
        if self.right:
            return "right"
        return "missing" if self.got is None else "invented" if self.expected is None else "wrong"

    @property
    def silent(self) -> bool:
        """Not right, and no finding tells of it."""
        return not self.right and not self.told

    def __str__(self) -> str:
        """Where, what was expected, what was read."""
        where = f"sheet {self.sheet} {self.table}{'' if self.row is None else f'[{self.row}]'}.{self.field}"
        mark = " SILENT" if self.silent else ""
        return f"{where}: {self.kind}{mark}\n    expected {self.expected!r}\n    got      {self.got!r}"


class Score(NamedTuple):
    """Counts over items; scores add up. differences: the items that are not right, in order."""

    expected: int = 0
    got: int = 0
    right: int = 0
    differences: tuple[Item, ...] = ()

    @classmethod
    def of(cls, items: Iterable[Item]) -> Score:
        """The score of these items."""
        every = list(items)
        return cls(
            sum(item.expected is not None for item in every),
            sum(item.got is not None for item in every),
            sum(item.right for item in every),
            tuple(item for item in every if not item.right),
        )

    def __add__(self, other: Score) -> Score:  # type: ignore[override]  # scores add up, tuples would be chained
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
        return sum(item.kind == "wrong" for item in self.differences)

    @property
    def silent(self) -> int:
        """Differences of any kind that no finding tells of."""
        return sum(item.silent for item in self.differences)

    @property
    def silent_rate(self) -> float:
        """Silent differences per item on the paper."""
        return self.silent / self.expected if self.expected else float(self.silent)

    def by_field(self) -> Counter[str]:
        """Differences counted by table, field and kind, the commonest first."""
        return Counter(f"{item.table}.{item.field} {item.kind}" for item in self.differences)

    def report(self, limit: int = 30) -> str:
        """The figures, the fields that suffer most, and the first `limit` differences."""
        lines = [
            f"items {self.expected}  read {self.got}  right {self.right}  precision {self.precision:.4f}  "
            f"recall {self.recall:.4f}  f1 {self.f1:.4f}  wrong {self.wrong}  "
            f"silent {self.silent} ({self.silent_rate:.4%})"
        ]
        lines += [f"  {count:5d}  {name}" for name, count in self.by_field().most_common(12)]
        return "\n".join([*lines, *map(str, self.differences[:limit])])


class Pair(NamedTuple):
    """A row on the paper and the row that was read for it; an empty one where there is no counterpart."""

    sheet: int
    table: str
    row: int | None
    expected: Record
    got: Record


def compare(
    expected: Sequence[Record], got: Sequence[Record], flagged: Flagged | None = None, matching: Matching = LIGHT
) -> Score:
    """Score the sheets `got` against `expected`, both in the shape of the expected files."""
    return Score.of(items(pairs(expected, got), flagged, matching))


def pairs(expected: Sequence[Record], got: Sequence[Record]) -> Iterator[Pair]:
    """The rows that belong together.

    Sheets and rows are aligned in order by likeness, so that one missed row does not shift the others.
    """
    for i, j in align(expected, got, _sheet_likeness):
        want, have = expected[i] if i is not None else {}, got[j] if j is not None else {}
        sheet = -1 if j is None else j
        yield Pair(sheet, "objectives", None, _objective(want), _objective(have))
        for table in CHILDREN:
            yield from _row_pairs(sheet, table, want.get(table) or [], have.get(table) or [])


def items(found: Iterable[Pair], flagged: Flagged | None = None, matching: Matching = LIGHT) -> Iterator[Item]:
    """Every field of the pairs that either side fills in."""
    for pair in found:
        want, have = _filled(pair.expected), _filled(pair.got)
        for field in sorted(want.keys() | have.keys()):
            right = field in want and field in have and matching.same(field, want[field], have[field])
            told = not right and flagged is not None and flagged(pair.sheet, pair.table, pair.row, field)
            yield Item(pair.sheet, pair.table, pair.row, field, want.get(field), have.get(field), right, told)


def _row_pairs(sheet: int, table: str, expected: Sequence[Record], got: Sequence[Record]) -> Iterator[Pair]:
    for i, j in align(expected, got, _row_likeness):
        row = None if j is None else j + 1
        yield Pair(sheet, table, row, expected[i] if i is not None else {}, got[j] if j is not None else {})


def _objective(sheet: Record) -> Record:
    return {field: value for field, value in sheet.items() if field not in CHILDREN and field != "sheet_number"}


def _filled(row: Record) -> Record:
    """The fields that are not null; "=" is what a target means that prints no operator."""
    filled = {field: value for field, value in row.items() if value is not None}
    if filled.get("target_operator") == "=":
        del filled["target_operator"]
    return filled


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
