"""HTML as a browser shows it: cells, paragraphs, nothing hidden, nothing run."""

import random

import pytest

from pegextract.document import Columns
from pegextract.errors import UnreadableDocument
from pegextract.readers.html import read_html
from tests.forms import draw_weasyprint
from tests.forms.content import header_rows, indicator_rows, phase_rows
from tests.forms.look import Look
from tests.forms.sheets import random_sheet
from tests.readers.build import cells, codes, rows


def page(body: str) -> bytes:
    """A whole page in UTF-8."""
    return f"<!doctype html><html><head><title>no</title></head><body>{body}</body></html>".encode()


def test_a_row_is_a_line_of_cells():
    """Each row is one line, each cell's index its column, an empty cell keeps its place."""
    document = read_html(page("<table><tr><th>Direzione<th>Peso</tr><tr><td>A <b>B</b><td> </tr><tr><td><td>30"))
    assert cells(document) == [["Direzione", "Peso"], ["A B", ""], ["", "30"]]
    assert {line.columns for line in document.lines} == {Columns.SEPARATORS}
    assert [line.gap for line in document.lines] == [0, 0, 0]


def test_the_text_holds_what_the_spans_say():
    """Tabs part the cells of a row, a blank line parts blocks: a person can read the running text."""
    document = read_html(page("<p>uno<table><tr><td>a<td><td>b</table><p>due<br>tre"))
    assert document.text == "uno\n\na\t\tb\n\ndue\ntre"
    assert [line.gap for line in document.lines] == [0, 1, 1, 0]


def test_paragraphs_and_breaks_inside_a_cell():
    """A `<br>` in a cell is one vertical tab, a paragraph's end two, as a blank line would be in running text."""
    document = read_html(page("<table><tr><td>Descrizione<br>dettagliata<td><p>Primo.</p><p>Secondo.</p></table>"))
    assert cells(document) == [["Descrizione\vdettagliata", "Primo.\v\vSecondo."]]


def test_spans_keep_the_columns():
    """Cells after a colspan, and under a rowspan, have the index of their column; covered places are empty."""
    source = "<table><tr><td colspan=3>a<td>b<tr><td rowspan=2>c<td>d<td>e<td>f<tr><td>g<td>h<td>i</table>"
    assert cells(read_html(page(source))) == [["a", "", "", "b"], ["c", "d", "e", "f"], ["", "g", "h", "i"]]


@pytest.mark.parametrize("span", ["0", "-1", "x", "9999999", "1e3", ""])
def test_a_span_that_makes_no_sense_is_read_on(span):
    """Whatever a span says, every word of the table is read."""
    document = read_html(page(f"<table><tr><td colspan='{span}' rowspan='{span}'>a<td>b<tr><td>c<td>d</table>"))
    assert document.text.split() == ["a", "b", "c", "d"]


def test_spans_that_would_fill_the_memory_are_bounded():
    """Thousands of cells that each claim a thousand rows and columns give a bounded number of places."""
    row = "<tr>" + "<td colspan=1000 rowspan=60000>a" * 300
    document = read_html(page(f"<table>{row}{'<tr><td>x' * 3000}</table>"))
    assert sum(len(line.cells) for line in document.lines) < 200_000
    assert document.text.split().count("x") == 3000


def test_a_table_that_lays_out_the_page_is_read_in_order():
    """A row that holds another table is flattened; its neighbours and the inner table stay rows."""
    inner = "<table><tr><td>Direzione<td>CULTURA<tr><td>Servizio<td>MUSEI</table>"
    document = read_html(page(f"<table><tr><td><p>2021_A1<td>{inner}<tr><td>Peso<td>30</table>"))
    assert cells(document) == [["2021_A1"], ["Direzione", "CULTURA"], ["Servizio", "MUSEI"], ["Peso", "30"]]


def test_a_table_of_one_column_is_running_text():
    """Where no row has two cells with words, each paragraph and each `<br>` is a line."""
    document = read_html(page("<table><tr><td>uno<br>due<td><tr><td><p>tre<p>quattro</table>"))
    assert cells(document) == [["uno"], ["due"], ["tre"], ["quattro"]]
    assert {line.columns for line in document.lines} == {Columns.NONE}
    assert [line.gap for line in document.lines] == [0, 0, 1, 1]


def test_words_in_the_wrong_place_of_a_table_are_kept():
    """No word is lost where markup is broken: text between rows, cells without rows, rows without tables."""
    source = "<table>prima<tr>fuori<td>a<td>b</tr><td>c<td>d</table><tr><td>e</td></tr></div>fine"
    assert sorted(read_html(page(source)).text.split()) == ["a", "b", "c", "d", "e", "fine", "fuori", "prima"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<div style='DISPLAY : none'>{}</div>",
        "<p hidden>{}",
        "<span style='visibility:hidden'>{}</span>",
        "<span style='mso-hide:all'>{}</span>",
        "<span style='font-size:0px'>{}</span>",
        "<template>{}</template>",
        "<noscript>{}</noscript>",
        "<iframe>{}</iframe>",
        "<table><tr style='display:none'><td>{}</table>",
    ],
)
def test_hidden_words_are_counted_not_read(hidden):
    """What the page does not show gives no text; a warning says how many words that were."""
    document = read_html(page(f"<p>visto</p>{hidden.format('peso 99')}"))
    assert document.text == "visto"
    assert codes(document) == ["hidden_text"]
    assert document.findings[0].message.startswith("2 words")


