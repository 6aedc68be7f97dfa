"""Inputs that break things, all made here: broken and lying PDFs, bombs, odd images, archives, names, texts.

`write_all(folder, canary)` writes them and returns the codes that each may end with. Every case is small on disk; what
it unfolds to is not.
"""

from __future__ import annotations

import io
import os
import random
import socket
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

UNREADABLE = {"unreadable", "type_mismatch", "encrypted", "limit_exceeded", "empty_file", "no_text", "no_pages"}
EMPTY = {"unknown_form", "no_sheet", "empty"}
WORKER = {"worker_died", "out_of_memory", "timeout", "no_progress"}
FAILS = UNREADABLE | EMPTY | WORKER
SKIPPED = {"not_regular_file", "limit_exceeded", "not_readable"}


class Case(NamedTuple):
    """A name, the bytes, and the codes that are right for it."""

    name: str
    data: bytes
    codes: set[str]


def pdf(objects: list[tuple[int, bytes | str]], root: int = 1, extra: str = "") -> bytes:
    """A PDF file with exactly these objects, whatever they are."""
    out, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}
    for number, body in objects:
        offsets[number] = len(out)
        out += b"%d 0 obj\n" % number + (body if isinstance(body, bytes) else body.encode()) + b"\nendobj\n"
    at, size = len(out), max(offsets) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n"
    return bytes(out) + f"trailer\n<< /Size {size} /Root {root} 0 R {extra} >>\nstartxref\n{at}\n%%EOF\n".encode()


def stream(dictionary: str, data: bytes) -> bytes:
    """A stream object."""
    return f"<< {dictionary} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


CONTENT = b"BT /F1 12 Tf 72 700 Td (Objective 1 weight 40%) Tj ET"


