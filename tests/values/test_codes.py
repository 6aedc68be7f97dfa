"""Codes: the position decides what a character is, and what was changed is named."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegextract.values.codes import (
    DUP_CODE_PATTERN,
    OBJECTIVE_CODE_PATTERN,
    code_year,
    parse_dup_code,
    parse_objective_code,
)
from pegextract.values.reading import Reading, Refusal


@pytest.mark.parametrize(
    ("printed", "code", "rule", "method"),
    [
        ("2021_ZN08", "2021_ZN08", "code_year_unit_number", "printed"),
        ("2021_DN08_01", "2021_DN08_01", "code_year_unit_number", "printed"),
        (r"2021\_ZN08", "2021_ZN08", "code_markdown_escape", "printed"),
        (r"**2020\_ZN03**", "2020_ZN03", "code_markdown_escape", "printed"),
        ("2O21_ZNO8", "2021_ZN08", "code_ocr_characters", "repaired"),
        ("2021_ZN0B", "2021_ZN08", "code_ocr_characters", "repaired"),
        ("2021_2N08", "2021_ZN08", "code_ocr_characters", "repaired"),
        ("2021 _ZN08", "2021_ZN08", "code_separator", "repaired"),
        ("2021-ZN08", "2021_ZN08", "code_separator", "repaired"),
        ("2021ZN08", "2021_ZN08", "code_separator", "repaired"),
        ("2021_zn08", "2021_ZN08", "code_lower_case", "repaired"),
        ("2O21-ZN08", "2021_ZN08", "code_ocr_characters+code_separator", "repaired"),
    ],
)
def test_objective_codes(printed: str, code: str, rule: str, method: str) -> None:
    """A printed or damaged code of the default shape gives the code and the way to it."""
    assert parse_objective_code(printed) == Reading(code, rule, method)


@pytest.mark.parametrize(
    "printed",
    ["", "CASA_ZN08", "2017-2019", "2199_ZN08", "2021_ZN8", "2021_ZNA8", "5.2.11", "2021_IND_STRATEG_05", "x" * 10**6],
)
def test_what_is_no_objective_code(printed: str) -> None:
    """Words, spans of years and other families of codes are refused."""
    read = parse_objective_code(printed)
    assert isinstance(read, Refusal)
    assert read.code == "code_not_recognised"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("OB-12", Reading("OB-12", "code_profile_pattern")),
        ("OB-l2", Reading("OB-12", "code_ocr_characters", "repaired")),
        ("ob-12", Reading("OB-12", "code_lower_case", "repaired")),
    ],
)
def test_codes_of_a_profile(printed: str, expected: Reading[str]) -> None:
    """A profile's own shape decides what a damaged character is."""
    assert parse_objective_code(printed, "OB-[0-9]{2}") == expected


def test_two_codes_that_fit_are_both_named() -> None:
    """Where exchanging one character gives two codes of the profile, both are named and none is chosen."""
    read = parse_objective_code("8B1", "[0-9]{3}|[A-Z]{2}[0-9]|B[0-9]1")
    assert isinstance(read, Refusal)
    assert read.code == "code_ambiguous"
    assert "881" in read.message
    assert "BB1" in read.message


def test_a_broken_profile_pattern_is_refused() -> None:
    """A pattern that is no regular expression gives a refusal that says so."""
    assert isinstance(parse_objective_code("2021_ZN08", "["), Refusal)


@pytest.mark.parametrize(
    ("code", "year"),
    [("2021_ZN08", 2021), ("2019_08_IS_OB_STR_02", 2019), ("5.2.11", None), ("", None), ("2021", None)],
)
def test_the_year_of_a_code(code: str, year: int | None) -> None:
    """A code begins with its year, or has none."""
    assert code_year(code) == year


@pytest.mark.parametrize(
    ("printed", "code", "rule", "method"),
    [
        ("2021_IND_STRATEG_05", "2021_IND_STRATEG_05", "dup_code_guideline", "printed"),
        ("2020_05_IS_OB_STR_02", "2020_05_IS_OB_STR_02", "dup_code_goal", "printed"),
        ("2019_08IS_OB_STR_02", "2019_08_IS_OB_STR_02", "dup_code_underscore", "repaired"),
        (r"2020\_05\_IS\_OB\_STR\_02", "2020_05_IS_OB_STR_02", "code_markdown_escape", "printed"),
        ("2O19_1ND_5TRATEG_O8", "2019_IND_STRATEG_08", "dup_code_ocr_characters", "repaired"),
        ("2019_O8IS_0B_STR_02", "2019_08_IS_OB_STR_02", "dup_code_ocr_characters", "repaired"),
        ("5.2.11", "5.2.11", "dup_code_operative", "printed"),
        ("5.2.1l", "5.2.11", "dup_code_ocr_characters", "repaired"),
        ("2022_MISSIONE_12", "2022_MISSIONE_12", "dup_code_generic", "printed"),
    ],
)
def test_dup_codes(printed: str, code: str, rule: str, method: str) -> None:
    """Each family of DUP codes has one canonical form, with the underscore of the contract."""
    assert parse_dup_code(printed) == Reading(code, rule, method)


@pytest.mark.parametrize(
    "printed", ["", "15.07.2020", "LA PERSONA AL CENTRO", "5", "1.234", "2021_ZN08", "I.S.l", "x" * 10**6]
)
def test_what_is_no_dup_code(printed: str) -> None:
    """Dates, numbers, titles and objective codes are no codes of the DUP."""
    assert isinstance(parse_dup_code(printed), Refusal)


CODES = st.from_regex(r"20[0-9]{2}_[A-Z]{2}[0-9]{2}(_[0-9]{2})?", fullmatch=True).filter(str.isascii)


@given(CODES)
def test_a_printed_code_reads_back_and_is_found_in_a_line(code: str) -> None:
    """Every code of the shape is itself, also in the middle of a line and in markdown."""
    assert parse_objective_code(code) == Reading(code, "code_year_unit_number")
    escaped = code.replace("_", r"\_")
    assert parse_objective_code(escaped) == Reading(code, "code_markdown_escape")
    found = re.search(OBJECTIVE_CODE_PATTERN, f"Obiettivo {code} Titolo")
    assert found is not None
    assert found[0] == code


def test_dup_codes_are_found_in_a_line() -> None:
    """The pattern finds all codes of a line of links and leaves dates and numbers."""
    line = "D.U.P.: 2019_08IS_OB_STR_02 PIANO 5.2.11, 5.2.12 del 15.07.2020"
    assert [m[0] for m in re.finditer(DUP_CODE_PATTERN, line)] == ["2019_08IS_OB_STR_02", "5.2.11", "5.2.12"]


@given(st.text() | st.text(alphabet="201OIlSB_\\-. ZNINDSTRATEG"), st.sampled_from([None, "OB-[0-9]{2}"]))
def test_no_text_breaks_the_parsers(text: str, pattern: str | None) -> None:
    """Any text gives a code or a refusal."""
    assert isinstance(parse_objective_code(text, pattern), Reading | Refusal)
    assert isinstance(parse_dup_code(text), Reading | Refusal)
