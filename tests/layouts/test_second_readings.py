"""Values that two readers of a scan read differently: grammar and arithmetic choose, or both readings are told."""

from dataclasses import replace

import pytest

from pegextract.document import Document, Recognised, Word, Words
from pegextract.layouts.draft import Draft, Printed, printed
from pegextract.layouts.profile import shipped_profiles
from pegextract.second_readings import chosen, sureness, weights_that_sum_to_100
from pegextract.validation import validate
from pegextract.values.dates import parse_date
from pegextract.values.reading import Reading

SCAN = Recognised("tesseract", "ita", frozenset({1}))
PROFILE = next(profile for profile in shipped_profiles() if profile.form.name == "firenze")


def scan(*words: tuple[str, str | None, float]) -> Document:
    """A scanned page that prints these words: (text, second reading, confidence)."""
    text = " ".join(word for word, _, _ in words)
    at, placed = 0, []
    for word, second, confidence in words:
        placed.append(Word(at, at + len(word), 1, at, 0, at + len(word), 8, confidence, second))
        at += len(word) + 1
    return Document(text, (), "ocr", 1, Words(placed), recognised=SCAN)


def value(document: Document, number: int = 0, count: int = 1) -> Printed:
    """What some words of the page print."""
    words = document.words[number : number + count]
    return printed(document.text, [(words[0].start, words[-1].end)])


def test_the_reading_that_is_no_date_loses():
    """Whichever reader had it."""
    for first, second in (("31/O4/2O21", "31/01/2021"), ("31/01/2021", "31/04/2021")):
        choice = chosen(document := scan((first, second, 0.6)), value(document), parse_date)
        assert choice.printed.text == "31/01/2021"
        assert choice.other is None


def test_two_dates_are_both_told_unless_one_is_of_the_sheets_year():
    """What is true of nearly every date of a sheet decides."""
    document = scan(("30/06/2021", "30/08/2021", 0.6))
    assert chosen(document, value(document), parse_date).other == "30/08/2021"
    document = scan(("30/06/2027", "30/06/2021", 0.6))
    choice = chosen(document, value(document), parse_date, lambda day: day.year == 2021)
    assert (choice.printed.text, choice.printed.method, choice.other) == ("30/06/2021", "repaired", None)


def test_a_second_reading_of_several_words_takes_the_place_of_all():
    """The first of them holds it, the others hold nothing."""
    document = scan(("10", "10gg", 0.6), ("99", "", 0.6), ("oltre", None, 0.9))
    choice = chosen(document, value(document, 0, 3), lambda text: Reading(text, "any"))
    assert choice.other == "10gg oltre"


def weights(document: Document) -> list[str]:
    """The weights that the rows of the page's words have in the end."""
    rows = [{"weight": value(document, n)} for n in range(len(document.words))]
    return [row["weight"].text for row in weights_that_sum_to_100(document, rows)]


def test_weights_sum_to_100():
    """The one choice of readings that does is taken; where none or several do, nothing is chosen."""
    assert weights(scan(("15,00", "45,00", 0.6), ("55,00", None, 0.9))) == ["45,00", "55,00"]
    assert weights(scan(("15,00", "75,00", 0.6), ("55,00", None, 0.9))) == ["15,00", "55,00"]
    assert weights(scan(("40,00", "60,00", 0.6), ("40,00", "60,00", 0.6))) == ["40,00", "40,00"]


def test_a_short_value_is_as_sure_as_its_least_sure_word():
    """A long text is as sure as its words on average; what was not read off a picture is sure."""
    document = scan(("30/06/2021", None, 0.5), *[("parola", None, 1.0)] * 9)
    assert sureness(document, value(document)) == 0.5
    assert sureness(document, value(document, 0, 10)) == pytest.approx(0.95)
    assert sureness(replace(document, recognised=None), value(document)) == 1.0


def validated(document: Document, **fields: int):
    """The record of a page whose words are these fields of a phase, in this order."""
    row = {name: value(document, number) for name, number in fields.items()}
    draft = Draft((0, len(document.text)), 1, 1, phases=[row])
    return validate(document, PROFILE, draft, 1, year=2021)


def test_a_value_with_two_meanings_is_a_warning_with_both_and_little_confidence():
    """Nothing that is doubtful goes silently into the tables."""
    sheet = validated(scan(("30/06/2021", "30/08/2021", 0.6), ("31/12/2021", None, 0.99)), start_date=0, end_date=1)
    told = [f for f in sheet.findings if f.code == "readings_differ"]
    assert [(f.table, f.row_number, f.field) for f in told] == [("phases", 1, "start_date")]
    assert "30/06/2021" in told[0].message
    assert "30/08/2021" in told[0].message
    sure = {e.field: e.confidence for e in sheet.evidence}
    assert sure["start_date"] <= 0.6 < sure["end_date"]


def test_the_reading_that_needs_no_repair_is_taken_and_the_other_one_told():
    """An O for a 0 is damage that the other reader did not see."""
    sheet = validated(scan(("O1/02/2021", "07/02/2021", 0.6)), start_date=0)
    assert str(sheet.record.phases[0].start_date) == "2021-02-07"
    told = next(f for f in sheet.findings if f.code == "readings_differ")
    assert "O1/02/2021" in told.message
    assert next(e for e in sheet.evidence if e.field == "start_date").method == "repaired"


def test_a_word_of_which_nobody_was_sure_is_a_warning():
    """Even without a second reading."""
    sheet = validated(scan(("30/06/2021", None, 0.3)), start_date=0)
    assert "reading_unsure" in {f.code for f in sheet.findings}


@pytest.mark.parametrize(("given", "warned"), [("NOE", True), ("NOÈ", False), ("ANNA", False)])
def test_a_given_name_without_its_accent_is_a_warning(given, warned):
    """A scan loses the accent that touches a ruling line; in a text the name stands as it was typed."""
    page = scan(("SANTI", None, 0.99), (given, None, 0.99))
    for document, expected in ((page, warned), (replace(page, recognised=None), False)):
        draft = Draft((0, len(page.text)), 1, 1, phases=[{"responsible": value(document, 0, 2)}])
        told = {finding.code for finding in validate(document, PROFILE, draft, 1, year=2021).findings}
        assert ("accent_may_be_lost" in told) is expected
