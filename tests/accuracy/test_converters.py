"""Text that real converters make of PDFs that real programs drew is read as well as docs/accuracy.md says."""

from itertools import product

import pytest

from tests.accuracy.floors import CONVERTED
from tests.accuracy.measure import SHEETS_PER_PDF, converted, missing_tool, total
from tests.forms.draw import DRAWERS

PDFS, PDFS_OF_SOAK = 2, 10
CONVERTERS = ("pdftotext_raw", "pdftotext_layout", "markitdown", "pypdf")

each_way = pytest.mark.parametrize(("producer", "converter"), [*product(DRAWERS, CONVERTERS)])
pytestmark = [
    pytest.mark.converters,
    # pdfminer and reportlab, below markitdown and the drawings, speak of fonts and of their own past.
    pytest.mark.filterwarnings("default"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the PDFs lie, drawn once for all converters."""
    return tmp_path_factory.mktemp("pdf")


def check(producer: str, converter: str, pdfs: int, folder) -> None:
    """F1 and silent errors of so many PDFs."""
    if missing := missing_tool(producer, converter):
        pytest.skip(f"{missing} is not installed")
    score, bad = total((seed, converted(producer, converter, seed, folder)) for seed in range(pdfs))
    where = f"{producer} {converter}, {pdfs * SHEETS_PER_PDF} sheets, seeds {bad}\n{score.report()}"
    assert score.f1 >= CONVERTED[converter].f1, where
    assert score.silent_rate <= CONVERTED[converter].silent, where


@each_way
def test_converted_pdfs_are_read_well(producer, converter, folder):
    """F1 and silent errors are not worse than docs/accuracy.md says, on eight sheets."""
    check(producer, converter, PDFS, folder)


@pytest.mark.soak
@each_way
def test_many_converted_pdfs_are_read_well(producer, converter, folder):
    """The same on forty sheets for each pair of programs."""
    check(producer, converter, PDFS_OF_SOAK, folder)
