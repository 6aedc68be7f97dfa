"""The promises of the form, one function each, named as the sentence it checks. What breaks one is a finding."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pegextract.findings import Finding, Severity
from pegextract.layouts.profile import Profile
from pegextract.models import ObjectiveSheet
from pegextract.neighbours import NEIGHBOUR_RULES, SheetRule
from pegextract.values.characters import fold
from pegextract.values.codes import code_year

_YEAR_OF_CODE = re.compile(r"([0-9]{4})_")
_WEIGHT_TOLERANCE = Decimal("0.05")
"""Three phases of 33.33 sum to 99.99: rounding, not a mistake."""


def weights_sum_to_100(sheet: ObjectiveSheet, profile: Profile) -> Iterator[Finding]:
    """Where phases have weights, all have one and the sum is 100 percent points."""
    weights = [phase.weight for phase in sheet.phases]
    given = [weight for weight in weights if weight is not None]
    if not given:
        return
    if len(given) < len(weights):
        missing = [str(p.phase_number) for p in sheet.phases if p.weight is None]
        message = f"some phases have a weight, but phase {', '.join(missing)} has none"
        yield Finding(Severity.WARNING, "weight_missing", message, "phases", None, "weight")
    total = sum(given, Decimal(0))
    if abs(total - 100) > _WEIGHT_TOLERANCE:
        printed = " + ".join(f"{weight.normalize():f}" for weight in given)
        message = f"the weights of the phases sum to {total.normalize():f}, not to 100 ({printed})"
        yield Finding(
            Severity.WARNING, "weights_do_not_sum_to_100", message, "objectives", None, "weights_total", printed
        )


def phases_end_after_they_begin(sheet: ObjectiveSheet, profile: Profile) -> Iterator[Finding]:
    """The end of a phase is not before its begin."""
    for phase in sheet.phases:
        if phase.start_date and phase.end_date and phase.end_date < phase.start_date:
            message = f"phase {phase.phase_number} ends on {phase.end_date}, before it begins on {phase.start_date}"
            yield Finding(Severity.ERROR, "dates_not_ordered", message, "phases", phase.phase_number, "end_date")


def dates_lie_in_the_sheets_year(sheet: ObjectiveSheet, profile: Profile) -> Iterator[Finding]:
    """Phases and deadlines lie in the year of the plan; a neighbouring year is a warning, a further one an error."""
    if sheet.year is None:
        return
    for phase in sheet.phases:
        for name, day in (("start_date", phase.start_date), ("end_date", phase.end_date)):
            if day is not None and day.year != sheet.year:
                yield _outside_the_year(sheet.year, day.year, str(day), "phases", phase.phase_number, name)
    for indicator in sheet.indicators:
        day = indicator.target_date
        if day is not None and day.year != sheet.year:
            yield _outside_the_year(
                sheet.year, day.year, str(day), "indicators", indicator.indicator_number, "target_date"
            )


def _outside_the_year(year: int, other: int, day: str, table: str, row: int, name: str) -> Finding:
    near = abs(other - year) == 1
    message = f"{day} is not in the sheet's year {year}"
    severity = Severity.WARNING if near else Severity.ERROR
    return Finding(severity, "date_outside_year", message, table, row, name, day)


def codes_and_dates_agree_on_the_year(sheet: ObjectiveSheet, profile: Profile) -> Iterator[Finding]:
    """The code's year is the year of most phases and of the links."""
    if sheet.year is None:
        return
    starts = Counter(phase.start_date.year for phase in sheet.phases if phase.start_date)
    if starts and sheet.year_source == "code" and not starts[sheet.year]:
        other = starts.most_common(1)[0][0]
        message = f"the code says {sheet.year}, but the phases begin in {other}"
        yield Finding(Severity.ERROR, "year_disagrees", message, "objectives", None, "year", sheet.code)
    for link in sheet.dup_links:
        year = code_year(link.code) if link.code else None
        if year is not None and year != sheet.year:
            message = f"the link {link.code} is of {year}, the sheet of {sheet.year}"
            yield Finding(
                Severity.WARNING, "link_of_another_year", message, "dup_links", link.link_number, "code", link.code
            )


