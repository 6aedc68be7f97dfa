"""One sheet as text, as digital PDF and as scan: whatever it is printed on, the record is the same."""

import random

import pytest

from pegextract.evaluation.matching import Matching
from pegextract.evaluation.records import as_expected, flagged_by
from pegextract.evaluation.score import compare
from pegextract.runs.extract import extract_document
from tests.accuracy.measure import SETTINGS, read_text
from tests.accuracy.scans import read_scan
from tests.forms.draw import DRAWERS
from tests.forms.look import random_look
from tests.forms.render import RENDERINGS
from tests.forms.scan import as_pdf, harmed, random_harm, render
from tests.forms.sheets import random_sheet
from tests.readers.scanned import needs_ocr

SEEDS = (7001, 7002, 7003)
DPI = 300
LIKE = 0.97
"""Similarity from which on titles, descriptions and notes of a scan count as equal."""
LEAST = 0.93
"""F1 of one scan of one sheet, whatever its page suffered."""
pytestmark = [needs_ocr, pytest.mark.slow, pytest.mark.filterwarnings("default")]  # reportlab speaks of fonts


@pytest.mark.parametrize("seed", SEEDS)
def test_text_pdf_and_scan_of_one_sheet_give_equal_records_or_findings(seed, tmp_path):
    """Text and PDF give equal records; where the scan gives another value, a finding tells of it."""
    sheet = random_sheet(random.Random(seed))
    paper = tmp_path / "sheet.pdf"
    DRAWERS["reportlab"]([sheet], paper, look=random_look(random.Random(seed)))
    text = as_expected(read_text(RENDERINGS["pipes"](sheet, random.Random(seed))))
    digital = as_expected(extract_document(paper.read_bytes(), paper.name, SETTINGS))
    assert not (between := compare(text, digital)).differences, between.report()

    rng = random.Random(seed)
    scan = read_scan(as_pdf([harmed(page, random_harm(rng), rng) for page in render(paper, DPI)], DPI))
    told = compare(digital, as_expected(scan), flagged_by(scan), Matching("scan", alike=LIKE))
    assert told.silent == 0, told.report()
    assert told.f1 > LEAST, told.report()
