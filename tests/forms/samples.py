"""Draws the samples that are invented: `python -m tests.forms.samples` writes samples/ anew, with expected records.

The records are those that the sheets were drawn from, never what the program reads.
"""

import json
import random
from collections.abc import Sequence
from pathlib import Path

from .draw import draw_libreoffice
from .draw_book import draw_book
from .look import Look
from .render import expected, expected_book
from .scan import Harm, as_pdf, harmed, render
from .sheets import Sheet, random_sheet

FOLDER = Path(__file__).parents[2] / "samples"
SHEETS_OF_BOOK = 12
DPI = 300


def main() -> None:
    """All three."""
    digital_sheet(FOLDER / "2022_scheda.pdf", seed=4)
    flowing_book(FOLDER / "2023_libro.pdf", seed=2)
    scanned_sheet(FOLDER / "2018_scansione_300dpi.pdf", seed=6)


def digital_sheet(path: Path, seed: int) -> None:
    """One sheet with ruled tables, drawn by LibreOffice."""
    sheet = random_sheet(random.Random(seed), block=False, year=2022)
    draw_libreoffice([sheet], path, look=Look(label_left=False))
    _write_expected(path, [expected(sheet, "plain")])


def flowing_book(path: Path, seed: int) -> None:
    """A yearly book: cover, index, sheets that begin and end anywhere on a page."""
    rng = random.Random(seed)
    sheets: Sequence[Sheet] = [random_sheet(rng, block=False, year=2023) for _ in range(SHEETS_OF_BOOK)]
    draw_book(sheets, path, Look(gantt=False, new_page=False), random.Random(seed), flowing=True)
    _write_expected(path, expected_book(list(sheets), "plain"))


def scanned_sheet(path: Path, seed: int) -> None:
    """A scan of a printed sheet: pictures alone, a little askew, on greyish paper."""
    rng = random.Random(seed)
    sheet = random_sheet(rng, block=False, year=2018)
    digital = path.with_suffix(".digital.pdf")
    draw_libreoffice([sheet], digital, look=Look())
    harm = Harm(skew=0.6, ground=238, specks=8, noise=3, jpeg=45)
    path.write_bytes(as_pdf([harmed(page, harm, rng) for page in render(digital, DPI)], DPI))
    digital.unlink()
    _write_expected(path, [expected(sheet, "plain")])


def _write_expected(path: Path, sheets: Sequence[dict[str, object]]) -> None:
    records = {"document": path.name, "sheets": sheets}
    text = json.dumps(records, ensure_ascii=False, indent=2, default=str) + "\n"
    path.with_name(f"{path.stem}.expected.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
