"""DatasetWriter: extractions in, the whole dataset out, all of it or nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import pyarrow as pa
import pyarrow.compute as pc

from pegextract.dataset.archive import TOGETHER, Archive, resolve_archive
from pegextract.dataset.arrow import arrow_schema, with_column
from pegextract.dataset.columns import Table
from pegextract.dataset.contract import TABLES
from pegextract.dataset.manifest import Filled
from pegextract.dataset.order import by_year, in_order
from pegextract.dataset.package import data_package
from pegextract.dataset.parquet import encode_rows
from pegextract.dataset.place import Writing
from pegextract.dataset.tables import Chunk
from pegextract.dataset.versions import Gate, Publication, forget_old
from pegextract.dataset.waiting import Waiting
from pegextract.extraction import Extraction

_CHUNK_ROWS: Final = 16_384
UNKNOWN: Final = "unknown"
"""Name of the file for rows without a year."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written. statuses, findings: counts by status and by severity · years: those of the sheets, sorted.

    version: the committed version that holds it · new: False where the version before held just that already.
    """

    path: Path
    version: int
    new: bool
    rows: dict[str, int]
    statuses: dict[str, int]
    findings: dict[str, int]
    years: tuple[int, ...]
    files: tuple[Path, ...] = field(repr=False)

    @property
    def documents(self) -> int:
        """Number of distinct documents."""
        return self.rows["documents"]

    @property
    def sheets(self) -> int:
        """Number of sheets."""
        return self.rows["objectives"]


class DatasetWriter:
    """Collects extractions and publishes them as the next version of the dataset in `path`.

        with DatasetWriter(Path("output")) as writer:
            writer.add(extraction, path="2021/ZN08.txt")
        writer.summary.sheets

    Nothing is published before `close`, nothing at all when the block ends in an exception. Rows wait as compressed
    Arrow columns, and the two largest tables are put together year by year. The order of `add` does not
    show in the files. `writing`: the right to write, where the caller holds it already · `gate`: looks at the version
    before it is committed. Raises UsageError where `path` is no folder, RunInProgress where another run writes it,
    EnvironmentFault where it cannot be written.
    """

    def __init__(
        self, path: Path, chunk_rows: int = _CHUNK_ROWS, writing: Writing | None = None, gate: Gate | None = None
    ) -> None:
        self.path = Path(path)
        self.summary: Summary | None = None
        self._chunk_rows = chunk_rows
        self._chunk = Chunk()
        self._waiting = {
            table.name: Waiting(arrow_schema(table), parted=table.by_year and table.name not in TOGETHER)
            for table in TABLES
        }
        self._seen: set[str] = set()
        self._preferred: dict[str, tuple[float, float, str]] = {}
        self._statuses: Counter[str] = Counter()
        self._findings: Counter[str] = Counter()
        self._gate = gate
        held = writing or Writing(self.path)
        self._own = None if writing else held
        try:
            self._publication = Publication(held)
        except BaseException:
            self._close_own()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.abandon()

    def add(self, extraction: Extraction, path: str, copies: int = 1) -> None:
        """Take one document. `path`: where it lies, relative to the input root; `copies`: inputs with these bytes.

        Raises ValueError for a document_id that was added before: copies are counted, not added twice.
        """
        if extraction.document_id in self._seen:
            raise ValueError(f"document {extraction.document_id} was added twice; pass copies=2 instead")
        self._seen.add(extraction.document_id)
        placed = self._chunk.add(extraction, path, copies)
        self._statuses[extraction.status] += 1
        self._count_findings(extraction)
        self._prefer(extraction, placed)
        if self._chunk.size >= self._chunk_rows:
            self._flush()

    def close(self) -> Summary:
        """Publish every table at one moment, and say what was published."""
        self._flush()
        tables: dict[str, Filled] = {}
        years: list[int] = []
        try:
            archive = resolve_archive(self.path, self._whole)
            self._findings.update(archive.severities)
            for table in TABLES:
                written = self._write(table, archive)
                tables[table.name] = Filled(rows=written.rows, columns=dict(written.columns))
                if table.name == "objectives":
                    years = [year for year in written.years if year is not None]
            self._publication.add_package(_package(self._publication.paths))
            files = tuple(self.path / path for path in self._publication.paths)
            done = self._publication.commit(tables, self._gate)
            if done.new and self._own:
                forget_old(self._own)
        finally:
            self.abandon()
        self.summary = Summary(
            path=self.path,
            version=done.manifest.version,
            new=done.new,
            rows={name: filled.rows for name, filled in tables.items()},
            statuses=dict(self._statuses),
            findings=dict(self._findings),
            years=tuple(years),
            files=files,
        )
        return self.summary

    def abandon(self) -> None:
        """Forget everything that is not published."""
        self._waiting.clear()
        self._publication.abandon()
        self._close_own()

    def _close_own(self) -> None:
        if self._own:
            self._own.close()

    def _count_findings(self, extraction: Extraction) -> None:
        self._findings.update(placed.finding.severity.value for placed in extraction.findings)
        for sheet in extraction.sheets:
            self._findings.update(placed.finding.severity.value for placed in sheet.findings)

    def _prefer(self, extraction: Extraction, placed: list[tuple[str, str]]) -> None:
        """Remember the best printing of each objective: confidence, then coverage, then the smallest sheet_id."""
        coverage = -1.0 if extraction.coverage is None else extraction.coverage
        for sheet, (objective_id, sheet_id) in zip(extraction.sheets, placed, strict=True):
            rank = (-sheet.record.confidence, -coverage, sheet_id)
            best = self._preferred.get(objective_id)
            if best is None or rank < best:
                self._preferred[objective_id] = rank

    def _flush(self) -> None:
        for name, batch in self._chunk.batches().items():
            self._waiting[name].append(batch)
        self._chunk = Chunk()

    def _whole(self, table: Table) -> Any:
        """All rows of a table, unsorted; the waiting batches are given up."""
        whole = self._waiting.pop(table.name).whole()
        if table.name != "objectives":
            return whole
        preferred = pa.array([sheet_id for _, _, sheet_id in self._preferred.values()], pa.string())
        return with_column(whole, "is_preferred", pc.is_in(whole["sheet_id"], value_set=preferred))

    def _write(self, table: Table, archive: Archive) -> _Written:
        """Write the files of a table, one year after the other."""
        written = _Written()

        def encoded() -> Iterator[tuple[str, memoryview]]:
            for year, rows in self._parts(table, archive):
                part = in_order(table, archive.completed(table, rows))
                written.count(year, part)
                yield str(year or UNKNOWN) if table.by_year else table.name, encode_rows(part, table)

        self._publication.add_table(table.name, encoded())
        return written

    def _parts(self, table: Table, archive: Archive) -> Iterator[tuple[int | None, Any]]:
        """(year, rows) of a table; one part without a year where it is not split into years."""
        whole = archive.tables.pop(table.name, None)
        if whole is None:
            return self._waiting.pop(table.name).parts()
        return by_year(whole) if table.by_year else iter([(None, whole)])


@dataclass(slots=True)
class _Written:
    """What was written of a table. columns: filled cells, by name."""

    years: list[int | None] = field(default_factory=list)
    rows: int = 0
    columns: Counter[str] = field(default_factory=Counter)

    def count(self, year: int | None, part: Any) -> None:
        """Take the rows of one file into account."""
        self.years.append(year)
        self.rows += part.num_rows
        for name in part.column_names:
            self.columns[name] += part.num_rows - part[name].null_count


def _package(paths: list[str]) -> bytes:
    """`datapackage.json`: the descriptor with the files of this version in it."""
    return (json.dumps(data_package(paths), indent=2, ensure_ascii=False) + "\n").encode()
