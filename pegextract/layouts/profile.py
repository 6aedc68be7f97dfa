"""A form's words, loaded from a TOML file and checked; and the questions that layouts ask of them.

A profile holds office knowledge only: labels with their variants, sections, columns, vocabularies, shapes of codes.
Choices are code. Raises ProfileError with the file and the key when a TOML does not hold together.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from pegextract.document import IN_WORD, LINE_BREAK_IN_CELL, MAY_BE_IN_WORD
from pegextract.errors import ProfileError
from pegextract.models import DupLevel
from pegextract.values.caching import Memory, remembered
from pegextract.values.characters import confusable, fold

Labels = Annotated[tuple[str, ...], Field(min_length=1)]
HeaderField = Literal[
    "direction", "director", "classification", "service", "manager", "objective_type", "code", "title", "other",
    "indirizzo_strategico", "obiettivo_strategico", "obiettivo_operativo",
]  # fmt: skip
PhaseColumn = Literal[
    "description", "weight", "start_date", "end_date", "responsible", "responsibility_centre", "notes", "other"
]
IndicatorColumn = Literal["description", "indicator_type", "target", "other"]
LinkedColumn = Literal["code", "title", "revenue", "expenditure", "other"]
Section = Literal["dup_links", "description", "gantt", "phases", "indicators", "linked_objectives", "other"]

COLUMN_GROUP = {"phases": "phases", "indicators": "indicators", "linked_objectives": "linked"}
"""Sections that hold a table, and the group of its column labels."""
LONGEST_LABEL = 60
_LOOK_ALIKES = str.maketrans("01l|!5", "oiiiis")
SHORTEST_FORGIVEN, LONG = 4, 8
"""Letters of a label from which one and two wrong ones are forgiven, where the form has a label at that place."""


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Form(_Table):
    name: str
    title: str
    heads: tuple[str, ...] = ()


class _Header(_Table):
    rows: tuple[tuple[HeaderField, ...], ...]
    labels: dict[HeaderField, Labels]

    @model_validator(mode="after")
    def _each_field_has_a_label(self) -> _Header:
        for name in (name for row in self.rows for name in row):
            if name not in self.labels:
                raise ValueError(f"rows name {name}, but [header.labels] has no label for it")
        return self


class _Block(_Table):
    head: Labels
    notes: Labels


class _Phases(_Table):
    columns: dict[PhaseColumn, Labels]
    block: _Block | None = None


class _Indicators(_Table):
    columns: dict[IndicatorColumn, Labels]


class _Linked(_Table):
    columns: dict[LinkedColumn, Labels]


class _Links(_Table):
    levels: dict[DupLevel, Labels]


class _Vocabulary(_Table):
    classification: tuple[str, ...] = ()
    objective_type: tuple[str, ...] = ()
    indicator_type: tuple[str, ...] = ()


class _Codes(_Table):
    objective: Pattern | None = None
    link: Pattern | None = None


class _Names(_Table):
    centre_width: int = 30
    unit_heads: tuple[str, ...] = ()
    role_marks: tuple[str, ...] = ()
    abbreviations: dict[str, str] = {}


class _Boilerplate(_Table):
    lines: tuple[Pattern, ...] = ()
    gantt: tuple[Pattern, ...] = ()


class Role(NamedTuple):
    """What a label is on the form: its group (header, section, phases, indicators, linked, level, block) and field."""

    group: str
    name: str


class Profile(_Table):
    """One form. Field by field the TOML; see profiles/firenze.toml for a commented example."""

    form: _Form
    header: _Header
    sections: dict[Section, Labels]
    phases: _Phases | None = None
    indicators: _Indicators | None = None
    linked_objectives: _Linked | None = None
    dup_links: _Links | None = None
    vocabulary: _Vocabulary = _Vocabulary()
    codes: _Codes = _Codes()
    names: _Names = _Names()
    boilerplate: _Boilerplate = _Boilerplate()

    def __reduce__(self) -> tuple[Any, ...]:
        """A profile travels to other processes without what it remembers."""
        return type(self).model_validate, (self.model_dump(),)

    @cached_property
    def groups(self) -> dict[str, Mapping[str, tuple[str, ...]]]:
        """Every label of the form by group and field."""
        found: dict[str, Mapping[str, tuple[str, ...]]] = {
            "header": _by_name(self.header.labels),
            "section": _by_name(self.sections),
            "head": {"head": self.form.heads},
        }
        if self.phases:
            found["phases"] = _by_name(self.phases.columns)
            if self.phases.block:
                found["block"] = {"head": self.phases.block.head, "notes": self.phases.block.notes}
        if self.indicators:
            found["indicators"] = _by_name(self.indicators.columns)
        if self.linked_objectives:
            found["linked"] = _by_name(self.linked_objectives.columns)
        if self.dup_links:
            found["level"] = _by_name(self.dup_links.levels)
        return found

    @cached_property
    def fingerprint(self) -> dict[str, tuple[str, ...]]:
        """The labels that tell this form from others: header and sections."""
        return {
            **{f"header.{name}": labels for name, labels in self.header.labels.items()},
            **{f"section.{name}": labels for name, labels in self.sections.items()},
        }

    @cached_property
    def roles(self) -> dict[str, tuple[Role, ...]]:
        """Skeleton of each label → what it may be: one wording can be a column of two tables."""
        roles: dict[str, list[Role]] = {}
        for group, fields in self.groups.items():
            for name, labels in fields.items():
                for label in labels:
                    known = roles.setdefault(label_key(label), [])
                    if Role(group, name) not in known:
                        known.append(Role(group, name))
        return {key: tuple(found) for key, found in roles.items()}

    @cached_property
    def roles_of(self) -> Callable[[str], tuple[Role, ...]]:
        """What a text is as a label, () when it is none. One wrong letter in eight or more is still the label."""
        return remembered(LONGEST_LABEL)(self._roles_of)

    def _roles_of(self, text: str) -> tuple[Role, ...]:
        if len(text) > LONGEST_LABEL:
            return ()
        found = _look_up(label_key(text), self.roles)
        if not found and text.endswith("|"):  # a border is taken off, but "FAS|" has lost its I
            return _look_up(label_key(text[:-1] + "I"), self.roles)
        return found

    def is_label(self, text: str, group: str, name: str) -> bool:
        """Whether `text` is this label."""
        roles = self.roles_of(text)
        return bool(roles) and (group, name) in roles

    @cached_property
    def column_words(self) -> dict[str, frozenset[str]]:
        """Skeletons of the words of each table's column labels: a wrapped table head consists of nothing else.

        Some converters lose the blank between two words (`InizioPrevisto`): words in a row count as one as well.
        """
        return {
            group: frozenset(label_key("".join(run)) for run in _all_runs(fields))
            for group, fields in self.groups.items()
        }

    @cached_property
    def glued_words(self) -> frozenset[str]:
        """Skeletons of words of column labels that a converter printed without the blank between them."""
        return frozenset(
            label_key("".join(run))
            for group in COLUMN_GROUP.values()
            for run in _all_runs(self.groups.get(group, {}))
            if len(run) > 1
        )

    @cached_property
    def _damaged_words(self) -> Memory[tuple[str, str, bool], str | None]:
        return Memory(lambda asked: _near_word(asked[1], self.column_words[asked[0]], among_labels=asked[2]))

    def column_word(self, group: str, key: str, *, among_labels: bool = False) -> str | None:
        """The word of a table's column labels that a skeleton is, one wrong letter in six (two in ten) forgiven.

        among_labels: all around it are whole labels; then a wrong letter in a short word ("dii") is forgiven too.
        """
        known = self.column_words.get(group, frozenset())
        if key in known or len(key) > LONGEST_LABEL:
            return key if key in known else None
        return self._damaged_words[group, key, among_labels] if known else None

    @cached_property
    def is_woven_head(self) -> Callable[[str], bool]:
        """Whether a line holds nothing but pieces of column labels, of two of them no more than the beginning or end.

        `Inizio Fine Centro di` above `Previsto Prevista Responsabilità`: printed across the cells of a table's head.
        """
        return remembered(LONGEST_LABEL)(self._is_woven_head)

    def _is_woven_head(self, text: str) -> bool:
        words = [label_key(word) for word in text.split()]
        return bool(words) and any(_pieces(words, pieces) > 1 for pieces in self._pieces_of_labels)

    @cached_property
    def _pieces_of_labels(self) -> tuple[dict[tuple[str, ...], str], ...]:
        """Beginnings, and ends, of the column labels of each table, as far as they are no labels themselves."""
        found = []
        for group in COLUMN_GROUP.values():
            columns = self.groups.get(group, {}).values()
            labels = [tuple(map(label_key, label.split())) for wordings in columns for label in wordings]
            whole = dict.fromkeys(labels, "")
            begins = {label[:n]: "".join(label[:n]) for label in labels for n in range(1, len(label))}
            ends = {label[n:]: "".join(label[n:]) for label in labels for n in range(1, len(label))}
            found += [{**begins, **whole}, {**ends, **whole}]
        return tuple(found)

    @cached_property
    def table_labels(self) -> tuple[tuple[str, str], ...]:
        """The labels of sections that hold a table, the blank before a table head included, and the section."""
        sections = _by_name(self.sections)
        return tuple((f"{label} ", section) for section in COLUMN_GROUP for label in sections.get(section, ()))

    @cached_property
    def tables_with_word(self) -> Callable[[str], frozenset[str]]:
        """The tables among whose column labels a skeleton is a word; none for most words of prose."""
        return remembered(LONGEST_LABEL)(self._tables_with_word)

    def _tables_with_word(self, key: str) -> frozenset[str]:
        return frozenset(group for group in self.column_words if self.column_word(group, key))

    @cached_property
    def boilerplate_line(self) -> re.Pattern[str]:
        """Matches a folded line that is no field of any sheet."""
        return _any_of(self.boilerplate.lines)

    @cached_property
    def gantt_line(self) -> re.Pattern[str]:
        """Matches a folded line that only a Gantt drawing prints."""
        return _any_of(self.boilerplate.gantt)

    @cached_property
    def code_line(self) -> re.Pattern[str]:
        """Matches a line that begins with an objective's code (escapes and OCR damage included), then a rest."""
        shape = self.codes.objective
        return re.compile(_damaged(shape) + r"(?![\w])(?P<rest>.*)", re.DOTALL) if shape else re.compile(r"(?!)")

    @cached_property
    def link_code(self) -> re.Pattern[str] | None:
        """Finds the codes of links of this form's own shape, where it has one, besides those that every form prints."""
        return re.compile(rf"(?<!\w)(?:{self.codes.link})(?!\w)") if self.codes.link else None

    @cached_property
    def folded_terms(self) -> dict[str, frozenset[str]]:
        """The vocabulary of each field that has one, for matching."""
        return {name: frozenset(map(fold, getattr(self.vocabulary, name))) for name in _Vocabulary.model_fields}

    @cached_property
    def level_labels(self) -> tuple[tuple[str, str, str], ...]:
        """(level of a DUP link, its label, the label with look-alikes levelled), in the profile's order."""
        levels = _by_name(self.dup_links.levels) if self.dup_links else {}
        return tuple((level, label, level_key(label)) for level, labels in levels.items() for label in labels)

    @cached_property
    def further_level(self) -> re.Pattern[str]:
        """Finds the label of a level of DUP links in the middle of a line, as the form words it."""
        labels = sorted((label for _, label, _ in self.level_labels), key=len, reverse=True)
        return re.compile(rf"(?<=\s)(?:{'|'.join(map(re.escape, labels))})(?=[\s:]|$)" if labels else "(?!)")

    @cached_property
    def unit_heads(self) -> frozenset[str]:
        """Words that begin the name of an office."""
        return frozenset(self.names.unit_heads)


