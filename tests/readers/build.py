"""Small Word files and archives, written by hand so that a test shows every element that it is about."""

import io
import struct
import zipfile
from collections.abc import Mapping

import docx

from pegextract.document import Columns, Document

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    return f'<w:p>{properties}<w:r>{run}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def cell(content: str, properties: str = "") -> str:
    """A table cell; `content` is text or paragraphs."""
    inner = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: str) -> str:
    """A table of rows, each the XML of its cells."""
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def word_file(body: str, doctype: str = "") -> bytes:
    """A whole DOCX whose body is `body`; styles and lists are those of python-docx's template."""
    xml = f'<?xml version="1.0"?>{doctype}<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>'
    blank = io.BytesIO()
    docx.Document().save(blank)
    return with_entries(blank.getvalue(), {"word/document.xml": xml.encode()})


def with_entries(archive: bytes, entries: Mapping[str, bytes]) -> bytes:
    """The archive with these entries added or replaced."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in entries:
                new.writestr(name, old.read(name))
        for name, data in entries.items():
            new.writestr(name, data)
    return target.getvalue()


def archive(entries: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of these entries."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in entries.items():
            new.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else None)
    return target.getvalue()


def claiming(data: bytes, size: int) -> bytes:
    """The archive whose directory claims that its first entry unpacks to `size` bytes."""
    at = data.index(b"PK\x01\x02") + 24
    return data[:at] + struct.pack("<I", size) + data[at + 4 :]


def encrypted(data: bytes) -> bytes:
    """The archive whose directory marks the first entry as encrypted."""
    at = data.index(b"PK\x01\x02") + 8
    return data[:at] + struct.pack("<H", 1) + data[at + 2 :]


def cells(document: Document) -> list[list[str]]:
    """The texts of the cells, line by line."""
    return [[document.text[c.start : c.end] for c in line.cells] for line in document.lines]


def rows(document: Document) -> list[list[str]]:
    """The lines whose cells are separated."""
    kinds = [line.columns for line in document.lines]
    return [texts for texts, kind in zip(cells(document), kinds, strict=True) if kind is Columns.SEPARATORS]


def codes(document: Document) -> list[str]:
    """The codes of the findings."""
    return [finding.code for finding in document.findings]
