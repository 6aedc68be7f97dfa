"""Expected values ("Valore Atteso"): the operator first, then the one kind of value that the rest can be."""

import datetime
import re
from typing import NamedTuple

from pegextract.values.caching import cached
from pegextract.values.characters import clean, fold
from pegextract.values.dates import parse_date
from pegextract.values.numbers import parse_amount, parse_number
from pegextract.values.operators import Operator, split_operator
from pegextract.values.periods import parse_period_end
from pegextract.values.reading import Reading, Refusal, quoted
from pegextract.values.units import unit_of

LONGEST = 80
"""Longer targets are prose: refused unread."""


class Target(NamedTuple):
    """An expected value in the fields of the contract's table of indicators, there prefixed with `target_`."""

    kind: str
    """ratio, percent, number, date, boolean or text."""
    operator: str | None = None
    """=, >, >=, < or <=; None for text."""
    value: float | None = None
    """Percent points for percent, numerator ÷ denominator for ratio, 1.0 or 0.0 for boolean, None for date and text."""
    numerator: float | None = None
    denominator: float | None = None
    unit: str | None = None
    """%, EUR, or a name of `pegextract.values.units`."""
    date: datetime.date | None = None


TEXT = Target("text")
"""What a caller stores beside the finding when `parse_target` refuses."""

Outcome = Reading[Target] | Refusal | None

_BOOLEANS = {"si": 1.0, "si'": 1.0, "s": 1.0, "no": 0.0}
_DAMAGED_BOOLEANS = {"s|": 1.0, "sl": 1.0, "s1": 1.0, "5i": 1.0, "n0": 0.0}
_NUMERAL = r"[+-]?[0-9OoIl|][0-9OoIl|.,']*"
_PERCENT = re.compile(rf"({_NUMERAL}|[0-9OoIl|SB]{{1,3}}) ?(?:%|per ?cento)", re.IGNORECASE)
_DAMAGED_PERCENT = str.maketrans("OoIl|SB", "0011158")
_RATIO = re.compile(rf"({_NUMERAL})(?: ?/ ?| su )({_NUMERAL})", re.IGNORECASE)
_DAY_MONTH = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})")
_OF_A_YEAR = re.compile(r"(0?[1-9]|1[0-2]|(?:19|20)[0-9]{2})/((?:19|20)[0-9]{2})")
_QUANTITY = re.compile(rf"(?:n(?:umero|um|r|\.?ro)?[.°º]? ?)?({_NUMERAL})(?: ?([^\W\d_].*))?", re.IGNORECASE)
_EURO = re.compile(r"€|\beur(?:o)?\b", re.IGNORECASE)
_DAY_WORDS = re.compile(r"(?:il |al |alla data del |la data del |(?:il )?giorno )(?=[0-9])", re.IGNORECASE)


@cached(longest=LONGEST)
def parse_target(text: str, *, year: int | None = None) -> Reading[Target] | Refusal:
    """An expected value by the contract's table: ratio, percent, number (with unit), date or boolean.

    `year` is the sheet's, for dates that print none. A deadline that names a period ends on its last day (inferred).
    Nothing is guessed: where the whole text is not one value, or two kinds fit (`30/06`, `31/12`, `06/2017`), it is
    refused as `target_not_typed` and stays text. Other refusals: target_ratio_zero_denominator, date_does_not_exist,
    date_year_missing, date_year_ambiguous, date_year_out_of_range.
    """
    if len(text) > LONGEST:
        return Refusal("target_not_typed", f"The target {quoted(text)} is kept as text: it is too long for one value.")
    printed = clean(text).rstrip(" .;,")
    operator = split_operator(printed)
    for read in (_boolean, _deadline, _percent, _ambiguous, _ratio, _day, _euro, _quantity):
        if outcome := read(operator, year):
            return outcome
    return Refusal("target_not_typed", f"The target {quoted(text)} is kept as text: it is not one value.")


def _boolean(operator: Operator, _year: int | None) -> Outcome:
    if operator.sign or len(operator.rest) > 3:
        return None
    folded = fold(operator.rest)
    if folded in _BOOLEANS:
        return Reading(Target("boolean", "=", _BOOLEANS[folded]), "target_boolean")
    if folded in _DAMAGED_BOOLEANS:
        return Reading(Target("boolean", "=", _DAMAGED_BOOLEANS[folded]), "target_boolean_ocr", "repaired")
    return None


def _deadline(operator: Operator, year: int | None) -> Outcome:
    """After "entro" a day or a period comes first: "entro il 30/06" is no ratio, "entro il 2020" no number."""
    if not operator.is_deadline:
        return None
    outcome = _day(operator, year)
    if outcome or operator.sign != "<=":
        return outcome
    read = parse_period_end(operator.rest, year=year)
    if isinstance(read, Refusal):
        return None if read.code == "period_not_recognised" else read
    return Reading(Target("date", "<=", date=read.value), f"target_date+{read.rule}", read.method)


