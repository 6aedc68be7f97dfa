"""Words that went into a neighbour's cell: where a table lost its borders, rows still show that they were torn.

Rules as in rules.py: each is named as the sentence that it checks, and what breaks it is a finding. Nothing is moved:
which cell the words belong to is no longer on the paper that we have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from pegextract.findings import Finding, Severity
from pegextract.layouts.fitness import is_dangling
from pegextract.layouts.profile import Profile
from pegextract.layouts.stream import SPREADS, UNRELIABLE
from pegextract.models import SHEET_TABLES, ObjectiveSheet
from pegextract.values.persons import looks_like_person

SheetRule = Callable[[ObjectiveSheet, Profile], Iterator[Finding]]
Column = list[tuple[int, str | None]]
"""Number of the row, text."""

FEWEST_TORN = 2
"""Torn rows of a sheet, or sheets of a document, that make the others doubtful."""
WORD_LONGER = 8
"""Letters that a name which the form cut may have too few: the next word did not fit."""
_WORDS_OF_A_LONG_TERM = 3
"""A term of more words wraps in its cell."""
CODE = "words_of_a_neighbour"
_GOES_ON = re.compile(
    r"(?:^|[\s(])(?:n|nn|nr|art|artt|lett|co|comma|prot|pag|D\.?\s?Lgs|D\.?\s?G\.?\s?[RC]|L|L\.\s?R)\.$"
)
"""Abbreviations that a number follows."""
_BEGINS_IN_PHRASE = re.compile(
    r"(?:(?:e|ed|o|di|del|della|delle|dello|dei|degli|da|dal|dalla|a|al|alla|alle|ai|agli|con|in|nel|nella|su|sul|sulla"
    r"|per|tra|fra|il|la|lo|le|i|gli|che)\s|(?:d|dell|dall|all|nell|sull|l)['’])"
)
"""What no cell begins with, in small letters."""
_SMALL_SENTENCE = re.compile(r"[a-zà-ù]{5,}\. [a-zà-ù]{4,}")
_STRAY = re.compile(r"[A-ZÀ-Ú] [A-ZÀ-Ú][a-zà-ù]")
"""A letter alone before a word with a capital: the end of a name that did not fit."""
_LIST_MARK = re.compile(r"(?:^|\s)[0-9a-zA-Z]{1,3}\)")
_DAY_WITHOUT_YEAR = re.compile(r"\b[0-9]{1,2}[°º]?\s+[A-Za-zàì]{3,10}$|\b[0-9]{1,2}[/.][0-9]{1,2}[/.]?$")
_YEAR_FIRST = re.compile(r"(?:19|20)[0-9]{2}(?![0-9/_.-])")
_ROLE_BEHIND_NAME = re.compile(r"[A-ZÀ-Ú'’]{2,} ?[-–—] ?[A-Z]\.[A-Z]\.")
_TWO_DATES = re.compile(r"\b[0-9]{2}/[0-9]{2}/(?:19|20)[0-9]{2}\s{1,3}[0-9]{2}/[0-9]{2}/(?:19|20)[0-9]{2}\b")
_DOUBLED = re.compile(r"([A-ZÀ-Ú]{4,}) \1$")
_SMALL_WORD = re.compile(r"(?<![\w'’])[a-zà-ù]{4,}")


def phrases_end_in_their_row(sheet: ObjectiveSheet, profile: Profile) -> Iterator[Finding]:
    """No row ends in mid-phrase where the row below begins in mid-phrase, no bracket is closed a row further down."""
    for table, column in _columns(sheet):
        for (above, end), (below, begin) in pairwise((number, text) for number, text in column if text):
            if _is_one_phrase(end, begin):
                message = f"row {above} ends in «{end[-25:]}» and row {below} begins with «{begin[:25]}»"
                for number in range(above, below + 1):
                    yield _torn(f"{message}: words of one may stand in the other", table, number)


def rows_begin_with_their_own_words(sheet: ObjectiveSheet, profile: Profile) -> Iterator[Finding]:
    """No text of a row begins in mid-phrase, none begins with a note that other rows print, no sentence begins small.

    Where a row begins so, the row above may have lost its end.
    """
    notes = sorted({phase.notes for phase in sheet.phases if phase.notes and " " in phase.notes})
    for table, column in _columns(sheet):
        for at, (number, text) in enumerate(column):
            strange = text and (_BEGINS_IN_PHRASE.match(text) or _SMALL_SENTENCE.search(text) or _STRAY.match(text))
            note = next((note for note in notes if text and text != note and text.startswith(f"{note} ")), None)
            if text and (strange or note):
                message = f"«{text[:40]}» begins with words of another cell, or holds a sentence of one"
                for row in {number, column[max(0, at - 1)][0]}:
                    yield _torn(message, table, row)


def targets_end_in_their_row(sheet: ObjectiveSheet, profile: Profile) -> Iterator[Finding]:
    """No expected value is a day without its year where the words below begin with a year."""
    for at, above in enumerate(sheet.indicators):
        if above.target_raw and _DAY_WITHOUT_YEAR.search(above.target_raw):
            rows = sheet.indicators[at + 1 :]
            below = next((row for row in rows if row.description or row.target_raw), None)
            texts = (below.description, below.target_raw) if below else ()
            behind = next((text for text in texts if text and _YEAR_FIRST.match(text)), None)
            if below and behind:
                message = f"«{above.target_raw}» has no year, and a row below begins with «{behind[:15]}»"
                for number in range(above.indicator_number, below.indicator_number + 1):
                    yield _torn(message, "indicators", number)


def rows_hold_one_phase(sheet: ObjectiveSheet, profile: Profile) -> Iterator[Finding]:
    """No description or note of a phase holds the two dates of another: the rows below would be missing."""
    for phase in sheet.phases:
        for name, text in (("description", phase.description), ("notes", phase.notes)):
            if text and (dates := _TWO_DATES.search(text)):
                message = f"the {name} of phase {phase.phase_number} holds «{dates[0]}»: another row may be in it"
                yield _torn(message, "phases", phase.phase_number)
                yield Finding(Severity.WARNING, CODE, message, "phases")


def people_stand_in_their_columns(sheet: ObjectiveSheet, profile: Profile) -> Iterator[Finding]:
    """No description, note or centre holds a role behind a name, or a responsible of the sheet; none is in capitals."""
    names = {phase.responsible_name for phase in sheet.phases} | {sheet.director, sheet.manager}
    people = sorted(name for name in names if name and " " in name)
    capital = sum(_is_capital(phase.description) for phase in sheet.phases)
    for phase in sheet.phases:
        number = phase.phase_number
        texts = {
            "description": phase.description,
            "notes": phase.notes,
            "responsibility_centre": phase.responsibility_centre,
        }
        for name, text in texts.items():
            person = next((one for one in people if text and one in text), None)
            if text and person and (_marked(text, person, profile) or text.startswith(person)):
                yield _torn(f"the {name} holds «{person}», a responsible of the sheet", "phases", number)
            elif text and (mark := _ROLE_BEHIND_NAME.search(text)):
                yield _torn(f"the {name} holds «{mark[0]}», as it stands behind a name", "phases", number)
        if phase.responsible_name and not looks_like_person(phase.responsible_name):
            yield _torn(f"«{phase.responsible_name}» is not the name of one person", "phases", number)
        if _is_capital(phase.description) and capital * 2 <= len(sheet.phases):
            yield _torn(f"the description «{phase.description}» is in capitals, as names are", "phases", number)
        role = phase.responsible_role or ""
        if _DOUBLED.search(role):
            yield _torn(f"the role «{role}» ends in the same word twice", "phases", number)
        person = next((one for one in people if role.endswith(f" {one}")), None)
        if person:
            yield _torn(f"the role ends in «{person}», a person of the sheet", "phases", number)


def header_values_hold_no_label(sheet: ObjectiveSheet, profile: Profile) -> Iterator[Finding]:
    """No value of the header holds the label of a field that has none: two labels in one cell leave one to a value."""
    fields = [name for row in profile.header.rows for name in row if name in ObjectiveSheet.model_fields]
    values = {name: getattr(sheet, name) or "" for name in fields}
    for lacking in (name for name in fields if not values[name]):
        for label in profile.header.labels.get(lacking, ()):
            for name in (name for name in fields if f" {label} " in f" {values[name]} "):
                message = f"the value «{values[name]}» holds «{label}», the label of a field without a value"
                yield Finding(Severity.WARNING, CODE, message, "objectives", None, name)
                yield Finding(Severity.WARNING, CODE, message, "objectives", None, lacking)


def roles_hold_no_office(sheet: ObjectiveSheet, profile: Profile) -> Iterator[Finding]:
    """No role holds words that its row's centre lacks, nor, behind its own beginning, one that begins an office."""
    direction = sheet.direction and f"DIREZIONE {sheet.direction}"
    offices = {p.responsibility_centre for p in sheet.phases} | {sheet.service, sheet.direction, direction}
    for phase in sheet.phases:
        words, centre = (phase.responsible_role or "").split(), phase.responsibility_centre or ""
        missing = {word for office in offices if office for word in _words_beyond(centre, office)}
        taken = [w for w in words[1:] if len(w) > 3 and any(word.startswith(w.rstrip(",")) for word in missing)]
        late = [w for w in words[2:] if w in profile.unit_heads and len(words) > 3]
        if taken or late:
            message = f"the role «{phase.responsible_role}» holds «{(taken or late)[0]}», which may be the centre's"
            yield _torn(message, "phases", phase.phase_number)


