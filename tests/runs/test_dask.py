"""Documents on Dask: the same dataset, whatever becomes of its workers, and no door open to the outside."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pegextract.errors import EnvironmentFault
from pegextract.runs import on_dask
from tests.cli.conftest import DOCUMENTS, ROOT
from tests.dataset.examples import digest
from tests.runs.deadly import faulty, remembering
from tests.runs.nights import NOTHING, night
from tests.runs.test_unattended import fill, ingest, processes_of

pytest.importorskip("distributed", reason="Dask is not installed")


def listeners() -> set[tuple[str, str]]:
    """Addresses on which something listens: (address, port) in hexadecimal."""
    found = set()
    for name in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A":
                found.add(tuple(fields[1].split(":")))
    return found


LOOPBACK = {"0100007F", "00000000000000000000000001000000"}


@pytest.mark.slow
def test_dask_gives_the_same_bytes(tmp_path):
    """One local worker, two, and a Dask cluster: one dataset; while it runs, it listens on loopback only."""
    inputs = fill(tmp_path / "in", 0, 40)
    before = listeners()
    command = [sys.executable, "-m", "pegextract", "ingest", str(inputs), "-o", str(tmp_path / "dask"),
               "--settle", "0", "--engine", "dask", "--jobs", "2"]  # fmt: skip
    opened: set[tuple[str, str]] = set()
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        while process.poll() is None:
            opened |= listeners() - before
            time.sleep(0.1)
        assert process.returncode == 0, process.stderr.read()
        lines = process.stderr.read().splitlines()
    assert all(json.loads(line) for line in lines if line.startswith("{"))
    assert opened
    assert {address for address, _ in opened} <= LOOPBACK
    assert processes_of(process.pid) == []
    for jobs in ("1", "2"):
        assert ingest(inputs, tmp_path / jobs, "--jobs", jobs).returncode == 0
        assert digest(tmp_path / jobs) == digest(tmp_path / "dask")


@pytest.mark.soak
def test_a_killed_dask_worker_changes_nothing(tmp_path):
    """A Dask worker that is killed while it reads costs its batch a second reading, and the result is the same."""
    inputs = fill(tmp_path / "in", 0, 200)
    command = [sys.executable, "-m", "pegextract", "ingest", str(inputs), "-o", str(tmp_path / "out"),
               "--settle", "0", "--engine", "dask", "--jobs", "2"]  # fmt: skip
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        while '"document"' not in process.stderr.readline():
            assert process.poll() is None
        victims = [pid for pid in processes_of(process.pid) if is_dask_worker(pid)]
        assert victims
        os.kill(victims[0], signal.SIGKILL)
        _, log = process.communicate(timeout=120)
    assert process.returncode == 0, log[-3000:]
    assert ingest(inputs, tmp_path / "local", "--jobs", "2").returncode == 0
    assert digest(tmp_path / "out") == digest(tmp_path / "local")


def is_dask_worker(pid: int) -> bool:
    """Whether a process is a worker that its nanny started, and none of ours below it."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().decode()
        parent = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        above = Path(f"/proc/{parent}/cmdline").read_bytes().decode()
    except (OSError, ValueError):
        return False
    return "spawn_main" in command and "pegextract" in above and "bwrap" not in command


@pytest.mark.soak
def test_poison_costs_itself_alone_on_dask_too(tmp_path):
    """A document that kills its process is set aside, and the cluster stays."""
    (tmp_path / "in").mkdir()
    for path in DOCUMENTS[:2]:
        shutil.copy(path, tmp_path / "in")
    (tmp_path / "in" / "die.txt").write_text("die")
    done, heard = night(tmp_path / "in", tmp_path / "out", engine="dask", extract=faulty, settings=NOTHING)
    assert {str(f["name"]): f["code"] for f in heard.facts("document")}["die.txt"] == "worker_died"
    assert (done.account.quarantined, done.account.published) == (1, 2)


@pytest.mark.soak
def test_what_was_recognised_travels_with_its_document(tmp_path):
    """Words that OCR found come back from the cluster, and go out to it again; 40 documents are several batches."""
    (tmp_path / "in").mkdir()
    for number in range(40):
        (tmp_path / "in" / f"{number}.txt").write_text(f"scan {number}")
    for code, reread in (("recognised", False), ("recalled", True)):
        _, heard = night(
            tmp_path / "in", tmp_path / "out", engine="dask", extract=remembering, settings=NOTHING, reread=reread
        )
        assert [facts["code"] for facts in heard.facts("document")] == [code] * 40


def test_a_cluster_that_is_not_there_is_the_machines_fault(tmp_path, monkeypatch):
    """An address without a scheduler is exit code 5, and marks nothing."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("2020 a")
    monkeypatch.setattr(on_dask, "PATIENCE", 1)
    with pytest.raises(EnvironmentFault, match="no Dask cluster"):
        night(tmp_path / "in", tmp_path / "out", engine="dask", scheduler="tcp://127.0.0.1:1", settings=NOTHING)
