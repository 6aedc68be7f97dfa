"""Numbers as Italy prints them: the dot groups thousands, the comma begins the decimals. Decimals throughout."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Decimal

from pegextract.values.caching import remembered
from pegextract.values.characters import clean
from pegextract.values.reading import Reading, Refusal, quoted

LONGEST = 60
"""No printed number has more characters; longer texts are refused unread."""

WEIGHT_STEP = Decimal("0.0001")
AMOUNT_STEP = Decimal("0.01")

_SIGN = r"(?P<sign>[+-]?) ?"
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (rule, re.compile(_SIGN + shape))
    for rule, shape in (
        ("number_plain", r"(?P<whole>[0-9]{1,15})"),
        ("number_decimal_comma", r"(?P<whole>[0-9]{1,15}),(?P<cents>[0-9]{1,9})"),
        ("number_thousands_dot", r"(?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,4})(?:,(?P<cents>[0-9]{1,9}))?"),
        ("number_thousands_apostrophe", r"(?P<whole>[1-9][0-9]{0,2}(?:'[0-9]{3}){1,4})(?:[.,](?P<cents>[0-9]{1,9}))?"),
        # With one to two or four and more digits after it, or a zero before it, a dot can not group thousands.
        ("number_decimal_point", r"(?P<whole>[0-9]{1,15})\.(?P<cents>[0-9]{1,2}|[0-9]{4,9})"),
        ("number_decimal_point", r"(?P<whole>0)\.(?P<cents>[0-9]{3})"),
        ("number_english_grouping", r"(?P<whole>[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4})\.(?P<cents>[0-9]{1,9})"),
        ("number_english_grouping", r"(?P<whole>[1-9][0-9]{0,2}(?:,[0-9]{3}){2,4})"),
    )
)
_WEIGHT = re.compile(r"(?P<sign>[+-]?)(?P<whole>[0-9]{1,15})(?:[.,](?P<cents>[0-9]{1,9}))?")
_SPECK = re.compile("(?<=[0-9][.,][0-9]{2}) ?[.,;:]$")
"""A mark behind two decimals; behind a whole number it makes the mark of a list, and no weight."""
_AMBIGUOUS = re.compile(r"[+-]?[0-9]{1,3}(?: [0-9]{3}){1,4}|[0-9]{4,15}[.][0-9]{3}")
_DAMAGED = re.compile(r"[+-]? ?[0-9OoIl|]{1,15}(?: ?[.,'] ?[0-9OoIl|]{1,9}){0,5}")
_DIGITS = str.maketrans("OoIl|", "00111")
_GROUPING = str.maketrans("", "", ".,'")
_LEVELLED = str.maketrans("−–’", "--'")


@remembered(longest=LONGEST)
def parse_number(text: str) -> Reading[Decimal] | Refusal:
    """A number in Italian notation: `24000`, `24.000` (thousands), `1.234,56`, `3,5`, `4.5`, `1'234,5`, `-7`.

    OCR letters in a number are repaired (`number_ocr_digits`) where at least half of its digits are digits.
    Refusals: number_ambiguous (`24 000`, `1234.567`: two readings fit), number_not_recognised (`1e5`, `nan`, words).
    """
    return _read(text, _shape, "number_not_recognised", "a number")


@remembered(longest=LONGEST)
def parse_weight(text: str) -> Reading[Decimal] | Refusal:
    """A weight in percent points, 0 to 100, with four decimals: `30,00`, `30.00`, `30`, `33,3333 %`.

    A single dot always begins decimals: no weight has thousands. More than four decimals are rounded half to even
    (`weight_rounded`, repaired). Refusals: weight_not_recognised, weight_out_of_range.
    """
    bare = clean(text[: LONGEST + 1]).removesuffix("%").rstrip()
    bare = _SPECK.sub("", bare)
    read = _read(bare, _weight_shape, "weight_not_recognised", "a weight")
    if isinstance(read, Refusal):
        return read._replace(message=f"{quoted(text)} is not a weight.")
    if not 0 <= read.value <= 100:
        return Refusal("weight_out_of_range", f"The weight {quoted(text)} is not between 0 and 100.")
    rounded = read.value.quantize(WEIGHT_STEP, ROUND_HALF_EVEN)
    if rounded == read.value:
        return read._replace(value=rounded)
    return Reading(rounded, f"{read.rule}+weight_rounded", "repaired")


_CURRENCY = re.compile(r"(?:(?:€|euro\b|eur\b)\.? ?)?(.*?)(?: ?(?:€|\beuro|\beur)\.?)?", re.IGNORECASE)
_NO_CENTS = re.compile(r"([0-9]),[-–=]{1,2}$")


@remembered(longest=LONGEST)
def parse_amount(text: str) -> Reading[Decimal] | Refusal:
    """An amount in euro, two decimals: `1.234,56`, `€ 0,00`, `1'234,56`, `1 234,56`, `-50,00`, `50,00-`, `1.234,-`.

    Refusals: amount_not_recognised, amount_too_precise (more than two decimals), number_ambiguous.
    """
    if len(text) > LONGEST:
        return Refusal("amount_not_recognised", f"{quoted(text)} is too long for an amount.")
    match = _CURRENCY.fullmatch(clean(text))
    bare = _NO_CENTS.sub(r"\1", match[1] if match else "")
    if re.fullmatch(r"[0-9][0-9.,']*-", bare):
        bare = f"-{bare[:-1]}"
    if re.fullmatch(r"-? ?[0-9]{1,3}(?: [0-9]{3}){1,4},[0-9]{2}", bare):
        # Two decimals show that one amount is printed: here a blank groups thousands.
        bare = bare.replace(" ", "")
    read = _read(bare, _shape, "amount_not_recognised", "an amount")
    if isinstance(read, Refusal):
        return read._replace(message=read.message.replace(quoted(bare), quoted(text)))
    cents = read.value.quantize(AMOUNT_STEP)
    if cents != read.value:
        return Refusal("amount_too_precise", f"The amount {quoted(text)} has more than two decimals.")
    return Reading(cents, read.rule.replace("number_", "amount_"), read.method)


def format_number(value: Decimal, decimals: int = 2) -> str:
    """The number as Italian forms print it, `1.234,56`; `parse_amount` and `parse_number` read it back."""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


Shape = Callable[[str], Reading[Decimal] | None]


def _read(text: str, shape: Shape, code: str, what: str) -> Reading[Decimal] | Refusal:
    """The printed number, else the number that its OCR damage hides, else why not."""
    if len(text) > LONGEST:
        return Refusal(code, f"{quoted(text)} is too long for {what}.")
    printed = clean(text).translate(_LEVELLED)
    if read := shape(printed):
        return read
    if _AMBIGUOUS.fullmatch(printed):
        return Refusal("number_ambiguous", f"{quoted(text)} can be read as more than one number.")
    return _repaired(printed, shape) or Refusal(code, f"{quoted(text)} is not {what}.")


def _shape(printed: str) -> Reading[Decimal] | None:
    for rule, pattern in _SHAPES:
        if match := pattern.fullmatch(printed):
            return Reading(_decimal(match), rule)
    return None


def _weight_shape(printed: str) -> Reading[Decimal] | None:
    match = _WEIGHT.fullmatch(printed)
    return Reading(_decimal(match), "weight_percent_points") if match else None


def _decimal(match: re.Match[str]) -> Decimal:
    parts = match.groupdict()
    cents = parts.get("cents")
    return Decimal(f"{parts['sign']}{parts['whole'].translate(_GROUPING)}{f'.{cents}' if cents else ''}")


def _repaired(printed: str, shape: Shape) -> Reading[Decimal] | None:
    """Letters are taken for digits beside as many digits, or beside one where a comma shows that a number is meant."""
    if not _DAMAGED.fullmatch(printed):
        return None
    digits = sum("0" <= c <= "9" for c in printed)
    letters = sum(c in "OoIl|" for c in printed)
    # "I.1" numbers a section: a dot shows nothing.
    if digits < (1 if "," in printed else letters + ("." in printed)):
        return None
    read = shape(re.sub(r" ?([.,']) ?", r"\1", printed.translate(_DIGITS)))
    if read is None:
        return None
    rule = "number_ocr_digits" if letters else "number_blanks_removed"
    return Reading(read.value, f"{rule}+{read.rule}", "repaired")