def centres_are_whole_names(sheet: ObjectiveSheet, profile: Profile) -> Iterator[Finding]:
    """No centre is the first word of names of offices alone; none has small words where the others are in capitals."""
    centres = [phase.responsibility_centre for phase in sheet.phases if phase.responsibility_centre]
    capital = sum(not _SMALL_WORD.search(centre) for centre in centres)
    for phase in sheet.phases:
        centre = phase.responsibility_centre
        alone = centre and (centre.upper() in profile.unit_heads or centre.upper() in _PLURALS)
        if alone and centre not in (sheet.service, sheet.direction):
            yield _torn(f"«{centre}» begins the name of an office and is none", "phases", phase.phase_number)
        elif centre and is_dangling(centre) and len(centre) < profile.names.centre_width - WORD_LONGER:
            yield _torn(f"«{centre}» ends in mid-phrase, before the form's width", "phases", phase.phase_number)
        elif centre and capital * 2 >= len(centres) and _SMALL_WORD.search(centre):
            message = f"«{centre}» has words in small letters, which names of offices here have not"
            yield _torn(message, "phases", phase.phase_number)


def names_of_the_header_are_whole(sheet: ObjectiveSheet, profile: Profile) -> Iterator[Finding]:
    """No person of the header has one name alone, no name of it goes round another one's, no title ends in a cell's."""
    terms = profile.vocabulary.classification
    if sheet.classification not in terms:  # its beginning may stand higher up, beside the title
        terms = (*terms, *(" ".join(term.split()[:2]) for term in terms if len(term.split()) > _WORDS_OF_A_LONG_TERM))
    ends = next((term for term in terms if term in (sheet.title or "")), None)
    if ends and sheet.title:
        message = f"the title holds «{ends}», a classification of the form"
        yield Finding(Severity.WARNING, CODE, message, "objectives", None, "title", sheet.title)
    people = (("director", sheet.director), ("manager", sheet.manager))
    offices = (("direction", sheet.direction), ("service", sheet.service))
    for pair in (people, offices):
        (_, above), (_, below) = pair
        round_it = any(one and two and _goes_round(one, two, profile) for one, two in ((above, below), (below, above)))
        alone = pair is people and any(name and " " not in name for _, name in pair)
        late = pair is offices and any(name and _begins_late(name, profile) for _, name in pair)
        if round_it or alone or late:
            message = f"«{above}» and «{below}» may have words of each other"
            for field, name in pair:
                if name:
                    yield Finding(Severity.WARNING, CODE, message, "objectives", None, field, name)


