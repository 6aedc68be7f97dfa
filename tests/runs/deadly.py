"""Ways to do one document that a test can watch; worker processes import them from here."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from pathlib import Path

from pegextract.errors import EnvironmentFault
from pegextract.extraction import Extraction
from pegextract.heartbeat import beat
from pegextract.recall import recalled, remember
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


def deadly(data: bytes, name: str, settings: Settings) -> Extraction:
    """Ends, hangs, eats memory, works slowly or finds no tesseract, as the document orders."""
    text = data.decode()
    if text.startswith("die"):
        signal.raise_signal(signal.SIGKILL)
    sys.stderr.write("chatter\n")
    os.write(1, b"chatter\n")
    if text == "hang":
        while True:
            time.sleep(0.1)
    if text == "eat":
        held = []
        while True:
            held.append(bytearray(64 << 20))
    if text == "slow":
        for _ in range(12):
            time.sleep(0.25)
            beat()
    if text == "no tesseract":
        raise EnvironmentFault("tesseract is not installed")
    if text == "no OCR":
        return failed_extraction(data, "ocr_missing", "this is a scan, and tesseract is not installed")
    return failed_extraction(data, "fine", "")


def out_of_order(data: bytes, name: str, settings: Settings) -> Extraction:
    """Tries to write, to connect and to leave something running; says what it managed."""
    managed = []
    for path in ("/tmp/pegextract-escape", str(Path.home() / "pegextract-escape")):
        try:
            Path(path).write_text("x")
            managed.append(path)
        except OSError:
            pass
    for address in (("1.1.1.1", 53), ("127.0.0.1", 22), ("127.0.0.1", 80)):
        try:
            socket.create_connection(address, timeout=1).close()
            managed.append(str(address))
        except OSError:
            pass
    try:
        os.kill(1, 0)
        if Path("/proc/1/comm").read_text().strip() not in ("bwrap", "python", "python3"):
            managed.append("init")
    except OSError:
        pass
    return failed_extraction(data, "escaped-" + (" ".join(managed) or "nothing"), "")


def remembering(data: bytes, name: str, settings: Settings) -> Extraction:
    """Says whether it had to recognise the words of the document."""
    known = recalled("page-1")
    if known is None:
        remember("page-1", b"the words")
    return failed_extraction(data, "recognised" if known is None else "recalled", "")