def page(content: bytes = CONTENT, box: str = "[0 0 595 842]", more: str = "", filters: str = "") -> list:
    """The five objects of a one-page file."""
    return [
        (1, f"<< /Type /Catalog /Pages 2 0 R {more} >>"),
        (2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
        (3, f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"),
        (4, stream(filters, content)),
        (5, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"),
    ]


def structures() -> Iterator[Case]:
    """Files that are cut, padded, cyclic or lie about themselves."""
    good, rng = pdf(page()), random.Random(5)
    yield Case("zero.pdf", b"", {"empty_file"})
    yield Case("header.pdf", b"%PDF-1.7", FAILS)
    yield Case("random.pdf", rng.randbytes(200_000), {"type_mismatch"})
    yield Case("half.pdf", good[: len(good) // 2], FAILS)
    yield Case("no xref.pdf", good[: good.index(b"xref")], FAILS)
    yield Case("html.pdf", b"<html><body><h1>404 Not Found</h1></body></html>", {"type_mismatch"})
    yield Case("gzip.pdf", b"\x1f\x8b\x08\x00" + zlib.compress(good), {"type_mismatch"})
    yield Case("text.pdf", b"just a text that somebody called so\n" * 9, {"type_mismatch"})
    yield Case("polyglot.pdf", good + archive({"a.txt": b"x"}), FAILS)
    yield Case("junk before.pdf", b"junk " * 400 + good, FAILS)
    yield Case("startxref.pdf", good.replace(b"startxref\n", b"startxref\n99999999999999999"), FAILS)
    yield Case("prev itself.pdf", pdf(page(), extra="/Prev 9"), FAILS)
    yield Case("count lie.pdf", good.replace(b"/Count 1", b"/Count 2147483647"), FAILS)
    yield Case("cyclic pages.pdf", good.replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"), FAILS)
    yield Case("length itself.pdf", good.replace(b"/Length %d" % len(CONTENT), b"/Length 4 0 R"), FAILS)
    yield Case("no root.pdf", pdf(page(), root=77), FAILS)
    yield Case("many pages.pdf", good.replace(b"[3 0 R]", b"[" + b"3 0 R " * 20_000 + b"]"), FAILS)
    deep = [(1, "<< /Type /Catalog /Pages 2 0 R >>")]
    deep += [(n, f"<< /Type /Pages /Kids [{n + 1} 0 R] /Count 1 >>") for n in range(2, 5000)]
    yield Case("deep tree.pdf", pdf([*deep, (5000, "<< /Type /Page /MediaBox [0 0 9 9] >>")]), FAILS)
    for name in ("/Standard /V 1 /R 2 /O (x) /U (y) /P -4", "/Adobe.PubSec", "/Nobody"):
        yield Case(f"crypt {name[1:6]}.pdf", pdf(page(), extra=f"/Encrypt << /Filter {name} >>"), FAILS)
    for number, at in enumerate(rng.sample(range(len(good)), 20)):
        yield Case(f"flip {number}.pdf", good[:at] + bytes([good[at] ^ 255]) + good[at + 1 :], FAILS)


def bombs() -> Iterator[Case]:
    """Small files that unfold to far too much, or never end."""
    packed = zlib.compress(b" " * (1 << 28), 9)
    yield Case("flate.pdf", pdf(page(packed, filters="/Filter /FlateDecode")), FAILS)
    double = "/Filter [/FlateDecode /FlateDecode]"
    yield Case("flate of flate.pdf", pdf(page(zlib.compress(packed, 9), filters=double)), FAILS)
    hexes = f"/Filter [{'/ASCIIHexDecode ' * 50}]"
    yield Case("filters.pdf", pdf(page(b"41" * 1000, filters=hexes)), FAILS)
    forms = [(1, "<< /Type /Catalog /Pages 2 0 R >>"), (2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>")]
    forms += [(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject "
                  "<< /X 10 0 R >> >> >>"), (4, stream("", b"/X Do"))]  # fmt: skip
    for n in range(10, 38):
        form = f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {n + 1} 0 R >> >>"
        forms.append((n, stream(form, b"/X Do /X Do")))
    forms.append((38, stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", CONTENT)))
    yield Case("laughs.pdf", pdf(forms), FAILS)
    yield Case("self form.pdf", pdf(forms).replace(b"/X 11 0 R", b"/X 10 0 R"), FAILS)
    words = b"".join(b"BT /F1 1 Tf %d %d Td (w) Tj ET\n" % (n % 500, n // 500) for n in range(60_000))
    yield Case("words.pdf", pdf(page(words)), FAILS)
    yield Case("lines.pdf", pdf(page(b"".join(b"%d 0 m %d 9 l S\n" % (n, n) for n in range(100_000)))), FAILS)
    yield Case("states.pdf", pdf(page(b"q " * 500_000 + b"Q " * 500_000)), FAILS)
    yield Case("array.pdf", pdf(page(b"[" * 200_000)), FAILS)
    yield Case("digits.pdf", pdf(page(b"1" * 2_000_000 + b" w")), FAILS)
    yield Case("inline.pdf", pdf(page(b"BI /W 9 /H 9 ID abc")), FAILS)
    yield Case("one line.txt", b"x" * 20_000_000, FAILS)
    yield Case("lines.txt", b"\n" * 3_000_000 + b"x", FAILS)
    yield Case("quotes.md", b">" * 100_000 + b"[" * 100_000 + b"`" * 100_000, FAILS)
    yield Case("nested.html", b"<div>" * 100_000, FAILS)
    yield Case("table.html", b"<table>" + b"<tr><td colspan=9999999 rowspan=9999999>x" * 3_000, FAILS)
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    yield Case("laughs.html", f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]><html>&l9;</html>'.encode(), FAILS)


def boxes() -> Iterator[Case]:
    """Pages of impossible sizes."""
    for name, box in {
        "huge": "[0 0 1e9 1e9]", "zero": "[0 0 0 0]", "reversed": "[595 842 0 0]", "nan": "[0 0 nan inf]",
        "strip": "[0 0 14400 1]", "negative": "[-1e30 -1e30 1e30 1e30]",
    }.items():  # fmt: skip
        yield Case(f"box {name}.pdf", pdf(page(box=box)), FAILS)
    for key in ("/UserUnit 75000", "/Rotate 37", "/CropBox [9000 9000 9001 9001]"):
        yield Case(f"page {key[1:5]}.pdf", pdf(page()).replace(b"/Contents", key.encode() + b" /Contents"), FAILS)


def active(canary: Path, port: int) -> Iterator[Case]:
    """Files that would read the canary or call a server if anybody obeyed them."""
    web = f"http://127.0.0.1:{port}/called"
    actions = {
        "javascript": f"/S /JavaScript /JS (app.launchURL\\('{web}'\\))", "launch": "/S /Launch /F (/bin/sh)",
        "uri": f"/S /URI /URI ({web})", "submit": f"/S /SubmitForm /F ({web})", "goto": f"/S /GoToR /F ({canary})",
    }  # fmt: skip
    for name, action in actions.items():
        yield Case(f"open {name}.pdf", pdf(page(more=f"/OpenAction << {action} >>")), FAILS)
    xfa = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{canary}">]><xdp>&e;</xdp>'.encode()
    forms = [*page(more="/AcroForm << /XFA 6 0 R /Fields [] >>"), (6, stream("", xfa))]
    yield Case("xfa.pdf", pdf(forms), FAILS)
    yield Case("external.pdf", pdf(page(b"", filters=f"/F ({canary})")), FAILS)
    html = f'<html><img src="{web}"><link rel=stylesheet href="{web}"><script src="{web}"></script><p>x</html>'
    yield Case("remote.html", html.encode(), FAILS)
    entity = f'<?xml version="1.0"?><!DOCTYPE h [<!ENTITY e SYSTEM "file://{canary}">]><html><p>&e;</p></html>'
    yield Case("entity.html", entity.encode(), FAILS)
    document = f'<!DOCTYPE d [<!ENTITY e SYSTEM "file://{canary}">]><w:document xmlns:w="x">&e;</w:document>'
    yield Case("entity.docx", docx(document.encode()), FAILS)


def png(width: int, height: int, data: bytes = b"", bits: int = 1) -> bytes:
    """A PNG with this header, whatever the data."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def images() -> Iterator[Case]:
    """Images that are none, or too large, or go round in circles."""
    yield Case("eps.png", b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) run\n", {"type_mismatch"})
    yield Case("svg.png", b'<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>', {"type_mismatch"})
    yield Case("fits.jpg", b"SIMPLE  =                    T" + b" " * 2850, {"type_mismatch"})
    yield Case("jp2.jpg", b"\x00\x00\x00\x0cjP  \r\n\x87\n" + b"x" * 99, {"type_mismatch"})
    yield Case("wmf.png", b"\xd7\xcd\xc6\x9a" + b"\x00" * 99, {"type_mismatch"})
    row = b"\0" * (30_000 // 8 + 1)
    yield Case("wide.png", png(30_000, 30_000, zlib.compress(row * 30_000)), FAILS)
    yield Case("lie.png", png(100_000, 100_000), FAILS)
    yield Case("empty.png", png(0, 0), FAILS)
    yield Case("cut.png", png(100, 100, zlib.compress(b"\0" * 50)), FAILS)
    loop = b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", 1) + struct.pack("<HHII", 256, 3, 1, 1) + struct.pack("<I", 8)
    yield Case("loop.tif", loop, FAILS)
    yield Case("big.tif", b"II+\x00\x08\x00\x00\x00" + b"\xff" * 60, FAILS)
    yield Case("half.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xdb", FAILS)
    yield Case(
        "huge.jpg", b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xdc\xff\xdc\x03\x01\x11\x00\x02\x11\x01\x03\x11\x01", FAILS
    )


def archive(entries: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            file.writestr(name, data)
    return out.getvalue()


def docx(document: bytes) -> bytes:
    """A Word file with this as its document."""
    types = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return archive({"[Content_Types].xml": types, "_rels/.rels": b"<x/>", "word/document.xml": document})


def archives() -> Iterator[Case]:
    """Archives in the place of documents, and Word files that are bombs."""
    yield Case("archive.docx", archive({"../../escape.txt": b"x", "/abs": b"x"}), FAILS)
    yield Case("bomb.docx", docx(b"<w>" + b"0" * (1 << 28)), FAILS)
    yield Case("empty.docx", b"PK\x05\x06" + b"\0" * 18, FAILS)
    yield Case("cut.docx", archive({"word/document.xml": b"x" * 999})[:90], FAILS)
    yield Case("many.docx", archive({f"{n}.xml": b"" for n in range(5000)}), FAILS)
    yield Case("nested.docx", archive({"a.zip": archive({"b.zip": archive({"c": b"x"})})}), FAILS)
    yield Case("zip.txt", archive({"a.txt": b"x"}), FAILS)
    yield Case("ole.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, FAILS)


def texts() -> Iterator[Case]:
    """Texts in odd encodings, with odd characters, and values that are none."""
    letter = "Gentile signora, la ringrazio. Perché no?\n"
    for encoding in ("utf-16", "utf-16-le", "utf-32", "utf-7", "mac-roman", "cp1252", "cp037"):
        yield Case(f"{encoding}.txt", letter.encode(encoding), FAILS)
    yield Case("nul.txt", b"a\0b\0c\n" * 50, FAILS)
    yield Case("surrogates.txt", "è".encode() + b"\xed\xa0\x80 \xff\xfe overlong \xc0\xaf\n" * 20, FAILS)
    yield Case("bidi.txt", "pagamento \u202e05\u202c EUR \u200b1\u200b0 ١٢٣ １２ ½ −0\n".encode() * 20, FAILS)
    yield Case("values.txt", b"nan inf 1e400 1_000 0x10 31.02.2026 00.00.0000 1.234 12/11/10\n" * 20, FAILS)
    yield Case("yaml.md", b"---\n!!python/object/apply:os.system ['touch /tmp/pwned']\n---\n", FAILS)
    yield Case("script.md", b"<script>alert(1)</script> ![x](javascript:alert(1)) [[[[\n", FAILS)
    yield Case("form.txt", b"OBIETTIVO FASE INDICATORE SERVIZIO DIREZIONE\n" * 500, FAILS)
    yield Case("cr.txt", b"a\rb\x85c\xe2\x80\xa8d", FAILS)
    yield Case("bytes.txt", bytes(range(256)) * 20, FAILS)
    yield Case("regex.txt", b"1" * 200_000 + b" " + b"a," * 200_000, FAILS)
    yield Case("pipes.md", b"|" * 300_000 + b"\n" + b"| a " * 50_000, FAILS)


NAMES = (
    b"a\nb.txt", b"\x1b]0;x\x07.txt", "gpj\u202etxt.txt".encode(), b"-rf.txt", b"$(touch x).txt", b"a;b|c&.txt",
    b"%s%n.txt", b"{0.__class__}.txt", b"[bold]x.txt", b"<img src=x onerror=alert(1)>.txt", b"=HYPERLINK(1).txt",
    b"caff\xe9.txt", "caf\u00e9.txt".encode(), "cafe\u0301.txt".encode(), b"x" * 251 + b".txt",
)  # fmt: skip


def write_all(folder: Path, canary: Path, port: int) -> dict[str, set[str]]:
    """Write every case below `folder`; name on disk → the codes that are right."""
    right: dict[str, set[str]] = {}
    for cases in (structures(), bombs(), boxes(), active(canary, port), images(), archives(), texts()):
        for case in cases:
            path = folder / case.name
            assert not path.exists(), case.name
            path.write_bytes(case.data)
            right[case.name] = case.codes
    for number, name in enumerate(NAMES):
        (folder / os.fsdecode(name)).write_text(f"A letter with an odd name, {number}.\n")
        right[os.fsdecode(name)] = FAILS
    right |= write_specials(folder, canary)
    return right


def write_specials(folder: Path, canary: Path) -> dict[str, set[str]]:
    """What is no file at all, or none that anybody would read."""
    os.mkfifo(folder / "fifo.pdf")
    (folder / "zero link.pdf").symlink_to("/dev/zero")
    (folder / "dangling.pdf").symlink_to(folder / "nothing")
    (folder / "passwd.txt").symlink_to(canary)
    (folder / "around").symlink_to(folder)
    with (folder / "sparse.pdf").open("wb") as file:
        file.truncate(1 << 40)
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(folder)
        server.bind("socket.pdf")
        os.chdir(here)
    names = ("fifo.pdf", "zero link.pdf", "dangling.pdf", "passwd.txt", "around", "sparse.pdf", "socket.pdf")
    return dict.fromkeys(names, SKIPPED)
