"""A second municipality's form is read from its TOML alone."""

import random

import pytest

from pegextract.evaluation.records import as_expected, flagged_by
from pegextract.evaluation.score import Score, compare
from pegextract.layouts.profile import shipped_profiles
from pegextract.runs.extract import Settings, extract_document
from tests.forms.second_form import SECOND_RENDERINGS, random_second_sheet

SETTINGS = Settings(shipped_profiles())
SHEETS = 100
LEAST = {"pipes": 1.0, "tabs": 1.0, "plain": 0.99}
MOST_SILENT = 0.003


@pytest.mark.parametrize("rendering", SECOND_RENDERINGS)
def test_the_second_form_is_read_as_well_as_the_first(rendering):
    """Code and title from the header table, the strategic goal as a link, actions as phases."""
    total = Score()
    for seed in range(SHEETS):
        sheet = random_second_sheet(random.Random(seed))
        text = SECOND_RENDERINGS[rendering](sheet, random.Random(seed))
        extraction = extract_document(text.encode(), f"{rendering}.txt", SETTINGS)
        assert extraction.form == "settori", (seed, extraction.error_message)
        assert extraction.coverage == 1.0, (seed, [row for s in extraction.sheets for row in s.unread])
        total += compare([sheet.truth], as_expected(extraction), flagged_by(extraction))
    assert total.f1 >= LEAST[rendering], total.report()
    assert total.silent_rate <= MOST_SILENT, total.report()
