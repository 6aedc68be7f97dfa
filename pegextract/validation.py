"""Draft to record: each printed text becomes a typed value with its evidence, or a finding with the raw text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from pegextract.calibration import mean_confidence
from pegextract.document import Document, Span
from pegextract.extraction import Evidence
from pegextract.findings import Finding, Severity
from pegextract.layouts.draft import Draft, Printed, Row
from pegextract.layouts.profile import Profile
from pegextract.layouts.spelling import Spelling
from pegextract.models import DupLink, Indicator, LinkedObjective, ObjectiveSheet, Phase
from pegextract.second_readings import chosen, sureness, unsure_words, weights_that_sum_to_100
from pegextract.values.breaks import broken_word
from pegextract.values.caching import remembered
from pegextract.values.characters import clean, confusable
from pegextract.values.codes import code_year, parse_dup_code, parse_objective_code
from pegextract.values.dates import format_date, parse_date
from pegextract.values.lookalikes import NAMES_ONLY_WITH_ACCENT, Spellings, one_letter_off
from pegextract.values.numbers import parse_amount, parse_weight
from pegextract.values.ocr import repair_ocr
from pegextract.values.organisations import complete_cut, parse_unit
from pegextract.values.persons import parse_responsible
from pegextract.values.reading import Reading, Refusal
from pegextract.values.targets import TEXT, Target, parse_target

CONFIDENCE = {"printed": 0.995, "repaired": 0.994, "inferred": 0.993, "fuzzy": 0.85, "correction": 1.0}
"""How often a value of this method is right, before any doubt; measured in docs/accuracy.md."""
MOST_NAMED = 6
"""Damaged words that one finding names."""
SHORTEST_TERM = 6
"""A shorter word one letter from a term of the vocabulary may be another word."""
DOUBTED = 0.9
"""What a field with a warning about its place is worth at most."""


class Validated(NamedTuple):
    """The record, where each of its values stands, and what a person should know."""

    record: ObjectiveSheet
    evidence: tuple[Evidence, ...]
    findings: tuple[Finding, ...]
    places: dict[tuple[str, int | None, str], Span]


def validate(
    document: Document,
    profile: Profile,
    draft: Draft,
    number: int,
    year: int | None = None,
    spelling: Spelling | None = None,
) -> Validated:
    """The strict record of sheet `number`; `year` is the caller's, for sheets that print none.

    spelling: what all sheets of the document tell of its names and words; None compares nothing.
    """
    desk = _Desk(document, profile, _doubted(draft.findings), spelling)
    fields: dict[str, Any] = dict(_objective(desk, draft.fields))
    fields["year"], fields["year_source"] = _year(draft, fields.get("code"), year)
    desk.year = fields["year"]
    names = _unit_names(fields)
    rows = weights_that_sum_to_100(document, draft.phases)
    phases = tuple(_phase(desk, row, n, names) for n, row in enumerate(rows, 1))
    indicators = tuple(_indicator(desk, row, n) for n, row in enumerate(draft.indicators, 1))
    links = tuple(_dup_link(desk, row, n) for n, row in enumerate(draft.dup_links, 1))
    linked = tuple(_linked_objective(desk, row, n) for n, row in enumerate(draft.linked_objectives, 1))
    record = ObjectiveSheet(
        sheet_number=number,
        first_page=draft.first_page if document.page_count else None,
        last_page=draft.last_page if document.page_count else None,
        confidence=mean_confidence(desk.evidence),
        phases=phases,
        indicators=indicators,
        dup_links=links,
        linked_objectives=linked,
        **fields,
    )
    return Validated(record, tuple(desk.evidence), (*draft.findings, *desk.findings), desk.places)


def _doubted(findings: list[Finding]) -> set[tuple[str, int | None, str]]:
    return {(f.table or "", f.row_number, f.field or "") for f in findings if f.severity is not Severity.INFO}


@dataclass(slots=True)
class _Desk:
    """Collects values, evidence and findings of one sheet."""

    document: Document
    profile: Profile
    doubted: set[tuple[str, int | None, str]]
    spelling: Spelling | None = None
    year: int | None = None
    evidence: list[Evidence] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    places: dict[tuple[str, int | None, str], Span] = field(default_factory=dict)

    def keep(
        self, table: str, row: int | None, name: str, value: str, printed: Printed, method: str, rule: str
    ) -> None:
        """Record where a value stands and how it came about."""
        cell = (table, row, name)
        self.places[cell] = span = (printed.spans[0][0], printed.spans[-1][1])
        if method == "printed":
            method = printed.method
        confidence = CONFIDENCE[method] * printed.confidence * sureness(self.document, printed)
        if printed.doubt:
            message = f"a line ends between «{printed.doubt}»: whether a blank belongs there cannot be told"
            self.findings.append(
                Finding(Severity.WARNING, "line_end_unclear", message, table, row, name, printed.doubt, span)
            )
            confidence = min(confidence, DOUBTED)
        if self.doubted and (cell in self.doubted or (table, None, "") in self.doubted):
            confidence = min(confidence, DOUBTED)
        if self.document.words:
            box = self.document.box_of(printed.spans)
            start = end = None
        else:
            box = None
            start, end = self.document.source_span(span)
        self.evidence.append(
            Evidence(
                table,
                row,
                name,
                value,
                printed.text,
                start,
                end,
                box.page if box else None,
                box,
                method,
                printed.rule if not rule or printed.rule == rule else f"{printed.rule}+{rule}",
                round(confidence, 4),
            )
        )

    def refuse(
        self,
        table: str,
        row: int | None,
        name: str,
        printed: Printed,
        refusal: Refusal,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Record that a text is not a value of its field."""
        span = (printed.spans[0][0], printed.spans[-1][1]) if printed.spans else None
        self.findings.append(Finding(severity, refusal.code, refusal.message, table, row, name, printed.text, span))

    def read(
        self,
        table: str,
        row: int | None,
        name: str,
        printed: Printed | None,
        parse: Callable[[str], Reading[Any] | Refusal],
        show: Callable[[Any], str] = str,
    ) -> Any:
        """The parsed value of a printed text, None when there is none or it was refused."""
        if printed is None or not printed.text:
            return None
        printed = self.chosen(table, row, name, printed, parse)
        reading = parse(printed.text)
        if isinstance(reading, Refusal):
            self.refuse(table, row, name, printed, reading)
            return None
        self.keep(table, row, name, show(reading.value), printed, reading.method, reading.rule)
        self.doubt_digits(table, row, name, printed, reading)
        return reading.value

    def doubt_digits(self, table: str, row: int | None, name: str, printed: Printed, reading: Reading[Any]) -> None:
        """Warn of a number or date with letters among its digits: which digit each stands for is a guess."""
        if "ocr_digits" in reading.rule:
            message = f"«{printed.text}» has letters among its digits; it is read as the digits that they resemble"
            self.findings.append(Finding(Severity.WARNING, "digits_repaired", message, table, row, name, printed.text))

    def chosen(
        self, table: str, row: int | None, name: str, printed: Printed, parse: Callable[[str], Reading[Any] | Refusal]
    ) -> Printed:
        """The reading of a scanned value that fits its field; a warning where two do, or where no reader was sure."""
        before = len(self.findings)
        choice = chosen(self.document, printed, parse, self._is_likely)
        del self.findings[before:]  # what was said of a reading that was only tried
        severity = Severity.INFO if (table, name) == ("objectives", "description") else Severity.WARNING
        if choice.other is not None:
            message = (
                f"two readers of the scan differ: «{choice.printed.text}» was taken, «{choice.other}» fits as well"
            )
            self._tell_of_reading(severity, "readings_differ", message, table, row, name, printed)
        elif unsure := unsure_words(self.document, printed):
            words = ", ".join(f"«{word}»" for word in unsure[:MOST_NAMED])
            message = f"the readers of the scan were unsure of {words}"
            self._tell_of_reading(severity, "reading_unsure", message, table, row, name, printed)
        return choice.printed

    def _is_likely(self, value: Any) -> bool:
        """Whether a date is of the sheet's year, a code too; of anything else nothing is known."""
        if self.year is None:
            return True
        if isinstance(value, date):
            return value.year == self.year
        return not isinstance(value, str) or code_year(value) in (None, self.year)

    def _tell_of_reading(
        self, severity: Severity, code: str, message: str, table: str, row: int | None, name: str, printed: Printed
    ) -> None:
        span = (printed.spans[0][0], printed.spans[-1][1]) if printed.spans else None
        self.doubted.add((table, row, name))
        self.findings.append(Finding(severity, code, message, table, row, name, printed.text, span))

    def read_text(self, table: str, row: int | None, name: str, printed: Printed | None) -> str | None:
        """A free text with the repairs of the written list; words that look damaged are a finding."""
        value: str | None = self.read(table, row, name, printed, _as_printed)
        if value and printed:
            self.doubt_words(table, row, name, printed, value)
            self.doubt_line_ends(table, row, name, printed)
            if "(cid:" in value:
                message = "«(cid:…)» is what a converter prints for a character that the PDF's font does not name"
                self.findings.append(Finding(Severity.WARNING, "character_unknown", message, table, row, name, value))
        return value

    def doubt_line_ends(self, table: str, row: int | None, name: str, printed: Printed) -> None:
        """Warn of a narrow cell's line that may end within a word, where the source has no places that would tell."""
        if (
            self.document.words
            or printed.doubt
            or len(printed.spans) < 2
            or (table, name) == ("objectives", "description")
        ):
            return
        pieces = broken_word([self.document.raw[start:end] for start, end in printed.spans])
        if pieces and pieces in printed.text:
            message = f"a line ends between «{pieces}»: whether a blank belongs there cannot be told"
            self.findings.append(Finding(Severity.WARNING, "line_end_unclear", message, table, row, name, pieces))

    def read_term(
        self, table: str, row: int | None, name: str, printed: Printed | None, terms: tuple[str, ...]
    ) -> str | None:
        """A term of the form's vocabulary; one read though a letter is wrong is a warning, not look-alikes alone."""
        value: str | None = self.read(table, row, name, printed, _vocabulary(terms))
        if value and printed and value != printed.text and not _same_but_look_alikes(value, printed.text):
            message = f"«{printed.text}» is no word of the form; it is read as «{value}», one letter away"
            self.findings.append(
                Finding(Severity.WARNING, "vocabulary_repaired", message, table, row, name, printed.text)
            )
        return value

    def doubt_words(
        self, table: str, row: int | None, name: str, printed: Printed, value: str, *, short: bool = False
    ) -> None:
        """Note the words that OCR may have damaged: a warning, of the long description no more than an information."""
        if self.spelling is None or self.spelling.words is None:
            return
        damaged = self.spelling.words.damaged(value, short=short)
        if not damaged:
            return
        words = ", ".join(
            f"«{word}»" + (f" (elsewhere «{other}»)" if other else "") for word, other in damaged[:MOST_NAMED]
        )
        severity = Severity.INFO if (table, name) == ("objectives", "description") else Severity.WARNING
        message = f"words that OCR may have damaged: {words}"
        span = (printed.spans[0][0], printed.spans[-1][1])
        self.findings.append(Finding(severity, "words_damaged", message, table, row, name, printed.text, span))

    def doubt_accents(self, table: str, row: int | None, name: str, value: str) -> None:
        """Warn of a given name on a scan without the accent that it is always written with."""
        for word in value.split():
            whole = NAMES_ONLY_WITH_ACCENT.get(word.lower())
            if whole and word.upper() != whole:
                message = f"«{word}» of «{value}» is written «{whole}»: the scan may have lost its accent"
                self.findings.append(Finding(Severity.WARNING, "accent_may_be_lost", message, table, row, name, value))

    def compared(self, table: str, row: int | None, name: str, kind: str, reading: Reading[str]) -> Reading[str]:
        """A name as the document prints it more often, where look-alikes alone set it apart; near names warn."""
        value = reading.value
        spellings: Spellings = getattr(self.spelling, kind) if self.spelling else Spellings({}, {})
        if kind == "people" and self.document.recognised:
            self.doubt_accents(table, row, name, spellings.mended.get(value, value))
        if whole := spellings.mended.get(value):
            message = f"«{value}» stands as «{whole}» more often in this document; it is read so"
            self.findings.append(Finding(Severity.INFO, "name_repaired", message, table, row, name, value))
            return Reading(whole, "+".join(filter(None, (reading.rule, "name_as_elsewhere"))), "repaired")
        if near := spellings.near.get(value):
            others = " and ".join(f"«{other}»" for other in near)
            message = (
                f"«{value}» differs in one letter from {others}, which stands here as often: damage or another name"
            )
            surer = None if kind == "people" else spellings.surer.get(value)
            message += f"; it is read as «{surer}», which was read more surely" if surer else ""
            self.findings.append(Finding(Severity.WARNING, "name_differs", message, table, row, name, value))
            if surer:
                return Reading(surer, "+".join(filter(None, (reading.rule, "name_as_read_more_surely"))), "repaired")
        return reading


