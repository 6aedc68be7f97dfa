"""HTML to a Document: what a browser would show, in reading order. Nothing is fetched, run or expanded."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from pegextract.document import Document
from pegextract.errors import UnreadableDocument
from pegextract.findings import Finding, Severity
from pegextract.readers.decode import decode
from pegextract.readers.linear import Linearizer
from pegextract.readers.marks import begins_with_mark, ordinal

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "select", "summary", "tbody",
    "text", "textarea", "tfoot", "thead", "title", "ul",
))  # fmt: skip  # `text` is SVG's
_NEVER_SHOWN = frozenset(("head", "script", "style", "noembed", "noframes"))
_SHOWN_ELSEWHERE = frozenset((
    "template", "noscript", "iframe", "object", "embed", "audio", "video", "canvas", "datalist", "desc", "metadata",
))  # fmt: skip
_IMAGES = frozenset(("img", "image"))
_PREFORMATTED = frozenset(("pre", "textarea", "listing", "xmp"))
_HIDING = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|mso-hide:all|font-size:0(?![.0-9]*[1-9])|opacity:0(?:$|;)"
)
_NEW_PAGE = re.compile(r"break-before:(?:always|page|left|right)")
_NEW_PAGE_AFTER = re.compile(r"break-after:(?:always|page|left|right)")
_BLANKS = re.compile(r"\s+")
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_SINGLE_BYTE = re.compile(r"iso-?8859-?(?:1?[0-9])|latin-?[0-9]|windows-?125[0-8]|cp125[0-8]|macintosh|x-mac-roman")
_MAX_SPAN = 1000


def read_html(data: bytes) -> Document:
    """The Document of an HTML page or fragment; offsets are places in the text that is read, markup left out.

    Raises UnreadableDocument for empty or binary data and for markup that no parser gets through.
    """
    source, findings = _decode_html(data)
    reader = _Walk()
    reader.walk(_parse(source))
    return reader.writer.document("html", None, findings + reader.findings())


def _decode_html(data: bytes) -> tuple[str, tuple[Finding, ...]]:
    """Text of the page: as UTF-8 where it is valid, else in the single-byte encoding that the page names."""
    named = _CHARSET.search(data[:4096])
    codec = _single_byte_codec(named[1].decode("ascii").lower()) if named else None
    if codec and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            data = data.decode(codec, errors="replace").encode("utf-8")
    return decode(data)


def _single_byte_codec(name: str) -> str | None:
    """Python's name of a Western single-byte encoding; None for any other, which a page must not choose."""
    if not _SINGLE_BYTE.fullmatch(name):
        return None
    if name in {"iso-8859-1", "iso8859-1", "latin-1", "latin1"}:
        return "cp1252"  # as browsers do: https://encoding.spec.whatwg.org/#names-and-labels
    codec = "mac_roman" if "mac" in name else name.replace("windows", "cp").replace("cp-", "cp")
    try:
        return codecs.lookup(codec).name
    except LookupError:  # there is no ISO 8859-12
        return None


def _parse(source: str) -> BeautifulSoup:
    from bs4 import BeautifulSoup
    from bs4.exceptions import ParserRejectedMarkup

    source = _XML_DECLARATION.sub("", source, count=1)
    try:
        return BeautifulSoup(source if "<" in source else f"<p>{source}", "lxml")
    except (ParserRejectedMarkup, AssertionError, ValueError) as error:
        message = f"the HTML is damaged ({error}): open it in a browser and save it again"
        raise UnreadableDocument(message) from error


