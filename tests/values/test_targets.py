"""Expected values: every row of the contract's table, the forms Italian offices write, and what must stay text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegextract.values.operators import split_operator
from pegextract.values.reading import Reading, Refusal
from pegextract.values.targets import Target, parse_target
from pegextract.values.units import UNITS, unit_of


def read(printed: str) -> Target:
    """The target that `printed` is on a sheet of 2017."""
    outcome = parse_target(printed, year=2017)
    assert isinstance(outcome, Reading), outcome
    return outcome.value


@pytest.mark.parametrize(
    ("printed", "operator", "numerator", "denominator"),
    [
        ("2/4", "=", 2, 4), ("250/75", "=", 250, 75), ("250 / 75", "=", 250, 75), ("almeno 3/4", ">=", 3, 4),
        ("28/14", "=", 28, 14), ("23/23", "=", 23, 23), ("10/10", "=", 10, 10), ("3/3", "=", 3, 3), ("8/8", "=", 8, 8),
        ("100/800", "=", 100, 800), ("3 su 5", "=", 3, 5), ("10/12", "=", 10, 12), ("almeno 31/12", ">=", 31, 12),
    ],
)  # fmt: skip
def test_ratios(printed: str, operator: str, numerator: float, denominator: float) -> None:
    """A ratio keeps both numbers, and its value is their quotient."""
    assert read(printed) == Target("ratio", operator, numerator / denominator, numerator, denominator)


@pytest.mark.parametrize(
    ("printed", "operator", "value"),
    [
        ("75%", "=", 75), ("100 %", "=", 100), ("> 80%", ">", 80), (">=90%", ">=", 90), ("≥ 92,5 %", ">=", 92.5),
        ("non inferiore a 80%", ">=", 80), ("non inferiore al 80%", ">=", 80), ("non inferiore all'80%", ">=", 80),
        ("pari o superiore al 95%", ">=", 95), ("maggiore o uguale a 95%", ">=", 95), ("almeno il 50%", ">=", 50),
        ("oltre l'80%", ">", 80), ("non superiore al 5%", "<=", 5), ("meno del 5%", "<", 5), ("pari al 100%", "=", 100),
        ("+5%", "=", 5), ("-10%", "=", -10), ("90 per cento", "=", 90), ("100% .", "=", 100), ("90% e oltre", ">=", 90),
        ("5O%", "=", 50), ("l00%", "=", 100), ("1OO%", "=", 100), ("B5%", "=", 85),
    ],
)  # fmt: skip
def test_percentages(printed: str, operator: str, value: float) -> None:
    """A percentage is in percent points, whatever words compare it."""
    assert read(printed) == Target("percent", operator, value, unit="%")


@pytest.mark.parametrize(
    ("printed", "operator", "value"),
    [
        ("24000", "=", 24000), ("24.000", "=", 24000), ("1.234,56", "=", 1234.56), ("=>4", ">=", 4), ("=< 4", "<=", 4),
        ("maggiore di 100", ">", 100), ("n. 5", "=", 5), ("n° 5", "=", 5), ("N.5", "=", 5), ("nr. 5", "=", 5),
        ("più di 3", ">", 3), ("piu' di 3", ">", 3), ("almeno 3", ">=", 3), ("almeno n. 5", ">=", 5),
        ("min. 5", ">=", 5), ("non meno di 5", ">=", 5), ("non più di 5", "<=", 5), ("massimo 5", "<=", 5),
        ("max 5", "<=", 5),
        ("un massimo di 5", "<=", 5), ("fino a 5", "<=", 5), ("≤5", "<=", 5), ("> = 5", ">=", 5), ("4.5", "=", 4.5),
        ("+5", "=", 5), ("1O", "=", 10), ("minore di 5", "<", 5), ("5 o più", ">=", 5),
    ],
)  # fmt: skip
def test_plain_numbers(printed: str, operator: str, value: float) -> None:
    """A number alone, or with the words that compare it, has no unit."""
    assert read(printed) == Target("number", operator, value)


@pytest.mark.parametrize(
    ("printed", "operator", "value", "unit"),
    [
        ("<= 10 gg", "<=", 10, "giorni"), ("entro 30 giorni", "<=", 30, "giorni"), ("entro 30 gg.", "<=", 30, "giorni"),
        ("10 gg max", "<=", 10, "giorni"), ("entro 60 giorni lavorativi", "<=", 60, "giorni lavorativi"),
        ("15 min.", "=", 15, "minuti"), ("min. 15 minuti", ">=", 15, "minuti"), ("48 ore", "=", 48, "ore"),
        ("€ 15.000,00", "=", 15000, "EUR"), ("15.000,00 €", "=", 15000, "EUR"), (">= € 500", ">=", 500, "EUR"),
        ("euro 1.000", "=", 1000, "EUR"), ("1.200 mq", "=", 1200, "mq"), ("1O giorni", "=", 10, "giorni"),
    ],
)  # fmt: skip
def test_numbers_with_a_known_unit(printed: str, operator: str, value: float, unit: str) -> None:
    """A unit of the written list is named in its one form."""
    assert read(printed) == Target("number", operator, value, unit=unit)


@pytest.mark.parametrize(
    ("printed", "operator", "day"),
    [
        ("entro il 30 Giugno", "<=", date(2017, 6, 30)), ("entro il 15/07/2020", "<=", date(2020, 7, 15)),
        ("30/06/2017", "=", date(2017, 6, 30)), ("entro il 30/06", "<=", date(2017, 6, 30)),
        ("entro 31.12", "<=", date(2017, 12, 31)), ("entro e non oltre il 31/12/2017", "<=", date(2017, 12, 31)),
        ("prima del 30/06/2017", "<", date(2017, 6, 30)), ("al 31/12/2017", "=", date(2017, 12, 31)),
        ("30/O6/2017", "=", date(2017, 6, 30)), ("30 giugno", "=", date(2017, 6, 30)),
        ("entro giugno 2020", "<=", date(2020, 6, 30)), ("entro dicembre", "<=", date(2017, 12, 31)),
        ("entro l'anno", "<=", date(2017, 12, 31)), ("entro il 1° semestre", "<=", date(2017, 6, 30)),
        ("entro il 2018", "<=", date(2018, 12, 31)), ("entro 06/2018", "<=", date(2018, 6, 30)),
    ],
)  # fmt: skip
def test_dates(printed: str, operator: str, day: date) -> None:
    """A date has no value but its day; a missing year is the sheet's, a period ends on its last day."""
    assert read(printed) == Target("date", operator, date=day)