def codes_begin_with_the_sheets_year(sheet: ObjectiveSheet, profile: Profile) -> Iterator[Finding]:
    """A code that begins with four digits begins with the sheet's year, its own as those of linked objectives.

    A digit that OCR made a letter and a repair made another digit (`2018` → `2S18` → `2518`) shows here.
    """
    linked = [("linked_objectives", other.link_number, other.code) for other in sheet.linked_objectives]
    for table, row, code in [("objectives", None, sheet.code), *linked]:
        match = _YEAR_OF_CODE.match(code or "")
        if match and sheet.year is not None and int(match[1]) != sheet.year:
            message = f"the code {code} begins with {match[1]}, the sheet is of {sheet.year}"
            yield Finding(Severity.WARNING, "code_of_another_year", message, table, row, "code", code)


def words_of_the_form_are_known(sheet: ObjectiveSheet, profile: Profile) -> Iterator[Finding]:
    """Classification, type and indicator type are in the form's vocabulary; others are kept as printed."""
    for name in ("classification", "objective_type"):
        value = getattr(sheet, name)
        if value is not None and _is_unknown(value, getattr(profile.vocabulary, name)):
            yield _unknown(name, value, "objectives", None)
    for indicator in sheet.indicators:
        value = indicator.indicator_type
        if value is not None and _is_unknown(value, profile.vocabulary.indicator_type):
            yield _unknown("indicator_type", value, "indicators", indicator.indicator_number)


def _is_unknown(value: str, terms: Sequence[str]) -> bool:
    return bool(terms) and value not in terms and fold(value) not in {fold(term) for term in terms}


def _unknown(name: str, value: str, table: str, row: int | None) -> Finding:
    message = f"«{value}» is not a {name.replace('_', ' ')} that the form's profile knows; it is kept as printed"
    return Finding(Severity.WARNING, f"unknown_{name}", message, table, row, name, value)


def each_indicator_is_complete(sheet: ObjectiveSheet, profile: Profile) -> Iterator[Finding]:
    """Each indicator has a description, a type and a target."""
    for indicator in sheet.indicators:
        number = indicator.indicator_number
        if indicator.target_raw is None:
            message = f"indicator {number} has no expected value"
            yield Finding(Severity.WARNING, "indicator_without_target", message, "indicators", number, "target_raw")
        if indicator.indicator_type is None:
            message = f"indicator {number} has no type"
            yield Finding(Severity.WARNING, "indicator_without_type", message, "indicators", number, "indicator_type")
        if indicator.description is None:
            message = f"indicator {number} has no description"
            yield Finding(
                Severity.WARNING, "indicator_without_description", message, "indicators", number, "description"
            )


def each_phase_is_complete(sheet: ObjectiveSheet, profile: Profile) -> Iterator[Finding]:
    """Each phase has a description, both dates and a responsible; and a centre where others of the sheet have one."""
    required = ["description", "start_date", "end_date", "responsible_name"]
    if any(phase.responsibility_centre for phase in sheet.phases):
        required.append("responsibility_centre")
    for phase in sheet.phases:
        for name in required:
            if getattr(phase, name) is None:
                message = f"phase {phase.phase_number} has no {name.replace('_', ' ')}"
                yield Finding(Severity.WARNING, f"phase_without_{name}", message, "phases", phase.phase_number, name)


def required_fields_are_present(sheet: ObjectiveSheet, profile: Profile) -> Iterator[Finding]:
    """What the header table of the form asks for is filled in, and the year is known."""
    for row in profile.header.rows:
        for name in row:
            if name in ObjectiveSheet.model_fields and getattr(sheet, name) is None:
                message = f"the header prints no {name.replace('_', ' ')}"
                yield Finding(Severity.WARNING, "field_missing", message, "objectives", None, name)
    if sheet.year is None:
        message = "no year on the sheet: neither in its code nor in its dates (--year sets one)"
        yield Finding(Severity.ERROR, "year_unknown", message, "objectives", None, "year")
    if sheet.title is None and sheet.code is not None:
        yield Finding(
            Severity.WARNING, "field_missing", "the sheet has a code but no title", "objectives", None, "title"
        )
    if sheet.description is None:
        yield Finding(
            Severity.WARNING, "field_missing", "the sheet has no description", "objectives", None, "description"
        )


