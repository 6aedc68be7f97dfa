"""The measurements as Markdown, and their place in docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from benchmarks.conversion import Measured, Runs
from benchmarks.startup import StartUp

_MEGA = 1_000_000


def markdown(runs: Sequence[Runs], start_up: StartUp, seed: int) -> str:
    """All tables, with the machine in general terms."""
    kibibytes = sum(r.case.bytes for r in runs) / sum(r.case.sheets for r in runs) / 1024
    machine = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, CPython {platform.python_version()}"
    rounds = len(runs[0].measured)
    return "\n".join(
        [
            f"Seed {seed}; sheets of {kibibytes:.1f} KiB on average; medians of {rounds} rounds; {machine}.",
            "",
            *_conversion(runs),
            "",
            *_cost(runs),
            "",
            f"Start-up: `pegextract --version` {start_up.version:.2f} s, `python -c pass` {start_up.python:.2f} s.",
        ]
    )


def put_into(page: Path, text: str, name: str = "measured") -> None:
    """Replace what stands between the markers of that name in the page. Raises ValueError where it has none."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"{page} has no markers")
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


def _conversion(runs: Sequence[Runs]) -> list[str]:
    rows = [
        [
            r.case.name,
            f"{r.case.sheets:,}",
            f"{1 / _per_sheet(r):,.0f}",
            f"{r.case.sheets / _median(r, lambda m: m.wall):,.0f}",
            f"{_per_sheet(r) * 1000:.2f}",
            f"{_in_baselines(r):.1f}",
            f"{_in_baselines(r) / _in_baselines(runs[0]):.2f}",
            f"{_median(r, lambda m: m.peak) / _MEGA:.0f}",
        ]
        for r in runs
    ]
    head = [
        "input",
        "sheets",
        "sheets/s",
        "sheets/s by the clock",
        "ms a sheet",
        "baselines",
        "against the first",
        "peak MB",
    ]
    return _table(head, rows)


def _cost(runs: Sequence[Runs]) -> list[str]:
    first = runs[0]
    whole, extraction = _per_sheet(first), _median(first, lambda m: m.extraction)
    regex, pydantic = _median(first, lambda m: m.regex), _median(first, lambda m: m.pydantic)
    rows = {
        "whole conversion": whole,
        "of it extraction: read, lay out, parse, validate, account for words": extraction,
        "of it the rest: files, Arrow columns, sorting, Parquet": whole - extraction,
        "baseline: one regular expression over the text": regex,
        "baseline: Pydantic on the finished rows": pydantic,
        "warm-up, once: imports, first documents": _median(first, lambda m: m.warm_up),
    }
    return _table(["cost of a sheet", "ms"], [[name, f"{seconds * 1000:.2f}"] for name, seconds in rows.items()])


def _per_sheet(runs: Runs) -> float:
    return _median(runs, lambda m: m.seconds) / runs.case.sheets


def _in_baselines(runs: Runs) -> float:
    return _median(runs, lambda m: m.seconds / (m.regex + m.pydantic)) / runs.case.sheets


def _median(runs: Runs, value: Callable[[Measured], float]) -> float:
    return median(value(measured) for measured in runs.measured)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    ruling = ["---", *["---:"] * (len(head) - 1)]
    return [f"| {' | '.join(row)} |" for row in (head, ruling, *rows)]