def _all_runs(fields: Mapping[str, tuple[str, ...]]) -> Iterator[Sequence[str]]:
    """The words in a row of all labels: of "a b c" they are a, a b, a b c, b, b c, c."""
    for words in (label.split() for labels in fields.values() for label in labels):
        yield from (words[a:b] for a in range(len(words)) for b in range(a + 1, len(words) + 1))


def _pieces(words: Sequence[str], pieces: Mapping[tuple[str, ...], str]) -> int:
    """How many different pieces of labels a line consists of, whole labels not counted; 0 where it has other words."""
    found: set[str] = set()
    at = 0
    while at < len(words):
        size = next((n for n in range(len(words) - at, 0, -1) if tuple(words[at : at + n]) in pieces), 0)
        if not size:
            return 0
        found.add(pieces[tuple(words[at : at + size])])
        at += size
    return len(found - {""})


_WITHIN_LABELS = re.compile(f"[*\\\\{LINE_BREAK_IN_CELL}{IN_WORD}{MAY_BE_IN_WORD}]+")
"""What a converter leaves within labels that it breaks: marks of bold type, escapes, line ends."""


@remembered(longest=LONGEST_LABEL)
def label_key(text: str) -> str:
    """The skeleton by which labels are compared: case, accents, marks around and OCR look-alikes are levelled.

    Lines of a narrow cell may break a label anywhere.
    """
    return confusable(_WITHIN_LABELS.sub("", text.strip(" \t*:.;_-#|•>"))).replace(".", "").replace(" ", "")


