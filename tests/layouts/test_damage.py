"""A sheet whose letters OCR damaged is read as far as it can be known; what can not be known is a finding."""

import pytest

from pegextract.extraction import Extraction
from pegextract.layouts.profile import shipped_profiles
from pegextract.runs.extract import Settings, extract_document

SETTINGS = Settings(shipped_profiles())
SHEET = """PIANO ESECUTIVO DI GESTIONE

2021_ZN08

Una città per gli anziani

Direzione SERVIZI SOCIALI Direttore CAVALLERI VINCENZO Classificazione DIREZIONALE

Servizio SERVIZIO SOCIALE AMMINISTRATIVO Dirigente VERNA MARCO Tipologia SVILUPPO

Collegato a

INDIRIZZO STRATEGICO D.U.P.: 2021_IND_STRATEG_05 LA PERSONA AL CENTRO

Descrizione
dettagliata
dell'obiettivo

Il progetto rafforza la qualità dei servizi e la rete delle domande.

FASI
FASE Avvio della gara per gli anziani
Inizio Previsto Fine Prevista Peso Responsabile Centro di Responsabilità
01/01/2021 30/06/2021 50,00 VERNA MARCO - P.O. ANZIANI DIREZIONE SERVIZI SOCIALI
Note
FASE Chiusura della gara per gli anziani
Inizio Previsto Fine Prevista Peso Responsabile Centro di Responsabilità
01/07/2021 31/12/2021 50,00 VERNA MARCO - P.O. ANZIANI DIREZIONE SERVIZI SOCIALI
Note
INDICATORI

Descrizione Tipo Valore Atteso
Numero delle domande RISULTATO 75%
Tempo di risposta alle domande PERFORMANCE >= 10
"""


def read(*damage: tuple[str, str], sheet: str = SHEET) -> Extraction:
    """The sheet with each first text replaced by the second."""
    for printed, damaged in damage:
        assert printed in sheet, printed
        sheet = sheet.replace(printed, damaged, 1)
    return extract_document(sheet.encode(), "sheet.txt", SETTINGS)


def record(*damage: tuple[str, str]) -> dict[str, object]:
    """The one record of the damaged sheet, without what only counts how sure it is."""
    (sheet,) = read(*damage).sheets
    return sheet.record.model_dump(exclude={"confidence", *(name for name in ALL_RAW)})


def codes(extraction: Extraction) -> set[tuple[str, str | None, int | None, str | None]]:
    """Code and place of every finding."""
    placed = (f.finding for sheet in extraction.sheets for f in sheet.findings)
    return {(f.code, f.table, f.row_number, f.field) for f in placed}


ALL_RAW = ("code_raw", "title_raw", "direction_raw", "service_raw", "director_raw", "manager_raw")
LABELS = [
    ("Classificazione", "Classificiazione"),
    ("Direttore", "Diretore"),
    ("Dirigente", "Diriigente"),
    ("Tipologia", "Tipo|ogia"),
    ("Collegato a", "Co1legato a"),
    ("INDIRIZZO STRATEGICO", "INDIRlZZO STRATEG|CO"),
    ("Descrizione\ndettagliata", "Descrizionee\ndettaghata"),
    ("dell'obiettivo", "dell’obietfivo"),
    ("FASI\n", "FAS|\n"),
    ("Inizio Previsto Fine Prevista", "lnizio Previstoo Fine Preista"),
    ("Responsabilità", "Responsabiltà"),
    ("Note\n", "Noted\n"),
    ("INDICATORI", "IND1CATORl"),
    ("Descrizione Tipo Valore Atteso", "Descrizione Tipoo Valore Attes"),
]


@pytest.mark.parametrize("label", LABELS, ids=[damaged.strip() for _, damaged in LABELS])
def test_a_damaged_label_loses_nothing(label: tuple[str, str]) -> None:
    """Each label of the form is known with a wrong letter where the labels around it are whole."""
    assert record(label) == record()


def test_several_damaged_labels_lose_nothing() -> None:
    """Every second label of the sheet at once."""
    assert record(*LABELS[::2]) == record()
    assert record(*LABELS[1::2]) == record()


def test_look_alikes_in_names_are_repaired_and_said_so() -> None:
    """A digit or a bar in a name in capitals is a letter; evidence names the repair, `raw` keeps what was printed."""
    damage = (("Direttore CAVALLERI", "Direttore CAVALLER|"), ("P.O. ANZIANI", "P.O. ANZIAN1"))
    damage = (*damage, ("DIREZIONE SERVIZI", "D1REZIONE SERV|ZI"))
    assert record(*damage)["director"] == "CAVALLERI VINCENZO"
    (sheet,) = read(*damage).sheets
    assert [p.responsible_role for p in sheet.record.phases] == ["P.O. ANZIANI"] * 2
    assert [p.responsibility_centre for p in sheet.record.phases] == ["DIREZIONE SERVIZI SOCIALI"] * 2
    evidence = {(e.table, e.row_number, e.field): e for e in sheet.evidence}
    assert evidence["objectives", None, "director"].method == "repaired"
    assert evidence["phases", 1, "responsibility_centre"].raw == "D1REZIONE SERV|ZI SOCIALI"