@remembered(longest=300)
def _as_printed(text: str) -> Reading[str]:
    """A text with the repairs of the written list, paragraph by paragraph."""
    reading = repair_ocr(text if "\n" in text else clean(text))
    return reading if reading.method != "printed" else Reading(reading.value, "")


# --- objectives -----------------------------------------------------------------------------------------------------


def _objective(desk: _Desk, row: Row) -> Iterator[tuple[str, Any]]:
    table = "objectives"
    pattern = desk.profile.codes.objective
    code = row.get("code")
    yield "code", desk.read(table, None, "code", code, lambda text: _objective_code(text, pattern))
    for name in ("title", "description"):
        yield name, desk.read_text(table, None, name, row.get(name))
    for name in ("classification", "objective_type"):
        yield name, desk.read_term(table, None, name, row.get(name), getattr(desk.profile.vocabulary, name))
    for name in ("director", "manager"):
        yield name, desk.read(table, None, name, row.get(name), _compared(desk, name, "people", _person))
    for name in ("direction", "service"):
        yield name, desk.read(table, None, name, row.get(name), _compared(desk, name, "units", _unit(desk.profile)))
    for name in ("code", "title", "direction", "service", "director", "manager"):
        printed = row.get(name)
        yield f"{name}_raw", printed.text if printed else None


