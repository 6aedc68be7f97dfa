"""What is made of two readings of one word. None of this needs tesseract."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("cv2", reason="the extra ocr is not installed")

import reportlab
from PIL import Image, ImageDraw, ImageFont

from pegextract.readers.ocr.boxes import Type, level_parts
from pegextract.readers.ocr.look import looked_at_twice, with_codes
from pegextract.readers.ocr.picture import Picture
from pegextract.readers.ocr.recogniser import Strip
from pegextract.readers.ocr.residue import bar_as_letter, is_residue, without_marks_of_rules
from pegextract.readers.ocr.settle import DOUBTED, as_code, settled, well_formed
from pegextract.readers.ocr.slashes import with_slash
from pegextract.readers.pages import PageWord, Rule


def word(text: str, x0: float = 100, x1: float = 150, confidence: float = 0.9) -> PageWord:
    """A word of ordinary height."""
    return PageWord(text, x0, 100, x1, 108, confidence)


def test_agreement_makes_surer():
    """Two readers of different kinds hardly err alike."""
    assert settled("30/06/2021", 0.8, "30/06/2021", 0.9).confidence == pytest.approx(0.98)


@pytest.mark.parametrize(
    ("first", "other", "text"),
    [
        ("31/04/2021", "31/01/2021", "31/01/2021"),  # April has thirty days
        ("2021_ZNO8", "2021_ZN08", "2021_ZN08"),
        ("1O,00", "10,00", "10,00"),
        ("75%", "7S%", "75%"),
    ],
)
def test_the_grammar_decides_where_it_admits_one_reading(first, other, text):
    """A date of the calendar, a code, a number against what is none; no doubt is left."""
    assert settled(first, 0.9, other, 0.9)[::2] == (text, None)
    assert settled(other, 0.9, first, 0.9)[::2] == (text, None)


@pytest.mark.parametrize(
    ("first", "other", "text"),
    [
        ("|15,00", "15,00", "15,00"),
        ("{+34%", "(+34%", "(+34%"),
        ("‘approvazione", "approvazione", "approvazione"),
        ("P.O.", "P.0.", "P.O."),
        ("COVID-19", "COViD-19", "COVID-19"),
        ("attivita", "attività", "attività"),
        ("RISULTATO", "RisuLTATO", "RISULTATO"),
        ("CORSINI", "CORSÌNI", "CORSINI"),  # Italian has accents at the ends of words
        ("NOE", "NOÈ", "NOÈ"),
        ("MUNOZ", "MUÑOZ", "MUÑOZ"),
    ],
)
def test_marks_accents_and_look_alikes_are_no_disagreement(first, other, text):
    """The word that is written as words are is taken; nothing is doubted."""
    assert settled(first, 0.9, other, 0.9)[::2] == (text, None)


def test_a_mark_that_the_less_sure_reader_alone_has_is_a_speck():
    """An apostrophe or a full stop behind a word that tesseract is surer of."""
    assert settled("SERVIZI", 0.96, "SERVIZI'", 0.93)[::2] == ("SERVIZI", None)
    assert settled("relazione", 0.9, "relazione.", 0.99)[::2] == ("relazione.", None)
    assert settled("P.O", 0.5, "P.O.", 0.99)[::2] == ("P.O.", None)


@pytest.mark.parametrize(("first", "other"), [("15,00", "45,00"), ("30/06/2021", "30/08/2021"), ("1099", "10 gg")])
def test_two_readings_that_both_may_be_are_both_kept(first, other):
    """The surer one is taken, the other one stands beside it, and neither is sure any more."""
    for sure, unsure in ((first, other), (other, first)):
        read = settled(sure, 0.95, unsure, 0.9)
        assert read.text == sure
        assert read.second == unsure
        assert read.confidence <= DOUBTED


@pytest.mark.parametrize(("first", "other"), [("=3", "≥3"), (">80", "≥ 80"), ("<10", "≤10")])
def test_a_sign_that_tesseract_has_not_is_the_second_readers(first, other):
    """Tesseract's Italian knows no ≥ and no ≤; with another number behind the sign both readings are kept."""
    assert settled(first, 0.95, other, 0.9)[::2] == (other, None)
    assert settled(first, 0.95, f"{other[0]}7", 0.9).second is not None


def test_a_slash_is_not_taken_for_a_1():
    """What one reader has for a slash the other one has for a 1: the slash is printed."""
    assert settled("717", 0.95, "7/7", 0.9)[::2] == ("7/7", None)


