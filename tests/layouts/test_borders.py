"""Tables whose borders are printed: damage of a letter moves no word to another column, and what may have is told."""

import pytest

from tests.layouts.test_damage import codes, read

SHEET = """2021_ZN08

Una città per gli anziani

| | | | | | |
|---|---|---|---|---|---|
| Direzione | SERVIZI SOCIALI | Direttore | CAVALLERI VINCENZO | Classificazione | DIREZIONALE |
| Servizio | SERVIZIO SOCIALE AMMINISTRATIVO | Dirigente | VERNA MARCO | Tipologia | SVILUPPO |

Descrizione dettagliata dell'obiettivo

Il progetto rafforza la qualità dei servizi e la rete delle domande.

FASI

| Descrizione | Peso | Inizio Previsto | Fine Prevista | Responsabile | Centro di Responsabilità | Note |
|---|---|---|---|---|---|---|
| Avvio della gara | 60,00 | 01/01/2021 | 30/06/2021 | VERNA MARCO - P.O. ANZIANI | DIREZIONE SERVIZI SOCIALI | |
| Chiusura della gara | 40,00 | 01/07/2021 | 31/12/2021 | VERNA MARCO | DIREZIONE SERVIZI SOCIALI | in ritardo |

INDICATORI

| Descrizione | Tipo | Valore Atteso |
|---|---|---|
| Numero delle domande allo sportello | RISULTATO | 75% |
| Tempo di risposta alle domande | PERFORMANCE | >= 10 |

OBIETTIVI COLLEGATI

| Codice | Titolo | Entrata | Spesa |
|---|---|---|---|
| 2021_ZN09 | I nidi d'infanzia | 0,00 | 1.000,00 |
"""
TABS = "\n".join(
    line.strip("| ").replace(" | ", "\t") for line in SHEET.split("\n") if not set(line) <= set("|- ") or not line
)


def record(*damage: tuple[str, str], sheet: str = SHEET) -> dict[str, object]:
    """The one record of the damaged sheet, without what only counts how sure it is or says what was printed."""
    (read_sheet,) = read(*damage, sheet=sheet).sheets
    return {
        name: value
        for name, value in read_sheet.record.model_dump(exclude={"confidence"}).items()
        if not name.endswith("_raw")
    }


@pytest.mark.parametrize(
    "damage",
    [
        ("CAVALLERI VINCENZO", "CAVALLER| VINCENZO"),
        ("| SERVIZI SOCIALI |", "| SERV|ZI SOCIALI |"),
        ("Direttore", "D|rettore"),
        ("RISULTATO", "R|SULTATO"),
    ],
    ids=["at a word's end", "within a word", "in a label", "in a type"],
)
def test_a_letter_read_as_a_bar_cuts_no_cell(damage):
    """The cell is whole again, and its letter is back."""
    assert record(damage) == record()


def test_words_with_a_bar_that_stays_are_in_their_column_and_doubted() -> None:
    """In small letters the bar stays as printed: the row keeps its columns, the word is a finding."""
    extraction = read(("sportello", "sporte|lo"), sheet=SHEET)
    indicator = extraction.sheets[0].record.indicators[0]
    assert (indicator.indicator_type, indicator.target_raw) == ("RISULTATO", "75%")
    assert ("words_damaged", "indicators", 1, "description") in codes(extraction)


@pytest.mark.parametrize(
    "damage",
    [
        ("Centro di Responsabilità", "Centroi dii Responsiabilità"),
        ("| Peso |", "| Pesoo |"),
        ("| Note |", "| Notei |"),
        ("| Descrizione | Tipo |", "| Descnzione | Tipo |"),
        ("Titolo", "Titoloi"),
        ("Spesa", "Spesaa"),
    ],
    ids=lambda damage: damage[1],
)
@pytest.mark.parametrize("sheet", [SHEET, TABS], ids=["pipes", "tabs"])
def test_a_damaged_label_of_a_column_keeps_its_column(damage, sheet):
    """Its words are not put into the column before it: the other labels show that it is one."""
    if sheet is TABS:
        damage = tuple(text.strip("| ").replace(" | ", "\t") for text in damage)
    assert record(damage, sheet=sheet) == record(sheet=sheet)


def test_a_row_with_too_many_cells_is_told() -> None:
    """Which bar is no border cannot be known here: the table carries a warning."""
    extraction = read(("Tempo di risposta", "Tempo | Di risposta"), sheet=SHEET)
    assert ("row_too_wide", "indicators", None, None) in codes(extraction)


def test_a_tab_too_many_is_told() -> None:
    """The same in a table of tabs."""
    extraction = read(("Tempo di risposta", "Tempo\tdi risposta"), sheet=TABS)
    assert ("row_too_wide", "indicators", None, None) in codes(extraction)


def test_a_label_that_names_no_column_is_told() -> None:
    """`Previsto` alone may be a begin or an end: the table carries a warning."""
    extraction = read(("| Inizio Previsto |", "| Previsto |"), sheet=SHEET)
    assert ("column_unknown", "phases", None, None) in codes(extraction)


def test_a_sheet_with_whole_borders_has_no_such_doubt() -> None:
    """Nothing is said of borders that are as they should be."""
    for sheet in (SHEET, TABS):
        assert not {code for code, *_ in codes(read(sheet=sheet))} & {"row_too_wide", "column_unknown"}
