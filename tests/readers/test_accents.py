"""Accents over capitals that no reader saw are seen on the paper; specks and ruling lines are none."""

from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("cv2", reason="the extra ocr is not installed")
pytest.importorskip("reportlab", reason="its fonts are drawn with")

import numpy as np
import reportlab
from PIL import Image, ImageDraw, ImageFont

from pegextract.readers.ocr.accents import with_accent_seen
from pegextract.readers.ocr.boxes import ASCENT, CAPITALS, DESCENT
from pegextract.readers.ocr.picture import Picture
from pegextract.readers.pages import PageWord

FONT = partial(ImageFont.truetype, Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")
SIZE, LEFT, BASE = 8.0, 20.0, 30.0
"""Points."""


def paper(text: str, dpi: float, *, rule: float | None = None, specks: tuple[tuple[float, float], ...] = ()) -> Picture:
    """A line of print. rule: how far above the capitals a ruling line runs, in points · specks: from there as well."""
    scale = dpi / 72
    picture = Image.new("L", (round(100 * scale), round(40 * scale)), 255)
    draw = ImageDraw.Draw(picture)
    draw.text((LEFT * scale, BASE * scale), text, 0, FONT(SIZE * scale), anchor="ls")
    tops = BASE - CAPITALS * SIZE
    if rule is not None:
        draw.rectangle((0, (tops - rule - 0.5) * scale, picture.width, (tops - rule) * scale), fill=0)
    for x, up in specks:
        draw.ellipse([(LEFT + x) * scale, (tops - up) * scale, (LEFT + x) * scale + 2, (tops - up) * scale + 2], fill=0)
    return Picture(np.asarray(picture), dpi)


def read(text: str, printed: str, dpi: float) -> PageWord:
    """The word as the readers have it, in the box of its type."""
    width = FONT(SIZE * dpi / 72).getlength(printed) * 72 / dpi
    return PageWord(text, LEFT, BASE - ASCENT * SIZE, LEFT + width, BASE + DESCENT * SIZE, 0.96)


@pytest.mark.parametrize("dpi", [200, 300])
@pytest.mark.parametrize(
    ("seen", "printed"), [("JOSE", "JOSÉ"), ("NOE", "NOÈ"), ("NICCOLO", "NICCOLÒ"), ("MUNOZ", "MUÑOZ")]
)
def test_an_accent_over_a_capital_is_seen_and_doubted(seen, printed, dpi):
    """A stroke over the last vowel, a tilde over an N, a ruling line close above; what was read is kept beside it."""
    word = with_accent_seen(read(seen, printed, dpi), paper(printed, dpi, rule=2.4))
    assert (word.text, word.second) == (printed, seen)
    assert word.confidence <= 0.6


@pytest.mark.parametrize("dpi", [200, 300])
@pytest.mark.parametrize("text", ["JOSE", "NOE", "MARIANNA", "D'ANNA", "NICCOLO'"])
@pytest.mark.parametrize("rule", [None, 0.6, 1.5])
def test_what_bears_no_accent_stays(text, rule, dpi):
    """Bare capitals, with and without a ruling line over them."""
    word = read(text, text, dpi)
    assert with_accent_seen(word, paper(text, dpi, rule=rule)) is word


@pytest.mark.parametrize("dpi", [200, 300])
def test_a_speck_is_no_accent(dpi):
    """Dust is round, or far from the letter, or over a consonant."""
    for specks in (((14.5, 1.5),), ((14.5, 3.5),), ((2.0, 1.0), (9.0, 1.2))):
        word = read("JOSE", "JOSE", dpi)
        assert with_accent_seen(word, paper("JOSE", dpi, specks=specks)) is word
