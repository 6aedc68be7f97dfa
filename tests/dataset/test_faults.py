"""A commit that is killed, or that the disk refuses, at every system call in turn."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pegextract.dataset.place import Place
from pegextract.dataset.verify import find_faults
from tests.dataset.examples import archive, digest, write
from tests.dataset.zygote import second

ROOT = Path(__file__).parents[2]
CALLS = ("write", "fsync", "rename", "link", "symlink", "unlink", "mkdir", "unlinkat", "pwrite64")
FAULTS = ("signal=SIGKILL", "error=ENOSPC", "error=EIO")
ACKNOWLEDGED = 0


class Traced:
    """Publishes in fresh children of one process, each under strace."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.dataset.zygote"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def publish(self, folder: Path, *options: str) -> tuple[int, str]:
        """The exit code of the child (negative for a signal), and what strace wrote."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{folder}\n")
        self._process.stdin.flush()
        pid = int(self._process.stdout.readline())
        log = folder.parent / "trace"
        tracer = subprocess.Popen(
            ["strace", "-f", "-o", str(log), "-p", str(pid), *options], stderr=subprocess.PIPE, text=True
        )
        assert tracer.stderr
        told = tracer.stderr.readline()
        if "attached" not in told:
            os.kill(pid, signal.SIGKILL)
            self._process.stdout.readline()
            pytest.skip(f"strace cannot attach here: {told.strip()}")
        os.kill(pid, signal.SIGCONT)
        status = int(self._process.stdout.readline())
        tracer.wait(20)
        tracer.stderr.close()
        return os.waitstatus_to_exitcode(status), log.read_text(errors="replace")

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(20)
        assert self._process.stdout
        self._process.stdout.close()


@pytest.fixture(scope="module")
def traced() -> Iterator[Traced]:
    """One process that publishes under strace."""
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    tracer = Traced()
    yield tracer
    tracer.close()


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str], dict[str, str]]:
    """A dataset at version 1, its digest, and the digest of what is published on top of it."""
    folder = tmp_path_factory.mktemp("first") / "output"
    write(folder, archive())
    other = tmp_path_factory.mktemp("second") / "output"
    write(other, second())
    return folder, digest(folder), digest(other)


def calls_of_a_commit(traced: Traced, first: Path, room: Path) -> Counter[str]:
    """How often a commit makes each call."""
    shutil.copytree(first, room / "output", symlinks=True)
    code, log = traced.publish(room / "output", "-e", f"trace={','.join(CALLS)}")
    assert code == ACKNOWLEDGED
    return Counter(re.findall(r"^\d+ +(\w+)\(", log, re.MULTILINE))


def check_every_point(
    traced: Traced, expected: tuple[Path, dict[str, str], dict[str, str]], room: Path, fault: str, step: int
) -> int:
    """Each `step`-th point: the version before or the new one is there, whole, and the next run needs no hands."""
    first, old, new = expected
    points = 0
    for call, count in calls_of_a_commit(traced, first, room).items():
        for when in range(1, count + 1, step):
            shutil.rmtree(room / "output")
            shutil.copytree(first, room / "output", symlinks=True)
            output = room / "output"
            code, _ = traced.publish(output, "-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={when}")
            where = f"{call} {when} {fault}, exit code {code}"
            found = digest(output)
            assert found in (old, new), where
            assert find_faults(Place(output)) == [], where
            assert code in (ACKNOWLEDGED, 5, -signal.SIGKILL), where
            if code == ACKNOWLEDGED:
                assert found == new, where
            write(output, second())
            assert digest(output) == new, where
            assert find_faults(Place(output)) == [], where
            assert not any((output / ".pegextract" / "staging").iterdir()), where
            points += 1
    return points


@pytest.mark.parametrize("fault", FAULTS)
def test_a_commit_is_whole_or_not_at_all(traced, expected, tmp_path, fault):
    """At a fault in a sample of all system calls, the old or the new version is there, and a second run completes."""
    assert check_every_point(traced, expected, tmp_path, fault, step=12) >= 10


@pytest.mark.soak
@pytest.mark.parametrize("fault", FAULTS)
def test_every_system_call_of_a_commit_may_fail(traced, expected, tmp_path, fault):
    """The same at every single call of a commit."""
    assert check_every_point(traced, expected, tmp_path, fault, step=1) >= 80


def test_names_are_flushed_before_the_switch(traced, expected, tmp_path):
    """Every file is flushed before its folder, both before the version has its name, and the switch after all that.

    This is what a power cut would tell; without it a version could be named whose bytes are not there.
    """
    first, _, _ = expected
    shutil.copytree(first, tmp_path / "output", symlinks=True)
    code, log = traced.publish(
        tmp_path / "output", "-y", "-s", "300", "-e", "trace=openat,write,fsync,rename,linkat,link"
    )
    assert code == ACKNOWLEDGED
    lines = [line.split(" ", 1)[1].strip() for line in log.splitlines()]
    written = {m[1] for line in lines if (m := re.match(r"write\(\d+<([^>]*staging/version/[^>]*)>", line))}
    flushed = [(at, m[1]) for at, line in enumerate(lines) if (m := re.match(r"fsync\(\d+<([^>]*)>\) += 0", line))]
    named = next(at for at, line in enumerate(lines) if re.search(r"rename\(.*staging/version\".*versions/2", line))
    switched = next(at for at, line in enumerate(lines) if re.search(r"rename\(.*current\"", line))
    last = {path: at for at, path in flushed if at < named}
    assert len(written) > 10
    for path in written:
        assert last[path] < last[str(Path(path).parent)], path
    assert any(path.endswith("/staging/version") for path in last)
    assert any(named < at < switched and path.endswith("/versions") for at, path in flushed)
    assert any(at > switched and path.endswith("/output") for at, path in flushed)
