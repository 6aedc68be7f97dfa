"""Words in a neighbour's cell are told: each rule finds the torn row, and leaves a whole one alone."""

from __future__ import annotations

from typing import Any

import pytest

from pegextract.evaluation.score import CHILDREN
from pegextract.findings import Finding
from pegextract.layouts.profile import shipped_profiles
from pegextract.models import Indicator, ObjectiveSheet, Phase
from pegextract.neighbours import CODE, NEIGHBOUR_RULES, tables_hold_together

FIRENZE = next(profile for profile in shipped_profiles() if profile.form.name == "firenze")


def sheet(
    phases: list[dict[str, Any]] | None = None, indicators: list[dict[str, Any]] | None = None, **header: Any
) -> ObjectiveSheet:
    """A sheet with these rows, numbered."""
    return ObjectiveSheet(
        sheet_number=1,
        year=2019,
        year_source="code",
        confidence=1.0,
        phases=tuple(Phase(phase_number=n, **row) for n, row in enumerate(phases or [], 1)),
        indicators=tuple(Indicator(indicator_number=n, **row) for n, row in enumerate(indicators or [], 1)),
        **header,
    )


def told(one: ObjectiveSheet) -> set[tuple[str | None, int | None, str | None]]:
    """What the findings are about."""
    found = [finding for rule in NEIGHBOUR_RULES for finding in rule(one, FIRENZE)]
    assert {finding.code for finding in found} <= {CODE}
    return {(finding.table, finding.row_number, finding.field) for finding in found}


def descriptions(*texts: str) -> ObjectiveSheet:
    """A sheet with phases of these descriptions."""
    return sheet([{"description": text} for text in texts])


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Incontri nel rispetto del D.Lgs.", "50/2016 Affidamento dei lavori"),
        ("Adempimenti di cui alla deliberazione n.", "214/2016: prestazioni"),
        ("Valore medio (valori da molto scarso", "1-2-3-4-5 a ottimo)"),
        ("Monitoraggio degli interventi per i nidi e", "quelli comunali"),
        ("Monitoraggio degli interventi", "d'infanzia e i nidi comunali"),
        ("Affidamento dei lavori", "per il fabbisogno triennale"),
        ("Riordino del sistema", "Ricognizione degli accordi. realizzazione di una banca dati"),
        ("Avvio delle procedure", "A Pubblicazione dell'avviso"),
    ],
)
def test_a_phrase_that_two_rows_share_is_told_of_both(above, below):
    """A row that ends, or one that begins, in mid-phrase: words of one may stand in the other."""
    assert told(descriptions("Prima fase intera", above, below)) == {("phases", 2, None), ("phases", 3, None)}


@pytest.mark.parametrize(
    "texts",
    [
        ("Avvio delle procedure di gara.", "realizzazione di una banca dati"),
        ("Atti (determine, avvisi)", "a) primo avviso; b) secondo avviso"),
        ("Adempimenti ai sensi dell'art. 15", "15 incontri territoriali"),
        ("Nota 3)", "Firma (digitale)"),
        ("A regime il servizio", "Il servizio è attivo"),
    ],
)
def test_whole_rows_are_left_alone(texts):
    """Small letters, digits, lists and brackets at the edge of a row are no sign by themselves."""
    assert told(descriptions(*texts)) == set()


def test_rows_without_words_between_two_torn_ones_are_told_as_well():
    """What lies between belongs to the same rows."""
    rows = [{"description": "Valori (da 1"}, {"indicator_type": "RISULTATO"}, {"description": "a 5)"}]
    assert told(sheet(indicators=rows)) == {("indicators", n, None) for n in (1, 2, 3)}


def test_a_target_without_its_year_is_told_where_a_year_begins_the_next_row():
    """«entro il 15 Settembre» above «2019 Valore medio»; alone it is a date whose year is the sheet's."""
    late = {"description": "Avvio", "target_raw": "entro il 15 Settembre"}
    torn = sheet(indicators=[late, {"description": "2019 Valore medio"}])
    assert told(torn) == {("indicators", 1, None), ("indicators", 2, None)}
    assert told(sheet(indicators=[late, {"description": "Valore medio"}])) == set()


def test_people_in_prose_are_told():
    """A note with a responsible and a role, a description that is a name, a role with another person behind it."""
    rows = [
        {"description": "Avvio", "responsible_name": "VERNA MARCO", "responsible_role": "P.O. NIDI LENZI PIA"},
        {
            "description": "Esito",
            "responsible_name": "LENZI PIA",
            "notes": "Affido VERNA MARCO-P.O.CASA agli atti",
        },
        {"description": "RISORSE UMANE", "responsible_name": "LENZI PIA"},
        {"description": "Incontro con VERNA MARCO e altri", "responsible_name": "LENZI PIA"},
    ]
    assert told(sheet(rows)) == {("phases", n, None) for n in (1, 2, 3)}


