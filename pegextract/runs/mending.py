"""`verify --repair`: what the dataset itself can put right, then what is remembered of its documents."""

from __future__ import annotations

from pathlib import Path

from pegextract.dataset.place import Writing
from pegextract.dataset.verify import repair
from pegextract.dataset.writer import DatasetWriter
from pegextract.runs.ledger import Ledger


def mend(output: Path) -> list[str]:
    """Repair the dataset in `output`; what was done, and what is left to do, in sentences."""
    with Writing(output) as writing:
        done = repair(writing)
        if not done.rewrite:
            return list(done.done)
        version = _written_anew(writing)
        if version is None:
            again = f"the current version is damaged: ingest or convert its inputs again, into {output}"
            return [*done.done, f"{again}, and it is replaced"]
        return [*done.done, f"version {version} was written from what the ledger remembers", *repair(writing).done]


def _written_anew(writing: Writing) -> int | None:
    """Publish what is remembered of every document once more; None where something is not."""
    path = writing.place.state / "ledger.sqlite"
    if not path.exists():
        return None
    with Ledger(path) as ledger:
        published = ledger.published()
        if not published or any(ledger.result(document) is None for document in published):
            return None
        with DatasetWriter(writing.place.root, writing=writing) as writer:
            for document, one in sorted(published.items()):
                result = ledger.result(document)
                assert result is not None  # asked a moment ago, under the lock
                writer.add(result, one.name, one.copies)
    assert writer.summary is not None
    return writer.summary.version
