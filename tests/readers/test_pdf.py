"""PDF pages: the words that a person sees, where they stand, the lines that are drawn; everything else is told."""

import io
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image
from reportlab.lib import colors
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from pegextract.document import IN_WORD
from pegextract.errors import UnreadableDocument, UsageError
from pegextract.readers.door import read_document
from pegextract.readers.options import ReaderOptions
from pegextract.readers.pages import Page, PageImage, PageWord
from pegextract.readers.pdf import geometry, opening
from pegextract.readers.pdf.judging import needs_ocr
from pegextract.readers.pdf.plumber import PlumberDocument
from pegextract.readers.pdf.raw import RawPage
from pegextract.readers.pdf.reading import pages_of_pdf, read_pdf
from pegextract.readers.pdf.words import share_unmapped, with_line_ends
from tests.readers.draw_pdf import HEIGHT, WIDTH, box, pdf, text, together

ENGINES = pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])


def only_page(data: bytes, engine: str = "pdfium") -> Page:
    """The one page of a PDF."""
    (page,) = pages_of_pdf(data, ReaderOptions(engine))
    return page


def words(page: Page) -> str:
    """The words of a page."""
    return " ".join(word.text for word in page.words)


def codes(page: Page) -> list[str]:
    """The codes of a page's findings."""
    return [finding.code for finding in page.findings]


def image(grey: int = 200) -> ImageReader:
    """A picture of one colour."""
    return ImageReader(Image.new("L", (50, 70), grey))


@ENGINES
def test_a_word_has_its_box_from_the_top_left(engine):
    """Boxes are in points of the page as displayed."""
    page = only_page(pdf(text(100, 200, "Direzione CULTURA")), engine)
    first = page.words[0]
    assert (page.width, page.height, words(page)) == (WIDTH, HEIGHT, "Direzione CULTURA")
    assert first.x0 == pytest.approx(100, abs=1)
    assert first.top < 200 - 5 < first.bottom < 205


@ENGINES
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_rotated_page_equals_its_upright_twin(rotation, engine):
    """What is displayed counts: a page that is turned twice, by its text and by its rotation, is upright."""
    upright = only_page(pdf(together(text(100, 200, "Direzione CULTURA"), box(90, 180, 200, 30))), engine)
    turned = pdf(together(text(100, 200, "Direzione CULTURA"), box(90, 180, 200, 30)))
    with pikepdf.open(io.BytesIO(turned)) as document:
        page = document.pages[0]
        matrix = {0: (1, 0, 0, 1, 0, 0), 90: (0, 1, -1, 0, HEIGHT, 0), 180: (-1, 0, 0, -1, WIDTH, HEIGHT),
                  270: (0, -1, 1, 0, 0, WIDTH)}[rotation]  # fmt: skip
        page.contents_add(f"{' '.join(map(str, matrix))} cm".encode(), prepend=True)
        page.mediabox = [0, 0, HEIGHT, WIDTH] if rotation % 180 else [0, 0, WIDTH, HEIGHT]
        page.rotate(rotation, relative=False)
        file = io.BytesIO()
        document.save(file)
    read = only_page(file.getvalue(), engine)
    assert (read.width, read.height, read.turned) == (upright.width, upright.height, 0)
    for one, other in zip(read.words, upright.words, strict=True):
        assert one.text == other.text
        assert one[1:5] == pytest.approx(other[1:5], abs=2)
    assert len(read.rules) == len(upright.rules)


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_text_on_its_side_is_read_upright_and_its_boxes_are_those_of_the_page(quarter):
    """A page drawn sideways or upside down is turned; evidence points at the page as a viewer shows it."""

    def draw(canvas):
        canvas.translate(300, 400)
        canvas.rotate(90 * quarter)
        canvas.drawString(0, 0, "Direzione CULTURA")
        canvas.drawString(0, -20, "Servizio MUSEI")

    data = pdf(draw)
    page = only_page(data)
    assert page.turned == 90 * quarter
    document = read_pdf(data)
    assert document.text.splitlines() == ["Direzione CULTURA", "Servizio MUSEI"]
    (shown,) = document.words.boxes((0, len("Direzione CULTURA")))
    assert (shown.bottom - shown.top > shown.x1 - shown.x0) == (quarter != 2)
    assert shown.x0 - 1 <= 300 <= shown.x1 + 1
    assert shown.top - 1 <= HEIGHT - 400 <= shown.bottom + 1


