"""Digital PDFs, bytes to Parquet, against what libraries need for much less, and memory over many pages.

`measure` starts `python -m benchmarks.pdf PDF OUTPUT` for each book, on one core: it converts the book after a small
warm-up, then times pdfium's bare text extraction of all its pages and pdfplumber's words and tables of some of them.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import Path
from time import process_time
from typing import NamedTuple

from pegextract.layouts.profile import shipped_profiles
from pegextract.runs.extract import Settings
from pegextract.runs.pipeline import Request, convert
from pegextract.runs.progress import Lines
from tests.forms.draw_book import draw_book
from tests.forms.look import Look
from tests.forms.sheets import random_sheet

PAGES = (100, 1_000)
PAGES_OF_PLUMBER = 20
"""Enough for pdfplumber: it takes as long for every page."""
SHEETS_TO_A_PAGE = 0.45


class Measured(NamedTuple):
    """One book. Seconds of the processor per page · peak: bytes that the process held after the conversion."""

    name: str
    pages: int
    convert: float
    bare: float
    plumber: float
    peak: int


def measure(room: Path, seed: int) -> list[Measured]:
    """Books of so many pages, ruled and not, each in a fresh process."""
    found = []
    for pages in PAGES:
        for ruled in (True, False):
            path = room / f"{'ruled' if ruled else 'unruled'}-{pages}.pdf"
            _draw(path, pages, seed, ruled=ruled)
            command = [sys.executable, "-m", "benchmarks.pdf", str(path), str(room / f"out-{path.stem}")]
            found.append(Measured(*json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)))
    return found


def _draw(path: Path, pages: int, seed: int, *, ruled: bool) -> None:
    rng = random.Random(seed)
    sheets = [random_sheet(rng, block=False, year=2021) for _ in range(round(pages * SHEETS_TO_A_PAGE))]
    draw_book(sheets, path, Look(rules=ruled), rng, flowing=False)


def run(path: Path, output: Path) -> Measured:
    """Measure one book in this process. Raises RuntimeError where it fails."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    _convert(_warm_up(path, output), output / "warm-up")
    begun = process_time()
    _convert(path, output / "tables")
    seconds = process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    pages, bare = _bare(path)
    return Measured(path.stem, pages, seconds / pages, bare / pages, _plumber(path), peak)


def _warm_up(path: Path, output: Path) -> Path:
    """A small book like the one to be measured: imports and caches are paid with it."""
    output.mkdir(parents=True)
    small = output / "warm-up.pdf"
    _draw(small, 20, 1, ruled=path.stem.startswith("ruled"))
    return small


def _convert(path: Path, output: Path) -> None:
    request = Request([str(path)], output, Settings(shipped_profiles()), BytesIO(), jobs=1)
    done = convert(request, Lines(StringIO(), only_failures=True))
    if done.failed:
        raise RuntimeError(f"{done.failed[0]}")


def _bare(path: Path) -> tuple[int, float]:
    """Pages, and the seconds that pdfium takes for the text of all of them."""
    import pypdfium2

    begun = process_time()
    document = pypdfium2.PdfDocument(path.read_bytes())
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    return len(document), process_time() - begun


def _plumber(path: Path) -> float:
    """Seconds per page that pdfplumber takes for words and tables."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        pages = document.pages[2 : 2 + PAGES_OF_PLUMBER]
        begun = process_time()
        for page in pages:
            page.extract_words()
            page.extract_tables()
            page.close()
        return (process_time() - begun) / len(pages)


def markdown(measured: Sequence[Measured]) -> list[str]:
    """The table of docs/benchmarks.md."""
    head = "| book | pages | ms a page | × pdfium's bare text | pdfplumber ÷ ours | peak MB |"
    rows = [
        f"| {m.name.rsplit('-', 1)[0]} | {m.pages:,} | {m.convert * 1000:.1f} | {m.convert / m.bare:.1f} "
        f"| {m.plumber / m.convert:.1f} | {m.peak / 1e6:.0f} |"
        for m in measured
    ]
    return [head, "| --- | ---: | ---: | ---: | ---: | ---: |", *rows]


if __name__ == "__main__":
    print(json.dumps(run(*map(Path, sys.argv[1:]))))
