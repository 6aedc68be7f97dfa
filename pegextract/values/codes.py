"""Codes of objectives and of the planning document (DUP): the position in the code decides what a character is."""

import re
from itertools import combinations

from pegextract.values.caching import cached, remembered
from pegextract.values.characters import clean
from pegextract.values.reading import Reading, Refusal, quoted

LONGEST = 60
"""No printed code has more characters; longer texts are refused unread."""

_DIGIT = r"[0-9OoQDIil|!ZzSsBG]"
_LETTER = r"[A-Za-z0-9|]"
_JOINT = r"(?:\\?_| ?[_.–-] ?| )"
OBJECTIVE_CODE_PATTERN = (
    rf"(?<![0-9A-Za-z_])[12]{_DIGIT}{{3}}{_JOINT}(?=.?[A-Z])[A-Z|0-9]{{2}}{_DIGIT}{{2}}"
    rf"(?:{_JOINT}{_DIGIT}{{2}})?(?![0-9A-Za-z_])"
)
"""A printed objective code of the default shape, for finding one in a line; OCR damage and escapes included."""

DUP_CODE_PATTERN = (
    rf"(?<![0-9A-Za-z_])(?:[12]{_DIGIT}{{3}}\\?_(?:[0-9A-Z|]{{1,12}}\\?_){{1,5}}{_DIGIT}{{1,3}}"
    r"|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3})(?![0-9A-Za-z_]|\.[0-9])"
)
"""A printed DUP code, for finding one in a line: `2021_IND_STRATEG_05`, `2019_08IS_OB_STR_02`, `5.2.11`."""

_SHAPE = re.compile(r"(?:19|20)[0-9]{2}_[A-Z]{2}[0-9]{2}(?:_[0-9]{2})?")
_LOOSE = re.compile(
    rf"(?P<year>{_DIGIT}{{4}}){_JOINT}?(?P<letters>{_LETTER}{{2}})(?P<number>{_DIGIT}{{2}})"
    rf"(?:{_JOINT}(?P<child>{_DIGIT}{{2}}))?"
)
_TO_DIGITS = str.maketrans("OoQDIil|!ZzSsBG", "000011111225586")
_TO_LETTERS = str.maketrans("01|5826", "OIISBZG")
_MARKUP = re.compile(r"\\(?=[_*.-])|^[*#`\s]+|[*`\s]+$")
_TIGHT = re.compile(r" ?([_.–-]) ?")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})_")


@cached(longest=LONGEST)
def parse_objective_code(text: str, pattern: str | None = None) -> Reading[str] | Refusal:
    """An objective's code: `YYYY_LLNN`, `YYYY_LLNN_NN` (`2021_ZN08`, `2021_DN08_01`), or what `pattern` matches whole.

    Markdown's escapes are the converter's (`code_markdown_escape`, printed). Letters for digits and digits for letters,
    lower case, blanks and other separators are repaired (`code_ocr_characters`, `code_separator`, `code_lower_case`).
    With a `pattern` of the profile at most two characters are exchanged, and only if one single result matches.
    Refusals: code_not_recognised, code_ambiguous.
    """
    if len(text) > LONGEST:
        return Refusal("code_not_recognised", f"{quoted(text)} is too long for a code.")
    bare, escaped = _unmarked(text)
    read = _default_shape(bare) if pattern is None else _profile_shape(bare, pattern)
    if isinstance(read, Refusal):
        return read._replace(message=f"{quoted(text)}{read.message}")
    if read.method == "printed" and escaped:
        return read._replace(rule="code_markdown_escape")
    return read


def code_year(code: str) -> int | None:
    """The year that a code begins with, 1900 to 2099: 2021 for `2021_ZN08`; None where there is none (`5.2.11`)."""
    match = _YEAR.match(code)
    return int(match[1]) if match else None


def _unmarked(text: str) -> tuple[str, bool]:
    """The text without markdown's escapes and emphasis, and whether it had any."""
    printed = clean(text)
    bare = _MARKUP.sub("", printed)
    return bare, bare != printed


def _default_shape(bare: str) -> Reading[str] | Refusal:
    if _SHAPE.fullmatch(bare):
        return Reading(bare, "code_year_unit_number")
    match = _LOOSE.fullmatch(bare)
    # Two true digits and one true letter: neither a word with an underscore nor "2017-2019" is a code.
    if not match or sum("0" <= c <= "9" for c in match["year"]) < 2 or not re.search("[A-Za-z]", match["letters"]):
        return Refusal("code_not_recognised", " is not an objective's code.")
    numbers = [match[name].translate(_TO_DIGITS) for name in ("year", "number", "child") if match[name]]
    letters = match["letters"].translate(_TO_LETTERS)
    code = "_".join([numbers[0], letters.upper() + numbers[1], *numbers[2:]])
    if not _SHAPE.fullmatch(code):
        return Refusal("code_not_recognised", " is not an objective's code.")
    return Reading(code, _repairs(bare, code), "repaired")


def _repairs(bare: str, code: str) -> str:
    """Names of what had to change to make `code` of `bare`."""
    marks, wanted = (re.sub(r"[ _.–-]", "", text) for text in (bare, code))
    rules = ["code_ocr_characters"] if marks.upper() != wanted else []
    rules += ["code_lower_case"] if marks != wanted and marks.upper() == wanted else []
    rules += ["code_separator"] if len(bare) != len(code) or re.search(r"[ .–-]", bare) else []
    return "+".join(rules)


