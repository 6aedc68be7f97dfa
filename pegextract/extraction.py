"""Extraction: all that one document gave — records, evidence, findings, unread words — before it becomes tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from pydantic import ConfigDict

from pegextract.document import Box, Span
from pegextract.findings import Finding
from pegextract.models import ObjectiveSheet

STRICT = ConfigDict(strict=True, extra="forbid")
"""How pydantic checks these types where they come back from a worker or a file."""


class Evidence(NamedTuple):
    """Where one value stands on the paper and what was done to it (contract: evidence).

    char_start, char_end: offsets into the decoded source, None for pages with geometry (then `box`).
    """

    table: str
    row_number: int | None
    field: str
    value: str
    raw: str
    char_start: int | None
    char_end: int | None
    page: int | None
    box: Box | None
    method: str
    rule: str
    confidence: float


class Unread(NamedTuple):
    """Words that no field claimed (contract: unread). kind: boilerplate or unread."""

    text: str
    kind: str
    char_start: int | None
    char_end: int | None
    page: int | None
    box: Box | None
    words: int


class PlacedFinding(NamedTuple):
    """A finding with its place resolved to a page, and a box where the source has geometry."""

    finding: Finding
    page: int | None
    box: Box | None


@dataclass(frozen=True, slots=True)
class SheetExtraction:
    """One sheet: the validated record and everything that explains it. `span` is its place in `Document.text`."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    record: ObjectiveSheet
    evidence: tuple[Evidence, ...]
    findings: tuple[PlacedFinding, ...]
    unread: tuple[Unread, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Extraction:
    """One document: its row for `documents`, its sheets, and what belongs to no sheet.

    document_id: sha256 hex of the bytes · coverage: 0-1, share of words accounted for · status: ok, partial, failed.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    document_id: str
    media_type: str
    size_bytes: int
    page_count: int | None
    reader: str | None
    form: str | None
    coverage: float | None
    status: str
    error_code: str | None
    error_message: str | None
    sheets: tuple[SheetExtraction, ...] = ()
    findings: tuple[PlacedFinding, ...] = ()
    unread: tuple[Unread, ...] = ()
    ocr_engine: str | None = None
    ocr_language: str | None = None
    ocr_confidence: float | None = None
