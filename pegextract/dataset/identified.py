"""The tables with their people and units: mentions out of the columns, ids, evidence and findings back into them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pegextract.dataset.arrow import arrow_schema, with_column
from pegextract.dataset.contract import BY_NAME
from pegextract.dataset.derived import Derived, Told
from pegextract.registry.archive import Resolved, kind_of, people_of, roles_of, units_of
from pegextract.registry.episodes import Held, episodes
from pegextract.registry.judgements import Judgements, Kind, unmet
from pegextract.registry.keys import person_key, unit_key
from pegextract.registry.mentions import (
    CENTRE,
    DIRECTION,
    DIRECTOR,
    MANAGER,
    RESPONSIBLE,
    ROLE,
    SERVICE,
    Decision,
    Mention,
    Sheet,
)
from pegextract.registry.register import Known
from pegextract.registry.units import completed

_DAMAGED_READERS: Final = ("ocr", "mixed")
_DAMAGE: Final = "words_damaged"
"""The finding by which a text shows that OCR made it."""


class _Field(NamedTuple):
    """A column that names a person or a unit, and the column for its id."""

    table: str
    field: str
    text: str
    printed: str
    id: str


class _Place(NamedTuple):
    """A mention, the field that it stands in, and the row of its table, counted from 0."""

    field: _Field
    row: int
    mention: Mention


_Fields = tuple[_Field, ...]
_UNITS: Final = (
    _Field("objectives", DIRECTION, "direction", "direction_raw", "direction_id"),
    _Field("objectives", SERVICE, "service", "service_raw", "service_id"),
    _Field("phases", CENTRE, "responsibility_centre", "responsibility_centre_raw", "org_unit_id"),
)
_PEOPLE: Final = (
    _Field("objectives", DIRECTOR, "director", "director", "director_id"),
    _Field("objectives", MANAGER, "manager", "manager", "manager_id"),
    _Field("phases", RESPONSIBLE, "responsible_name", "responsible_name", "person_id"),
)


class Identified(NamedTuple):
    """objectives and phases with ids, people and org_units; what evidence and findings gain by it."""

    tables: dict[str, Any]
    evidence: Sequence[Derived]
    findings: Sequence[Told]


def known_entities(table: Any, key: str) -> list[Known]:
    """The register of an earlier dataset: its table of people or units as `pyarrow.Table`."""
    return [Known(row[key], row["name"], tuple(row["variants"])) for row in table.to_pylist()]


def identify(
    tables: Mapping[str, Any], people: Sequence[Known], units: Sequence[Known], judgements: Judgements
) -> Identified:
    """The people and units of objectives, phases, documents and findings (`pyarrow.Table`, in their order)."""
    archive = _Archive(tables)
    units_found = units_of(*archive.mentions(_UNITS), known=units, judgements=judgements)
    people_found = people_of(*archive.mentions(_PEOPLE), known=people, judgements=judgements)
    told = [*archive.told(_UNITS, units_found), *archive.told(_PEOPLE, people_found)]
    told += archive.unmet(judgements)
    said = _said(tables["findings"])
    evidence = [*archive.derived(_UNITS, units_found), *archive.derived(_PEOPLE, people_found)]
    found = archive.with_ids(((_UNITS, units_found), (_PEOPLE, people_found)))
    found["phases"] = archive.with_centres(found["phases"], units_found)
    found["org_units"] = _units_table(units_found)
    held = list(archive.roles(people_found, _values(found["phases"], "org_unit_id")))
    found["people"] = _people_table(people_found, held)
    found["roles"] = _roles_table(held, (sheet.year for sheet in archive.sheets if sheet.year))
    return Identified(found, evidence, [one for one in told if (*one[:2], *one[3:6], one.code) not in said])


class _Archive:
    """The columns that hold names, as Python values."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        objectives, phases = tables["objectives"], tables["phases"]
        self._tables = {"objectives": objectives, "phases": phases}
        damaged = _damaged_documents(tables["documents"], tables["findings"])
        columns = [_values(objectives, name) for name in ("document_id", "year", "direction", "service")]
        self.sheets = [
            Sheet(document, year, document in damaged, direction, service)
            for document, year, direction, service in zip(*columns, strict=True)
        ]
        anyone = min(_values(tables["documents"], "document_id"), default="")
        self._first_document = self.sheets[0].document if self.sheets else anyone
        self.sheet_ids = _values(objectives, "sheet_id")
        index = {sheet_id: at for at, sheet_id in enumerate(self.sheet_ids)}
        self._sheet_of = {
            "objectives": range(len(self.sheet_ids)),
            "phases": [index[sheet_id] for sheet_id in _values(phases, "sheet_id")],
        }
        self.phase_numbers = _values(phases, "phase_number")
        self._named: dict[_Fields, list[_Place]] = {fields: list(self._places(fields)) for fields in (_UNITS, _PEOPLE)}

    def _places(self, fields: _Fields) -> Iterator[_Place]:
        """Every mention with its field and the row of its table, in one order."""
        for field in fields:
            texts, printed = (_values(self._tables[field.table], name) for name in (field.text, field.printed))
            for row, (text, raw, sheet) in enumerate(zip(texts, printed, self._sheet_of[field.table], strict=True)):
                if text:
                    yield _Place(field, row, Mention(text, raw or text, field.field, sheet))

    def mentions(self, fields: _Fields) -> tuple[list[Mention], list[Sheet]]:
        """The mentions of these fields, and the sheets that they stand on."""
        return [mention for _, _, mention in self._named[fields]], self.sheets

    def decided(self, fields: _Fields, found: Resolved) -> Iterator[tuple[_Field, int, Mention, Decision]]:
        """Every mention with what was decided on it."""
        for (field, row, mention), decision in zip(self._named[fields], found.resolution.decisions, strict=True):
            yield field, row, mention, decision

    def with_ids(self, kinds: Iterable[tuple[_Fields, Resolved]]) -> dict[str, Any]:
        """Objectives and phases with their id columns."""
        tables = dict(self._tables)
        for fields, found in kinds:
            ids: dict[_Field, list[str | None]] = {
                field: [None] * self._tables[field.table].num_rows for field in fields
            }
            for field, row, _, decision in self.decided(fields, found):
                ids[field][row] = found.register.id_of(decision.root)
            for field, column in ids.items():
                tables[field.table] = with_column(tables[field.table], field.id, column)
        return tables

    def with_centres(self, phases: Any, found: Resolved) -> Any:
        """Phases with the centres that the archive completes."""
        centres = _values(phases, "responsibility_centre")
        for field, row, mention, decision in self.decided(_UNITS, found):
            if field.field == CENTRE and decision.root is not None:
                centres[row] = completed(mention.text, decision, found.register.entities[decision.root].name)
        return with_column(phases, "responsibility_centre", centres)

    def derived(self, fields: _Fields, found: Resolved) -> Iterator[Derived]:
        """The evidence of what was decided by more than equal names: of the id, and of a completed centre."""
        for field, row, mention, decision in self.decided(fields, found):
            if decision.root is None or decision.method == "printed":
                continue
            entity = found.register.entities[decision.root]
            place = (self.sheet_ids[mention.sheet], field.table, self._row_number(field, row), field.text)
            how = (decision.method, decision.rule, decision.confidence)
            yield Derived(*place, field.id, entity.id, *how)
            if field.field == CENTRE:
                yield Derived(*place, field.text, completed(mention.text, decision, entity.name), *how)

    def told(self, fields: _Fields, found: Resolved) -> Iterator[Told]:
        """The findings: names that may be several, names that are nobody's, ids that are no longer what they were."""
        places, kept = [], dict(found.register.kept)
        for field, row, mention, decision in self.decided(fields, found):
            sheet = self.sheets[mention.sheet]
            place = (sheet.document, self.sheet_ids[mention.sheet], sheet.year, field.table)
            at = (*place, self._row_number(field, row), field.text)
            places.append((at, mention))
            if message := _message(mention, decision):
                severity, code, text = message
                yield Told(*at, severity, code, text, mention.printed)
            if decision.root in kept:
                text = f"«{mention.text}» keeps the id {kept.pop(decision.root)}, under which it was known before"
                yield Told(*at, "info", "identity_kept", text, mention.printed)
        for change in found.register.changes:
            at, mention = places[change.mention]
            text = f"«{mention.text}» was counted under {change.before} and is now under {change.after or 'no id'}"
            yield Told(*at, "info", "identity_changed", f"{text}: the archive tells more than before", mention.printed)

    def unmet(self, judgements: Judgements) -> Iterator[Told]:
        """The judgements that the archive has no names for; with its first document, because they have no place."""
        kinds: tuple[tuple[Kind, _Fields, Callable[[str], str]], ...] = (
            ("person", _PEOPLE, person_key),
            ("unit", _UNITS, unit_key),
        )
        for kind, fields, key_of in kinds if self._first_document else ():
            spellings = {text for _, _, mention in self._named[fields] for text in (mention.text, mention.printed)}
            for message in unmet(judgements, kind, spellings, key_of):
                place = (self._first_document, None, None, None, None, None)
                yield Told(*place, "warning", "judgement_stale", message, None)

    def roles(self, people: Resolved, units: Sequence[str | None]) -> Iterator[Held]:
        """Every role that is printed behind a person's name, in its whole form. units: the unit of each phase."""
        roles = _values(self._tables["phases"], "responsible_role")
        printed = [
            (people.register.entities[decision.root].id, row, Mention(role, role, ROLE, mention.sheet))
            for field, row, mention, decision in self.decided(_PEOPLE, people)
            if field.field == RESPONSIBLE and (role := roles[row]) and decision.root is not None
        ]
        whole = roles_of([role for _, _, role in printed], self.sheets)
        for (person, row, mention), role in zip(printed, whole, strict=True):
            yield Held(person, role, units[row], self.sheets[mention.sheet].year)

    def _row_number(self, field: _Field, row: int) -> int | None:
        return self.phase_numbers[row] if field.table == "phases" else None