def _objective_code(text: str, pattern: str | None) -> Reading[str] | Refusal:
    reading = parse_objective_code(text)
    return parse_objective_code(text, pattern) if isinstance(reading, Refusal) and pattern else reading


def _vocabulary(terms: tuple[str, ...]) -> Callable[[str], Reading[str]]:
    """A term of the form's vocabulary as the vocabulary writes it; any other text as printed (a rule warns)."""

    def parse(text: str) -> Reading[str]:
        reading = _as_printed(text)
        if reading.value in terms:
            return reading
        tight = reading.value.replace(" ", "")
        same = next((term for term in terms if term.replace(" ", "") == tight), None)
        if same:  # a line break is no blank: "Art." and "15 c.5" on two lines are "Art.15 c.5"
            return Reading(same, "vocabulary_blanks", reading.method)
        damaged = _only_similar(reading.value, terms)
        return Reading(damaged, "vocabulary_repaired", "repaired") if damaged else reading

    return parse


def _same_but_look_alikes(term: str, text: str) -> bool:
    return confusable(term).replace(" ", "") == confusable(text).replace(" ", "")


def _only_similar(text: str, terms: tuple[str, ...]) -> str | None:
    """The one term that OCR look-alikes, or one wrong letter in a long word, turn the text into."""
    same = [term for term in terms if confusable(term) == confusable(text)]
    if same:
        return same[0] if len(same) == 1 and any(c in text for c in "0123456789|!lI") else None
    return one_letter_off(text, terms) if len(text) >= SHORTEST_TERM else None


