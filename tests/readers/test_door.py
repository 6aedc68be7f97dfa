"""The door: content decides which reader reads, refusals say what the file is and what to do."""

import gzip
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pegextract.document import Document
from pegextract.errors import DocumentError, UnreadableDocument, UsageError
from pegextract.readers import zips
from pegextract.readers.door import media_type, read_document
from pegextract.readers.kinds import DOCX
from tests.readers.build import archive, claiming, encrypted, paragraph, table, word_file

SAMPLES = Path(__file__).parents[2] / "samples"
HTML = b"<!DOCTYPE html><html><head><title>404</title></head><body>Not Found</body></html>"
WORD = word_file(paragraph("Direzione CULTURA"))
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"
REFUSED = {
    "application/pdf": PDF,
    "image/png": b"\x89PNG\r\n\x1a\n" + bytes(30),
    "image/jpeg": b"\xff\xd8\xff\xe0" + bytes(30),
    "image/tiff": b"II*\x00" + bytes(30),
    "image/gif": b"GIF89a" + bytes(30),
    "application/x-ole-storage": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "application/gzip": gzip.compress(PDF),
    "application/postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n",
    "application/rtf": rb"{\rtf1\ansi Direzione}",
    "application/zip": archive({"a.txt": b"a"}),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": archive({"xl/workbook.xml": b"<a/>"}),
    "application/vnd.oasis.opendocument.text": archive({"mimetype": b"application/vnd.oasis.opendocument.text"}),
    "application/json": b'\n[ {"document": "peg.pdf", "sheets": []}]',
    "application/xml": b'<?xml version="1.0"?><w:wordDocument/>',
    "message/rfc822": b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>",
    "application/octet-stream": random.Random(1).randbytes(200_000),
}
DAMAGED = {"application/pdf", "image/png", "image/jpeg", "image/tiff"}


def refusal(data: bytes, name: str, reader: str | None = None) -> UnreadableDocument:
    """The error that the door raises."""
    with pytest.raises(UnreadableDocument) as caught:
        read_document(data, name, reader=reader)
    return caught.value


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_read_is_named(kind):
    """Each kind is recognised by content and refused with a stable code and a remedy, whatever its name."""
    assert media_type(REFUSED[kind], "a.txt") == kind
    error = refusal(REFUSED[kind], "a.txt")
    if kind.startswith("image/") and error.code == "ocr_missing":
        pytest.skip(str(error))
    assert error.code == ("unreadable" if kind in DAMAGED else "type_mismatch")
    assert ": " in str(error)


@pytest.mark.parametrize(
    ("path", "kind", "reader"),
    [
        ("2020_ZN03_escaped.md", "text/markdown", "markdown"),
        ("2019_ZN17_pipes.md", "text/markdown", "markdown"),
        ("2021_ZN08_tabs.txt", "text/plain", "text"),
        ("2017_accoglienze_ocr.txt", "text/plain", "text"),
    ],
)
def test_samples_find_their_reader(path, kind, reader):
    """Text with `<b>` in it is text; of texts alone the name tells Markdown."""
    data = (SAMPLES / path).read_bytes()
    assert media_type(data, path) == kind
    assert read_document(data, path).reader == reader
    assert read_document(data, "-").reader == "text"


@pytest.mark.parametrize(
    "source",
    [
        "<!doctype html>\n<p>a",
        "\ufeff  <HTML><body>a",
        "<table border=1><tr><td>a",
        "<!-- saved from x -->\n<html>a",
        '<?xml version="1.0"?>\n<!DOCTYPE html>\n<html>a</html>',
        "qualche riga\n<html>\na</html>",
        "<head></head>a",
    ],
)
def test_html_is_known_by_its_first_tags(source):
    """A page is a page whatever its name, in UTF-8 and in UTF-16."""
    assert read_document(source.encode(), "a.txt").reader == "html"
    assert read_document(source.encode("utf-16"), "a.xls").reader == "html"


@pytest.mark.parametrize("source", ["<b>a</b>", "peso < 3 e > 2", "# T\n<b>x</b>\n<u>y</u>", "tag <table> nel testo"])
def test_text_with_tags_is_text(source):
    """Inline tags and angle brackets do not make a page."""
    assert read_document(source.encode(), "a.txt").reader == "text"


def test_a_fragment_needs_its_name():
    """Text that begins with `<p>` is HTML when it is called so: Markdown may begin with one."""
    assert read_document(b"<p>a</p>", "a.html").reader == "html"
    assert read_document(b"<p>a</p>", "a.md").reader == "markdown"
    assert read_document(b"Direzione", "a.html").reader == "text"


@pytest.mark.parametrize("name", ["a.docx", "a.txt", "a.html", "a.doc", "-"])
def test_a_word_file_is_read_whatever_its_name(name):
    """Names other than those of PDFs and images claim nothing."""
    assert media_type(WORD, name) == DOCX
    assert read_document(WORD, name).text == "Direzione CULTURA"


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (HTML, "peg.pdf", "an HTML page of 81 bytes"),
        (b"Direzione", "peg.PDF", "plain text"),
        (gzip.compress(PDF), "peg.pdf", "a gzip archive"),
        (WORD, "peg.pdf", "a Word document"),
        (PDF, "scan.png", "a PDF"),
        (HTML, "peg.docx", "an HTML page"),
        (REFUSED["application/x-ole-storage"], "peg.docx", "password-protected"),
        (REFUSED["application/octet-stream"], "peg.pdf", "binary data"),
    ],
)
def test_a_name_that_claims_something_else_is_refused(data, name, words):
    """Error pages, archives and mix-ups saved as PDF, image or DOCX are refused with both kinds named."""
    error = refusal(data, name)
    assert error.code == "type_mismatch"
    assert words in str(error)
    assert f"ends in {Path(name).suffix.lower()}" in str(error)