def _percent(operator: Operator, _year: int | None) -> Outcome:
    match = _PERCENT.fullmatch(operator.rest)
    if not match:
        return None
    # The percent sign shows that a number is meant: one true digit is enough.
    read = parse_number(match[1])
    if isinstance(read, Refusal) and re.search("[0-9]", match[1]):
        read = parse_number(match[1].translate(_DAMAGED_PERCENT))
        read = read if isinstance(read, Refusal) else read._replace(rule="number_ocr_digits", method="repaired")
    if isinstance(read, Refusal):
        return None
    target = Target("percent", operator.sign or "=", float(read.value), unit="%")
    # A printed sign speaks of a change against an earlier value, not of a level.
    rule = "target_percent_change" if match[1][0] in "+-" else "target_percent"
    return Reading(target, _rule(rule, read.rule), read.method)


def _ambiguous(operator: Operator, _year: int | None) -> Outcome:
    """Texts of digits that are as good a day, month or school year as a ratio or number: both are named."""
    match = _DAY_MONTH.fullmatch(operator.rest)
    if match and _is_like_a_day(match[1], match[2], operator):
        other = "ratio" if "/" in operator.rest else "number"
        return _two_readings(operator.rest, f"a {other} and a day of the year")
    match = _OF_A_YEAR.fullmatch(operator.rest)
    if match and (len(match[1]) <= 2 or int(match[1]) + 1 == int(match[2])):
        return _two_readings(operator.rest, "a ratio and a month or school year")
    return None


def _is_like_a_day(day: str, month: str, operator: Operator) -> bool:
    """A day of the calendar with a zero before day or month, or a last day alone (`31/12`, not `>= 31/12`)."""
    if isinstance(parse_date(f"{day}/{month}/2020"), Refusal):
        return False
    if "." in operator.rest:
        return len(day) == len(month) == 2
    is_last = operator.sign is None and (day, month) in (("31", "10"), ("30", "11"), ("31", "12"))
    return is_last or day[0] == "0" or month[0] == "0"


def _two_readings(text: str, readings: str) -> Refusal:
    return Refusal("target_not_typed", f"The target {quoted(text)} is kept as text: it can be read as {readings}.")


def _ratio(operator: Operator, _year: int | None) -> Outcome:
    match = _RATIO.fullmatch(operator.rest)
    if not match:
        return None
    numerator, denominator = parse_number(match[1]), parse_number(match[2])
    if isinstance(numerator, Refusal) or isinstance(denominator, Refusal) or "-" in operator.rest:
        return None
    above, below = float(numerator.value), float(denominator.value)
    if not below:
        message = f"The target {quoted(operator.rest)} is kept as text: nothing can be divided by zero."
        return Refusal("target_ratio_zero_denominator", message)
    target = Target("ratio", operator.sign or "=", above / below, above, below)
    method = "repaired" if "repaired" in (numerator.method, denominator.method) else "printed"
    return Reading(target, _rule("target_ratio", numerator.rule, denominator.rule), method)


def _day(operator: Operator, year: int | None) -> Outcome:
    rest = _DAY_WORDS.sub("", operator.rest, count=1)
    if not operator.is_deadline and re.fullmatch(r"[0-9]{1,2}[/.-][0-9]{1,2}", rest):
        return None
    read = parse_date(rest, year=year)
    if isinstance(read, Refusal):
        return None if read.code == "date_not_recognised" else read
    target = Target("date", operator.sign or "=", date=read.value)
    return Reading(target, f"target_date+{read.rule}", read.method)


def _euro(operator: Operator, _year: int | None) -> Outcome:
    if not _EURO.search(operator.rest):
        return None
    read = parse_amount(operator.rest)
    if isinstance(read, Refusal):
        return None
    target = Target("number", operator.sign or "=", float(read.value), unit="EUR")
    return Reading(target, f"target_amount+{read.rule}", read.method)


def _quantity(operator: Operator, _year: int | None) -> Outcome:
    """A number, "n." before it passed over, alone or with a unit of the list; any other word makes it text."""
    match = _QUANTITY.fullmatch(operator.rest)
    if not match:
        return None
    read, unit = parse_number(match[1]), unit_of(match[2]) if match[2] else None
    if isinstance(read, Refusal) or (match[2] and unit is None):
        return None
    target = Target("number", operator.sign or "=", float(read.value), unit=unit)
    return Reading(target, _rule("target_number_with_unit" if unit else "target_number", read.rule), read.method)


def _rule(rule: str, *parts: str) -> str:
    """The rule with those of its numbers, except that a plain number is not worth a name."""
    named = dict.fromkeys(name for part in parts for name in part.split("+") if name != "number_plain")
    return "+".join([rule, *named])