def _compared(desk: _Desk, name: str, kind: str, parse: Callable[[str], Reading[str]]) -> Callable[[str], Reading[str]]:
    return lambda text: desk.compared("objectives", None, name, kind, parse(text))


def _person(text: str) -> Reading[str]:
    reading = parse_responsible(text)
    if isinstance(reading, Refusal):
        return _as_printed(text)
    name = reading.value.name if reading.value.role is None else clean(text)
    return Reading(name, reading.rule, reading.method)


def _unit(profile: Profile) -> Callable[[str], Reading[str]]:
    return lambda text: parse_unit(text, profile.names.abbreviations)


def _unit_names(fields: dict[str, Any]) -> tuple[str, ...]:
    """The whole names that the sheet's header prints: a cut centre can be one of them."""
    service, direction = fields.get("service"), fields.get("direction")
    names = [name for name in (service, direction) if name]
    if direction and not direction.startswith("DIREZIONE"):
        names.append(f"DIREZIONE {direction}")
    return tuple(names)


# --- the sheet's year -----------------------------------------------------------------------------------------------


def _year(draft: Draft, code: str | None, option: int | None) -> tuple[int | None, str | None]:
    """The year and where it is from: the code, the dates of the phases, the links and targets, or the caller."""
    if code and (year := code_year(code)):
        return year, "code"
    if year := _most_common(_phase_years(draft, "printed")) or _most_common(_phase_years(draft, "repaired")):
        return year, "dates"
    if year := _most_common(_other_years(draft)):
        return year, "document"
    return (option, "option") if option else (None, None)


