"""A town's archive of twelve years: who and what is one, and what is not, as docs/accuracy.md says."""

import pytest

from tests.forms.archive import archive
from tests.registry.measure import IDS, named, pairs, write, wrong

SEED = 2
FLOORS = {0.0: (0.999, 0.98), 0.4: (0.998, 0.95)}
"""Pairwise precision and recall by the share of documents that OCR damaged."""


def hold(seed: int, damaged: float, per_year: int, folder) -> None:
    """Precision and recall of people and units of one archive."""
    documents = list(archive(seed, damaged=damaged, per_year=per_year))
    write(documents, folder)
    precision, recall = FLOORS[damaged]
    for kind in IDS:
        names = named(documents, folder, kind)
        found = pairs(names)
        where = f"{kind}, seed {seed}: {found}\n" + "\n".join(map(str, wrong(names)[:20]))
        assert found.names > 1000, where
        assert found.precision >= precision, where
        assert found.recall >= recall, where


@pytest.mark.parametrize("damaged", FLOORS)
def test_people_and_units_of_an_archive_are_told_apart(damaged, tmp_path):
    """60 units that are renamed and merged, 150 people who move, five renderings: hardly a wrong or a missing merge."""
    hold(SEED, damaged, 20, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10, 15))
@pytest.mark.parametrize("damaged", FLOORS)
def test_people_and_units_of_larger_archives(seed, damaged, tmp_path):
    """The same on archives of twice the size."""
    hold(seed, damaged, 40, tmp_path)
