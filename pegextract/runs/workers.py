"""Processes that read documents and may die of them: one pool, with budgets of time and memory.

Paths go out in small batches and results come back as bytes; a bounded number of batches is under way at any time, so
memory does not grow with the number of documents. A batch that dies, hangs or is silent for too long is tried again
one document at a time; a document that does so alone has failed, with the budget that it broke.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, TimeoutError, wait  # noqa: A004  # pebble's
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import resource_tracker, spawn
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, Final, NamedTuple, Protocol, Self

from pebble import ProcessExpired, ProcessPool

from pegextract.errors import EnvironmentFault
from pegextract.extraction import Extraction
from pegextract.heartbeat import beat_into
from pegextract.recall import recall_from, sound
from pegextract.runs.copies import Task
from pegextract.runs.fingerprint import code_digest, refuse_changed_code
from pegextract.runs.results import DamagedResult, decode_result, encode_result
from pegextract.runs.sandbox import Sandbox, best_sandbox, confine
from pegextract.runs.sources import Failure

BATCH_DOCUMENTS: Final = 16
BATCH_BYTES: Final = 256_000
"""A batch is as many small documents as make the way to a worker worth while, and never two big ones."""
BATCHES_PER_WORKER: Final = 3
"""Under way per worker: one at work, one waiting, one on its way back."""
BATCHES_PER_LIFE: Final = 100
"""A worker is replaced after so many, so that a leak in a library stays small; starting one takes half a second."""
ATTEMPTS: Final = 2
MOST_WORDS: Final = 64 << 20
"""Bytes that may be remembered under one key."""
OUT_OF_MEMORY: Final = 77
"""Exit code of a worker that could not get more memory."""
_LOOK: Final = 0.5
"""Seconds between two looks at the workers' signs of life."""
WORKER_FAULTS: Final = frozenset({"worker_died", "out_of_memory", "timeout", "no_progress", "bad_result"})
"""Codes of documents that failed with their worker: they may do better with another version or other limits."""

Read = Callable[[Task], Extraction | Failure]
"""What a worker does to one document. It may raise EnvironmentFault and nothing else on purpose."""


class Limits(NamedTuple):
    """What one document may cost. seconds: in all · silence: seconds without a sign of life · memory: bytes."""

    seconds: float = 3600.0
    silence: float = 300.0
    memory: int = 2 << 30


class Memory(Protocol):
    """Keeps what costly steps found in a document (recall.py) between runs."""

    def words_of(self, task: Task) -> Iterable[tuple[str, bytes]]:
        """(key, sealed data) of what is kept of a document."""

    def keep_words(self, task: Task, words: Iterable[tuple[str, bytes]]) -> None:
        """Keep what was found anew."""


class _Environment(NamedTuple):
    """The machine's fault, as a worker reports it."""

    message: str


@dataclass(slots=True)
class _Batch:
    """Documents on their way. begun: when a worker took it up · stamp: its last sign of life, heard at `heard`."""

    tasks: list[Task]
    attempt: int
    beat: Path
    begun: float | None = None
    heard: float = 0.0
    stamp: int = 0
    stopped: bool = field(default=False)


def processes_for_all(tasks: Sequence[Task], jobs: int | None) -> int:
    """How many workers: `jobs`, or one per processor; never more than documents."""
    return max(1, min(jobs or len(os.sched_getaffinity(0)), len(tasks)))