def _phase_years(draft: Draft, method: str) -> Iterator[int]:
    """Years of dates read so: one that OCR damaged tells nothing where another is printed whole."""
    for row in draft.phases:
        for name in ("start_date", "end_date"):
            if name in row:
                reading = parse_date(row[name].text)
                if isinstance(reading, Reading) and reading.method == method:
                    yield reading.value.year


def _other_years(draft: Draft) -> Iterator[int]:
    for row in (*draft.dup_links, *draft.linked_objectives):
        if "code" in row and (year := code_year(row["code"].text)):
            yield year
    for row in draft.indicators:
        target = parse_target(row["target"].text) if "target" in row else None
        if isinstance(target, Reading) and target.value.date:
            yield target.value.date.year


def _most_common(years: Iterator[int]) -> int | None:
    """The year most often printed, the earlier of two that tie."""
    counts: dict[int, int] = {}
    for year in years:
        counts[year] = counts.get(year, 0) + 1
    best = min(counts, key=lambda year: (-counts[year], year), default=None)
    return best if best and 1990 <= best <= 2100 else None


# --- rows -----------------------------------------------------------------------------------------------------------


def _phase(desk: _Desk, row: Row, number: int, names: tuple[str, ...]) -> Phase:
    table = "phases"

    def parse(text: str) -> Reading[date] | Refusal:
        return parse_date(text, year=desk.year)

    weight = desk.read(table, number, "weight", row.get("weight"), parse_weight)
    dates = {
        name: desk.read(table, number, name, row.get(name), parse, format_date) for name in ("start_date", "end_date")
    }
    name, role = _responsible(desk, row.get("responsible"), number)
    centre = row.get("responsibility_centre")
    responsible = row.get("responsible")
    return Phase(
        phase_number=number,
        description=desk.read_text(table, number, "description", row.get("description")),
        weight=weight,
        start_date=dates["start_date"],
        end_date=dates["end_date"],
        responsible_name=name,
        responsible_role=role,
        responsible_raw=responsible.text if responsible else None,
        responsibility_centre=_centre(desk, centre, number, names),
        responsibility_centre_raw=centre.text if centre else None,
        notes=desk.read_text(table, number, "notes", row.get("notes")),
    )


def _responsible(desk: _Desk, printed: Printed | None, number: int) -> tuple[str | None, str | None]:
    if printed is None or not printed.text:
        return None, None
    printed = desk.chosen("phases", number, "responsible_name", printed, parse_responsible)
    reading = parse_responsible(printed.text)
    if isinstance(reading, Refusal):
        desk.refuse("phases", number, "responsible_name", printed, reading)
        return None, None
    person, title = reading.value
    desk.doubt_line_ends("phases", number, "responsible_role" if title else "responsible_name", printed)
    read_name = Reading(person, reading.rule, reading.method)
    name = _keep_compared(desk, "people", number, "responsible_name", printed, read_name)
    if any(word in desk.profile.unit_heads for word in person.split()[1:]):
        message = f"«{person}» holds a word that names of offices begin with: a part of another cell may be in it"
        desk.findings.append(
            Finding(Severity.WARNING, "name_holds_office", message, "phases", number, "responsible_name", printed.text)
        )
    if not title:
        return name, None
    read_role = Reading(title, reading.rule, reading.method)
    return name, _keep_compared(desk, "roles", number, "responsible_role", printed, read_role)


def _keep_compared(desk: _Desk, kind: str, number: int, name: str, printed: Printed, reading: Reading[str]) -> str:
    compared = desk.compared("phases", number, name, kind, reading)
    desk.keep("phases", number, name, compared.value, printed, compared.method, compared.rule)
    return compared.value


