"""Pages of words and ruling lines: what a PDF page and a scanned page have in common, and how they become a Document.

An engine gives words with boxes and the straight lines that are drawn; `compose_pages` makes of them what every other
reader makes of its source: lines of cells over one running text.
"""

from __future__ import annotations

from collections.abc import Iterable

from pegextract.document import Document
from pegextract.heartbeat import beat
from pegextract.readers.page.blocks import blocks_of
from pegextract.readers.page.breaks import heal
from pegextract.readers.page.parts import Page, PageImage, PageWord, Rule
from pegextract.readers.page.rows import Block
from pegextract.readers.page.spreads import halves
from pegextract.readers.page.tables import Leadings
from pegextract.readers.page.writing import Writer

__all__ = ["Page", "PageImage", "PageWord", "Rule", "compose_pages"]


def compose_pages(pages: Iterable[Page], reader: str) -> Document:
    """The Document that the pages print. reader: pdf, ocr or mixed (contract: documents.reader)."""
    writer = Writer()
    leadings = Leadings()
    waiting: list[tuple[Page, list[Block]]] = []  # all but the first hold nothing but parts of its last row
    for page in (half for whole in pages for half in halves(whole)):
        beat()  # a long scan is slow work, not silence
        blocks = blocks_of(page, leadings)
        if waiting and not heal(waiting[0][1], blocks, page):
            _write(writer, waiting)
        waiting.append((page, blocks))
    _write(writer, waiting)
    return writer.document(reader)


def _write(writer: Writer, waiting: list[tuple[Page, list[Block]]]) -> None:
    """Write the pages that wait, which are none then."""
    for page, blocks in waiting:
        writer.write(page, blocks)
    waiting.clear()
