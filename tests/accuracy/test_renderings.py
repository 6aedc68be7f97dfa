"""Three hundred invented sheets in every rendering: clean text gives back what was printed."""

import random

import pytest

from tests.accuracy.floors import DAMAGED, FRESH_UNSEPARATED, SEPARATED, UNSEPARATED, Bound
from tests.accuracy.measure import rendered, total
from tests.forms.render import RENDERINGS

CHUNK = 60
CHUNKS = [range(start, start + CHUNK) for start in range(0, 300, CHUNK)]
UNBORDERED = ("plain", "ocr")
FRESH = 1500
"""Sheets per rendering of the long version."""

each_chunk = pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")


def hold(scored, bound: Bound, told: str = "") -> None:
    """A score is not below its bound; the failure names the seeds."""
    score, bad = scored
    assert score.f1 >= bound.f1, f"{told}seeds {bad}\n{score.report()}"
    assert score.silent_rate <= bound.silent, f"{told}seeds {bad}\n{score.report()}"


@each_chunk
@pytest.mark.parametrize("rendering", [r for r in RENDERINGS if r not in UNBORDERED])
def test_renderings_with_borders_give_equal_records(rendering, seeds):
    """Every value of every sheet is right: F1 is 1."""
    hold(total((seed, rendered(rendering, seed)) for seed in seeds), SEPARATED)


@each_chunk
@pytest.mark.parametrize("rendering", UNBORDERED)
def test_renderings_without_borders_give_equal_records_but_for_a_few(rendering, seeds):
    """At most one value in a thousand is not as printed, and what is wrong carries a finding."""
    hold(total((seed, rendered(rendering, seed)) for seed in seeds), UNSEPARATED)


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_damaged_text_is_read_well_and_errors_are_told(rendering):
    """Letters lost to OCR, or read as borders of cells: hardly a wrong value, and hardly one without a finding."""
    hold(total((seed, rendered(rendering, seed, damaged=True)) for chunk in CHUNKS[:2] for seed in chunk), DAMAGED)


@pytest.mark.soak
@pytest.mark.parametrize("rendering", RENDERINGS)
def test_fresh_sheets_give_equal_records(rendering):
    """The same on sheets that nobody has seen before; the seeds are printed with a failure."""
    first = random.SystemRandom().randrange(10**6, 10**9)
    bound = FRESH_UNSEPARATED if rendering in UNBORDERED else SEPARATED
    scored = total((seed, rendered(rendering, seed)) for seed in range(first, first + FRESH))
    hold(scored, bound, f"first seed {first}, ")


@pytest.mark.soak
@pytest.mark.parametrize("rendering", RENDERINGS)
def test_fresh_damaged_sheets_are_read_well(rendering):
    """The same for damaged text."""
    first = random.SystemRandom().randrange(10**6, 10**9)
    scored = total((seed, rendered(rendering, seed, damaged=True)) for seed in range(first, first + FRESH))
    hold(scored, DAMAGED, f"first seed {first}, ")
