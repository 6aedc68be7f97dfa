"""Signed files: the document inside is read, the signature is not checked, and that is said."""

import base64
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegextract.errors import UnreadableDocument
from pegextract.readers.door import media_type, read_document
from pegextract.readers.signed import is_signed, signed_content
from tests.readers.draw_pdf import pdf, text

SHEET = pdf(text(100, 100, "Direzione CULTURA"))
SIGNED_DATA, DATA = bytes.fromhex("06092a864886f70d010702"), bytes.fromhex("06092a864886f70d010701")


def piece(tag: int, content: bytes, *, open_ended: bool = False) -> bytes:
    """A tagged piece; open_ended: with an open length."""
    if open_ended:
        return bytes([tag, 0x80]) + content + b"\0\0"
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([0x84]) + size.to_bytes(4, "big")
    return bytes([tag]) + length + content


def signed(content: bytes | None, *, chunk: int | None = None, open_ended: bool = False) -> bytes:
    """A signed file around `content`, in chunks where asked; None signs a document that lies elsewhere."""
    if content is None:
        held = b""
    elif chunk:
        parts = b"".join(piece(0x04, content[n : n + chunk]) for n in range(0, len(content), chunk))
        held = piece(0xA0, piece(0x24, parts, open_ended=open_ended), open_ended=open_ended)
    else:
        held = piece(0xA0, piece(0x04, content))
    inner = piece(0x30, DATA + held, open_ended=open_ended)
    data = piece(0x30, piece(0x02, b"\1") + piece(0x31, b"") + inner + piece(0x31, b""), open_ended=open_ended)
    return piece(0x30, SIGNED_DATA + piece(0xA0, data, open_ended=open_ended), open_ended=open_ended)


FORMS = {
    "whole": signed(SHEET),
    "in chunks": signed(SHEET, chunk=100),
    "open lengths": signed(SHEET, chunk=1000, open_ended=True),
    "twice": signed(signed(SHEET)),
    "base64": base64.encodebytes(signed(SHEET)),
    "armoured": b"-----BEGIN PKCS7-----\n" + base64.encodebytes(signed(SHEET)) + b"-----END PKCS7-----\n",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["peg.pdf.p7m", "peg.p7m", "peg.PDF.P7M"])
def test_a_signed_pdf_is_read(form, name):
    """Whole or in chunks, stated or open lengths, signed twice, in Base64."""
    document = read_document(FORMS[form], name)
    assert document.text == "Direzione CULTURA"
    assert [finding.code for finding in document.findings] == ["signature_not_checked"]
    assert media_type(FORMS[form], name) == "application/pkcs7-mime"


def test_any_document_may_be_signed():
    """What is inside decides, not the name."""
    assert read_document(signed(b"Direzione\tCULTURA"), "peg.txt.p7m").reader == "text"


def test_a_signature_without_its_document_says_so():
    """Detached signatures have nothing to read."""
    with pytest.raises(UnreadableDocument, match="another file") as caught:
        read_document(signed(None), "peg.p7m")
    assert caught.value.code == "signature_only"


def test_a_cut_signed_file_is_refused():
    """Wherever it was cut."""
    data = FORMS["in chunks"]
    for end in range(20, len(data) - 10, 173):
        with pytest.raises(UnreadableDocument):
            read_document(data[:end], "peg.pdf.p7m")


def test_signatures_without_end_are_refused():
    """Nested beyond reason."""
    data = SHEET
    for _ in range(10):
        data = signed(data)
    with pytest.raises(UnreadableDocument, match="signatures"):
        signed_content(data)


@given(st.binary(max_size=300))
def test_any_bytes_after_the_mark_are_read_or_refused(data):
    """No bytes raise anything else."""
    whole = b"\x30\x80" + SIGNED_DATA + data
    assert is_signed(whole)
    try:
        signed_content(whole)
    except UnreadableDocument:
        return


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
@pytest.mark.parametrize("form", ["DER", "PEM"])
def test_what_openssl_signs_is_read(form, tmp_path):
    """A signature made by a real program, streamed (open lengths) and not."""
    key, certificate, source, output = (tmp_path / name for name in ("key", "certificate", "peg.pdf", "peg.pdf.p7m"))
    source.write_bytes(SHEET)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate,
         "-subj", "/CN=prova", "-days", "1"], check=True, capture_output=True,
    )  # fmt: skip
    for stream in ((), ("-stream",)):
        subprocess.run(
            ["openssl", "cms", "-sign", "-nodetach", "-binary", *stream, "-in", source, "-signer", certificate,
             "-inkey", key, "-outform", form, "-out", output], check=True, capture_output=True,
        )  # fmt: skip
        assert read_document(output.read_bytes(), output.name).text == "Direzione CULTURA"
