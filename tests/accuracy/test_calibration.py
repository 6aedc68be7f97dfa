"""Confidence means something: in each band about as many values are wrong as it says, and doubtful ones are told."""

import random

import pytest

from pegextract.evaluation.bands import by_band
from tests.accuracy.calibration import CLASSES, values_of

ENOUGH = 250
"""Values below which a band's share of wrong ones is chance."""
SILENT = {"clean text, with borders": 0.0, "clean text, without": 0.001, "text damaged by OCR": 0.01}
"""Wrong values without a finding, at most."""
TOLD_BELOW = 0.95


def hold(name: str, seeds: range, told: str = "") -> None:
    """Each band of one class of text holds what it promises."""
    values = values_of(name, seeds)
    for band in by_band(values):
        if band.values >= ENOUGH:
            wrong = band.wrong / band.values
            where = f"{told}{name}, confidence {band.low} to {band.high}: {wrong:.4f} wrong of {band.values}"
            assert 1 - band.high <= wrong <= 1 - band.low, where
    assert sum(value.wrong and not value.told for value in values) <= SILENT[name] * len(values), f"{told}{name}"
    assert all(value.told for value in values if value.confidence < TOLD_BELOW), f"{told}{name}"


@pytest.mark.parametrize("name", CLASSES)
def test_confidence_is_what_it_says(name):
    """In each band the share of wrong values lies within it, silent errors are rare, and doubt carries a finding."""
    hold(name, range(20_000, 20_100))


@pytest.mark.soak
@pytest.mark.parametrize("name", CLASSES)
def test_confidence_is_what_it_says_of_fresh_sheets(name):
    """The same on sheets that nobody has seen before; the first seed is printed with a failure."""
    first = random.SystemRandom().randrange(10**6, 10**9)
    hold(name, range(first, first + 600), f"first seed {first}, ")
