"""Which part of a sheet each line belongs to: labels of sections, believed only when what follows confirms them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from pegextract.document import IN_WORD, Columns, Document
from pegextract.layouts.ledger import Claim, Ledger
from pegextract.layouts.profile import (
    COLUMN_GROUP,
    LONG,
    LONGEST_LABEL,
    Profile,
    label_key,
    label_words,
    level_key,
    reads_as,
)
from pegextract.layouts.splitter import line_text
from pegextract.values.characters import fold

LOOK_AHEAD = 8
FEWEST_LABELS, MOSTLY_LABELS = 3, 2 / 3
"""Cells of a head that are labels of the form, where others are not."""
MOST_HEAD_WORDS = 24
_WORD = re.compile(r"\S+")
LONGEST_DRAWING = 40
LONGEST_TABLE = 120


class Mark(NamedTuple):
    """A section begins: at which position of the body, and how many characters of that line are its label."""

    at: int
    section: str
    labelled: bool
    confirmed: bool


class Zone(NamedTuple):
    """The lines of one section, its own label's line included where `labelled`."""

    section: str
    lines: tuple[int, ...]
    labelled: bool


def zones(document: Document, profile: Profile, body: Sequence[int]) -> list[Zone]:
    """The sections of a sheet's body in reading order; lines before the first mark are the zone "start"."""
    marks = _believed(section_marks(document, profile, body))
    found = [Zone("start", tuple(body[: marks[0].at if marks else len(body)]), False)]
    for mark, following in zip_longest(marks, marks[1:]):
        end = following.at if following else len(body)
        found.append(Zone(mark.section, tuple(body[mark.at : end]), mark.labelled))
    return [zone for zone in found if zone.lines]


def without_gantt(document: Document, profile: Profile, ledger: Ledger, body: Sequence[int]) -> tuple[int, ...]:
    """The body without Gantt drawings that no label announces: from the axis of months to the legend or last bar."""
    kept: list[int] = []
    at = 0
    while at < len(body):
        taken = _drawing(document, profile, body[at:]) if _is_gantt(document, profile, body[at]) else 0
        if taken and kept and section_label(profile, line_text(document, kept[-1])) == "phases":
            ledger.claim_line(
                document.lines[kept.pop()], Claim.BOILERPLATE
            )  # "Fasi" right above the axis is the drawing's
        for index in body[at : at + taken]:
            ledger.claim_line(document.lines[index], Claim.BOILERPLATE)
        if not taken:
            kept.append(body[at])
        at += max(taken, 1)
    return tuple(kept)


def _drawing(document: Document, profile: Profile, ahead: Sequence[int]) -> int:
    """How many lines a drawing takes that begins with an axis of months here."""
    texts = [line_text(document, i).rstrip() for i in ahead[:LONGEST_DRAWING]]
    ends = [n for n, i in enumerate(ahead[:LONGEST_DRAWING]) if n and _is_gantt(document, profile, i)]
    opened = next((n for n, text in enumerate(texts) if n and section_label(profile, text)), len(texts))
    if ends and ends[-1] < opened:
        return ends[-1] + 1
    count = 1
    while count < opened and texts[count].endswith(("...", "…")):
        count += 1
    return count


def _is_gantt(document: Document, profile: Profile, index: int) -> bool:
    text = line_text(document, index)
    return len(text) < 400 and profile.gantt_line.fullmatch(fold(text)) is not None


def claim_section_label(document: Document, profile: Profile, ledger: Ledger, zone: Zone) -> tuple[int, ...]:
    """Claim the label that opens a zone, and where it stands again above the head of a table that goes on."""
    if not zone.labelled:
        return zone.lines
    labels = {zone.lines[0], *_repeated_labels(document, profile, zone)}
    for index in labels:
        ledger.claim_line(document.lines[index], Claim.LABEL)
    return tuple(index for index in zone.lines if index not in labels)


def _repeated_labels(document: Document, profile: Profile, zone: Zone) -> Iterator[int]:
    group = COLUMN_GROUP.get(zone.section)
    for before, index, behind in zip(zone.lines, zone.lines[1:], zone.lines[2:], strict=False):
        if (
            group
            and document.lines[before].page != document.lines[index].page
            and _section_at(document, profile, index) == zone.section
            and is_column_head(profile, group, line_text(document, behind), least=2)
        ):
            yield index


def section_marks(document: Document, profile: Profile, body: Sequence[int]) -> list[Mark]:
    """All places where a section may begin, in reading order."""
    marks: list[Mark] = []
    for at, index in enumerate(body):
        section = _section_at(document, profile, index)
        if section and section != "description":
            marks.append(Mark(at, section, True, _confirmed(document, profile, body, at, section)))
        elif section is None:
            implied = _implied(document, profile, body, at)
            if implied and not _just_marked(marks, implied, at):
                marks.append(Mark(at, implied, False, True))
    return marks


