"""Word files as Word prints them: cells, paragraphs, page heads, nothing hidden."""

import contextlib
import io
import random

import docx
import pytest
from docx.enum.section import WD_SECTION

from pegextract.document import Columns
from pegextract.errors import DocumentError, UnreadableDocument
from pegextract.readers.docx import read_docx
from tests.forms import draw_libreoffice
from tests.forms.content import header_rows, indicator_rows, phase_rows
from tests.forms.look import Look
from tests.forms.sheets import random_sheet
from tests.readers.build import cell, cells, codes, paragraph, rows, table, with_entries, word_file


def saved(document) -> bytes:
    """The bytes of a python-docx document."""
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_a_row_is_a_line_of_cells():
    """Each row is one line, each cell's index its column; rows follow without a gap."""
    document = read_docx(word_file(paragraph("FASI") + table(cell("Peso") + cell("Note"), cell("30") + cell(""))))
    assert cells(document) == [["FASI"], ["Peso", "Note"], ["30", ""]]
    assert [line.columns for line in document.lines] == [Columns.NONE, Columns.SEPARATORS, Columns.SEPARATORS]
    assert [line.gap for line in document.lines] == [0, 1, 0]
    assert document.text == "FASI\n\nPeso\tNote\n30\t"
    assert (document.reader, document.page_count) == ("docx", None)


def test_merged_cells_keep_the_columns():
    """gridSpan, gridBefore and merged cells leave empty places, so that later cells have the index of their column."""
    wide, first, more = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows_ = (
        cell("a", wide) + cell("b"),
        cell("c", first) + cell("d") + cell("e"),
        cell("", more) + cell("f") + cell("g"),
        '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("h") + cell("i"),
    )
    assert cells(read_docx(word_file(table(*rows_)))) == [
        ["a", "", "b"],
        ["c", "d", "e"],
        ["", "f", "g"],
        ["", "h", "i"],
    ]


def test_a_table_that_lays_out_the_page_is_read_in_order():
    """A row that holds another table is flattened; the inner table stays a table."""
    inner = table(cell("Direzione") + cell("CULTURA"))
    document = read_docx(
        word_file(table(cell("2021_A1") + cell(inner + paragraph("sotto")), cell("Peso") + cell("30")))
    )
    assert cells(document) == [["2021_A1"], ["Direzione", "CULTURA"], ["sotto"], ["Peso", "30"]]


def test_paragraphs_inside_a_cell():
    """A line break in a cell is one vertical tab, a paragraph's end two."""
    lines = "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p>" + paragraph("c")
    assert cells(read_docx(word_file(table(cell(lines) + cell("d"))))) == [["a\vb\v\vc", "d"]]


def test_tab_stops_set_cells_apart():
    """A tab makes cells in the middle of a line, indents at its beginning, and is a blank after a list's mark."""
    stops = "<w:pPr><w:tabs><w:tab w:val='left' w:pos='9'/></w:tabs></w:pPr>"
    tab = f"<w:p>{stops}<w:r><w:t>{{}}</w:t><w:tab/><w:t>{{}}</w:t></w:r></w:p>"
    document = read_docx(word_file(tab.format("FASE", "testo") + tab.format("", "rientro") + tab.format("-", "voce")))
    assert cells(document) == [["FASE", "testo"], ["rientro"], ["- voce"]]


def test_runs_are_joined_as_printed():
    """A word cut into runs is one word, a line break makes a line, a hard hyphen is a hyphen."""
    first = "<w:r><w:t>DIREZ</w:t></w:r><w:r><w:t>IONE</w:t><w:br/>"
    document = read_docx(word_file(f"<w:p>{first}<w:t>socio</w:t><w:noBreakHyphen/><w:t>sanitario</w:t></w:r></w:p>"))
    assert cells(document) == [["DIREZIONE"], ["socio-sanitario"]]
    assert [line.gap for line in document.lines] == [0, 0]


@pytest.mark.parametrize("on", ["<w:vanish/>", '<w:vanish w:val="1"/>', '<w:vanish w:val="true"/>'])
def test_hidden_runs_are_counted_not_read(on):
    """w:vanish gives no text; a warning says how many words that were."""
    document = read_docx(word_file(paragraph("visto") + paragraph("peso 99", run=f"<w:rPr>{on}</w:rPr>")))
    assert (document.text, codes(document)) == ("visto", ["hidden_text"])
    assert document.findings[0].message.startswith("2 hidden words")


def test_a_switch_that_is_off_hides_nothing():
    """`w:vanish` with the value 0 is visible."""
    assert read_docx(word_file(paragraph("visto", run='<w:rPr><w:vanish w:val="0"/></w:rPr>'))).text == "visto"


def test_tracked_changes_are_read_as_accepted():
    """Inserted words are text, deleted and moved-away words and rows are not, and are counted."""
    gone = "<w:del><w:r><w:delText>via</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>anche</w:t></w:r></w:moveFrom>"
    changed = f"<w:p><w:ins><w:r><w:t>nuovo</w:t></w:r></w:ins>{gone}</w:p>"
    document = read_docx(word_file(changed + table(cell("a") + cell("b"), "<w:trPr><w:del/></w:trPr>" + cell("c"))))
    assert (document.text, codes(document)) == ("nuovo\n\na\tb", ["deleted_text"])


