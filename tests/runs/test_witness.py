"""Where a sheet does not hold together its pages are read twice; what differs is told with both readings."""

from dataclasses import replace

import pytest

from pegextract.extraction import Extraction, PlacedFinding
from pegextract.findings import Finding, Severity
from pegextract.layouts.profile import shipped_profiles
from pegextract.runs.extract import Settings, extract_document
from pegextract.runs.witness import with_second_witness
from tests.accuracy.measure import drawn

ERROR = PlacedFinding(Finding(Severity.ERROR, "date_does_not_exist", "there is no such day"), 1, None)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A PDF of four sheets."""
    return drawn("reportlab", 1, tmp_path_factory.mktemp("pdf"))


@pytest.fixture(scope="module")
def read(path) -> Extraction:
    """The sheets as pdfium reads them."""
    return extract_document(path.read_bytes(), path.name, Settings(shipped_profiles()))


def doubted(extraction: Extraction, number: int) -> Extraction:
    """The same with an error on one sheet."""
    sheets = list(extraction.sheets)
    sheets[number] = replace(sheets[number], findings=(*sheets[number].findings, ERROR))
    return replace(extraction, sheets=tuple(sheets))


def again(extraction: Extraction, number: int, **values: object) -> Extraction:
    """One sheet alone, with other values, as the second engine may read it."""
    sheet = extraction.sheets[number]
    return replace(extraction, sheets=(replace(sheet, record=sheet.record.model_copy(update=values)),))


def differences(extraction: Extraction) -> list[PlacedFinding]:
    """What the second engine read otherwise."""
    return [f for sheet in extraction.sheets for f in sheet.findings if f.finding.code == "engines_differ"]


def test_sheets_that_hold_together_are_read_once(read):
    """The slow engine is asked where something is wrong, and nowhere else."""
    assert with_second_witness(read, pytest.fail) is read


def test_only_the_pages_of_the_doubtful_sheet_are_read_again(read):
    """Those from its first to its last."""
    asked = []

    def reread(pages):
        asked.append(pages)
        return again(read, 1)

    assert differences(with_second_witness(doubted(read, 1), reread)) == []
    record = read.sheets[1].record
    assert asked == [frozenset(range(record.first_page, record.last_page + 1))]


def test_a_value_that_differs_is_a_finding_with_both_readings(read):
    """The value stays, the finding stands at its place."""
    other = again(read, 1, director="ROSSI MARIO")
    (found,) = differences(with_second_witness(doubted(read, 1), lambda pages: other))
    own = read.sheets[1].record.director
    assert (found.finding.table, found.finding.field, found.finding.raw) == ("objectives", "director", "ROSSI MARIO")
    assert own in found.finding.message
    assert found.box is not None


def test_rows_that_only_one_engine_finds_are_told(read):
    """Their number, table by table."""
    other = again(read, 1, indicators=())
    (found,) = differences(with_second_witness(doubted(read, 1), lambda pages: other))
    assert (found.finding.table, found.finding.row_number) == ("indicators", None)


def test_a_second_engine_that_fails_is_told(read):
    """The document stays as it was read."""
    failed = replace(read, sheets=(), status="failed", error_message="pdfplumber cannot open this PDF")
    told = with_second_witness(doubted(read, 1), lambda pages: failed)
    assert told.findings[-1].finding.message == "pdfplumber cannot open this PDF"
    assert len(told.sheets) == len(read.sheets)


@pytest.mark.parametrize("number", range(4))
def test_both_engines_read_a_drawn_sheet_alike(read, path, number):
    """No false alarm where nothing is wrong with the file."""
    settings = Settings(shipped_profiles())

    def reread(pages):
        reading = replace(settings.reading, witness=pages)
        return extract_document(path.read_bytes(), path.name, replace(settings, reading=reading))

    assert differences(with_second_witness(doubted(read, number), reread)) == []
