"""Letters that OCR took for bars do not cut the cells of a table, and true borders stay borders."""

import pytest

from pegextract.readers.text import read_text

HEAD = "| Descrizione | Tipo | Valore Atteso |\n| --- | --- | --- |\n"


def cells(source: str) -> list[list[str]]:
    """The cells of each row as the reader has them."""
    document = read_text(source)
    return [[document.text[cell.start : cell.end] for cell in line.cells] for line in document.lines]


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ("| Accessi allo sporte|lo | RISULTATO | 3 |", ["Accessi allo sporte|lo", "RISULTATO", "3"]),
        ("| SERVIZ| SOCIALI | RISULTATO | 3 |", ["SERVIZ| SOCIALI", "RISULTATO", "3"]),
        ("| Uso dei SERVIZ| | R|SULTATO | 3 |", ["Uso dei SERVIZ|", "R|SULTATO", "3"]),
        ("| per |'inclusione | RISULTATO | |", ["per |'inclusione", "RISULTATO", ""]),
        ("| | nidi d'infanzia | RISULTATO | 3 |", ["| nidi d'infanzia", "RISULTATO", "3"]),
        ("| Dove sono | nidi | RISULTATO | 3 |", ["Dove sono | nidi", "RISULTATO", "3"]),
        ("| |NFANZIA | | |", ["|NFANZIA", "", ""]),
    ],
    ids=["between letters", "end of a word", "two", "article cut", "article I", "article inside", "begins a word"],
)
def test_a_letter_among_the_borders_stays_in_its_cell(row, read):
    """A row with more cells than the ruling row is put together at the bars that can be letters, and says so."""
    source = f"{HEAD}{row}\n"
    assert cells(source)[1] == read
    assert [finding.code for finding in read_text(source).findings] == ["bar_is_a_letter"]


def test_a_table_without_ruling_row_is_as_wide_as_most_of_its_rows() -> None:
    """The head and the rows that agree tell how many columns there are."""
    source = "| Titolo | Tipo | Peso |\n| Uno | DUE | 3 |\n| SERVIZ| | DUE | 3 |\n"
    assert cells(source)[2] == ["SERVIZ|", "DUE", "3"]


def test_a_head_that_lost_a_letter_is_put_together_as_well() -> None:
    """The ruling row tells the columns, also where every row above and below it was cut."""
    source = "| SERVIZ| | B |\n|---|---|\n| SOC|ALE | RETE |\n"
    assert cells(source) == [["SERVIZ|", "B"], ["SOC|ALE", "RETE"]]


@pytest.mark.parametrize(
    "row",
    ["| Uno | RISULTATO | 3 | Quattro |", "|uno|DUE|3|quattro|", "| uno | due | tre | quattro |"],
    ids=["a fourth cell", "borders without blanks", "articles or cells"],
)
def test_a_row_that_can_be_read_in_two_ways_stays_as_it_is(row):
    """Too many cells, and no bar or too many bars that can be letters: nothing is guessed."""
    assert len(cells(f"{HEAD}{row}\n")[1]) == 4
    assert read_text(f"{HEAD}{row}\n").findings == ()


def test_tables_whose_borders_touch_the_words_keep_them() -> None:
    """`|a|b|` is how some converters write: a bar that touches a word is no letter there."""
    source = "|Uno|DUE|3|\n|---|---|---|\n|Due|DUE|3|\n|tre|quattro|5|6|\n"
    assert [len(row) for row in cells(source)] == [3, 3, 4]
    assert read_text(source).findings == ()