def test_offices_in_roles_and_bare_heads_are_told():
    """A role with a word that its centre lacks or with the head of an office, SERVIZI alone, small letters."""
    service = "SERVIZIO PARCHI, GIARDINI ED AREE VERDI"
    rows = [
        {"responsible_role": "E.Q. FORMAZIONE AMMINISTRAT SIND.", "responsibility_centre": "AREA COORDINAMENTO"},
        {"responsibility_centre": "AREA COORDINAMENTO AMMINISTRATIVO"},
        {"responsible_role": "P.O. IGIENE PUBBL. SERVIZIO PARCHI, VIVIBIL.", "responsibility_centre": service},
        {"responsible_role": "P.O. VERDE SOCIALI SOCIALI", "responsibility_centre": service},
        {"responsibility_centre": "SERVIZI"},
        {"responsibility_centre": "In attesa SERVIZI regionale"},
        {"responsible_role": "P.O. SERVIZI SOCIALI", "responsibility_centre": service},
    ]
    assert told(sheet(rows, service=service)) == {("phases", n, None) for n in (1, 3, 4, 5, 6)}


def test_an_office_of_one_word_is_a_name_where_the_header_prints_it():
    """AVVOCATURA is a whole name, and the first word of others."""
    rows = [{"responsibility_centre": "AVVOCATURA"}]
    assert told(sheet(rows, service="AVVOCATURA")) == set()
    assert told(sheet(rows, service="SERVIZIO CASA")) == {("phases", 1, None)}


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ({"director": "ROSSI-BIANCHI", "manager": "MARIA GRAZIA FOTI ALESSIA"}, ("director", "manager")),
        ({"director": "DI STEFANO GIAN LUCA", "manager": "LUCA DI STEFANO GIAN LUCA"}, ("director", "manager")),
        ({"direction": "CORPO POLIZIA", "service": "MUNICIPALE CORPO POLIZIA MUNICIPALE"}, ("direction", "service")),
        ({"direction": "PATRIMONIO", "service": "IMMOBILIARE AVVOCATURA"}, ("direction", "service")),
        ({"direction": "AMBIENTE", "service": "DIREZIONE AMBIENTE"}, ()),
        ({"direction": "SERVIZI SOCIALI", "service": "SERVIZIO SOCIALE"}, ()),
        ({"director": "ROSSI MARIA", "manager": "ROSSI MARIA"}, ()),
    ],
)
def test_names_of_the_header_that_go_round_each_other_are_told(header, fields):
    """A cell that was cut gives one name too few words and its neighbour too many: both are told."""
    assert told(sheet(**header)) == {("objectives", None, field) for field in fields}


def findings_of(*texts: str) -> list[Finding]:
    """What is told of a sheet with phases of these descriptions."""
    return [finding for rule in NEIGHBOUR_RULES for finding in rule(descriptions(*texts), FIRENZE)]


WHOLE = ("Avvio della gara", "Chiusura della gara")
TORN = ("Avvio della gara", "d'appalto dei lavori", "Chiusura della gara")


@pytest.mark.parametrize(
    ("sheets", "doubted"),
    [
        ([WHOLE, WHOLE], set()),
        ([TORN, WHOLE], {0}),
        ([TORN, TORN, WHOLE], {0, 1, 2}),
        ([TORN, TORN, *[WHOLE] * 10], {0, 1}),
    ],
    ids=["none", "one", "many of few", "few of many"],
)
def test_torn_rows_in_several_places_doubt_the_rest(sheets, doubted):
    """A sheet with two torn rows is doubted as a whole, a document with many such sheets all over."""
    found = list(tables_hold_together([findings_of(*texts) for texts in sheets]))
    assert {index for index, _ in found} == doubted
    assert {one.code for _, one in found} <= {"converter_unreliable"}
    assert {one.table for _, one in found} in (set(), {"objectives", *CHILDREN})


def test_the_beginning_of_a_classification_in_the_title_is_told():
    """Its cell wrapped, and the first line went to the title above: what is left is no term of the form."""
    term = next(term for term in FIRENZE.vocabulary.classification if len(term.split()) > 3)
    head, rest = " ".join(term.split()[:2]), " ".join(term.split()[2:])
    torn = sheet(title=f"Nuovi parchi {head}", classification=rest)
    assert ("objectives", None, "title") in told(torn)
    assert ("objectives", None, "title") not in told(sheet(title=f"Nuovi parchi {head}", classification=term))


def test_the_dates_of_another_phase_in_a_note_are_told():
    """A row that went into the note above it is missing: its phase and the whole table are doubted."""
    note = "FASE Avvio delle procedure 01/09/2019 30/11/2019 20,00 ROSSI MARIA"
    assert told(sheet([{"description": "Prima fase", "notes": note}])) >= {("phases", 1, None), ("phases", None, None)}
    assert told(sheet([{"description": "Prima fase", "notes": "Dal 01/09/2019 al 30/11/2019"}])) == set()


def test_a_label_left_in_a_value_of_the_header_is_told():
    """Both the field that holds it and the field that lacks its value."""
    merged = sheet(direction="Servizio SERVIZI SOCIALI SERVIZIO SOCIALE", director="ROSSI MARIA", manager="ROSSI ANNA")
    assert told(merged) == {("objectives", None, "direction"), ("objectives", None, "service")}
    assert told(sheet(direction="SERVIZI SOCIALI", service="Servizio SERVIZIO SOCIALE")) == set()
