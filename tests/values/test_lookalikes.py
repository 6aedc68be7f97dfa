"""Letters that OCR takes for others: levelled for reading, names mended by the document's own majority."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegextract.values.lookalikes import (
    Lexicon,
    compare_spellings,
    level,
    level_capitals,
    one_letter_off,
    person_skeleton,
)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("FAM|GLlA", "FAMIGLIA"),
        ("PR0GETTO", "PROGETTO"),
        ("SERVIZ| SOCIALI", "SERVIZI SOCIALI"),
        ("PIANO Dl GESTIONE", "PIANO DI GESTIONE"),
        ("CONCORS1 E SELEZIONI", "CONCORSI E SELEZIONI"),
        ("Tito1o", "Titolo"),
        ("Co|legato a", "Collegato a"),
        ("ReaIizzazione", "Realizzazione"),
    ],
)
def test_look_alikes_inside_a_word_are_levelled(printed: str, read: str) -> None:
    """The other letters of a word tell what a digit or a bar among them is."""
    assert level(printed) == read


@pytest.mark.parametrize(
    "text",
    [
        "2021_ZN08",
        "COVID-19",
        "Il Dirigente",
        "Al 30/06",
        "D.L. 10",
        "PM10",
        "A1",
        "CO2",
        "a | b",
        "| progetti",
        "5.2.11",
        "I'inclusione",
        "H2O",
    ],
)
def test_codes_numbers_and_lone_bars_stay(text: str) -> None:
    """What may be meant as it is printed is not touched."""
    assert level(text) == text


@given(st.text())
def test_levelling_keeps_every_place(text: str) -> None:
    """A span of the levelled text is the same span of the printed one, and levelling twice changes nothing more."""
    assert len(level(text)) == len(text)
    assert level_capitals(level_capitals(text)) == level_capitals(text)


def test_a_name_is_mended_by_the_one_printed_more_often() -> None:
    """Accents, apostrophes and rn for m are what OCR confuses; the majority of the document wins."""
    spellings = compare_spellings(["FOTI JOSÉ", "FOTI JOSE", "FOTI JOSÉ", "CARNEVALI NICCOLO'", "CARNEVALI NICCOLO"])
    assert spellings.mended == {"FOTI JOSE": "FOTI JOSÉ"}
    assert spellings.near == {}


def test_two_people_are_never_merged() -> None:
    """ROSSI MARIA and ROSSI MARIO stay two names: the rarer one is doubted, not changed."""
    spellings = compare_spellings(["ROSSI MARIA", "ROSSI MARIA", "ROSSI MARIO"])
    assert spellings.mended == {}
    assert spellings.near == {"ROSSI MARIO": ("ROSSI MARIA",)}


def test_an_apostrophe_tells_families_apart() -> None:
    """D'AMICO and DAMICO are two people, each told from the other; the accent's apostrophe is typing."""
    names = ["D'AMICO LUCIA", "D'AMICO LUCIA", "DAMICO LUCIA", "NICCOLAI NOÈ", "NICCOLAI NOÈ", "NICCOLAI NOE'"]
    spellings = compare_spellings(names, person_skeleton)
    assert spellings.mended == {"NICCOLAI NOE'": "NICCOLAI NOÈ"}
    assert spellings.near == {"DAMICO LUCIA": ("D'AMICO LUCIA",)}


def test_a_name_cut_by_the_form_is_not_doubted() -> None:
    """A cut is no misspelling: `SERVIZIO SOCIALE AMMINISTRATIV` goes on elsewhere."""
    cut, whole = "SERVIZIO SOCIALE AMMINISTRATIV", "SERVIZIO SOCIALE AMMINISTRATIVO"
    assert compare_spellings([cut, whole, whole]).near == {}


def test_names_on_a_scan_that_stand_equally_often_are_near_each_other():
    """Nothing tells which of two is damaged: each warns of the other, accents and look-alikes included."""
    names = ["MACHEROZZI NOÈ", "MACHEROZZI NOE"]
    assert compare_spellings(names).near == {}
    assert compare_spellings(names, ties=True).near == {names[0]: (names[1],), names[1]: (names[0],)}


def test_a_mark_behind_a_name_on_a_scan_is_a_speck() -> None:
    """The name without it is the printed one, though both stand equally often."""
    spellings = compare_spellings(["URBANA", "URBANA,"], lambda name: name.rstrip(","), ties=True)
    assert spellings.mended == {"URBANA,": "URBANA"}
    assert compare_spellings(["URBANA", "URBANA,"], lambda name: name.rstrip(",")).mended == {}


@pytest.mark.parametrize(
    ("doubtful", "sure", "settled"),
    [
        ("VIVIBILLURBANA E VERDE", "VIVIBIL.URBANA E VERDE", True),
        ("IMPIANTI.TERMICI", "IMPIANTI TERMICI", True),
        ("SERVIZIO AREA A", "SERVIZIO AREA B", False),
        ("QUARTIERE 1 SOCIALE", "QUARTIERE 2 SOCIALE", False),
        ("SERVIZI SOCIALI I", "SERVIZI SOCIALI E", False),
    ],
)
def test_the_surer_reading_of_a_long_word_settles_a_name(doubtful: str, sure: str, settled: bool) -> None:
    """Of two that stand equally often; a letter alone, a digit or a short word may be what tells two offices apart."""
    names = [doubtful, sure]
    spellings = compare_spellings(names, ties=True, sureness={doubtful: 0.85, sure: 0.99})
    assert spellings.surer == ({doubtful: sure} if settled else {})
    assert set(spellings.near) == set(names)  # both are told all the same
    assert compare_spellings(names, ties=True, sureness={doubtful: 0.98, sure: 0.99}).surer == {}


@pytest.mark.parametrize(("text", "term"), [("RISULTAT0", None), ("RISULTTO", "RISULTATO"), ("RESA", None)])
def test_one_letter_off_names_the_only_term_so_near(text: str, term: str | None) -> None:
    """Look-alikes are not counted: they are repaired before; a word further away is none of the terms."""
    assert one_letter_off(text, ["RISULTATO", "PERFORMANCE"]) == term


def test_one_letter_off_refuses_between_two_terms() -> None:
    """Where two terms are as near, neither is named."""
    assert one_letter_off("AVVIIO", ["AVVIO", "AVVISO"]) is None


def test_words_are_damaged_by_what_the_document_prints_elsewhere() -> None:
    """`qualita` where the document prints `qualità`, `dornande` beside `domande`; clean words are not named."""
    lexicon = Lexicon("la qualità e le domande di qualità, domande; domande in giomi; non più di 5")
    assert lexicon.damaged("la qualita di dornande e domande") == [("qualita", "qualità"), ("dornande", "domande")]
    assert lexicon.damaged("piu di 5", short=True) == [("piu", "più")]
    assert lexicon.damaged("le domande di qualità") == []


@pytest.mark.parametrize("text", ["de|la citta", "ne € parte", "dei 'autonomia", "| destinatari"])
def test_signs_of_damage_need_no_second_printing(text: str) -> None:
    """A bar in a word or alone, a sign in place of an accent, an article that lost its l."""
    assert Lexicon("").damaged(text)


def test_a_word_that_exists_only_with_its_accent_is_damaged_without_it() -> None:
    """`piu` is no Italian word, whatever else the document prints."""
    assert Lexicon("").damaged("non piu di 5", short=True) == [("piu", "più")]


@pytest.mark.parametrize(
    ("printed", "levelled"),
    [
        ("FAM|GLIA\n2021_ZN08 | nidi", "FAMIGLIA\n2021_ZN08 I nidi"),
        ("FAM|GLIA\n| nidi d'infanzia", "FAMIGLIA\nI nidi d'infanzia"),
        ("FAM|GLIA\na | nidi | b", "FAMIGLIA\na | nidi | b"),
        ("FAM|GLIA\nResponsabile | rossi\nPeso | dieci", "FAMIGLIA\nResponsabile | rossi\nPeso | dieci"),
        ("FAM|GLIA\n2021_ZN08 | nidi\n2021_ZN09 | La casa", "FAMIGLIA\n2021_ZN08 | nidi\n2021_ZN09 | La casa"),
        ("2021_ZN08 | nidi", "2021_ZN08 | nidi"),
    ],
    ids=["behind a code", "begins its line", "between bars", "two columns", "border of other rows", "no damage"],
)
def test_a_lone_bar_is_an_article_only_where_it_can_be_no_border(printed, levelled):
    """Before small letters, at the beginning of a line or behind its code, it is `I` in a damaged text."""
    assert level(printed) == levelled
