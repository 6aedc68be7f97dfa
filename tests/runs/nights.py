"""What the tests of unattended runs share: a listener that remembers, one night, and workers that are no processes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pegextract.extraction import Extraction
from pegextract.layouts.profile import shipped_profiles
from pegextract.runs.extract import Settings
from pegextract.runs.ingest import Ingested, Order, ingest
from tests.dataset.examples import extraction, record, sheet

SETTINGS = Settings(shipped_profiles())
NOTHING = Settings(())


class Heard(list):
    """The events of a run: (event, facts)."""

    def tell(self, event: str, **facts: object) -> None:
        """Remember it."""
        self.append((event, facts))

    def facts(self, event: str) -> list[dict[str, object]]:
        """The facts of each event of a kind."""
        return [facts for name, facts in self if name == event]

    @property
    def read(self) -> list[str]:
        """Names of the documents that were read, sorted."""
        return sorted(str(facts["name"]) for facts in self.facts("document"))


def night(inputs: Path, output: Path, **changes: Any) -> tuple[Ingested, Heard]:
    """One run; the files need not be old."""
    done, heard = Ingested(), Heard()
    order = Order(
        **{"inputs": [str(inputs)], "output": output, "settings": SETTINGS, "settle": 0.0, "jobs": 1} | changes
    )
    ingest(order, heard, done)
    return done, heard


def plain(data: bytes, name: str, settings: Settings) -> Extraction:
    """A document says its year and its title, `2021 Casa`; without a year it is a letter and gives no sheet."""
    year, _, title = data.decode().partition(" ")
    document_id = hashlib.sha256(data).hexdigest()
    sheets = [sheet(record(1, int(year), f"{year}_ZN01", title=title))] if year.isdecimal() else []
    return replace(extraction("x", *sheets), document_id=document_id, size_bytes=len(data))


class InHouse:
    """Stands in for the pool of workers where a test is about something else and runs hundreds of nights."""

    sandbox = "none"

    def __init__(self, read: Any, *_: object) -> None:
        self._read = read

    def __enter__(self) -> InHouse:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def run(self, tasks: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        """Each in turn."""
        for task in tasks:
            yield task, self._read(task)
