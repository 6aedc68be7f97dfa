"""Prints the registry's figures of docs/accuracy.md: `python -m tests.registry.report --seeds 5`."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.forms.archive import archive
from tests.registry.measure import IDS, Completed, Pairs, completed, named, pairs, write
from tests.registry.test_lineage import found_and_true

HEAD = (
    "| archive | of | names | precision | recall | spellings | precision | recall |\n"
    "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
)


def rows(first: int, seeds: int) -> Iterator[str]:
    """One line per archive and kind, then the centres, then the lineage."""
    centres = []
    for damaged in (0.0, 0.4):
        for seed in range(first, first + seeds):
            documents = list(archive(seed, damaged=damaged))
            with tempfile.TemporaryDirectory() as folder:
                write(documents, Path(folder))
                for kind in IDS:
                    names = named(documents, Path(folder), kind)
                    each, spelt = pairs(names), pairs(names, distinct=True)
                    what = "clean" if not damaged else f"{damaged:.0%} damaged"
                    yield f"| {what}, seed {seed} | {kind} | {_figures(each)} | {_figures(spelt)} |"
                if not damaged:
                    centres.append(completed(documents, Path(folder)))
    total = Completed(*(sum(column) for column in zip(*centres, strict=True)))
    yield f"\nCut centres: {total}\n"
    for seed in range(first, first + seeds):
        found, true = found_and_true(seed)
        right = len(found & true)
        shares = f"precision {_cut(right / len(found))}, recall {_cut(right / len(true))}"
        yield f"lineage, seed {seed}: {len(found)} links, {shares}"


def _figures(found: Pairs) -> str:
    return f"{found.names:,} | {_cut(found.precision)} | {_cut(found.recall)}"


def _cut(share: float) -> str:
    """Four decimals, rounded down: 1.0000 is only what is whole."""
    return f"{int(share * 10_000) / 10_000:.4f}"


def main() -> None:
    """Measure and print, row by row."""
    parser = argparse.ArgumentParser(description="The registry's table of docs/accuracy.md.")
    parser.add_argument(
        "--seeds", type=int, default=5, help="archives of twelve years and forty sheets a year, each kind"
    )
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    options = parser.parse_args()
    sys.stdout.write(f"{HEAD}\n")
    for row in rows(options.seed, options.seeds):
        sys.stdout.write(f"{row}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
