"""Prints the figures of docs/accuracy.md: `python -m tests.accuracy.report --sheets 300`."""

import argparse
import logging
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

from pegextract.evaluation.score import Score
from tests.accuracy.measure import (
    SHEETS_PER_PDF,
    converted,
    missing_tool,
    read_book,
    read_pdf,
    read_pdf_book,
    rendered,
    second,
    total,
)
from tests.forms.draw import DRAWERS, available
from tests.forms.render import RENDERINGS
from tests.forms.second_form import SECOND_RENDERINGS

CONVERTERS = ("pdftotext_raw", "pdftotext_layout", "markitdown")
HEAD = "| text | sheets | values | F1 | silent errors | seeds |\n| --- | ---: | ---: | ---: | ---: | --- |"


def rows(first: int, sheets: int, pdfs: int, folder: Path) -> Iterator[str]:
    """One line per kind of text, as it is measured."""
    seeds = range(first, first + sheets)
    for name in RENDERINGS:
        yield _row(f"{name}, clean", seeds, lambda seed, name=name: rendered(name, seed))
    for name in RENDERINGS:
        yield _row(f"{name}, damaged", seeds, lambda seed, name=name: rendered(name, seed, damaged=True))
    for name in SECOND_RENDERINGS:
        yield _row(f"second form, {name}", seeds, lambda seed, name=name: second(name, seed))
    for name in RENDERINGS:
        yield _row(f"books, {name}", range(first, first + 3), lambda seed, name=name: read_book(name, seed)[2], "books")
    for producer in DRAWERS:
        if not available()[producer]:
            yield f"| PDF by {producer} | – | – | – | – | {producer} is not installed |"
            continue
        yield _row(
            f"PDF by {producer}",
            range(first, first + pdfs),
            lambda seed, producer=producer: read_pdf(producer, seed, folder)[1],
            f"PDFs of {SHEETS_PER_PDF}",
        )
    yield _row("PDF books", range(first, first + 3), lambda seed: read_pdf_book(seed, folder)[2], "books")
    for producer, converter in product(DRAWERS, CONVERTERS):
        what = f"PDF by {producer}, {converter.replace('_', ' -')}"
        if missing := missing_tool(producer, converter):
            yield f"| {what} | – | – | – | – | {missing} is not installed |"
            continue
        pages = range(first, first + pdfs)
        yield _row(
            what,
            pages,
            lambda seed, way=(producer, converter): converted(*way, seed, folder),
            f"PDFs of {SHEETS_PER_PDF}",
        )


def _row(what: str, seeds: range, measure: Callable[[int], Score], unit: str = "") -> str:
    score, _ = total((seed, measure(seed)) for seed in seeds)
    count = f"{len(seeds)} {unit}".strip()
    return (
        f"| {what} | {count} | {score.expected:,} | {_cut(score.f1)} | {score.silent_rate:.2%} "
        f"| {seeds.start}–{seeds.stop - 1} |"
    )


def _cut(share: float) -> str:
    """Four decimals, rounded down: 1.0000 is only what is whole."""
    return f"{int(share * 10_000) / 10_000:.4f}"


def main() -> None:
    """Measure and print, row by row."""
    parser = argparse.ArgumentParser(description="The table of docs/accuracy.md.")
    parser.add_argument("--sheets", type=int, default=300, help="invented sheets per rendering")
    parser.add_argument(
        "--pdfs", type=int, default=10, help=f"PDFs of {SHEETS_PER_PDF} sheets per producer and converter"
    )
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)  # what fonts and PDF libraries have to say is not measured
    warnings.simplefilter("ignore")
    sys.stdout.write(f"{HEAD}\n")
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(options.seed, options.sheets, options.pdfs, Path(folder)):
            sys.stdout.write(f"{row}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
