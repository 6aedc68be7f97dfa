"""What there is to tell of a page, and whether its own text is worth reading."""

from __future__ import annotations

from pegextract.findings import Finding, Severity
from pegextract.readers.pdf.geometry import size_is_absurd
from pegextract.readers.pdf.raw import RawPage

POINTS_PER_INCH = 72.0
ROUNDED_UP = 1 - 1e-5
"""Pixels are rounded up: a hair more than 1,240 would be 1,241, and every one of them a mixture of two."""
WHOLE_PAGE = 0.8
"""Share of a page that its pictures take where it was scanned whole."""
LARGE_PICTURE = 0.35
"""Share of a page: a picture that large may hold text; a coat of arms does not."""
FEWEST_WORDS = 12
"""A page with a large picture and fewer words prints the rest in the picture: words are a stamp or a page number."""
MANY_CURVES = 800
"""Letters drawn as outlines have some ten curves each; a page of text has thousands."""
MOST_UNMAPPED = 0.2
"""Share of a page's words without meaning from which on all of its text is doubted."""
SHOWN = 5
"""Words left out that a finding quotes."""


def is_layer_of_scan(page: RawPage) -> bool:
    """Whether the page is a picture with the words of an earlier OCR laid under it: all of them are hidden."""
    return page.pictures >= LARGE_PICTURE and len(page.hidden) >= FEWEST_WORDS > len(page.words)


def resolution_of(page: RawPage) -> float | None:
    """Dots per inch of the picture that a page is; None where letters may be drawn in any sharpness."""
    if page.pictures < WHOLE_PAGE or page.curves >= MANY_CURVES or page.words:
        return None
    return page.sharpness * POINTS_PER_INCH * ROUNDED_UP or None


def needs_ocr(page: RawPage) -> bool:
    """Whether the page prints more than its own text tells: pictures, outlines, letters without meaning."""
    if page.unmapped > MOST_UNMAPPED:
        return True
    return len(page.words) < FEWEST_WORDS and (page.pictures >= LARGE_PICTURE or page.curves >= MANY_CURVES)


def findings_of(page: RawPage) -> tuple[Finding, ...]:
    """What a person should know of this page, by any engine."""
    found = []
    if page.hidden and not is_layer_of_scan(page):
        quoted = " ".join(word.text for word in page.hidden[:SHOWN])
        message = (
            f"page {page.number} holds {len(page.hidden)} words that are not visible («{quoted}»); they were left out"
        )
        found.append(_warning("hidden_text", message, page.number, quoted))
    if page.across:
        quoted = " ".join(word.text for word in page.across[:SHOWN])
        message = f"page {page.number} prints «{quoted}» across the page or along its margin; it was left out"
        found.append(_warning("text_across", message, page.number, quoted))
    for text in page.unprinted:
        message = f"a form field of page {page.number} holds «{text}» and says not how it is printed; it was not read"
        found.append(_warning("field_not_printed", message, page.number, text))
    if size_is_absurd(page.width, page.height):
        message = f"page {page.number} claims to be {page.width:g} by {page.height:g} points: no paper is like that"
        found.append(_warning("page_size_absurd", message, page.number))
    return tuple(found)


def not_read(page: RawPage, why: str = "it must be read by OCR") -> Finding:
    """The finding for a page that would have to be read as a picture, and was not."""
    if page.unmapped > MOST_UNMAPPED:
        message = f"the letters of page {page.number} have no meaning in its fonts: {why}"
        return _warning("page_text_unreadable", message, page.number)
    message = f"page {page.number} shows more than the {len(page.words)} words that it holds: {why}"
    return _warning("page_without_words", message, page.number)


def pages_differ(one: int, other: int) -> tuple[Finding, ...]:
    """The finding for a document of which two engines find another number of pages; () where they agree."""
    if one == other:
        return ()
    message = f"one engine finds {one} pages in this PDF, the other {other}: it is damaged, and pages may be missing"
    return (Finding(Severity.WARNING, "page_counts_differ", message),)


def not_loaded(number: int) -> Finding:
    """The finding for a page that no engine can load."""
    return _warning("page_unreadable", f"page {number} is damaged and cannot be read", number)


def _warning(code: str, message: str, page: int, raw: str | None = None) -> Finding:
    return Finding(Severity.WARNING, code, message, raw=raw, page=page)
