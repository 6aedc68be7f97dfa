"""One conversion, text to Parquet, in a fresh process on one core: processor time, wall time and peak memory.

`measure` starts `python -m benchmarks.conversion WARM_UP PROBE INPUT OUTPUT` for each run. The child converts the
warm-up folder first, so that imports and caches are paid and told apart; then it times the baseline on that folder,
the conversion, and the baseline again: a cost in baselines does not depend on what else the machine is doing.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

from benchmarks.baseline import Baseline
from benchmarks.inputs import Case, Inputs
from pegextract.layouts.profile import shipped_profiles
from pegextract.runs.extract import Settings, extract_document
from pegextract.runs.pipeline import Request, convert
from pegextract.runs.progress import Lines


class Measured(NamedTuple):
    """One run of one case. Seconds are of the processor, all threads together, where nothing else is said.

    warm_up: imports and a first small run, not in `seconds` · extraction: seconds per sheet without reading files and
    writing tables · regex, pydantic: seconds per sheet of the baseline · peak: bytes that the process had in memory.
    """

    seconds: float
    wall: float
    warm_up: float
    extraction: float
    regex: float
    pydantic: float
    peak: int


class Runs(NamedTuple):
    """All runs of one case."""

    case: Case
    measured: tuple[Measured, ...]


def measure(inputs: Inputs, rounds: int, room: Path) -> list[Runs]:
    """Every case in so many rounds, so that a busy minute hits all of them."""
    found: dict[str, list[Measured]] = {case.name: [] for case in inputs.cases}
    for number in range(rounds):
        for case in inputs.cases:
            found[case.name].append(_in_fresh_process(inputs, case, room / f"output-{number}-{case.folder.name}"))
    return [Runs(case, tuple(found[case.name])) for case in inputs.cases]


def _in_fresh_process(inputs: Inputs, case: Case, output: Path) -> Measured:
    folders = [inputs.warm_up.folder, inputs.probe.folder, case.folder, output]
    command = [sys.executable, "-m", "benchmarks.conversion", *map(str, folders)]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return Measured(**json.loads(printed))


def run(warm_up: Path, probe: Path, folder: Path, output: Path) -> Measured:
    """Measure one conversion in this process. Raises RuntimeError where a document fails."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    begun = process_time()
    _convert(warm_up, output / "warm-up")
    warmed = process_time() - begun
    baseline = Baseline(_contents(warm_up))
    before = baseline.times()
    wall, begun = perf_counter(), process_time()
    _convert(folder, output / "tables")
    seconds, wall = process_time() - begun, perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    after = baseline.times()
    return Measured(
        seconds=seconds,
        wall=wall,
        warm_up=warmed,
        extraction=_extraction(_contents(probe)),
        regex=(before.regex + after.regex) / 2,
        pydantic=(before.pydantic + after.pydantic) / 2,
        peak=peak,
    )


def _convert(folder: Path, output: Path) -> None:
    request = Request([str(folder)], output, Settings(shipped_profiles()), BytesIO(), jobs=1)
    done = convert(request, Lines(StringIO(), only_failures=True))
    if done.failed:
        raise RuntimeError(f"{len(done.failed)} documents failed, the first: {done.failed[0]}")


def _contents(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.iterdir())]


def _extraction(texts: Sequence[bytes]) -> float:
    settings = Settings(shipped_profiles())
    begun = process_time()
    for number, text in enumerate(texts):
        extract_document(text, f"{number}.txt", settings)
    return (process_time() - begun) / len(texts)


if __name__ == "__main__":
    print(json.dumps(run(*map(Path, sys.argv[1:]))._asdict()))
