"""From a cell back to the place in the file: what `explain` shows must be what was read."""

import html
import random
import re
from pathlib import Path

import pytest

from pegextract.document import Document
from pegextract.readers.decode import decode
from pegextract.readers.text import read_text
from tests.forms.render import RENDERINGS, book
from tests.forms.sheets import random_sheet

SAMPLES = sorted(
    path
    for path in (Path(__file__).parents[2] / "samples").iterdir()
    if path.suffix in {".md", ".txt"} and path.name != "README.md"
)
_TAG = re.compile(r"</?(?:b|i|u|em|strong|span|p|div|br)\b[^<>\n]*>")


def words(source: str) -> list[str]:
    """The words of a stretch of source with Markdown, tags and entities taken off by other means than the reader's."""
    bare = re.sub(r"(?m)^#{1,6} ", "", _TAG.sub(lambda tag: "\v" if "br" in tag[0] else "", source))
    bare = re.sub(r"(?<!\\)\*{2,3}", "", bare)
    return html.unescape(re.sub(r"\\([^\w\s])|\\(_)", r"\1\2", bare)).split()


def misplaced(document: Document, source: str) -> list[tuple[str, str]]:
    """The cells whose words are not those at their place in the source, with what stands there."""
    spans = [(cell.start, cell.end) for line in document.lines for cell in line.cells if cell.end > cell.start]
    places = [(document.text[slice(*span)], source[slice(*document.source_span(span))]) for span in spans]
    return [(text, place) for text, place in places if text.split() != words(place)]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_cell_of_a_sample_leads_to_its_words(path):
    """The source at a cell's place prints the cell's words, markup aside, in all real sheets."""
    source, _ = decode(path.read_bytes())
    document = read_text(source)
    assert document.lines
    assert misplaced(document, source) == []


@pytest.mark.parametrize("rendering", RENDERINGS)
@pytest.mark.parametrize("seed", range(25))
def test_every_cell_of_a_rendering_leads_to_its_words(rendering, seed):
    """The same in generated sheets, with escapes, entities, bold and `<br>` at the borders of cells."""
    rng = random.Random(seed)
    source = RENDERINGS[rendering](random_sheet(rng, hard=0.6), rng)
    assert misplaced(read_text(source), source) == []


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_every_cell_of_a_book_leads_to_its_words(rendering):
    """The same behind hundreds of removed marks and over page borders."""
    rng = random.Random(7)
    source = book([random_sheet(rng) for _ in range(8)], rendering, rng)
    assert misplaced(read_text(source), source) == []


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_cells_do_not_overlap_and_leave_no_word_between_them(rendering):
    """Lines and cells stand in reading order; outside them is nothing but blanks, rules and borders."""
    rng = random.Random(3)
    document = read_text(book([random_sheet(rng) for _ in range(4)], rendering, rng))
    at = 0
    for cell in (cell for line in document.lines for cell in line.cells):
        assert at <= cell.start <= cell.end
        assert not re.search(r"\w", document.text[at : cell.start])
        at = cell.end
    assert not re.search(r"\w", document.text[at:])


def test_a_place_behind_markup_is_exact():
    """An offset is not off by one after a backslash, a tag or an entity."""
    source = r"a\_b **c** <b>d</b> x&amp;y e&agrave;"
    document = read_text(source)
    places = {"a_b": r"a\_b", "c": "c", "d": "d", "x&y": "x&amp;y", "eà": "e&agrave;"}
    for word, place in places.items():
        start = document.text.index(word)
        assert source[slice(*document.source_span((start, start + len(word))))] == place


def test_the_place_of_an_entity_is_the_whole_entity():
    """`&gt;80%` is shown whole when it begins a value."""
    source = "Valore\t&gt;80%"
    document = read_text(source)
    start = document.text.index(">")
    assert source[slice(*document.source_span((start, len(document.text))))] == "&gt;80%"


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("uno\nPag. 1 di 3\ndue\nPag. 2 di 3\ntre\nPag. 3 di 3\n", [1, 1, 2, 2, 3, 3]),
        ("Pagina 4\nuno\nPagina 5\ndue", [1, 1, 2, 2]),
        ("uno\nPag. 1\ndue\nPag. 9\ntre", [1, 1, 1, 1, 1]),
        ("uno\nvedi pag. 1\ndue\nPag. 2\ntre", [1, 1, 1, 1, 1]),
        ("uno\fdue\nPag. 1\ntre\nPag. 2\n", [1, 2, 2, 2, 2]),
    ],
    ids=["at the foot", "at the head", "no count", "one alone", "form feeds tell"],
)
def test_page_numbers_part_pages_where_no_form_feed_does(text, pages):
    """Lines that count up are page numbers: what they part are pages, as form feeds would tell."""
    assert [line.page for line in read_text(text).lines] == pages
