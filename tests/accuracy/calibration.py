"""Prints what confidence is worth: `python -m tests.accuracy.calibration`, the last table of docs/accuracy.md.

Every value with evidence is compared with the truth; the share of wrong ones is told by band of confidence, and
whether a finding tells of them.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from pegextract.extraction import Extraction
from tests.accuracy.measure import OCR_FREE_TEXT, read_text
from tests.forms.damage import damage
from tests.forms.render import RENDERINGS, expected
from tests.forms.score import compare
from tests.forms.sheets import random_sheet
from tests.gold import as_expected, flagged_by

BANDS = (0.0, 0.8, 0.95, 0.99, 1.01)
"""Limits of the bands: values of 0.80-0.95 should be wrong in 5 to 20 % of cases."""
CLASSES = {
    "clean text, with borders": (("pipes", "tabs", "escaped"), False),
    "clean text, without": (("plain", "ocr"), False),
    "text damaged by OCR": (("pipes", "tabs", "escaped", "plain", "ocr"), True),
}
HEAD = "| text | confidence | values | of all | wrong | without a finding |\n| --- | --- | ---: | ---: | ---: | ---: |"


class Judged(NamedTuple):
    """One value: its confidence, whether it is wrong, whether a finding tells of it."""

    confidence: float
    wrong: bool
    told: bool


def judged(extraction: Extraction, truth: list[dict], fuzzy: float | None = None) -> Iterator[Judged]:
    """Every value of an extraction that has evidence, against the truth."""
    flagged = flagged_by(extraction)
    score = compare(truth, as_expected(extraction), flagged, fuzzy_free_text=fuzzy)
    bad = {(one.sheet, one.table, one.row, one.field) for one in score.differences if one.kind != "missing"}
    for index, sheet in enumerate(extraction.sheets):
        for one in sheet.evidence:
            place = (index, one.table, one.row_number, one.field)
            yield Judged(one.confidence, place in bad, flagged(*place))


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
        found += judged(read_text(text), truth, OCR_FREE_TEXT if damaged else None)
    return found


def by_band(values: Iterable[Judged]) -> dict[tuple[float, float], Counter[str]]:
    """Values, wrong ones and silent ones by band, the lowest band first."""
    bands = {(low, high): Counter[str]() for low, high in pairwise(BANDS)}
    for value in values:
        band = next(band for band in bands if band[0] <= value.confidence < band[1])
        bands[band].update(values=1, wrong=value.wrong, silent=value.wrong and not value.told)
    return bands


def rows(first: int, sheets: int) -> Iterator[str]:
    """One line per class and band that has values."""
    for name in CLASSES:
        values = values_of(name, range(first, first + sheets))
        for (low, high), counts in by_band(values).items():
            if counts["values"]:
                wrong, silent = counts["wrong"] / counts["values"], counts["silent"] / counts["values"]
                share = counts["values"] / len(values)
                yield (
                    f"| {name} | {low:.2f}–{min(high, 1):.2f} | {counts['values']:,} | {share:.1%} "
                    f"| {wrong:.2%} | {silent:.2%} |"
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
