"""The written list of OCR repairs for Italian prose and names."""

import re

from pegextract.values.caching import remembered
from pegextract.values.lookalikes import level_capitals
from pegextract.values.reading import Reading

_VOWEL = "aeiouàèéìíòóùúh"
_CONSONANT = "B-DF-HJ-NP-TV-Z"
OCR_REPAIRS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    # "I'" before a vowel is no Italian: only the elided article stands there, and OCR reads its l as I, | or 1.
    ("ocr_elided_article", re.compile(rf"(?<![\w'’|])[I|1](['’])(?=[{_VOWEL}]|[AEIOU][a-z])"), r"l\1"),
    (
        "ocr_elided_preposition",
        re.compile(rf"(?<!\w)([DdNn]e|[Dd]?[Aa]|[Ss]u|[Cc]o|[Qq]ue)(?!ll)[I|1l]{{2}}(['’])(?=[{_VOWEL}]|[AEIOU][a-z])"),
        r"\1ll\2",
    ),
    ("ocr_double_l", re.compile(r"(?<!\w)([DdNn]e|[Dd]?a|[Ss]u|[Qq]ue)(?!ll)[I|l]{2}([aeo])(?!\w)"), r"\1ll\2"),
    ("ocr_article_il", re.compile(r"(?:^|(?<=[.;:!?] ))\|l(?= \w)"), "Il"),
    # Italian words end in a vowel: after a consonant the bar is the I that is missing, after a vowel it may be a rule.
    (
        "ocr_bar_in_capitals",
        re.compile(rf"(?<=[A-Z][{_CONSONANT}])\|(?=[A-Z]|[\s.,;:)'’/-]|$)"),
        "I",
    ),
    ("ocr_bar_in_capitals", re.compile(rf"(?<=(?<!\w)[{_CONSONANT}])\|(?=[A-Z]{{2}})"), "I"),
    # A small l between capitals, or behind three of them, is no letter that anybody types there.
    (
        "ocr_l_in_capitals",
        re.compile(r"(?<=[A-Z]{2})l(?=[A-Z])|(?<=[A-Z]{3})l(?![^\W\d_])|(?<=(?<![A-Z])[A-Z])l(?=[A-Z]{2})"),
        "I",
    ),
    ("ocr_one_in_capitals", re.compile(r"(?<=[A-Z]{3})1(?=[A-Z]{2})|(?<=[A-Z]{4})1(?=[A-Z](?!\w))"), "I"),
    ("ocr_zero_in_capitals", re.compile(r"(?<![\w-])((?<!\.)[A-Z]|[A-Z]{2,20})0(?=[A-Z]{2,20}(?![\w-]))"), r"\1O"),
    # Presentation forms come from the PDF's font, not from the author.
    ("ligature_ffi", re.compile("ﬃ"), "ffi"),
    ("ligature_ffl", re.compile("ﬄ"), "ffl"),
    ("ligature_ff", re.compile("ﬀ"), "ff"),
    ("ligature_fi", re.compile("ﬁ"), "fi"),
    ("ligature_fl", re.compile("ﬂ"), "fl"),
)
"""The written list of repairs of Italian prose and names, (rule, pattern, replacement): only what can not be wrong.

Not on it, though OCR does it, because two readings fit: a lone `|` or `€` for I or è, `cittad`, `allinclusione`,
`'autonomia` without its l, a bar in a lower-case word.
"""
# For speed a set of characters comes first and looks back: re skips what is not in it, and most of prose is not.
_SUSPECT = re.compile(
    r"[|ﬀﬁﬂﬃﬄI1l0](?:(?<=[A-Z][01l])(?:[A-Z]|(?<=[A-Z]{3}l))"
    r"|(?<=[|ﬀﬁﬂﬃﬄI1])(?:(?<=[|ﬀﬁﬂﬃﬄ])|['’]|(?<=\w.)[Il]|(?<=lI)|(?<=I)[aeo]))"
)


@remembered(longest=300)
def repair_ocr(text: str) -> Reading[str]:
    """The text with every repair of `OCR_REPAIRS` done; rule `as_printed` when none applied, else their names."""
    if not _SUSPECT.search(text):
        return Reading(text, "as_printed")
    rules = []
    for rule, pattern, replacement in OCR_REPAIRS:
        text, times = pattern.subn(replacement, text)
        rules += [rule] if times else []
    return Reading(text, "+".join(rules), "repaired") if rules else Reading(text, "as_printed")


def repair_capitals(reading: Reading[str]) -> Reading[str]:
    """A name in capitals with the look-alikes that are no capitals taken for what they are (`FAM|GL1A` → `FAMIGLIA`).

    For names alone, where a word of capitals with a digit or a bar in it is damage; rule `ocr_look_alikes`.
    """
    levelled = level_capitals(reading.value)
    if levelled == reading.value:
        return reading
    rules = [reading.rule] if reading.method == "repaired" else []
    return Reading(levelled, "+".join([*rules, "ocr_look_alikes"]), "repaired")
