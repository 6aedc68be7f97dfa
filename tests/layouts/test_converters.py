"""What converters do to tables beyond undoing is told, and what can be undone is."""

import pytest

from pegextract.layouts.grouping import TableLine, group_rows
from pegextract.layouts.profile import shipped_profiles
from pegextract.runs.extract import Settings, extract_document
from pegextract.validation import DOUBTED
from tests.layouts.test_borders import SHEET as BORDERED
from tests.layouts.test_damage import SHEET, codes, read

TORN = BORDERED.replace(
    "| Numero delle domande allo sportello | RISULTATO | 75% |\n",
    "Numero delle domande allo sportello RISULTATO 75%\nAccessi allo sportello RISULTATO 3\n",
)
PADDED = """FASI
Descrizione              Peso    Inizio       Fine         Responsabile       Centro di Responsabilità   Note
                                 Previsto     Prevista
Avvio per gli anziani    60,00   01/01/2021   30/06/2021   VERNA MARCO        DIREZIONE SERVIZI SOCIALI  conclusa
Chiusura della gara      40,00   01/07/2021   31/12/2021   {last}
INDICATORI
"""


def book(*sheets: str) -> str:
    """Sheets under codes of their own, one behind the other."""
    return "\n\n".join(sheet.replace("ZN08", f"ZN{number:02}", 1) for number, sheet in enumerate(sheets, 10))


def test_one_torn_table_among_few_sheets_doubts_them_all() -> None:
    """One converter printed them: what it did to a table of the first may have gone unseen in the second."""
    extraction = read(sheet=book(TORN, BORDERED))
    tables = [
        {f.finding.table for f in s.findings if f.finding.code == "converter_unreliable"} for s in extraction.sheets
    ]
    assert tables == [{"objectives", "phases", "indicators", "dup_links", "linked_objectives"}] * 2
    rows = [e for sheet in extraction.sheets for e in sheet.evidence if e.table in ("phases", "indicators")]
    assert max(evidence.confidence for evidence in rows) <= DOUBTED


def test_one_torn_table_among_many_sheets_is_that_sheets_own() -> None:
    """A book is not doubted for the sake of one table."""
    extraction = read(sheet=book(TORN, *[BORDERED] * 9))
    assert len(extraction.sheets) == 10
    assert "converter_unreliable" not in {code for code, *_ in codes(extraction)}


def test_a_label_scattered_beside_its_text_is_taken_out() -> None:
    """Three words of a label, each at the beginning of a line, in order: none of them is the description's."""
    text = "Il progetto rafforza la qualità dei servizi e la rete delle domande."
    lines = "Il progetto rafforza\nDescrizione la qualità\ndei servizi\ndettagliata e la rete\ndell'obiettivo delle "
    lines += "domande."
    record = read((f"Descrizione\ndettagliata\ndell'obiettivo\n\n{text}", lines)).sheets[0].record
    assert record.description == text


def test_a_bullet_that_pdfminer_could_not_name_is_a_bullet() -> None:
    """Its code 127 is the bullet of PDF's WinAnsiEncoding; other codes stay, with a warning."""
    text = "Il progetto rafforza la qualità dei servizi e la rete delle domande."
    record = read((text, "Si assicura:\n(cid:127) il primo punto;\n(cid:127) il secondo.")).sheets[0].record
    assert record.description == "Si assicura:\n• il primo punto;\n• il secondo."
    told = codes(read((text, "Si assicura (cid:31)il primo punto.")))
    assert ("character_unknown", "objectives", None, "description") in told


@pytest.mark.parametrize(
    ("responsible", "told"),
    [
        ("VERNA MARCO - P.O. FORMAZIONE/RELA\n|ZIONI SIND.", True),
        ("VERNA MARCO - P.O. FORMAZIONE E\n|RELAZIONI SIND.", False),
    ],
    ids=["within a word", "between words"],
)
def test_a_line_end_that_may_lie_within_a_word_is_told(responsible, told) -> None:
    """Some programs break a long word without a hyphen: the blank that is read there is doubted."""
    first, rest = responsible.split("\n|")
    dates = "01/01/2021 30/06/2021 50,00"
    printed = f"{dates} VERNA MARCO - P.O. ANZIANI DIREZIONE SERVIZI SOCIALI\n"
    extraction = read((printed, f"{dates} {first}\n{rest}\nDIREZIONE SERVIZI SOCIALI\n"))
    assert (("line_end_unclear", "phases", 1, "responsible_role") in codes(extraction)) is told


def padded(last: str) -> set[tuple[str, str | None, int | None, str | None]]:
    """The findings of a sheet whose phases stand in columns of blanks, the last row's names as given."""
    table = PADDED.format(last=last)
    sheet = SHEET[: SHEET.index("FASI\n")] + table + SHEET[SHEET.index("INDICATORI\n") + len("INDICATORI\n") :]
    return codes(extract_document(sheet.encode(), "sheet.txt", Settings(shipped_profiles())))


