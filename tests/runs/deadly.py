"""Ways to do one document that a test can watch; worker processes import them from here."""

from __future__ import annotations

import os
from pathlib import Path

from pegextract.extraction import Extraction
from pegextract.runs.engine import _failed as failed_extraction
from pegextract.runs.extract import Settings


def faulty(data: bytes, name: str, settings: Settings) -> Extraction:
    """Ends the process at b"die", raises at b"raise", and has no fault else."""
    if data.startswith(b"die"):
        os._exit(9)
    if data.startswith(b"raise"):
        raise IndexError("list index out of range")
    return failed_extraction(data, "fine", str(os.getpid()))


def marking(data: bytes, name: str, settings: Settings) -> Extraction:
    """Leaves an empty file in the only folder that a worker may write."""
    Path(os.environ["TMPDIR"], name).touch()
    return failed_extraction(data, "fine", "")
