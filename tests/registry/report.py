"""Prints the registry's figures of docs/accuracy.md: `python -m tests.registry.report --seeds 5`."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from tests.forms.archive import Document, archive
from tests.registry.measure import IDS, Completed, Pairs, completed, named, pairs, write
from tests.registry.scanned import with_scans
from tests.registry.test_lineage import found_and_true

HEAD = (
    "| archive | of | names | precision | recall | spellings | precision | recall |\n"
    "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
)


KINDS: dict[str, Callable[[int], Iterable[Document]]] = {
    "clean": archive,
    "40% damaged": lambda seed: archive(seed, damaged=0.4),
}
SCANS: dict[str, Callable[[int], Iterable[Document]]] = {
    f"30% scans, {dpi} dpi": partial(with_scans, share=0.3, dpi=dpi, per_year=10) for dpi in (300, 200)
}


def rows(kinds: Mapping[str, Callable[[int], Iterable[Document]]], first: int, seeds: int) -> Iterator[str]:
    """One line per archive and kind, then the centres, then the lineage."""
    centres = []
    for what, make in kinds.items():
        for seed in range(first, first + seeds):
            documents = list(make(seed))
            with tempfile.TemporaryDirectory() as folder:
                write(documents, Path(folder))
                for kind in IDS:
                    names = named(documents, Path(folder), kind)
                    each, spelt = pairs(names), pairs(names, distinct=True)
                    yield f"| {what}, seed {seed} | {kind} | {_figures(each)} | {_figures(spelt)} |"
                if what == "clean":
                    centres.append(completed(documents, Path(folder)))
    if not centres:
        return
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
    parser.add_argument("--scans", action="store_true", help="archives with scans, of ten sheets a year, instead")
    options = parser.parse_args()
    sys.stdout.write(f"{HEAD}\n")
    for row in rows(SCANS if options.scans else KINDS, options.seed, options.seeds):
        sys.stdout.write(f"{row}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