def tables_hold_together(sheets: Sequence[Sequence[Finding]]) -> Iterator[tuple[int, Finding]]:
    """No sheet of a text without borders has torn rows in several places, and hardly a sheet of a document any.

    (index of the sheet, finding) for each table of a sheet that has, and of all sheets where many have: what was torn
    elsewhere may not show.
    """
    signs = (CODE, "title_at_foot")
    torn = [{(one.table, one.row_number) for one in findings if one.code in signs} for findings in sheets]
    spread = sum(map(bool, torn)) >= max(FEWEST_TORN, SPREADS * len(sheets))
    message = "rows of this text are torn in several places, and others may be without showing it: check its tables"
    for index, places in enumerate(torn):
        if spread or len(places) >= FEWEST_TORN:
            for table in SHEET_TABLES:
                yield index, Finding(Severity.WARNING, UNRELIABLE, message, table)


NEIGHBOUR_RULES: tuple[SheetRule, ...] = (
    phrases_end_in_their_row,
    rows_begin_with_their_own_words,
    targets_end_in_their_row,
    rows_hold_one_phase,
    people_stand_in_their_columns,
    header_values_hold_no_label,
    roles_hold_no_office,
    centres_are_whole_names,
    names_of_the_header_are_whole,
)
_PLURALS = frozenset({"SERVIZI", "UFFICI", "AREE", "SETTORI"})