def _message(mention: Mention, decision: Decision) -> tuple[str, str, str] | None:
    """Severity, code and sentence of what a person should know of one decision."""
    others = " or ".join(f"«{name}»" for name in decision.rivals)
    if decision.root is None:
        return {
            "ambiguous_name": (
                "warning",
                "ambiguous_name",
                f"«{mention.printed}» may be {others}; it is left so",
            ),
            "several_people": ("info", "several_people", f"«{mention.text}» names several people: none is its id"),
        }.get(decision.rule, ("info", "name_not_resolved", f"«{mention.text}» is not the name of one person or unit"))
    if decision.rivals:
        way = decision.rule.partition("+")[2] or "header"
        return "warning", "name_chosen", f"«{mention.printed}» begins {others} as well; the sheet's {way} decided"
    if decision.rule == "person_followed_by_unit":
        return "warning", "name_followed_by_unit", decision.evidence
    return ("info", "name_resolved", decision.evidence) if decision.method == "fuzzy" else None


# --- columns --------------------------------------------------------------------------------------------------------


def _damaged_documents(documents: Any, findings: Any) -> set[str]:
    """The documents that were read by OCR, or whose findings speak of damage."""
    by_ocr = documents.filter(pc.is_in(documents["reader"], value_set=pa.array(_DAMAGED_READERS)))["document_id"]
    told = findings.filter(pc.equal(findings["code"], _DAMAGE))["document_id"]
    return {*by_ocr.to_pylist(), *told.to_pylist()}