@pytest.mark.parametrize(("printed", "read"), [("7/7", "717"), ("12/14", "12114"), ("717", "717"), ("2011", "2011")])
def test_a_1_that_leans_is_a_slash(printed, read):
    """The form of the ink decides where the model reads a 1."""
    font = ImageFont.truetype(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf", 30)
    strip = Image.new("L", (150, 40), 250)
    ImageDraw.Draw(strip).text((10, 32), printed, 20, font, anchor="ls")
    assert with_slash(read, np.asarray(strip)) == printed
    assert with_slash(f"{read}1", np.asarray(strip)) == f"{read}1"  # more letters than there are


@pytest.mark.parametrize(
    ("first", "other", "gap", "read"),
    [
        ("<39", "<39", 4, ["<", "39"]),
        ("<39", "<39", 1, ["<39"]),
        ("n.11", "n.11", 4, ["n.", "11"]),
        ("=3", "≥3", 4, ["≥", "3"]),
        ("", "≥3", 4, ["≥", "3"]),
    ],
)
def test_the_paper_shows_the_blank_behind_a_sign(first, other, gap, read):
    """Where both readers have none, the white between the sign and its number decides. gap: of white, in points."""
    pixels = np.full((300, 300), 255, np.uint8)
    for left, right in ((100, 104), (104 + gap, 108 + gap), (109 + gap, 113 + gap)):
        pixels[101:107, left:right] = 0
    sign = word(first, 100, 113 + gap, confidence=0.6)
    seen = looked_at_twice([sign], Picture(pixels, 72.0), (), SimpleNamespace(read=lambda _: Strip(other, 0.95)))
    assert [word.text for word in seen] == read


@pytest.mark.parametrize(
    "text", ["30/06/2021", "2021_ZN08", "10,00", "1.234,56", "75%", ">=80", "2/4", "5.2.11", "10 gg"]
)
def test_what_a_form_prints_is_well_formed(text):
    """Dates, codes, numbers, percentages, ratios, numbers with units."""
    assert well_formed(text)


@pytest.mark.parametrize("text", ["31/04/2021", "1O,00", "abc", "", "2021_ZNO8", "1,2,3", "--"])
def test_what_no_form_prints_is_not(text):
    """Days that are not in the calendar, letters among digits."""
    assert not well_formed(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2021 ZN08", "2021_ZN08"),
        ("2021 _ZN08", "2021_ZN08"),
        ("2023 01 IS OB_STR_06", "2023_01_IS_OB_STR_06"),
        ("2023 IND STRATEG 08", "2023_IND_STRATEG_08"),
        ("2021 0515 OB_STR_05", "2021_0515_OB_STR_05"),  # 15 is IS: the field's own grammar reads it so
        ("dal 2021 al 2023", None),
        ("nel 2021", None),
    ],
)
def test_a_code_gets_its_underscores_back(text, code):
    """A thin line below the letters is the first thing that a scan loses; prose with years is no code."""
    assert as_code(text) == code


def test_the_parts_of_a_code_become_one_word_and_what_was_read_stays_beside_it():
    """The repair is seen by whoever reads the words."""
    words = with_codes([word("2021", 100, 120), word("ZN08", 123, 145), word("Musei", 150, 180)])
    assert [w.text for w in words] == ["2021_ZN08", "Musei"]
    assert words[0].second == "2021 ZN08"
    assert words[0].x1 == 145


LINE = Rule(99, 50, 100, 200)


def test_a_ruling_line_is_no_letter():
    """A bar on a line is dropped, a mark that the line left before a word is taken off, an I elsewhere stays."""
    assert is_residue(word("|", 99, 100), [LINE])
    assert is_residue(word("I", 99.2, 100.1), [LINE])
    assert not is_residue(word("I", 120, 122), [LINE])
    assert without_marks_of_rules(word("[30/06/2021", 99.5, 140), [LINE]).text == "30/06/2021"
    assert without_marks_of_rules(word("(circa", 120, 140), [LINE]).text == "(circa"


def test_a_ruling_line_parts_words_though_the_box_of_one_reaches_over_it():
    """They are read again each by itself."""
    pixels = np.full((300, 300), 255, np.uint8)
    pixels[101:107, 100:140] = pixels[101:107, 150:190] = 0
    asked = []
    reader = SimpleNamespace(read=lambda strip: asked.append(strip.shape[1]) or Strip("parola", 0.95))
    line = [word("parola", 100, 140, confidence=0.5), word("parola", 144, 190, confidence=0.5)]
    looked_at_twice(line, Picture(pixels, 72.0), [Rule(147, 50, 148, 150)], reader)
    assert len(asked) == 2


def test_a_strip_that_runs_together_what_white_parts_is_not_taken():
    """The second reader was shown two lines at once; its reading stays beside tesseract's, and both are doubted."""
    pixels = np.full((300, 300), 255, np.uint8)
    pixels[103:106, 100:140] = pixels[103:106, 145:185] = 0
    line = [word("Dirigente", 100, 140, confidence=0.5), word("ALESSIA", 145, 185, confidence=0.5)]
    reader = SimpleNamespace(read=lambda _: Strip("DirigenteFLESSIN", 0.83))
    seen = looked_at_twice(line, Picture(pixels, 72.0), (), reader)
    assert [(word.text, word.second) for word in seen] == [("Dirigente", "DirigenteFLESSIN"), ("ALESSIA", "")]
    assert all(word.confidence <= DOUBTED for word in seen)


def test_words_of_one_line_that_are_not_level_are_two_lines():
    """A label in the middle of its row stands between two lines of the value; the tail of a J is no other line."""
    label = PageWord("Dirigente", 100, 101.4, 140, 108.8, 0.9)
    below = PageWord("GIUSEPPINA", 145, 105.0, 190, 111.2, 0.9)
    usual = Type(8.0)
    assert list(level_parts([label, below], usual)) == [[label], [below]]
    name = PageWord("JOSE", 145, 101.4, 170, 107.3, 0.9)
    assert list(level_parts([label, name], usual)) == [[label, name]]


def test_a_bar_apart_from_ruling_lines_is_an_i():
    """Tesseract reads the first letter of `I servizi` as a bar; one at a line, or as long as a line, stays a bar."""
    assert bar_as_letter(word("|", 110, 111), [LINE]).text == "I"
    assert bar_as_letter(word("|", 100.5, 101), [LINE]).text == "|"
    assert bar_as_letter(word("|", 110, 111)._replace(bottom=140), []).text == "|"


def test_a_letter_as_wide_as_a_line_is_residue():
    """A box around an I and a length of ruling line."""
    assert is_residue(word("I", 100, 190), [])
    assert not is_residue(word("INTERDIREZIONALE", 100, 190), [])