def test_what_a_crop_box_cuts_off_is_not_on_the_page():
    """Places count from the visible part; words outside it are hidden."""

    def draw(canvas):
        canvas.setCropBox((50, 50, 400, 800))
        canvas.drawString(100, 700, "dentro")
        canvas.drawString(450, 700, "fuori")

    page = only_page(pdf(draw))
    assert (page.width, page.height, words(page), codes(page)) == (350, 750, "dentro", ["hidden_text"])
    assert page.words[0].x0 == pytest.approx(50, abs=1)


def invisible(canvas):
    """Text in render mode 3."""
    run = canvas.beginText(100, 500)
    run.setTextRenderMode(3)
    run.textOut("90,00")
    run.setTextRenderMode(0)
    canvas.drawText(run)


def clipped(canvas):
    """Text outside of the part of the page that is painted."""
    canvas.saveState()
    window = canvas.beginPath()
    window.rect(300, 300, 40, 20)
    canvas.clipPath(window, stroke=0)
    canvas.drawString(100, 500, "90,00")
    canvas.restoreState()


HIDDEN = {
    "invisible": invisible,
    "clipped": clipped,
    "white": text(100, 300, "90,00", colors.white),
    "nearly white": text(100, 300, "90,00", colors.Color(0.98, 0.98, 0.97)),
    "transparent": text(100, 300, "90,00", colors.Color(0, 0, 0, alpha=0.01)),
    "off the page": text(WIDTH + 20, 300, "90,00"),
    "above the page": text(100, -30, "90,00"),
    "tiny": text(100, 300, "90,00", size=0.4),
    "covered by a box": together(text(100, 300, "90,00"), box(90, 280, 80, 30, colors.white)),
    "covered by a picture": together(text(100, 300, "90,00"), lambda c: c.drawImage(image(), 90, 530, 80, 30)),
    "as dark as its ground": together(box(90, 280, 80, 30, colors.navy), text(100, 300, "90,00", colors.navy)),
}


@ENGINES
@pytest.mark.parametrize("how", HIDDEN)
def test_text_that_nobody_sees_is_no_word(how, engine):
    """It is left out and quoted by a finding, however it was hidden."""
    page = only_page(pdf(together(text(100, 100, "Peso 40,00"), HIDDEN[how])), engine)
    assert words(page) == "Peso 40,00"
    assert codes(page) == ["hidden_text"]
    assert page.findings[0].raw == "90,00"


def layered(*, off: bool, how: str = "text") -> bytes:
    """A page with "Peso 40,00" and, in a layer, "90,00": marked on the page, or told by the form that holds it."""
    form = how != "text"
    inside = text(100, 300, "90,00")
    hidden = (lambda c: (c.beginForm("box"), inside(c), c.endForm(), c.doForm("box"))) if form else inside
    with pikepdf.open(io.BytesIO(pdf(together(text(100, 100, "Peso 40,00"), hidden)))) as document:
        layer = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="strato"))
        switched = pikepdf.Dictionary(OFF=[layer] if off else [], Order=[layer])
        document.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=switched)
        page = document.pages[0]
        if how == "form that tells":
            for form_of_page in page.Resources.XObject.values():
                form_of_page.OC = layer
        else:
            page.Resources.Properties = pikepdf.Dictionary(MC0=layer)
            content = page.Contents.read_bytes()
            at = content.rindex(b"/FormXob" if form else b"BT")
            layered = content[:at] + b"/OC /MC0 BDC " + content[at:].rstrip() + b"\nEMC\n"
            page.Contents = document.make_stream(layered)
        file = io.BytesIO()
        document.save(file)
    return file.getvalue()


@ENGINES
@pytest.mark.parametrize("how", ["text", "form", "form that tells"])
def test_text_of_a_layer_is_read_where_the_layer_shows(how, engine):
    """Layers that viewers leave out print nothing, whether the text stands on the page or in a form."""
    off, on = only_page(layered(off=True, how=how), engine), only_page(layered(off=False, how=how), engine)
    assert (words(off), codes(off)) == ("Peso 40,00", ["hidden_text"])
    assert (words(on), codes(on)) == ("Peso 40,00 90,00", [])


