"""What a file is, by its content: the first bytes, the directory of an archive, the beginning of a text."""

from __future__ import annotations

import re

from pegextract.errors import UnreadableDocument
from pegextract.readers.decode import decode
from pegextract.readers.signed import is_signed
from pegextract.readers.zips import entry_names

TEXT, MARKDOWN, HTML = "text/plain", "text/markdown", "text/html"
PDF, BINARY, ZIP = "application/pdf", "application/octet-stream", "application/zip"
SCANS = ("image/png", "image/jpeg", "image/tiff")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OLE = "application/x-ole-storage"
SIGNED = "application/pkcs7-mime"
JSON = "application/json"

# Registered at https://www.iana.org/assignments/media-types where there is no "x-"
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x00\x00\x00\x0cjP  \r\n", "image/jp2"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"(\xb5/\xfd", "application/zstd"),
    (b"7z\xbc\xaf'\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"%!PS", "application/postscript"),
    (b"\xc5\xd0\xd3\xc6", "application/postscript"),
    (b"{\\rtf", "application/rtf"),
)
_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE = {
    "word/document": DOCX,
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OPEN_DOCUMENT = re.compile(rb"mimetype(application/(?:vnd\.oasis\.opendocument\.[a-z-]{1,40}|epub\+zip))")
_SNIFFED = 4096
_HTML_LOOKED_AT = 2048
_PDF_LOOKED_AT = 1024

_BEFORE_MARKUP = re.compile(r"(?:\s|<\?xml[^>]{0,200}\?>|<!--.{0,1000}?-->)*", re.DOTALL)
_HTML_BEGINS = re.compile(r"<(?:!doctype\s+html|(?:html|head|body|table|meta|title|style|script)[\s>])", re.IGNORECASE)
_HTML_WITHIN = re.compile(r"^\s*<(?:!doctype\s+html|(?:html|body)[\s>])", re.IGNORECASE | re.MULTILINE)
_MARKDOWN_PARAGRAPH = re.compile(r"\n[^\S\n]*\n[^\S\n]*[^\s<]")
"""Words after a blank line, outside any tag: what begins with a table may be Markdown that holds one."""
_HTML_FRAGMENT = re.compile(r"<(?:div|p|h[1-6]|center|section|article|main|form|font|span|link)[\s>]", re.IGNORECASE)
_HTML_NAMES = (".html", ".htm", ".xhtml", ".doc", ".xls")
_XML_BEGINS = re.compile(r"\s*<\?xml\s|\s*<(?:svg|w:\w+|office:\w+)[\s>]")
_JSON_BEGINS = re.compile(r'\s*(?:\[\s*)?\{\s*"[^"\n]{1,200}"\s*:')
_MIME_HTML = re.compile(r"(?im)^mime-version:.*(?:\n.*){0,20}?^content-type:\s*multipart/")


def kind_of(data: bytes, name: str) -> str:
    """The IANA media type of the bytes. Never raises: what nobody knows is application/octet-stream.

    The name decides only what content cannot tell: Markdown from other text, whether text that merely begins with a
    tag such as `<p>` is a piece of HTML, whether an archive that was cut off was a Word document.
    """
    head = data[:_SNIFFED]
    if is_signed(data):
        return SIGNED
    if _is_pdf(data):
        return PDF
    if head.startswith(_ZIP_MARKS):
        return _kind_of_zip(data, name.lower())
    for mark, kind in _SIGNATURES:
        if head.startswith(mark):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return BINARY if head[257:262] == b"ustar" else _kind_of_text(head, name.lower())


def _is_pdf(data: bytes) -> bool:
    """Readers of PDF allow junk before the header; a text that speaks of "%PDF-" has no objects."""
    head = data[:_PDF_LOOKED_AT]
    return head.lstrip().startswith(b"%PDF-") or (b"%PDF-" in head and b" obj" in data and b"%%EOF" in data)


def _kind_of_zip(data: bytes, name: str) -> str:
    stated = _OPEN_DOCUMENT.search(data[:200])
    if stated:
        return stated[1].decode("ascii")
    names = entry_names(data)
    if names is None:  # cut off: names also stand before each entry, and the file's own name is a witness
        return DOCX if name.endswith(".docx") or b"word/" in data else ZIP
    return next((kind for mark, kind in _OFFICE.items() if any(entry.startswith(mark) for entry in names)), ZIP)


def _kind_of_text(head: bytes, name: str) -> str:
    try:
        text = decode(head)[0].lstrip("\ufeff")[:_HTML_LOOKED_AT]
    except UnreadableDocument:
        return BINARY
    if _MIME_HTML.match(text):
        return "message/rfc822"
    if _JSON_BEGINS.match(text):
        return JSON
    markup = _kind_of_markup(text, name) if "<" in text else None
    return markup or (MARKDOWN if name.endswith((".md", ".markdown")) else TEXT)


def _kind_of_markup(text: str, name: str) -> str | None:
    """HTML or XML by the tags that a text begins with; None where it is no more than text with tags in it."""
    begin = _BEFORE_MARKUP.match(text)
    at = begin.end() if begin else 0
    begins = _HTML_BEGINS.match(text, at)
    is_table = begins is not None and begins[0][1:6].lower() == "table"
    if is_table and not name.endswith(_HTML_NAMES) and _MARKDOWN_PARAGRAPH.search(text):
        return None
    if begins or _HTML_WITHIN.search(text):
        return HTML
    if name.endswith(_HTML_NAMES) and _HTML_FRAGMENT.match(text, at):
        return HTML
    return "application/xml" if _XML_BEGINS.match(text) else None
