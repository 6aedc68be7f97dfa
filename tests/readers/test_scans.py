"""Scans: what is printed is read, whichever way the paper lay, and what is missing is told."""

import os
import random
import shutil
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from pegextract.errors import UnreadableDocument, UsageError
from pegextract.readers import scans
from pegextract.readers.door import read_document
from pegextract.readers.options import ReaderOptions
from tests.forms.scan import Harm, as_pdf, as_png, as_tiff, harmed
from tests.readers.draw_pdf import HEIGHT, WIDTH, pdf
from tests.readers.scanned import bound, drawn, needs_ocr, scanned, sheet

NEVER = ReaderOptions(ocr="never")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the sheet is drawn, and pages that were read are kept."""
    return tmp_path_factory.mktemp("scans")


@pytest.fixture(scope="module")
def options(folder):
    """Each picture is read once in this module."""
    return ReaderOptions(ocr_cache=folder / "cache")


@pytest.fixture(scope="module")
def upright(folder, options):
    """The sheet's pages as they lie in the file, read."""
    return read_document(as_tiff(scanned(folder), 200), "scan.tif", options=options)


def words_of(document) -> list[str]:
    """The words in their order."""
    return document.text.split()


@needs_ocr
def test_a_scan_prints_its_words_with_boxes_and_confidence(upright, folder):
    """Nearly every word that the PDF prints is read, most of them surely, each where it stands."""
    truth = read_document(drawn(folder).read_bytes(), "sheet.pdf")
    wanted, got = words_of(truth), words_of(upright)
    assert len(set(wanted) & set(got)) >= 0.97 * len(set(wanted))
    assert upright.reader == "ocr"
    assert upright.recognised.language == "ita"
    assert upright.recognised.pages == frozenset(range(1, upright.page_count + 1))
    places = {truth.text[w.start : w.end]: w for w in truth.words}
    for word in upright.words:
        same = places.get(upright.text[word.start : word.end])
        if (
            same
            and got.count(upright.text[word.start : word.end]) == wanted.count(upright.text[word.start : word.end]) == 1
        ):
            assert abs(word.x0 - same.x0) < 4
            assert abs((word.top + word.bottom) - (same.top + same.bottom)) < 6
    assert sum(word.confidence for word in upright.words) / len(upright.words) > 0.9


@needs_ocr
def test_codes_and_names_of_the_sheet_are_read(upright):
    """Code, title's words, director, manager."""
    truth = sheet().truth
    for printed in (truth["code"], truth["director"], truth["manager"]):
        assert printed in upright.text


@needs_ocr
@pytest.mark.parametrize("turned", [90, 180])
def test_a_turned_page_equals_its_upright_twin(turned, upright, folder, options):
    """The same words in the same order; boxes are those of the page as it lies in the file."""
    pages = scanned(folder, harm=Harm(turned=turned))
    read = read_document(as_tiff(pages, 200), "scan.tif", options=options)
    assert read.text == upright.text
    width, height = pages[0].width * 72 / 200, pages[0].height * 72 / 200
    assert all(0 <= w.x0 < w.x1 <= width + 1 and 0 <= w.top < w.bottom <= height + 1 for w in read.words if w.page == 1)


@needs_ocr
def test_paper_that_lay_askew_is_read_level(upright, folder, options):
    """A degree of lean, grey paper, dust and a dark edge cost hardly a word."""
    harm = Harm(skew=1.1, ground=215, specks=20, border=0.01)
    read = read_document(as_tiff(scanned(folder, harm=harm), 200), "scan.tif", options=options)
    missing = set(words_of(upright)) - set(words_of(read))
    assert len(missing) <= 0.04 * len(set(words_of(upright))), missing


@needs_ocr
def test_every_container_gives_the_same_words(upright, folder, options):
    """One page as PNG without a resolution, as PDF: what the TIFF gives, but for a word or two."""
    page = scanned(folder)[0]
    first = [w for w in upright.words if w.page == 1]
    wanted = {upright.text[w.start : w.end] for w in first}
    for data, name in (
        (as_png(page, None), "a.png"),
        (as_pdf([page], 200), "a.pdf"),
    ):
        got = set(words_of(read_document(data, name, options=options)))
        assert len(wanted - got) <= 0.03 * len(wanted), (name, wanted - got)


@needs_ocr
def test_digital_and_scanned_pages_of_one_pdf_are_both_read(folder, options):
    """The reader is mixed; only the scanned page is told as recognised."""
    data = bound(drawn(folder).read_bytes(), as_pdf([scanned(folder)[0]], 200))
    document = read_document(data, "book.pdf", options=options)
    digital = read_document(drawn(folder).read_bytes(), "sheet.pdf")
    assert document.reader == "mixed"
    assert document.recognised.pages == frozenset({document.page_count})
    assert document.text.startswith(digital.text[:500])
    assert document.text.count(sheet().truth["director"]) > digital.text.count(sheet().truth["director"])


@needs_ocr
def test_never_and_always(folder, options):
    """--ocr always reads a digital page as a picture; never reads no picture, and says so."""
    digital = drawn(folder).read_bytes()
    assert read_document(digital, "a.pdf", options=replace(options, ocr="always")).reader == "ocr"
    with pytest.raises(UnreadableDocument) as caught:
        read_document(as_png(scanned(folder)[0], 200), "a.png", options=NEVER)
    assert caught.value.code == "ocr_off"


