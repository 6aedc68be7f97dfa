"""Confidence means something: in each band about as many values are wrong as it says, and doubtful ones are told."""

import random

import pytest

from pegextract.calibration import unsure
from pegextract.document import Box
from pegextract.evaluation.bands import Judged, by_band
from pegextract.extraction import Evidence
from pegextract.findings import Finding, Severity
from tests.accuracy.calibration import CLASSES, values_of, values_of_scans
from tests.accuracy.scans import RESOLUTIONS
from tests.readers.scanned import needs_ocr

ENOUGH = 250
"""Values below which a band's share of wrong ones is chance."""
SILENT = {"clean text, with borders": 0.0, "clean text, without": 0.001, "text damaged by OCR": 0.01}
"""Wrong values without a finding, at most."""
TOLD_BELOW = 0.95
WRONG_OF_SURE_SCANS = 0.015


def hold(name: str, values: list[Judged], told: str = "") -> None:
    """Each band of one class holds what it promises."""
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
    hold(name, values_of(name, range(20_000, 20_100)))


@pytest.mark.soak
@pytest.mark.parametrize("name", CLASSES)
def test_confidence_is_what_it_says_of_fresh_sheets(name):
    """The same on sheets that nobody has seen before; the first seed is printed with a failure."""
    first = random.SystemRandom().randrange(10**6, 10**9)
    hold(name, values_of(name, range(first, first + 600)), f"first seed {first}, ")


@needs_ocr
@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("dpi", RESOLUTIONS)
def test_values_of_scans_are_as_sure_as_their_words(dpi, tmp_path):
    """Most values are sure, of those few are wrong, and of the doubtful ones far more are."""
    values = values_of_scans(dpi, range(20_000, 20_005), tmp_path)
    sure = [value for value in values if value.confidence >= TOLD_BELOW]
    doubtful = [value for value in values if value.confidence < TOLD_BELOW]
    wrong = sum(value.wrong for value in sure) / len(sure)
    assert all(value.told for value in doubtful)
    assert len(sure) > len(doubtful)
    assert wrong <= WRONG_OF_SURE_SCANS
    assert sum(value.wrong for value in doubtful) / len(doubtful) > 3 * wrong


def evidence(field: str, confidence: float) -> Evidence:
    """A value of the first phase, read so surely."""
    place = (None, None, 2, Box(2, 10.0, 20.0, 30.0, 40.0))
    return Evidence("phases", 1, field, "30.0000", "3O,00", *place, "printed", "phase_weight", confidence)


def test_every_value_that_is_not_sure_is_told():
    """Below 0.95 a value has a warning with its raw text and its place, once, and none where another finding tells."""
    values = [evidence("weight", 0.94), evidence("weight", 0.9), evidence("notes", 0.5), evidence("description", 0.95)]
    other = Finding(Severity.WARNING, "words_damaged", "Damaged.", "phases", 1, "notes")
    found = [(finding.code, finding.field, finding.raw, of.page) for finding, of in unsure(values, [other])]
    assert found == [("read_unsurely", "weight", "3O,00", 2)]
    information = other._replace(severity=Severity.INFO)
    assert [finding.field for finding, _ in unsure(values, [information])] == ["weight", "notes"]
