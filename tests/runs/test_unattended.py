"""`pegextract ingest` as cron runs it: a process of its own, killed, crowded out, on a full disk, in a bare world."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from pegextract.dataset.place import Place
from pegextract.dataset.read import load_table
from pegextract.dataset.verify import find_faults
from tests.cli.conftest import DOCUMENTS, ROOT
from tests.dataset.examples import digest

PEG = [sys.executable, "-m", "pegextract"]
TEXTS = [path for path in DOCUMENTS if path.suffix != ".pdf"]


def ingest(inputs: Path, output: Path, *options: str, **settings) -> subprocess.CompletedProcess:
    """Run the command and wait for it."""
    command = [*PEG, "ingest", str(inputs), "-o", str(output), "--settle", "0", "--jobs", "1", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120, **settings)


def peg(*arguments: str) -> subprocess.CompletedProcess:
    """Any command."""
    return subprocess.run([*PEG, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


def start(inputs: Path, output: Path, *options: str) -> subprocess.Popen:
    """Start the command in a session of its own, so that its whole tree can be killed."""
    command = [*PEG, "ingest", str(inputs), "-o", str(output), "--settle", "0", "--jobs", "1", *options]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def fill(folder: Path, seed: int, count: int = 60) -> Path:
    """So many different documents, made of the samples that are texts: reading is not what is tried here."""
    folder.mkdir(exist_ok=True)
    for number in range(count):
        path = TEXTS[number % len(TEXTS)]
        (folder / f"{seed}-{number:03}{path.suffix}").write_bytes(path.read_bytes() + f"\n\n{seed} {number}\n".encode())
    return folder


def processes_of(session: int) -> list[int]:
    """Processes that belong to a session, without those that are only waited for."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = (path / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(int(path.name))
    return found


def left_after(seconds: float, session: int) -> list[int]:
    """Processes of a session that are still there after so many seconds."""
    deadline = time.monotonic() + seconds
    while processes_of(session) and time.monotonic() < deadline:
        time.sleep(0.05)
    return processes_of(session)


def events(text: str) -> list[dict]:
    """The JSON lines of a log; every line must be one."""
    return [json.loads(line) for line in text.splitlines()]


