"""A sign of life: whatever works for long on one document says so between its steps.

A reader calls `beat()` for every page. In a worker the run hears it and knows slow work from none; elsewhere it is
nothing. It costs a microsecond.
"""

from __future__ import annotations

import os

_file = -1


def beat() -> None:
    """Say that work goes on."""
    if _file >= 0:
        os.utime(_file)


def beat_into(path: str) -> None:
    """From now on touch this file at every beat; it is made where it is missing."""
    global _file  # noqa: PLW0603  # one process works on one document at a time
    if _file >= 0:
        os.close(_file)
    _file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    beat()
