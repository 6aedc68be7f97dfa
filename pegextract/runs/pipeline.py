"""The order of steps from inputs to a dataset, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import BinaryIO

from pegextract.dataset.contract import TABLES
from pegextract.dataset.writer import DatasetWriter, Summary
from pegextract.errors import UsageError
from pegextract.runs.copies import Task, distinct
from pegextract.runs.discover import Found, LeftOut, discover
from pegextract.runs.engine import Outcome, extract_all, processes_for
from pegextract.runs.extract import Settings
from pegextract.runs.names import safe
from pegextract.runs.progress import Progress, Told
from pegextract.runs.sources import Failure, Skipped, Source


@dataclass(frozen=True, slots=True)
class Request:
    """What to convert and where to. stdin_name: the name of standard input in the dataset · jobs: None to decide."""

    inputs: Sequence[str]
    output: Path
    settings: Settings
    stdin: BinaryIO
    stdin_name: str = "stdin"
    jobs: int | None = None


@dataclass(slots=True)
class Report:
    """What a run did; lists are sorted by name.

    failed: documents that gave no sheet, and inputs that could not be read · partial: documents with errors or unread
    words · skipped: links, pipes, devices · left_out: files of folders that are no documents, counted by kind.
    """

    written: Summary
    seconds: float
    failed: list[Failure] = field(default_factory=list)
    partial: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def convert(request: Request, progress: Progress) -> Report:
    """Find, tell copies apart, extract, write. Raises UsageError, and writes nothing, where no document can be read."""
    begun = monotonic()
    refuse_foreign_folders(request.output)
    found = list(discover(request.inputs, request.output, request.stdin, request.stdin_name))
    tasks, unreadable = _tasks(found)
    skipped = sorted(item for item in found if isinstance(item, Skipped))
    tally = _Tally()
    _refuse_nothing(bool(tasks), unreadable, request.inputs)
    with DatasetWriter(request.output) as writer, progress:
        progress.begin(len(tasks) + len(unreadable), skipped)
        for failure in unreadable:
            progress.document(tally.fail(failure))
        for outcome in extract_all(tasks, request.settings, processes_for(tasks, request.jobs)):
            progress.document(tally.take(outcome, writer))
        _refuse_nothing(bool(tally.seen), tally.failed, request.inputs)
    assert writer.summary is not None  # set by close
    return Report(
        written=writer.summary,
        seconds=monotonic() - begun,
        failed=sorted(tally.failed),
        partial=sorted(tally.partial),
        skipped=skipped,
        left_out=Counter(item.kind for item in found if isinstance(item, LeftOut)),
    )


def refuse_foreign_folders(output: Path) -> None:
    """Raises UsageError where writing a table would take the place of something that is not ours."""
    for table in TABLES:
        folder = output / table.name
        if folder.is_symlink() or not folder.exists():
            continue
        if not folder.is_dir() or any(entry.suffix != ".parquet" for entry in folder.iterdir()):
            raise UsageError(
                f"{folder} holds other files, which a dataset there would replace; choose another -o folder"
            )


def _tasks(found: Iterable[Found]) -> tuple[list[Task], list[Failure]]:
    """Each document once, by name, and the inputs that cannot be read."""
    tasks: list[Task] = []
    failures = [item for item in found if isinstance(item, Failure)]
    for item in distinct(item for item in found if isinstance(item, Source)):
        if isinstance(item, Task):
            tasks.append(item)
        else:
            failures.append(item)
    return sorted(tasks, key=lambda task: task.source.name), sorted(failures)


def _refuse_nothing(something: bool, failures: Sequence[Failure], inputs: Sequence[str]) -> None:
    if something:
        return
    if failures:
        reasons = "; ".join(f"{failure.name}: {failure.message}" for failure in failures[:5])
        raise UsageError(f"nothing to convert: {reasons}")
    names = ", ".join(safe(given) for given in inputs)
    raise UsageError(f"nothing to convert: no documents in {names}; give files, or folders with .txt, .md, .html, …")


@dataclass(slots=True)
class _Tally:
    """What came of the documents so far. seen: the documents that the dataset has."""

    seen: set[str] = field(default_factory=set)
    failed: list[Failure] = field(default_factory=list)
    partial: list[str] = field(default_factory=list)

    def take(self, outcome: Outcome, writer: DatasetWriter) -> Told:
        """Hand one document to the writer, and say what to tell about it."""
        source, result = outcome.task.source, outcome.result
        if isinstance(result, Failure):
            return self.fail(result)
        if result.document_id in self.seen:
            return self.fail(Failure(source.name, "changed", "it changed while it was read; convert it again"))
        self.seen.add(result.document_id)
        writer.add(result, source.name, outcome.task.copies)
        if result.status == "failed":
            return self.fail(Failure(source.name, result.error_code or "", result.error_message or ""))
        if result.status == "partial":
            self.partial.append(source.name)
        return Told(source.name, result.status, len(result.sheets), result.coverage)

    def fail(self, failure: Failure) -> Told:
        """Count an input that gave nothing, and say so."""
        self.failed.append(failure)
        return Told(failure.name, "failed", reason=failure.message)
