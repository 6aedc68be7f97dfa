"""Documents to extractions, here or in worker processes. A document that kills its worker costs itself alone.

Paths go out in small batches and extractions come back; a bounded number of batches is under way at any time, so
memory does not grow with the number of documents. A batch whose worker dies is tried again one document at a time.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from traceback import extract_tb
from typing import NamedTuple

from pebble import ProcessExpired, ProcessPool

from pegextract.errors import EnvironmentFault, UnreadableDocument
from pegextract.extraction import Extraction, PlacedFinding
from pegextract.findings import Finding, Severity
from pegextract.runs.copies import Task
from pegextract.runs.extract import Settings, extract_document
from pegextract.runs.sources import Failure, read_source

BATCH_DOCUMENTS = 16
BATCH_BYTES = 256_000
"""A batch is as many small documents as make the way to a worker worth while, and never two big ones."""
BATCHES_PER_WORKER = 3
"""Under way per worker: one at work, one waiting, one on its way back."""
BATCHES_PER_LIFE = 250
"""A worker is replaced after so many, so that a leak in a library stays small; starting one takes half a second."""
WORTH_A_POOL_DOCUMENTS = 400
WORTH_A_POOL_BYTES = 4_000_000
"""Below both, one process is done before others have started."""


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
    tasks: Sequence[Task], settings: Settings, processes: int, extract: Extract = extract_document
) -> Iterator[Outcome]:
    """The outcome of every task, in order of completion; with one process, in this one."""
    if processes > 1:
        yield from _in_workers(tasks, settings, processes, extract)
    else:
        yield from (Outcome(task, extract_task(task, settings, extract)) for task in tasks)


def extract_task(task: Task, settings: Settings, extract: Extract = extract_document) -> Extraction | Failure:
    """One document. Never raises: a fault of ours is that document's failure, and the batch goes on."""
    name = task.source.name
    try:
        data = read_source(task.source)
    except UnreadableDocument as error:
        return Failure(name, error.code, str(error))
    try:
        return extract(data, name, settings)
    except Exception as error:  # noqa: BLE001  # whatever a document provokes must not cost the others
        return failed_extraction(data, "internal_error", _internal(error))


def failed_extraction(data: bytes, code: str, message: str) -> Extraction:
    """A document that gave nothing, for a reason that is not in the document."""
    return Extraction(
        document_id=hashlib.sha256(data).hexdigest(),
        media_type="application/octet-stream",
        size_bytes=len(data),
        page_count=None,
        reader=None,
        form=None,
        coverage=None,
        status="failed",
        error_code=code,
        error_message=message,
        findings=(PlacedFinding(Finding(Severity.ERROR, code, message), None, None),),
    )


def _internal(error: Exception) -> str:
    at = extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(at.filename)}:{at.lineno}"  # noqa: PTH119  # a name, not a path to walk
    return f"a fault of pegextract ({type(error).__name__}: {error}, at {place}); please report it with this file"


# --- worker processes -----------------------------------------------------------------------------------------------

_orders: list[tuple[Settings, Extract]] = []
"""What a worker was told when it started, so that the profiles travel once."""


def _start_worker(settings: Settings, extract: Extract) -> None:
    _orders[:] = [(settings, extract)]


def _extract_batch(batch: Sequence[Task]) -> list[Extraction | Failure]:
    return [extract_task(task, *_orders[0]) for task in batch]


def _in_workers(tasks: Sequence[Task], settings: Settings, processes: int, extract: Extract) -> Iterator[Outcome]:
    """The outcomes from a pool of fresh processes, which are ended when the caller stops asking."""
    pool = ProcessPool(
        max_workers=processes,
        max_tasks=BATCHES_PER_LIFE,
        initializer=_start_worker,
        initargs=[settings, extract],
        context=multiprocessing.get_context("spawn"),
    )
    waiting = deque(_batches(tasks, processes))
    under_way: dict[Future[list[Extraction | Failure]], list[Task]] = {}
    try:
        while waiting or under_way:
            while waiting and len(under_way) < processes * BATCHES_PER_WORKER:
                batch = waiting.popleft()
                under_way[pool.schedule(_extract_batch, args=[batch])] = batch
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                batch = under_way.pop(future)
                if isinstance(future.exception(), ProcessExpired) and len(batch) > 1:
                    waiting.extendleft([task] for task in batch)
                else:
                    yield from map(Outcome, batch, _results(batch, future))
    except RuntimeError as error:
        raise EnvironmentFault(f"worker processes cannot be started ({error}); try --jobs 1") from error
    finally:
        pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves it bare
        pool.join()


def _results(batch: Sequence[Task], future: Future[list[Extraction | Failure]]) -> Sequence[Extraction | Failure]:
    """What a batch gave; one document's end of its worker is that document's failure."""
    error = future.exception()
    if error is None:
        return future.result()
    if not isinstance(error, ProcessExpired):
        raise error
    task = batch[0]
    message = f"the process that read it died (exit code {error.exitcode}): too large for the memory, or damaged"
    try:
        return [failed_extraction(read_source(task.source), "worker_died", message)]
    except UnreadableDocument:
        return [Failure(task.source.name, "worker_died", message)]


def _batches(tasks: Sequence[Task], processes: int) -> Iterator[list[Task]]:
    """The tasks in batches small enough that every worker gets several."""
    most = max(1, min(BATCH_DOCUMENTS, len(tasks) // (processes * BATCHES_PER_WORKER)))
    batch: list[Task] = []
    size = 0
    for task in tasks:
        if batch and (len(batch) == most or size + task.source.size > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(task)
        size += task.source.size
    if batch:
        yield batch
