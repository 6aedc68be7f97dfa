"""Who answers for a phase: a person's name, and the role that the form prints behind it."""

import re
from typing import NamedTuple

from pegextract.values.caching import remembered
from pegextract.values.characters import clean, fold
from pegextract.values.ocr import repair_capitals, repair_ocr
from pegextract.values.organisations import UNIT_HEADS
from pegextract.values.reading import Reading, Refusal, quoted

LONGEST = 200
"""Longer texts are prose: refused unread."""


class Responsible(NamedTuple):
    """A person's name as printed ("COGNOME NOME"), and the role behind it, None where none is printed."""

    name: str
    role: str | None


_MARK = r"(?:P ?[.:] ?[O0]\b ?\.?|E ?\. ?Q\b ?\.?|A ?\. ?P\b ?\.)"
_TITLE = (
    r"(?:(?:Posizione Organizzativa|Elevata Qualificazione|Alta Professionalità|(?:Vice ?)?(?:Dirigente|Direttore"
    r"|Direttrice|Comandante|Segretari[oa])|Responsabile|Referente|Funzionari[oa]|Coordinat(?:ore|rice)"
    r"|Istrut(?:tore|trice)|Capo ?(?:area|settore|servizio|ufficio)|RUP|PO|EQ|AP)\b|Resp\.|R\.U\.P\.)"
)
_ROLE = rf"(?:{_MARK}|{_TITLE})"
_SEPARATED = re.compile(rf" ?(?:[-–—/,;:]|\() ?(?={_ROLE})", re.IGNORECASE)
_UNSEPARATED = re.compile(r" (?=(?:P ?\. ?[O0]|E ?\. ?Q|A ?\. ?P) ?\.)")
# PO, EQ and AP without dots are surnames as well: alone they do not make a role.
_ROLE_ALONE = re.compile(rf"(?!(?:PO|EQ|AP)\b){_ROLE}", re.IGNORECASE)
_ROLE_FIRST = re.compile(rf"({_ROLE}[^:]{{0,80}}?) ?: ?(.+)", re.IGNORECASE)
_SPACED_DASH = re.compile(r" [-–—] | ?[–—] ?| ?\((?=[^)]*\)$)")
_SEVERAL = re.compile(r" ?[,;/+&] ?| [-–—] | (?:e|ed) ", re.IGNORECASE)
_DOTTED = re.compile(_MARK, re.IGNORECASE)
_HONORIFICS = re.compile(
    r"(?:(?:dott|dr|d|prof|sig)\.? ?(?:ssa|ra)\.? |(?:dott|dr|ing|arch|avv|geom|rag|prof|sig)(?:\. ?| )"
    r"|(?:dottore|dottoressa|ingegner[ea]?|architetto|avvocato|geometra|ragioniere|professor(?:essa|e)?) )+",
    re.IGNORECASE,
)
_MARK_AHEAD = re.compile(r"([PEA]) ?([.:]) ?([O0QP])\b ?(\.?) ?")
_DAMAGED_WORD = re.compile(r"(?<![\w|])(?=[A-ZÀ-Ú01|5]*[A-ZÀ-Ú]{2})[A-ZÀ-Ú01|5]*[01|5][A-ZÀ-Ú01|5]*(?![\w|])")
_LETTERS = str.maketrans("01|5", "OIIS")
_NO_LETTERS = " =+*|_~-–—"
"""What stands behind a name or a role where a scan has specks or a ruling line; no name ends in it."""
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{3})\.$")
"""Behind a whole name, not behind an initial: a speck, or the end of a sentence."""
_NAME_WORD = re.compile(r"(?:[^\W\d_]{1,20}['’])?[^\W\d_]{1,30}(?:-[^\W\d_]{1,30})?['’]?")
_JOINING = frozenset({"e", "ed", "per", "con", "ai", "alle", "agli", "al", "alla"})
_HEADS = frozenset(head.lower() for head in UNIT_HEADS) | {"serv", "direz", "dir", "uff", "sett"}


