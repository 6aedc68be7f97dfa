"""Forms in styles that are no producer's defaults: other rules, grounds, types, line ends; the records are the same."""

import pytest

from pegextract.runs.extract import extract_document
from tests.accuracy.floors import DIGITAL_PDF
from tests.accuracy.measure import SETTINGS, numbered, score_of, sheets_of_pdf
from tests.forms import draw_weasyprint
from tests.forms.draw import available
from tests.forms.look import Look

SEED, SHEETS = 9000, 3
BARE = ".bare td { border: none; background: none }"
APART = "table { border-collapse: separate; border-spacing: 2pt }"
STYLES = {
    "rules below rows": "td, th { border: none; border-bottom: .5pt solid #555 }",
    "rules below tight rows": "td, th { border: none; border-bottom: .5pt solid #555; padding: 0 3pt }",
    "rules between columns": "td, th { border: none; border-left: .5pt solid; border-right: .5pt solid }",
    "a frame and rules below rows": "td, th { border: none; border-bottom: .5pt solid } table { border: 1pt solid }",
    "zebra": "td, th { border: none } tbody tr:nth-child(even) { background: #e8e8e8 } "
    "thead { background: #224; color: white }",
    "tight zebra": "td, th { border: none; padding: 0 3pt } tbody tr:nth-child(even) td { background: #dde } "
    "th { background: #aac }",
    "tiles": f"{APART} td, th {{ border: none; background: #e4ecf4 }} th {{ background: #a8c0d8 }}",
    "framed cells": f"{APART} td, th {{ border: .5pt solid }}",
    "double rules": "td, th { border: 2.5pt double }",
    "hyphenated": "td, p { hyphens: auto }",
    "typewriter": 'body { font-family: "DejaVu Sans Mono", "Liberation Mono", monospace; font-size: 6pt }',
    "small, narrow margins": "body { font-size: 6pt } @page { margin: 2cm .6cm 1cm }",
    "large serif": 'body { font: 10.5pt "DejaVu Serif", "Liberation Serif", serif; line-height: 1.5 }',
    "justified": "td, p { text-align: justify }",
}

pytestmark = [
    pytest.mark.filterwarnings("default"),
    pytest.mark.skipif(not available()["weasyprint"], reason="weasyprint is not installed"),
]


@pytest.mark.parametrize("style", STYLES)
def test_however_a_form_is_styled_its_records_are_the_same(style, tmp_path):
    """Few values are wrong, none without a finding."""
    sheets, path = sheets_of_pdf(SEED)[:SHEETS], tmp_path / "styled.pdf"
    draw_weasyprint.draw(sheets, path, Look(landscape=True), STYLES[style] + BARE)
    score = score_of(extract_document(path.read_bytes(), path.name, SETTINGS), numbered(sheets))
    assert score.f1 >= DIGITAL_PDF.f1 - ONE_VALUE, score.report()
    assert score.silent == 0, score.report()


ONE_VALUE = 0.002
"""A line that ends in a slash may cost one of some five hundred values."""
