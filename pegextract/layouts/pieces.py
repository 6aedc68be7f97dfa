"""Pieces: the words of one line or row by column, before they become printed values."""

from __future__ import annotations

from collections.abc import Sequence

from pegextract.document import Span
from pegextract.layouts.context import Context

Pieces = dict[str, list[Span]]
"""Column → where its words stand."""


def merged(rows: Sequence[Pieces]) -> Pieces:
    """The lines of one row as one: each column's words in order."""
    whole: Pieces = {}
    for row in rows:
        for name, spans in row.items():
            whole.setdefault(name, []).extend(spans)
    return whole


def text_of(context: Context, spans: Sequence[Span]) -> str:
    """The words of the spans, one blank between them."""
    return " ".join(context.text(span) for span in spans)
