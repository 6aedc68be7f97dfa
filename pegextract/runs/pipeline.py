"""The order of steps from inputs to a dataset, and nothing else."""

from __future__ import annotations

import os
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
from pegextract.runs.progress import Progress, told
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
    """What a run did. failed: documents that gave no sheet, and inputs that could not be read, sorted by name.

    partial: documents with errors or unread words · skipped: never opened · left_out: files that are no documents, by kind.
    """

    written: Summary
    seconds: float
    failed: list[Failure] = field(default_factory=list)
    partial: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def convert(request: Request, progress: Progress) -> Report:
    """Find, tell copies apart, extract, write. Raises UsageError where there is nothing to convert."""
    begun = monotonic()
    refuse_foreign_folders(request.output)
    found = list(discover(request.inputs, request.output, request.stdin, request.stdin_name))
    tasks, unreadable = _tasks(found)
    _refuse_nothing(tasks, unreadable, found)
    tally = _Tally(unreadable)
    with DatasetWriter(request.output) as writer, progress:
        progress.begin(len(tasks) + len(unreadable), [f for f in found if isinstance(f, Skipped)])
        for failure in unreadable:
            progress.document(told(failure.name, failure))
        for outcome in extract_all(tasks, request.settings, processes_for(tasks, request.jobs)):
            progress.document(told(outcome.task.source.name, tally.take(outcome, writer)))
        _refuse_nothing(writer_has(tally), tally.failed, found)
    assert writer.summary is not None  # close() has just set it
    return Report(
        written=writer.summary,
        seconds=monotonic() - begun,
        failed=sorted(tally.failed),
        partial=sorted(tally.partial),
        skipped=sorted(f for f in found if isinstance(f, Skipped)),
        left_out=Counter(f.kind for f in found if isinstance(f, LeftOut)),
    )