@needs_ocr
def test_a_blank_page_has_no_words_and_a_scribble_is_told(options):
    """Nothing is invented on white paper; ink that is no print is a finding."""
    blank = Image.new("L", (1654, 2339), "white")
    assert read_document(as_tiff([blank], 200), "a.tif", options=options).words[:] == ()
    strokes = np.full((1170, 827), 255, np.uint8)
    strokes[np.ix_(np.arange(1170) % 40 < 12, np.arange(827) % 60 < 30)] = 90
    strokes[:, ::3] = 255
    document = read_document(as_tiff([Image.fromarray(strokes)], 100), "a.tif", options=options)
    assert {f.code for f in document.findings} & {"words_not_recognised", "page_hard_to_read"}


@needs_ocr
def test_a_page_is_read_once(folder, options, monkeypatch):
    """The same picture under another name comes from the cache, with the number of its own page."""
    page = scanned(folder)[0]
    read = read_document(as_tiff([page], 200), "a.tif", options=options)
    from pegextract.readers.ocr import reading

    def again(*_):
        raise AssertionError("the page was read twice")

    monkeypatch.setattr(reading, "read_page", again)
    twice = read_document(as_tiff([page, page], 200), "b.tif", options=options)
    assert [w[3:] for w in twice.words if w.page == 2] == [w[3:] for w in read.words]


def test_without_tesseract_a_scan_says_what_to_install(folder, monkeypatch):
    """Text and digital PDFs are read all the same; the pages of a mixed PDF that are pictures are findings."""
    tesseract = pytest.importorskip("pegextract.readers.ocr.tesseract", reason="the extra ocr is not installed")
    monkeypatch.setattr(tesseract, "installed", lambda: None)
    scan = as_pdf([scanned(folder)[0]], 200)
    for data, name in ((scan, "a.pdf"), (as_png(scanned(folder)[0], 200), "a.png")):
        with pytest.raises(UnreadableDocument, match="apt-get install tesseract-ocr") as caught:
            read_document(data, name)
        assert caught.value.code == "ocr_missing"
    mixed = read_document(bound(drawn(folder).read_bytes(), scan), "a.pdf")
    assert mixed.reader == "pdf"
    assert any("apt-get install" in f.message and f.page == mixed.page_count for f in mixed.findings)


def test_without_the_extra_a_scan_says_what_to_install(folder, monkeypatch):
    """The line for pip, and the name of what is missing."""
    import sys

    for name in [name for name in sys.modules if name.startswith("pegextract.readers.ocr")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "cv2", None)
    with pytest.raises(UnreadableDocument, match=r"pip install 'pegextract\[ocr\]'"):
        scans.read_picture(as_png(scanned(folder)[0], 200))


def test_a_language_without_data_is_told():
    """The package of Debian that has it is named; what is no language at all is a wrong option."""
    engines = pytest.importorskip("pegextract.readers.ocr.engines", reason="the extra ocr is not installed")
    with pytest.raises(UnreadableDocument, match="tesseract"):
        engines.engines_for("xyz")
    with pytest.raises(UsageError):
        ReaderOptions(ocr_language="ita; rm")


@needs_ocr
def test_words_laid_under_a_picture_are_replaced_by_better_ones(folder, options):
    """The hidden text of an earlier OCR that knew no Italian goes; what the picture shows is read."""
    from tests.forms.scan import render

    picture = next(render(drawn(folder), 200))
    data = _with_layer(
        picture, "Dlrezlone C0RP0 POLIZ1A quaIcosa di sbagIiato in ogni parola che segue adesso qui " * 2
    )
    document = read_document(data, "a.pdf", options=options)
    assert "quaIcosa" not in document.text
    assert sheet().truth["director"] in document.text


def _with_layer(picture, words: str) -> bytes:
    """A page that is a picture, with invisible words over it."""
    from reportlab.lib.utils import ImageReader

    def draw(canvas) -> None:
        canvas.drawImage(ImageReader(harmed(picture, Harm(), random.Random(1))), 0, 0, WIDTH, HEIGHT)
        layer = canvas.beginText(50, 700)
        layer.setTextRenderMode(3)
        layer.textLine(words)
        canvas.drawText(layer)

    return pdf(draw)


@needs_ocr
def test_the_engines_call_nobody(tmp_path):
    """The library of the second reader reports to its maker where it is not told otherwise before its import."""
    script = "import time; from pegextract.readers.ocr import recogniser; recogniser.load(); time.sleep(1)"
    command, trace = [sys.executable, "-c", script], tmp_path / "trace"
    if shutil.which("strace"):
        command = ["strace", "-f", "-qq", "-o", str(trace), "-e", "trace=socket", *command]
    home = tmp_path / "home"
    home.mkdir()
    subprocess.run(command, env=os.environ | {"HOME": str(home), "XDG_CACHE_HOME": str(home)}, check=True)
    assert list(home.rglob("*")) == [], "what waits to be sent lies here"
    assert not trace.exists() or "AF_INET" not in trace.read_text()