def test_a_name_one_letter_from_one_printed_more_often_is_a_warning() -> None:
    """VERNA MARCO and VERNA MARIO may be two people: both stay, and a finding names both."""
    extraction = read(("50,00 VERNA MARCO", "50,00 VERNA MARIO"))
    assert extraction.sheets[0].record.phases[0].responsible_name == "VERNA MARIO"
    extraction = read(("50,00 VERNA MARCO", "50,00 VERNA MARCA"))
    assert extraction.sheets[0].record.phases[0].responsible_name == "VERNA MARCA"
    assert ("name_differs", "phases", 1, "responsible_name") in codes(extraction)


def test_a_name_apart_by_look_alikes_is_the_one_printed_more_often() -> None:
    """An accent that OCR added or lost does not make a second person; the repair is a finding."""
    extraction = read(("50,00 VERNA MARCO", "50,00 VERNA MARCÒ"))
    assert extraction.sheets[0].record.phases[0].responsible_name == "VERNA MARCO"
    assert ("name_repaired", "phases", 1, "responsible_name") in codes(extraction)


@pytest.mark.parametrize("printed", ["R|SULTATO", "RlSULTATO", "RISULTAT0"])
def test_look_alikes_in_a_type_are_repaired(printed: str) -> None:
    """A word of a short list is known though its letters were taken for others."""
    assert record(("RISULTATO", printed)) == record()


def test_a_type_that_lost_a_letter_is_read_with_a_warning() -> None:
    """One edit away from exactly one term: read as the term, and never silently."""
    extraction = read(("PERFORMANCE", "PERFORMNCE"))
    assert [i.indicator_type for i in extraction.sheets[0].record.indicators] == ["RISULTATO", "PERFORMANCE"]
    assert ("vocabulary_repaired", "indicators", 2, "indicator_type") in codes(extraction)


def test_damaged_words_of_a_text_are_a_finding() -> None:
    """What the document prints otherwise elsewhere, or no word has: the text stays, the words are named."""
    extraction = read(("Numero delle domande", "Numero de|le dornande"))
    assert ("words_damaged", "indicators", 1, "description") in codes(extraction)
    assert not any(code == "words_damaged" for code, *_ in codes(read()))


def test_a_code_repaired_to_another_year_is_a_finding() -> None:
    """`2O21` is 2021 without doubt, `2S21` may be anything: the sheet's dates tell that 2521 is wrong."""
    assert record(("2021_ZN08", "2O21_ZN08")) == record()
    assert ("code_of_another_year", "objectives", None, "code") in codes(read(("2021_ZN08", "2S21_ZN08")))


def test_a_value_of_two_lines_whose_label_is_lost_stays_whole() -> None:
    """Above the first label as below it, words in capitals beside a lost label are its value, not title or manager."""
    lost = (("Direzione SERVIZI SOCIALI", "NUOVE INFRASTRUTTURE E\nMOBILITA'"),)
    lost = (*lost, ("Servizio SERVIZIO SOCIALE AMMINISTRATIVO", "SERVIZIO SOCIALE E"))
    lost = (*lost, ("Tipologia SVILUPPO\n", "Tipologia SVILUPPO\nAMMINISTRATIVO\n"))
    read_values = record(*lost)
    assert read_values["title"] == "Una città per gli anziani"
    assert read_values["direction"] == "NUOVE INFRASTRUTTURE E MOBILITA'"
    assert read_values["service"] == "SERVIZIO SOCIALE E AMMINISTRATIVO"
    assert read_values["manager"] == "VERNA MARCO"


def test_no_sheet_of_a_damaged_book_is_swallowed_by_its_neighbour() -> None:
    """Between two readable headers, one with no whole label is still the header of a sheet of its own."""
    damage = (("Direttore", "Diretore"), ("Classificazione", "Classificiazione"), ("Dirigente", "Dirigete"))
    broken = SHEET
    for printed, damaged in (*damage, ("Tipologia", "Tip0logia"), ("Direzione ", ""), ("Servizio ", "")):
        broken = broken.replace(printed, damaged, 1)
    extraction = read(sheet="\f".join((SHEET, broken.replace("ZN08", "ZN09"), SHEET.replace("ZN08", "ZN10"))))
    assert [sheet.record.code for sheet in extraction.sheets] == ["2021_ZN08", "2021_ZN09", "2021_ZN10"]


