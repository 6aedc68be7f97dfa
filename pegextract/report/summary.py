"""What a run did: a few lines for a person, or one JSON object for a program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pegextract.runs.names import portable_name, safe
from pegextract.runs.pipeline import Report

SHOWN = 20
"""Failed documents that the summary lists; the table `documents` has them all."""


def summary_lines(report: Report) -> Iterator[str]:
    """Sheets, findings, where it lies, and what failed and why."""
    written = report.written
    rows = written.rows
    years = ", ".join(str(year) for year in written.years) or "no year"
    documents = _counted(written.documents, "document")
    yield f"{_counted(written.sheets, 'sheet')} from {documents} ({years}) in {report.seconds:.1f} s"
    yield f"  {rows['phases']:,} phases, {rows['indicators']:,} indicators, {rows['dup_links']:,} links"
    findings = ", ".join(_counted(written.findings.get(name, 0), name) for name in ("error", "warning"))
    yield f"  findings: {findings}, {written.findings.get('info', 0):,} for information"
    yield f"  written to {portable_name(str(written.path))}/"
    if report.partial:
        yield f"  {_counted(len(report.partial), 'document')} read in part: see the findings"
    if report.left_out:
        kinds = ", ".join(f"{portable_name(kind)} {count:,}" for kind, count in sorted(report.left_out.items()))
        yield f"  left out, as no documents: {kinds}"
    if report.failed:
        yield f"{_counted(len(report.failed), 'input')} failed:"
        yield from (f"  {failure.name}: {safe(failure.message)}" for failure in report.failed[:SHOWN])
        if len(report.failed) > SHOWN:
            yield f"  … and {len(report.failed) - SHOWN:,} more"


def summary_json(report: Report) -> dict[str, Any]:
    """The same, whole, with stable names."""
    written = report.written
    return {
        "output": portable_name(str(written.path)),
        "documents": written.documents,
        "sheets": written.sheets,
        "years": list(written.years),
        "rows": written.rows,
        "statuses": {name: written.statuses.get(name, 0) for name in ("ok", "partial", "failed")},
        "findings": {name: written.findings.get(name, 0) for name in ("error", "warning", "info")},
        "failed": [failure._asdict() for failure in report.failed],
        "partial": report.partial,
        "skipped": [item._asdict() for item in report.skipped],
        "left_out": dict(sorted(report.left_out.items())),
        "seconds": round(report.seconds, 3),
    }


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
