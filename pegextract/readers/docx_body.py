"""The body of a Word document, element by element, to the events of a Linearizer.

Element names are those of ECMA-376 part 1, chapter 17.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from pegextract.findings import Finding, Severity
from pegextract.readers.blocks import Item
from pegextract.readers.docx_elements import W, count_words, is_covered, is_hidden, is_on, number
from pegextract.readers.docx_lists import Lists
from pegextract.readers.linear import Linearizer
from pegextract.readers.marks import begins_with_mark, is_mark

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_TEXT = (f"{W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
_NOTES = (f"{W}footnoteReference", f"{W}endnoteReference")
_NOT_PRINTED = frozenset(f"{W}{name}" for name in ("pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "fldChar", "sectPr"))
_DELETED = (f"{W}del", f"{W}moveFrom")
_CHARACTERS = {f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
# Two or three blanks are a slip of the typist in proportional type; more of them push words to a column.
_FEW_BLANKS = re.compile(r"(?<! ) {2,3}(?! )")


class Body:
    """One walk over a body, a page head or the text boxes in them; `writer` holds what was read."""

    def __init__(self, word: WordDocument) -> None:
        self.writer = Linearizer()
        self.pages = 1
        self.knows_pages = next(word.element.body.iter(f"{W}lastRenderedPageBreak"), None) is not None
        self._lists = Lists(word)
        self._boxes: deque[Any] = deque()
        self._in_box = False
        self._mark = ""
        self._section = 0
        self._new_page = True
        self._heads: Mapping[int, list[Item]] = {}
        self._counts = {"hidden": 0, "deleted": 0, "pictures": 0, "notes": 0, "embedded": 0}
        self._open: dict[str, Callable[[Any], None]] = {
            f"{W}p": self._open_paragraph,
            f"{W}tbl": lambda _: self.writer.open_table(),
            f"{W}tr": self._open_row,
            f"{W}tc": self._open_cell,
            f"{W}br": self._break,
            f"{W}sym": self._symbol,
            f"{W}lastRenderedPageBreak": self._rendered_break,
            f"{W}altChunk": lambda _: self._count("embedded", 1),
        } | dict.fromkeys(_PICTURES, lambda _: self._count("pictures", 1))
        self._open |= dict.fromkeys(_NOTES, lambda _: self._count("notes", 1)) | dict.fromkeys(_TEXT, self._text)
        self._open |= dict.fromkeys(_CHARACTERS, lambda element: self.writer.text(_CHARACTERS[element.tag]))
        self._open[f"{W}tab"] = self._tab

    def walk(self, root: Any, heads: Mapping[int, list[Item]]) -> None:
        """Read everything under `root`; `heads` are read where their section begins."""
        self._heads = heads
        self.writer.insert(heads.get(0, []))
        self._walk(root)

    def _walk(self, root: Any) -> None:
        from lxml import etree

        depths: list[int] = []
        walker = etree.iterwalk(root, events=("start", "end"))
        skipped = None
        for event, element in walker:
            if event == "end":
                if element is skipped:
                    skipped = None
                else:
                    self._end(element, depths.pop())
            elif element is not root and self._skips(element):
                skipped = element
                walker.skip_subtree()
            else:
                depths.append(self.writer.depth)
                self._open.get(element.tag, _nothing)(element)

    def _end(self, element: Any, depth: int) -> None:
        if element.tag in {f"{W}tbl", f"{W}tr", f"{W}tc"}:
            self.writer.close(depth)
        elif element.tag == f"{W}p":
            self.writer.end_paragraph()
            self._mark = ""
            self._read_boxes()
            if element.find(f"{W}pPr/{W}sectPr") is not None:
                self._next_section()

    def _skips(self, element: Any) -> bool:
        """True for what is not on the paper, or not here."""
        tag = element.tag
        if tag in _NOT_PRINTED or (tag == f"{_MC}Fallback" and element.getparent().find(f"{_MC}Choice") is not None):
            return True
        if tag == f"{W}txbxContent":
            self._boxes.append(element)
            return True
        if tag in _DELETED or (tag == f"{W}tr" and element.find(f"{W}trPr/{W}del") is not None):
            self._count("deleted", count_words(element))
            return True
        covered = tag == f"{W}tc" and is_covered(element)
        if covered:
            self._empty_cell(1)
        if covered or is_hidden(element):
            self._count("hidden", count_words(element))
            return True
        return False

    def _open_paragraph(self, paragraph: Any) -> None:
        self.writer.end_paragraph()
        if is_on(paragraph.find(f"{W}pPr/{W}pageBreakBefore")):
            self._page_break()
        self._mark = self._lists.mark(paragraph)

    def _open_row(self, row: Any) -> None:
        self.writer.open_row()
        before = number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        if before:
            self._empty_cell(before)

    def _empty_cell(self, columns: int) -> None:
        depth = self.writer.depth
        self.writer.open_cell(columns)
        self.writer.close(depth)

    def _open_cell(self, cell: Any) -> None:
        self.writer.open_cell(number(cell.find(f"{W}tcPr/{W}gridSpan"), 1))

    def _break(self, element: Any) -> None:
        if element.get(f"{W}type") == "page":
            self._page_break()
        else:
            self.writer.text("\n")

    def _tab(self, _: Any) -> None:
        """A tab indents at the beginning of a line, is a blank after a list's mark, and sets cells apart elsewhere."""
        line = self.writer.line_so_far
        if line.strip():
            self.writer.text(" " if is_mark(line) else "\t")

    def _symbol(self, element: Any) -> None:
        code = element.get(f"{W}char") or ""
        if re.fullmatch(r"[0-9A-Fa-f]{4}", code) and not 0xD800 <= int(code, 16) < 0xE000:
            self.writer.text(chr(int(code, 16)))

    def _text(self, element: Any) -> None:
        text = (element.text or "").replace("\n", " ").replace("\t", " ")
        self._new_page = self._new_page and not text.strip()
        if self._mark and text.strip():
            text = text if begins_with_mark(text) else self._mark + text
            self._mark = ""
        self.writer.text(_FEW_BLANKS.sub(" ", text))

    def _read_boxes(self) -> None:
        if self._in_box:
            return  # the paragraph that holds the outermost box goes on with them
        self._in_box = True
        while self._boxes:
            self._walk(self._boxes.popleft())
        self._in_box = False

    def _next_section(self) -> None:
        self._page_break()
        self._section += 1
        self.writer.insert(self._heads.get(self._section, []))

    def _rendered_break(self, _: Any) -> None:
        """Where Word last began a page: news only where no break that the author set has just done so."""
        if not self._new_page:
            self._page_break()

    def _page_break(self) -> None:
        self.pages += 1
        self._new_page = True
        self.writer.page_break()

    def _count(self, what: str, number: int) -> None:
        self._counts[what] += number

    def findings(self) -> list[Finding]:
        """What a person should know about words and pictures that were left out."""
        told = {
            "hidden": (Severity.WARNING, "hidden_text", "hidden words were not read"),
            "deleted": (Severity.INFO, "deleted_text", "words deleted with tracked changes were not read"),
            "pictures": (Severity.INFO, "image_not_read", "images were not read; text inside them is missing"),
            "notes": (Severity.INFO, "footnote_not_read", "footnotes or endnotes were not read"),
            "embedded": (Severity.WARNING, "embedded_document_not_read", "embedded documents were not read"),
        }
        return [
            Finding(severity, code, f"{self._counts[what]} {message}")
            for what, (severity, code, message) in told.items()
            if self._counts[what]
        ]


def _nothing(_: Any) -> None:
    """An element that prints nothing of its own."""
