"""Invented sheets as files: one sheet per file, and books of fifty; tabs, pipes and escaped Markdown in turn."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.forms.render import RENDERINGS, book
from tests.forms.sheets import random_sheet

MIXED = ("tabs", "pipes", "escaped")
SHEETS_OF_A_BOOK = 50
WARM_UP_SHEETS = 60
PROBE_SHEETS = 300


class Case(NamedTuple):
    """A folder of inputs. name: as the report calls it · sheets: how many it holds · bytes: of all files."""

    name: str
    folder: Path
    sheets: int
    bytes: int


class Inputs(NamedTuple):
    """All that is converted. warm_up: before each run · probe: for extraction alone, sheets that no other case has."""

    warm_up: Case
    probe: Case
    cases: tuple[Case, ...]


def write_all(room: Path, counts: Sequence[int], seed: int) -> Inputs:
    """Invent the sheets of every case and write them into `room`."""
    files = [_write_files(room / f"files-{count}", f"{count:,} files", count, seed + count) for count in counts]
    books = _write_books(room / f"books-{counts[0]}", counts[0], seed + 2)
    return Inputs(
        warm_up=_write_files(room / "warm-up", "warm-up", WARM_UP_SHEETS, seed),
        probe=_write_files(room / "probe", "probe", PROBE_SHEETS, seed + 1),
        cases=(*files, books),
    )


def _write_files(folder: Path, name: str, count: int, seed: int) -> Case:
    rng = random.Random(seed)
    texts = (RENDERINGS[MIXED[number % len(MIXED)]](random_sheet(rng), rng) for number in range(count))
    return _write(folder, name, count, texts)


def _write_books(folder: Path, count: int, seed: int) -> Case:
    rng = random.Random(seed)
    texts = [
        book([random_sheet(rng) for _ in range(SHEETS_OF_A_BOOK)], MIXED[number % len(MIXED)], rng)
        for number in range(count // SHEETS_OF_A_BOOK)
    ]
    return _write(folder, f"{len(texts)} books of {SHEETS_OF_A_BOOK}", count, texts)


def _write(folder: Path, name: str, count: int, texts: Iterable[str]) -> Case:
    folder.mkdir()
    size = sum((folder / f"{number:05}.txt").write_bytes(text.encode()) for number, text in enumerate(texts))
    return Case(name, folder, count, size)
