"""Three hundred invented sheets in every rendering: clean text gives back exactly what was printed."""

import random

import pytest

from tests.accuracy.measure import rendered, total
from tests.forms.render import RENDERINGS

CHUNK = 60
CHUNKS = [range(start, start + CHUNK) for start in range(0, 300, CHUNK)]
DAMAGED_F1, DAMAGED_SILENT = 0.97, 0.005
FRESH = 1500
"""Sheets per rendering of the long version."""

each_chunk = pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")


@each_chunk
@pytest.mark.parametrize("rendering", RENDERINGS)
def test_clean_renderings_give_equal_records(rendering, seeds):
    """Every value of every sheet is right, whatever the rendering: F1 is 1."""
    score, bad = total((seed, rendered(rendering, seed)) for seed in seeds)
    assert score.f1 == 1.0, f"seeds {bad}\n{score.report()}"


def test_damaged_text_is_read_well_and_errors_are_told():
    """Letters lost to OCR: F1 of 0.97 and more, and hardly a wrong value without a finding."""
    score, bad = total((seed, rendered("ocr", seed, damaged=True)) for chunk in CHUNKS for seed in chunk)
    assert score.f1 >= DAMAGED_F1, f"seeds {bad}\n{score.report()}"
    assert score.silent_rate <= DAMAGED_SILENT, f"seeds {bad}\n{score.report()}"


@pytest.mark.soak
@pytest.mark.parametrize("rendering", RENDERINGS)
def test_fresh_sheets_give_equal_records(rendering):
    """The same on sheets that nobody has seen before; the seeds are printed with a failure."""
    first = random.SystemRandom().randrange(10**6, 10**9)
    score, bad = total((seed, rendered(rendering, seed)) for seed in range(first, first + FRESH))
    assert score.f1 == 1.0, f"first seed {first}, seeds {bad}\n{score.report()}"


@pytest.mark.soak
def test_fresh_damaged_sheets_are_read_well():
    """The same for damaged text."""
    first = random.SystemRandom().randrange(10**6, 10**9)
    score, bad = total((seed, rendered("ocr", seed, damaged=True)) for seed in range(first, first + FRESH))
    assert score.f1 >= DAMAGED_F1, f"first seed {first}, seeds {bad}\n{score.report()}"
    assert score.silent_rate <= DAMAGED_SILENT, f"first seed {first}, seeds {bad}\n{score.report()}"