def test_text_boxes_follow_their_paragraph():
    """The words of a box stand once, after the paragraph that it is anchored in, boxes in boxes too."""
    inner = f"<wps:txbx><w:txbxContent>{paragraph('dentro')}</w:txbxContent></wps:txbx>"
    box = f"<wps:txbx><w:txbxContent><w:p><w:r>{inner}<w:t>riquadro</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
    either = f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    drawn = f"<mc:AlternateContent>{either}</mc:AlternateContent>"
    document = read_docx(word_file(f"<w:p><w:r><w:t>prima </w:t>{drawn}<w:t>dopo</w:t></w:r></w:p>{paragraph('fine')}"))
    assert cells(document) == [["prima dopo"], ["riquadro"], ["dentro"], ["fine"]]


def test_prompts_of_empty_form_fields_are_no_words():
    """What says "click here to enter text" is not on the paper; what was entered is."""
    prompt = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{paragraph('Fare clic')}</w:sdtContent></w:sdt>"
    )
    filled = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('CULTURA')}</w:sdtContent></w:sdt>"
    assert read_docx(word_file(prompt + filled)).text == "CULTURA"


def test_pictures_and_notes_are_named():
    """What may hold words and is not read is counted in findings."""
    body = "<w:p><w:r><w:t>a</w:t><pic:pic/><w:footnoteReference w:id='2'/></w:r></w:p><w:altChunk r:id='x'/>"
    assert codes(read_docx(word_file(body))) == ["image_not_read", "footnote_not_read", "embedded_document_not_read"]


def test_automatic_lists_print_their_marks():
    """Numbers and bullets that Word draws are read, for lists that a style makes too, unless the author typed one."""
    word = docx.Document()
    for text, style in (
        ("uno", "List Bullet"),
        ("due", "List Number"),
        ("tre", "List Number"),
        ("3) x", "List Number"),
    ):
        word.add_paragraph(text, style)
    assert read_docx(saved(word)).text.split("\n\n") == ["- uno", "1. due", "2. tre", "3) x"]


def test_page_heads_are_read_once_where_their_section_begins():
    """Code and title that only the page head prints are read at the top of their section; page feet are findings."""
    word = docx.Document()
    for number in (1, 2):
        section = word.sections[0] if number == 1 else word.add_section(WD_SECTION.NEW_PAGE)
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        section.header.paragraphs[0].text = f"2020_ZN0{number}"
        section.footer.paragraphs[0].text = "Comune di X"
        word.add_paragraph(f"testo {number}")
    document = read_docx(saved(word))
    assert cells(document) == [["2020_ZN01"], ["testo 1"], ["2020_ZN02"], ["testo 2"]]
    assert [line.page for line in document.lines] == [1, 1, 2, 2]
    assert [(finding.code, finding.raw) for finding in document.findings] == [("page_footer_not_read", "Comune di X")]


def test_a_page_head_that_the_body_repeats_is_a_finding():
    """Words that the body prints as well are not read twice."""
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "2020_ZN01"
    word.add_paragraph("2020_ZN01 Titolo")
    document = read_docx(saved(word))
    assert (document.text, codes(document)) == ("2020_ZN01 Titolo", ["page_header_not_read"])


def test_a_break_of_the_author_is_not_counted_twice():
    """Where Word noted the pages it drew, they are counted: its note after a set break is that break."""
    drawn, broken = "<w:lastRenderedPageBreak/>", "<w:p><w:r><w:br w:type='page'/></w:r></w:p>"
    body = paragraph("a") + broken + paragraph("b", run=drawn) + paragraph("c", run=drawn)
    document = read_docx(word_file(body))
    assert [line.page for line in document.lines] == [1, 2, 3]
    assert document.page_count == 3


def test_entities_are_not_expanded():
    """A document type in the XML fetches nothing and multiplies nothing."""
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    try:
        text = read_docx(word_file(paragraph("x &b; &f; y"), doctype=laughs)).text
    except UnreadableDocument:
        return
    assert "ha" not in text
    assert set(text.split()) <= {"x", "y"}


@pytest.mark.parametrize(
    "part", ["word/document.xml", "[Content_Types].xml", "_rels/.rels", "word/styles.xml", "word/numbering.xml"]
)
@pytest.mark.parametrize("damage", [b"", b"<x", b"<x/>", b"\x00\xff" * 50])
def test_a_damaged_part_is_one_sentence(part, damage):
    """Whatever part is broken, the file is read or refused as unreadable: no other error comes out."""
    data = with_entries(word_file(paragraph("a")), {part: damage})
    with contextlib.suppress(DocumentError):
        read_docx(data)


def test_deep_nesting_is_read_or_refused():
    """Thousands of nested tables end neither in a crash nor in a hang."""
    deep = "<w:tbl><w:tr><w:tc>" * 3000 + paragraph("a") + "</w:tc></w:tr></w:tbl>" * 3000
    with pytest.raises(UnreadableDocument, match="damaged"):
        read_docx(word_file(deep))
    nested = "<w:tbl><w:tr><w:tc>" * 60 + paragraph("a") + "</w:tc></w:tr></w:tbl>" * 60
    assert read_docx(word_file(nested)).text == "a"


@pytest.mark.parametrize("seed", range(12))
def test_generated_sheets_keep_their_cells(tmp_path, seed):
    """Every row of the header, of phases and of indicators comes back cell by cell, and the page head is there."""
    sheet = random_sheet(random.Random(seed), block=False, hard=0.6)
    draw_libreoffice.write_docx([sheet], tmp_path / "a.docx", Look(label_left=False))
    document = read_docx((tmp_path / "a.docx").read_bytes())
    found = rows(document)
    for row in [*header_rows(sheet), *phase_rows(sheet), *indicator_rows(sheet)]:
        assert [" ".join(text.split()) for text in row] in found
    assert sheet.truth["title"] in document.text
