"""Tesseract behind one door: is it there, which version, which languages; a picture in, words with boxes out.

It is called as a program, once a page, on a picture that we decoded ourselves: a damaged file never reaches it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pegextract.errors import UnreadableDocument

if TYPE_CHECKING:  # who only asks for the version needs no library of arrays
    from pegextract.readers.ocr.picture import Picture

SPARSE_TEXT = 11
"""Page segmentation: words wherever they are. The others take a table of short cells for columns of prose."""
MOST_SECONDS = 120.0
"""A page takes one or two; whatever takes this long will not end."""
_VERSION = re.compile(r"tesseract v?([0-9][0-9.]*)")
_WORD_LEVEL, _COLUMNS = "5", 12


class Tesseract(NamedTuple):
    """An installation: the program's path, its version, its languages."""

    program: str
    version: str
    languages: frozenset[str]


class Seen(NamedTuple):
    """A word as tesseract saw it, in pixels of the picture it was given.

    confidence: 0-1 · line: words with the same value stand on one line of one block, in its order.
    """

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    line: tuple[int, int, int]


@cache
def installed() -> Tesseract | None:
    """The tesseract on this machine's PATH, or where programs lie where cron sets none; None where none works."""
    program = shutil.which("tesseract", path=os.environ.get("PATH") or os.defpath)
    if program is None:
        return None
    try:
        version = _VERSION.search(_answer(program, "--version"))
        languages = _answer(program, "--list-langs").splitlines()[1:]
    except (OSError, subprocess.SubprocessError):
        return None
    return Tesseract(program, version[1], frozenset(languages)) if version else None


def _answer(program: str, question: str) -> str:
    done = subprocess.run([program, question], capture_output=True, check=True, timeout=20, env=_environment())
    return (done.stdout or done.stderr).decode(errors="replace")


def _environment() -> dict[str, str]:
    """One thread: several on one page cost a multiple of the time, and the cores are busy with other pages."""
    return {**os.environ, "OMP_THREAD_LIMIT": "1"}


def words(picture: Picture, language: str, engine: Tesseract) -> list[Seen]:
    """Every word on the picture. Raises UnreadableDocument (ocr_failed) where tesseract fails or takes too long."""
    command = [engine.program, "stdin", "stdout", "--dpi", str(round(picture.dpi)), "--psm", str(SPARSE_TEXT)]
    height, width = picture.pixels.shape
    try:
        done = subprocess.run(
            [*command, "-l", language, "tsv"],
            input=b"P5 %d %d 255\n" % (width, height) + picture.pixels.tobytes(),
            capture_output=True,
            check=True,
            timeout=MOST_SECONDS,
            env=_environment(),
        )
    except subprocess.TimeoutExpired as error:
        message = f"tesseract took more than {MOST_SECONDS:.0f} s for one page; its process was ended"
        raise UnreadableDocument(message, code="ocr_failed") from error
    except (OSError, subprocess.CalledProcessError) as error:
        said = (getattr(error, "stderr", b"") or b"").decode(errors="replace").strip().splitlines()
        raise UnreadableDocument(f"tesseract failed: {said[-1] if said else error}", code="ocr_failed") from error
    return [seen for row in done.stdout.decode(errors="replace").splitlines()[1:] if (seen := _seen(row))]


def _seen(row: str) -> Seen | None:
    cells = row.split("\t")
    if len(cells) < _COLUMNS or cells[0] != _WORD_LEVEL or not cells[11].strip():
        return None
    left, top, width, height = (int(cell) for cell in cells[6:10])
    line = (int(cells[2]), int(cells[3]), int(cells[4]))
    return Seen(cells[11].strip(), left, top, left + width, top + height, max(0.0, float(cells[10])) / 100, line)