def field(*, printed: bool) -> bytes:
    """A page with "Responsabile" and a form field that holds "PO MARIA", with its print or without."""

    def draw(canvas):
        canvas.acroForm.textfield(
            name="nome", value="PO MARIA", x=180, y=HEIGHT - 105, width=200, height=16, fontSize=9
        )

    with pikepdf.open(io.BytesIO(pdf(together(text(100, 100, "Responsabile"), draw)))) as document:
        if not printed:
            del document.pages[0].Annots[0].AP
        file = io.BytesIO()
        document.save(file)
    return file.getvalue()


@ENGINES
def test_what_was_typed_into_a_form_field_is_print_of_the_page(engine):
    """It has its place; a field that leaves its print to the viewer is told."""
    page, bare = only_page(field(printed=True), engine), only_page(field(printed=False), engine)
    assert (words(page), codes(page)) == ("Responsabile PO MARIA", [])
    assert page.words[1].x0 > page.words[0].x1
    assert (words(bare), codes(bare), bare.findings[0].raw) == ("Responsabile", ["field_not_printed"], "PO MARIA")


def turned(angle, x, top, words, size=10.0, colour=colors.black):
    """Words that run another way."""

    def draw(canvas):
        canvas.saveState()
        canvas.setFillColor(colour)
        canvas.setFont("Helvetica", size)
        canvas.translate(x, HEIGHT - top)
        canvas.rotate(angle)
        canvas.drawString(0, 0, words)
        canvas.restoreState()

    return draw


LINES = together(*(text(100, 100 + 20 * n, f"riga {n} della scheda") for n in range(12)))
PRINTED = " ".join(f"riga {n} della scheda" for n in range(12))
ACROSS = {
    "a stamp along the margin": turned(90, 30, 400, "Prot. n. 12345/2021"),
    "a watermark across the page": turned(45, 120, 500, "BOZZA", 90, colors.lightgrey),
    "a stamp above the text": turned(0, 380, 30, "Prot. n. 12345/2021"),
    "a stamp left of the text": turned(0, 8, 300, "Prot. n. 12345/2021", 8),
    "a level watermark beneath the text": turned(0, 90, 220, "BOZZA", 90, colors.lightgrey),
}


@ENGINES
@pytest.mark.parametrize("how", ACROSS)
def test_what_runs_across_a_page_is_no_value_and_is_told(how, engine):
    """Stamps along the margin and watermarks are quoted by a finding; the lines stay whole."""
    page = only_page(pdf(together(ACROSS[how], LINES)), engine)
    assert (words(page), codes(page)) == (PRINTED, ["text_across"])
    assert page.findings[0].raw in ("Prot. n. 12345/2021", "BOZZA")


def test_a_protocol_that_a_text_names_is_text():
    """Only in the margins is it a stamp."""
    page = only_page(pdf(together(LINES, text(100, 360, "vista la nota"), text(100, 380, "Prot. n. 12345/2021"))))
    assert words(page).endswith("vista la nota Prot. n. 12345/2021")
    assert codes(page) == []


@ENGINES
@pytest.mark.parametrize("space", [2.0, 5.0])
def test_letters_that_are_set_apart_are_words(space, engine):
    """As headings have them; the blanks between such words part no cells, letters with a meaning each stay alone."""

    def draw(canvas):
        canvas.setFont("Helvetica-Bold", 10)
        x = 100
        for letter in "OBIETTIVI COLLEGATI":  # as browsers print them, one by one
            canvas.drawString(x, 700, letter)
            x += canvas.stringWidth(letter) + space
        canvas.drawString(100, 660, "Peso")
        canvas.drawString(200, 660, "A e B o C")

    document = read_document(pdf(draw), "a.pdf", options=ReaderOptions(engine=engine))
    assert document.text.split("\n")[0] == "OBIETTIVI COLLEGATI"
    assert document.text.endswith("A e B o C")