def names_in_one_sheet_agree(sheet: ObjectiveSheet, profile: Profile) -> Iterator[Finding]:
    """No name of a phase is another name of the sheet with words more or less: that is how cut and torn cells look."""
    people = {name for name in (sheet.director, sheet.manager, *(p.responsible_name for p in sheet.phases)) if name}
    units = {name for name in (sheet.service, *(p.responsibility_centre for p in sheet.phases)) if name}
    roles: dict[str | None, set[str]] = {}
    for phase in sheet.phases:
        if phase.responsible_role:
            roles.setdefault(phase.responsible_name, set()).add(phase.responsible_role)
    for phase in sheet.phases:
        for name, value, known in (
            ("responsible_name", phase.responsible_name, people),
            ("responsible_role", phase.responsible_role, roles.get(phase.responsible_name, ())),
            ("responsibility_centre", phase.responsibility_centre, units),
        ):
            other = min((other for other in known if value and _is_part(value, other)), default=None)
            if value and other:
                message = f"«{value}» and «{other}» differ by words at an end; one of them may be cut or have too much"
                yield Finding(Severity.WARNING, "name_differs", message, "phases", phase.phase_number, name, value)


def _is_part(one: str, other: str) -> bool:
    """Whether one of two names is the other with further words before or behind it."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return long.startswith(f"{short} ") or long.endswith(f" {short}")


def links_have_codes_where_others_do(sheet: ObjectiveSheet, profile: Profile) -> Iterator[Finding]:
    """No link lacks a code where another one has it, or where its title holds what only codes hold, an underscore."""
    coded = any(link.code for link in sheet.dup_links)
    for link in sheet.dup_links:
        if link.code is None and (coded or "_" in (link.title or "")):
            number = link.link_number
            message = f"link {number} has no code; pieces of one may stand in its title"
            yield Finding(Severity.WARNING, "link_without_code", message, "dup_links", number, None, link.title)


def the_sheet_has_phases_and_indicators(sheet: ObjectiveSheet, profile: Profile) -> Iterator[Finding]:
    """A sheet has phases and indicators: one without is legal but rare."""
    if not sheet.phases:
        yield Finding(Severity.WARNING, "no_phases", "the sheet has no phases", "phases")
    if not sheet.indicators:
        yield Finding(Severity.WARNING, "no_indicators", "the sheet has no indicators", "indicators")


SHEET_RULES: tuple[SheetRule, ...] = (
    required_fields_are_present,
    weights_sum_to_100,
    phases_end_after_they_begin,
    dates_lie_in_the_sheets_year,
    codes_and_dates_agree_on_the_year,
    codes_begin_with_the_sheets_year,
    words_of_the_form_are_known,
    each_phase_is_complete,
    each_indicator_is_complete,
    names_in_one_sheet_agree,
    links_have_codes_where_others_do,
    the_sheet_has_phases_and_indicators,
    *NEIGHBOUR_RULES,
)


def check_sheet(sheet: ObjectiveSheet, profile: Profile) -> list[Finding]:
    """Every broken promise of one sheet."""
    return [finding for rule in SHEET_RULES for finding in rule(sheet, profile)]


def codes_are_unique_in_a_document(sheets: Iterable[ObjectiveSheet]) -> Iterator[tuple[int, Finding]]:
    """(index of the sheet, finding) for each sheet that repeats an earlier sheet's code."""
    first: dict[str, int] = {}
    for index, sheet in enumerate(sheets):
        if sheet.code is None:
            continue
        if sheet.code in first:
            message = f"the code {sheet.code} stands on sheet {first[sheet.code] + 1} of this document as well"
            yield index, Finding(Severity.WARNING, "duplicate_code", message, "objectives", None, "code", sheet.code)
        first.setdefault(sheet.code, index)


def codes_stand_on_all_sheets_or_none(sheets: Iterable[ObjectiveSheet]) -> Iterator[tuple[int, Finding]]:
    """(index of the sheet, finding) for each sheet without a code in a scan that has them: one may have been lost."""
    codes = [sheet.code for sheet in sheets]
    for index, code in enumerate(codes):
        if code is None and any(codes):
            message = "no code was read on this sheet, though other sheets of the scan have one"
            yield index, Finding(Severity.WARNING, "field_missing", message, "objectives", None, "code")
