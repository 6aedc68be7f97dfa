"""Documents to extractions, here or in worker processes. A document that kills its worker costs itself alone."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from traceback import extract_tb
from typing import Final, NamedTuple

from pegextract.errors import EnvironmentFault, UnreadableDocument
from pegextract.extraction import Extraction, PlacedFinding
from pegextract.findings import Finding, Severity
from pegextract.runs.copies import Task
from pegextract.runs.extract import Settings, extract_document
from pegextract.runs.sources import Failure, read_source
from pegextract.stopping import stop_if_asked

WORTH_A_POOL_DOCUMENTS: Final = 400
WORTH_A_POOL_BYTES: Final = 4_000_000
"""Below both, one process is done before others have started."""
_MACHINE: Final = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.EIO}
"""Errors of the system that no document can cause."""

Extract = Callable[[bytes, str, Settings], Extraction]
"""What is done to one document: bytes, name and settings in, everything that it gives out."""


class Outcome(NamedTuple):
    """What became of one document; a Failure where its bytes could not be read."""

    task: Task
    result: Extraction | Failure


def processes_for(tasks: Sequence[Task], jobs: int | None) -> int:
    """How many worker processes: `jobs` where it is given, else one per processor where that is worth while."""
    size = sum(task.source.size for task in tasks)
    if jobs is None:
        small = len(tasks) < WORTH_A_POOL_DOCUMENTS and size < WORTH_A_POOL_BYTES
        jobs = 1 if small else len(os.sched_getaffinity(0))
    return max(1, min(jobs, len(tasks)))


def extract_all(
    tasks: Sequence[Task],
    settings: Settings,
    processes: int,
    extract: Extract = extract_document,
    room: Path | None = None,
) -> Iterator[Outcome]:
    """The outcome of every task, in order of completion; with one process, in this one.

    room: a folder for the scratch files of workers.
    """
    if processes > 1:
        from pegextract.runs.workers import Limits, Workers

        read = partial(extract_task, settings=settings, extract=extract)
        with Workers(read, processes, Limits(), room) as workers:
            for task, result in workers.run(tasks):
                yield Outcome(task, _with_identity(task, result))
    else:
        for task in tasks:
            result = extract_task(task, settings, extract)
            stop_if_asked()  # a signal is no fault of the document that it met
            yield Outcome(task, result)


def extract_task(task: Task, settings: Settings, extract: Extract = extract_document) -> Extraction | Failure:
    """One document. A fault of ours is that document's failure, and the batch goes on; only the machine's is raised.

    Raises EnvironmentFault, and MemoryError where a limit is set on it.
    """
    name = task.source.name
    try:
        data = read_source(task.source)
    except UnreadableDocument as error:
        return Failure(name, error.code, str(error))
    try:
        return extract(data, name, settings)
    except (EnvironmentFault, MemoryError):
        raise
    except OSError as error:
        if error.errno in _MACHINE:
            raise EnvironmentFault(f"{error}; free some space or memory, run again") from error
        return _failed(data, "internal_error", _internal(error))
    except Exception as error:  # noqa: BLE001  # whatever a document provokes must not cost the others
        return _failed(data, "internal_error", _internal(error))


def failed_extraction(document_id: str, size: int, code: str, message: str) -> Extraction:
    """A document that gave nothing, for a reason that is not in the document. size: in bytes."""
    return Extraction(
        document_id=document_id,
        media_type="application/octet-stream",
        size_bytes=size,
        page_count=None,
        reader=None,
        form=None,
        coverage=None,
        status="failed",
        error_code=code,
        error_message=message,
        findings=(PlacedFinding(Finding(Severity.ERROR, code, message), None, None),),
    )


def _failed(data: bytes, code: str, message: str) -> Extraction:
    return failed_extraction(hashlib.sha256(data).hexdigest(), len(data), code, message)


def _with_identity(task: Task, result: Extraction | Failure) -> Extraction | Failure:
    """A document that its worker died of, as one that has failed: it is known by its bytes like every other."""
    from pegextract.runs.workers import WORKER_FAULTS

    if not isinstance(result, Failure) or result.code not in WORKER_FAULTS:
        return result
    try:
        return _failed(read_source(task.source), result.code, result.message)
    except UnreadableDocument:
        return result


def _internal(error: Exception) -> str:
    at = extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(at.filename)}:{at.lineno}"  # noqa: PTH119  # a name, not a path to walk
    what = f"{type(error).__name__}: {_text_of(error)}"
    return f"a fault of pegextract ({what}, at {place}); please report it with this file"


def _text_of(error: Exception) -> str:
    """What an error says, cut; some cannot even say that."""
    try:
        return str(error)[:500]
    except Exception as other:  # noqa: BLE001  # its own __str__ raises
        return f"unprintable, {type(other).__name__}"
