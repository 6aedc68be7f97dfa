"""Fifty good documents among everything that breaks things: the good rows do not change, every other has its reason."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from pegextract.dataset.contract import TABLES
from pegextract.dataset.read import load_table
from pegextract.runs.names import portable_name
from tests.cli.conftest import ROOT
from tests.runs.nasty import write_all
from tests.runs.test_unattended import events, fill, left_after

BUDGET = {"PEGEXTRACT_WORKER__SECONDS": "5", "PEGEXTRACT_WORKER__MEMORY": "1024"}
SECRET = "CANARY-7d1f"


def run(inputs: Path, output: Path, prefix: tuple[str, ...] = ()) -> tuple[int, str, int]:
    """Exit code, log, and the session that it ran in."""
    command = [*prefix, sys.executable, "-m", "pegextract", "ingest", str(inputs), "-o", str(output), "--settle", "0"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env=os.environ | BUDGET,
    ) as process:  # fmt: skip
        _, log = process.communicate(timeout=1500)
    return process.returncode, log, process.pid


def rows_of(output: Path, ids: set[str]) -> dict[str, list]:
    """All rows of some documents, by table; people and offices are those of the whole archive."""
    sheets = [f"{one[:16]}" for one in ids]
    found = {}
    for table in TABLES:
        rows = load_table(output, table.name)
        if not {"document_id", "sheet_id"} & set(rows.column_names):
            continue  # people, units: over the whole archive
        if "document_id" in rows.column_names:
            rows = rows.filter(pc.is_in(rows["document_id"], value_set=pa.array(sorted(ids))))
        elif "sheet_id" in rows.column_names:
            rows = rows.filter(pc.is_in(pc.utf8_slice_codeunits(rows["sheet_id"], 0, 16), pa.array(sheets)))
        else:
            continue
        found[table.name] = rows.to_pylist()
    return found


@pytest.fixture(scope="module")
def server():
    """A server that must never be called."""
    calls: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            calls.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            return

    http = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    yield http.server_port, calls
    http.shutdown()
    http.server_close()


@pytest.mark.slow
def test_the_good_are_not_harmed_by_the_nasty(tmp_path, server):
    """More than 120 nasty inputs among fifty good ones cost the good ones nothing, and nobody obeys them."""
    port, calls = server
    canary = tmp_path / "canary.txt"
    canary.write_text(SECRET)
    clean = fill(tmp_path / "clean", 0, 50)
    code, _, _ = run(clean, tmp_path / "clean-out")
    assert code in (0, 3)
    good = set(load_table(tmp_path / "clean-out", "documents")["document_id"].to_pylist())
    toxic = tmp_path / "toxic"
    shutil.copytree(clean, toxic)
    right = write_all(toxic, canary, port)
    assert len(right) >= 120
    traced = (
        "strace",
        "-f",
        "-qq",
        "--seccomp-bpf",
        "-o",
        str(tmp_path / "trace"),
        "-e",
        "trace=execve,connect,openat",
    )
    prefix = traced if shutil.which("strace") else ()
    code, log, session = run(toxic, tmp_path / "toxic-out", prefix)
    assert code == 3, log[-3000:]
    assert left_after(5, session) == []
    # the good, row by row
    expected, found = (rows_of(tmp_path / f"{name}-out", good) for name in ("clean", "toxic"))
    for table in expected:
        assert found[table] == expected[table], table
    # the nasty, each with its reason
    told = {event["name"]: event.get("code") for event in events(log) if event["event"] in ("document", "skipped")}
    by_id = {row["path"]: row["error_code"] for row in load_table(tmp_path / "toxic-out", "documents").to_pylist()}
    wrong = {}
    for name, codes in right.items():
        shown = portable_name(name)
        if (by_id.get(shown) or told.get(shown)) not in codes:
            wrong[shown] = by_id.get(shown) or told.get(shown)
    assert wrong == {}
    # nobody obeyed
    assert calls == []
    assert SECRET not in log
    for table in TABLES:
        assert SECRET not in str(load_table(tmp_path / "toxic-out", table.name).to_pylist())
    assert not Path("/tmp/pwned").exists()
    last = json.loads((tmp_path / "toxic-out" / "status.json").read_text())["last_run"]
    assert last["files"]["discovered"] == 50 + len(right)
    assert last["peak_memory_mib"] < 512
    if prefix:
        check_trace((tmp_path / "trace").read_text(errors="replace"), canary)


def check_trace(trace: str, canary: Path) -> None:
    """Nobody tries to connect beyond this machine, no program is run but its own, nobody opens the canary."""
    connects = [
        line for line in trace.splitlines() if "connect(" in line and "AF_UNIX" not in line and "..." not in line
    ]
    assert connects == []
    assert "execve(" in trace
    assert "openat(" in trace
    executed = {Path(name).name for name in re.findall(r'execve\("([^"]+)".*\) = 0', trace)}
    assert executed <= {"python", "python3", "python3.11", "bwrap", "sh", "tesseract", "uname"}, executed
    assert not [line for line in trace.splitlines() if str(canary) in line and "openat" in line and " = -1" not in line]
