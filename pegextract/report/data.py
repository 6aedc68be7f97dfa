"""A document as data: what `show --json` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pegextract.extraction import Extraction, PlacedFinding, SheetExtraction


def document_json(extraction: Extraction, name: str, sheets: Sequence[SheetExtraction]) -> dict[str, Any]:
    """The document, and each sheet's record with its evidence, findings and unread words; names as in the dataset."""
    return {
        "document": {
            "document_id": extraction.document_id,
            "path": name,
            "media_type": extraction.media_type,
            "size_bytes": extraction.size_bytes,
            "page_count": extraction.page_count,
            "sheet_count": len(extraction.sheets),
            "reader": extraction.reader,
            "form": extraction.form,
            "coverage": extraction.coverage,
            "status": extraction.status,
            "error_code": extraction.error_code,
            "error_message": extraction.error_message,
            "findings": [_finding(placed) for placed in extraction.findings],
            "unread": [_row(row) for row in extraction.unread],
        },
        "sheets": [_sheet(sheet) for sheet in sheets],
    }


def _sheet(sheet: SheetExtraction) -> dict[str, Any]:
    return {
        "record": sheet.record.model_dump(mode="json"),
        "evidence": [_row(row) for row in sheet.evidence],
        "findings": [_finding(placed) for placed in sheet.findings],
        "unread": [_row(row) for row in sheet.unread],
    }


def _row(row: Any) -> dict[str, Any]:
    """A named tuple by its names, a box in it likewise."""
    values: dict[str, Any] = row._asdict()
    return values if values["box"] is None else {**values, "box": values["box"]._asdict()}


def _finding(placed: PlacedFinding) -> dict[str, Any]:
    """The finding with its place in the source; its span is one of the program's own text and means nothing outside."""
    values = placed.finding._asdict()
    del values["span"]
    return {**values, "page": placed.page, "box": placed.box and placed.box._asdict()}
