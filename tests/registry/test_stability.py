"""Ids outlive new files: what was known keeps its id, and the order in which files came changes no person and unit."""

import random
from collections.abc import Sequence

import pytest

from pegextract.registry.archive import Resolved, people_of, units_of
from pegextract.registry.mentions import CENTRE, DIRECTION, DIRECTOR, MANAGER, RESPONSIBLE, SERVICE, Mention, Sheet
from pegextract.registry.register import Known
from tests.forms.archive import Document, archive

ORDERS = 50
BATCHES = 6
DOCUMENTS = list(archive(7, per_year=6, damaged=0.4))
RESOLVE = {"people": people_of, "units": units_of}


def surroundings(document: Document) -> Sheet:
    """What a document's sheet tells of its names."""
    truth = document.sheet.truth
    return Sheet(document.name, document.year, document.damaged, truth["direction"], truth["service"])


def spoilt(text: str, document: Document) -> str:
    """A name as OCR leaves it, in the documents that are damaged: letters taken for others, here and there."""
    rng = random.Random(f"{document.name} {text}")
    if not document.damaged or rng.random() < 0.6:
        return text
    right, wrong = rng.choice(["I1", "Il", "O0", "EF", "CG", "MN", "UV", "NH"])
    return text.replace(right, wrong, 1)


def mentions(document: Document, sheet: int, kind: str) -> list[Mention]:
    """The names that a document prints."""
    truth, phases = document.sheet.truth, document.sheet.truth["phases"]
    if kind == "people":
        fields = [(truth["director"], DIRECTOR), (truth["manager"], MANAGER)]
        fields += [(phase["responsible_name"], RESPONSIBLE) for phase in phases]
    else:
        fields = [(truth["direction"], DIRECTION), (truth["service"], SERVICE)]
        fields += [(cells["centre"], CENTRE) for cells in document.sheet.printed["phases"]]
    return [Mention(new, new, field, sheet) for text, field in fields if text and (new := spoilt(text, document))]


def resolve(documents: Sequence[Document], kind: str, before: Resolved | None = None) -> Resolved:
    """The register of these documents, on top of an earlier one."""
    documents = sorted(documents, key=lambda document: document.name)
    named = [mention for at, document in enumerate(documents) for mention in mentions(document, at, kind)]
    entities = before.register.entities.values() if before else ()
    known = [Known(one.id, one.name, tuple(sorted(one.variants))) for one in entities]
    return RESOLVE[kind](named, [surroundings(document) for document in documents], known)


def ids(found: Resolved, documents: Sequence[Document]) -> dict[tuple[str, str, str], str | None]:
    """(document, field, spelling) → id."""
    names = sorted(document.name for document in documents)
    return {
        (names[mention.sheet], mention.field, mention.text): found.register.id_of(decision.root)
        for mention, decision in zip(found.mentions, found.resolution.decisions, strict=True)
    }


def told(found: Resolved) -> set[tuple[str, str | None]]:
    """The changes of ids that the register owns up to."""
    return {(change.before, change.after) for change in found.register.changes}


@pytest.mark.parametrize("kind", RESOLVE)
def test_fifty_orders_of_adding_give_the_same_people_and_units(kind):
    """In any order: an id changes only where a finding says so; in the end the entities are those of all at once."""
    once, changes = resolve(DOCUMENTS, kind), 0
    for number in range(ORDERS):
        rng = random.Random(number)
        order = rng.sample(DOCUMENTS, len(DOCUMENTS))
        found, before = None, {}
        for batch in range(1, BATCHES + 1):
            added = order[: len(order) * batch // BATCHES]
            found = resolve(added, kind, found)
            now = ids(found, added)
            changed = {(id_, now[place]) for place, id_ in before.items() if id_ != now[place] and id_ is not None}
            assert changed <= told(found), f"order {number}, batch {batch}"
            before, changes = now, changes + len(changed)
        entities, expected = found.register.entities, once.register.entities
        assert {root: (e.name, e.variants) for root, e in entities.items()} == {
            root: (e.name, e.variants) for root, e in expected.items()
        }
        different = {root for root, entity in entities.items() if entity.id != expected[root].id}
        assert different <= found.register.kept.keys()
        assert len({entity.id for entity in entities.values()}) == len(entities)
    assert changes  # what is tested does happen: cut and damaged names wait for whole ones


@pytest.mark.parametrize("kind", RESOLVE)
def test_the_order_of_the_mentions_leaves_no_trace(kind):
    """Shuffled, the same documents give the same ids, names and spellings."""
    once = ids(resolve(DOCUMENTS, kind), DOCUMENTS)
    for number in range(5):
        shuffled = random.Random(number).sample(DOCUMENTS, len(DOCUMENTS))
        assert ids(resolve(shuffled, kind), shuffled) == once


def test_a_whole_name_that_comes_later_takes_over_the_id():
    """A unit known by its cut name alone keeps that id when the whole name comes, and says that it does."""
    cut, whole = "SERVIZIO SOCIALE AMMINISTRATIV", "SERVIZIO SOCIALE AMMINISTRATIVO"
    sheets = [Sheet("a", 2020, damaged=False), Sheet("b", 2021, damaged=False)]
    first = units_of([Mention(cut, cut, CENTRE, 0)], sheets)
    known = [Known(one.id, one.name, tuple(one.variants)) for one in first.register.entities.values()]
    second = units_of([Mention(cut, cut, CENTRE, 0), Mention(whole, whole, SERVICE, 1)], sheets, known)
    (unit,) = second.register.entities.values()
    assert (unit.name, unit.id) == (whole, "servizio-sociale-amministrativ")
    assert second.register.kept == {"servizio sociale amministrativo": "servizio-sociale-amministrativ"}


def test_a_name_that_two_share_gives_up_its_id_loudly():
    """When a second whole name comes that fits a cut one, the completion is taken back and the change is told."""
    cut = "SERVIZIO AMMINISTRAZIONE DEL P"
    personale, patrimonio = f"{cut}ERSONALE", f"{cut}ATRIMONIO"
    sheets = [Sheet(name, 2020, damaged=False) for name in "abc"]
    names = [Mention(personale, personale, SERVICE, 0), Mention(cut, cut, CENTRE, 1)]
    first = units_of(names, sheets)
    known = [Known(one.id, one.name, tuple(one.variants)) for one in first.register.entities.values()]
    second = units_of([*names, Mention(patrimonio, patrimonio, SERVICE, 2)], sheets, known)
    assert second.register.id_of(second.resolution.decisions[1].root) is None
    assert [(change.before, change.after) for change in second.register.changes] == [
        ("servizio-amministrazione-del-personale", None)
    ]