def _section_at(document: Document, profile: Profile, index: int) -> str | None:
    """The section whose label a line prints, alone or before the heads of its columns."""
    line = document.lines[index]
    if line.columns is Columns.NONE:
        text = line_text(document, index)
        return section_label(profile, text) or _label_before_columns(profile, text)
    first, *rest = [cell for cell in line.cells if cell.end > cell.start]
    section = section_label(profile, document.text[first.start : first.end])
    return section if section and (not rest or _rest_is_columns(document, profile, section, rest)) else None


def _just_marked(marks: list[Mark], section: str, at: int) -> bool:
    """Whether this table head belongs to a section that is already open."""
    return any(mark.section == section and mark.confirmed for mark in marks[-2:])


_NUMBER = re.compile(r"(?:[0-9]{1,2}|[A-Za-z]|[IVX]{1,4})[.)]\s+")


def section_label(profile: Profile, text: str) -> str | None:
    """The section whose label a text is, perhaps with a number before it: `3. FASI`."""
    if len(text) > LONGEST_LABEL:  # most lines are prose
        return None
    roles = profile.roles_of(text)
    if not roles and (number := _NUMBER.match(text)):
        roles = profile.roles_of(text[number.end() :])
    return next((role.name for role in roles if role.group == "section"), None) if roles else None


def _label_before_columns(profile: Profile, text: str) -> str | None:
    """`INDICATORI Descrizione Tipo Valore Atteso`: a converter put a label and its table head on one line."""
    for label, section in profile.table_labels:
        if text.startswith(label) and is_column_head(profile, COLUMN_GROUP[section], text[len(label) :], least=2):
            return section
    return None


def _rest_is_columns(
    document: Document, profile: Profile, section: str, cells: Sequence[tuple[int, int, float, float]]
) -> bool:
    group = COLUMN_GROUP.get(section)
    rest = " ".join(document.text[cell[0] : cell[1]] for cell in cells)
    return group is not None and is_column_head(profile, group, rest, least=1)


def is_column_head(profile: Profile, group: str, text: str, least: int = 1) -> bool:
    """Whether the line prints nothing but words of this table's column labels, at least `least` of them.

    Damaged words count beside as many whole ones: a word alone that is almost a label is prose. Where borders part the
    labels, another one may be among them.
    """
    known = profile.column_words.get(group, frozenset())
    if not known or not _may_be_head(profile, group, text):
        return False
    words = label_words(text)
    if not least <= len(words) <= MOST_HEAD_WORDS:
        return False
    whole = 0
    strange: list[str] = []
    for word in words:
        key = label_key(word)
        if key in known:
            whole += 1
        elif key:
            if not profile.column_word(group, key, among_labels=True):
                return "\t" in text and _is_head_by_cells(profile, group, text)
            strange.append(key)
    if len(strange) > whole or whole + len(strange) < least:
        return False
    among_labels = whole >= len(strange)
    return all(profile.column_word(group, key, among_labels=among_labels) for key in strange)


def _is_head_by_cells(profile: Profile, group: str, text: str) -> bool:
    """Whether most cells of a separated line are whole labels: a head may have a word over two of its columns."""
    cells = [cell for cell in text.split("\t") if cell.strip()]
    named = sum(any(role.group == group for role in profile.roles_of(cell)) for cell in cells)
    return named >= FEWEST_LABELS and named >= MOSTLY_LABELS * len(cells)


def _may_be_head(profile: Profile, group: str, text: str) -> bool:
    """A cheap first look: the first word of most lines is no label's (borders, broken words: at the second look)."""
    first = text.split(None, 1)
    key = label_key(first[0]) if first and "|" not in first[0] and not first[0].endswith(IN_WORD) else ""
    return not key or profile.column_word(group, key, among_labels=True) is not None


def _confirmed(document: Document, profile: Profile, body: Sequence[int], at: int, section: str) -> bool:
    """Whether what follows a section's label is what the form prints there."""
    ahead = [line_text(document, i) for i in body[at + 1 : at + 1 + LOOK_AHEAD]]
    if section == "gantt":
        return True
    if section == "dup_links":
        return any(starts_with_level(profile, text) for text in ahead[:2])
    group = COLUMN_GROUP.get(section)
    if group is None:
        return bool(ahead)
    own = [word for word in line_text(document, body[at]).split() if is_column_head(profile, group, word)]
    heads = [" ".join(own), *ahead]
    words = _leading_column_words(profile, group, heads)
    if (
        len(words) >= 2
        or _labels_with_values(profile, group, ahead)
        or _labels_scattered(document, profile, group, body[at + 1 : at + 1 + LONGEST_TABLE])
    ):
        return True
    return section == "phases" and any(is_block_head(profile, text) for text in ahead)


def _labels_with_values(profile: Profile, group: str, ahead: Sequence[str]) -> bool:
    """Whether labels of the table's columns stand before values, each on a line of its own: `Peso: 20,00`."""
    labels = [text.partition(":")[0].strip(" *-•|") for text in ahead if ":" in text]
    return len({role.name for label in labels for role in profile.roles_of(label) if role.group == group}) >= 2


