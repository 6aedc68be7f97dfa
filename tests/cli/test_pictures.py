"""`show --image` and `explain --image`: what was read, drawn on the paper it was read from."""

from __future__ import annotations

import random
from pathlib import Path

import pandas
import pytest
from PIL import Image

from pegextract.layouts.profile import shipped_profiles
from pegextract.report.marks import marks_of
from pegextract.report.picture import COLOURS
from pegextract.runs.extract import Settings, extract_document
from tests.forms.draw import draw_reportlab
from tests.forms.sheets import random_sheet

from .conftest import SAMPLES

pytestmark = pytest.mark.filterwarnings("default")  # reportlab speaks of its own past


@pytest.fixture(scope="module")
def pdf(tmp_path_factory) -> Path:
    """Two sheets with phases and indicators, drawn as a PDF."""
    path = tmp_path_factory.mktemp("pdf") / "scheda.pdf"
    rng = random.Random(1)
    draw_reportlab([random_sheet(rng), random_sheet(rng)], path)
    return path


@pytest.fixture(scope="module")
def extraction(pdf):
    """What is read in it."""
    return extract_document(pdf.read_bytes(), pdf.name, Settings(shipped_profiles()))


def test_every_value_has_a_mark(extraction):
    """Each value that evidence places on a page is marked there, with its name or among those that it stands with."""
    marks = [mark for page in range(1, extraction.page_count + 1) for mark in marks_of(extraction, page)]
    boxes = {(mark.box, mark.kind) for mark in marks}
    rows = [row for sheet in extraction.sheets for row in sheet.evidence]
    assert len(rows) > 50
    assert all((row.box, row.table) in boxes for row in rows if row.box)
    assert {"objectives", "phases", "indicators"} <= {mark.kind for mark in marks}


def test_a_page_is_drawn_with_frames_in_the_colours_of_the_tables(peg, pdf, extraction, tmp_path):
    """The picture has the page's size and a legend below; a frame has the colour of its table."""
    page = next(
        page for page in (1, 2, 3, 4) if {"phases", "indicators"} <= {mark.kind for mark in marks_of(extraction, page)}
    )
    done = peg("show", pdf, "--page", page, "--image", tmp_path / "page.png")
    assert done.exit_code == 0, done.stderr
    assert f"page {page} of {extraction.page_count}" in done.stdout
    picture = Image.open(tmp_path / "page.png").convert("RGB")
    scale = 150 / 72
    assert picture.width == pytest.approx(595.28 * scale, abs=2)
    assert picture.height > 841.89 * scale
    for mark in marks_of(extraction, page):
        if mark.kind in ("phases", "indicators") and mark.confidence >= 0.95:
            middle = round((mark.box.top + mark.box.bottom) / 2 * scale)
            edge = round((mark.box.x0 - 1) * scale)
            near = {picture.getpixel((x, middle)) for x in range(edge - 2, edge + 3)}
            assert COLOURS[mark.kind] in near, mark


def test_without_a_page_the_sheet_s_first_one_is_drawn(peg, pdf, extraction, tmp_path):
    """--sheet 2 --image draws the page on which the second sheet begins."""
    first = min(row.box.page for row in extraction.sheets[1].evidence if row.box)
    done = peg("show", pdf, "--sheet", 2, "--image", tmp_path / "page.png")
    assert f"page {first} of" in done.stdout


def test_the_spot_of_a_value_is_cropped(peg, pdf, tmp_path):
    """The paper around one value is drawn: smaller than the page, framed in the colour of its table."""
    assert peg("convert", pdf, "-o", tmp_path / "output", "--quiet").exit_code == 0

    sheet = pandas.read_parquet(tmp_path / "output" / "objectives").sheet_id[0]
    spot = tmp_path / "spot.png"
    done = peg("explain", tmp_path / "output", sheet, "phases[1].start_date", "--source", pdf, "--image", spot)
    assert done.exit_code == 0, done.stderr
    picture = Image.open(spot).convert("RGB")
    assert picture.width < 600
    assert picture.height < 400
    assert COLOURS["phases"] in {colour for _, colour in picture.getcolors(picture.width * picture.height)}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["{pdf}", "--page", "99", "--image", "{tmp}/a.png"], "there is no page 99"),
        (["{pdf}", "--image", "{tmp}/a.xyz"], "a picture's name ends in .png"),
        ([str(SAMPLES / "2019_ZN17_pipes.md"), "--image", "{tmp}/a.png"], "has no page to draw"),
    ],
)
def test_what_cannot_be_drawn_is_told(peg, pdf, tmp_path, arguments, says):
    """Exit code 2 and a sentence; no file is left behind."""
    done = peg("show", *(argument.format(pdf=pdf, tmp=tmp_path) for argument in arguments))
    assert done.exit_code == 2
    assert says in done.stderr
    assert not list(tmp_path.iterdir())
