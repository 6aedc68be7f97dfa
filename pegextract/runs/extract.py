"""One document from bytes to Extraction: read, choose the form, lay out, validate, check, account for every word."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from pegextract.calibration import calibrated, mean_confidence, unsure
from pegextract.document import Box, Columns, Document, Span
from pegextract.errors import DocumentError
from pegextract.extraction import Extraction, PlacedFinding, SheetExtraction, Unread
from pegextract.findings import Finding, Severity
from pegextract.layouts.draft import Draft
from pegextract.layouts.forms import choose_profile
from pegextract.layouts.ledger import Claim, Owned, count_words
from pegextract.layouts.profile import Profile
from pegextract.layouts.reading import Layout, read_layout
from pegextract.layouts.spelling import Spelling, compare_names
from pegextract.neighbours import tables_hold_together
from pegextract.readers.door import media_type, read_document
from pegextract.readers.options import DEFAULT, ReaderOptions
from pegextract.rules import check_sheet, codes_are_unique_in_a_document, codes_stand_on_all_sheets_or_none
from pegextract.runs.witness import with_second_witness
from pegextract.second_readings import sureness
from pegextract.validation import Validated, validate

PARTIAL_BELOW = 0.98
"""A document with more unread words than this is partial: something on it was not understood."""

COLLECT_AFTER = 20_000
"""New things between two looks for cycles, while a document is read; Python's own 700 cost a tenth of the time."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What changes the result for one document: the forms to try, the year of sheets that print none, how to read."""

    profiles: tuple[Profile, ...]
    year: int | None = None
    reading: ReaderOptions = DEFAULT


def extract_document(data: bytes, name: str, settings: Settings) -> Extraction:
    """Everything that one input gives. Never raises for a document's own faults: those are a failed Extraction."""
    with _few_collections():
        return _twice_where_doubtful(data, name, settings)


