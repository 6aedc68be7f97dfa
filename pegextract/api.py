"""The package in a notebook: `read` makes sheets of a document, `load` opens a dataset. Both show themselves there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import RenderableType

    from pegextract.extraction import Evidence, Extraction, PlacedFinding, SheetExtraction, Unread
    from pegextract.models import ObjectiveSheet


class View:
    """Something that reads as text when printed, and as HTML in a notebook."""

    def __init__(self, view: RenderableType) -> None:
        self._view = view

    def __str__(self) -> str:
        from pegextract.report.rendered import as_text

        return as_text(self._view)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        from pegextract.report.rendered import as_html

        return as_html(self._view)


class Sheet(View):
    """One sheet of a document: its record, and everything that explains it. Shows itself as `pegextract show` does.

    record: the validated values, `record.phases[0].weight` and so on, named as in docs/contract.md
    evidence: where each value is printed · findings: what a person should know · unread: words that no field claimed.
    """

    def __init__(self, sheet: SheetExtraction, of: int) -> None:
        from pegextract.report.show import sheet_view

        super().__init__(sheet_view(sheet, of))
        self.record: ObjectiveSheet = sheet.record
        self.evidence: tuple[Evidence, ...] = sheet.evidence
        self.findings: tuple[PlacedFinding, ...] = sheet.findings
        self.unread: tuple[Unread, ...] = sheet.unread


class Sheets(View, Sequence[Sheet]):
    """The sheets of one document, in reading order.

    status: ok or partial · form: the profile it was read with · coverage: 0-1, the share of its words accounted for
    findings, unread: what belongs to no sheet.
    """

    def __init__(self, extraction: Extraction, name: str) -> None:
        from pegextract.report.show import document_view

        super().__init__(document_view(extraction, name, extraction.sheets))
        self._sheets = tuple(Sheet(sheet, len(extraction.sheets)) for sheet in extraction.sheets)
        self.status = extraction.status
        self.form = extraction.form
        self.coverage = extraction.coverage
        self.findings = extraction.findings
        self.unread = extraction.unread

    def __len__(self) -> int:
        return len(self._sheets)

    @overload
    def __getitem__(self, index: int) -> Sheet: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Sheet]: ...
    def __getitem__(self, index: int | slice) -> Sheet | Sequence[Sheet]:
        """The sheet at a place, from 0."""
        return self._sheets[index]


class Dataset:
    """The tables of a dataset as pandas, all of one committed version: `dataset.phases`, `dataset["phases"]`.

    tables: their names. Columns keep their Arrow types (`pandas.ArrowDtype`): years are whole numbers and weights
    decimals, also where some are missing. A table is read when it is first asked for; page checksums are verified.
    """

    def __init__(self, output: Path) -> None:
        from pegextract.dataset.contract import BY_NAME
        from pegextract.dataset.read import committed

        self.output = output
        self.tables = tuple(BY_NAME)
        self._folder = committed(output)
        self._frames: dict[str, pd.DataFrame] = {}

    def __getitem__(self, table: str) -> pd.DataFrame:
        """A table. Raises UsageError for a name that is none, DatasetDamaged where its bytes are not as written."""
        if table not in self._frames:
            import pandas as pd

            from pegextract.dataset.read import load_table

            self._frames[table] = load_table(self._folder, table).to_pandas(types_mapper=pd.ArrowDtype)
        return self._frames[table]

    def __getattr__(self, table: str) -> pd.DataFrame:
        if table.startswith("_") or table not in self.tables:
            raise AttributeError(f"a dataset has no {table!r}; its tables are {', '.join(self.tables)}")
        return self[table]

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.tables]

    def explain(self, sheet: str, field: str, source: str | Path | None = None) -> View:
        """Where a value is from, as `pegextract explain` tells it: `dataset.explain("2019_ZN17", "phases[1].weight")`.

        source: the document, or its folder; else it is looked for around the dataset. Raises UsageError for a sheet or
        a field that does not exist.
        """
        from pegextract.report.explained import explanation_view
        from pegextract.report.explanation import explain
        from pegextract.report.source import find_source

        found = explain(self._folder, sheet, field)
        document = find_source(found.document, self.output, None if source is None else Path(source))
        return View(explanation_view(found, document))

    def __repr__(self) -> str:
        rows = (f"  {name:<20}{len(self[name]):>9,} rows" for name in self.tables)
        return "\n".join((f"pegextract dataset {self._folder}", *rows))

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(repr(self))}</pre>"


def read(
    path: str | Path,
    *,
    form: str | None = None,
    year: int | None = None,
    engine: str = "pdfium",
    password: str | None = None,
    ocr: str = "auto",
    ocr_language: str = "ita",
    ocr_cache: str | Path | None = None,
) -> Sheets:
    """The sheets of one document: a text, Markdown, HTML, DOCX, a PDF, or a scan.

    Options as of `pegextract convert`. Raises UsageError for a file that is not there or an option that does not exist,
    DocumentError where no sheet can be read (its `code` and message say why), EnvironmentFault without tesseract for a
    scan.
    """
    import io

    from pegextract.errors import DocumentError
    from pegextract.readers.options import ReaderOptions
    from pegextract.runs.extract import Settings
    from pegextract.runs.forms import chosen_forms
    from pegextract.runs.one import read_one

    cache = None if ocr_cache is None else Path(ocr_cache)
    settings = Settings(chosen_forms(form), year, ReaderOptions(engine, password, ocr, ocr_language, cache))
    one = read_one(str(path), io.BytesIO())
    extraction = one.extract(settings)
    if extraction.status == "failed":
        error = DocumentError(f"{one.name}: {extraction.error_message}")
        error.code = extraction.error_code or error.code
        raise error
    return Sheets(extraction, one.name)


def load(output: str | Path) -> Dataset:
    """The dataset in a folder that `pegextract convert` or `ingest` wrote.

    Raises UsageError where there is none, DatasetFault for one that is damaged or of a later pegextract.
    """
    return Dataset(Path(output))
