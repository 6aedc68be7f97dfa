"""The heads that each page repeats are in no field, and words that merely read like them are in theirs."""

import pytest

from tests.layouts.test_borders import SHEET
from tests.layouts.test_damage import read

CUT = "| Tempo di risposta alle domande | PERFORMANCE | >= 10 |\n"
HEAD = "| Descrizione | Tipo | Valore Atteso |\n|---|---|---|\n"
TITLES = ["Gli open data", "Asili", "Una città per gli anziani"]


def titled(title: str) -> str:
    """The sheet without its code, under this title."""
    return SHEET.replace("2021_ZN08\n\nUna città per gli anziani", title)


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("again", ["", HEAD], ids=["rows go on", "head again"])
def test_a_title_between_the_rows_of_a_table_is_a_page_head(title, again):
    """However short it is, the title that a page repeats goes into no row."""
    sheet = titled(title)
    broken = sheet.replace(CUT, f"\n{title}\n\n{again}{CUT}")
    expected, found = (read(sheet=text).sheets[0] for text in (sheet, broken))
    assert found.record.indicators == expected.record.indicators
    assert [row.kind for row in found.unread] == ["boilerplate"]


def test_a_short_title_in_the_description_is_a_paragraph_of_it() -> None:
    """Away from tables a few words may be said again by the text."""
    sheet = titled("Gli asili").replace("Il progetto", "Gli asili\n\nIl progetto")
    assert (read(sheet=sheet).sheets[0].record.description or "").startswith("Gli asili\n")


def test_words_of_the_title_within_a_sentence_stay_in_it() -> None:
    """A line that happens to hold the title's words goes on in small letters where the title begins with a capital."""
    sheet = titled("L'integrazione degli alunni").replace(
        "Il progetto rafforza la qualità", "Il progetto rafforza con\nl'integrazione degli alunni\nla qualità"
    )
    record = read(sheet=sheet).sheets[0].record
    assert "rafforza con l'integrazione degli alunni la qualità" in (record.description or "")


def test_the_rows_above_a_sheet_without_code_and_title_are_those_of_the_sheet_before() -> None:
    """A row of a table is no title."""
    alone = read(sheet=SHEET).sheets[0].record
    first, second = read(sheet=f"{SHEET.rstrip()}\n\n{titled('').lstrip()}").sheets
    assert (second.record.title, second.record.code) == (None, None)
    assert first.record.indicators == alone.indicators
    assert first.record.linked_objectives == alone.linked_objectives
