"""What is found on the paper before and after recognition: lines, heights, places of words. None needs tesseract."""

import numpy as np
import pytest

pytest.importorskip("cv2", reason="the extra ocr is not installed")

import cv2

from pegextract.readers.ocr import tesseract
from pegextract.readers.ocr.boxes import Type, on_one_line, usual_type, with_type_height
from pegextract.readers.ocr.engines import Engines
from pegextract.readers.ocr.look import looked_at_twice
from pegextract.readers.ocr.page import seen_words
from pegextract.readers.ocr.picture import Picture
from pegextract.readers.ocr.recogniser import Strip
from pegextract.readers.ocr.ruling import ruling_lines, without_lines
from pegextract.readers.ocr.tesseract import Seen, Tesseract
from pegextract.readers.page.bands import leading_of
from pegextract.readers.page.lines import segment_of, text_lines
from pegextract.readers.pages import PageWord, Rule

DPI = 200
EIGHT = Type(8.0)
CAPITALS, ACCENT = 6.1, 7.9
"""Points from the base line to the head of capitals of eight points, and of those with an accent."""


class Says:
    """A second reader that says one thing."""

    def __init__(self, text: str, confidence: float = 0.99) -> None:
        """What it says, whatever it is shown."""
        self.strip = Strip(text, confidence)

    def read(self, strip: object) -> Strip:
        """That."""
        return self.strip


def word(text: str, x0: float, x1: float, high: float = CAPITALS, confidence: float = 0.95) -> PageWord:
    """A word that stands on the base line at 100."""
    return PageWord(text, x0, 100 - high, x1, 100.2, confidence)


def texts(line: list[PageWord], says: str, pixels: np.ndarray | None = None) -> list[str]:
    """The words of a line once the second reader has spoken."""
    paper = np.full((400, 2000), 255, np.uint8) if pixels is None else pixels
    return [read.text for read in looked_at_twice(line, Picture(paper, DPI), (), Says(says))]


@pytest.mark.parametrize("sinks", [0, 4])
def test_a_line_across_the_page_is_found_though_it_slants(sinks):
    """The box around a line that sinks by a few pixels is as high as a bar; its ink is not."""
    pixels = np.full((300, 2000), 255, np.uint8)
    cv2.line(pixels, (50, 100), (1950, 100 + sinks), 0, 2)
    cv2.rectangle(pixels, (200, 200), (900, 230), 0, -1)  # the bar of a drawing
    rules = ruling_lines(Picture(pixels, DPI))
    assert len(rules) == 1
    assert rules[0].x1 - rules[0].x0 == pytest.approx(1900 * 72 / DPI, rel=0.05)


def test_lines_are_taken_out_of_a_page_and_letters_stay():
    """What is read a second time has paper where the lines were, and its letters where they are."""
    pixels = np.full((300, 2000), 220, np.uint8)
    cv2.line(pixels, (50, 100), (1950, 100), 0, 2)
    pixels[130:150, 400:410] = 0
    picture = Picture(pixels, DPI)
    bare = without_lines(picture, ruling_lines(picture)).pixels
    assert (bare[90:112, 60:1940] == 220).all()
    assert (bare[130:150, 400:410] == 0).all()


def test_what_tesseract_stumbles_over_is_read_without_lines(monkeypatch):
    """The reading of more letters is kept, and a page that is read well is read once."""
    nonsense = [Seen("xz", 0, 0, 9, 9, 0.1, (1, 1, n)) for n in range(20)]
    word = [Seen("Direzione", 0, 0, 90, 9, 0.95, (1, 1, 1))]
    lines = (Rule(10, 20, 200, 21),)
    engines = Engines(Tesseract("tesseract", "5", frozenset({"ita"})), "ita", None)
    answers = iter([nonsense, word, word])
    monkeypatch.setattr(tesseract, "words", lambda *_: next(answers))
    page = Picture(np.full((300, 800), 255, np.uint8), DPI)
    assert seen_words(page, lines, engines) == word
    assert seen_words(page, lines, engines) == word
    assert next(answers, None) is None


def test_a_lone_letter_stands_in_the_middle_of_its_neighbours():
    """White on one side of it alone would part cells; a letter in a column of its own stays where it is."""
    line = [PageWord("per", 100, 0, 112, 9, 1), PageWord("i", 111, 0, 113, 9, 1), PageWord("nidi", 119, 0, 135, 9, 1)]
    assert len(text_lines(on_one_line(line))[0].segments) == 1
    apart = [PageWord("per", 100, 0, 112, 9, 1), PageWord("A", 130, 0, 135, 9, 1), PageWord("nidi", 160, 0, 175, 9, 1)]
    assert on_one_line(apart)[1].x0 == 130