def test_a_damaged_date_has_no_say_in_the_year() -> None:
    """Of two dates the one printed whole gives the year; the repaired one outside it is a finding."""
    damage = (("2021_ZN08\n", "\n"), ("01/01/2021", "01/01/2OO1"), ("2021_IND_STRATEG_05 ", ""))
    one_phase = SHEET[: SHEET.index("FASE Chiusura")] + SHEET[SHEET.index("INDICATORI\n\n") :]
    extraction = read(*damage, sheet=one_phase)
    assert extraction.sheets[0].record.year == 2021
    assert ("date_outside_year", "phases", 1, "start_date") in codes(extraction)


HEADER = "Direzione SERVIZI SOCIALI Direttore CAVALLERI VINCENZO Classificazione DIREZIONALE\n\n"
SERVICE = "Servizio SERVIZIO SOCIALE AMMINISTRATIVO Dirigente VERNA MARCO Tipologia SVILUPPO\n"


def test_words_before_the_first_label_of_a_line_are_the_lost_labels() -> None:
    """Whatever else they may read like: an office of one word, which heads many a longer name."""
    (sheet,) = read(("Servizio SERVIZIO SOCIALE AMMINISTRATIVO", "AVVOCATURA")).sheets
    assert (sheet.record.direction, sheet.record.service) == ("SERVIZI SOCIALI", "AVVOCATURA")


def test_both_labels_of_offices_may_be_lost_around_a_wrapped_name() -> None:
    """What stands between the two lines goes on with the office above, which ends in mid-phrase."""
    damaged = (
        "NUOVE INFRASTRUTTURE E Direttore CAVALLERI VINCENZO Classificazione DIREZIONALE\n\nMOBILITA'\n\n",
        "SERVIZIO MOBILITA' Dirigente VERNA MARCO Tipologia SVILUPPO\n",
    )
    (sheet,) = read((HEADER, damaged[0]), (SERVICE, damaged[1])).sheets
    assert sheet.record.direction == "NUOVE INFRASTRUTTURE E MOBILITA'"
    assert sheet.record.director == "CAVALLERI VINCENZO"
    assert sheet.record.service == "SERVIZIO MOBILITA'"


def test_the_end_of_an_office_below_an_empty_type_is_the_offices() -> None:
    """An expected value of the vocabulary is none of its words; where nothing proves it, both fields are doubted."""
    empty = "Servizio SERVIZIO SOCIALE Dirigente VERNA MARCO Tipologia\n\nAMMINISTRATIVO\n"
    (sheet,) = read((SERVICE, empty), ("DIREZIONE SERVIZI SOCIALI", "SERVIZIO SOCIALE AMMINISTRATIVO")).sheets
    assert (sheet.record.service, sheet.record.objective_type) == ("SERVIZIO SOCIALE AMMINISTRATIVO", None)
    unknown = read((SERVICE, empty.replace("AMMINISTRATIVO", "STRAORDINARIO")))
    told = {field for code, _, _, field in codes(unknown) if code == "header_words_uncertain"}
    assert {"service", "objective_type"} <= told


def test_paragraphs_are_rows_where_blank_lines_part_them() -> None:
    """An indicator without a type, between others, is a row of its own, and what it lacks is told."""
    rows = (
        "Numero delle domande RISULTATO 75%\n\n"
        "Accessi allo sportello come da cronoprogramma\n\n"
        "Tempo di risposta alle domande PERFORMANCE >= 10\n"
    )
    extraction = read(("Numero delle domande RISULTATO 75%\nTempo di risposta alle domande PERFORMANCE >= 10\n", rows))
    indicators = extraction.sheets[0].record.indicators
    assert [i.indicator_type for i in indicators] == ["RISULTATO", None, "PERFORMANCE"]
    assert indicators[2].description == "Tempo di risposta alle domande"
    places = {(row, field) for _, table, row, field in codes(extraction) if table == "indicators"}
    assert {(2, "description"), (2, "indicator_type"), (2, "target_raw")} <= places


@pytest.mark.parametrize(
    ("printed", "damaged", "place"),
    [
        ("75%", "7S%", ("indicators", 1, "target_raw")),
        ("50,00", "5O,00", ("phases", 1, "weight")),
        ("30/06/2021", "3O/06/2021", ("phases", 1, "end_date")),
    ],
)
def test_letters_read_as_digits_are_told(printed, damaged, place) -> None:
    """The digit that a letter looks like is taken, and never silently."""
    assert ("digits_repaired", *place) in codes(read((printed, damaged)))