@remembered(longest=LONGEST)
def parse_responsible(text: str) -> Reading[Responsible] | Refusal:
    """A responsible: `BONANNI GIUSEPPINA - P.O. STRANIERI E IMMIGRAZIONE` → the name and the role.

    A role begins at its mark (P.O., E.Q., A.P., Dirigente, Responsabile …) after a dash, slash, comma, bracket, or a
    blank alone before a dotted mark; without a mark, what follows a spaced dash is a role only if it can not be a
    second person. `ROSSI-BIANCHI MARIA` and `ROSSI - BIANCHI MARIA` stay one name. The blank after P.O., E.Q., A.P. is
    normalised, titles before the name (Dott.ssa) are left out (`person_title_omitted`). Two persons: the name as
    printed, no role, rule `person_several`. Refusals: person_not_recognised (no letters, digits in the name,
    a unit), person_role_without_name.
    """
    if len(text) > LONGEST:
        return Refusal("person_not_recognised", f"{quoted(text)} is too long for a person.")
    read = repair_capitals(repair_ocr(clean(text).strip(" -–—,;:").lstrip(". ")))
    name, role, rule = _split(read.value)
    bare_name, bare_role = name.rstrip(_NO_LETTERS), role and role.rstrip(_NO_LETTERS)
    dropped = (bare_name, bare_role) != (name, role)
    name, role = bare_name, bare_role
    if rule == "person_several":
        return Reading(Responsible(name, None), rule)
    if _ROLE_ALONE.match(name):
        return Refusal("person_role_without_name", f"{quoted(text)} is a role that names nobody.")
    repaired = _DAMAGED_WORD.sub(lambda word: word[0].translate(_LETTERS), name)
    titles = _HONORIFICS.match(repaired)
    bare = _FULL_STOP.sub("", repaired[titles.end() :] if titles else repaired)
    if not re.search(r"[^\W\d_]{2}", bare) or re.search(r"[0-9]", bare) or _is_unit(bare):
        return Refusal("person_not_recognised", f"{quoted(text)} does not name a person.")
    read_role = _role(role)
    rules = [rule, read_role.rule, read.rule if read.method == "repaired" else ""]
    rules += ["person_title_omitted"] if titles else []
    rules += ["person_ocr_letters"] if repaired != name else []
    rules += ["person_marks_dropped"] if dropped else []
    method = "repaired" if dropped or repaired != name or "repaired" in (read.method, read_role.method) else "printed"
    return Reading(Responsible(bare, read_role.value), "+".join(filter(None, rules)), method)


def looks_like_person(text: str) -> bool:
    """Whether `text` has the form of "COGNOME NOME": two to five words in capitals, no digit, no word of a unit."""
    words = clean(text[:120]).split(" ")
    if not 2 <= len(words) <= 5 or sum(len(word) > 1 for word in words) < 2:
        return False
    if any(not _NAME_WORD.fullmatch(word) or word.upper() != word for word in words):
        return False
    return not _is_unit(text) and not any(fold(word) in _JOINING for word in words)


def _split(text: str) -> tuple[str, str | None, str]:
    """Name, role and rule, by the first of the separators that is certain."""
    match = _SEPARATED.search(text)
    # A tight hyphen may stand inside a surname: then two words, or the dots of the mark, have to show the role.
    if match and (len(match[0]) > 1 or " " in text[: match.start()] or _DOTTED.match(text, match.end())):
        return text[: match.start()], text[match.end() :], "person_and_role"
    if match := _UNSEPARATED.search(text):
        return text[: match.start()], text[match.end() :], "person_role_without_separator"
    if match := _ROLE_FIRST.fullmatch(text):
        return match[2], match[1], "person_role_before_name"
    if names_several(text):
        return text, None, "person_several"
    match = _SPACED_DASH.search(text)
    # One word alone before the dash is the first half of a double surname: "ROSSI - BIANCHI MARIA".
    if match and " " in text[: match.start()]:
        return text[: match.start()], text[match.end() :].removesuffix(")"), "person_and_role_without_mark"
    return text, None, "person_name"


def names_several(text: str) -> bool:
    """Two or more parts, each of at least two words in the form of a name; after a slash a surname is enough."""
    parts = _SEVERAL.split(text)
    if len(parts) == 1:
        return False
    names = [looks_like_person(part.upper()) for part in parts]
    return all(names) or (any(names) and "/" in text and all(_NAME_WORD.fullmatch(w) for p in parts for w in p.split()))


def _role(role: str | None) -> Reading[str | None]:
    """The role with "P.O. " (E.Q., A.P. alike) in its one form; a lost dot, a colon, a zero for the O are repaired."""
    if not role:
        return Reading(None, "")
    bare = role.rstrip(" )") if role.count(")") > role.count("(") else role
    match = _MARK_AHEAD.match(bare)
    if not match:
        return Reading(bare, "")
    first, between, second, dot = match.groups()
    written = f"{first}.{second.replace('0', 'O')}. {bare[match.end() :]}".rstrip()
    if second == "0" or between == ":" or not dot:
        return Reading(written, "role_mark_repaired", "repaired")
    return Reading(written, "role_blank_normalised" if written != bare else "")


def _is_unit(text: str) -> bool:
    first = re.match(r"\w+", fold(text[:60]))
    return first is not None and first[0] in _HEADS
