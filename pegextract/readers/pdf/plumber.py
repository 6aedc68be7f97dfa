"""pdfplumber: the second engine, a witness that shares no code with the first and is some twenty times slower.

It cannot tell what is visible: which words are hidden, and what else is on the page, is pdfium's word.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import pdfplumber

from pegextract.errors import UnreadableDocument
from pegextract.readers.page.parts import PageWord, Rule
from pegextract.readers.pdf.pdfium import MOST_LEANING, PdfiumDocument
from pegextract.readers.pdf.raw import RawPage
from pegextract.readers.pdf.words import as_read, clean_word

GAP_OF_A_BLANK = 0.15
"""Share of the type size from which on a gap between letters parts words."""
_LINE_MARGIN = 2.0


class PlumberDocument:
    """The same PDF read by pdfplumber; `seen` is the document as pdfium has it open."""

    def __init__(self, data: bytes, seen: PdfiumDocument, password: str | None = None) -> None:
        self._seen = seen
        try:
            self._document = pdfplumber.open(io.BytesIO(data), password=password or "")
        except Exception as error:  # pdfminer raises what it likes
            raise UnreadableDocument(f"pdfplumber cannot open this PDF ({type(error).__name__})") from error

    def __enter__(self) -> PlumberDocument:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._document.close()

    @property
    def page_count(self) -> int:
        """How many pages pdfminer finds; 0 where it cannot follow the page tree."""
        try:
            return len(self._document.pages)
        except Exception:  # noqa: BLE001  # pdfminer raises what it likes
            return 0

    def page(self, index: int) -> RawPage | None:
        """The page with this index, from 0; pdfium's where pdfplumber cannot read it, None where neither can."""
        seen = self._seen.page(index)
        if seen is None or seen.turned or seen.typed or index >= self.page_count:
            return seen  # pdfplumber reads text that lies on its side letter by letter, and no text of fields
        try:
            return self._read(self._document.pages[index], seen)
        except Exception:  # noqa: BLE001  # pdfminer raises what it likes
            return seen

    def _read(self, page: Any, seen: RawPage) -> RawPage:
        try:
            x0, top = page.cropbox[0] - page.bbox[0], page.cropbox[1] - page.bbox[1]
            upright = page.filter(_is_upright) if seen.across else page
            words = [word for word in _words(upright, x0, top) if not _is_among(word, seen.hidden)]
            rules = tuple(_rules(page, x0, top))
        finally:
            page.close()
        inside = [
            w for w in words if 0 <= (w.x0 + w.x1) / 2 <= seen.width and 0 <= (w.top + w.bottom) / 2 <= seen.height
        ]
        read = as_read(inside)
        return RawPage(
            seen.number,
            seen.width,
            seen.height,
            read.words,
            rules,
            seen.hidden,
            seen.pictures,
            seen.curves,
            read.unmapped,
            shades=seen.shades,
            sharpness=seen.sharpness,
            across=seen.across,
        )


def _is_upright(item: dict[str, Any]) -> bool:
    """Whether an object of a page is no letter that runs another way than the page's."""
    a, b, *_ = item.get("matrix", (1.0, 0.0))
    return abs(math.atan2(b, a)) <= MOST_LEANING


def _words(page: Any, left: float, above: float) -> Iterator[PageWord]:
    found = page.dedupe_chars().extract_words(
        x_tolerance_ratio=GAP_OF_A_BLANK, y_tolerance=_LINE_MARGIN, expand_ligatures=True
    )
    for word in found:
        box = word["x0"] - left, word["top"] - above, word["x1"] - left, word["bottom"] - above
        yield PageWord(clean_word(word["text"]), *box)


def _rules(page: Any, left: float, above: float) -> Iterator[Rule]:
    for edge in page.edges:
        yield Rule(edge["x0"] - left, edge["top"] - above, edge["x1"] - left, edge["bottom"] - above)


def _is_among(word: PageWord, others: tuple[PageWord, ...]) -> bool:
    """Whether a word stands where one of the others does."""
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return any(o.x0 <= x <= o.x1 and o.top <= y <= o.bottom for o in others)
