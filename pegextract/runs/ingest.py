"""A run that nobody watches: read what is new, publish it whole or not at all, and account for every file.

    look → know by bytes → read what is new → account → gate → publish

What a document gave is written down as it comes, so a run that is ended, by whatever, loses what was under way.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Final, Protocol

from pegextract.dataset.manifest import Manifest
from pegextract.dataset.place import Place, Writing
from pegextract.dataset.versions import KEEP, committed, forget_old
from pegextract.dataset.writer import DatasetWriter, Summary
from pegextract.errors import DatasetFault, EnvironmentFault
from pegextract.extraction import Extraction
from pegextract.registry.judgements import FILE as JUDGEMENTS
from pegextract.runs.copies import Task
from pegextract.runs.discover import discover
from pegextract.runs.engine import Extract, extract_task, failed_extraction
from pegextract.runs.extract import Settings, extract_document
from pegextract.runs.fingerprint import fingerprint, table_fingerprint
from pegextract.runs.gate import Thresholds, check_gate
from pegextract.runs.ledger import Ledger, Listed
from pegextract.runs.on_dask import DaskWorkers
from pegextract.runs.remote import is_remote, mirror
from pegextract.runs.sandbox import LIMITS_ONLY
from pegextract.runs.sources import Failure
from pegextract.runs.survey import Survey, survey
from pegextract.runs.workers import ATTEMPTS, WORKER_FAULTS, Limits, Read, Workers, processes_for_all

READ: Final = "read"
QUARANTINED: Final = "quarantined"
SETTLE: Final = 60.0
MANY_FAULTS: Final = 20
"""So many documents that their workers died of, and more than half of those read, are the machine's fault."""
MACHINE_CODES: Final = frozenset({"ocr_missing"})
"""Codes of documents that failed for want of a program: no document's fault, and never remembered as one."""
_STATE: Final = "state"


@dataclass(frozen=True, slots=True)
class Order:
    """What to ingest and how. deleted: what becomes of documents whose files are gone, drop or keep.

    settle: seconds for which a file must have been left alone · engine, scheduler: local workers, or dask with the
    address of its scheduler, None for a local cluster · accept: publish in spite of the gate · reread: forget what was
    read, not what was recognised · require_sandbox: read nothing without one · keep: how long old versions stay ·
    extract: what is done to a document.
    """

    inputs: Sequence[str]
    output: Path
    settings: Settings
    limits: Limits = field(default_factory=Limits)
    thresholds: Thresholds = field(default_factory=Thresholds)
    jobs: int | None = None
    settle: float = SETTLE
    deleted: str = "drop"
    accept: bool = False
    reread: bool = False
    require_sandbox: bool = False
    engine: str = "local"
    scheduler: str | None = None
    keep: timedelta = KEEP
    extract: Extract = extract_document


@dataclass(slots=True)
class Account:
    """Where every file went: published + unchanged + duplicate + pending + quarantined + skipped = discovered.

    published: documents that this run read · unchanged: documents read before · departed: documents of the version
    before whose files are gone · failed: documents of the dataset that gave no sheet, those in quarantine among them.
    """

    discovered: int = 0
    published: int = 0
    unchanged: int = 0
    duplicate: int = 0
    pending: int = 0
    quarantined: int = 0
    skipped: int = 0
    departed: int = 0
    failed: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    def check(self) -> None:
        """Raises DatasetFault where a file is missing or counted twice: then nothing is published."""
        total = self.published + self.unchanged + self.duplicate + self.pending + self.quarantined + self.skipped
        if total != self.discovered:
            raise DatasetFault(f"{self.discovered} files were found and {total} accounted for; please report this")


@dataclass(slots=True)
class Ingested:
    """What a run did. version: what is published now, None for nothing · new: whether this run published it."""

    account: Account = field(default_factory=Account)
    version: int | None = None
    new: bool = False
    sandbox: str | None = None
    summary: Summary | None = None


class Listener(Protocol):
    """Hears of a run while it goes on."""

    def tell(self, event: str, **facts: object) -> None:
        """Something happened."""


def ingest(order: Order, listener: Listener, done: Ingested) -> None:
    """Bring the dataset up to date with its inputs; `done` is filled in as it goes, also where it ends early.

    Raises RunInProgress, EnvironmentFault, DatasetDamaged and GateRefused; in each case the committed version stays.
    """
    with Writing(order.output) as writing, Ledger(writing.place.state / "ledger.sqlite") as ledger:
        last = committed(writing.place)
        done.version = last.version if last else None
        if ledger.begun_anew:
            listener.tell("ledger_begun_anew")
        found = _look(order, writing.place, ledger)
        _Run(order, listener, done, writing, ledger, found).go(last)


