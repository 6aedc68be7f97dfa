"""Hand-written extractions: what a document may give, without reading one."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path

from pegextract.dataset.writer import DatasetWriter, Summary
from pegextract.document import Box
from pegextract.extraction import Evidence, Extraction, PlacedFinding, SheetExtraction, Unread
from pegextract.findings import Finding, Severity
from pegextract.models import DupLink, Indicator, LinkedObjective, ObjectiveSheet, Phase

ODD = PlacedFinding(Finding(Severity.WARNING, "odd", "Odd.", "phases", 1, "weight", "30,00"), None, None)
EMPTY = PlacedFinding(Finding(Severity.ERROR, "no_sheet", "No sheet."), None, None)


def document_id(name: str) -> str:
    """The identity of a document whose bytes are `name`."""
    return hashlib.sha256(name.encode()).hexdigest()


def phase(number: int, weight: str | None = "50") -> Phase:
    """A phase of 2021 with the accents and the notes of a real one."""
    return Phase(
        phase_number=number,
        description=f"Attività n. {number}:\n- più servizi",
        weight=None if weight is None else Decimal(weight),
        start_date=date(2021, 1, 1),
        end_date=date(2021, 12, 31),
        responsible_name="BONANNI GIUSEPPINA",
        responsible_role="P.O. STRANIERI E IMMIGRAZIONE",
        responsible_raw="BONANNI GIUSEPPINA - P.O. STRANIERI E IMMIGRAZIONE",
    )


def record(
    number: int, year: int | None, code: str | None, *, confidence: float = 0.9, title: str = "Casa"
) -> ObjectiveSheet:
    """A sheet with two phases, one indicator, one link and one linked objective."""
    return ObjectiveSheet(
        sheet_number=number,
        year=year,
        year_source=None if year is None else "code",
        code=code,
        title=title,
        service="SERVIZIO SOCIALE",
        confidence=confidence,
        phases=(phase(1, "50"), phase(2, "49.9999")),
        indicators=(
            Indicator(
                indicator_number=1,
                target_raw="almeno 3/4",
                target_kind="ratio",
                target_operator=">=",
                target_value=0.75,
                target_numerator=3.0,
                target_denominator=4.0,
            ),
        ),
        dup_links=(DupLink(link_number=1, level="obiettivo_operativo", code="5.2.11", code_raw="5.2.11"),),
        linked_objectives=(LinkedObjective(link_number=1, code="2021_ZN09", revenue=Decimal("15000.5")),),
    )


def sheet(of: ObjectiveSheet, *, box: Box | None = None) -> SheetExtraction:
    """A sheet with evidence out of order, a finding, and words left over."""
    page = None if box is None else box.page
    chars: tuple[int | None, int | None] = (10, 15) if box is None else (None, None)
    evidence = (
        Evidence("phases", 2, "weight", "49.9999", "49,9999", *chars, page, box, "printed", "weight", 0.99),
        Evidence("phases", 1, "weight", "50.0000", "50,00", *chars, page, box, "printed", "weight", 0.99),
        Evidence("objectives", None, "title", of.title or "", "Casa", *chars, page, box, "repaired", "title", 0.9),
    )
    unread = (Unread("Pagina 1", "boilerplate", *chars, page, box, 2),)
    return SheetExtraction(of, evidence, (ODD,), unread, (0, 100))


def extraction(name: str, *sheets: SheetExtraction, coverage: float | None = 1.0) -> Extraction:
    """A document that gave these sheets; a failed one when it gave none."""
    failed = not sheets
    return Extraction(
        document_id=document_id(name),
        media_type="text/plain",
        size_bytes=len(name),
        page_count=None,
        reader="text",
        form=None if failed else "firenze",
        coverage=None if failed else coverage,
        status="failed" if failed else "ok",
        error_code="no_sheet" if failed else None,
        error_message="This is a letter." if failed else None,
        sheets=sheets,
        findings=(EMPTY,) if failed else (),
        unread=(Unread("Gentile Signora", "unread", 0, 15, None, None, 2),) if failed else (),
    )


def archive() -> list[Extraction]:
    """Four documents: two years, one sheet without a year, one scan, one letter."""
    scan = Box(3, 56.7, 112.25, 310.5, 124.0)
    return [
        extraction("a", sheet(record(1, 2021, "2021_ZN08")), sheet(record(2, 2021, "2021_ZN09"))),
        extraction("b", sheet(record(1, 2021, "2021_ZN08", confidence=0.95), box=scan)),
        extraction("c", sheet(record(1, 2017, None)), sheet(record(2, None, None, title="Affido"))),
        extraction("letter"),
    ]


def write(folder: Path, extractions: list[Extraction], chunk_rows: int = 1000) -> Summary:
    """Write them all; each lies at `<first 8 of its id>.txt`."""
    with DatasetWriter(folder, chunk_rows) as writer:
        for one in extractions:
            writer.add(one, path=f"{one.document_id[:8]}.txt")
    assert writer.summary is not None
    return writer.summary


def file_of(output: Path, table: str, name: object) -> Path:
    """The file of a table that holds the rows of a year, or of the table."""
    (path,) = (output / table).glob(f"{name}-*.parquet")
    return path


def digest(output: Path) -> dict[str, str]:
    """File → SHA-256, for every file of the committed version, without its manifest (which tells its time)."""
    return {
        str(path.relative_to(output / "current")): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((output / "current").glob("**/*"))
        if path.is_file() and path.name != "manifest.json"
    }
