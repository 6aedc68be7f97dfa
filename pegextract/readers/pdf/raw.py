"""What an engine reads of a page, before anything is concluded from it."""

from __future__ import annotations

from dataclasses import dataclass

from pegextract.readers.page.parts import PageWord, Rule


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page by one engine, coordinates as in Page.

    words: those that a person sees · hidden: words that the page holds but does not show
    pictures: share of the page that images take (0-1) · curves: pieces of paths that are neither lines nor boxes
    angle: degrees clockwise by which most of the text is turned (0, 90, 180, 270).
    """

    number: int
    width: float
    height: float
    words: tuple[PageWord, ...]
    rules: tuple[Rule, ...]
    hidden: tuple[PageWord, ...] = ()
    pictures: float = 0.0
    curves: int = 0
    angle: int = 0