def _profile_shape(bare: str, pattern: str) -> Reading[str] | Refusal:
    try:
        shape = re.compile(pattern)
    except re.error:
        return Refusal("code_not_recognised", ": the profile's code pattern is no regular expression.")
    if shape.fullmatch(bare):
        return Reading(bare, "code_profile_pattern")
    tight = _TIGHT.sub(r"\1", bare)
    for rule, candidate in (
        ("code_separator", tight),
        ("code_separator", re.sub(r"[ .–-]", "_", tight)),
        ("code_lower_case", tight.upper()),
    ):
        if shape.fullmatch(candidate):
            return Reading(candidate, rule, "repaired")
    return _exchanged(tight, shape)


def _exchanged(text: str, shape: re.Pattern[str]) -> Reading[str] | Refusal:
    """The one code that exchanging one character, else two, makes of the text."""
    places = [i for i, c in enumerate(text) if c.translate(_TO_DIGITS) != c or c.translate(_TO_LETTERS) != c]
    if len(text) > 24 or len(places) > 16:
        return Refusal("code_not_recognised", " is not a code of this profile.")
    for count in (1, 2):
        found = {code for chosen in combinations(places, count) if shape.fullmatch(code := _swap(text, chosen))}
        if len(found) == 1:
            return Reading(found.pop(), "code_ocr_characters", "repaired")
        if found:
            return Refusal("code_ambiguous", f" may be {' or '.join(sorted(found))}.")
    return Refusal("code_not_recognised", " is not a code of this profile.")


def _swap(text: str, places: tuple[int, ...]) -> str:
    characters = list(text)
    for i in places:
        digit = characters[i].translate(_TO_DIGITS)
        characters[i] = digit if digit != characters[i] else characters[i].translate(_TO_LETTERS)
    return "".join(characters)


_I, _S, _O, _B = "[I1l|]", "[S5]", "[O0]", "[B8]"
_YEAR_DAMAGED = rf"(?P<year>[12]{_DIGIT}{{3}})"
_GUIDELINE = re.compile(rf"{_YEAR_DAMAGED}_?{_I}ND_?{_S}TRATEG_?(?P<number>{_DIGIT}{{2}})")
_GOAL = re.compile(
    rf"{_YEAR_DAMAGED}_?(?P<guideline>{_DIGIT}{{2}})_?{_I}{_S}_?{_O}{_B}_?{_S}TR_?(?P<number>{_DIGIT}{{2}})"
)
_OPERATIVE = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}")
_OPERATIVE_DAMAGED = re.compile(rf"[1-9IlS]{_DIGIT}?(?: ?[.,] ?{_DIGIT}{{1,2}}){{1,3}}")
_GENERIC = re.compile(r"(?:19|20)[0-9]{2}(?:_[A-Z]{1,10}|_[0-9]{1,3}){1,6}_[0-9]{1,3}")


@remembered(longest=LONGEST)
def parse_dup_code(text: str) -> Reading[str] | Refusal:
    """A code of the DUP: `2021_IND_STRATEG_05`, `2020_05_IS_OB_STR_02`, operative `5.2.11`, or words and numbers alike.

    `2019_08IS_OB_STR_02` gets its underscore back (`dup_code_underscore`, repaired). OCR damage is repaired
    (`dup_code_ocr_characters`), markdown's escapes are the converter's. Refusal: dup_code_not_recognised.
    """
    if len(text) > LONGEST:
        return Refusal("dup_code_not_recognised", f"{quoted(text)} is too long for a code.")
    bare, escaped = _unmarked(text)
    read = _family(re.sub(r" ?_ ?", "_", bare).rstrip(".,;:")) or _operative(bare.rstrip(".,;"))
    if read is None:
        return Refusal("dup_code_not_recognised", f"{quoted(text)} is not a code of the DUP.")
    return read._replace(rule="code_markdown_escape") if escaped and read.method == "printed" else read


def _family(bare: str) -> Reading[str] | None:
    if match := _GUIDELINE.fullmatch(bare):
        code = "_IND_STRATEG_".join(match[name].translate(_TO_DIGITS) for name in ("year", "number"))
        return _canonical(bare, code, "dup_code_guideline")
    if match := _GOAL.fullmatch(bare):
        year, guideline, number = (match[name].translate(_TO_DIGITS) for name in ("year", "guideline", "number"))
        return _canonical(bare, f"{year}_{guideline}_IS_OB_STR_{number}", "dup_code_goal")
    return Reading(bare, "dup_code_generic") if _GENERIC.fullmatch(bare) else None


def _canonical(bare: str, code: str, rule: str) -> Reading[str] | None:
    if code_year(code) is None:
        return None
    if bare == code:
        return Reading(code, rule)
    same_marks = bare.replace("_", "") == code.replace("_", "")
    return Reading(code, "dup_code_underscore" if same_marks else "dup_code_ocr_characters", "repaired")


def _operative(bare: str) -> Reading[str] | None:
    if _OPERATIVE.fullmatch(bare):
        return Reading(bare, "dup_code_operative")
    if not _OPERATIVE_DAMAGED.fullmatch(bare) or not re.search("[0-9]", bare):
        return None
    code = bare.replace(" ", "").replace(",", ".").translate(_TO_DIGITS)
    return Reading(code, "dup_code_ocr_characters", "repaired") if _OPERATIVE.fullmatch(code) else None
