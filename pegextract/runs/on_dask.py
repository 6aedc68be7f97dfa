"""The same documents on a Dask cluster: paths and limits go out, checked results come back.

On each machine a document is read by the same sandboxed workers as without Dask, so what it may cost and do is the
same. A Dask worker that is lost costs time: its batch is read again elsewhere, and nothing but the process that asked
writes anything. Words that OCR recognised are not kept between runs here.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Any, Final, NamedTuple, Self

from pegextract.errors import EnvironmentFault, UsageError
from pegextract.extraction import Extraction
from pegextract.recall import sound
from pegextract.runs.copies import Task
from pegextract.runs.fingerprint import fingerprint
from pegextract.runs.results import encode_result
from pegextract.runs.sources import Failure
from pegextract.runs.workers import BATCHES_PER_WORKER, Limits, Memory, Read, Workers, unpacked

BATCH: Final = 32
"""Documents of one task: enough to make the start of a worker process worth while."""
PATIENCE: Final = 20.0
"""Seconds for which a scheduler may not answer."""
_one_at_a_time = threading.Lock()


Words = dict[str, list[tuple[str, bytes]]]
"""What was recognised on the pages of documents, by their path: (key, sealed data)."""


class _Done(NamedTuple):
    """What a batch gave. code: the digest of the code that read it · sandbox: what held the workers · words: what was
    recognised on its pages.
    """

    code: str
    sandbox: str
    results: list[bytes | Failure]
    words: Words
    fault: str | None = None


class DaskWorkers:
    """A cluster in the place of `Workers`: that of `scheduler`, or a local one that listens on loopback only.

    Raises UsageError where Dask is not installed, EnvironmentFault where the cluster cannot be reached or its workers
    have other code than this process.
    """

    def __init__(
        self, read: Read, processes: int, limits: Limits, scheduler: str | None, memory: Memory | None = None
    ) -> None:
        try:
            import distributed
        except ImportError as error:
            raise UsageError("Dask is not installed; install pegextract[dask]") from error
        dask: Any = distributed
        self._dask, self._read, self._limits, self._memory = dask, read, limits, memory
        self.sandbox = f"dask at {scheduler}" if scheduler else "dask, local"
        try:
            self._cluster = None if scheduler else dask.LocalCluster(
                n_workers=processes, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None,
            )  # fmt: skip
            self._client = dask.Client(scheduler or self._cluster, timeout=PATIENCE)
        except (OSError, TimeoutError) as error:
            raise EnvironmentFault(f"no Dask cluster at {scheduler or 'loopback'}: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Extraction | Failure]]:
        """Every task with what came of it, in order of completion."""
        waiting = deque(list(tasks[at : at + BATCH]) for at in range(0, len(tasks), BATCH))
        under_way: dict[Any, list[Task]] = {}
        completed = self._dask.as_completed()
        while waiting or under_way:
            while waiting and len(under_way) < BATCHES_PER_WORKER * max(1, len(self._client.nthreads())):
                batch = waiting.popleft()
                future = self._send(batch)
                under_way[future] = batch
                completed.add(future)
            future = next(completed)
            batch = under_way.pop(future)
            done = self._result(future)
            for task, result in zip(batch, done.results, strict=True):
                self._keep_words(task, done)
                yield task, unpacked(task, result)
            future.release()

    def _send(self, batch: list[Task]) -> Any:
        """A batch on its way, with the words that were recognised in its documents before."""
        words = {task.source.path: list(self._memory.words_of(task)) for task in batch} if self._memory else {}
        return self._client.submit(read_batch, batch, self._read, self._limits, words, pure=False, retries=3)

    def _keep_words(self, task: Task, done: _Done) -> None:
        if self._memory:
            found = done.words.get(task.source.path, [])
            self._memory.keep_words(task, [pair for pair in found if sound(*pair)])

    def _result(self, future: Any) -> _Done:
        try:
            done = future.result()
        except (self._dask.KilledWorker, self._dask.client.FutureCancelledError, OSError) as error:
            raise EnvironmentFault(f"the Dask cluster loses its workers: {error}") from error
        if not isinstance(done, _Done):
            raise EnvironmentFault("a Dask worker sent something else than results")
        if done.fault:
            raise EnvironmentFault(done.fault)
        if done.code != _code_of(self._read):
            raise EnvironmentFault("a Dask worker has another version of pegextract or of a library; install the same")
        return done


class _Lent:
    """What a batch brought along of its documents, and what was found beside it."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self.found: Words = {}

    def words_of(self, task: Task) -> Iterable[tuple[str, bytes]]:
        """What was known before."""
        return self._words.get(task.source.path, ())

    def keep_words(self, task: Task, words: Iterable[tuple[str, bytes]]) -> None:
        """Keep what is new, to be sent back."""
        known = dict(self.words_of(task))
        self.found.setdefault(task.source.path, []).extend(pair for pair in words if pair[0] not in known)


def read_batch(tasks: Sequence[Task], read: Read, limits: Limits, words: Words) -> _Done:
    """On a Dask worker: read some documents in a sandboxed process of their own."""
    # Dask marks its processes as daemons, which may have no children; these end with their parent by themselves.
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    code, lent = _code_of(read), _Lent(words)
    with _one_at_a_time, Workers(read, 1, limits, memory=lent) as workers:
        found: dict[str, bytes | Failure] = {}
        try:
            for task, result in workers.run(tasks):
                found[task.source.path] = result if isinstance(result, Failure) else encode_result(result)
        except EnvironmentFault as error:
            return _Done(code, workers.sandbox, [], {}, str(error))
        return _Done(code, workers.sandbox, [found[task.source.path] for task in tasks], lent.found)


def _code_of(read: Read) -> str:
    """The fingerprint of what `read` would do here; it is a partial with the settings."""
    settings = getattr(read, "keywords", {}).get("settings")
    return fingerprint(settings) if settings is not None else ""
