"""Scans are read as well as docs/accuracy.md says, and a page that lies on its side as well as one that does not."""

import pytest

from pegextract.evaluation.records import as_expected
from tests.accuracy.floors import SCANS
from tests.accuracy.measure import numbered, score_of
from tests.accuracy.scans import RESOLUTIONS, measured, read_scan, scan, scanned, sheets_of_scan
from tests.forms.draw import DRAWERS, available
from tests.forms.scan import Harm
from tests.readers.scanned import needs_ocr

SEEDS_OF_SOAK = range(700, 705)
TURNS = (90, 180, 270)
pytestmark = [needs_ocr, pytest.mark.filterwarnings("default")]  # reportlab speaks of fonts


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the PDFs lie, drawn once for all resolutions."""
    return tmp_path_factory.mktemp("scans")


@pytest.mark.slow
def test_an_ordinary_scan_is_read_well(folder):
    """Two sheets at 200 dpi, every page with its own dirt."""
    score = scanned("reportlab", 701, 200, folder)
    assert score.f1 >= SCANS[200].f1, score.report()


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("dpi", RESOLUTIONS)
def test_scans_of_every_producer_are_read_well(dpi, folder):
    """F1 and silent errors are not worse than docs/accuracy.md says, on thirty sheets per resolution."""
    score, _ = measured(dpi, SEEDS_OF_SOAK, folder)
    assert score.f1 >= SCANS[dpi].f1, score.report()
    assert score.silent_rate <= SCANS[dpi].silent, score.report()


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("producer", DRAWERS)
def test_turned_pages_give_the_records_of_their_upright_twins(producer, folder):
    """Whichever way the paper lay, the records are equal."""
    if not available()[producer]:
        pytest.skip(f"{producer} is not installed")
    upright = as_expected(read_scan(scan(producer, 702, 200, folder, Harm())))
    for turned in TURNS:
        assert as_expected(read_scan(scan(producer, 702, 200, folder, Harm(turned=turned)))) == upright


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_faxes_are_read(folder):
    """Black and white alone, at the resolution of a scanner."""
    score = score_of(
        read_scan(scan("reportlab", 703, 200, folder, Harm(fax=True))), numbered(sheets_of_scan(703)), 0.97
    )
    assert score.f1 >= SCANS[200].f1, score.report()
