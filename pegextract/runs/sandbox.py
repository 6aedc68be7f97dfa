"""What a worker may do: as little as this machine can enforce.

With bubblewrap: no network, all files read-only but a scratch folder, its own processes, which end with it. Without:
limits of the kernel on memory, files and core dumps, and an end together with the parent. `Sandbox.name` says which.
"""

from __future__ import annotations

import ctypes
import os
import resource
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

BUBBLEWRAP: Final = "bubblewrap"
LIMITS_ONLY: Final = "limits"
_PID: Final = "PEGEXTRACT_WORKER_PID"
_PR_SET_PDEATHSIG: Final = 1
_LARGEST_FILE: Final = 1 << 30
_PROBE: Final = "import socket, sys; sys.exit(len(socket.if_nameindex()) > 1)"


class Sandbox(NamedTuple):
    """How workers are started. executable: what stands in for Python; None for Python itself."""

    name: str
    executable: str | None


def best_sandbox(scratch: Path) -> Sandbox:
    """The strongest that works here; workers will write into `scratch` only."""
    program = shutil.which("bwrap", path=os.environ.get("PATH") or os.defpath)
    if program is None or sys.platform != "linux":
        return Sandbox(LIMITS_ONLY, None)
    script = scratch / "python"
    script.write_text(_script(program, scratch), encoding="utf-8", errors="surrogateescape")
    script.chmod(0o700)
    try:
        done = subprocess.run([str(script), "-c", _PROBE], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return Sandbox(LIMITS_ONLY, None)
    return Sandbox(BUBBLEWRAP, str(script)) if done.returncode == 0 else Sandbox(LIMITS_ONLY, None)


def _script(program: str, scratch: Path) -> str:
    """A stand-in for Python. `$$` is the process that the parent knows: bubblewrap takes its place, and forks.

    Ctrl-C reaches workers too, also while they start and cannot say so themselves: they never hear of it.
    """
    options = ["--die-with-parent", "--unshare-net", "--unshare-pid", "--unshare-ipc", "--unshare-uts"]
    options += ["--ro-bind", "/", "/", "--dev", "/dev", "--bind", "/dev/shm", "/dev/shm", "--proc", "/proc"]
    options += ["--bind", str(scratch), str(scratch)]
    given = " ".join(shlex.quote(part) for part in (program, *options))
    return f'#!/bin/sh\ntrap "" INT\nexec {given} --setenv {_PID} $$ -- {shlex.quote(sys.executable)} "$@"\n'


def confine(memory: int, scratch: Path) -> None:
    """Take away from this process what it does not need; called once in every worker. memory: bytes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the parent decides what becomes of workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, _LARGEST_FILE)):
        hard = resource.getrlimit(what)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (limit, limit))
    _be_quiet()  # a library's chatter would stand between the log lines of the run
    os.environ["TMPDIR"] = str(scratch)
    os.environ["OMP_THREAD_LIMIT"] = "1"
    known = os.environ.get(_PID)
    if known:
        # Inside its own process namespace a worker has another number than its parent, and pebble, know it by.
        os.getpid = lambda: int(known)
    else:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _be_quiet() -> None:
    """Whatever a worker prints goes nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
