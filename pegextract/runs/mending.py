"""`verify --repair`: what the dataset itself can put right, then what is remembered of its documents."""

from __future__ import annotations

from pathlib import Path

from pegextract.dataset.place import Writing
from pegextract.dataset.verify import repair


def mend(output: Path) -> list[str]:
    """Repair the dataset in `output`; what was done, in sentences."""
    with Writing(output) as writing:
        done = repair(writing)
    told = list(done.done)
    if done.rewrite:
        told.append(f"the current version is damaged: convert its inputs again, into {output}, and it is replaced")
    return told
