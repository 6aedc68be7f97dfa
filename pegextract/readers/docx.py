"""DOCX to a Document: what Word would print, in reading order. Nothing is fetched, run or expanded.

Page heads of a section are read once, where the section begins, because forms print code and title there; not when
the body says the same. Page feet, footnotes and pictures are named in findings.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pegextract.document import Document
from pegextract.errors import UnreadableDocument
from pegextract.findings import Finding, Severity
from pegextract.readers.blocks import Item
from pegextract.readers.docx_body import Body
from pegextract.readers.docx_elements import W
from pegextract.readers.zips import check_zip

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_LONGEST_RAW = 500


def read_docx(data: bytes) -> Document:
    """The Document of a Word file; offsets are places in the text that is read, markup left out.

    Raises UnreadableDocument for archives that are damaged, encrypted, no Word document or bigger than one can be.
    """
    check_zip(data, "word/document")
    try:
        return _read(data)
    except UnreadableDocument:
        raise
    except Exception as error:  # python-docx raises whatever a damaged part makes it stumble over
        message = f"the Word file is damaged ({type(error).__name__}: {error}): open it in Word and save it again"
        raise UnreadableDocument(message[:_LONGEST_RAW]) from error


def _read(data: bytes) -> Document:
    import docx

    word = docx.Document(io.BytesIO(data))
    body = Body(word)
    heads, findings = _page_heads(word)
    body.walk(word.element.body, heads)
    pages = body.pages if body.pages > 1 and body.knows_pages else None
    return body.writer.document("docx", pages, (*findings, *_page_feet(word), *body.findings()))


def _page_heads(word: WordDocument) -> tuple[dict[int, list[Item]], list[Finding]]:
    """Section number → the page head to read at its beginning; findings for heads that the body repeats."""
    in_body = _squeezed(word.element.body)
    heads: dict[int, list[Item]] = {}
    findings: list[Finding] = []
    seen = ""
    for number, section in enumerate(word.sections):
        kinds = [section.first_page_header] * section.different_first_page_header_footer + [section.header]
        for root in _roots(kinds):
            words = _squeezed(root)
            if not words or words == seen:
                continue
            seen = words
            if words in in_body:
                findings.append(_not_read("head", root))
            elif number not in heads:
                heads[number] = _items(word, root)
    return heads, list(dict.fromkeys(findings))


def _page_feet(word: WordDocument) -> list[Finding]:
    feet = [
        _not_read("foot", root)
        for section in word.sections
        for root in _roots([section.first_page_footer, section.footer])
        if _squeezed(root)
    ]
    return list(dict.fromkeys(feet))


def _roots(parts: list[Any]) -> Iterator[Any]:
    for part in parts:
        if not part.is_linked_to_previous:
            yield part.part.element


def _items(word: WordDocument, root: Any) -> list[Item]:
    head = Body(word)
    head.walk(root, {})
    return head.writer.items


def _not_read(kind: str, root: Any) -> Finding:
    raw = " ".join(text.text for text in root.iter(f"{W}t") if text.text)[:_LONGEST_RAW]
    name = "header" if kind == "head" else "footer"
    reason = "the body says the same" if kind == "head" else "it repeats on every page"
    return Finding(Severity.INFO, f"page_{name}_not_read", f"the page {kind} was left out: {reason}", raw=raw)


def _squeezed(root: Any) -> str:
    return "".join("".join((text.text or "").split()) for text in root.iter(f"{W}t"))
