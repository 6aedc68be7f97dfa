"""From one year to the next: objectives that go on are linked, others are not."""

import pytest

from pegextract.registry.lineage import Link, Objective, find_lineage
from tests.forms.generations import generations

PRECISION, RECALL = 0.99, 0.9


def objective(id_: str, year: int, title: str, **known) -> Objective:
    """An objective of one year."""
    return Objective(id_, year, title, **known)


def linked(*objectives: Objective) -> list[tuple[str, str]]:
    """The pairs that are linked."""
    return [(link.objective_id, link.previous_objective_id) for link in find_lineage(objectives)]


def found_and_true(seed: int) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """The links of an invented town, and those that there are in truth, as indices of its objectives."""
    goals = generations(seed)
    objectives = [
        Objective(str(at), goal.year, goal.title, goal.service, frozenset({goal.link}), goal.phases)
        for at, goal in enumerate(goals)
    ]
    by_line = {(goal.line, goal.year): at for at, goal in enumerate(goals)}
    true = {
        (at, by_line[goal.line, goal.year - 1])
        for at, goal in enumerate(goals)
        if (goal.line, goal.year - 1) in by_line
    }
    return {(int(link.objective_id), int(link.previous_objective_id)) for link in find_lineage(objectives)}, true


@pytest.mark.parametrize("seed", range(3))
def test_objectives_that_go_on_are_linked(seed):
    """Among sixty objectives a year with titles of one mould: hardly a wrong link, and most of the right ones."""
    found, true = found_and_true(seed)
    assert len(found & true) / len(found) >= PRECISION
    assert len(found & true) / len(true) >= RECALL


def test_a_link_says_why():
    """Score, method and a sentence come with each link."""
    phases = ("Redazione dell'avviso", "Istruttoria delle domande")
    (link,) = find_lineage(
        [
            objective("2020_A", 2020, "Piano casa 2020", service="casa", phases=phases),
            objective("2019_B", 2019, "Piano casa 2019", service="casa", phases=phases),
        ]
    )
    said = "titles 1.00 alike, same service, phases 1.00 alike"
    assert link == Link("2020_A", "2019_B", 1.0, "title+service+phases", said)


def test_numbers_in_titles_tell_objectives_apart():
    """Lot 1 does not go on as lot 2, whatever else is equal."""
    assert not linked(objective("b", 2020, "Scuola media, lotto 2"), objective("a", 2019, "Scuola media, lotto 1"))


def test_two_that_fit_link_nothing():
    """Of two equal predecessors neither is taken."""
    earlier = [objective(id_, 2019, "Servizio sociale professionale") for id_ in "ab"]
    assert not linked(objective("c", 2020, "Servizio sociale professionale"), *earlier)


def test_a_year_between_breaks_the_line():
    """An objective continues one of the year before, not of two years before."""
    assert not linked(objective("b", 2021, "Piano casa"), objective("a", 2019, "Piano casa"))


def test_an_equal_title_in_another_service_is_not_enough():
    """A title that every service has, with other phases elsewhere, is another objective."""
    here = objective("b", 2020, "Formazione del personale", service="casa", phases=("Bando alloggi",))
    there = objective("a", 2019, "Formazione del personale", service="sport", phases=("Calendario dei corsi di nuoto",))
    assert not linked(here, there)