def level_key(text: str) -> str:
    """A text, folded, with OCR look-alikes levelled; mostly as long as the text."""
    return fold(text).translate(_LOOK_ALIKES)


def _by_name(labels: Mapping[Any, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Labels by field; the TOML's keys are checked words, here they are names like any other."""
    return {str(name): wordings for name, wordings in labels.items()}


_BROKEN = re.compile(f"{IN_WORD}\\s*")
_BORDER = re.compile(r"\|(?![a-zà-ü])|(?<![A-Za-zà-ü])\|")


def label_words(text: str) -> list[str]:
    """The words of a line of labels: bars between them are borders, a bar inside a word ("Responsabi|e") is damage.

    A word that its cell was too narrow for is one word.
    """
    text = _BROKEN.sub("", text) if IN_WORD in text else text
    return (_BORDER.sub(" ", text) if "|" in text else text).split()


def _near_word(key: str, known: frozenset[str], *, among_labels: bool) -> str | None:
    words = sorted(known)  # of two words equally near the first is taken, whatever the order of the set
    if among_labels and (same := process.extractOne(key, words, scorer=Levenshtein.distance, score_cutoff=1)):
        return same[0]
    if len(key) < 5:
        return None
    near = process.extractOne(key, words, scorer=Levenshtein.distance, score_cutoff=1 + (len(key) >= 10))
    return near[0] if near and len(near[0]) >= 6 else None


def reads_as(key: str, label: str) -> bool:
    """Whether a skeleton is the label's, up to one wrong letter in four or more, two in eight or more."""
    if key == label:
        return True
    most = 2 if len(label) >= LONG else 1 if len(label) >= SHORTEST_FORGIVEN else 0
    return most > 0 and Levenshtein.distance(key, label, score_cutoff=most) <= most


def _look_up(key: str, roles: Mapping[str, tuple[Role, ...]]) -> tuple[Role, ...]:
    if not key:
        return ()
    exact = roles.get(key)
    if exact is not None or len(key) < 8:
        return exact or ()
    near = process.extractOne(key, roles.keys(), scorer=Levenshtein.distance, score_cutoff=1 + (len(key) >= 16))
    # A word of the language one letter away from a label is not damage: only long labels are forgiven.
    return roles[near[0]] if near and len(near[0]) >= 8 else ()


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(joined or r"(?!)")


_LETTERS = re.compile(r"\[A-Z\](?:\{([0-9])\})?")


def _damaged(shape: str) -> str:
    """The shape of a code, with the look-alikes that OCR prints and blanks around its joints admitted.

    One letter at least stays a letter: "2014-2020" is no code with two damaged letters.
    """
    shape = _LETTERS.sub(lambda m: rf"(?=[0-9|]{{0,{int(m[1] or 1) - 1}}}[A-Z])[A-Z0-9|]{{{m[1] or 1}}}", shape)
    shape = shape.replace("[0-9]", "[0-9OoQIl|SsBZ]")
    return "(?P<code>" + shape.replace("_", r" ?[_\-]{1,2} ?") + ")"


@lru_cache(maxsize=1)
def shipped_profiles() -> tuple[Profile, ...]:
    """The profiles that come with the package, by name."""
    folder = resources.files("pegextract") / "profiles"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(parse_profile(f.read_text(encoding="utf-8"), f.name) for f in files)


def load_profile(path: Path) -> Profile:
    """The profile in a TOML file of the user's; raises ProfileError."""
    try:
        return parse_profile(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise ProfileError(f"{path}: cannot be read ({error.strerror}); give the path of a profile TOML") from error


def parse_profile(source: str, name: str) -> Profile:
    """The profile in a TOML text; `name` is the file that errors mention."""
    try:
        return Profile.model_validate(tomllib.loads(source))
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{name}: not valid TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ProfileError(f"{name}: key {where}: {first['msg']} (see docs/profiles.md)") from error