def test_a_text_that_is_cut_off_shows_its_first_words():
    """As spreadsheets print texts that are wider than their cells."""

    def draw(canvas):
        window = canvas.beginPath()
        window.rect(95, 490, 42, 30)
        canvas.clipPath(window, stroke=0)
        canvas.drawString(100, 500, "prima parte nascosta")

    page = only_page(pdf(draw))
    assert (words(page), codes(page), page.findings[0].raw) == ("prima", ["hidden_text"], "parte nascosta")


SEEN = {
    "white on dark": together(box(90, 280, 80, 30, colors.navy), text(100, 300, "90,00", colors.white)),
    "white on dark with a border": together(
        lambda c: (c.setFillColor(colors.navy), c.rect(90, HEIGHT - 310, 80, 30, stroke=1, fill=1)),
        text(100, 300, "90,00", colors.white),
    ),
    "grey": text(100, 300, "90,00", colors.Color(0.6, 0.6, 0.6)),
    "on a shaded row": together(box(90, 280, 80, 30, colors.lightgrey), text(100, 300, "90,00")),
    "on a picture": together(lambda c: c.drawImage(image(), 90, 530, 80, 30), text(100, 300, "90,00", colors.white)),
    "beside a later box": together(text(100, 300, "90,00"), box(90, 320, 80, 30, colors.red)),
}


@pytest.mark.parametrize("how", SEEN)
def test_text_that_is_seen_is_read(how):
    """White on dark, grey, on shaded rows and pictures: no false alarm."""
    page = only_page(pdf(together(text(100, 100, "Peso"), SEEN[how])))
    assert words(page) == "Peso 90,00"
    assert codes(page) == []


@ENGINES
def test_letters_drawn_twice_are_read_once(engine):
    """Some programs print bold by printing twice, word by word or letter by letter."""

    def draw(canvas):
        for shift in (0, 0.3):
            canvas.drawString(100 + shift, 700, "Direzione SERVIZI")
        x = 100.0
        for letter in "Dirigente":
            for shift in (0, 0.3):
                canvas.drawString(x + shift, 600, letter)
            x += canvas.stringWidth(letter)

    assert words(only_page(pdf(draw), engine)) == "Direzione SERVIZI Dirigente"


def test_a_hyphen_of_the_programs_own_at_a_lines_end_is_no_letter():
    """U+2010 there is told from hyphens that were written; where it stands within words too, it is one of those."""
    placed = [PageWord(text, 0, 0, 9, 9) for text in ("so\u2010", "cio-sanitario")]
    assert [w.text for w in with_line_ends(placed)] == [f"so{IN_WORD}", "cio-sanitario"]
    written = [*placed, PageWord("socio\u2010sanitario", 0, 0, 9, 9)]
    assert with_line_ends(written) == written