def _centre(desk: _Desk, printed: Printed | None, number: int, names: tuple[str, ...]) -> str | None:
    """The centre with its abbreviations written out, completed only where the sheet's header prints the whole."""
    if printed is None or not printed.text:
        return None
    printed = desk.chosen("phases", number, "responsibility_centre", printed, _unit(desk.profile))
    desk.doubt_line_ends("phases", number, "responsibility_centre", printed)
    reading = parse_unit(printed.text, desk.profile.names.abbreviations)
    completed = complete_cut(printed.text, names, desk.profile.names.centre_width, reading.value)
    if isinstance(completed, Refusal):
        desk.refuse("phases", number, "responsibility_centre", printed, completed, Severity.WARNING)
    elif completed is not None:
        reading = completed
    return _keep_compared(desk, "units", number, "responsibility_centre", printed, reading)


def _indicator(desk: _Desk, row: Row, number: int) -> Indicator:
    table = "indicators"
    printed = row.get("target")
    target, raw = _target(desk, printed, number) if printed and printed.text else (None, None)
    # The fields of Target are the contract's columns without their prefix.
    typed: dict[str, Any] = {f"target_{name}": value for name, value in target._asdict().items()} if target else {}
    types = desk.profile.vocabulary.indicator_type
    return Indicator(
        indicator_number=number,
        description=desk.read_text(table, number, "description", row.get("description")),
        indicator_type=desk.read_term(table, number, "indicator_type", row.get("indicator_type"), types),
        target_raw=raw,
        **typed,
    )


def _target(desk: _Desk, printed: Printed, number: int) -> tuple[Target, str]:
    """The expected value, typed and as printed."""
    printed = desk.chosen("indicators", number, "target_raw", printed, lambda text: parse_target(text, year=desk.year))
    desk.keep("indicators", number, "target_raw", printed.text, printed, "printed", "")
    desk.doubt_words("indicators", number, "target_raw", printed, printed.text, short=True)
    reading = parse_target(printed.text, year=desk.year)
    if isinstance(reading, Refusal):
        severity = Severity.INFO if reading.code == "target_not_typed" else Severity.WARNING
        desk.refuse("indicators", number, "target_kind", printed, reading, severity)
        return TEXT, printed.text
    desk.doubt_digits("indicators", number, "target_raw", printed, reading)
    for name, value in zip(reading.value._fields, reading.value, strict=True):
        if value is not None:
            shown = format_date(value) if isinstance(value, date) else str(value)
            desk.keep("indicators", number, f"target_{name}", shown, printed, reading.method, reading.rule)
    return reading.value, printed.text


def _dup_link(desk: _Desk, row: Row, number: int) -> DupLink:
    code = row.get("code")
    level = row["level"]
    pattern = desk.profile.codes.link
    desk.keep("dup_links", number, "level", level.text, level, "printed", "")
    return DupLink(
        link_number=number,
        level=level.text,  # type: ignore[arg-type]  # the layout takes levels from the profile's keys
        code=desk.read("dup_links", number, "code", code, lambda text: _link_code(text, pattern)),
        code_raw=code.text if code else None,
        title=desk.read_text("dup_links", number, "title", row.get("title")),
    )


def _link_code(text: str, pattern: str | None) -> Reading[str] | Refusal:
    """A code of the DUP, else one of the form's own shape."""
    reading = parse_dup_code(text)
    if not isinstance(reading, Refusal) or pattern is None:
        return reading
    own = parse_objective_code(text, pattern)
    return reading if isinstance(own, Refusal) else own


def _linked_objective(desk: _Desk, row: Row, number: int) -> LinkedObjective:
    table = "linked_objectives"
    pattern = desk.profile.codes.objective
    amounts: dict[str, Decimal | None] = {
        name: desk.read(table, number, name, row.get(name), parse_amount) for name in ("revenue", "expenditure")
    }
    return LinkedObjective(
        link_number=number,
        code=desk.read(table, number, "code", row.get("code"), lambda text: _objective_code(text, pattern)),
        title=desk.read_text(table, number, "title", row.get("title")),
        **amounts,
    )
