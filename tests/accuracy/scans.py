"""Scans of drawn sheets out, records back in. `python -m tests.accuracy.scans` prints the table of docs/accuracy.md."""

from __future__ import annotations

import argparse
import logging
import random
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pegextract.evaluation.score import CHILDREN, Record, Score
from pegextract.extraction import Extraction
from pegextract.readers.options import ReaderOptions
from pegextract.runs.extract import extract_document
from tests.accuracy.measure import OCR_FREE_TEXT, SETTINGS, numbered, score_of
from tests.forms.draw import DRAWERS, available
from tests.forms.look import random_look
from tests.forms.scan import Harm, as_pdf, as_tiff, harmed, random_harm, render
from tests.forms.sheets import Sheet, random_sheet

SHEETS_PER_SCAN = 2
RESOLUTIONS = (300, 200, 150)
CLASSES = {
    "codes": ("code",),
    "dates": ("start_date", "end_date", "target_date"),
    "weights": ("weight",),
    "targets": ("target_raw", "target_kind", "target_operator", "target_value", "target_numerator",
                "target_denominator", "target_unit"),
    "names": ("director", "manager", "direction", "service", "responsible_name", "responsible_role",
              "responsibility_centre"),
}  # fmt: skip
"""The fields that a reader of tables relies on."""


def sheets_of_scan(seed: int) -> list[Sheet]:
    """The sheets on the paper of that seed."""
    rng = random.Random(seed)
    return [random_sheet(rng) for _ in range(SHEETS_PER_SCAN)]


def scan(producer: str, seed: int, dpi: int, folder: Path, harm: Harm | None = None) -> bytes:
    """A scan of the sheets of that seed, PDF or TIFF; each page suffered something else unless `harm` is given."""
    path = folder / f"{producer}_{seed}.pdf"
    if not path.exists():
        DRAWERS[producer](sheets_of_scan(seed), path, look=random_look(random.Random(seed)))
    rng = random.Random(seed)
    pages = [harmed(page, random_harm(rng) if harm is None else harm, rng) for page in render(path, dpi)]
    return as_pdf(pages, dpi) if seed % 2 else as_tiff(pages, dpi)


def read_scan(data: bytes, cache: Path | None = None) -> Extraction:
    """What the program makes of a scan."""
    name = "scan.pdf" if data.startswith(b"%PDF") else "scan.tif"
    return extract_document(data, name, replace(SETTINGS, reading=ReaderOptions(ocr_cache=cache)))


def scanned(producer: str, seed: int, dpi: int, folder: Path, harm: Harm | None = None) -> Score:
    """How well one scan is read."""
    extraction = read_scan(scan(producer, seed, dpi, folder, harm))
    return score_of(extraction, numbered(sheets_of_scan(seed)), OCR_FREE_TEXT)


def f1_by_class(score: Score, sheets: Iterable[Sheet]) -> dict[str, float]:
    """Right values of each class against those that are printed or read."""
    printed = Counter(name for sheet in sheets for name in _classes_of(sheet.truth))
    missing, invented = Counter[str](), Counter[str]()
    for difference in score.differences:
        for name, fields in CLASSES.items():
            if difference.field in fields:
                missing[name] += difference.kind != "invented"
                invented[name] += difference.kind != "missing"
    right = {name: printed[name] - missing[name] for name in CLASSES}
    return {name: 2 * right[name] / (right[name] + printed[name] + invented[name]) for name in CLASSES if printed[name]}


def _classes_of(record: Record) -> Iterator[str]:
    for row in (record, *(row for table in CHILDREN for row in record.get(table) or ())):
        for name, fields in CLASSES.items():
            values = {field: row.get(field) for field in fields if row.get(field) is not None}
            if values.get("target_operator") == "=":
                del values["target_operator"]
            yield from [name] * len(values)


def measured(dpi: int, seeds: Sequence[int], folder: Path) -> tuple[Score, dict[str, float]]:
    """All producers that this machine has, with those seeds."""
    producers = [name for name, here in available().items() if here]
    score = sum((scanned(name, seed, dpi, folder) for name in producers for seed in seeds), Score())
    return score, f1_by_class(score, [sheet for _ in producers for seed in seeds for sheet in sheets_of_scan(seed)])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="The table of scans in docs/accuracy.md.")
    parser.add_argument("--scans", type=int, default=6, help="scans of two sheets per producer and resolution")
    parser.add_argument("--seed", type=int, default=500, help="the first seed")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)  # what fonts and PDF libraries have to say is not measured
    warnings.simplefilter("ignore")
    seeds = range(options.seed, options.seed + options.scans)
    head = f"| scans | values | F1 | silent errors | {' | '.join(CLASSES)} | seeds |"
    sys.stdout.write(f"{head}\n|{' --- |' + ' ---: |' * (len(CLASSES) + 4)}\n")
    with tempfile.TemporaryDirectory() as folder:
        for dpi in RESOLUTIONS:
            score, classes = measured(dpi, seeds, Path(folder))
            parts = " | ".join(f"{classes[name]:.4f}" for name in CLASSES)
            sys.stdout.write(
                f"| {dpi} dpi | {score.expected:,} | {score.f1:.4f} | {score.silent_rate:.2%} | {parts} "
                f"| {seeds.start}–{seeds.stop - 1} |\n"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main()
