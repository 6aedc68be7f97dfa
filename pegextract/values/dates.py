"""Dates, by a strict grammar of their own: guessing libraries turn 03/04 into whatever their locale says."""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from pegextract.values.caching import cached
from pegextract.values.characters import clean, fold
from pegextract.values.reading import Reading, Refusal, quoted

MONTHS = (
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
    "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre",
)  # fmt: skip
MONTH_NUMBERS = {name: n for n, name in enumerate(MONTHS, 1)} | {name[:3]: n for n, name in enumerate(MONTHS, 1)}
MONTH_NUMBERS["sett"] = 9

FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST = 60
"""No printed date has more characters; longer texts are refused unread."""

_D = "[0-9OoQIl|!SsBZ]"
_MONTH_WORD = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
DATE_PATTERN = (
    rf"{_D}(?<![0-9A-Za-z_/].)(?:{_D}?(?P<sep> ?[/.\-] ?){_D}{{1,2}}(?P=sep){_D}{{4}}"
    rf"|(?<=[0-9])(?:[0-9]{{3}}-[0-9]{{2}}-[0-9]{{2}}|[0-9]?[°º]? (?i:{_MONTH_WORD})\.? [0-9]{{4}}))(?![0-9A-Za-z_/])"
)
"""A printed date with its year, for finding one in a line; OCR-damaged digits included. Has one group, `sep`."""

_NUMERIC = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})(?:\2([0-9]{4}|[0-9]{2}))?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NAMED = re.compile(rf"(?:il )?([0-9]{{1,2}})(?:[°ºo^])? ?({_MONTH_WORD})\b\.?(?: ?(?:del )?([0-9]{{4}}|[0-9]{{2}}))?")
_DAMAGED = re.compile(rf"{_D}{{1,2}} ?[/.\-] ?{_D}{{1,2}}(?: ?[/.\-] ?(?:{_D}{{4}}|{_D}{{2}}))?")
_DIGITS = str.maketrans("OoQIl|!SsBZ", "00011115582", " ")
_SHAPES = {"/": "date_dd_mm_yyyy", ".": "date_dd_mm_yyyy_dots", "-": "date_dd_mm_yyyy_dashes"}


class _Parts(NamedTuple):
    """Day, month and year as printed ("" where no year is), and the shape that they were printed in."""

    day: str
    month: int
    year: str
    rule: str


@cached(longest=LONGEST)
def parse_date(text: str, *, year: int | None = None) -> Reading[date] | Refusal:
    """A date: `dd/mm/yyyy`, `dd.mm.yyyy`, `dd-mm-yyyy`, `yyyy-mm-dd`, `d mese yyyy` (months whole or cut: gen, sett).

    `year` is the sheet's: it completes `30/06` and `30 giugno` (inferred, `date_year_from_sheet`) and vouches for
    a two-digit year within five years of it (inferred, `date_two_digit_year`). Digits that OCR read as letters and
    blanks around separators are repaired (`date_ocr_digits`, `date_blanks_removed`).
    Refusals: date_not_recognised, date_does_not_exist, date_year_missing, date_year_ambiguous, date_year_out_of_range.
    """
    if len(text) > LONGEST:
        return Refusal("date_not_recognised", f"{quoted(text)} is too long for a date.")
    printed = clean(text).rstrip(".,;:")
    parts = _numeric(printed) or _named(fold(printed))
    if parts:
        return _dated(parts, text, year)
    return _repaired(printed, text, year)


def end_of_month(year: int, month: int) -> date:
    """The last day of a month, 1 to 12; `year` as Python's calendar has it, 1 to 9999."""
    return date(year, month, monthrange(year, month)[1])


def format_date(day: date) -> str:
    """The date as Italian forms print it, `dd/mm/yyyy`; `parse_date` reads it back."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def _numeric(printed: str) -> _Parts | None:
    if match := _NUMERIC.fullmatch(printed):
        day, separator, month, year = match.groups()
        if not year and separator != "/" and len(day + month) < 4:
            return None  # "4.5" is a number, "1-5" a range
        return _Parts(day, int(month), year or "", _SHAPES[separator])
    if match := _ISO.fullmatch(printed):
        return _Parts(match[3], int(match[2]), match[1], "date_iso")
    return None


def _named(folded: str) -> _Parts | None:
    match = _NAMED.fullmatch(folded)
    return _Parts(match[1], MONTH_NUMBERS[match[2]], match[3] or "", "date_d_month_yyyy") if match else None


def _repaired(printed: str, text: str, year: int | None) -> Reading[date] | Refusal:
    """Letters are digits only where the whole text has a date's shape and at least half of it are digits already."""
    refusal = Refusal("date_not_recognised", f"{quoted(text)} is not a date.")
    if not _DAMAGED.fullmatch(printed):
        return refusal
    marks = [c for c in printed if c not in " /.-"]
    if 2 * sum("0" <= c <= "9" for c in marks) < len(marks):
        return refusal
    parts = _numeric(printed.translate(_DIGITS))
    if parts is None:
        return refusal
    read = _dated(parts, text, year)
    if isinstance(read, Refusal):
        return read
    letters = any(not "0" <= c <= "9" for c in marks)
    rules = ["date_ocr_digits"] * letters + ["date_blanks_removed"] * (" " in printed) + [read.rule]
    return Reading(read.value, "+".join(rules), "inferred" if read.method == "inferred" else "repaired")


def _dated(parts: _Parts, text: str, sheet_year: int | None) -> Reading[date] | Refusal:
    """Settle the year, then the calendar decides."""
    settled = _year(parts.year, text, sheet_year)
    if isinstance(settled, Refusal):
        return settled
    try:
        day = date(settled.value, parts.month, int(parts.day))
    except ValueError:
        return Refusal("date_does_not_exist", f"{quoted(text)} is not in the calendar.")
    return Reading(day, settled.rule or parts.rule, settled.method)


def _year(printed: str, text: str, sheet_year: int | None) -> Reading[int] | Refusal:
    if len(printed) == 4:
        return _in_range(int(printed), text, "", "printed")
    if not printed:
        if sheet_year is None:
            return Refusal("date_year_missing", f"{quoted(text)} has no year, and the sheet's year is not known.")
        return _in_range(sheet_year, text, "date_year_from_sheet", "inferred")
    full = 2000 + int(printed)
    # Five years: a plan's dates lie in its year, its references rarely further away than one mandate.
    if sheet_year is None or abs(full - sheet_year) > 5:
        return Refusal("date_year_ambiguous", f"{quoted(text)} has a year of two digits that nothing near it explains.")
    return Reading(full, "date_two_digit_year", "inferred")


def _in_range(year: int, text: str, rule: str, method: str) -> Reading[int] | Refusal:
    if FIRST_YEAR <= year <= LAST_YEAR:
        return Reading(year, rule, method)
    message = f"{quoted(text)}: the year {year} is not between {FIRST_YEAR} and {LAST_YEAR}."
    return Refusal("date_year_out_of_range", message)
