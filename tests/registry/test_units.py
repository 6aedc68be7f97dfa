"""Which unit a printing means: completed where one whole name fits, left alone where two do, never by likeness."""

import pytest

from pegextract.registry.archive import units_of
from pegextract.registry.mentions import CENTRE, SERVICE, Mention, Sheet
from tests.forms.archive import LOOK_ALIKE_UNITS

CLEAN, DAMAGED = Sheet("a", 2020, damaged=False), Sheet("b", 2020, damaged=True)
AMMINISTRATIVO = "SERVIZIO SOCIALE AMMINISTRATIVO"
PERSONALE = "SERVIZIO AMMINISTRAZIONE DEL PERSONALE"
PATRIMONIO = "SERVIZIO AMMINISTRAZIONE DEL PATRIMONIO"
EITHER = "SERVIZIO AMMINISTRAZIONE DEL P"


def service(text: str, sheet: int = 0) -> Mention:
    """A name in the header of a sheet."""
    return Mention(text, text, SERVICE, sheet)


def centre(text: str, sheet: int = 0, printed: str | None = None) -> Mention:
    """A name in the narrow column of the phases."""
    return Mention(text, printed or text, CENTRE, sheet)


def ids(mentions: list[Mention], sheets: list[Sheet]) -> list[str | None]:
    """The id of each mention."""
    found = units_of(mentions, sheets)
    return [found.register.id_of(decision.root) for decision in found.resolution.decisions]


def last(mentions: list[Mention], sheets: list[Sheet]):
    """The decision on the last mention."""
    return units_of(mentions, sheets).resolution.decisions[-1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SERVIZIO MOBILITA'", "SERVIZIO MOBILITÀ"),
        ("SVILUPPO RETI E DATA-CENTER", "SVILUPPO RETI E DATA CENTER"),
        ("SERVIZIO SERVIZI ALL'INFANZIA", "SERVIZIO SERVIZI ALL’ INFANZIA"),
        ("SERVIZIO CASA P.E.B.A. E SICUREZZA", "SERVIZIO CASA PEBA E SICUREZZA"),
        ("DIREZIONE SERVIZI SOCIALI", "SERVIZI SOCIALI"),
        ("UFFICIO TRAMVIA/INTERVENTI TAV", "Ufficio Tramvia / interventi TAV"),
    ],
)
def test_typing_does_not_make_a_unit(one, other):
    """Accents, hyphens, blanks, dots of initials, capitals and the word DIREZIONE set no two units apart."""
    assert len(set(ids([service(one), service(other)], [CLEAN]))) == 1


@pytest.mark.parametrize(("one", "other"), LOOK_ALIKE_UNITS)
@pytest.mark.parametrize("sheets", [[CLEAN, CLEAN], [CLEAN, DAMAGED], [DAMAGED, DAMAGED]])
def test_look_alikes_stay_apart(one, other, sheets):
    """Two units one word or one letter apart are two, in clean and in damaged documents, wherever they stand."""
    for make in (service, centre):
        made = ids([make(one, 0)] * 9 + [make(other, 1)], sheets)
        assert made[0] != made[-1]


@pytest.mark.parametrize(
    "cut",
    [
        "SERVIZIO SOCIALE AMMINISTRATIV",
        "SERVIZIO SOCIALE AMMINISTRATI",
        "SERV. SOC. AMM.VO",
        "SERV. SOCIALE AMMIN.",
        "Serv. Sociale Amministr.",
    ],
)
def test_the_one_whole_name_completes_a_cut_or_short_one(cut):
    """A name cut at the form's width, or abbreviated, is the one whole name of the archive that it begins."""
    decision = last([service(AMMINISTRATIVO), service("SERVIZIO SPORT"), centre(cut, 1)], [CLEAN, CLEAN])
    assert (decision.root, decision.method) == ("servizio sociale amministrativo", "inferred")
    assert AMMINISTRATIVO in decision.evidence


@pytest.mark.parametrize("cut", [EITHER, "SERV. AMM. DEL P.", "SERVIZIO AMMINISTRAZIONE DEL"])
def test_two_whole_names_complete_nothing(cut):
    """A name that two whole ones continue is left as printed, without an id, and both are named."""
    sheets = [CLEAN, CLEAN, CLEAN]
    decision = last([service(PERSONALE), service(PATRIMONIO, 1), centre(cut, 2)], sheets)
    assert (decision.root, decision.rule) == (None, "ambiguous_name")
    assert decision.rivals == (PATRIMONIO, PERSONALE)


