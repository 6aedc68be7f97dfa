"""DatasetWriter: extractions in, the whole dataset out, all of it or nothing."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import pyarrow as pa
import pyarrow.compute as pc

from pegextract.dataset.archive import resolve_archive
from pegextract.dataset.arrow import arrow_schema
from pegextract.dataset.columns import Table
from pegextract.dataset.order import by_year, in_order
from pegextract.dataset.package import data_package
from pegextract.dataset.parquet import replace_folder, write_table
from pegextract.dataset.tables import WRITTEN, Chunk
from pegextract.dataset.waiting import Waiting
from pegextract.errors import EnvironmentFault, UsageError
from pegextract.extraction import Extraction

_CHUNK_ROWS: Final = 16_384
_PACKAGE: Final = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written. statuses, findings: counts by status and by severity · years: those of the sheets, sorted."""

    path: Path
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
    """Collects extractions and writes the tables that take the place of those in `path`.

        with DatasetWriter(Path("output")) as writer:
            writer.add(extraction, path="2021/ZN08.txt")
        writer.summary.sheets

    Nothing is written before `close`, nothing at all when the block ends in an exception. Rows wait as compressed
    Arrow columns, so memory grows with the largest table, not with the Python objects. The order of `add` does not
    show in the files. Raises UsageError where `path` is no folder, EnvironmentFault where it cannot be written.
    """

    def __init__(self, path: Path, chunk_rows: int = _CHUNK_ROWS) -> None:
        self.path = Path(path)
        self.summary: Summary | None = None
        self._chunk_rows = chunk_rows
        self._chunk = Chunk()
        self._waiting = {table.name: Waiting(arrow_schema(table)) for table in WRITTEN}
        self._seen: set[str] = set()
        self._preferred: dict[str, tuple[float, float, str]] = {}
        self._statuses: Counter[str] = Counter()
        self._findings: Counter[str] = Counter()
        self._room = _working_folder(self.path)

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
        """Write every table, put it in the place of the last one, and say what was written."""
        self._flush()
        rows: dict[str, int] = {}
        files: list[Path] = []
        try:
            archive = resolve_archive(self.path, self._whole)
            self._findings.update(archive.severities)
            for table in WRITTEN:
                whole = archive.table(table, self._whole)
                rows[table.name] = whole.num_rows
                files += self._write(table, whole)
            for table in WRITTEN:
                replace_folder(self._room / table.name, self.path / table.name)
            self._write_package(files)
        finally:
            self.abandon()
        years = tuple(sorted(int(path.stem) for path in files if path.match("objectives/[0-9]*")))
        self.summary = Summary(self.path, rows, dict(self._statuses), dict(self._findings), years, tuple(files))
        return self.summary

    def abandon(self) -> None:
        """Forget everything; the dataset in `path` stays as it was."""
        shutil.rmtree(self._room, ignore_errors=True)
        self._waiting.clear()

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
        at = whole.column_names.index("is_preferred")
        return whole.set_column(at, whole.schema.field(at), pc.is_in(whole["sheet_id"], value_set=preferred))

    def _write(self, table: Table, whole: Any) -> list[Path]:
        names = []
        for name, part in by_year(table, whole) if table.by_year else [(table.name, in_order(table, whole))]:
            write_table(part, self._room / table.name / f"{name}.parquet", table)
            names.append(self.path / table.name / f"{name}.parquet")
        return names

    def _write_package(self, files: list[Path]) -> None:
        """`datapackage.json` beside the tables: the descriptor with the files of this dataset in it."""
        descriptor = data_package([path.relative_to(self.path).as_posix() for path in files])
        new = self._room / _PACKAGE
        new.write_text(json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        new.replace(self.path / _PACKAGE)


def _working_folder(path: Path) -> Path:
    """An empty hidden folder inside `path` (so on its file system), which is created where it is missing."""
    if path.exists() and not path.is_dir():
        raise UsageError(f"{path} is a file; name a folder for the tables.")
    try:
        path.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=".writing-", dir=path))
    except OSError as error:
        raise EnvironmentFault(f"Cannot write into {path}: {error.strerror}. Choose another folder.") from error
