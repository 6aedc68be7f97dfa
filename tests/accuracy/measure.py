"""Invented sheets out, records back in: what every test and every figure of docs/accuracy.md is made of."""

import random
from collections.abc import Iterable
from pathlib import Path

from pegextract.evaluation.matching import Matching
from pegextract.evaluation.records import as_expected, flagged_by
from pegextract.evaluation.score import Record, Score, compare
from pegextract.extraction import Extraction
from pegextract.layouts.profile import shipped_profiles
from pegextract.runs.extract import Settings, extract_document
from tests.forms import converters, draw
from tests.forms.book import book
from tests.forms.damage import damage
from tests.forms.draw_book import draw_book
from tests.forms.look import random_look
from tests.forms.render import RENDERINGS, expected, expected_book
from tests.forms.second_form import SECOND_RENDERINGS, random_second_sheet
from tests.forms.sheets import Sheet, random_sheet

SETTINGS = Settings(shipped_profiles())
OCR_FREE_TEXT = 0.97
"""Titles, descriptions and notes of damaged text count as right from this similarity on."""
SHEETS_PER_PDF = 4


def score_of(extraction: Extraction, truth: list[Record], fuzzy: float | None = None) -> Score:
    """What was read against what is on the paper; a difference is silent when no finding tells of it."""
    matching = Matching("damaged", alike=fuzzy or 1.0)
    return compare(truth, as_expected(extraction), flagged_by(extraction), matching)


def read_text(text: str, name: str = "sheet.txt") -> Extraction:
    """What the program makes of a text."""
    return extract_document(text.encode(), name, SETTINGS)


def rendered(rendering: str, seed: int, *, damaged: bool = False) -> Score:
    """One invented sheet, printed in a rendering and read back; damaged as OCR damages it when asked."""
    sheet = random_sheet(random.Random(seed))
    text = RENDERINGS[rendering](sheet, random.Random(seed))
    if damaged:
        text = damage(text, random.Random(seed))
    return score_of(read_text(text), [expected(sheet, rendering)], OCR_FREE_TEXT if damaged else None)


def second(rendering: str, seed: int) -> Score:
    """One invented sheet of the second form."""
    sheet = random_second_sheet(random.Random(seed))
    text = SECOND_RENDERINGS[rendering](sheet, random.Random(seed))
    return score_of(read_text(text), [sheet.truth])


def sheets_of_book(seed: int) -> list[Sheet]:
    """Between 12 and 40 sheets of one year with codes, as a town's book has them."""
    rng = random.Random(seed)
    year = rng.randint(2018, 2024)
    return [random_sheet(rng, block=False, year=year) for _ in range(rng.randint(12, 40))]


def read_book(rendering: str, seed: int) -> tuple[list[Sheet], Extraction, Score]:
    """A book: its sheets, what was read, and how well."""
    sheets = sheets_of_book(seed)
    extraction = read_text(book(sheets, rendering, random.Random(seed)), "book.txt")
    return sheets, extraction, score_of(extraction, expected_book(sheets, rendering))


def missing_tool(producer: str, converter: str) -> str | None:
    """Which of the two programs this machine has not."""
    if not draw.available()[producer]:
        return producer
    return None if converters.available()[converter] else converter


def converted(producer: str, converter: str, seed: int, folder: Path) -> Score:
    """One PDF of a few sheets, drawn by one program, turned into text by another, and read back."""
    text = converters.CONVERTERS[converter](drawn(producer, seed, folder))
    read = read_text(text, "book.md" if converter == "markitdown" else "book.txt")
    return score_of(read, numbered(sheets_of_pdf(seed)))


def drawn(producer: str, seed: int, folder: Path) -> Path:
    """One PDF of a few sheets, drawn once."""
    path = folder / f"{producer}_{seed}.pdf"
    if not path.exists():
        draw.DRAWERS[producer](sheets_of_pdf(seed), path, look=random_look(random.Random(seed)))
    return path


def sheets_of_pdf(seed: int) -> list[Sheet]:
    """The sheets of the PDF of that seed."""
    rng = random.Random(seed)
    return [random_sheet(rng) for _ in range(SHEETS_PER_PDF)]


def read_pdf(producer: str, seed: int, folder: Path) -> tuple[Extraction, Score]:
    """A drawn PDF read as it is: what was read, and how well."""
    path = drawn(producer, seed, folder)
    extraction = extract_document(path.read_bytes(), path.name, SETTINGS)
    return extraction, score_of(extraction, numbered(sheets_of_pdf(seed)))


def read_pdf_book(seed: int, folder: Path) -> tuple[list[Sheet], Extraction, Score]:
    """A book as PDF; every second one prints several sheets on a page."""
    sheets = sheets_of_book(seed)
    path = folder / f"book_{seed}.pdf"
    if not path.exists():
        draw_book(sheets, path, random_look(random.Random(seed)), random.Random(seed), flowing=seed % 2 == 1)
    extraction = extract_document(path.read_bytes(), path.name, SETTINGS)
    return sheets, extraction, score_of(extraction, numbered(sheets))


def numbered(sheets: Iterable[Sheet]) -> list[Record]:
    """The records of sheets, numbered in their order."""
    return [sheet.truth | {"sheet_number": number} for number, sheet in enumerate(sheets, 1)]


def total(scores: Iterable[tuple[int, Score]]) -> tuple[Score, list[int]]:
    """The scores of many seeds together, and the seeds with a difference."""
    whole, seeds = Score(), []
    for seed, score in scores:
        whole += score
        if score.differences:
            seeds.append(seed)
    return whole, seeds