def kill_and_go_on(room: Path, seed: int, rounds: int) -> None:
    """Kill the whole tree at random moments; after each one whole version is there, and the next run needs no help."""
    rng = random.Random(seed)
    inputs, output = fill(room / "in", 0), room / "out"
    assert ingest(inputs, output).returncode in (0, 3)
    wanted = digest(output)
    for number in range(1, rounds + 1):
        fill(inputs, number, 6)
        process = start(inputs, output)
        time.sleep(rng.uniform(0.05, 4.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        found = digest(output)
        finished = found != wanted
        assert find_faults(Place(output)) == []
        assert load_table(output, "documents").num_rows == 60 + 6 * (number if finished else number - 1)
        done = ingest(inputs, output)
        assert done.returncode in (0, 3), done.stderr
        assert load_table(output, "documents").num_rows == 60 + 6 * number
        assert not list((output / ".pegextract" / "staging").iterdir())
        wanted = digest(output)
    fresh = room / "fresh"
    ingest(inputs, fresh)
    assert digest(fresh) == wanted


def test_killed_at_any_moment(tmp_path):
    """Two kills; `make soak` does two hundred."""
    kill_and_go_on(tmp_path, seed=1, rounds=2)


@pytest.mark.soak
def test_killed_at_two_hundred_moments(tmp_path):
    """Two hundred kills of the whole process tree."""
    kill_and_go_on(tmp_path, seed=2, rounds=200)


def test_no_worker_outlives_its_parent(tmp_path):
    """Only the parent is killed, while a document keeps its worker busy for ever: it is gone, and the lock is free."""
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "hang.txt").write_text("hang")
    script = (
        "import sys; from pathlib import Path; from tests.runs.deadly import deadly; from tests.runs.nights import *\n"
        "night(Path(sys.argv[1]), Path(sys.argv[2]), extract=deadly, settings=NOTHING)"
    )
    command = [sys.executable, "-c", script, str(inputs), str(tmp_path / "out")]
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    deadline = time.monotonic() + 60
    while not list((tmp_path / "out" / ".pegextract" / "staging").glob("work-*/beat-*")):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert len(processes_of(process.pid)) > 1
    process.kill()
    process.wait()
    left = left_after(2, process.pid)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert left == []
    (inputs / "hang.txt").write_text("a letter")
    assert ingest(inputs, tmp_path / "out").returncode == 3


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_keeps_what_was_read(tmp_path, number, code):
    """It stops within ten seconds with its own code; status.json says so; what was read is not read again."""
    inputs = fill(tmp_path / "in", 0, 100)
    process = start(inputs, tmp_path / "out")
    lines = []
    while '"document"' not in (lines or [""])[-1]:
        lines.append(process.stderr.readline())
    rest = stopped(process, number)
    assert process.returncode == code, rest
    status = json.loads((tmp_path / "out" / "status.json").read_text())
    assert (status["last_run"]["exit_code"], status["last_run"]["outcome"]) == (code, "stopped")
    kept = sum('"document"' in line for line in [*lines, *rest.splitlines()])
    done = ingest(inputs, tmp_path / "out")
    again = sum(event["event"] == "document" for event in events(done.stderr))
    assert again <= 100 - kept
    assert load_table(tmp_path / "out", "documents").num_rows == 100


def stopped(process: subprocess.Popen, number: signal.Signals, send: Callable[[int, int], None] = os.kill) -> str:
    """What a process still says after a signal, which ends it and all that it started in time."""
    begun = time.monotonic()
    send(process.pid, number)
    _, rest = process.communicate(timeout=30)
    assert time.monotonic() - begun < 10
    assert left_after(2, process.pid) == []
    return rest


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, -2)])
def test_a_signal_that_meets_a_finaliser_is_not_lost(number, code):
    """Python drops what is raised while an object is cleared away: the run must end all the same, without a word."""
    script = f"""
import time
from signal import raise_signal
from pegextract import cli
class Late:
    def __del__(self):
        raise_signal({number:d})
def work(**_):
    Late()
    time.sleep(20)
cli.app = work
cli.main()
"""
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert "Exception ignored" not in done.stderr
    assert time.monotonic() - begun < 15


TURNED = """
import os, sys
from signal import raise_signal
from pydantic_core import to_json
from pegextract import cli
from pegextract.runs import extract, unattended
def turned(*_, **__):
    to_json(object(), fallback=lambda _: raise_signal(int(os.environ["SIGNAL"])))
extract.read_document = unattended.ingest = turned
cli.main()
"""
"""The command, where a signal comes below a serialiser, which makes an error of its own of it."""