@pytest.mark.parametrize(
    ("printed", "value"),
    [("SI", 1.0), ("Sì", 1.0), ("si'", 1.0), ("S", 1.0), ("NO", 0.0), ("No.", 0.0), ("S|", 1.0), ("N0", 0.0)],
)
def test_yes_and_no(printed: str, value: float) -> None:
    """Yes is 1, no is 0."""
    assert read(printed) == Target("boolean", "=", value)


@pytest.mark.parametrize(
    "printed",
    [
        "", "-", "relazione finale", "SI/NO", "dal 50% al 60%", "10-20", "tra 5 e 10", "circa 100", "n.5 incontri",
        "80% delle richieste", "≥ 3 e ≤ 5", "100% entro il 30/06", "B2", "nan", "inf", "1e5", "1_000", "24 000",
        "entro", "almeno", "%", "/", "3/", "entro le 12:00", "٣٠", "1/2/3", "-1/2", "sera", "superiore",
        "x" * 10**6,
    ],
)  # fmt: skip
def test_anything_else_stays_text(printed: str) -> None:
    """What is not one value by the whole of its text is refused as not typed."""
    outcome = parse_target(printed, year=2017)
    assert isinstance(outcome, Refusal)
    assert outcome.code == "target_not_typed"


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("30/06", "ratio and a day"),
        ("05/10", "ratio and a day"),
        ("31/12", "ratio and a day"),
        ("30.06", "number and a day"),
        ("06/2017", "month"),
        ("2019/2020", "school year"),
    ],
)
def test_two_readings_are_both_named(printed: str, words: str) -> None:
    """Where two kinds fit, the refusal names both and nothing is chosen."""
    outcome = parse_target(printed, year=2017)
    assert isinstance(outcome, Refusal)
    assert outcome.code == "target_not_typed"
    assert words in outcome.message


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("1/0", "target_ratio_zero_denominator"),
        ("31/02/2017", "date_does_not_exist"),
        ("entro il 31/02", "date_does_not_exist"),
    ],
)
def test_impossible_values_say_why(printed: str, code: str) -> None:
    """Division by zero and days outside the calendar have findings of their own."""
    outcome = parse_target(printed, year=2017)
    assert isinstance(outcome, Refusal)
    assert outcome.code == code


def test_a_deadline_without_any_year_is_refused() -> None:
    """On a sheet whose year is not known, a day without a year is no date."""
    outcome = parse_target("entro il 30/06")
    assert isinstance(outcome, Refusal)
    assert outcome.code == "date_year_missing"


@pytest.mark.parametrize(
    ("printed", "method"), [("75%", "printed"), ("5O%", "repaired"), ("entro il 30/06", "inferred")]
)
def test_the_method_tells_how_the_value_came_about(printed: str, method: str) -> None:
    """Printed, repaired and inferred values are told apart."""
    outcome = parse_target(printed, year=2017)
    assert isinstance(outcome, Reading)
    assert outcome.method == method


def test_units_have_one_name() -> None:
    """Every printed unit of the list is found, with dots and capitals too."""
    assert all(unit_of(printed.upper()) == unit for printed, unit in UNITS.items())
    assert unit_of("gg.") == "giorni"
    assert unit_of("incontri") is None


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from(["≥ ", "<=", "almeno ", "maggiore di ", ""]))
def test_an_operator_changes_nothing_but_the_operator(numerator: int, denominator: int, words: str) -> None:
    """The same number is read behind every operator."""
    assert read(f"{words}{numerator}").value == numerator
    assert read(f"{words}{numerator}%").value == numerator


WORDS = st.lists(
    st.sampled_from(["entro", "il", "30/06", "almeno", "%", "5", "€", "gg", "su", ">=", "n.", "1/0", "l", "giugno"])
)


@given(st.text() | WORDS.map(" ".join), st.none() | st.integers(1900, 2100))
def test_no_text_breaks_the_parser(text: str, year: int | None) -> None:
    """Any text gives a target or a refusal, and operators are split from any text."""
    assert isinstance(parse_target(text, year=year), Reading | Refusal)
    assert split_operator(text).sign in (None, "=", "<", ">", "<=", ">=")
