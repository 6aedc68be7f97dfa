"""The door: which reader reads these bytes, and a plain refusal for what none of them can.

One rule: content decides. A file whose name claims to be a PDF, an image or a Word document while its content is
something else is refused with both named, because such a file is mostly a failed download. Every other name claims
nothing: a Word document called .txt is read as what it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from pegextract.document import Document
from pegextract.errors import UnreadableDocument, UsageError
from pegextract.findings import Finding, Severity
from pegextract.readers import kinds
from pegextract.readers.decode import decode
from pegextract.readers.docx import read_docx
from pegextract.readers.html import read_html
from pegextract.readers.options import DEFAULT, ReaderOptions
from pegextract.readers.scans import read_pdf_with_scans, read_picture
from pegextract.readers.signed import is_signed, signed_content
from pegextract.readers.text import read_text

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OASIS = "application/vnd.oasis.opendocument."
_WHAT_IT_IS = {
    kinds.PDF: "a PDF",
    kinds.DOCX: "a Word document (DOCX)",
    kinds.SIGNED: "a signed file (P7M)",
    kinds.HTML: "an HTML page",
    kinds.TEXT: "plain text",
    kinds.MARKDOWN: "Markdown",
    kinds.ZIP: "a ZIP archive",
    kinds.BINARY: "binary data of an unknown kind",
    kinds.OLE: "an old Office file (.doc, .xls) or a password-protected one",
    "image/png": "a PNG image",
    "image/jpeg": "a JPEG image",
    "image/tiff": "a TIFF image",
    f"{_OFFICE}spreadsheetml.sheet": "an Excel workbook (XLSX)",
    f"{_OFFICE}presentationml.presentation": "a PowerPoint file (PPTX)",
    f"{_OASIS}text": "an OpenDocument text (ODT)",
    f"{_OASIS}spreadsheet": "an OpenDocument spreadsheet (ODS)",
    "application/gzip": "a gzip archive",
    "application/postscript": "PostScript (PS, EPS)",
    "application/rtf": "an RTF text",
    kinds.JSON: "JSON, data of a program",
    "application/xml": "XML that is no web page",
    "message/rfc822": "a web archive or an e-mail (MHTML, EML)",
}
_UNPACK = (kinds.ZIP, "application/gzip", "application/x-bzip2", "application/x-xz", "application/zstd",
           "application/x-7z-compressed", "application/vnd.rar")  # fmt: skip
_SIGNED_NAME = re.compile(r"(?i)(?:\.p7m)+$")
_NOT_CHECKED = Finding(
    Severity.INFO, "signature_not_checked", "the document was taken out of its signature, which was not checked"
)
_CLAIMS = {
    ".pdf": ("a PDF", (kinds.PDF,)),
    ".docx": ("a Word document (DOCX)", (kinds.DOCX,)),
    ".png": ("an image", kinds.SCANS),
    ".jpg": ("an image", kinds.SCANS),
    ".jpeg": ("an image", kinds.SCANS),
    ".tif": ("an image", kinds.SCANS),
    ".tiff": ("an image", kinds.SCANS),
}


def media_type(data: bytes, name: str) -> str:
    """The IANA media type of the content, also of what cannot be read; never raises."""
    return kinds.kind_of(data, name)


def read_document(data: bytes, name: str, *, reader: str | None = None, options: ReaderOptions = DEFAULT) -> Document:
    """The Document in `data`. `name` is used for its ending and in messages; `reader` skips the look at the content.

    reader: text, markdown, html, docx, pdf or ocr. Raises UnreadableDocument, with error code empty_file,
    type_mismatch, encrypted, limit_exceeded, no_pages, no_text, signature_only, ocr_missing, ocr_failed, ocr_off or
    unreadable; UsageError for a reader that does not exist.
    """
    if reader is not None and reader not in _READERS:
        raise UsageError(f"there is no reader {reader!r}: use one of {', '.join(_READERS)}")
    if not data.strip():
        raise UnreadableDocument("the file is empty", code="empty_file")
    if reader is None and is_signed(data):
        data, name = signed_content(data), _SIGNED_NAME.sub("", name)
        inside = _READERS[_choose(data, name)](data, options)
        return replace(inside, findings=(*inside.findings, _NOT_CHECKED))
    return _READERS[reader or _choose(data, name)](data, options)


def _choose(data: bytes, name: str) -> str:
    kind = kinds.kind_of(data, name)
    ending = PurePath(name).suffix.lower()
    claim, claimed = _CLAIMS.get(ending, ("", ()))
    if claim and kind not in claimed:
        message = f"the name ends in {ending} but the content is {_told(kind, data)}, not {claim}"
        raise UnreadableDocument(f"{message}: {_remedy(kind)}", code="type_mismatch")
    if kind in _READER_OF:
        return _READER_OF[kind]
    raise UnreadableDocument(f"the file is {_told(kind, data)}: {_remedy(kind)}", code="type_mismatch")


def _told(kind: str, data: bytes) -> str:
    what = _WHAT_IT_IS.get(kind, kind)
    return f"{what} of {len(data)} bytes" if len(data) < 2048 else what


def _remedy(kind: str) -> str:
    if kind in _READER_OF:
        return "rename it if that is right, else get the file again"
    if kind in _UNPACK:
        return "unpack it and pass what is inside"
    if kind == kinds.JSON:
        return "pass the document that it was made from"
    if kind == kinds.BINARY:
        return "get the file again, or convert it to text, HTML or DOCX"
    return "open it in its program and save it as DOCX or HTML"


def _read_plain(data: bytes, options: ReaderOptions) -> Document:
    source, findings = decode(data)
    return read_text(source, "text", findings)


def _read_markdown(data: bytes, options: ReaderOptions) -> Document:
    source, findings = decode(data)
    return read_text(source, "markdown", findings)


_READERS: dict[str, Callable[[bytes, ReaderOptions], Document]] = {
    "text": _read_plain,
    "markdown": _read_markdown,
    "html": lambda data, options: read_html(data),
    "docx": lambda data, options: read_docx(data),
    "pdf": read_pdf_with_scans,
    "ocr": read_picture,
}
_READER_OF = {
    kinds.TEXT: "text",
    kinds.MARKDOWN: "markdown",
    kinds.HTML: "html",
    kinds.DOCX: "docx",
    kinds.PDF: "pdf",
    **dict.fromkeys(kinds.SCANS, "ocr"),
}
