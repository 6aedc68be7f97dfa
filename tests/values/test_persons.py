"""Responsibles: where the name ends and the role begins, and what is no person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegextract.values.persons import Responsible, looks_like_person, parse_responsible
from pegextract.values.reading import Reading, Refusal

MARKED = [
    ("ROSSI-BIANCHI NICCOLO'| - P.O. RETI", "ROSSI-BIANCHI NICCOLO'", "P.O. RETI"),
    ("LO PRESTI ANNA —- P.O. RETI", "LO PRESTI ANNA", "P.O. RETI"),
    ("D'ANDREA VINCENZO = P.O. ADULTI", "D'ANDREA VINCENZO", "P.O. ADULTI"),
    ("FORASTIERO MARIO - P.O. IGIENE URBANA +", "FORASTIERO MARIO", "P.O. IGIENE URBANA"),
]


@pytest.mark.parametrize(("printed", "name", "role"), MARKED)
def test_marks_that_end_no_name_are_dropped(printed: str, name: str, role: str) -> None:
    """Specks and ruling lines behind a name or a role; the value is marked as repaired."""
    read = parse_responsible(printed)
    assert isinstance(read, Reading)
    assert (read.value.name, read.value.role, read.method) == (name, role, "repaired")


@pytest.mark.parametrize(
    ("printed", "name", "role"),
    [
        ("BONANNI GIUSEPPINA - P.O. STRANIERI E IMMIGRAZIONE", "BONANNI GIUSEPPINA", "P.O. STRANIERI E IMMIGRAZIONE"),
        ("MACHEROZZI MANUELA-P.O.ADULTI FAMIG. INCL SOCIALE", "MACHEROZZI MANUELA", "P.O. ADULTI FAMIG. INCL SOCIALE"),
        ("CONTE ALESSIA - P.O.OSSERV.SOC. E SIST.INFORMATIVO", "CONTE ALESSIA", "P.O. OSSERV.SOC. E SIST.INFORMATIVO"),
        ("ROSSI MARIA-E.Q.SERVIZI", "ROSSI MARIA", "E.Q. SERVIZI"),
        ("ROSSI MARIA – P. O. CASA", "ROSSI MARIA", "P.O. CASA"),
        ("ROSSI MARIA (P.O. CASA)", "ROSSI MARIA", "P.O. CASA"),
        ("ROSSI MARIA P.O. CASA", "ROSSI MARIA", "P.O. CASA"),
        ("ROSSI MARIA - P.0. CASA", "ROSSI MARIA", "P.O. CASA"),
        ("FORASTIERO PIER-LUIGI-P:O. NIDI", "FORASTIERO PIER-LUIGI", "P.O. NIDI"),
        ("TALANI GIAN LUCA.", "TALANI GIAN LUCA", None),
        (". TALANI ANNA", "TALANI ANNA", None),
        ("ROSSI MARIA - P.O CASA", "ROSSI MARIA", "P.O. CASA"),
        ("ROSSI MARIA- PO CASA", "ROSSI MARIA", "PO CASA"),
        ("ROSSI MARIA - Segretario Generale", "ROSSI MARIA", "Segretario Generale"),
        ("ROSSI MARIA, Dirigente", "ROSSI MARIA", "Dirigente"),
        ("Dirigente: ROSSI MARIA", "ROSSI MARIA", "Dirigente"),
        ("ROSSI MARIA - SERVIZI SOCIALI", "ROSSI MARIA", "SERVIZI SOCIALI"),
        ("DEL MORO SANDRA", "DEL MORO SANDRA", None),
        ("D'ANGELO ANNA", "D'ANGELO ANNA", None),
        ("ROSSI-BIANCHI MARIA", "ROSSI-BIANCHI MARIA", None),
        ("ROSSI - BIANCHI MARIA", "ROSSI - BIANCHI MARIA", None),
        ("ROSSI-PO MARIA", "ROSSI-PO MARIA", None),
        ("ROSSI-BIANCHI MARIA-P.O.CASA", "ROSSI-BIANCHI MARIA", "P.O. CASA"),
        ("CAPOBIANCO ANNA", "CAPOBIANCO ANNA", None),
        ("INGRAO PIETRO", "INGRAO PIETRO", None),
        ("Dott.ssa Rossi Maria", "Rossi Maria", None),
        ("ING. ROSSI MARIA", "ROSSI MARIA", None),
        ("CAVALLERI VINCENZ0", "CAVALLERI VINCENZO", None),
        ("L|CITRA ALESSANDRO", "LICITRA ALESSANDRO", None),
    ],
)
def test_names_and_roles(printed: str, name: str, role: str | None) -> None:
    """The name stays as printed, the role gets its one mark, and a double surname is not torn apart."""
    read = parse_responsible(printed)
    assert isinstance(read, Reading)
    assert read.value == Responsible(name, role)


@pytest.mark.parametrize(
    "printed", ["ROSSI MARIA, BIANCHI PAOLO", "ROSSI MARIA / BIANCHI", "ROSSI MARIA E BIANCHI PAOLO"]
)
def test_two_persons_stay_as_printed(printed: str) -> None:
    """Two responsibles in one cell are kept whole, and the rule says that they are several."""
    assert parse_responsible(printed) == Reading(Responsible(printed, None), "person_several")


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("", "person_not_recognised"),
        ("- ", "person_not_recognised"),
        ("123", "person_not_recognised"),
        ("SERVIZIO SOCIALE", "person_not_recognised"),
        ("01/01/2017", "person_not_recognised"),
        ("P.O. STRANIERI", "person_role_without_name"),
        ("Dirigente", "person_role_without_name"),
        ("X" * 10**6, "person_not_recognised"),
    ],
)
def test_who_is_nobody(printed: str, code: str) -> None:
    """Digits, units and roles without a name are refused."""
    read = parse_responsible(printed)
    assert isinstance(read, Refusal)
    assert read.code == code


@pytest.mark.parametrize(
    ("printed", "answer"),
    [
        ("ROSSI MARIA", True), ("DEL MORO SANDRA", True), ("ROSSI-BIANCHI MARIA", True), ("NICOLÒ D'ANGELO", True),
        ("Rossi Maria", False), ("ROSSI", False), ("SERVIZIO SOCIALE", False), ("ROSSI MARIA 2", False), ("", False),
        ("STRANIERI E IMMIGRAZIONE", False), ("UNO DUE TRE QUATTRO CINQUE SEI", False),
    ],
)  # fmt: skip
def test_the_form_of_a_name(printed: str, answer: bool) -> None:
    """Two to five words in capitals are a name; a unit, a list of things or a number is not."""
    assert looks_like_person(printed) is answer


@given(st.text() | st.text(alphabet="ROSSI MA-P.O.,/()E0|:"))
def test_no_text_breaks_the_parser(text: str) -> None:
    """Any text gives a responsible or a refusal."""
    assert isinstance(parse_responsible(text), Reading | Refusal)
    assert looks_like_person(text) in (True, False)