def test_ligatures_and_accents_are_plain_letters():
    """A value is NFC text without ligatures."""
    pdfmetrics.registerFont(TTFont("DejaVu", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"))

    def draw(canvas):
        canvas.setFont("DejaVu", 10)
        canvas.drawString(100, 700, "uﬃcio conﬁne attivita\u0300 ≥ 5")

    assert words(only_page(pdf(draw))) == "ufficio confine attività ≥ 5"


def test_ruling_lines_are_strokes_boxes_and_thin_bars():
    """However a program draws a line; a broad bar is none."""
    drawn = together(
        lambda c: c.line(50, 700, 300, 700),
        box(50, 200, 100, 50),
        box(50, 300, 100, 0.7, colors.black),
        box(50, 400, 100, 20, colors.red),
        text(60, 230, "a"),
    )
    rules = only_page(pdf(drawn)).rules
    assert len(rules) == 1 + 4 + 1
    assert all(min(r.x1 - r.x0, r.bottom - r.top) <= 3 for r in rules)


def test_lines_inside_forms_are_found():
    """Office programs wrap pages in form objects, moved and scaled."""

    def draw(canvas):
        canvas.beginForm("inner")
        canvas.line(0, 0, 100, 0)
        canvas.drawString(0, 10, "dentro")
        canvas.endForm()
        canvas.translate(100, 500)
        canvas.scale(2, 2)
        canvas.doForm("inner")

    page = only_page(pdf(draw))
    (rule,) = page.rules
    assert (rule.x0, rule.x1, rule.bottom) == pytest.approx((100, 300, HEIGHT - 500), abs=2.5)
    assert words(page) == "dentro"


# --- pages without text of their own --------------------------------------------------------------------------------


def picture(canvas):
    """A page that is one picture."""
    canvas.drawImage(image(), 0, 0, WIDTH, HEIGHT)


def layer(canvas):
    """The words of an earlier OCR under the picture."""
    for line in range(20):
        run = canvas.beginText(100, 700 - 20 * line)
        run.setTextRenderMode(3)
        run.textOut("parole lette prima")
        run.setTextRenderMode(0)
        canvas.drawText(run)


def test_a_page_that_is_a_picture_is_told():
    """Beside pages with text the document is read, and the page's number stands in the finding."""
    (_, page) = pages_of_pdf(pdf(text(100, 100, "Direzione"), picture))
    (finding,) = page.findings
    assert (finding.code, finding.page) == ("page_without_words", 2)
    assert [f.code for f in read_pdf(pdf(text(100, 100, "Direzione"), picture)).findings] == ["page_without_words"]


def test_a_document_of_pictures_is_no_success():
    """Nothing is read and empty."""
    with pytest.raises(UnreadableDocument) as caught:
        read_pdf(pdf(picture, picture))
    assert caught.value.code == "no_text"


def test_pictures_go_to_the_one_who_reads_them_page_by_page():
    """OCR is asked for the pages that need it, with the page's picture and what text it has; the others are not."""
    asked: list[PageImage] = []

    def ocr(page: PageImage) -> Page:
        asked.append(page)
        return Page(page.number, page.width, page.height, (PageWord("letto", 10, 10, 40, 20, 0.9),))

    pages = list(pages_of_pdf(pdf(text(100, 100, "Direzione"), picture, together(picture, layer)), ocr=ocr))
    assert [words(page) for page in pages] == ["Direzione", "letto", "letto"]
    assert [page.number for page in asked] == [2, 3]
    assert [len(page.layer) for page in asked] == [0, 60]
    assert codes(pages[1]) == []


def test_the_picture_of_a_page_is_drawn_while_it_is_asked_for():
    """At the resolution asked for."""
    sizes = []

    def ocr(page: PageImage) -> Page:
        sizes.append(page.render(144).size)
        return Page(page.number, page.width, page.height, ())

    list(pages_of_pdf(pdf(picture), ocr=ocr))
    assert sizes == [(round(WIDTH * 2), round(HEIGHT * 2))]


def test_the_words_of_an_earlier_ocr_serve_where_there_is_none_now():
    """A picture with words laid under it is read by them."""
    page = only_page(pdf(together(picture, layer)))
    assert words(page).startswith("parole lette prima parole")
    assert "hidden_text" not in codes(page)


def test_a_coat_of_arms_is_no_scan():
    """A small picture on a page with few words changes nothing."""
    page = only_page(pdf(together(text(100, 100, "Comune"), lambda c: c.drawImage(image(), 50, 700, 80, 100))))
    assert codes(page) == []


def raw_page(*texts: str) -> RawPage:
    """A page of words side by side, as an engine gives it."""
    return RawPage(1, WIDTH, HEIGHT, tuple(PageWord(t, 10 * n, 10, 10 * n + 9, 20) for n, t in enumerate(texts)), ())


@pytest.mark.parametrize("text", ["\ue012\ue044\ue045", "\ufffd\ufffd", "(cid:12)(cid:7)"])
def test_letters_without_meaning_need_ocr(text):
    """A font that maps its letters to nothing or to private signs cannot be read; a few bullets are no alarm."""
    assert share_unmapped(raw_page(*[text] * 6, *["parola"] * 10).words) == 6 / 16
    assert needs_ocr(replace(raw_page(*["a"] * 20), unmapped=6 / 16))
    assert share_unmapped(raw_page("\uf0b7", "parola").words) == 0


# --- files ----------------------------------------------------------------------------------------------------------

SHEET = pdf(text(100, 100, "Direzione CULTURA"))


def outcome(data: bytes) -> set[str]:
    """The codes of what a file's reading told: why it was refused, or its findings."""
    try:
        return {finding.code for finding in read_document(data, "peg.pdf").findings}
    except UnreadableDocument as error:
        return {error.code}


def locked(user: str) -> bytes:
    """The sheet, encrypted; an owner password always."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(SHEET)) as document:
        document.save(file, encryption=pikepdf.Encryption(user=user, owner="padrone"))
    return file.getvalue()


def test_owner_only_encryption_is_read():
    """What forbids printing does not forbid reading."""
    assert read_document(locked(""), "peg.pdf").text == "Direzione CULTURA"


@ENGINES
def test_a_password_opens_a_pdf(engine):
    """The option opens it; it stands in no text that the options print."""
    options = ReaderOptions(engine, password="segreta")
    assert read_document(locked("segreta"), "peg.pdf", options=options).text == "Direzione CULTURA"
    assert "segreta" not in repr(options)


@pytest.mark.parametrize(("password", "words"), [(None, "--password"), ("altra", "does not open")])
def test_without_its_password_a_pdf_is_refused(password, words):
    """The sentence says what to do."""
    with pytest.raises(UnreadableDocument, match=words) as caught:
        read_document(locked("segreta"), "peg.pdf", options=ReaderOptions(password=password))
    assert caught.value.code == "encrypted"


def test_a_pdf_that_was_cut_off_is_refused_or_told():
    """Wherever the download stopped: never a crash, never silence."""
    data = pdf(*[text(100, 100, f"Pagina {n}") for n in range(20)])
    for end in range(20, len(data) - 8, 997):
        assert outcome(data[:end]) & {"unreadable", "no_pages", "no_text", "file_cut_off"}


def test_a_pdf_without_pages_is_refused():
    """Zero pages is a sentence of its own."""
    with pikepdf.new() as document:
        file = io.BytesIO()
        document.save(file)
    with pytest.raises(UnreadableDocument) as caught:
        read_document(file.getvalue(), "peg.pdf")
    assert caught.value.code in {"no_pages", "unreadable"}


def test_more_pages_than_any_book_has_are_refused(monkeypatch):
    """The limit is named."""
    monkeypatch.setattr(opening, "MOST_PAGES", 3)
    with pytest.raises(UnreadableDocument, match="4 pages") as caught:
        read_document(pdf(*[text(1, 1, "a")] * 4), "peg.pdf")
    assert caught.value.code == "limit_exceeded"


def test_a_page_tree_that_lies_about_its_count_does_not_stop_the_pages_there_are():
    """Ten thousand pages claimed, one there: refused in a sentence, at once."""
    with pikepdf.open(io.BytesIO(SHEET)) as document:
        document.Root.Pages.Count = 10_000
        file = io.BytesIO()
        document.save(file)
    assert outcome(file.getvalue()) in ({"limit_exceeded"}, set())


def test_engines_that_find_another_number_of_pages_are_told(monkeypatch):
    """A damaged page tree hides pages from one of them."""
    monkeypatch.setattr(PlumberDocument, "page_count", 2)
    found = [page.findings for page in pages_of_pdf(SHEET, ReaderOptions(engine="pdfplumber"))]
    assert [finding.code for findings in found for finding in findings] == ["page_counts_differ"]


@pytest.mark.parametrize("size", [(1e9, 1e9), (-5, 800), (0.0, 0.0)])
def test_absurd_page_sizes_are_told_or_mended(size):
    """A page of a million kilometres is a finding; its words are still read or refused."""
    with pikepdf.open(io.BytesIO(SHEET)) as document:
        document.pages[0].mediabox = [0, 0, *size]
        file = io.BytesIO()
        document.save(file)
    page = only_page(file.getvalue())
    assert max(page.width, page.height) <= geometry.LARGEST_SIDE or "page_size_absurd" in codes(page)
    assert outcome(file.getvalue()) <= {"no_text", "page_size_absurd"}


def test_an_engine_that_there_is_not_is_the_callers_mistake():
    """The names are given."""
    with pytest.raises(UsageError, match="pdfium, pdfplumber"):
        ReaderOptions("mupdf")