def _said(findings: Any) -> set[tuple[Any, ...]]:
    """What single sheets say of ambiguous names already: document, sheet, table, row, field, code."""
    names = ["document_id", "sheet_id", "table", "row_number", "field", "code"]
    rows = findings.filter(pc.equal(findings["code"], "ambiguous_name")).select(names)
    return set(zip(*(column.to_pylist() for column in rows.columns), strict=True))


def _values(table: Any, name: str) -> list[Any]:
    """A column as Python values; equal strings are one object."""
    column = table[name].combine_chunks()
    if not pa.types.is_string(column.type):
        return list(column.to_pylist())
    encoded = column.dictionary_encode()
    words = encoded.dictionary.to_pylist()
    return [None if at is None else words[at] for at in encoded.indices.to_pylist()]


def _units_table(found: Resolved) -> Any:
    return _entities("org_units", found, lambda root, unit: {"org_unit_id": unit.id, "kind": kind_of(unit)})


def _people_table(found: Resolved, held: Iterable[Held]) -> Any:
    roles: dict[str, set[str]] = defaultdict(set)
    for one in held:
        roles[one.person].add(one.role)
    return _entities("people", found, lambda _, person: {"person_id": person.id, "roles": sorted(roles[person.id])})


def _roles_table(held: Iterable[Held], years: Iterable[int]) -> Any:
    rows: list[dict[str, Any]] = []
    for one in episodes(held, years):
        number = rows[-1]["episode_number"] + 1 if rows and rows[-1]["person_id"] == one.person else 1
        rows.append({"person_id": one.person, "episode_number": number, "org_unit_id": one.unit, **one._asdict()})
    return pa.Table.from_pylist(rows, schema=arrow_schema(BY_NAME["roles"]))


def _entities(name: str, found: Resolved, own: Callable[[str, Any], dict[str, Any]]) -> Any:
    rows = [
        {
            "name": entity.name,
            "variants": sorted(entity.variants),
            "first_year": entity.first_year,
            "last_year": entity.last_year,
            "mention_count": entity.mention_count,
            **own(root, entity),
        }
        for root, entity in found.register.entities.items()
    ]
    return pa.Table.from_pylist(rows, schema=arrow_schema(BY_NAME[name]))