@pytest.mark.parametrize(
    "silent",
    ["<script>{}</script>", "<style>{}</style>", "<!-- {} -->", "<![if !x]>", "<?php {} ?>", "<title>{}</title>"],
)
def test_code_and_comments_are_no_words(silent):
    """Scripts, styles, comments and instructions are not even counted."""
    document = read_html(f"<html><head>{silent.format('peso 99')}</head><body>visto</body></html>".encode())
    assert (document.text, codes(document)) == ("visto", [])


@pytest.mark.parametrize("style", ["font-size:0.9em", "display:block", "opacity:0.5", "visibility:visible"])
def test_small_is_not_hidden(style):
    """Only what cannot be seen is left out."""
    assert read_html(page(f"<p style='{style}'>visto")).text == "visto"


def test_images_are_named():
    """An image may hold words: it is counted, never fetched, its `alt` is not on the paper."""
    document = read_html(
        page("<p>a<img src='http://example.invalid/x.png' alt='b'><img src='data:image/png;base64,AA'>")
    )
    assert (document.text, codes(document)) == ("a", ["image_not_read"])
    assert document.findings[0].message.startswith("2 images")


def test_entities_are_characters_and_nothing_is_expanded():
    """Character references are read; entities that a document type declares are not."""
    bomb = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    bomb += b"<p>citt&agrave; &euro;&nbsp;5 &gt;&#61; &x;&#xD800;"
    text = read_html(bomb).text
    assert "città € 5 >= &x;" in text
    text.encode("utf-8")


def test_lists_print_their_marks():
    """Bullets and numbers that a browser draws are read, unless the author typed one."""
    document = read_html(page("<ul><li>uno<li><p>- due</ul><ol start=3><li>tre<li>4) quattro<li>cinque</ol>"))
    assert document.text.split("\n\n") == ["- uno", "- due", "3. tre", "4) quattro", "5. cinque"]


def test_preformatted_text_keeps_its_columns():
    """`<pre>`, as `pdftotext -htmlmeta` writes it, is read like plain text: blanks and tabs make cells."""
    document = read_html(page("<pre>Direzione   CULTURA\n\nServizio\tMUSEI\n</pre>"))
    assert cells(document) == [["Direzione", "CULTURA"], ["Servizio", "MUSEI"]]
    assert [line.columns for line in document.lines] == [Columns.POSITIONS, Columns.SEPARATORS]


def test_page_breaks_of_office_programs():
    """`page-break-before` begins another page, so that running heads can be told."""
    document = read_html(page("<p>a<br clear=all style='page-break-before:always'>b<p style='break-after:page'>c<p>d"))
    assert [line.page for line in document.lines] == [1, 2, 2, 3]


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        ('<meta charset="iso-8859-1">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "cp1252"),
        ('<meta charset="iso-8859-15">', "iso-8859-15"),
        ('<meta charset="macintosh">', "mac_roman"),
    ],
)
def test_the_encoding_that_the_page_names_holds(head, codec):
    """Where the bytes are not UTF-8, the page's own word is certain and needs no finding."""
    document = read_html(f"<html><head>{head}</head><body>attività perché</body></html>".encode(codec))
    assert (document.text, codes(document)) == ("attività perché", [])


@pytest.mark.parametrize("name", ["utf-8", "hex", "rot13", "unicode_escape", "iso-8859-12", "latin-0", "x" * 40])
def test_an_encoding_that_cannot_be_is_a_guess(name):
    """A wrong or dangerous name of an encoding is not followed: the guess is said aloud."""
    document = read_html(f"<html><meta charset='{name}'><body>attività</body></html>".encode("cp1252"))
    assert (document.text, codes(document)) == ("attività", ["encoding_uncertain"])


@pytest.mark.parametrize(
    "markup", ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<blockquote>", "<p hidden>", "<svg><text>"]
)
def test_depth_costs_neither_words_nor_the_stack(markup):
    """Twenty thousand nested tags are read to the end."""
    document = read_html(page(markup * 20_000 + "ciao"))
    assert "ciao" in document.text or codes(document) == ["hidden_text"]


def test_xhtml_is_html():
    """An XML declaration is no obstacle and draws no warning."""
    head = '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">'
    assert read_html(f"{head}<body><p>a</p></body></html>".encode()).text == "a"


@pytest.mark.parametrize("data", [b"", b" \n", bytes(range(32)) * 9])
def test_no_text_is_refused(data):
    """Empty and binary data are no page."""
    with pytest.raises(UnreadableDocument):
        read_html(data)


@pytest.mark.parametrize("seed", range(20))
def test_generated_sheets_keep_their_cells(seed):
    """Every row of the header, of phases and of indicators comes back cell by cell."""
    sheet = random_sheet(random.Random(seed), block=False, hard=0.6)
    found = rows(read_html(draw_weasyprint.html([sheet], Look(label_left=False)).encode()))
    expected = [*header_rows(sheet), *phase_rows(sheet), *indicator_rows(sheet)]
    for row in expected:
        assert [" ".join(cell.split()) for cell in row] in found
