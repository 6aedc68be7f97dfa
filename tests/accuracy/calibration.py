"""Prints what confidence is worth: `python -m tests.accuracy.calibration`, the last table of docs/accuracy.md.

Every value with evidence is compared with the truth; the share of wrong ones is told by band of confidence, and
whether a finding tells of them.
"""

import argparse
import logging
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pegextract.evaluation.bands import Judged, by_band, judged
from pegextract.evaluation.matching import Matching
from pegextract.evaluation.records import as_expected, confidences, flagged_by
from pegextract.evaluation.score import Record, compare
from pegextract.extraction import Extraction
from pegextract.runs.extract import extract_document
from tests.accuracy.measure import OCR_FREE_TEXT, SETTINGS, drawn, numbered, read_text, sheets_of_pdf
from tests.accuracy.scans import RESOLUTIONS, read_scan, scan, sheets_of_scan
from tests.forms.damage import damage
from tests.forms.draw import available
from tests.forms.render import RENDERINGS, expected
from tests.forms.sheets import random_sheet

CLASSES = {
    "clean text, with borders": (("pipes", "tabs", "escaped"), False),
    "clean text, without": (("plain", "ocr"), False),
    "text damaged by OCR": (("pipes", "tabs", "escaped", "plain", "ocr"), True),
}
HEAD = "| text | confidence | values | of all | wrong | without a finding |\n| --- | --- | ---: | ---: | ---: | ---: |"


def judged_against(truth: list[Record], extraction: Extraction, fuzzy: float | None = None) -> Iterator[Judged]:
    """Every value of an extraction that has evidence, against the truth."""
    flagged = flagged_by(extraction)
    score = compare(truth, as_expected(extraction), flagged, Matching("damaged", alike=fuzzy or 1.0))
    return judged(confidences(extraction), score.differences, flagged)


def values_of_pdfs(seeds: Iterable[int], folder: Path) -> list[Judged]:
    """The values of PDFs of invented sheets, by every producer that this machine has."""
    drawings = [drawn(name, seed, folder) for name in _producers() for seed in seeds]
    return [
        value
        for path in drawings
        for value in judged_against(_truth_of(path), extract_document(path.read_bytes(), path.name, SETTINGS))
    ]


def _truth_of(path: Path) -> list[Record]:
    return numbered(sheets_of_pdf(int(path.stem.rpartition("_")[2])))


def values_of_scans(dpi: int, seeds: Iterable[int], folder: Path) -> list[Judged]:
    """The values of scans of invented sheets, by every producer that this machine has."""
    return [
        value
        for name in _producers()
        for seed in seeds
        for value in judged_against(
            numbered(sheets_of_scan(seed)), read_scan(scan(name, seed, dpi, folder)), OCR_FREE_TEXT
        )
    ]


def _producers() -> list[str]:
    return [name for name, here in available().items() if here]


def values_of(name: str, seeds: Iterable[int]) -> list[Judged]:
    """The values of invented sheets of one class of text."""
    renderings, damaged = CLASSES[name]
    found: list[Judged] = []
    for seed in seeds:
        rendering = renderings[seed % len(renderings)]
        sheet = random_sheet(random.Random(seed))
        text = RENDERINGS[rendering](sheet, random.Random(seed))
        if damaged:
            text = damage(text, random.Random(seed))
        truth = [expected(sheet, rendering)]
        found += judged_against(truth, read_text(text), OCR_FREE_TEXT if damaged else None)
    return found


def rows(name: str, values: Sequence[Judged]) -> Iterator[str]:
    """One line per band of a class that has values."""
    for band in by_band(values):
        yield (
            f"| {name} | {band.limits} | {band.values:,} | {band.values / len(values):.1%} "
            f"| {band.wrong / band.values:.2%} | {band.silent / band.values:.2%} |"
        )


def classes(first: int, sheets: int, papers: int, folder: Path) -> Iterator[tuple[str, list[Judged]]]:
    """Every class with its values. papers: PDFs, and scans for each resolution, per producer."""
    for name in CLASSES:
        yield name, values_of(name, range(first, first + sheets))
    seeds = range(first, first + papers)
    if papers:
        yield "digital PDF", values_of_pdfs(seeds, folder)
        for dpi in RESOLUTIONS:
            yield f"scan, {dpi} dpi", values_of_scans(dpi, seeds, folder)


def main() -> None:
    """Measure and print, row by row."""
    parser = argparse.ArgumentParser(description="What confidence is worth.")
    parser.add_argument("--sheets", type=int, default=500, help="invented sheets per class of text")
    parser.add_argument("--papers", type=int, default=0, help="PDFs, and scans per resolution, of each producer")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)  # what fonts and PDF libraries have to say is not measured
    sys.stdout.write(f"{HEAD}\n")
    with tempfile.TemporaryDirectory() as folder:
        for name, values in classes(options.seed, options.sheets, options.papers, Path(folder)):
            sys.stdout.writelines(f"{row}\n" for row in rows(name, values))
            sys.stdout.flush()


if __name__ == "__main__":
    main()
