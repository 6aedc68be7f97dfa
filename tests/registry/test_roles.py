"""Roles are episodes: who held which one where, from which year to which."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pegextract.registry.episodes import Episode, Held, episodes

ROLE, UNIT = "P.O. CASA", "servizio-casa"
HELD = st.builds(
    Held,
    st.sampled_from(["rossi-maria", "rossi-mario"]),
    st.sampled_from([ROLE, "P.O. SPORT"]),
    st.sampled_from([UNIT, None]),
    st.one_of(st.none(), st.integers(2012, 2018)),
)


def test_years_in_a_row_are_one_episode():
    """Three printings in two years that follow each other; another unit is another episode."""
    held = [Held("a", ROLE, UNIT, year) for year in (2019, 2018, 2018)] + [Held("a", ROLE, "other", 2018)]
    assert episodes(held, [2018, 2019]) == [
        Episode("a", ROLE, "other", 2018, 2018, 1),
        Episode("a", ROLE, UNIT, 2018, 2019, 3),
    ]


def test_a_year_without_the_role_parts_two_episodes_unless_the_archive_lacks_it():
    """2018 and 2020 are two episodes where the archive has sheets of 2019, and one where it has none."""
    held = [Held("a", ROLE, UNIT, 2018), Held("a", ROLE, UNIT, 2020)]
    assert [one[3:5] for one in episodes(held, [2018, 2019, 2020])] == [(2018, 2018), (2020, 2020)]
    assert [one[3:5] for one in episodes(held, [2018, 2020])] == [(2018, 2020)]


@given(st.lists(HELD), st.randoms(use_true_random=False))
def test_every_printing_is_in_one_episode_whatever_the_order(held, rng):
    """Counts add up, episodes of one role and unit do not overlap, and the order of the sheets changes nothing."""
    years = [one.year for one in held if one.year]
    found = episodes(held, years)
    assert sum(one.mention_count for one in found) == len(held)
    for one in held:
        fits = [
            e for e in found
            if e[:3] == one[:3] and (one.year is None) == (e.first_year is None)
            and (one.year is None or e.first_year <= one.year <= e.last_year)
        ]  # fmt: skip
        assert len(fits) == 1
    shuffled = rng.sample(held, len(held))
    assert episodes(shuffled, years) == found