def _labels_scattered(document: Document, profile: Profile, group: str, following: Sequence[int]) -> bool:
    """Whether labels of the table's columns stand alone on lines before the next section: cells printed one by one."""
    seen: set[str] = set()
    for index in following[:LONGEST_TABLE]:
        roles = profile.roles_of(line_text(document, index))
        if any(role.group == "section" for role in roles):
            break
        seen.update(role.name for role in roles if role.group == group)
    return len(seen) >= 2


def _leading_column_words(profile: Profile, group: str, texts: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for text in texts:
        if not text:
            continue
        if not is_column_head(profile, group, text):
            break
        found.update(label_key(word) for word in label_words(text))
    return found - {""}


def starts_with_level(profile: Profile, text: str) -> bool:
    """Whether a line begins with the level of a DUP link."""
    return level_of(profile, text) is not None


def begins_section(profile: Profile, text: str) -> bool:
    """Whether a line opens a section, be it with the first words of a label that wraps ("Descrizione")."""
    if any(role.group in ("section", "level") for role in profile.roles_of(text)):
        return True
    key = label_key(text)
    if len(key) < LONG:
        return False
    keys = (label_key(label) for labels in profile.sections.values() for label in labels)
    return any(label.startswith(key) or reads_as(key, label[: len(key)]) for label in keys)


def level_of(profile: Profile, text: str) -> tuple[str, int] | None:
    """(level, length of its label) when a line begins with the label of a DUP level."""
    folded = level_key(text)
    if len(folded) != len(text):
        folded = text.lower()
    best: tuple[str, int] | None = None
    for level, label, key in profile.level_labels:
        whole = folded.startswith(key) and not folded[len(label) :][:1].isalnum()
        if whole and (best is None or len(label) > best[1]):
            best = (level, len(label))
    return _with_other_blanks(profile, text, best) if best else _damaged_level(profile, text, folded)


def _with_other_blanks(profile: Profile, text: str, found: tuple[str, int]) -> tuple[str, int]:
    """The same label with the words that only blanks part from its longer wording: `D.U. P.` is `D.U.P.`."""
    keys = {label_key(label) for level, label, _ in profile.level_labels if level == found[0]}
    ends = [match.end() for match in _WORD.finditer(text, 0, LONGEST_LABEL) if match.end() > found[1]]
    longer = [end for end in ends if label_key(text[:end]) in keys]
    return found[0], max(longer, default=found[1])


def _damaged_level(profile: Profile, text: str, folded: str) -> tuple[str, int] | None:
    """The level whose label, up to two wrong letters, begins the line; the longest that fits."""
    found: list[tuple[int, str]] = []
    labels = [(level, label) for level, label, _ in profile.level_labels if label[:1].lower() == folded[:1]]
    words = [match.end() for match in _WORD.finditer(text, 0, LONGEST_LABEL)] if labels else []
    for level, label in labels:
        count = label.count(" ")
        if count < len(words) and reads_as(label_key(text[: words[count]]), label_key(label)):
            found.append((words[count], level))
    return max(found)[::-1] if found else None


def is_block_head(profile: Profile, text: str) -> bool:
    """Whether a line opens a phase block: FASE and a description."""
    if not profile.phases or not profile.phases.block:
        return False
    first = text.split(None, 1)
    return bool(first) and first[0].upper() == first[0] and profile.is_label(first[0], "block", "head")


def _implied(document: Document, profile: Profile, body: Sequence[int], at: int) -> str | None:
    """A table head whose section label got lost still opens the section."""
    text = line_text(document, body[at])
    word = text.replace("|", " ").split(None, 1)
    first = label_key(word[0]) if word else ""
    tables = profile.tables_with_word(first) if first else profile.column_words.keys()
    for section, group in COLUMN_GROUP.items() if tables else ():  # most lines are prose: one word tells
        if group in tables and is_column_head(profile, group, text, least=3):
            others = [g for s, g in COLUMN_GROUP.items() if s != section]
            if not any(is_column_head(profile, g, text) for g in others):
                return section
    if is_block_head(profile, text):
        for line in (line_text(document, i) for i in body[at + 1 : at + 5]):
            if section_label(profile, line):
                return None
            if is_column_head(profile, "phases", line, least=3):
                return "phases"
    return None


def _believed(marks: list[Mark]) -> list[Mark]:
    """Confirmed marks, and unconfirmed ones where nothing else claims that section; each section once, in its order."""
    confirmed = {mark.section for mark in marks if mark.confirmed}
    kept = [mark for mark in marks if mark.confirmed or (mark.section not in confirmed and _empty_section(marks, mark))]
    first: dict[str, Mark] = {}
    for mark in sorted(kept, key=lambda mark: (not mark.labelled, mark.at)):
        first.setdefault(mark.section, mark)
    return sorted(first.values(), key=lambda mark: mark.at)


def _empty_section(marks: list[Mark], mark: Mark) -> bool:
    """A label with nothing under it: the next line opens another section."""
    return any(other.at == mark.at + 1 for other in marks if other is not mark)
