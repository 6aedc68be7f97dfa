"""Dates are strict: what is no date of the calendar is refused, and what was completed or repaired says so."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegextract.values.dates import DATE_PATTERN, format_date, parse_date
from pegextract.values.periods import parse_period_end
from pegextract.values.reading import Reading, Refusal


@pytest.mark.parametrize(
    ("printed", "day", "rule", "method"),
    [
        ("31/12/2017", date(2017, 12, 31), "date_dd_mm_yyyy", "printed"),
        ("1/3/2017", date(2017, 3, 1), "date_dd_mm_yyyy", "printed"),
        ("01.03.2017", date(2017, 3, 1), "date_dd_mm_yyyy_dots", "printed"),
        ("01-03-2017", date(2017, 3, 1), "date_dd_mm_yyyy_dashes", "printed"),
        ("2020-05-01", date(2020, 5, 1), "date_iso", "printed"),
        ("1° gennaio 2020", date(2020, 1, 1), "date_d_month_yyyy", "printed"),
        ("1º Gen. 2020", date(2020, 1, 1), "date_d_month_yyyy", "printed"),
        ("30 sett 2020", date(2020, 9, 30), "date_d_month_yyyy", "printed"),
        ("30 Giugno", date(2019, 6, 30), "date_year_from_sheet", "inferred"),
        ("30/06", date(2019, 6, 30), "date_year_from_sheet", "inferred"),
        ("31.12", date(2019, 12, 31), "date_year_from_sheet", "inferred"),
        ("30/06/20", date(2020, 6, 30), "date_two_digit_year", "inferred"),
        ("30/O6/2017", date(2017, 6, 30), "date_ocr_digits+date_dd_mm_yyyy", "repaired"),
        ("3l/I2/2017", date(2017, 12, 31), "date_ocr_digits+date_dd_mm_yyyy", "repaired"),
        ("30 / 06 / 2017", date(2017, 6, 30), "date_blanks_removed+date_dd_mm_yyyy", "repaired"),
        ("3O/06", date(2019, 6, 30), "date_ocr_digits+date_year_from_sheet", "inferred"),
        ("29/02/2020", date(2020, 2, 29), "date_dd_mm_yyyy", "printed"),
    ],
)
def test_printed_dates(printed: str, day: date, rule: str, method: str) -> None:
    """Every printed form gives its day, and names how it came about; the sheet's year is 2019."""
    assert parse_date(printed, year=2019) == Reading(day, rule, method)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("31/02/2021", "date_does_not_exist"),
        ("29/02/2021", "date_does_not_exist"),
        ("12/31/2021", "date_does_not_exist"),
        ("00/01/2021", "date_does_not_exist"),
        ("30/06/0017", "date_year_out_of_range"),
        ("30/06", "date_year_missing"),
        ("30 giugno", "date_year_missing"),
        ("30/06/17", "date_year_ambiguous"),
        ("", "date_not_recognised"),
        ("4.5", "date_not_recognised"),
        ("1-5", "date_not_recognised"),
        ("30/06.2017", "date_not_recognised"),
        ("entro il 30/06/2017", "date_not_recognised"),
        ("SO/OB/IOIO", "date_not_recognised"),
        ("٣٠/٠٦/٢٠١٧", "date_not_recognised"),
        ("Art.15 c.5 CCNL 01/04/1999", "date_not_recognised"),
        ("0" * 1_000_000, "date_not_recognised"),
    ],
)
def test_refused_dates(printed: str, code: str) -> None:
    """What is no whole date is refused with the reason, never guessed."""
    read = parse_date(printed)
    assert isinstance(read, Refusal)
    assert read.code == code


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_printed_date_reads_back(day: date) -> None:
    """Printing a date and reading it gives the same day, whole and in a line."""
    assert parse_date(format_date(day)) == Reading(day, "date_dd_mm_yyyy")
    found = re.search(DATE_PATTERN, f"dal {format_date(day)}, poi")
    assert found is not None
    assert found[0] == format_date(day)


@given(st.text() | st.text(alphabet="0123456789OIl|SB/.- gen"), st.none() | st.integers(1900, 2100))
def test_no_text_breaks_the_parsers(text: str, year: int | None) -> None:
    """Any text gives a reading or a refusal."""
    assert isinstance(parse_date(text, year=year), Reading | Refusal)
    assert isinstance(parse_period_end(text, year=year), Reading | Refusal)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("giugno 2020", date(2020, 6, 30)),
        ("il mese di febbraio", date(2019, 2, 28)),
        ("fine giugno", date(2019, 6, 30)),
        ("06/2020", date(2020, 6, 30)),
        ("il 1° semestre", date(2019, 6, 30)),
        ("il secondo quadrimestre 2020", date(2020, 8, 31)),
        ("l'ultimo trimestre", date(2019, 12, 31)),
        ("la fine dell'anno", date(2019, 12, 31)),
        ("l’anno 2020", date(2020, 12, 31)),
        ("il 2020", date(2020, 12, 31)),
    ],
)
def test_periods_end_on_their_last_day(printed: str, day: date) -> None:
    """A deadline that names a period is inferred to be the period's last day; the sheet's year is 2019."""
    read = parse_period_end(printed, year=2019)
    assert isinstance(read, Reading)
    assert (read.value, read.method) == (day, "inferred")


@pytest.mark.parametrize(
    "printed", ["", "fine", "il", "il 3° semestre", "il 5° trimestre", "30 giugno", "il bimestre", "domani"]
)
def test_what_is_no_period_is_refused(printed: str) -> None:
    """Words around a period without one are refused."""
    read = parse_period_end(printed, year=2019)
    assert isinstance(read, Refusal)
    assert read.code == "period_not_recognised"
