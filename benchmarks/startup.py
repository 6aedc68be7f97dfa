"""How long `pegextract --version` takes, and an empty Python beside it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from statistics import median
from time import perf_counter
from typing import NamedTuple

TIMES = 11


class StartUp(NamedTuple):
    """Medians in seconds of wall time."""

    version: float
    python: float


def measure() -> StartUp:
    """Both commands in turn, so that a busy moment hits both."""
    version: list[float] = []
    python: list[float] = []
    for _ in range(TIMES):
        version.append(_seconds("-m", "pegextract", "--version"))
        python.append(_seconds("-c", "pass"))
    return StartUp(median(version), median(python))


def _seconds(*arguments: str) -> float:
    begun = perf_counter()
    subprocess.run(_command(arguments), check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - begun


def _command(arguments: Sequence[str]) -> list[str]:
    return [sys.executable, *arguments]