@pytest.mark.parametrize("command", ["ingest", "convert"])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_that_a_library_makes_an_error_of_is_still_a_signal(tmp_path, number, code, command):
    """It ends the run with its own code; it is no fault of pegextract, and none of the document that it met."""
    inputs, output = fill(tmp_path / "in", 0, 1), tmp_path / "out"
    output.mkdir()
    arguments = [command, str(inputs), "-o", str(output)]
    world = {**os.environ, "SIGNAL": str(int(number))}
    done = subprocess.run(
        [sys.executable, "-c", TURNED, *arguments], cwd=ROOT, env=world, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stderr
    if command == "ingest":
        assert json.loads((output / "status.json").read_text())["last_run"]["outcome"] == "stopped"
    else:
        assert not (output / "documents").exists()


@pytest.mark.soak
def test_signals_at_fifty_moments(tmp_path):
    """Whenever it comes, to the run or to all its processes, as from systemd: nothing is half, none is marked."""
    rng = random.Random(3)
    codes = Counter()
    for attempt in range(50):
        inputs, output = fill(tmp_path / "in", attempt, 40), tmp_path / "out"
        process = start(inputs, output)
        time.sleep(rng.uniform(0.05, 3.0))
        number = rng.choice([signal.SIGTERM, signal.SIGINT])
        rest = stopped(process, number, rng.choice([os.kill, os.killpg]))
        codes[process.returncode] += 1
        assert process.returncode in (0, 128 + number, -number), rest
        assert "Traceback" not in rest or process.returncode == -number, rest
        if (output / "current").exists():
            assert find_faults(Place(output)) == []
        done = ingest(inputs, output)
        assert done.returncode == 0, done.stdout
        assert load_table(output, "documents").num_rows == 40 * (attempt + 1)
        assert not list((output / ".pegextract" / "staging").iterdir())
    assert codes[143] + codes[130] > 25, codes


def start_at_once(inputs: Path, output: Path) -> None:
    """Eight at once: one does the work, seven exit with 4 and say who holds the dataset."""
    started = [start(inputs, output) for _ in range(8)]
    ended = [(process.communicate(timeout=120), process.returncode) for process in started]
    codes = sorted(code for _, code in ended)
    assert [code for code in codes if code in (0, 3)] != []
    assert set(codes) <= {0, 3, 4}
    refused = [out for (out, _), code in ended if code == 4]
    assert len(refused) >= 5
    assert all("another run is writing" in out for out in refused)
    assert Place(output).numbers() == [1]


def test_of_many_starts_one_works(tmp_path):
    """Of eight at once one works; `make soak` does it fifty times."""
    start_at_once(fill(tmp_path / "in", 0, 30), tmp_path / "out")


@pytest.mark.soak
def test_of_many_starts_one_works_every_time(tmp_path):
    """Fifty times eight at once."""
    inputs = fill(tmp_path / "in", 0, 30)
    for attempt in range(50):
        start_at_once(inputs, tmp_path / f"out{attempt}")


def fill_disks(room: Path, sizes: Sequence[int]) -> Counter[int]:
    """On disks of several sizes (KiB): done, or exit code 5 and nothing half; with more room the next run is done."""
    inputs, disk = fill(room / "in", 0, 12), room / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no tmpfs can be mounted here")
    codes: Counter[int] = Counter()
    try:
        for size in sizes:
            shutil.rmtree(disk / "out", ignore_errors=True)
            subprocess.run(["mount", "-o", f"remount,size={size}k", str(disk)], check=True)
            done = ingest(inputs, disk / "out")
            codes[done.returncode] += 1
            assert done.returncode in (0, 3, 5), done.stderr
            assert "Traceback" not in done.stderr
            subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)
            done = ingest(inputs, disk / "out")
            assert done.returncode in (0, 3), done.stdout + done.stderr
            assert load_table(disk / "out", "documents").num_rows == 12
            assert set(load_table(disk / "out", "documents")["status"].to_pylist()) <= {"ok", "partial"}
            assert find_faults(Place(disk / "out")) == []
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)
    return codes


def test_a_full_disk_is_no_documents_fault(tmp_path):
    """On two sizes that are too small; `make soak` tries twenty."""
    assert fill_disks(tmp_path, (140, 300))[5] >= 1


@pytest.mark.soak
def test_twenty_disks_are_no_documents_fault(tmp_path):
    """From a disk that takes hardly the ledger to one that takes all."""
    codes = fill_disks(tmp_path, range(60, 1060, 50))
    assert codes[5] >= 5
    assert codes[0] >= 1


