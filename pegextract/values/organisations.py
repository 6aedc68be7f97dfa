"""Names of organisational units: abbreviations written out, and names that the form's width cut, completed."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from pegextract.values.caching import REMEMBERED
from pegextract.values.characters import clean, fold
from pegextract.values.ocr import repair_capitals, repair_ocr
from pegextract.values.reading import Reading, Refusal, quoted

UNIT_HEADS = (
    "DIREZIONE", "SERVIZIO", "SERVIZI", "AREA", "SETTORE", "UFFICIO", "UFFICI", "DIPARTIMENTO", "UNITA", "SEZIONE",
    "STAFF", "SEGRETERIA", "GABINETTO", "CORPO", "POLIZIA", "AVVOCATURA", "RAGIONERIA", "CENTRO", "ISTITUZIONE",
    "RIPARTIZIONE", "DIVISIONE", "COORDINAMENTO", "STRUTTURA", "POSIZIONE", "QUARTIERE", "MUNICIPIO", "DISTRETTO",
)  # fmt: skip
"""Words that a unit's name begins with, folded to plain capitals."""

FORM_WIDTH = 30
"""Characters after which the forms known so far cut a unit's name (`SERVIZIO SOCIALE AMMINISTRATIV`)."""

_LONGEST = 300
_KINDS = {
    "direzione": "direzione",
    "direz": "direzione",
    "dir": "direzione",
    "servizio": "servizio",
    "serv": "servizio",
    "area": "area",
}
# A blank is missing after the dot of a cut word ("DIREZ.SERVIZI"), never after that of an initial ("S.A.T.").
_TIGHT_DOT = re.compile(r"(?<=[^\W\d_]{2}\.)(?=[^\W\d_]{2})")
_WORD = re.compile(r"\w+")

Abbreviations = tuple[tuple[str, str], ...]


def parse_unit(text: str, abbreviations: Mapping[str, str]) -> Reading[str]:
    """A unit's name on one line, OCR damage of `repair_ocr` undone and abbreviations written out.

    `abbreviations` (the profile's, `{"DIREZ.": "DIREZIONE"}`) hold with or without their dot, in any case. One that
    stands for a word of `UNIT_HEADS` is written out only as the first word: `SERV.` further on may be `SERVIZI`.
    Rules: `unit_as_printed`, those of `repair_ocr`, `unit_abbreviation`. A text over 300 characters is only cleaned.
    """
    if len(text) > _LONGEST:
        return Reading(clean(text), "unit_as_printed")
    return _unit(text, tuple(abbreviations.items()))


@lru_cache(maxsize=REMEMBERED)
def _unit(text: str, abbreviations: Abbreviations) -> Reading[str]:
    repaired = repair_capitals(repair_ocr(clean(text)))
    expansions = _expansions(abbreviations)
    words = _TIGHT_DOT.sub(" ", repaired.value).split(" ")
    written = [_expanded(word, place, expansions) for place, word in enumerate(words)]
    rules = [repaired.rule] if repaired.method == "repaired" else []
    rules += ["unit_abbreviation"] if written != words else []
    return Reading(" ".join(written), "+".join(rules) or "unit_as_printed", "repaired" if rules else "printed")


@lru_cache(maxsize=64)
def _expansions(abbreviations: Abbreviations) -> dict[str, str]:
    return {fold(short).rstrip("."): whole for short, whole in abbreviations}


def _expanded(word: str, place: int, expansions: dict[str, str]) -> str:
    whole = expansions.get(fold(word).rstrip("."))
    if whole is None or (place > 0 and fold(whole).upper() in UNIT_HEADS):
        return word
    return whole


def complete_cut(
    text: str, candidates: Iterable[str], width: int = FORM_WIDTH, written_out: str | None = None
) -> Reading[str] | Refusal | None:
    """The one candidate that `text`, as the form printed it, is the beginning of; None where it is not a cut name.

    Only a text about as long as the form is wide (`width` - 2 to `width` + 1 characters, OCR may lose or add one) can
    be cut. `written_out` is the same text without abbreviations, which is what candidates are compared with.
    A candidate equal to it settles that it is whole. Refusal: ambiguous_name, naming all that fit.
    """
    printed = clean(text[: width + 20])
    if not width - 2 <= len(printed) <= width + 1:
        return None
    beginning = _without_stops(written_out or printed)
    whole = {_without_stops(name): name for name in candidates}
    # Where a word ends, only the form's exact width shows that something is missing; the blank behind it may count.
    border = (" ",) if len(printed) not in (width - 1, width) else ()
    fitting = sorted(
        name
        for folded, name in whole.items()
        if folded.startswith(beginning) and not folded[len(beginning) :].startswith(border)
    )
    if not fitting or beginning in whole:
        return None
    if len(fitting) == 1:
        return Reading(fitting[0], "unit_completed_from_header", "inferred")
    return Refusal("ambiguous_name", f"{quoted(text)} may be {' or '.join(quoted(name) for name in fitting)}.")


def _without_stops(name: str) -> str:
    """A name for comparing with what the form cut: of `P.E.B.A.` a scan loses a full stop, which no name turns on."""
    return fold(name).replace(".", "")


def unit_kind(name: str) -> str:
    """The kind of a unit by the first word of its name: `direzione`, `servizio`, `area`, else `other`."""
    first = _WORD.search(fold(name[:40]))
    return _KINDS.get(first[0], "other") if first else "other"
