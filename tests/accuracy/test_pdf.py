"""Digital PDFs of three producers and whole books: the records of the paper, every value with its place."""

import random

import pdfplumber
import pytest

from pegextract.document import Box
from pegextract.evaluation.matching import canonical
from pegextract.runs.extract import extract_document
from tests.accuracy.floors import DIGITAL_PDF, DIGITAL_PDF_COVERAGE
from tests.accuracy.measure import SETTINGS, drawn, read_pdf, read_pdf_book, sheets_of_book, total
from tests.forms.draw import DRAWERS, available
from tests.forms.draw_book import draw_book
from tests.forms.look import Look

PDFS, PDFS_OF_SOAK = {"reportlab": 8, "weasyprint": 8, "libreoffice": 2}, 60
BOOKS, BOOKS_OF_SOAK = range(3), range(3, 15)
VALUES_LOOKED_UP = 60

each_producer = pytest.mark.parametrize("producer", DRAWERS)
pytestmark = pytest.mark.filterwarnings("default")  # reportlab and pdfminer speak of their own past


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the PDFs lie, drawn once."""
    return tmp_path_factory.mktemp("pdf")


def check(producer: str, seeds: range, folder) -> None:
    """F1, silent errors and coverage of these PDFs."""
    if not available()[producer]:
        pytest.skip(f"{producer} is not installed")
    read = {seed: read_pdf(producer, seed, folder) for seed in seeds}
    score, bad = total((seed, score) for seed, (_, score) in read.items())
    assert score.f1 >= DIGITAL_PDF.f1, f"{producer}, seeds {bad}\n{score.report()}"
    assert score.silent_rate <= DIGITAL_PDF.silent, f"{producer}, seeds {bad}\n{score.report()}"
    coverages = [extraction.coverage for extraction, _ in read.values()]
    assert sum(coverages) / len(coverages) >= DIGITAL_PDF_COVERAGE, coverages


@each_producer
def test_digital_pdfs_give_the_records_of_the_paper(producer, folder):
    """With and without rules, upright and across, aligned at the top and the middle: F1, silent errors, coverage."""
    check(producer, range(PDFS[producer]), folder)


@pytest.mark.soak
@each_producer
def test_many_digital_pdfs_give_the_records_of_the_paper(producer, folder):
    """The same on PDFs that nobody has seen before."""
    first = random.SystemRandom().randrange(10**6, 10**9)
    check(producer, range(first, first + PDFS_OF_SOAK), folder)


def check_book(seed: int, folder) -> None:
    """Every sheet of a book, in its order, no other one, read as well as single sheets."""
    sheets, extraction, score = read_pdf_book(seed, folder)
    found = [(s.record.code, canonical("title", s.record.title)) for s in extraction.sheets]
    assert found == [(s.truth["code"], canonical("title", s.truth["title"])) for s in sheets]
    assert score.silent_rate <= DIGITAL_PDF.silent, score.report()
    assert score.f1 >= DIGITAL_PDF.f1 - BOOK_OF_BROKEN_WORDS, score.report()
    assert extraction.coverage >= DIGITAL_PDF_COVERAGE, [row for row in extraction.unread if row.kind == "unread"]


BOOK_OF_BROKEN_WORDS = 0.002
"""reportlab breaks words that are wider than their cell; in one book the same word comes again and again."""


@pytest.mark.parametrize("seed", BOOKS)
def test_every_sheet_of_a_pdf_book_is_found_and_none_invented(seed, folder):
    """Cover, index, running heads, page numbers; several sheets on a page and one over five."""
    check_book(seed, folder)


@pytest.mark.soak
@pytest.mark.parametrize("seed", BOOKS_OF_SOAK)
def test_more_books(seed, folder):
    """The same on more of them."""
    check_book(seed, folder)


def test_words_that_end_neighbouring_pages_are_no_running_foot(folder):
    """The last line of three descriptions, each at its own height, belongs to them; a foot stands equally high."""
    last = "- le attività connesse agli sportelli ed agli uffici di quartiere;"
    sheets = sheets_of_book(3)[:4]
    for number, sheet in enumerate(sheets, 1):
        sheet.truth["description"] = "\n".join([*(f"Si prevede la fase {n}." for n in range(4 * number)), last])
    path = folder / "ends.pdf"
    draw_book(sheets, path, Look(gantt=False), random.Random(0), flowing=False)
    extraction = extract_document(path.read_bytes(), path.name, SETTINGS)
    assert [(s.record.description or "").split("\n")[-1] for s in extraction.sheets] == [last] * len(sheets)


@pytest.mark.parametrize("producer", ["reportlab", "weasyprint"])
def test_the_box_of_a_value_holds_its_words(producer, folder):
    """Another library finds them there, on the page and in the box that the evidence names."""
    if not available()[producer]:
        pytest.skip(f"{producer} is not installed")
    extraction, _ = read_pdf(producer, 1, folder)
    evidence = [row for sheet in extraction.sheets for row in sheet.evidence if row.box and row.field != "level"]
    assert len(evidence) > VALUES_LOOKED_UP
    with pdfplumber.open(drawn(producer, 1, folder)) as document:
        for row in random.Random(1).sample(evidence, VALUES_LOOKED_UP):
            box = row.box
            found = document.pages[box.page - 1].extract_words()
            printed = "".join(word["text"] for word in found if _inside(word, box))
            if box.page < len(document.pages) and not _ends_here(row.raw, printed):  # goes on over the page
                printed += "".join(document.pages[box.page].extract_text().split())
            assert [word for word in row.raw.split() if word not in printed] == [], (row, printed)
            assert row.char_start is None


def _inside(word: dict[str, float], box: Box) -> bool:
    """Whether the middle of a word that pdfplumber found lies in the box, and no end of it sticks out."""
    middle = (word["top"] + word["bottom"]) / 2
    return box.top <= middle <= box.bottom and box.x0 - 1 <= word["x0"] and word["x1"] <= box.x1 + 1


def _ends_here(raw: str, printed: str) -> bool:
    return raw.rsplit(maxsplit=1)[-1] in printed