class _Walk:
    """Goes through the tree without recursion, so that depth costs nothing."""

    def __init__(self) -> None:
        self.writer = Linearizer()
        self._hidden_words = self._images = self._preformatted = 0
        self._lists: list[int | None] = []  # next number of each open list, None for bullets
        self._mark = ""

    def walk(self, root: BeautifulSoup) -> None:
        """Send everything that is shown to the writer, in reading order."""
        from bs4 import Tag
        from bs4.element import PreformattedString

        todo: list[object] = list(reversed(root.contents))
        while todo:
            node = todo.pop()
            if isinstance(node, _End):
                self._close(node)
            elif isinstance(node, Tag):
                end = self._open(node)
                if end:
                    todo.append(end)
                    todo.extend(reversed(node.contents))
            elif isinstance(node, str) and not isinstance(node, PreformattedString):
                self._say(node)

    def findings(self) -> tuple[Finding, ...]:
        """What a person should know that the page does not show."""
        found = []
        if self._hidden_words:
            message = f"{self._hidden_words} words that the page hides were not read"
            found.append(Finding(Severity.WARNING, "hidden_text", message))
        if self._images:
            message = f"{self._images} images were not read; text inside them is missing"
            found.append(Finding(Severity.INFO, "image_not_read", message))
        return tuple(found)

    def _open(self, tag: Tag) -> _End | None:
        """What to do when the tag's contents are through; None when they must not be read."""
        name, style = tag.name.lower(), _style(tag)
        if name in _NEVER_SHOWN:
            return None
        if name in _SHOWN_ELSEWHERE or tag.has_attr("hidden") or _HIDING.search(style):
            self._hidden_words += sum(len(text.split()) for text in tag.strings)
            return None
        self._images += name in _IMAGES
        if name == "br":
            self.writer.text("\n")
        end = _End(name, self.writer.depth, bool(_NEW_PAGE_AFTER.search(style)))
        if _NEW_PAGE.search(style):
            self.writer.page_break()
        self._open_block(tag, name)
        return end

    def _open_block(self, tag: Tag, name: str) -> None:
        if name == "table":
            self.writer.open_table()
        elif name == "tr":
            self.writer.open_row()
        elif name in {"td", "th"}:
            self.writer.open_cell(_span(tag, "colspan"), _span(tag, "rowspan"))
        elif name in _BLOCKS:
            self.writer.end_paragraph()
        if name in {"ul", "ol"}:
            self._lists.append(_span(tag, "start") if name == "ol" else None)
        elif name == "li" and self._lists:
            self._mark = self._next_mark()
        self._preformatted += name in _PREFORMATTED

    def _close(self, end: _End) -> None:
        if end.name in _BLOCKS or end.name in {"table", "tr", "td", "th"}:
            self.writer.close(end.depth)
        if end.name in {"ul", "ol"}:
            self._lists.pop()
        if end.name == "li":
            self._mark = ""
        self._preformatted -= end.name in _PREFORMATTED
        if end.page_break:
            self.writer.page_break()

    def _say(self, text: str) -> None:
        if not self._preformatted:
            text = _BLANKS.sub(" ", text)
            if self.writer.at_blank:
                text = text.removeprefix(" ")
        if self._mark and text.strip():
            text = text if begins_with_mark(text) else self._mark + text
            self._mark = ""
        self.writer.text(text)

    def _next_mark(self) -> str:
        number = self._lists[-1]
        if number is None:
            return "- "
        self._lists[-1] = number + 1
        return f"{ordinal(number, 'decimal')}. "


class _End:
    """The end of a tag: how deep the writer was before it, and whether a page ends with it."""

    __slots__ = ("depth", "name", "page_break")

    def __init__(self, name: str, depth: int, page_break: bool) -> None:
        self.name, self.depth, self.page_break = name, depth, page_break


def _style(tag: Tag) -> str:
    style = tag.get("style")
    return _BLANKS.sub("", style).lower() if isinstance(style, str) else ""


def _span(tag: Tag, name: str) -> int:
    value = tag.get(name)
    number = int(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{1,6}", value) else 1
    if name == "rowspan" and not number:
        return _MAX_SPAN  # rowspan="0": to the end of the table
    return max(1, min(number, _MAX_SPAN))
