"""What each rule does, in a sentence: evidence.rule names the rules, joined by `+`, in the order of their work."""

from __future__ import annotations

from typing import Final

_SENTENCES: Final = {
    # where it stands
    "label": "it stands at its label",
    "code_line": "it stands on the line with the objective's code, above the header",
    "title_line": "it is the line above the header of the sheet",
    "header_label": "it stands after its label in the header table",
    "header_wrapped": "it stands after its label in the header, and goes on in the next line",
    "header_label_lost": "its label is not readable; it stands where the form prints this field",
    "description": "the text between the header and the sections, its paragraphs joined again",
    "dup_level_label": "the label of this level stands before it",
    # codes
    "code_year_unit_number": "an objective's code: year, unit, number",
    "code_profile_pattern": "a code of the shape that the form's profile gives",
    "code_ocr_characters": "letters and digits that look alike were set right by the shape of the code",
    "code_lower_case": "a code printed in lower case was written in capitals",
    "code_separator": "the mark between the parts of the code was written as an underscore",
    "code_markdown_escape": "a Markdown backslash was taken out of the code",
    "dup_code_guideline": "a DUP code of a strategic guideline",
    "dup_code_goal": "a DUP code of a strategic objective",
    "dup_code_operative": "a DUP number of an operative objective",
    "dup_code_generic": "a DUP code of no known family, as printed",
    "dup_code_underscore": "the DUP code was written in its one form, with the underscore",
    "dup_code_ocr_characters": "letters and digits that look alike were set right in the DUP code",
    # dates
    "date_dd_mm_yyyy": "a date dd/mm/yyyy",
    "date_dd_mm_yyyy_dots": "a date dd.mm.yyyy",
    "date_dd_mm_yyyy_dashes": "a date dd-mm-yyyy",
    "date_d_month_yyyy": "a date with the month in letters",
    "date_iso": "a date yyyy-mm-dd",
    "date_ocr_digits": "letters that look like digits were read as digits",
    "date_blanks_removed": "blanks inside the date were taken out",
    "date_two_digit_year": "a year of two digits was completed",
    "date_year_from_sheet": "the date prints no year; it is the sheet's",
    "date_end_of_month": "a month means its last day",
    "date_end_of_part_year": "a part of the year means its last day",
    "date_end_of_year": "a year means its last day",
    # numbers
    "weight_percent_points": "a weight in percent points",
    "weight_rounded": "the weight was rounded to four decimals",
    "ocr_digits": "letters that look like digits were read as digits",
    "plain": "a number without separators",
    "decimal_comma": "the comma separates the decimals",
    "decimal_point": "the point separates the decimals",
    "thousands_dot": "points separate the thousands",
    "thousands_apostrophe": "apostrophes separate the thousands",
    "english_grouping": "commas separate the thousands, as in English",
    "blanks_removed": "blanks inside the number were taken out",
    # texts
    "as_printed": "as printed",
    "ocr_elided_article": "OCR read a lower-case L before an apostrophe as a capital I: l'",
    "ocr_elided_preposition": "OCR read dell', all' or the like with a capital I",
    "ocr_article_il": "OCR read the article Il with an l or a 1 in front",
    "ocr_double_l": "OCR read a double l as an I and an l",
    "ocr_bar_in_capitals": "OCR read a capital I as a bar",
    "ocr_zero_in_capitals": "OCR read a capital O as a zero",
    "ocr_l_in_capitals": "OCR read a capital I as a small l",
    "ocr_one_in_capitals": "OCR read a capital I as a 1",
    "vocabulary_repaired": "OCR damage was set right by the form's own list of words",
    "vocabulary_blanks": "blanks that a line break put into a term of the form were taken out",
    # names
    "person_name": "the name of a person",
    "person_and_role": "a name, a hyphen and a role",
    "person_and_role_without_mark": "a name, a hyphen and a role that no P.O. or E.Q. announces",
    "person_role_before_name": "a role, a hyphen and a name",
    "person_role_without_separator": "a name and a role with nothing between them but the mark of the role",
    "person_ocr_letters": "digits and bars inside a name were read as letters",
    "person_title_omitted": "a title such as Dott. before the name was left out",
    "role_blank_normalised": "one blank was put after P.O. or E.Q.",
    "role_mark_repaired": "the damaged mark P.O. or E.Q. was set right",
    "unit_as_printed": "the name of an office, as printed",
    "unit_abbreviation": "abbreviations of the form's profile were written out",
    "unit_completed_from_header": "the name is cut at the form's width; the sheet's own header prints it whole",
    "unit_completed_from_archive": "the name is cut at the form's width; one whole name of the archive continues it",
    "unit_abbreviation_from_archive": "one whole name of the archive has a word for each of the abbreviated ones",
    "unit_ocr_damage": "one name of the archive is near, no other is, and only damaged documents print this one",
    "person_ocr_damage": "one person of the archive is near, no other is, and only damaged documents print this one",
    "person_followed_by_unit": "a person of the archive; the words behind the name are those of offices",
    "person_initial": "one person of the same direction has this surname and initial",
    "year": "of several whole names, the only one that is not over in the sheet's year",
    "header": "of several whole names, the one that the sheet's own header prints",
    "direction": "of several whole names, the one that the archive knows in the sheet's direction",
    # expected values
    "target_ratio": "two numbers and a bar: a ratio, the value is their quotient",
    "target_percent": "a number with %",
    "target_percent_change": "a change in percent, with its sign",
    "target_number": "a number",
    "target_amount": "an amount in euro",
    "target_number_with_unit": "a number and its unit",
    "target_date": "a date to be met",
    "target_boolean": "yes or no: 1 or 0",
    "target_boolean_ocr": "a damaged SI or NO: 1 or 0",
}
_COLUMN_PREFIXES: Final = ("phase_", "indicator_", "linked_objective_")


def sentence(rule: str) -> str | None:
    """What the rule of that name does; None where it has no sentence."""
    if rule in _SENTENCES:
        return _SENTENCES[rule]
    if rule.startswith(("number_", "amount_")):
        return _SENTENCES.get(rule.split("_", 1)[1])
    if rule.startswith("ligature_"):
        return "a ligature of the font was written as its letters"
    if rule.startswith(_COLUMN_PREFIXES):
        return "it stands in this column of its table"
    return None
