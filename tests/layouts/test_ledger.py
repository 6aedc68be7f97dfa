"""Every word of the source is in exactly one place: a field, a label, boilerplate, or a row of unread."""

import itertools
import random
import re
from pathlib import Path

import pytest

from pegextract.document import Document
from pegextract.layouts import reading
from pegextract.layouts.forms import choose_profile
from pegextract.layouts.ledger import Claim
from pegextract.layouts.profile import shipped_profiles
from pegextract.layouts.reading import read_layout
from pegextract.readers.door import read_document
from pegextract.runs.extract import Settings, extract_document
from tests.forms.render import RENDERINGS
from tests.forms.sheets import random_sheet

FOLDER = Path(__file__).parents[2] / "samples"
TEXTS = {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.suffix in {".txt", ".md"}}
TEXTS.pop("README.md", None)
SETTINGS = Settings(shipped_profiles())
PIPES = "2019_ZN17_pipes.md"


def words_in_cells(document: Document) -> list[tuple[int, int]]:
    """The span of every word of every cell."""
    cells = [cell for line in document.lines for cell in line.cells]
    return [
        (cell.start + match.start(), cell.start + match.end())
        for cell in cells
        for match in re.finditer(r"\S+", document.text[cell.start : cell.end])
    ]


def assert_each_word_is_in_one_place(data: bytes, name: str) -> None:
    """Settled stretches do not overlap, and together they hold every character of every word once."""
    document = read_document(data, name)
    owned = read_layout(document, choose_profile(document, SETTINGS.profiles)).ledger.settle()
    assert all(a.end <= b.start for a, b in itertools.pairwise(owned))
    held = {place for stretch in owned for place in range(stretch.start, stretch.end)}
    for start, end in words_in_cells(document):
        assert held.issuperset(range(start, end)), document.text[start:end]
    printed = {place for place, character in enumerate(document.text) if not character.isspace()}
    lost = sorted(printed - held)
    assert not [place for place in lost if document.text[place].isalnum()], "only rules of tables are no words"


@pytest.mark.parametrize("name", TEXTS)
def test_each_word_of_a_sample_is_in_one_place(name):
    """Claims and unread words of a real sheet cover it without overlap."""
    assert_each_word_is_in_one_place(TEXTS[name], name)


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_each_word_of_invented_sheets_is_in_one_place(rendering):
    """The same on fifty invented sheets, ten in each rendering."""
    for seed in range(10):
        sheet = random_sheet(random.Random(seed), hard=0.5)
        text = RENDERINGS[rendering](sheet, random.Random(seed))
        assert_each_word_is_in_one_place(text.encode(), f"{rendering}.txt")


def unread_words(data: bytes, name: str) -> tuple[set[str], float]:
    """The words in rows of kind unread, and the document's coverage."""
    extraction = extract_document(data, name, SETTINGS)
    rows = [*extraction.unread, *(row for sheet in extraction.sheets for row in sheet.unread)]
    words = {word for row in rows if row.kind == "unread" for word in row.text.split()}
    assert extraction.coverage is not None
    return words, extraction.coverage


@pytest.mark.parametrize(
    ("rule", "lost"),
    [
        ("read_indicators", "Valore"),
        ("read_phases", "31/12/2019"),
        ("read_links", "2019_IND_STRATEG_08"),
        ("read_description", "destinatari"),
    ],
)
def test_what_no_rule_reads_is_told(monkeypatch, rule, lost):
    """Without one of its parsers the sheet loses coverage, and the words land in unread: nothing disappears."""
    before, full = unread_words(TEXTS[PIPES], PIPES)
    nothing = {"read_links": lambda *_: ([], ()), "read_description": lambda *_: None}
    monkeypatch.setattr(reading, rule, nothing.get(rule, lambda *_: []))
    words, coverage = unread_words(TEXTS[PIPES], PIPES)
    assert lost not in before
    assert lost in words
    assert coverage < full
    assert coverage < 0.98


def test_coverage_counts_unread_words(monkeypatch):
    """Coverage is one minus unread words over all words."""
    monkeypatch.setattr(reading, "read_indicators", lambda *_: [])
    document = read_document(TEXTS[PIPES], PIPES)
    extraction = extract_document(TEXTS[PIPES], PIPES, SETTINGS)
    unread = sum(row.words for sheet in extraction.sheets for row in sheet.unread if row.kind == "unread")
    assert extraction.coverage == pytest.approx(1 - unread / len(words_in_cells(document)), abs=0.002)


def test_the_first_claim_on_a_word_holds():
    """A later claim takes only what is still free; a word never counts twice."""
    document = read_document(TEXTS[PIPES], PIPES)
    layout = read_layout(document, choose_profile(document, SETTINGS.profiles))
    before = layout.ledger.settle()
    layout.ledger.claim([(stretch.start, stretch.end) for stretch in before], Claim.UNREAD)
    after = layout.ledger.settle()
    assert sum(s.end - s.start for s in after) == sum(s.end - s.start for s in before)
    assert not [s for s in after if s.claim is Claim.UNREAD and s not in before]
