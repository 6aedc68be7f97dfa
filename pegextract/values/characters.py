"""Characters: a text cleaned, folded for matching, and reduced to what OCR can not confuse."""

import re
import unicodedata
from functools import lru_cache

from pegextract.values.caching import REMEMBERED, remembered

# Controls other than white space, soft hyphens, zero-width and direction marks: invisible on paper, so never a value.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_PLAIN = str.maketrans(dict.fromkeys("’‘‛`´ʼʹ′‚", "'") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‐‑‒–—―−⁃", "-"))
# The letters that stay are in the table too: to find that one is not costs str.translate more than to find it.
_CONFUSED = dict(enumerate(map(chr, range(128)))) | str.maketrans("01l|!5", "oiiiis", "'\"")
_RARE = re.compile(r"[^\x00-\x7f]")


def clean(text: str) -> str:
    """The text in NFC on one line: invisible characters gone, every run of blanks (NBSP too) one blank, stripped."""
    if not text.isprintable():
        # Removal comes first: a zero-width mark may stand between a letter and its accent.
        text = _INVISIBLE.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


@remembered(longest=300)
def fold(text: str) -> str:
    """The text for matching: case, accents, ligatures and typographic quotes and dashes levelled, blanks collapsed."""
    return _folded(text)


def _folded(text: str) -> str:
    text = text.lower()
    if not text.isascii():
        # One in fifty is rare, and str.translate looks every one up. What is levelled stays so: the order is free.
        for rare in set(_RARE.findall(text)):
            text = text.replace(rare, _levelled(rare))
    return clean(text).replace("`", "'")


@lru_cache(maxsize=REMEMBERED)
def _levelled(character: str) -> str:
    """What stays of a character beyond ASCII: its plain quote or dash, or its letters without accents."""
    # Plain quotes come before the decomposition, which would tear "´" into a blank and an accent.
    apart = unicodedata.normalize("NFKD", _INVISIBLE.sub("", character.translate(_PLAIN))).casefold()
    letters = "".join(c for c in unicodedata.normalize("NFKD", apart) if not unicodedata.combining(c))
    return letters.translate(_PLAIN)


@remembered(longest=300)
def confusable(text: str) -> str:
    """A skeleton in which what OCR confuses is one: 0/O, 1/l/I/|/!, 5/S, rn/m, accents; quotes are dropped.

    Two texts with one skeleton may be the same print; use it against a vocabulary, never as a value.
    """
    return " ".join(_folded(text).translate(_CONFUSED).split()).replace("rn", "m")
