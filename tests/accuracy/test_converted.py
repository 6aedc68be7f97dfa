"""What converters do to a text besides its tables changes no value."""

import random

import pytest

from pegextract.evaluation.score import Score
from tests.accuracy.floors import SEPARATED
from tests.accuracy.measure import read_text, score_of, total
from tests.accuracy.test_renderings import hold
from tests.forms.converted import HEADERS, MARKS, SECTIONS, WHOLES, with_header, with_marks, with_sections
from tests.forms.render import RENDERINGS, expected
from tests.forms.sheets import Sheet, random_sheet

SEEDS = range(7000, 7020)


def sheet_of(seed: int) -> Sheet:
    """An invented sheet."""
    return random_sheet(random.Random(seed))


def pipes(seed: int) -> str:
    """It in pipe tables."""
    return RENDERINGS["pipes"](sheet_of(seed), random.Random(seed))


def read(seed: int, text: str) -> Score:
    """How well a text of it is read."""
    return score_of(read_text(text, "x.md"), [expected(sheet_of(seed), "pipes")])


@pytest.mark.parametrize("header", HEADERS)
def test_headers_may_be_printed_in_many_ways(header):
    """Lists, tables of two columns, values below labels: every value is right."""
    texts = {seed: with_header(sheet_of(seed), random.Random(seed), header) for seed in SEEDS}
    hold(total((seed, read(seed, text)) for seed, text in texts.items()), SEPARATED)


@pytest.mark.parametrize("mark", MARKS)
def test_marks_between_pages_are_no_words_of_the_form(mark):
    """Page numbers, rules, comments and pictures: every value is right."""
    hold(total((seed, read(seed, with_marks(pipes(seed), random.Random(seed), mark))) for seed in SEEDS), SEPARATED)


@pytest.mark.parametrize("section", SECTIONS)
def test_labels_of_sections_may_be_set_in_many_ways(section):
    """Headings, bold, numbers, colons: every value is right."""
    hold(total((seed, read(seed, with_sections(pipes(seed), section))) for seed in SEEDS), SEPARATED)


@pytest.mark.parametrize("whole", WHOLES)
def test_what_is_done_to_a_whole_text_changes_no_value(whole):
    """Blanks, line ends, fences, front matter: every value is right."""
    hold(total((seed, read(seed, WHOLES[whole](pipes(seed)))) for seed in SEEDS), SEPARATED)


def test_a_title_that_may_be_none_is_doubted():
    """Where no code marks the title, words before it that a blank line parts from it get a warning."""
    text = "Ecco la trascrizione:\n\nIl lavoro agile\n\n" + pipes(7000).split("\n\n", 2)[2]
    found = read_text(text)
    assert "title_uncertain" in {finding.finding.code for sheet in found.sheets for finding in sheet.findings}
