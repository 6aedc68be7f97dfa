"""Units: one name for its abbreviations, and cut names completed only where one candidate fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegextract.values.organisations import complete_cut, parse_unit, unit_kind
from pegextract.values.reading import Reading, Refusal

ABBREVIATIONS = {"DIREZ.": "DIREZIONE", "SERV.": "SERVIZIO", "AMM.": "AMMINISTRATIVO"}
WHOLE, OTHER = "SERVIZIO SOCIALE AMMINISTRATIVO", "SERVIZIO SOCIALE PROFESSIONALE"


@pytest.mark.parametrize(
    ("printed", "name", "rule", "method"),
    [
        ("DIREZIONE SERVIZI SOCIALI", "DIREZIONE SERVIZI SOCIALI", "unit_as_printed", "printed"),
        ("DIREZ.SERVIZI SOCIALI", "DIREZIONE SERVIZI SOCIALI", "unit_abbreviation", "repaired"),
        ("DIREZ. SERVIZI  SOCIALI", "DIREZIONE SERVIZI SOCIALI", "unit_abbreviation", "repaired"),
        ("Direz SERVIZI SOCIALI", "DIREZIONE SERVIZI SOCIALI", "unit_abbreviation", "repaired"),
        ("DIREZ.SERVIZ| SOCIALI", "DIREZIONE SERVIZI SOCIALI", "ocr_bar_in_capitals+unit_abbreviation", "repaired"),
        ("SERV. AMM. CASA", "SERVIZIO AMMINISTRATIVO CASA", "unit_abbreviation", "repaired"),
        ("AFF.GEN.SERV.SOCIALI", "AFF. GEN. SERV. SOCIALI", "unit_as_printed", "printed"),
        ("S.A.T. CASA", "S.A.T. CASA", "unit_as_printed", "printed"),
        ("", "", "unit_as_printed", "printed"),
    ],
)
def test_units_have_one_name(printed: str, name: str, rule: str, method: str) -> None:
    """Abbreviations of heads are written out at the start only, others anywhere; initials stay together."""
    assert parse_unit(printed, ABBREVIATIONS) == Reading(name, rule, method)


def test_a_cut_name_is_completed_by_the_one_that_fits() -> None:
    """A name of the form's width that begins one candidate becomes that candidate."""
    assert complete_cut("SERVIZIO SOCIALE AMMINISTRATIV", [WHOLE, OTHER, WHOLE]) == Reading(
        WHOLE, "unit_completed_from_header", "inferred"
    )


def test_a_cut_name_is_completed_though_a_full_stop_of_it_was_lost() -> None:
    """No office turns on the stops of an abbreviation."""
    whole = "SERVIZIO CASA P.E.B.A. E SICUREZZA SUI LUOGHI DI LAVORO"
    read = complete_cut("SERVIZIO CASA P.E.B.A E SICUR", [whole, OTHER])
    assert isinstance(read, Reading)
    assert read.value == whole


def test_a_cut_name_that_two_fit_is_refused() -> None:
    """Two candidates are both named and none is chosen."""
    read = complete_cut("SERVIZIO SOCIALE AMMINISTRATIV", [WHOLE, "SERVIZIO SOCIALE AMMINISTRATIVE"])
    assert isinstance(read, Refusal)
    assert read.code == "ambiguous_name"
    assert WHOLE in read.message


@pytest.mark.parametrize(
    "printed", [OTHER, "SERVIZIO SOCIALE", "", "SERVIZIO EDUCATIVO AMMINISTRAT", WHOLE, "S" * 10**6]
)
def test_what_is_not_cut_is_left(printed: str) -> None:
    """A whole name, a short name and a beginning of nothing known are no cut names."""
    assert complete_cut(printed, [WHOLE, OTHER]) is None


def test_a_whole_word_short_of_the_width_is_no_cut() -> None:
    """28 characters that end a word are a name of their own: the form would have printed two more."""
    assert complete_cut("SERVIZIO GESTIONE PATRIMONIO", ["SERVIZIO GESTIONE PATRIMONIO ABITATIVO"]) is None
    assert complete_cut("SERVIZIO GESTIONE PATRIMONI AB", ["SERVIZIO GESTIONE PATRIMONI AB OVO"]) is not None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        (WHOLE, "servizio"),
        ("DIREZ.SERVIZI SOCIALI", "direzione"),
        ("Area Tecnica", "area"),
        ("SERVIZI SOCIALI", "other"),
        ("", "other"),
    ],
)
def test_the_kind_of_a_unit_is_its_first_word(name: str, kind: str) -> None:
    """Direction, service and area say so themselves."""
    assert unit_kind(name) == kind


@given(st.text())
def test_no_text_breaks_the_parsers(text: str) -> None:
    """Any text gives a name, a refusal or none."""
    assert isinstance(parse_unit(text, ABBREVIATIONS), Reading)
    assert complete_cut(text, [WHOLE, text]) is None or isinstance(complete_cut(text, [WHOLE, text]), Reading | Refusal)
    assert unit_kind(text) in ("direzione", "servizio", "area", "other")
