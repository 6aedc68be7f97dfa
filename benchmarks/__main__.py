"""Invent sheets, convert them in fresh processes on one core, measure start-up, print the tables."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks import conversion, inputs, pdf, report, scans, startup

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
COUNTS = (1_000, 10_000)
ROUNDS = 3


def main() -> None:
    """Measure and print; --write puts the tables into docs/benchmarks.md as well."""
    options = _options()
    counts = COUNTS[:1] if options.quick else COUNTS
    with tempfile.TemporaryDirectory(prefix="pegextract-bench-") as room:
        invented = inputs.write_all(Path(room), counts, options.seed)
        runs = conversion.measure(invented, ROUNDS, Path(room))
        books = pdf.measure(Path(room), options.seed)
        read = [] if options.quick else ["", *scans.markdown(scans.measure(Path(room), options.seed))]
    text = "\n".join([report.markdown(runs, startup.measure(), options.seed), "", *pdf.markdown(books), *read])
    print(text)
    if options.write:
        report.put_into(PAGE, text)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="1,000 sheets only, no scans")
    parser.add_argument("--seed", type=int, default=2026, help="what the sheets are invented from")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/benchmarks.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
