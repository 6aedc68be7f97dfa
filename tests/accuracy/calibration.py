"""Prints what confidence is worth: `python -m tests.accuracy.calibration`, the last table of docs/accuracy.md.

Every value with evidence is compared with the truth; the share of wrong ones is told by band of confidence, and
whether a finding tells of them.
"""

import argparse
import random
import sys
from collections.abc import Iterable, Iterator

from pegextract.evaluation.bands import Judged, by_band, judged
from pegextract.evaluation.matching import Matching
from pegextract.evaluation.records import as_expected, confidences, flagged_by
from pegextract.evaluation.score import Record, compare
from pegextract.extraction import Extraction
from tests.accuracy.measure import OCR_FREE_TEXT, read_text
from tests.forms.damage import damage
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


def rows(first: int, sheets: int) -> Iterator[str]:
    """One line per class and band that has values."""
    for name in CLASSES:
        values = values_of(name, range(first, first + sheets))
        for band in by_band(values):
            limits = f"{band.low:.2f}–{min(band.high, 1):.2f}"
            yield (
                f"| {name} | {limits} | {band.values:,} | {band.values / len(values):.1%} "
                f"| {band.wrong / band.values:.2%} | {band.silent / band.values:.2%} |"
            )


def main() -> None:
    """Measure and print, row by row."""
    parser = argparse.ArgumentParser(description="What confidence is worth.")
    parser.add_argument("--sheets", type=int, default=500, help="invented sheets per class of text")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    options = parser.parse_args()
    sys.stdout.write(f"{HEAD}\n")
    for row in rows(options.seed, options.sheets):
        sys.stdout.write(f"{row}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
