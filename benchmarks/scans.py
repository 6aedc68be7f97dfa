"""Scans, pictures to words, against tesseract alone and against OCRmyPDF with pdftotext: time, characters, numbers.

Each way gets the same pages on one core; seconds are those of the processor, of all processes together. Characters and
numbers are compared with what the PDF prints that the scan was made of, line by line as it stands on the page.
"""

from __future__ import annotations

import os
import random
import re
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import Levenshtein

from pegextract.readers.ocr.engines import engines_for
from pegextract.readers.ocr.page import read_page
from pegextract.readers.ocr.picture import Picture
from pegextract.readers.page.lines import printed_lines
from pegextract.readers.pages import PageWord
from pegextract.readers.pdf.reading import pages_of_pdf
from tests.forms.draw import DRAWERS
from tests.forms.look import random_look
from tests.forms.scan import Picture as Paper
from tests.forms.scan import as_pdf, harmed, random_harm, render
from tests.forms.sheets import random_sheet

DPI = 300
SHEETS = 2
_NUMBER = re.compile(r"\S*[0-9]\S*")


class Way(NamedTuple):
    """What one way cost and gave. seconds: per page · characters, numbers: shares that are wrong, that are exact."""

    name: str
    seconds: float
    characters: float
    numbers: float


class Sample(NamedTuple):
    """One page: its picture, and the lines that it prints."""

    paper: Paper
    lines: tuple[str, ...]


def measure(room: Path, seed: int) -> list[Way]:
    """All ways over the same fresh pages of three producers."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    samples = list(_samples(room, seed))
    engines = engines_for("ita")
    ways: dict[str, Callable[[Path, Sample], str]] = {
        "pegextract": lambda _, sample: _ours(sample, engines),
        "tesseract --psm 3": lambda path, _: _tesseract(path),
        "OCRmyPDF, pdftotext -layout": _ocrmypdf,
    }
    read_page(Picture(np.full((800, 600), 255, np.uint8), 72.0), 1, engines)  # the models are loaded once
    return [_measured(name, way, samples, room) for name, way in ways.items()]


def _samples(room: Path, seed: int) -> Iterator[Sample]:
    rng = random.Random(seed)
    for number, (name, draw) in enumerate(DRAWERS.items()):
        path = room / f"{name}.pdf"
        draw([random_sheet(rng) for _ in range(SHEETS)], path, look=random_look(random.Random(seed + number)))
        for page, paper in zip(pages_of_pdf(path.read_bytes()), render(path, DPI), strict=True):
            yield Sample(harmed(paper, random_harm(rng), rng), _lines(page.words))


def _lines(words: Sequence[PageWord]) -> tuple[str, ...]:
    return tuple(" ".join(word.text for word in line) for line in printed_lines(words))


def _measured(name: str, way: Callable[[Path, Sample], str], samples: Sequence[Sample], room: Path) -> Way:
    texts, begun = [], _seconds()
    spent = 0.0
    for number, sample in enumerate(samples):
        path = room / f"{number}.png"
        sample.paper.save(path, dpi=(DPI, DPI))
        begun = _seconds()
        texts.append(way(path, sample))
        spent += _seconds() - begun
    wrong, numbers = zip(
        *(_compared(sample.lines, text) for sample, text in zip(samples, texts, strict=True)), strict=True
    )
    characters = sum(len(line) for sample in samples for line in sample.lines)
    printed = sum(len(_NUMBER.findall(" ".join(sample.lines))) for sample in samples)
    return Way(name, spent / len(samples), sum(wrong) / characters, sum(numbers) / printed)


def _seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(part.ru_utime + part.ru_stime for part in used)


def _compared(lines: Sequence[str], text: str) -> tuple[int, int]:
    """Characters that are wrong, words apart of their order; numbers that are exact."""
    printed, read = Counter(" ".join(lines).split()), Counter(text.split())
    missing, extra = list((printed - read).elements()), list((read - printed).elements())
    wrong = 0
    for word in missing:
        near = min(extra, key=lambda other: Levenshtein.distance(word, other), default="")
        distance = Levenshtein.distance(word, near)
        if near and distance < len(word):
            extra.remove(near)
        wrong += min(distance, len(word))
    numbers = Counter(_NUMBER.findall(" ".join(lines)))
    exact = sum((numbers & Counter(_NUMBER.findall(text))).values())
    return wrong + sum(map(len, extra)), exact


def _ours(sample: Sample, engines: object) -> str:
    page = read_page(Picture(np.asarray(sample.paper.convert("L")), float(DPI)), 1, engines)  # type: ignore[arg-type]
    return "\n".join(_lines(page.words))


def _tesseract(path: Path) -> str:
    command = ["tesseract", str(path), "-", "--dpi", str(DPI), "--psm", "3", "-l", "ita"]
    return subprocess.run(command, check=True, capture_output=True, env=_one_thread()).stdout.decode()


def _ocrmypdf(path: Path, sample: Sample) -> str:
    scan, layered = path.with_suffix(".pdf"), path.with_suffix(".ocr.pdf")
    scan.write_bytes(as_pdf([sample.paper], DPI))
    options = ["--language", "ita", "--deskew", "--rotate-pages", "--output-type", "pdf", "--jobs", "1", "--quiet"]
    command = [sys.executable, "-m", "ocrmypdf", *options, str(scan), str(layered)]
    subprocess.run(command, check=True, capture_output=True, env=_one_thread())
    return subprocess.run(["pdftotext", "-layout", str(layered), "-"], check=True, capture_output=True).stdout.decode()


def _one_thread() -> dict[str, str]:
    return {**os.environ, "OMP_THREAD_LIMIT": "1"}


def markdown(ways: Sequence[Way]) -> list[str]:
    """The table of docs/benchmarks.md; the second way is the measure of time."""
    rows = [
        f"| {way.name} | {way.seconds:.2f} | {way.seconds / ways[1].seconds:.2f} | {way.characters:.2%} "
        f"| {way.numbers:.2%} |"
        for way in ways
    ]
    return [
        "| way | s a page | × `--psm 3` | characters wrong | numbers exact |",
        "| --- | ---: | ---: | ---: | ---: |",
        *rows,
    ]


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as room:
        print("\n".join(markdown(measure(Path(room), int(sys.argv[1]) if len(sys.argv) > 1 else 2026))))