class Workers:
    """The pool, as a context manager: its workers are ended at the end of it. sandbox: what holds them.

    room: a folder for scratch files, which are removed at the end · memory: what is known of pages from before.
    """

    def __init__(
        self, read: Read, processes: int, limits: Limits, room: Path | None = None, memory: Memory | None = None
    ) -> None:
        self._limits = limits
        self._memory = memory
        self._processes = processes
        self._scratch = Path(tempfile.mkdtemp(prefix="work-", dir=room))
        self._numbers = count()
        self._under_way: dict[Future[Any], _Batch] = {}
        code_digest()  # what is here before any worker has started
        sandbox = best_sandbox(self._scratch)
        self.sandbox = sandbox.name
        _start_with(sandbox)
        self._pool = ProcessPool(
            max_workers=processes,
            max_tasks=BATCHES_PER_LIFE,
            initializer=_start_worker,
            initargs=[read, limits.memory, self._scratch],
            context=multiprocessing.get_context("spawn"),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves it bare
        self._pool.join()
        _start_with(None)
        shutil.rmtree(self._scratch, ignore_errors=True)

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Extraction | Failure]]:
        """Every task with what came of it, in order of completion.

        Raises EnvironmentFault where the machine, and not a document, is at fault, and at the end where the code was
        changed meanwhile.
        """
        waiting = deque((batch, 1) for batch in _batches(tasks, self._processes))
        try:
            while waiting or self._under_way:
                while waiting and len(self._under_way) < self._processes * BATCHES_PER_WORKER:
                    self._send(*waiting.popleft())
                for future in wait(self._under_way, timeout=_LOOK, return_when=FIRST_COMPLETED).done:
                    batch = self._under_way.pop(future)
                    self._keep_words(batch)
                    results, again = _settle(batch, future, self._limits)
                    waiting.extendleft(again)
                    yield from results
                self._stop_the_silent()
            refuse_changed_code()
        except RuntimeError as error:
            raise EnvironmentFault(f"worker processes cannot be started ({error}); try --jobs 1") from error

    def _send(self, tasks: list[Task], attempt: int) -> None:
        beat = self._scratch / f"beat-{next(self._numbers)}"
        self._lend_words(tasks, beat)
        future = self._pool.schedule(_read_batch, args=[tasks, str(beat)], timeout=self._limits.seconds)
        self._under_way[future] = _Batch(tasks, attempt, beat)

    def _lend_words(self, tasks: Sequence[Task], beat: Path) -> None:
        """Lay what is remembered of each document where its worker looks for it."""
        for index, task in enumerate(tasks if self._memory else ()):
            for key, data in self._memory.words_of(task) if self._memory else ():
                folder = _words(beat, index)
                folder.mkdir(exist_ok=True)
                (folder / key).write_bytes(data)

    def _keep_words(self, batch: _Batch) -> None:
        """Take in what workers remembered, also of documents that they did not get to the end of."""
        for index, task in enumerate(batch.tasks):
            folder = _words(batch.beat, index)
            if not folder.is_dir() or folder.is_symlink():
                continue
            found = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir()) if _is_plain(path)]
            if self._memory:
                self._memory.keep_words(task, [pair for pair in found if sound(*pair)])
            shutil.rmtree(folder, ignore_errors=True)

    def _stop_the_silent(self) -> None:
        """End the worker of every batch that has given no sign of life for too long."""
        now = monotonic()
        for future, batch in self._under_way.items():
            try:
                stamp = batch.beat.stat().st_mtime_ns
            except OSError:
                continue  # no worker has taken it up yet
            if stamp != batch.stamp:
                batch.stamp, batch.heard = stamp, now
            elif now - batch.heard > self._limits.silence and not batch.stopped:
                batch.stopped = True
                future.cancel()


def _words(beat: Path, index: int) -> Path:
    """The folder for what is remembered of one document of a batch."""
    return beat.with_name(f"{beat.name}-words-{index}")


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and path.stat().st_size <= MOST_WORDS


def _settle(
    batch: _Batch, future: Future[Any], limits: Limits
) -> tuple[list[tuple[Task, Extraction | Failure]], list[tuple[list[Task], int]]]:
    """What came of a batch, and what of it to send again."""
    batch.beat.unlink(missing_ok=True)
    try:
        results = future.result()
    except (ProcessExpired, TimeoutError, CancelledError) as error:
        if batch.attempt < ATTEMPTS:
            return [], [([task], batch.attempt + 1) for task in batch.tasks]
        code, message = _why(batch, error, limits)
        return [(task, Failure(task.source.name, code, message)) for task in batch.tasks], []
    return [(task, unpacked(task, result)) for task, result in zip(batch.tasks, results, strict=True)], []


def _why(batch: _Batch, error: BaseException, limits: Limits) -> tuple[str, str]:
    if batch.stopped:
        return "no_progress", f"no sign of progress for {limits.silence:g} s, the limit «silence»"
    if isinstance(error, TimeoutError):
        return "timeout", f"not done after {limits.seconds:g} s, the limit «seconds»"
    exitcode = getattr(error, "exitcode", None)
    if exitcode == OUT_OF_MEMORY:
        return "out_of_memory", f"it needs more than {limits.memory >> 20} MiB, the limit «memory»"
    return "worker_died", f"the process that read it died (exit code {exitcode}): too large for the memory, or damaged"


def unpacked(task: Task, result: object) -> Extraction | Failure:
    """What a worker sent, believed only as far as it can be checked."""
    if isinstance(result, _Environment):
        raise EnvironmentFault(result.message)
    if isinstance(result, Failure):
        return result
    try:
        if isinstance(result, bytes):
            return decode_result(result)
    except DamagedResult as error:
        return Failure(task.source.name, "bad_result", f"its worker sent no result that holds together: {error}")
    return Failure(task.source.name, "bad_result", "its worker sent no result")


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


def _start_with(sandbox: Sandbox | None) -> None:
    """What the next worker processes are started with; their helper, which cleans up after all, runs outside."""
    resource_tracker.ensure_running()
    spawn.set_executable((sandbox and sandbox.executable) or sys.executable)


# --- in the worker --------------------------------------------------------------------------------------------------

_read: list[Read] = []
"""What a worker was told when it started, so that the profiles travel once."""


def _start_worker(read: Read, memory: int, scratch: Path) -> None:
    confine(memory, scratch)
    _read[:] = [read]


def _read_batch(batch: Sequence[Task], beat: str) -> list[bytes | Failure | _Environment]:
    results = []
    for index, task in enumerate(batch):
        beat_into(beat)
        recall_from(_words(Path(beat), index))
        results.append(_packed(task))
    return results


def _packed(task: Task) -> bytes | Failure | _Environment:
    try:
        result = _read[0](task)
        return result if isinstance(result, Failure) else encode_result(result)
    except EnvironmentFault as error:
        return _Environment(str(error))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # nothing can be relied on in a process without memory
