"""Tables drawn with characters: their cells, their rows, and the way back to the source."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegextract.document import Cell, Columns, Document
from pegextract.readers.text import read_text
from tests.forms.drawn import HEADED, OTHERS, RULED, table_in

WORDS = st.text("abcdefgàèABCDEFG0123456789,.;:/()'", min_size=1, max_size=9)
CELLS = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
ROWS = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=3, max_size=6)
)


def cells(document: Document) -> list[list[str]]:
    """The words of every cell of the rows."""
    rows = [line for line in document.lines if line.columns is Columns.SEPARATORS]
    return [[" ".join(words_of(document, cell)) for cell in line.cells] for line in rows]


def words_of(document: Document, cell: Cell) -> list[str]:
    """The words of a cell, without the marks that the reader leaves at ends of lines."""
    return document.text[cell.start : cell.end].replace("\u200b", "").split()


@pytest.mark.parametrize("style", [*RULED, *HEADED, "html"])
@given(rows=ROWS)
def test_every_cell_is_found(style, rows):
    """Whatever stands in the cells: rows, columns and words are those of the table, and nothing else."""
    if style == "rst":  # its empty first cells are ".."
        rows = [[cell if cell.strip(".") else "x" for cell in row] for row in rows]
    assert cells(read_text("\n".join(["Sopra", "", *table_in(style)(rows), "", "Sotto"]))) == rows


@pytest.mark.parametrize("style", RULED)
@given(rows=ROWS)
def test_wrapped_cells_between_rules_are_put_together(style, rows):
    """Rules between rows tell which lines are one."""
    assert cells(read_text("\n".join(table_in(style, 14)(rows)))) == rows


@pytest.mark.parametrize("style", [*RULED, *HEADED, *OTHERS])
@given(rows=ROWS)
def test_every_cell_leads_to_its_words(style, rows):
    """The source at a cell's place begins with its first word and ends with its last."""
    source = "\n".join(["**Sopra** &agrave;", "", *table_in(style, 14)(rows), "", "Sotto"])
    document = read_text(source)
    for line in document.lines:
        for cell in line.cells:
            words = words_of(document, cell)
            place = unescape(source[slice(*document.source_span((cell.start, cell.end)))])
            assert not words or (words[0] in place and words[-1] in place)


def test_a_text_without_drawings_stays_as_it_is():
    """Dashes, bars and pluses of prose draw nothing."""
    source = "uno + due - tre | quattro\n---\nAnno 2021 -- 2022 +- 3\n| a | b |\n|---|---|\n| c | d |\n"
    document = read_text(source)
    assert document.text == source
    assert document.moves == ()


def test_a_word_across_two_columns_leaves_the_table_undrawn():
    """Dashes above lines that do not keep to their columns are no table's."""
    source = "---- ----\nuna riga intera di testo\naltra riga di testo\n---- ----\n"
    assert read_text(source).moves == ()


def test_merged_cells_keep_the_columns_of_the_others():
    """A cell over two columns leaves the second one empty; one over two rows leaves its place in the second row."""
    source = (
        "<table><tr><td colspan=2>a</td><td rowspan='2'>b</td></tr><tr><td>c</td><td>d</td></tr>"
        "<tr><td>e</td><td>f</td><td>g</td></tr></table>"
    )
    assert cells(read_text(f"x\n\n{source}\n\ny")) == [["a", "", "b"], ["c", "d", ""], ["e", "f", "g"]]


def test_lines_of_one_row_that_nothing_parts():
    """A line that goes on where the one above was full is one row with it; a line that had room is not."""
    source = "\n".join(
        (
            "+----------+------------+",
            "| Codice   | Titolo     |",
            "+----------+------------+",
            "| 2021_A01 | La cura    |",
            "|          | dell'acqua |",
            "| 2021_A02 | Il verde   |",
            "| 2021_A03 | e i viali  |",
            "+----------+------------+",
        )
    )
    assert cells(read_text(source)) == [
        ["Codice", "Titolo"],
        ["2021_A01", "La cura dell'acqua"],
        ["2021_A02", "Il verde"],
        ["2021_A03", "e i viali"],
    ]


@pytest.mark.parametrize(
    "table",
    [
        "<table>\nfuori<tr><td>a</td><td>b</td></tr></table>",
        "+---+---+\n| a | b | fuori\n+---+---+",
        "fuori| a | b |\n     +---+---+",
    ],
)
def test_no_word_gets_lost(table):
    """A table with words outside its cells is left as it stands."""
    assert "fuori" in read_text(f"Sopra\n\n{table}\n\nSotto").text


def test_tags_that_nobody_closed():
    """A cell ends where the next one begins, or the table; a caption is a line of its own."""
    source = "x\n\n<table><caption>FASI<tr><td>a<td>b<tr><td>c<td>d</table>\n\ny"
    document = read_text(source)
    assert cells(document) == [["a", "b"], ["c", "d"]]
    assert document.line_texts == ("x", "FASI", "a\tb", "c\td", "y")


HOSTILE = {
    "tables that nobody closes": "<table>" * 50_000,
    "tables that close at the end": "<table>" * 20_000 + "</table>",
    "rows of merged cells": "<table><tr>" + "<td colspan=99 rowspan=999>" * 100 + "<tr>" * 50_000 + "a</table>",
    "one line of bars": "+--" * 100_000 + "\n" + "|a" * 100_000,
    "many frames": "+--+\n| a\n" * 20_000,
    "many dashes": "-- --\n" * 50_000,
    "dashes and words": "-- --\nab cd\n" * 20_000,
    "semicolons and quotes": ';"' * 200_000,
    "lines of semicolons": "a;b;c\n" * 50_000,
    "comments that nobody closes": "<!--" * 50_000,
    "pictures that nobody closes": "![](" * 50_000,
    "soft hyphens": "\xad\u200b" * 100_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.timeout(20)
def test_hostile_texts_are_read_in_time(text):
    """Work grows with the text and no faster: a hundred kilobytes made to stop the reader take seconds at most."""
    assert read_text(text).lines is not None