def _refuse_missing_inputs(inputs: Sequence[str]) -> None:
    """An input that is not there is the machine's fault (a share that is not mounted), no deletion of all its files."""
    for given in inputs:
        if not Path(given).exists():
            raise EnvironmentFault(f"{given} is not there; is its file system mounted? Nothing was changed.")


def _look(order: Order, place: Place, ledger: Ledger) -> Survey:
    """What lies in the inputs now; those in a store are mirrored first, where nothing is ever half there."""
    local = [given for given in order.inputs if not is_remote(given)]
    _refuse_missing_inputs(local)
    mirrors, failures = [], []
    for given in order.inputs:
        if is_remote(given):
            folder = place.state / "mirrors" / hashlib.sha256(given.encode()).hexdigest()[:16]
            failures += mirror(given, folder)
            mirrors.append(str(folder))
    found = discover([*local, *mirrors], order.output, BytesIO(), "")
    return survey([*found, *failures], ledger.files(), order.settle, settled_below=str(place.state / "mirrors"))


class _Run:
    def __init__(
        self, order: Order, listener: Listener, done: Ingested, writing: Writing, ledger: Ledger, found: Survey
    ) -> None:
        self._order, self._listener, self._done = order, listener, done
        self._writing, self._ledger, self._found = writing, ledger, found
        self._reading = fingerprint(order.settings)
        limits = hashlib.sha256(repr(order.limits).encode()).hexdigest()
        self._trying = f"{self._reading}+{limits}"

    def go(self, last: Manifest | None) -> None:
        """The steps, in order."""
        for failure in self._found.skipped:
            self._listener.tell("skipped", name=failure.name, code=failure.code)
        self._ledger.write_files(self._found.known, self._ledger.files().keys() - self._found.known.keys())
        if self._order.reread:
            self._listener.tell("forgotten", documents=self._ledger.forget_all())
        states = self._ledger.states(self._reading) | self._ledger.states(self._trying)
        new = [self._task(document) for document in self._found.documents if document not in states]
        states |= self._read(sorted(new, key=lambda task: task.source.name))
        listed = {document: one for document, one in self._found.listed().items() if document in states}
        listed |= self._departed()
        self._account(states, {task.source.path for task in new}).check()
        self._publish(listed, last)

    # --- reading ----------------------------------------------------------------------------------------------------

    def _task(self, document: str) -> Task:
        sources = self._found.documents[document]
        return Task(sources[0], len(sources))

    def _read(self, tasks: Sequence[Task]) -> dict[str, str]:
        """Read documents and write down what they gave; returns the states of those that were."""
        states: dict[str, str] = {}
        if not tasks:
            return states
        read = partial(extract_task, settings=self._order.settings, extract=self._order.extract)
        lost: list[tuple[Task, Failure]] = []
        with self._workers(read, processes_for_all(tasks, self._order.jobs)) as workers:
            self._done.sandbox = workers.sandbox
            if self._order.require_sandbox and workers.sandbox == LIMITS_ONLY:
                raise EnvironmentFault("there is no sandbox on this machine, and one is required; install bubblewrap")
            self._listener.tell("reading", documents=len(tasks), sandbox=workers.sandbox)
            for task, result in workers.run(tasks):
                if isinstance(result, Failure) and result.code in WORKER_FAULTS:
                    lost.append((task, result))
                elif isinstance(result, Failure) or result.document_id != self._identity(task):
                    self._found.waiting.add(task.source.path)
                    self._listener.tell("changed", name=task.source.name)
                elif result.error_code in MACHINE_CODES:
                    raise EnvironmentFault(f"{result.error_message}; nothing was marked, run again afterwards")
                else:
                    self._ledger.write_result(result, self._reading, READ)
                    states[result.document_id] = READ
                    self._tell(task, result)
        return states | self._quarantine(lost, len(tasks))

    def _workers(self, read: Read, processes: int) -> Workers | DaskWorkers:
        order = self._order
        if order.engine == "dask":
            return DaskWorkers(read, processes, order.limits, order.scheduler, self)
        return Workers(read, processes, order.limits, self._writing.place.staging, self)

    def _quarantine(self, lost: Sequence[tuple[Task, Failure]], tried: int) -> dict[str, str]:
        """Set aside the documents that their workers died of, unless there are so many that it cannot be theirs."""
        if len(lost) >= MANY_FAULTS and len(lost) > tried / 2:
            code, count = Counter(failure.code for _, failure in lost).most_common(1)[0]
            raise EnvironmentFault(f"{count} of {tried} documents ended with {code}: that is the machine, not they")
        states = {}
        for task, failure in lost:
            document = self._identity(task)
            result = failed_extraction(document, task.source.size, failure.code, failure.message)
            self._ledger.write_result(result, self._trying, QUARANTINED, ATTEMPTS)
            states[document] = QUARANTINED
            self._tell(task, result)
        return states

    def words_of(self, task: Task) -> Iterable[tuple[str, bytes]]:
        """What was recognised on the pages of a document before."""
        return self._ledger.words(self._identity(task))

    def keep_words(self, task: Task, words: Iterable[tuple[str, bytes]]) -> None:
        """Keep what was recognised, so that a change of the rules costs no second recognition."""
        self._ledger.write_words(self._identity(task), words)

    def _identity(self, task: Task) -> str:
        return self._found.known[task.source.path].document or ""

    def _tell(self, task: Task, result: Extraction) -> None:
        self._listener.tell(
            "document",
            name=task.source.name,
            document=result.document_id,
            status=result.status,
            code=result.error_code,
            sheets=len(result.sheets),
        )

    # --- accounting -------------------------------------------------------------------------------------------------

    def _departed(self) -> dict[str, Listed]:
        """Documents of the last version that stay in the dataset though they are not among the files of now.

        One whose file waits to be read, or lies where nobody can look, is not gone. One whose file says something else
        now has been replaced. One that is gone is told, and stays where that was ordered.
        """
        found = self._found
        missing = {key: one for key, one in self._ledger.published().items() if key not in found.documents}
        waiting = {key: one for key, one in missing.items() if one.path in found.waiting or not found.complete}
        gone = {key: one for key, one in missing.items() if key not in waiting and one.path not in found.known}
        self._done.account.departed = len(gone)
        for document, one in sorted(gone.items()):
            self._listener.tell("departed", name=one.name, document=document, policy=self._order.deleted)
        return waiting | (gone if self._order.deleted == "keep" else {})

    def _account(self, states: dict[str, str], tried: set[str]) -> Account:
        account, found = self._done.account, self._found
        account.discovered, account.duplicate = found.discovered, found.duplicates
        account.pending, account.skipped = len(found.pending), len(found.skipped)
        account.left_out = found.left_out
        for document, sources in found.documents.items():
            state = states.get(document)
            if state is None:
                account.pending += 1
            elif state == QUARANTINED:
                account.quarantined += 1
            elif sources[0].path in tried:
                account.published += 1
            else:
                account.unchanged += 1
        return account

    # --- publishing -------------------------------------------------------------------------------------------------

    def _publish(self, listed: dict[str, Listed], last: Manifest | None) -> None:
        """Publish these documents, where they or what makes tables of them is not what is published."""
        account = self._done.account
        wanted = self._state(listed)
        if last and self._ledger.note(_STATE) == f"{last.version} {wanted}":
            account.failed = int(self._ledger.note("failed") or 0)
            return
        if not listed and last is None:
            return
        gate = None if self._order.accept else partial(check_gate, thresholds=self._order.thresholds)
        with DatasetWriter(self._order.output, writing=self._writing, gate=gate) as writer:
            for result, one in self._results(listed):
                account.failed += result.status == "failed"
                writer.add(result, one.name, one.copies)
        self._done.summary = summary = writer.summary
        assert summary is not None  # set by close
        self._done.version, self._done.new = summary.version, summary.new
        notes = {_STATE: f"{summary.version} {wanted}", "failed": str(account.failed)}
        self._ledger.write_published(listed, notes)
        if summary.new:
            self._listener.tell("published", version=summary.version, rows=summary.rows)
            forget_old(self._writing, self._order.keep)

    def _state(self, listed: dict[str, Listed]) -> str:
        """One digest of all that the tables are made of."""
        digest = hashlib.sha256(f"{self._trying} {table_fingerprint()}\n".encode())
        with suppress(FileNotFoundError):
            digest.update((self._order.output / JUDGEMENTS).read_bytes() + b"\n")
        for document, one in sorted(listed.items()):
            digest.update(f"{document} {one.copies} {one.name}\n".encode())
        return digest.hexdigest()

    def _results(self, listed: dict[str, Listed]) -> Iterator[tuple[Extraction, Listed]]:
        """What every document gave, by id. Raises EnvironmentFault for one that rotted: it is read again next time."""
        for document, one in sorted(listed.items()):
            result = self._ledger.result(document)
            if result is None:
                self._ledger.forget([document])
                raise EnvironmentFault(
                    f"what was read in {one.name} is damaged in the ledger; run again to read it anew"
                )
            yield result, one