def _twice_where_doubtful(data: bytes, name: str, settings: Settings) -> Extraction:
    extraction = _extracted(data, name, settings)
    if extraction.reader != "pdf" or settings.reading.witness:
        return extraction

    def reread(pages: frozenset[int]) -> Extraction:
        return _extracted(data, name, replace(settings, reading=replace(settings.reading, witness=pages)))

    return with_second_witness(extraction, reread)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Python looks for cycles more rarely: a document makes a hundred thousand things and hardly a cycle."""
    before = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _extracted(data: bytes, name: str, settings: Settings) -> Extraction:
    document_id = hashlib.sha256(data).hexdigest()
    try:
        document = read_document(data, name, options=settings.reading)
        legible = document.legible()
        profile = choose_profile(legible, settings.profiles)
        layout = read_layout(legible, profile)
    except DocumentError as error:
        return _failed(document_id, data, name, error.code, str(error))
    if not layout.drafts:
        message = "the labels of the form are there, but no header table: no sheet was found"
        return _failed(document_id, data, name, "no_sheet", message, document)
    spelling = compare_names(legible, profile, layout.drafts, partial(sureness, document))
    return _extraction(document_id, data, name, document, profile, layout, spelling, settings)


def _failed(
    document_id: str, data: bytes, name: str, code: str, message: str, document: Document | None = None
) -> Extraction:
    return Extraction(
        document_id=document_id,
        media_type=media_type(data, name),
        size_bytes=len(data),
        page_count=document.page_count if document else None,
        reader=document.reader if document else None,
        form=None,
        coverage=None,
        status="failed",
        error_code=code,
        error_message=message,
        findings=(PlacedFinding(Finding(Severity.ERROR, code, message), None, None),),
    )


def _extraction(
    document_id: str,
    data: bytes,
    name: str,
    document: Document,
    profile: Profile,
    layout: Layout,
    spelling: Spelling,
    settings: Settings,
) -> Extraction:
    validated = [
        validate(document, profile, draft, number, settings.year, spelling)
        for number, draft in enumerate(layout.drafts, 1)
    ]
    checked = [[*v.findings, *check_sheet(v.record, profile)] for v in validated]
    records = [v.record for v in validated]
    lost = codes_stand_on_all_sheets_or_none(records) if document.recognised else ()
    for index, finding in (*codes_are_unique_in_a_document(records), *lost):
        checked[index].append(finding)
    if not document.words and not any(line.columns is Columns.SEPARATORS for line in document.lines):
        for index, finding in tables_hold_together(checked):
            checked[index].append(finding)
    owned = layout.ledger.settle()
    coverage = _coverage(document, owned)
    unread = _unread_by_sheet(document, owned, layout.drafts)
    damaged = spelling.words is not None or document.recognised is not None
    sheets = tuple(
        _sheet(document, draft, v, findings, unread.pop(index, ()), damaged=damaged)
        for index, (draft, v, findings) in enumerate(zip(layout.drafts, validated, checked, strict=True))
    )
    outside = tuple(_placed(document, finding, {}) for finding in document.findings)
    bad = any(f.severity is Severity.ERROR for findings in checked for f in findings)
    return Extraction(
        document_id=document_id,
        media_type=media_type(data, name),
        size_bytes=len(data),
        page_count=document.page_count,
        reader=document.reader,
        form=profile.form.name,
        coverage=coverage,
        status="partial" if bad or coverage < PARTIAL_BELOW else "ok",
        error_code=None,
        error_message=None,
        sheets=sheets,
        findings=outside,
        unread=unread.get(-1, ()),
        **_ocr(document),
    )


def _ocr(document: Document) -> dict[str, Any]:
    """What the documents table tells of OCR: nothing where no page was a picture."""
    how = document.recognised
    if how is None:
        return {}
    sure = [word.confidence for word in document.words if word.page in how.pages]
    mean = round(sum(sure) / len(sure), 4) if sure else 0.0
    return {"ocr_engine": how.engine, "ocr_language": how.language, "ocr_confidence": mean}


def _sheet(
    document: Document,
    draft: Draft,
    validated: Validated,
    findings: Sequence[Finding],
    unread: tuple[Unread, ...],
    *,
    damaged: bool,
) -> SheetExtraction:
    placed = tuple(_placed(document, finding, validated.places) for finding in findings)
    evidence = calibrated(validated.evidence, findings, damaged=damaged)
    placed += tuple(PlacedFinding(finding, of.page, of.box) for finding, of in unsure(evidence, findings))
    record = validated.record.model_copy(update={"confidence": mean_confidence(evidence)})
    return SheetExtraction(record, evidence, placed, unread, document.source_span(draft.span))


def _placed(document: Document, finding: Finding, places: dict[tuple[str, int | None, str], Span]) -> PlacedFinding:
    """The finding with its page and box, the place of the value it speaks of where it has none of its own."""
    if finding.page is not None:
        return PlacedFinding(finding, finding.page, None)
    span = finding.span or places.get((finding.table or "", finding.row_number, finding.field or ""))
    box = _box(document, span) if span else None
    return PlacedFinding(finding, box.page if box else _page(document, span), box)


def _box(document: Document, span: Span) -> Box | None:
    return next(iter(document.words.boxes(span)), None)


def _page(document: Document, span: Span | None) -> int | None:
    if span is None or document.page_count is None:
        return None
    from bisect import bisect_right

    index = bisect_right(document.lines, span[0], key=lambda line: line.start) - 1
    return document.lines[max(index, 0)].page


def _coverage(document: Document, owned: Sequence[Owned]) -> float:
    """1 - unread words ÷ all words (contract: documents.coverage)."""
    text, nobody = document.text, Claim.UNREAD
    unread = sum([count_words(text, stretch) for stretch in owned if stretch.claim is nobody])
    if not unread:
        return 1.0 if owned else 0.0
    claimed = " ".join([text[start:end] for start, end, claim in owned if claim is not nobody])
    return 1 - unread / (len(claimed.split()) + unread)


def _unread_by_sheet(
    document: Document, owned: Sequence[Owned], drafts: Sequence[Draft]
) -> dict[int, tuple[Unread, ...]]:
    """Boilerplate and unread words by index of the sheet that they stand in, -1 outside sheets."""
    found: dict[int, list[Unread]] = {}
    kinds = (Claim.UNREAD, Claim.BOILERPLATE)
    at = 0
    for stretch in [stretch for stretch in owned if stretch.claim in kinds]:
        while at < len(drafts) and drafts[at].span[1] <= stretch.start:
            at += 1
        inside = at < len(drafts) and drafts[at].span[0] <= stretch.start
        found.setdefault(at if inside else -1, []).append(_unread(document, stretch))
    return {index: tuple(rows) for index, rows in found.items()}


def _unread(document: Document, stretch: Owned) -> Unread:
    span = (stretch.start, stretch.end)
    box = _box(document, span)
    start, end = (None, None) if document.words else document.source_span(span)
    page = box.page if box else _page(document, span)
    kind = "boilerplate" if stretch.claim is Claim.BOILERPLATE else "unread"
    text = document.text[span[0] : span[1]]
    return Unread(text, kind, start, end, page, box, count_words(document.text, stretch))
