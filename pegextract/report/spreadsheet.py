"""The review as an XLSX file: rows with drop-down lists out, filled-in rows back. No text in it is ever a formula."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pegextract.errors import EnvironmentFault, UsageError
from pegextract.report.review import ANSWERS, HEADS

_WIDTHS: Final = {"finding": 60, "document": 30, "printed": 40, "value": 40, "new value": 40, "name": 45, "other": 45}
_WIDTH: Final = 14
_UNPRINTABLE: Final = {code: None for code in range(32) if code not in (9, 10, 13)}


def write_review(file: Path, questions: Mapping[str, Sequence[Sequence[Any]]]) -> None:
    """Write the questions. Raises EnvironmentFault where the file cannot be written."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    book.remove(book.active)
    for name, rows in questions.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate((HEADS[name], *rows), 1):
            for at, value in enumerate(row, 1):
                cell = sheet.cell(number, at)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if isinstance(value, str):
                    cell.value = value.translate(_UNPRINTABLE)
                    cell.data_type = "s"  # text that begins with = + - @ stays text
                else:
                    cell.value = value
        for at, head in enumerate(HEADS[name], 1):
            sheet.cell(1, at).font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(head, _WIDTH)
        sheet.freeze_panes = "A2"
        answer = get_column_letter(HEADS[name].index("decision") + 1)
        choice = DataValidation(type="list", formula1=f'"{",".join(ANSWERS[name])}"', allow_blank=True)
        choice.error = f"Choose {' or '.join(ANSWERS[name])}, or leave it empty."
        sheet.add_data_validation(choice)
        choice.add(f"{answer}2:{answer}{max(2, len(rows) + 1)}")
    try:
        book.save(file)
    except OSError as error:
        raise EnvironmentFault(f"Cannot write {file}: {error.strerror}. Choose another place.") from error


def read_review(file: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of a filled-in file, header rows left out. Raises UsageError for a file that is not such a review."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except (OSError, InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise UsageError(
            f"{file} is no spreadsheet that can be read ({error}); give the one that was exported"
        ) from error
    found: dict[str, list[tuple[Any, ...]]] = {}
    for name, heads in HEADS.items():
        rows = list(book[name].iter_rows(values_only=True)) if name in book.sheetnames else []
        if not rows or tuple(rows[0][: len(heads)]) != heads:
            raise UsageError(f"{file} has no sheet «{name}» with the columns that were exported; export it again")
        found[name] = [tuple(row) for row in rows[1:]]
    return found
