"""What is left of a run for those who watch: status.json, a Prometheus textfile, and a call to a heartbeat URL."""

from __future__ import annotations

import json
import resource
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from pegextract.dataset.durable import replace_file
from pegextract.errors import UsageError
from pegextract.runs.ingest import Ingested
from pegextract.version import __version__

STATUS: Final = "status.json"
GOOD: Final = (0, 3)
"""Exit codes of runs whose dataset is up to date."""
_OUTCOMES: Final = {
    0: "good", 2: "usage", 3: "attention", 4: "locked", 5: "environment", 6: "refused", 130: "stopped", 143: "stopped",
}  # fmt: skip
_PATIENCE: Final = 10


def record_of(done: Ingested, begun: datetime, exit_code: int, reason: str | None) -> dict[str, Any]:
    """One run as status.json holds it. Times are UTC; `reason` is why it is not good.

    The memory is that of the process that runs all this, without its workers.
    """
    finished = datetime.now(UTC)
    account = asdict(done.account)
    account["left_out"] = dict(sorted(done.account.left_out.items()))
    return {
        "outcome": _OUTCOMES.get(exit_code, "fault"),
        "exit_code": exit_code,
        "reason": reason,
        "begun": _utc(begun),
        "finished": _utc(finished),
        "seconds": round((finished - begun).total_seconds(), 3),
        "version": done.version,
        "new_version": done.new,
        "sandbox": done.sandbox,
        "peak_memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
        "files": account,
        "software": __version__,
    }


def write_status(output: Path, record: dict[str, Any]) -> dict[str, Any]:
    """Write status.json into the dataset: the last run, and the last good one. Returns what was written."""
    last = _read(output / STATUS).get("last_good")
    good = {name: record[name] for name in ("begun", "finished", "version")} if record["exit_code"] in GOOD else last
    status = {"last_run": record, "last_good": good}
    if output.is_dir():
        replace_file(output / STATUS, (json.dumps(status, indent=2) + "\n").encode())
    return status


def write_metrics(path: Path, status: dict[str, Any]) -> None:
    """Write the Prometheus textfile that node_exporter picks up; a reader never sees half of it."""
    run, good = status["last_run"], status["last_good"]
    values: list[tuple[str, str, float]] = [
        ("last_run_exit_code", "Exit code of the last run.", run["exit_code"]),
        ("last_run_seconds", "How long the last run took.", run["seconds"]),
        ("last_run_timestamp_seconds", "When the last run ended.", _seconds(run["finished"])),
        ("last_good_timestamp_seconds", "When the last good run ended.", _seconds(good and good["finished"])),
        ("version", "The version that is published.", run["version"] or 0),
    ]
    counts = {name: count for name, count in run["files"].items() if isinstance(count, int)}
    lines = [line for name, text, value in values for line in _metric(name, text, value)]
    lines += ["# HELP pegextract_files Where the files of the last run went.", "# TYPE pegextract_files gauge"]
    lines += [f'pegextract_files{{kind="{name}"}} {count}' for name, count in counts.items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, ("\n".join(lines) + "\n").encode())


def call_heartbeat(url: str, exit_code: int) -> str | None:
    """Tell a dead man's switch how the run ended: its URL for a good one, with /fail for another.

    Returns what went wrong, without the URL, which is a secret of sorts; None for nothing.
    """
    from urllib.error import URLError
    from urllib.request import urlopen

    if not url.startswith(("https://", "http://")):
        raise UsageError("heartbeat_url must begin with https:// or http://")
    target = url if exit_code in GOOD else f"{url.rstrip('/')}/fail"
    try:
        with urlopen(target, timeout=_PATIENCE) as answer:
            answer.read(1000)
    except (OSError, URLError, ValueError) as error:
        return f"{type(error).__name__}: {getattr(error, 'reason', '') or getattr(error, 'code', '')}"
    return None


def read_status(output: Path) -> dict[str, Any]:
    """status.json of a dataset; empty where nothing was ingested into it."""
    return _read(output / STATUS)


def status_lines(status: dict[str, Any]) -> Iterator[str]:
    """The last run and the last good one, for a person; nothing where nothing was ingested."""
    if not status:
        return
    last, good = status["last_run"], status["last_good"]
    yield f"last run   {last['finished']}  {last['outcome']}  {last['reason'] or ''}".rstrip()
    yield f"last good  {good['finished']}  version {good['version']}" if good else "last good  never"
    yield "files      " + ", ".join(f"{name} {n}" for name, n in last["files"].items() if isinstance(n, int))


def too_old(status: dict[str, Any], most: timedelta) -> bool:
    """Whether the last good run is longer ago than that, or there was none."""
    good = status.get("last_good")
    return not good or datetime.now(UTC) - _time(good["finished"]) > most


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _metric(name: str, text: str, value: float) -> list[str]:
    full = f"pegextract_{name}"
    return [f"# HELP {full} {text}", f"# TYPE {full} gauge", f"{full} {value:.15g}"]


def _seconds(moment: str | None) -> float:
    return _time(moment).timestamp() if moment else 0


def _utc(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _time(moment: str) -> datetime:
    return datetime.fromisoformat(moment.replace("Z", "+00:00"))
