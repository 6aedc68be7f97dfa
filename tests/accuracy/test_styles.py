"""Forms in styles that are no producer's defaults: other rules, grounds, types, line ends; the records are the same."""

from pathlib import Path

import pikepdf
import pytest

from pegextract.runs.extract import extract_document
from tests.accuracy.floors import DIGITAL_PDF
from tests.accuracy.measure import SETTINGS, numbered, score_of, sheets_of_pdf
from tests.forms import draw_weasyprint
from tests.forms.draw import available
from tests.forms.draw_weasyprint import Parts
from tests.forms.look import Look
from tests.forms.sheets import Sheet
from tests.forms.variants import VARIANTS

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
    "labels in capitals": "th, .header td:nth-child(odd) { text-transform: uppercase }",
    "white on dark": "th, h3 { background: #123; color: #fff; padding: 2pt }",
    "centred": "td, th { text-align: center }",
    "dashed rules": "td, th { border: 1pt dashed #555 }",
    "coloured paper": "@page { background: #fdf6e3 }",
}
BARE_STYLES = {
    "letters apart": "h3, th { letter-spacing: 3pt }",
    "figures at the right": "td:nth-child(2), td:nth-child(3) { text-align: right }",
    "rows as tight as lines": "td, th { padding: 0 3pt }",
    "tight shades, head without": "td, th { padding: 0 3pt } tbody tr:nth-child(even) td { background: #dde }",
    "large head": "th { font-size: 11pt } td { font-size: 7pt }",
}
"""Styles without any rules."""
_MARK = "position: fixed; z-index: -1; font-size: 120pt; color: #ddd"
MARKS = {
    "watermark": f"body::before {{ content: 'BOZZA'; {_MARK}; top: 35%; left: 20%; transform: rotate(-45deg) }}",
    "level watermark": f"body::before {{ content: 'BOZZA'; {_MARK}; top: 35%; left: 10% }}",
    "stamp along the margin": "@page { @left-middle { content: 'Prot. n. 12345/2021 del 14/02/2021'; "
    "transform: rotate(-90deg); font: 7pt sans-serif; white-space: nowrap } }",
    "stamp left of the form": "@page { margin-left: 2.4cm; @left-middle { content: 'Prot. n. 12345 del 14/02/2021'; "
    "font: 6pt sans-serif; width: 1.7cm } }",
}
"""What is printed beside and beneath the form."""

pytestmark = [
    pytest.mark.filterwarnings("default"),
    pytest.mark.skipif(not available()["weasyprint"], reason="weasyprint is not installed"),
]


@pytest.mark.parametrize("style", STYLES)
def test_however_a_form_is_styled_its_records_are_the_same(style, tmp_path):
    """Few values are wrong, none without a finding."""
    check(tmp_path, Look(landscape=True), STYLES[style])


@pytest.mark.parametrize("middle", [False, True])
@pytest.mark.parametrize("style", BARE_STYLES)
def test_styles_without_rules(style, middle, tmp_path):
    """Where nothing is drawn, with cells aligned at their top and at their middle."""
    check(tmp_path, Look(rules=False, landscape=True, middle=middle), BARE_STYLES[style])


@pytest.mark.parametrize("mark", MARKS)
def test_marks_beside_and_beneath_the_form_are_no_values(mark, tmp_path):
    """With rules and without."""
    check(tmp_path, Look(), MARKS[mark])
    check(tmp_path, Look(rules=False, landscape=True), MARKS[mark])


@pytest.mark.parametrize("rules", [True, False])
@pytest.mark.parametrize("variant", VARIANTS)
def test_however_the_parts_are_laid_out_the_records_are_the_same(variant, rules, tmp_path):
    """Labels above their values and beside them, heads of two rows, titles inside tables."""
    if not rules and variant in NEEDS_RULES:
        pytest.skip("without rules nobody sees that cells are merged")
    check(tmp_path, Look(rules=rules, landscape=True), parts=VARIANTS[variant])


@pytest.mark.parametrize("look", [Look(), Look(rules=False), Look(gantt=False, new_page=False)])
def test_pages_printed_side_by_side_are_read_one_after_the_other(look, tmp_path):
    """Two upright pages on one sheet of A3."""
    sheets, upright, spread = sheets_of_pdf(SEED)[:SHEETS], tmp_path / "upright.pdf", tmp_path / "spread.pdf"
    draw_weasyprint.draw(sheets, upright, look, BARE)
    width, height = 595.27, 841.89
    with pikepdf.open(upright) as source, pikepdf.new() as target:
        for number, page in enumerate(source.pages):
            if number % 2 == 0:
                target.add_blank_page(page_size=(2 * width, height))
            left = width * (number % 2)
            target.pages[-1].add_overlay(page, pikepdf.Rectangle(left, 0, left + width, height))
        target.save(spread)
    judge(sheets, spread)


def check(folder, look: Look, style: str = "", parts: Parts | None = None) -> None:
    """Draw the sheets, and judge what is read."""
    sheets, path = sheets_of_pdf(SEED)[:SHEETS], folder / "styled.pdf"
    draw_weasyprint.draw(sheets, path, look, style + BARE, parts)
    judge(sheets, path)


def judge(sheets: list[Sheet], path: Path) -> None:
    """Hardly a value is wrong, none without a finding."""
    score = score_of(extract_document(path.read_bytes(), path.name, SETTINGS), numbered(sheets))
    assert score.f1 >= DIGITAL_PDF.f1 - ONE_VALUE, score.report()
    assert score.silent == 0, score.report()


NEEDS_RULES = ("head of two storeys", "titles in the tables", "one table for all")
ONE_VALUE = 0.002
"""A line that ends in a slash may cost one of some five hundred values."""
