"""One unattended run from its settings to its exit code: whatever happens is logged, recorded and told."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TextIO

from pegextract.dataset.place import Place
from pegextract.errors import EnvironmentFault, PegextractError, RunInProgress, UsageError
from pegextract.readers.options import ReaderOptions
from pegextract.runs.configuration import Configuration
from pegextract.runs.discover import STANDARD_INPUT
from pegextract.runs.events import JsonLines, Silence
from pegextract.runs.extract import Settings
from pegextract.runs.forms import chosen_forms
from pegextract.runs.gate import Thresholds
from pegextract.runs.ingest import Ingested, Listener, Order, ingest
from pegextract.runs.names import safe
from pegextract.runs.pipeline import refuse_foreign_folders
from pegextract.runs.record import call_heartbeat, record_of, write_metrics, write_status
from pegextract.runs.remote import is_remote, publish
from pegextract.runs.workers import Limits
from pegextract.stopping import signals_first

ATTENTION = 3
_FAULT = 1


def run(configuration: Configuration, *, accept: bool, reread: bool, log: TextIO | None) -> tuple[int, str]:
    """Ingest, and leave the record. Returns the exit code and one line for a person.

    Raises UsageError, before anything is touched, for settings that make no sense; SystemExit and KeyboardInterrupt,
    after all is recorded, where a signal ended the run.
    """
    order = order_of(configuration, accept=accept, reread=reread)
    begun = datetime.now(UTC)
    listener = Silence() if log is None else JsonLines(log, f"{begun:%Y%m%dT%H%M%SZ}-{os.getpid()}")
    listener.tell("run_begun", output=str(order.output))
    done = Ingested()
    code, reason, end = _outcome(lambda: _work(configuration, order, listener, done), done)
    record = record_of(done, begun, code, reason)
    if not isinstance(end, RunInProgress):  # then status.json is the other run's to write
        _leave_record(configuration, order.output, record, listener)
    listener.tell("run_finished", **{name: value for name, value in record.items() if name not in ("files", "reason")},
                  **record["files"])  # fmt: skip
    if isinstance(end, (SystemExit, KeyboardInterrupt)):
        raise end
    return code, _line(record)


def _work(configuration: Configuration, order: Order, listener: Listener, done: Ingested) -> None:
    ingest(order, listener, done)
    if configuration.publish_to and done.version is not None:
        commit, new = publish(Place(order.output), configuration.publish_to)
        listener.tell("published_to_store", number=commit.number, folder=commit.folder, new=new)


def order_of(configuration: Configuration, *, accept: bool = False, reread: bool = False) -> Order:
    """What the settings order. Raises UsageError where they do not say enough, or what cannot be."""
    if not configuration.inputs or configuration.output is None:
        raise UsageError("say what to ingest and where to: inputs and output, in pegextract.toml or as arguments")
    if STANDARD_INPUT in configuration.inputs:
        raise UsageError("standard input cannot be ingested: a run has to find its files again; use convert")
    for given in configuration.inputs:
        if not is_remote(given) and Path(given).resolve().is_relative_to(configuration.output.resolve()):
            raise UsageError(f"the input {given} lies in the output {configuration.output}; keep them apart")
    refuse_foreign_folders(configuration.output)
    worker = configuration.worker
    return Order(
        inputs=configuration.inputs,
        output=configuration.output,
        settings=Settings(chosen_forms(configuration.form), configuration.year, _reading(configuration)),
        limits=Limits(worker.seconds, worker.silence, worker.memory << 20),
        thresholds=Thresholds(configuration.gate.loss, configuration.gate.failures),
        jobs=configuration.jobs,
        settle=configuration.settle,
        deleted=configuration.deleted,
        accept=accept,
        reread=reread,
        require_sandbox=configuration.require_sandbox,
        engine=configuration.engine,
        scheduler=configuration.scheduler,
        keep=timedelta(days=configuration.keep_days),
    )


def _reading(configuration: Configuration) -> ReaderOptions:
    password = configuration.password.get_secret_value() if configuration.password else None
    return ReaderOptions(configuration.pdf_engine, password, configuration.ocr, configuration.ocr_language)


def _outcome(work: Callable[[], None], done: Ingested) -> tuple[int, str | None, BaseException | None]:
    """The exit code, why it is not 0, and what ended the run early."""
    try:
        with signals_first():
            work()
    except (KeyboardInterrupt, SystemExit, Exception) as error:  # noqa: BLE001  # nobody watches: all of it is recorded
        return *_told(error), error
    if done.account.failed:
        return ATTENTION, f"{done.account.failed} documents gave no sheet; the table documents says why", None
    return 0, None, None


def _told(error: BaseException) -> tuple[int, str]:
    """The exit code of what ended a run, and a sentence."""
    match error:
        case PegextractError():
            return error.exit_code, str(error)
        case OSError() | MemoryError():
            return EnvironmentFault.exit_code, str(error) or "not enough memory"
        case KeyboardInterrupt():
            return 130, "interrupted"
        case SystemExit():
            return int(error.code or 0), "stopped by a signal"
        case _:
            return _FAULT, f"a fault of pegextract ({type(error).__name__}: {error}); please report it"


def _leave_record(configuration: Configuration, output: Path, record: dict[str, object], listener: Listener) -> None:
    """status.json, the metrics, the heartbeat: as far as each is possible, for the run itself is over."""
    try:
        status = write_status(output, record)
        if configuration.metrics:
            write_metrics(configuration.metrics, status)
    except OSError as error:
        listener.tell("record_not_written", error=error.strerror)
    if configuration.heartbeat:
        trouble = call_heartbeat(configuration.heartbeat, int(str(record["exit_code"])))
        if trouble:
            listener.tell("heartbeat_failed", error=trouble)


def _line(record: dict[str, object]) -> str:
    files = record["files"]
    assert isinstance(files, dict)
    counts = ", ".join(
        f"{name} {files[name]}" for name in ("published", "unchanged", "pending", "quarantined", "skipped")
    )
    version = "nothing published" if record["version"] is None else f"version {record['version']}"
    new = " (new)" if record["new_version"] else ""
    reason = f": {safe(str(record['reason']))}" if record["reason"] else ""
    return f"{record['outcome']} · {version}{new} · files: {counts}{reason}"