def test_crons_bare_environment(tmp_path):
    """No PATH, no HOME, LANG=C, no terminal: it runs, keeps accented names, and says how it went."""
    inputs = fill(tmp_path / "in", 0, 2)
    shutil.copy(DOCUMENTS[0], inputs / "perché no.txt")
    done = ingest(inputs, tmp_path / "out", env={"PATH": "", "LANG": "C"}, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "perché no.txt" in load_table(tmp_path / "out", "documents")["path"].to_pylist()
    assert done.stdout.startswith("good · version 1 (new) · files: published 3")
    if shutil.which("bwrap"):
        assert json.loads((tmp_path / "out" / "status.json").read_text())["last_run"]["sandbox"] == "bubblewrap"


def test_cron_finds_tesseract():
    """Without a PATH it is looked for where the system keeps its programs."""
    script = "from pegextract.readers.ocr.tesseract import installed; print(installed())"
    command, bare = [sys.executable, "-c", script], {"PATH": "", "LANG": "C"}
    told = subprocess.run(command, cwd=ROOT, env=bare, capture_output=True, text=True, check=True).stdout
    if shutil.which("tesseract", path=os.defpath) is None:
        pytest.skip("tesseract is not where the system keeps its programs")
    assert told.startswith("Tesseract(")


def test_a_log_line_is_a_line(tmp_path):
    """No file name breaks a line, hides one or reaches a terminal as a command, and no line has text of a document."""
    inputs = tmp_path / "in"
    inputs.mkdir()
    names = [b"a\nb.txt", b"\x1b[2J.txt", "gpj\u202etxt.txt".encode(), b"caff\xe8.txt", b'{"event":"forged"}.txt',
             b"\x7f.txt", "\u2028.txt".encode(), b"x" * 240 + b".txt"]  # fmt: skip
    for number, name in enumerate(names):
        path = Path(os.fsdecode(os.fsencode(inputs) + b"/" + name))
        path.write_bytes(DOCUMENTS[0].read_bytes() + f"\nCANARY-TEXT {number}".encode())
    done = ingest(inputs, tmp_path / "out")
    told = events(done.stderr)
    assert [event["event"] for event in told].count("document") == len(names)
    assert "forged" not in [event["event"] for event in told]
    assert all(
        character.isprintable() and character.isascii() for line in done.stderr.splitlines() for character in line
    )
    assert max(map(len, done.stderr.splitlines())) < 2000
    assert "CANARY" not in done.stdout + done.stderr + (tmp_path / "out" / "status.json").read_text()


def test_the_record_is_for_machines(tmp_path):
    """status.json, a Prometheus textfile and the heartbeat agree; `status --max-age` fails where runs stay away."""
    calls = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    inputs, output = fill(tmp_path / "in", 0, 3), tmp_path / "out"
    config = tmp_path / "pegextract.toml"
    config.write_text(
        f'inputs = ["{inputs}"]\noutput = "{output}"\nsettle = 0\nmetrics = "{tmp_path}/m/peg.prom"\n'
        f'heartbeat = "http://127.0.0.1:{server.server_port}/ping"\n'
    )
    try:
        run = peg("ingest", "--config", str(config))
        assert run.returncode == 0, run.stderr
        for path in inputs.iterdir():
            path.unlink()
        assert peg("ingest", "--config", str(config)).returncode == 6
    finally:
        server.shutdown()
        server.server_close()
    assert calls == ["/ping", "/ping/fail"]
    status = json.loads((output / "status.json").read_text())
    assert (status["last_run"]["outcome"], status["last_good"]["version"]) == ("refused", 1)
    assert "--accept" in status["last_run"]["reason"]
    metrics = (tmp_path / "m" / "peg.prom").read_text()
    assert "\npegextract_last_run_exit_code 6\n" in metrics
    assert '\npegextract_files{kind="departed"} 3\n' in metrics
    assert metrics.endswith("\n")
    told = peg("status", str(output), "--max-age", "26h")
    assert (told.returncode, "refused" in told.stdout) == (0, True)
    status["last_good"]["finished"] = "2020-01-01T00:00:00Z"
    (output / "status.json").write_text(json.dumps(status))
    assert peg("status", str(output), "--max-age", "26h").returncode == 3
