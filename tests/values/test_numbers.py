"""Numbers in Italian notation, weights and amounts: decimals or a refusal, never a float and never a guess."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegextract.values.numbers import format_number, parse_amount, parse_number, parse_weight
from pegextract.values.reading import Reading, Refusal

NONSENSE = [
    "", " ", "nan", "inf", "-inf", "1e5", "1E400", "1_000", "0x10", "1,2,3", "1..2", "1.23.456", ".5", "5.", "--5",
    "٣", "½", "²", "12a", "I.1", "OO", "Il", "dieci", "1/2", "1:2", "9" * 1_000_000,
]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "value", "rule"),
    [
        ("24000", "24000", "number_plain"),
        ("24.000", "24000", "number_thousands_dot"),
        ("1.234,56", "1234.56", "number_thousands_dot"),
        ("1.234.567", "1234567", "number_thousands_dot"),
        ("3,5", "3.5", "number_decimal_comma"),
        ("1,234", "1.234", "number_decimal_comma"),
        ("4.5", "4.5", "number_decimal_point"),
        ("0.125", "0.125", "number_decimal_point"),
        ("1'234,5", "1234.5", "number_thousands_apostrophe"),
        ("1,234.56", "1234.56", "number_english_grouping"),
        ("-7", "-7", "number_plain"),
        ("−7", "-7", "number_plain"),
        ("1O0", "100", "number_ocr_digits+number_plain"),
        ("3O,OO", "30", "number_ocr_digits+number_decimal_comma"),
        ("1 ,5", "1.5", "number_blanks_removed+number_decimal_comma"),
    ],
)
def test_italian_numbers(printed: str, value: str, rule: str) -> None:
    """The dot groups thousands, the comma begins decimals, and the rule says which notation was read."""
    read = parse_number(printed)
    assert isinstance(read, Reading)
    assert (read.value, read.rule) == (Decimal(value), rule)


@pytest.mark.parametrize("printed", ["24 000", "1234.567"])
def test_two_readings_are_refused(printed: str) -> None:
    """A blank between digits, or a dot that may be either separator, is named and not decided."""
    read = parse_number(printed)
    assert isinstance(read, Refusal)
    assert read.code == "number_ambiguous"


@pytest.mark.parametrize("printed", NONSENSE)
def test_nonsense_is_no_number(printed: str) -> None:
    """What Python or a spreadsheet would read as a number, and words, are refused by all three parsers."""
    assert isinstance(parse_number(printed), Refusal)
    assert isinstance(parse_amount(printed), Refusal)
    assert isinstance(parse_weight(printed), Refusal) or printed == "I.1"


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("30,00", "30"),
        ("30.00", "30"),
        ("30.000", "30"),
        ("30", "30"),
        ("33,3333 %", "33.3333"),
        ("100%", "100"),
        ("0", "0"),
        ("2O,00", "20"),
    ],
)
def test_weights_are_percent_points(printed: str, value: str) -> None:
    """A weight has four decimals whatever separator it prints."""
    read = parse_weight(printed)
    assert isinstance(read, Reading)
    assert read.value == Decimal(value)
    assert read.value.as_tuple().exponent == -4


@pytest.mark.parametrize("printed", ["100,01", "101", "-1", "3000"])
def test_weights_out_of_range(printed: str) -> None:
    """Less than 0 or more than 100 points is no weight."""
    read = parse_weight(printed)
    assert isinstance(read, Refusal)
    assert read.code == "weight_out_of_range"


def test_a_mark_behind_the_decimals_of_a_weight_is_a_speck() -> None:
    """`25,00.` is a weight; `5.` may be the mark of a list."""
    read = parse_weight("25,00.")
    assert isinstance(read, Reading)
    assert read.value == 25
    assert isinstance(parse_weight("5."), Refusal)


def test_a_rounded_weight_says_so() -> None:
    """More than four decimals are rounded, and that is a repair."""
    assert parse_weight("33,33333") == (Decimal("33.3333"), "weight_percent_points+weight_rounded", "repaired")


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1.234,56", "1234.56"), ("€ 0,00", "0"), ("0,00 €", "0"), ("Euro 1.000", "1000"), ("1'234,56", "1234.56"),
        ("-50,00", "-50"), ("- 50,00", "-50"), ("50,00-", "-50"), ("1.234,-", "1234"), ("1 234,56", "1234.56"),
        ("1.234.567", "1234567"), ("1.234", "1234"), ("12.5", "12.5"),
    ],
)  # fmt: skip
def test_amounts_in_euro(printed: str, value: str) -> None:
    """An amount has two decimals; the currency may stand before or behind."""
    read = parse_amount(printed)
    assert isinstance(read, Reading)
    assert read.value == Decimal(value)
    assert read.value.as_tuple().exponent == -2


@pytest.mark.parametrize(
    ("printed", "code"),
    [("1,234", "amount_too_precise"), ("€", "amount_not_recognised"), ("1 234", "number_ambiguous")],
)
def test_refused_amounts(printed: str, code: str) -> None:
    """Fractions of a cent, a lone currency sign and split digits are refused."""
    read = parse_amount(printed)
    assert isinstance(read, Refusal)
    assert read.code == code


@given(st.decimals(-(10**14), 10**14, places=2))
def test_a_printed_amount_reads_back(value: Decimal) -> None:
    """Printing an amount as Italian forms do and reading it gives the same amount."""
    read = parse_amount(format_number(value))
    assert isinstance(read, Reading)
    assert read.value == value


@given(st.decimals(0, 100, places=4))
def test_a_printed_weight_reads_back(value: Decimal) -> None:
    """Printing a weight and reading it gives the same weight."""
    assert parse_weight(format_number(value, 4)) == Reading(value, "weight_percent_points")


@given(st.text() | st.text(alphabet="0123456789.,'-+ OIl|%€euro"))
def test_no_text_breaks_the_parsers(text: str) -> None:
    """Any text gives a finite decimal or a refusal."""
    for parse in (parse_number, parse_weight, parse_amount):
        read = parse(text)
        assert isinstance(read, Refusal) or read.value.is_finite()