def test_the_sheets_own_header_decides_first():
    """Of two names that fit, the one that the same sheet prints in its header; the other is named as a rival."""
    sheets = [Sheet("a", 2020, damaged=False, service=PERSONALE), CLEAN]
    decision = last([service(PERSONALE), service(PATRIMONIO, 1), centre(EITHER, 0)], sheets)
    assert decision.root == "servizio amministrazione del personale"
    assert (decision.rule, decision.rivals) == ("unit_completed_from_archive+header", (PATRIMONIO,))


def test_then_the_same_direction():
    """Of two names that fit, the one that the archive knows in the direction of the sheet."""
    sheets = [
        Sheet("a", 2020, damaged=False, direction="RISORSE UMANE", service=PERSONALE),
        Sheet("b", 2020, damaged=False, direction="FINANZE", service=PATRIMONIO),
        Sheet("c", 2020, damaged=False, direction="DIREZIONE FINANZE"),
    ]
    decision = last([service(PERSONALE), service(PATRIMONIO, 1), centre(EITHER, 2)], sheets)
    assert (decision.root, decision.rule[-9:]) == ("servizio amministrazione del patrimonio", "direction")


def test_then_the_year():
    """Of two names that fit, the one that is not over: known of several years, all of them long past."""
    sheets = [Sheet(str(year), year, damaged=False) for year in (2012, 2013, 2014, 2019, 2020)]
    names = [*(service(PERSONALE, at) for at in range(3)), service(PATRIMONIO, 3)]
    decision = last([*names, centre(EITHER, 4)], sheets)
    assert (decision.root, decision.rule[-4:]) == ("servizio amministrazione del patrimonio", "year")


def test_a_completion_by_the_header_names_its_rivals():
    """A centre that its own sheet completed says so where the archive has another name that fits."""
    decision = last([service(PERSONALE), service(PATRIMONIO), centre(PERSONALE, 0, printed=EITHER)], [CLEAN])
    assert (decision.root, decision.rivals) == ("servizio amministrazione del personale", (PATRIMONIO,))


def test_a_short_whole_name_is_no_cut():
    """SERVIZIO SOCIALE is no beginning of another, however often the other is printed."""
    made = ids([*[service(AMMINISTRATIVO)] * 9, centre("SERVIZIO SOCIALE", 1)], [CLEAN, CLEAN])
    assert made[-1] == "servizio-sociale"


def test_widths_are_learnt_from_the_archive():
    """Where several names break off inside a word after 40 characters, the form is 40 wide, and they are completed."""
    wholes = [f"SERVIZIO {word} E MANUTENZIONE DEGLI EDIFICI" for word in ("SCUOLE", "MUSEI", "PISCINE", "CIMITERI")]
    cuts = [centre(whole[:40], 1) for whole in wholes]
    made = ids([*(service(whole) for whole in wholes), *cuts], [CLEAN, CLEAN])
    assert made[4:] == made[:4]


@pytest.mark.parametrize(
    "damaged",
    [
        "SERV|ZIO SOCIALE AMMINISTRATIVO",
        "SERVlZIO SOClALE AMMINISTRATlVO",
        "SERVIZIO S0CIALE AMMINISTRATIVO",
        "SERVIZIO SOCIALE AMMINISTRATIYO",
        "SERVIZIO SOCIALE AMMIMISTRATIVO",
        "SERVIZIO SOCIALEAMMINISTRATIVO",
        "SERVIZIO SOCIALE AMMINISTRATI",
    ],
)
def test_damage_is_undone_in_damaged_documents_alone(damaged):
    """What OCR confuses makes no unit; the same spelling in a clean document is a name of its own."""
    sheets = [CLEAN, DAMAGED, CLEAN]
    whole = [service(AMMINISTRATIVO), service("SERVIZIO SPORT")]
    assert ids([*whole, service(damaged, 1)], sheets)[-1] == "servizio-sociale-amministrativo"


def test_a_damaged_name_between_two_is_nobodys():
    """A damaged name as near to one unit as to another has no id, and both are named."""
    wholes = [service("SERVIZIO VILLA BANNI"), service("SERVIZIO VILLA NANNI")]
    decision = last([*wholes, service("SERVIZIO VILLA HANNI", 1)], [CLEAN, DAMAGED])
    assert (decision.root, decision.rivals) == (None, ("SERVIZIO VILLA BANNI", "SERVIZIO VILLA NANNI"))


def test_numbers_are_never_damage():
    """QUARTIERE 1 and QUARTIERE 7 are two, though OCR confuses the digits."""
    often = [service("SERVIZIO TERRITORIALE QUARTIERE 1")] * 9
    made = ids([*often, service("SERVIZIO TERRITORIALE QUARTIERE 7", 1)], [CLEAN, DAMAGED])
    assert made[0] != made[-1]