@pytest.mark.parametrize("reader", [None, "text", "markdown", "html", "docx"])
@pytest.mark.parametrize("data", [b"", b" \r\n\t"])
def test_nothing_is_an_empty_file(data, reader):
    """Zero bytes, or blanks alone, have a code of their own."""
    assert refusal(data, "a.pdf", reader).code == "empty_file"


def test_a_pdf_behind_junk_or_before_a_zip_is_a_pdf():
    """Polyglots are what PDF readers take them for; a text that speaks of PDF headers is a text."""
    assert media_type(b"\r\njunk" + PDF, "a") == "application/pdf"
    assert media_type(PDF + WORD, "a") == "application/pdf"
    assert media_type(b"Il formato %PDF-1.4", "a") == "text/plain"


def test_the_caller_may_choose_the_reader():
    """A chosen reader skips the look at the content; one that does not exist is the caller's mistake."""
    assert read_document(HTML, "a.pdf", reader="text").reader == "text"
    assert read_document(b"<p>a", "a.txt", reader="html").text == "a"
    assert refusal(HTML, "a.docx", "docx").code == "unreadable"
    with pytest.raises(UsageError, match="markdown"):
        read_document(HTML, "a", reader="xml")


def test_archives_that_exhaust_memory_are_not_opened(monkeypatch):
    """Too many entries, too much in all, too much for its size, a password: each is refused before unpacking."""
    many = {f"word/{i}": b"" for i in range(30)}
    assert refusal(archive({"word/document.xml": b"a" * 3_000_000}), "a.docx").code == "limit_exceeded"
    assert refusal(claiming(archive({"word/document.xml": b"<a/>"}), (1 << 30) + 1), "a").code == "limit_exceeded"
    assert refusal(encrypted(archive({"word/document.xml": b"<a/>"})), "a.docx").code == "encrypted"
    monkeypatch.setattr(zips, "MAX_ENTRIES", 20)
    assert refusal(archive({"word/document.xml": b"<a/>"} | many), "a.docx").code == "limit_exceeded"
    assert refusal(archive({"a": b""}), "a", "docx").code == "type_mismatch"


def test_a_directory_that_lies_about_a_size_is_harmless():
    """An entry is never unpacked beyond the size that was checked."""
    assert refusal(claiming(archive({"word/document.xml": b"<a/>" * 9999}), 10), "a.docx").code == "unreadable"


def test_a_cut_word_file_is_refused_as_one():
    """A download that stopped early says so, wherever it stopped."""
    data = word_file(table(*["<w:tc><w:p/></w:tc>"] * 50))
    for end in range(1, len(data), 97):
        with pytest.raises(DocumentError):
            read_document(data[:end], "a.docx")
    assert "cut off" in str(refusal(data[: len(data) * 9 // 10], "a.docx"))


def test_a_flipped_byte_raises_nothing_else():
    """A Word file with a damaged byte is read or refused, whichever byte it is."""
    rng = random.Random(5)
    for _ in range(300):
        data = bytearray(WORD)
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        _read_or_refuse(bytes(data), "a.docx", None)


PREFIXES = st.sampled_from(
    [b"", b"<html>", b"<table>", b"PK\x03\x04", b"%PDF-", b"\xff\xfe", b"\xef\xbb\xbf", b"a\tb\n"]
)
NAMES = st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.pdf", "-", "", "a.b/c"])
READERS = st.sampled_from([None, "text", "markdown", "html", "docx"])


@settings(max_examples=400, deadline=None)
@given(PREFIXES, st.binary(max_size=400), NAMES, READERS)
def test_any_bytes_are_read_or_refused(prefix, data, name, reader):
    """Whatever the bytes, a Document or a DocumentError comes out, nothing else, and the Document holds together."""
    _read_or_refuse(prefix + data, name, reader)


TAGS = "<table> <tr> <td> </td> </tr> </table> <p> <br> <pre> | a b \n <li> <ol> </ol> &gt; <b> </b> <!--"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*TAGS.split(" "), "<td colspan=3>", "\t"])))
def test_any_tags_are_read(tags):
    """Tags in any order lose no word that is shown."""
    document = _read_or_refuse(("<html>" + " ".join(tags)).encode(), "a.html", "html")
    shown = " ".join(tags).split("<!--")[0]
    assert document is not None
    assert document.text.replace("\v", " ").split().count("b") == shown.split().count("b")


def _read_or_refuse(data: bytes, name: str, reader: str | None) -> Document | None:
    assert isinstance(media_type(data, name), str)
    try:
        document = read_document(data, name, reader=reader)
    except DocumentError:
        return None
    at = 0
    for cell in (cell for line in document.lines for cell in line.cells):
        assert at <= cell.start <= cell.end <= len(document.text)
        at = cell.end
    document.text.encode("utf-8")
    return document
