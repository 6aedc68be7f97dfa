"""An evaluation as a person reads it, and as data: scores per table and field, and what confidence is worth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from rapidfuzz.distance import Prefix
from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pegextract.evaluation.archive import Compared, all_judged, by_document
from pegextract.evaluation.bands import Band, by_band
from pegextract.evaluation.matching import MATCHINGS, Matching
from pegextract.evaluation.score import Item, Score
from pegextract.runs.names import safe

DIFFERENCES_SHOWN = 20
SHOWN = 90
"""Letters shown of a value that differs."""
SHOWN_BEFORE = 30
"""Those of them before the first difference."""


class Line(NamedTuple):
    """What one line of the report counts. field: None for all of a table; table: None for everything."""

    table: str | None
    field: str | None
    scores: dict[str, Score]
    """By the name of the matching."""


class Evaluation(NamedTuple):
    """All figures of one comparison. by: the matching that thresholds, differences and confidence are judged by."""

    documents: int
    unknown: tuple[str, ...]
    by: Matching
    lines: tuple[Line, ...]
    bands: tuple[Band, ...]
    differences: tuple[tuple[str, Item], ...]
    """What is not right, with the name of its document."""

    @property
    def score(self) -> Score:
        """Of all values, by the matching chosen."""
        return self.lines[0].scores[self.by.name]

    def missed(self, least_f1: float, most_silent: float) -> list[str]:
        """The thresholds that do not hold, a sentence each. Both are shares, 0-1."""
        told = []
        if self.score.f1 < least_f1:
            told.append(f"F1 is {_down(self.score.f1)}, below {least_f1:g}")
        if self.score.silent_rate > most_silent:
            told.append(f"silent errors are {self.score.silent_rate:.4f}, above {most_silent:g}")
        return told


def evaluation(found: Sequence[Compared], by: Matching) -> Evaluation:
    """The figures of what was compared."""
    judged = {name: by_document(found, matching) for name, matching in MATCHINGS.items()}
    return Evaluation(
        len(found),
        tuple(one.document for one in found if not one.known),
        by,
        tuple(_lines({name: [item for _, every in documents for item in every] for name, documents in judged.items()})),
        tuple(by_band(all_judged(judged[by.name]))),
        tuple((one.document, item) for one, every in judged[by.name] for item in every if not item.right),
    )


def _lines(judged: dict[str, list[Item]]) -> Iterator[Line]:
    """Everything, then each table with its fields."""
    yield Line(None, None, {name: Score.of(items) for name, items in judged.items()})
    cells = {name: _by_cell(items) for name, items in judged.items()}
    fields = next(iter(cells.values())).keys()
    for table in dict.fromkeys(table for table, _ in fields):
        own = [(table, field) for of, field in sorted(fields) if of == table]
        scores = [{name: Score.of(found[cell]) for name, found in cells.items()} for cell in own]
        yield Line(table, None, {name: sum((score[name] for score in scores), Score()) for name in judged})
        yield from (Line(*cell, score) for cell, score in zip(own, scores, strict=True))


def _by_cell(items: Iterable[Item]) -> dict[tuple[str, str], list[Item]]:
    """The items by table and field, in the order in which tables come."""
    found: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        found[item.table, item.field].append(item)
    return found


def evaluation_view(found: Evaluation) -> RenderableType:
    """Scores, confidence, the first differences."""
    parts: list[RenderableType] = [Text(_headline(found), style="bold"), _scores(found), Text()]
    if found.bands:
        parts += [Text("confidence, and how much of it was wrong", style="bold"), _bands(found.bands), Text()]
    parts += [_difference(*one) for one in found.differences[:DIFFERENCES_SHOWN]]
    more = len(found.differences) - DIFFERENCES_SHOWN
    return Group(*parts, Text(f"… and {more} more differences; --json has them all" if more > 0 else ""))


def _difference(document: str, item: Item) -> Text:
    """Where, what is wrong with it, and both values around the first letter that differs."""
    sheet = "a sheet that was not read" if item.sheet < 0 else f"sheet {item.sheet + 1}"
    row = "" if item.row is None else f"[{item.row}]"
    told = "without a finding" if item.silent else "told"
    expected, got = ("" if value is None else str(value) for value in (item.expected, item.got))
    begin = max(0, Prefix.similarity(expected, got) - SHOWN_BEFORE)
    return Text(
        f"{safe(document)}, {sheet}, {item.table}{row}.{item.field}: {item.kind}, {told}\n"
        f"  expected  {_clipped(expected, begin)}\n  read      {_clipped(got, begin)}"
    )


def _clipped(text: str, begin: int) -> str:
    part = safe(text[begin : begin + SHOWN])
    return f"{'…' if begin else ''}{part}{'…' if begin + SHOWN < len(text) else ''}" if text else "(nothing)"


def _headline(found: Evaluation) -> str:
    unknown = f", {len(found.unknown)} of them not in the dataset: {', '.join(found.unknown)}" if found.unknown else ""
    return safe(f"{found.documents} documents expected{unknown}; matching: {found.by.name}")


def _scores(found: Evaluation) -> Table:
    columns = ("expected", "read", "precision", "recall", "F1", "F1 exact", "F1 light", "F1 similar", "silent")
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("", no_wrap=True)
    for name in columns:
        table.add_column(name, justify="right", no_wrap=True)
    for line in found.lines:
        score = line.scores[found.by.name]
        others = [_down(line.scores[name].f1) for name in ("exact", "light", "similar")]
        figures = (str(score.expected), str(score.got), *map(_down, (score.precision, score.recall, score.f1)), *others)
        name = line.table or "everything" if line.field is None else f"  {line.field}"
        style = "" if line.field else "bold"
        table.add_row(name, *figures, f"{score.silent} ({score.silent_rate:.2%})", style=style)
    return table


def _bands(bands: Sequence[Band]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in ("confidence", "values", "of all", "wrong", "without a finding"):
        table.add_column(name, justify="right")
    whole = sum(band.values for band in bands)
    for band in bands:
        shares = (band.values / whole, band.wrong / band.values, band.silent / band.values)
        table.add_row(band.limits, str(band.values), *(f"{share:.2%}" for share in shares))
    return table


def evaluation_json(found: Evaluation) -> dict[str, Any]:
    """The same as data, with every difference."""
    return {
        "documents": found.documents,
        "not_in_dataset": list(found.unknown),
        "matching": found.by.name,
        "scores": [_line_json(line) for line in found.lines],
        "confidence": [band._asdict() for band in found.bands],
        "differences": [
            {"document": document, "sheet_number": item.sheet + 1 or None, **_item_json(item)}
            for document, item in found.differences
        ],
    }


def _item_json(item: Item) -> dict[str, Any]:
    shown = ("table", "row", "field", "kind", "silent", "expected", "got")
    return {name: getattr(item, name) for name in shown}


def _line_json(line: Line) -> dict[str, Any]:
    return {
        "table": line.table,
        "field": line.field,
        **{
            name: {
                "expected": score.expected,
                "read": score.got,
                "right": score.right,
                "precision": score.precision,
                "recall": score.recall,
                "f1": score.f1,
                "silent": score.silent,
                "silent_rate": score.silent_rate,
            }
            for name, score in line.scores.items()
        },
    }


def _down(share: float) -> str:
    """Four digits, never rounded up: 1.0000 is every value."""
    return f"{int(share * 10_000) / 10_000:.4f}"
