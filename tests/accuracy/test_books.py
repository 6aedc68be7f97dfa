"""Books of many sheets: every sheet is found, none is invented, and page heads and indexes stay out of the fields."""

import pytest

from pegextract.evaluation.matching import canonical
from tests.accuracy.floors import BOOKS, SEPARATED
from tests.accuracy.measure import read_book
from tests.forms.render import RENDERINGS

SEEDS = range(3)
LEAST_COVERAGE = 0.9985
"""A cover prints a few words that are no sheet's: a town's motto, a date of approval."""


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("rendering", RENDERINGS)
def test_every_sheet_of_a_book_is_found_and_none_invented(rendering, seed):
    """The codes and titles of the book, in its order, and no others."""
    sheets, extraction, _ = read_book(rendering, seed)
    found = [(s.record.code, canonical("title", s.record.title)) for s in extraction.sheets]
    assert found == [(s.truth["code"], canonical("title", s.truth["title"])) for s in sheets]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("rendering", RENDERINGS)
def test_the_sheets_of_a_book_are_read_as_well_as_single_sheets(rendering, seed):
    """Covers, indexes, running heads and page numbers are in no field, and no word of them is unread."""
    _, extraction, score = read_book(rendering, seed)
    bound = BOOKS if rendering in ("plain", "ocr") else SEPARATED
    assert score.f1 >= bound.f1, score.report()
    assert score.silent_rate <= bound.silent, score.report()
    assert extraction.coverage is not None
    assert extraction.coverage >= LEAST_COVERAGE, [row for row in extraction.unread if row.kind == "unread"][:10]
