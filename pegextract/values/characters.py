"""Characters: a text cleaned, folded for matching, and reduced to what OCR can not confuse."""

import unicodedata

from pegextract.values.caching import cached

# Controls other than white space, soft hyphens, zero-width and direction marks: invisible on paper, so never a value.
_INVISIBLE = dict.fromkeys(
    code
    for first, last in (
        (0x00, 0x08), (0x0E, 0x1B), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x61C, 0x61C), (0x180E, 0x180E),
        (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFEFF, 0xFEFF),
    )
    for code in range(first, last + 1)
)  # fmt: skip
_PLAIN = str.maketrans(dict.fromkeys("’‘‛`´ʼʹ′‚", "'") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‐‑‒–—―−⁃", "-"))
_CONFUSED = str.maketrans("01l|!5", "oiiiis", "'\"")


def clean(text: str) -> str:
    """The text in NFC on one line: invisible characters gone, every run of blanks (NBSP too) one blank, stripped."""
    if not (text.isascii() and text.isprintable()):
        # Removal comes first: a zero-width mark may stand between a letter and its accent.
        text = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    return " ".join(text.split())


@cached(longest=300)
def fold(text: str) -> str:
    """The text for matching: case, accents, ligatures and typographic quotes and dashes levelled, blanks collapsed."""
    if text.isascii():
        return clean(text).lower().replace("`", "'")
    # Plain quotes come before the decomposition, which would tear "´" into a blank and an accent.
    apart = unicodedata.normalize("NFKD", text.translate(_PLAIN).translate(_INVISIBLE)).casefold()
    letters = "".join(c for c in unicodedata.normalize("NFKD", apart) if not unicodedata.combining(c))
    return clean(letters.translate(_PLAIN))


@cached(longest=300)
def confusable(text: str) -> str:
    """A skeleton in which what OCR confuses is one: 0/O, 1/l/I/|/!, 5/S, rn/m, accents; quotes are dropped.

    Two texts with one skeleton may be the same print; use it against a vocabulary, never as a value.
    """
    return clean(fold(text).translate(_CONFUSED)).replace("rn", "m")
