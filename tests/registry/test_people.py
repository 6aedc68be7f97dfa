"""Which person a printing means: equal names but for typing are one, look-alikes never."""

import pytest

from pegextract.registry.archive import people_of
from pegextract.registry.mentions import MANAGER, Mention, Sheet
from tests.forms.archive import LOOK_ALIKES

CLEAN = Sheet("a", 2020, damaged=False, direction="CULTURA")
DAMAGED = Sheet("b", 2020, damaged=True, direction="CULTURA")
ELSEWHERE = Sheet("c", 2020, damaged=True, direction="AMBIENTE")


def person(text: str, sheet: int = 0) -> Mention:
    """A name on a sheet."""
    return Mention(text, text, MANAGER, sheet)


def ids(mentions: list[Mention], sheets: list[Sheet]) -> list[str | None]:
    """The id of each mention."""
    found = people_of(mentions, sheets)
    return [found.register.id_of(decision.root) for decision in found.resolution.decisions]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NICCOLAI NICCOLO'", "NICCOLAI NICCOLÒ"),
        ("ROSSI-BIANCHI MARIA", "ROSSI BIANCHI MARIA"),
        ("D'AMICO LUCIA", "D’ AMICO LUCIA"),
        ("DELL'ACQUA ANNA", "Dell Acqua Anna"),
        ("MUÑOZ JOSÉ", "MUNOZ JOSE'"),
    ],
)
def test_typing_does_not_make_a_person(one, other):
    """Accents, hyphens, typographic apostrophes and capitals set no two people apart."""
    assert len(set(ids([person(one), person(other)], [CLEAN]))) == 1


@pytest.mark.parametrize(("one", "other"), LOOK_ALIKES)
@pytest.mark.parametrize("sheets", [[CLEAN, CLEAN], [CLEAN, DAMAGED], [DAMAGED, DAMAGED]])
def test_look_alikes_stay_apart(one, other, sheets):
    """Two people a letter, an apostrophe or a blank apart are two, in clean documents that print both and damaged."""
    mentions = [person(one, 0)] * 9 + [person(other, 1)]
    known = [] if sheets[1] is CLEAN else [person(other, 2)]
    made = ids([*mentions, *known], [*sheets, CLEAN])
    assert made[0] != made[9]


@pytest.mark.parametrize(
    "damaged", ["BONANN1 GIUSEPPINA", "BONANNI GlUSEPPINA", "BONANMI GIUSEPPINA", "B0NANNI GIUSEPPINA"]
)
def test_damage_is_undone_with_two_witnesses(damaged):
    """What OCR confuses makes nobody new where the same direction names the person."""
    assert ids([person("BONANNI GIUSEPPINA"), person(damaged, 1)], [CLEAN, DAMAGED])[-1] == "bonanni-giuseppina"


def test_damage_beyond_look_alikes_needs_the_direction():
    """BONANMI in another direction may be somebody else."""
    made = ids([person("BONANNI GIUSEPPINA"), person("BONANMI GIUSEPPINA", 1)], [CLEAN, ELSEWHERE])
    assert made[-1] == "bonanmi-giuseppina"


@pytest.mark.parametrize("text", ["VACANTE", "-", "ROSSI MARIA / VERDI ANNA", "SERVIZIO SPORT"])
def test_what_is_no_person_has_no_id(text):
    """A vacancy, a list of several and a unit are nobody."""
    assert ids([person(text)], [CLEAN]) == [None]


def test_initials_are_completed_in_one_direction():
    """ROSSI M. is the one ROSSI M… of the direction; two of them, or none there, leave it open."""
    both = [person("ROSSI MARIA"), person("ROSSI ANNA")]
    assert ids([*both, person("ROSSI M.", 1)], [CLEAN, CLEAN])[-1] == "rossi-maria"
    assert ids([*both, person("ROSSI MARIO"), person("ROSSI M.", 1)], [CLEAN, CLEAN])[-1] is None
    assert ids([*both, person("ROSSI M.", 1)], [CLEAN, ELSEWHERE])[-1] is None


def test_words_of_offices_behind_a_name_are_not_the_name():
    """A centre that slipped into the name leaves the person who they are, with a rule that says so."""
    sheets = [Sheet("a", 2020, damaged=False, direction="MOBILITA'", service="SERVIZIO POLIZIA MUNICIPALE")]
    found = people_of([person("BUCCI LUCIA"), person("BUCCI LUCIA SERV. POLIZIA MUNIC.")], sheets)
    decision = found.resolution.decisions[-1]
    assert (decision.root, decision.rule) == ("bucci lucia", "person_followed_by_unit")
