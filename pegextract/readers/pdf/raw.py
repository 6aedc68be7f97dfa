"""What an engine reads of a page, before anything is concluded from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pegextract.readers.page.parts import PageWord, Rule


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page by one engine, coordinates as in Page.

    words: those that a person sees · hidden: words that the page holds but does not show
    pictures: share of the page that images take (0-1) · curves: pieces of paths that are neither lines nor boxes
    unmapped: share of the words whose characters the font gives no meaning (0-1)
    turned: degrees clockwise by which the displayed page must be turned for most of its text to be upright
    shades: areas filled with a colour · sharpness: dots that its sharpest image has on a point, 0 where it has none
    typed: whether people typed into fields of this page · unprinted: what stands in such fields, but not on the page
    across: words that run another way than the page's, or stand larger beneath them: stamps, watermarks.
    """

    number: int
    width: float
    height: float
    words: tuple[PageWord, ...]
    rules: tuple[Rule, ...]
    hidden: tuple[PageWord, ...] = ()
    pictures: float = 0.0
    curves: int = 0
    unmapped: float = 0.0
    turned: int = 0
    shades: tuple[Rule, ...] = ()
    sharpness: float = 0.0
    across: tuple[PageWord, ...] = ()
    typed: bool = False
    unprinted: tuple[str, ...] = ()


class Engine(Protocol):
    """What reads the pages of an open PDF."""

    @property
    def page_count(self) -> int:
        """How many pages the document says it has."""

    def page(self, index: int) -> RawPage | None:
        """The page with this index, from 0; None where it cannot be loaded."""
