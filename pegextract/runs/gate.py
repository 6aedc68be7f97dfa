"""The gate: what would be published is compared with what is, and refused where too much would be lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from pegextract.dataset.manifest import Filled, Manifest
from pegextract.errors import GateRefused
from pegextract.models import SHEET_TABLES

_WATCHED: Final = ("documents", *SHEET_TABLES)
"""Tables of which less is a loss; fewer findings or unread words are none."""
_BY_COLUMN: Final = _WATCHED[1:]
_ENOUGH: Final = 20
"""Filled cells from which on a share says something."""


class Thresholds(NamedTuple):
    """loss: the share of rows, or of filled cells, that may vanish · failures: the share of documents that may fail."""

    loss: float = 0.10
    failures: float = 0.50


def check_gate(new: Manifest, old: Manifest | None, thresholds: Thresholds) -> None:
    """Raises GateRefused with every reason; the first version of a dataset has nothing to lose."""
    if old is None:
        return
    if new.content == old.refused:
        raise GateRefused("these are the data that were rolled back; they stay away until inputs or rules change")
    reasons = list(_reasons(new, old, thresholds))
    if reasons:
        raise GateRefused(f"{'; '.join(reasons)}; version {old.version} stays. Is that right? Then run with --accept")


def _reasons(new: Manifest, old: Manifest, thresholds: Thresholds) -> Iterator[str]:
    for table in _WATCHED:
        now, before = new.tables.get(table, _NOTHING), old.tables.get(table, _NOTHING)
        if now.rows < before.rows * (1 - thresholds.loss):
            yield f"{table} would have {now.rows:,} rows instead of {before.rows:,}"
        elif table in _BY_COLUMN:
            yield from _emptier(table, now, before, thresholds.loss)
    if _failing(new) > max(thresholds.failures, _failing(old)):
        documents = new.tables["documents"]
        yield f"{documents.columns['error_code']:,} of {documents.rows:,} documents would have failed"


def _failing(manifest: Manifest) -> float:
    """The share of documents that gave no sheet."""
    documents = manifest.tables["documents"]
    return documents.columns["error_code"] / documents.rows if documents.rows else 0.0


def _emptier(table: str, now: Filled, before: Filled, loss: float) -> Iterator[str]:
    """Columns that are filled in a much smaller share of the rows."""
    for column, filled in before.columns.items():
        if filled < _ENOUGH or not now.rows or column not in now.columns:
            continue
        share, was = now.columns[column] / now.rows, filled / before.rows
        if share < was * (1 - loss):
            yield f"{table}.{column} would be filled in {share:.0%} of the rows instead of {was:.0%}"


_NOTHING: Final = Filled(rows=0, columns={})
