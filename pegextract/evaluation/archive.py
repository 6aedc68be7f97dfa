"""Expected records against the tables of a dataset: what `pegextract evaluate` measures."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from pegextract.dataset.read import load_table, row_number_column
from pegextract.errors import UsageError
from pegextract.evaluation.bands import Judged, Place, judged
from pegextract.evaluation.matching import Matching
from pegextract.evaluation.records import OBJECTIVE, ROWS, flagged, tells
from pegextract.evaluation.score import Flagged, Item, Pair, Record, items, pairs

Rows = Sequence[Mapping[str, Any]]


class Expected(NamedTuple):
    """What one document must become. document: its name, or as much of its path as tells it from others."""

    document: str
    sheets: list[Record]
    file: Path


class Compared(NamedTuple):
    """One document: its rows beside those expected, what findings tell of, how sure each value is.

    known: whether the dataset has the document at all.
    """

    document: str
    known: bool
    pairs: tuple[Pair, ...]
    flagged: Flagged
    confidences: tuple[tuple[Place, float], ...]


def expected_records(path: Path) -> list[Expected]:
    """The records of one JSON file, or of all `*.expected.json` in a folder (all `*.json` where there are none).

    Raises UsageError for a file of another shape, and where there is nothing to compare with.
    """
    if not path.is_dir():
        return [_expected(path)]
    files = sorted(path.rglob("*.expected.json")) or sorted(path.rglob("*.json"))
    if not files:
        raise UsageError(f"{path} holds no *.expected.json; the shape is that of samples/*.expected.json")
    return [_expected(file) for file in files]


def compared(expected: Iterable[Expected], output: Path) -> list[Compared]:
    """Each expected document beside what the dataset in `output` has of it.

    A document that the dataset lacks counts as read empty. Raises UsageError where a name fits several documents.
    """
    documents = load_table(output, "documents").select(["document_id", "path", "status"]).to_pylist()
    chosen = [(one, _document(one, documents)) for one in expected]
    read = _Dataset(output, {row["document_id"] for _, row in chosen if row})
    return [_compared(one, row, read) for one, row in chosen]


def by_document(found: Iterable[Compared], matching: Matching) -> list[tuple[Compared, list[Item]]]:
    """Every document with its values, judged by one way of matching."""
    return [(one, list(items(one.pairs, one.flagged, matching))) for one in found]


def all_judged(documents: Iterable[tuple[Compared, list[Item]]]) -> Iterator[Judged]:
    """Every value that has evidence, with its confidence."""
    for one, every in documents:
        yield from judged(one.confidences, [item for item in every if not item.right], one.flagged)


def _expected(file: Path) -> Expected:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return Expected(str(content["document"]), [dict(sheet) for sheet in content["sheets"]], file)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        message = f'{file} holds no expected records: {{"document": NAME, "sheets": […]}} is wanted'
        raise UsageError(message) from error


def _document(expected: Expected, documents: Rows) -> Mapping[str, Any] | None:
    """The row of `documents` whose path ends in the expected name."""
    wanted = PurePosixPath(expected.document).parts
    found = [row for row in documents if PurePosixPath(row["path"]).parts[-len(wanted) :] == wanted]
    if len(found) > 1:
        paths = " and ".join(sorted(row["path"] for row in found)[:2])
        raise UsageError(f'"document" of {expected.file} fits {paths}: name a folder with it')
    return found[0] if found else None


def _compared(expected: Expected, document: Mapping[str, Any] | None, read: _Dataset) -> Compared:
    sheets = read.sheets[document["document_id"]] if document else []
    ids = [sheet["sheet_id"] for sheet in sheets]
    failed = document is not None and document["status"] == "failed"
    told = flagged((index, *about) for index, sheet_id in enumerate(ids) for about in read.told[sheet_id])
    return Compared(
        expected.document,
        document is not None,
        tuple(pairs(expected.sheets, [read.record(sheet) for sheet in sheets])),
        (lambda *_: True) if failed else told,
        tuple(
            ((index, *place), confidence)
            for index, sheet_id in enumerate(ids)
            for place, confidence in read.confidences[sheet_id]
        ),
    )


class _Dataset:
    """The rows of some documents, by sheet."""

    def __init__(self, output: Path, documents: set[str]) -> None:
        self.sheets: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        self.told: dict[str, list[tuple[str | None, int | None, str | None]]] = defaultdict(list)
        self.confidences: dict[str, list[tuple[tuple[str, int | None, str], float]]] = defaultdict(list)
        self._children: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
        for row in _sorted(output, "objectives", "sheet_number"):
            if row["document_id"] in documents:
                self.sheets[row["document_id"]].append(row)
        wanted = {row["sheet_id"] for rows in self.sheets.values() for row in rows}
        for table in ROWS:
            for row in _sorted(output, table, row_number_column(table)):
                if row["sheet_id"] in wanted:
                    self._children[table, row["sheet_id"]].append(row)
        for row in load_table(output, "findings").to_pylist():
            if row["sheet_id"] in wanted and tells(row["severity"], row["code"]):
                self.told[row["sheet_id"]].append((row["table"], row["row_number"], row["field"]))
        fields = {"objectives": OBJECTIVE, **ROWS}
        for row in load_table(output, "evidence").to_pylist():
            if row["sheet_id"] in wanted and row["field"] in fields[row["table"]]:
                place = (row["table"], row["row_number"], row["field"])
                self.confidences[row["sheet_id"]].append((place, row["confidence"]))

    def record(self, sheet: Mapping[str, Any]) -> Record:
        """A sheet in the shape of the expected files."""
        record: Record = {name: sheet[name] for name in OBJECTIVE}
        for table, names in ROWS.items():
            rows = self._children[table, sheet["sheet_id"]]
            record[table] = [{name: row[name] for name in names} for row in rows]
        return record


def _sorted(output: Path, table: str, number: str) -> Rows:
    rows: Rows = load_table(output, table).sort_by([("sheet_id", "ascending"), (number, "ascending")]).to_pylist()
    return rows
