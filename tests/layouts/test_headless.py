"""Sheets whose header is lost are sheets of their own, and never more rows of the sheet above them."""

import random
import re

import pytest

from pegextract.extraction import Extraction
from tests.accuracy.measure import numbered, read_text, score_of
from tests.forms.render import RENDERINGS
from tests.forms.sheets import Sheet, random_sheet

_LABELS = re.compile(r"Direzione|Servizio|Direttore|Dirigente|Tipologia|Classificazione")


def sheets_of(seed: int) -> list[Sheet]:
    """Three sheets of one year."""
    rng = random.Random(seed)
    return [random_sheet(rng, block=False, year=2019) for _ in range(3)]


def without_header(text: str, *, titled: bool) -> str:
    """A sheet's text without its header table, and without code and title where these are lost as well."""
    lines = text.split("\n")
    labels = [n for n, line in enumerate(lines[:25]) if _LABELS.search(line)]
    return "\n".join([*(lines[: labels[0]] if titled else []), "", *lines[labels[-1] + 1 :]])


def codes(found: Extraction) -> list[set[str]]:
    """The codes of the findings of each sheet."""
    return [{finding.finding.code for finding in sheet.findings} for sheet in found.sheets]


@pytest.mark.parametrize("titled", [True, False], ids=["code and title left", "nothing left"])
@pytest.mark.parametrize("seed", range(9000, 9006))
def test_a_sheet_without_header_is_told_from_the_one_above(seed, titled):
    """Its sections come again: it is read as a sheet, told as one without header, and its neighbours stay right."""
    sheets = sheets_of(seed)
    texts = [RENDERINGS["pipes"](sheet, random.Random(seed)) for sheet in sheets]
    texts[1] = without_header(texts[1], titled=titled)
    found = read_text("\n\n".join(texts))
    assert ["header_lost" in found for found in codes(found)] == [False, True, False]
    assert score_of(found, numbered(sheets)).silent_rate == 0
    if titled and sheets[1].truth["code"]:
        assert found.sheets[1].record.code == sheets[1].truth["code"]


def test_a_first_sheet_without_header_is_not_left_out():
    """Tables above the first header belong to a sheet; a cover prints none."""
    sheets = sheets_of(9001)[:2]
    texts = [RENDERINGS["pipes"](sheet, random.Random(1)) for sheet in sheets]
    found = read_text("\n\n".join([without_header(texts[0], titled=False), texts[1]]))
    assert ["header_lost" in found for found in codes(found)] == [True, False]
    assert len(found.sheets[0].record.indicators) == len(sheets[0].truth["indicators"])