def test_words_that_reach_into_the_next_column_are_told() -> None:
    """One blank parts the cells where their words are too long: which word is whose is not known."""
    whole = padded("VERNA MARCO        DIREZIONE SERVIZI SOCIALI  in ritardo")
    joined = padded("VERNA MARCO-P.O.AN DIREZIONE SERVIZI SOCIALI in ritardo")
    assert not {place for place in whole if place[0] == "columns_uncertain"}
    assert ("columns_uncertain", "phases", 2, "responsible_name") in joined


def test_a_border_that_could_as_well_stand_elsewhere_is_told() -> None:
    """Where the next best cut of a table costs hardly more, the rows on both sides are uncertain; a gap settles it."""
    texts = ("Uno due tre quattro cinque", "Quattro cinque sei sette", "Otto nove dieci")
    lines = [TableLine(text, 0, text != texts[1]) for text in texts]
    apart = [*lines[:2], lines[2]._replace(gap=1)]
    assert group_rows(lines).uncertain == {0, 1}
    assert (group_rows(apart).rows, group_rows(apart).uncertain) == (((0, 2), (2, 3)), frozenset())


def test_a_form_feed_ends_a_line_also_where_the_converter_prints_no_line_end() -> None:
    """`Pag. 2␌2021_ZN11`: the foot of one page is no part of the next page's code and title."""
    extraction = read(sheet=f"{SHEET.rstrip()}\nPag. 2\f{SHEET.replace('ZN08', 'ZN11').lstrip()}")
    assert [sheet.record.code for sheet in extraction.sheets] == ["2021_ZN08", "2021_ZN11"]
    assert extraction.sheets[0].record.title == extraction.sheets[1].record.title


WOVEN = """FASI
Inizio Fine Centro di
Descrizione Peso Responsabile Note
Previsto Prevista Responsabilità
Avvio per gli VERNA MARCO - SERVIZIO
100,00 01/01/2021 30/06/2021 conclusa
anziani P.O. CASA SOCIALE
INDICATORI
"""


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("Inizio Fine Centro di\nDescrizione Peso Responsabile Note\nPrevisto Prevista Responsabilità\n", True),
        ("Descrizione Peso Inizio\nPrevisto\nFine Prevista Responsabile Centro di\nResponsabilità Note\n", False),
    ],
    ids=["across the cells", "cell by cell"],
)
def test_lines_printed_across_the_columns_are_told(head, told) -> None:
    """Beginnings of two labels on one line: every cell below may have come in pieces. Cell by cell they have not."""
    begin = SHEET.index("FASI\n")
    table = f"FASI\n{head}{WOVEN.partition('Responsabilità')[2].lstrip()}"
    extraction = read(sheet=SHEET[:begin] + table + SHEET[SHEET.index("INDICATORI\n") + len("INDICATORI\n") :])
    found = {(code, table) for code, table, *_ in codes(extraction)}
    assert (("table_broken", "phases") in found) is told


@pytest.mark.parametrize("below", ["Chiusura della gara PERFORMANCE 3\n", ""], ids=["a row", "nothing"])
def test_a_target_in_words_keeps_its_second_line(below) -> None:
    """Printed cell by cell, small letters below a target in words are its rest, not the end of the description."""
    row = "Numero delle domande\nRISULTATO in linea con l'anno\nprecedente\n"
    begin = SHEET.index("INDICATORI\n")
    record = read(sheet=f"{SHEET[:begin]}INDICATORI\nDescrizione Tipo Valore Atteso\n{row}{below}").sheets[0].record
    assert record.indicators[0].description == "Numero delle domande"
    assert record.indicators[0].target_raw == "in linea con l'anno precedente"


def test_several_links_in_one_paragraph_are_several_links() -> None:
    """Converters that join lines print the next level behind the first link's title: each label begins a link."""
    first = read().sheets[0].record.dup_links
    lines = ["INDIRIZZO STRATEGICO D.U.P.: 2021_IND_STRATEG_02 LA PERSONA AL CENTRO",
             "OBIETTIVO STRATEGICO D.U.P.: 2021_02IS_OB_STR_02 SCUOLA 0-6"]  # fmt: skip
    wanted = [("indirizzo_strategico", "LA PERSONA AL CENTRO"), ("obiettivo_strategico", "SCUOLA 0-6")]
    for text in ("\n\n".join(lines), " ".join(lines)):
        links = read(("Collegato a\n", f"Collegato a\n\n{text}\n")).sheets[0].record.dup_links
        assert [(link.level, link.title) for link in links[: len(links) - len(first)]] == wanted


def test_links_whose_section_label_is_lost_are_links() -> None:
    """A label of a level before a code is no part of the description, wherever "Collegato a" went."""
    record = read(("Collegato a\n", "")).sheets[0].record
    assert [link.level for link in record.dup_links] == ["indirizzo_strategico"]
    assert "STRATEGICO" not in (record.description or "")