def _torn(message: str, table: str, row: int) -> Finding:
    return Finding(Severity.WARNING, CODE, message, table, row)


def _columns(sheet: ObjectiveSheet) -> Iterator[tuple[str, Column]]:
    """Table, and the texts that stand below each other in it, with the numbers of their rows."""
    yield "phases", [(phase.phase_number, phase.description) for phase in sheet.phases]
    yield "phases", [(phase.phase_number, phase.notes) for phase in sheet.phases]
    yield "indicators", [(indicator.indicator_number, indicator.description) for indicator in sheet.indicators]
    for one, other in pairwise(sheet.phases):  # the end of a note may have gone into the next row's description
        yield "phases", [(one.phase_number, one.notes), (other.phase_number, other.description)]


def _is_one_phrase(above: str, below: str) -> bool:
    """Whether what ends one row goes on in the next."""
    if _open(above) > 0 and _closed_first(below):
        return True
    begins_small = below[:1].islower() or below[:1].isdigit() or below[:1] in ",;:)/"
    return begins_small and (bool(_GOES_ON.search(above)) or is_dangling(above) or above.endswith((",", "(", "/")))


def _open(text: str) -> int:
    """Brackets that a text opens and does not close; marks of lists, `a)`, close none."""
    text = _LIST_MARK.sub(" ", text) if "(" not in text else text
    return text.count("(") - text.count(")")


def _closed_first(text: str) -> bool:
    """Whether a text closes a bracket before it opens one."""
    closed, opened = text.find(")"), text.find("(")
    return closed >= 0 and (opened < 0 or closed < opened) and not _LIST_MARK.match(text)


def _marked(text: str, person: str, profile: Profile) -> bool:
    """Whether the mark of a role follows a person's name."""
    behind = text.partition(person)[2].lstrip(" -–—")
    return behind.startswith(profile.names.role_marks)


def _words_beyond(centre: str, office: str) -> list[str]:
    """The words that an office has before or behind those of a centre; none where the centre is no part of it."""
    if not centre or centre == office or not (office.startswith(f"{centre} ") or office.endswith(f" {centre}")):
        return []
    return office.replace(centre, "", 1).replace(",", "").split()


def _goes_round(name: str, other: str, profile: Profile) -> bool:
    """Whether a name holds the other one behind words that begin no name of an office."""
    before, found, behind = f" {name} ".partition(f" {other} ")
    before = before.strip()
    if not found or not before or before.upper().rstrip(".") in profile.unit_heads:
        return False
    return bool(behind.strip() or before in other or " " not in other)


def _begins_late(name: str, profile: Profile) -> bool:
    """Whether a word that names of offices begin with stands in a name that begins otherwise."""
    first, *others = name.upper().split()
    return first.rstrip(".") not in profile.unit_heads and any(word in profile.unit_heads for word in others)


def _is_capital(text: str | None) -> bool:
    """Whether a text is a few words in capitals and nothing else."""
    return text is not None and text == text.upper() and looks_like_person(text)
