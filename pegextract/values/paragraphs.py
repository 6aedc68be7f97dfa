"""Paragraphs: lines that the page's width broke are joined again; paragraphs and list items keep lines of their own."""

import re
from collections.abc import Sequence

from pegextract.values.characters import clean, fold

COMPOUND_HEADS = frozenset({
    "socio", "tecnico", "amministrativo", "medico", "economico", "politico", "giuridico", "sanitario", "educativo",
    "didattico", "storico", "artistico", "culturale", "ambientale", "idrico", "logistico", "organizzativo",
    "contabile", "finanziario", "gestionale", "informatico", "fisico", "chimico", "italo", "franco", "anglo", "euro",
    "afro", "nord", "sud", "est", "ovest", "centro", "casa", "scuola", "famiglia", "madre", "padre", "costi",
    "domanda", "ente", "studio", "co", "ex", "non", "e", "extra", "ultra", "anti", "vice", "sotto", "pre", "post",
    "inter", "multi", "mini", "maxi", "auto", "self", "part", "know", "start", "follow", "check", "front", "back",
    "work", "no", "on", "off", "web", "home", "social", "smart", "welfare",
})  # fmt: skip
"""First halves of compounds that Italian prints with a hyphen: after them a hyphen at the line's end stays."""

_HYPHENATED = re.compile(r"([a-zà-ú]{2,40}|[ex])-$")
_ELIDED = re.compile(r"(?<!\w)(?:[LlDdCcSsTtMmVv]|[A-Za-z]{1,8}(?:ll|n|r|st|ss|t|tt|c))['’]$")
_WORD = re.compile(r"[\w'’-]+")
_FIRST_WORD = re.compile(r"[a-zà-ú]+")
_FULL_STOP = re.compile(r"[.;:!?][\"”»’')\]]?$")
_BEFORE_NUMBER = re.compile(r"(?i)(?<!\w)(?:nn?|artt?|pagg?|prot|rep|cap|all)\.$")
_BULLET = re.compile(r"[-–—•●▪■◦◆*\uf0b7\uf0a7\uf02d](?: |(?=[^\W\d_]))")
_ENUMERATED = re.compile(r"([0-9]{1,2}|[a-zA-Z])([.)])(?: |(?=[A-ZÀ-Ú][a-zà-ú]))")
# Endings that no second half of a compound consists of: the rest of a word that the line's end cut.
_CUT_TAIL = re.compile(
    r"(?:\w{0,12}(?:zion[ei]|sion[ei]|ment[oie]|tà|[ae]nz[ae]|tor[ei]|tric[ei])|\w{1,3}|[^aeiouàèéìòù\W]{3}\w*)$"
)


def join_wrapped(parts: Sequence[str]) -> str:
    """One cell's text from the lines that its width broke: one blank between them, hyphenation as in `join_lines`."""
    lines = [(line, part.rstrip().endswith("\xad")) for part in parts if (line := clean(part))]
    words = _words([line for line, _ in lines])
    pieces: list[str] = []
    previous_soft = False
    for line, soft in lines:
        pieces[-1:] = [*_joined(pieces[-1], line, words, previous_soft), line] if pieces else [line]
        previous_soft = soft
    return "".join(pieces)


def join_lines(lines: Sequence[str]) -> str:
    """The paragraphs that `lines` print, one per output line.

    A paragraph ends at a blank line (passed as ""), before a list item ("- ", "• ", "1. ", "a) ", "- 1) "), and where a
    line ends its sentence although the next word would have fitted the page's width. Pass the lines of several
    pages without "" between them where the text runs on. Hyphenation is undone only where the joined word is right.
    """
    cleaned = [(clean(line), line.rstrip().endswith("\xad")) for line in lines]
    width, words = _width([line for line, _ in cleaned]), _words([line for line, _ in cleaned])
    paragraphs: list[list[str]] = []
    previous, soft, enumerator = "", False, ""
    for line, ends_soft in cleaned:
        if line:
            item = _enumerator(line)
            if not previous or _begins_item(line, item, previous, enumerator) or _ended_early(previous, line, width):
                paragraphs.append([line])
                enumerator = item or enumerator
            else:
                paragraphs[-1][-1:] = [*_joined(paragraphs[-1][-1], line, words, soft), line]
        previous, soft = line, ends_soft
    return "\n".join("".join(pieces) for pieces in paragraphs)


def _width(lines: Sequence[str]) -> int:
    """The 95th percentile of the lengths: one overlong line must not make all others look short."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[min(len(lengths) - 1, len(lengths) * 95 // 100)] if lengths else 0


def _words(lines: Sequence[str]) -> frozenset[str]:
    """The words printed whole; empty where no line ends in a hyphen, so that none will be looked up."""
    if not any(line.endswith("-") for line in lines):
        return frozenset()
    words = (word for line in lines for word in _WORD.findall(line))
    return frozenset(fold(word) for word in words if len(word) <= 60 and word[-1] != "-")


def _enumerator(line: str) -> str:
    """The mark of an enumerated item, "2." or "b)", a bullet before it passed over; else ""."""
    bullet = _BULLET.match(line)
    match = _ENUMERATED.match(line, bullet.end() if bullet else 0)
    return match[1] + match[2] if match else ""


def _begins_item(line: str, mark: str, previous: str, last_mark: str) -> bool:
    """A bullet, "a)", or a dotted mark that goes on counting: "n. 25" and "5. Il" also begin lines in mid-sentence."""
    bullet = _BULLET.match(line)
    if bullet:
        return bullet[0].endswith(" ") or bool(re.search(r"[.;:,]$", previous))
    if mark.endswith(")"):
        return previous.count("(") <= previous.count(")")
    return bool(mark) and (mark in ("1.", "a.") or _follows(mark[:-1], last_mark[:-1]))


def _follows(mark: str, last: str) -> bool:
    if mark.isdigit() and last.isdigit():
        return int(mark) == int(last) + 1
    return mark.isalpha() and last.isalpha() and ord(mark) == ord(last) + 1


def _ended_early(previous: str, line: str, width: int) -> bool:
    """The sentence is over, and the next line's first word would still have fitted: the author broke the line."""
    if not _FULL_STOP.search(previous) or line[:1].islower():
        return False
    if line[:1].isdigit() and _BEFORE_NUMBER.search(previous):
        return False
    return len(previous) + 1 + len(line.split(" ", 1)[0]) <= width


def _joined(last: str, line: str, words: frozenset[str], soft: bool) -> tuple[str, str]:
    """The last line as it stays, and what goes between it and `line`: a blank or nothing."""
    if soft:
        return last, ""
    end = last[-60:]
    hyphenated, tail = _HYPHENATED.search(end), _FIRST_WORD.match(line)
    if hyphenated and tail:
        return (last[:-1] if _is_one_word(hyphenated[1], tail[0], words) else last), ""
    # "Reggio-/Emilia", "2019-/2021": no blank belongs beside a tight hyphen, nor after an elision ("dell'/obiettivo").
    is_tight = re.search(r"\w-$", end) or (_ELIDED.search(end) and line[:1].isalpha())
    return last, "" if is_tight else " "


def _is_one_word(head: str, tail: str, words: frozenset[str]) -> bool:
    """Whether a hyphen between `head` and `tail` is the line's, not the word's: first the document's own evidence."""
    if fold(f"{head}-{tail}") in words:
        return False
    if fold(head + tail) in words:
        return True
    if head in COMPOUND_HEADS:
        return False
    # A first half of a compound is a whole word, ends in a vowel, mostly o, and its second half is an adjective.
    return head[-1] != "o" or len(head) <= 3 or bool(_CUT_TAIL.match(tail))