def test_small_letters_as_high_as_capitals_are_capitals():
    """A lone `sì` that stands as high as `SÌ` is that, for their letters differ in nothing else."""
    assert with_type_height([word("sì", 100, 107, ACCENT)], EIGHT)[0].text == "SÌ"
    assert with_type_height([word("sì", 100, 107)], EIGHT)[0].text == "sì"


def test_an_accent_without_ink_is_no_accent():
    """Where nothing stands above a capital it has no accent; the second reader may still see one."""
    line = with_type_height([word("SÌ", 100, 107)], EIGHT)
    assert texts(line, "SI") == ["SI"]
    assert texts(line, "SÌ") == ["SÌ"]
    assert with_type_height([word("SÌ", 100, 107, ACCENT)], EIGHT)[0].text == "SÌ"


def test_a_line_of_usual_width_has_the_usual_size():
    """A speck above a line makes its box higher, not its letters wider; a heading is both."""
    usual = usual_type([word("conclusa", 100, 136), word("anticipo", 150, 183)])
    raised = with_type_height([word("conclusa", 100, 136, 7.6), word("in", 139, 146, 7.6)], usual)
    level = with_type_height([word("conclusa", 100, 136)], usual)
    assert raised[0].bottom - raised[0].top == pytest.approx(level[0].bottom - level[0].top)
    heading = with_type_height([word("INDICATORI", 100, 200, 12)], usual)
    assert heading[0].bottom - heading[0].top > 1.5 * (level[0].bottom - level[0].top)


@pytest.mark.parametrize(("right", "expected"), [(300, ["<", "20", "gg"]), (312, ["<20", "gg"])])
def test_a_blank_is_one_where_the_paper_shows_white(right, expected):
    """Two readings that differ in a blank are settled by the white that is there. right: where the `<` ends."""
    pixels = np.full((400, 2000), 255, np.uint8)
    for start, end in ((280, right), (312, 340), (352, 385)):
        pixels[272:278, start:end] = 0
    line = [word("<20", 100, 122, confidence=0.7), word("gq", 127, 139, confidence=0.6)]
    assert texts(line, "< 20 gg", pixels) == expected


def test_two_dates_stay_two_cells():
    """A speck between two dates is read as a full stop; they are no code whose parts belong together."""
    line = [word("01/02/2018", 100, 146), word("31/03/2018", 152, 198)]
    assert texts(line, "01/02/2018.31/03/2018") == ["01/02/2018", "31/03/2018"]


@pytest.mark.parametrize(("white", "expected"), [(8, ["5", "/", "15"]), (2, ["5/15"])])
def test_a_ratio_has_its_blanks_where_the_paper_has_white(white, expected):
    """Both readers leave the blanks around a slash out; the white there tells. white: pixels on both sides."""
    pixels = np.full((400, 2000), 255, np.uint8)
    left = 280
    for width in (12, 4, 20):
        pixels[272:278, left : left + width] = 0
        left += width + white
    assert texts([word("5/15", 100, 100 + (left - 280) * 0.36)], "5/15", pixels) == expected


def test_a_code_is_not_torn_by_the_white_beside_a_one():
    """Where one reader sees one number and the paper shows white within it, it is one number."""
    pixels = np.full((400, 2000), 255, np.uint8)
    for left, right in ((280, 300), (312, 318)):
        pixels[272:278, left:right] = 0
    assert texts([word("4.4.1", 100, 114)], "4.4. 1", pixels) == ["4.4.1"]
    assert texts([word("4.4.", 100, 108), word("1", 112, 114)], "4.4.1", pixels) == ["4.4.1"]


def test_what_two_boxes_show_is_read_once():
    """A box that reaches over the next word shows both; the next one's text is not printed again."""
    code = word("2022_07", 100, 160, confidence=0.6)
    assert texts([code, word("IS", 175, 180), word("_OB_STR", 182, 200)], "2022_07_IS_OB_STR") == ["2022_07_IS_OB_STR"]
    assert texts([code, word("IS", 175, 180)], "2022_07") == ["2022_07", "IS"]


def test_pieces_of_an_abbreviation_are_one_word_unless_a_blank_is_between():
    """`D.U. P.` with hardly any white before the P is `D.U.P.`; initials of a name stay apart."""
    assert texts([word("D.U.", 100, 112), word("P.", 113, 118)], "") == ["D.U.P."]
    assert texts([word("G.", 100, 106), word("B.", 109, 115)], "") == ["G.", "B."]


def test_one_line_that_was_read_too_high_does_not_tell_how_far_lines_are_apart():
    """The lines of a paragraph are as far apart as most of them are."""
    bases = [100.0, 109.3, 118.6, 126.0, 137.2, 146.5, 155.8, 165.1]
    lines = [segment_of([PageWord("parola", 50, base - 9, 300, base, 1.0)]) for base in bases]
    assert leading_of(lines, 9.0) == pytest.approx(9.3)
