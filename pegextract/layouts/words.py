"""Small questions about the words of a line."""

from __future__ import annotations

import re

from pegextract.document import Span

# Words in capitals at the end of a line: names of people, roles and offices, as the forms print them.
_CAPITALS_AT_END = re.compile(r"(?:(?<=\s)|^)(?=[^a-zà-ü]*[A-ZÀ-Ü]{2})[^a-zà-ü\s]*[A-ZÀ-Ü|][^a-zà-ü]*$")
_SMALL_WORD = re.compile(r"(?<!\S)(?:[^\sa-zà-ü]*[a-zà-ü])")
_BLANKS = " \t\v|:"


def capitals_at_end(text: str) -> int:
    """Where the run of capitals at the end of a line begins; len(text) when there is none."""
    match = _CAPITALS_AT_END.search(text)
    if match is None or match[0].count("(") != match[0].count(")"):
        return len(text)  # "(PON" opens a bracket that only the text's next line closes
    return match.start()


def capitals_at_beginning(text: str) -> int:
    """Where the run of words without small letters at the beginning of a line ends."""
    match = _SMALL_WORD.search(text)
    return match.start() if match else len(text)


def trimmed(text: str, span: Span) -> Span:
    """The span without blanks, colons and table borders at its ends."""
    part = text[span[0] : span[1]]
    left = len(part) - len(part.lstrip(_BLANKS))
    bare = part.strip(" \t\v")
    end = span[0] + len(part.rstrip(" \t\v"))
    return (min(span[0] + left, end), end) if bare else (span[0], span[0])
