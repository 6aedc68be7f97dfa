"""A town's archive of twelve years: who and what is one, and what is not, as docs/accuracy.md says."""

import pytest

from tests.forms.archive import Document, archive
from tests.readers.scanned import needs_ocr
from tests.registry.measure import IDS, named, pairs, write, wrong
from tests.registry.scanned import with_scans

SEED = 2
FLOORS = {0.0: (0.999, 0.98), 0.4: (0.998, 0.95)}
"""Pairwise precision and recall by the share of documents that OCR damaged."""
SCANS_FLOOR = (0.998, 0.95)


def hold(documents: list[Document], floor: tuple[float, float], least: int, folder) -> None:
    """Precision and recall of people and units of one archive, each with so many names at least."""
    write(documents, folder)
    precision, recall = floor
    for kind in IDS:
        names = named(documents, folder, kind)
        found = pairs(names)
        where = f"{kind}: {found}\n" + "\n".join(map(str, wrong(names)[:20]))
        assert found.names > least, where
        assert found.precision >= precision, where
        assert found.recall >= recall, where


@pytest.mark.parametrize("damaged", FLOORS)
def test_people_and_units_of_an_archive_are_told_apart(damaged, tmp_path):
    """60 units that are renamed and merged, 150 people who move, five renderings: hardly a wrong or a missing merge."""
    hold(list(archive(SEED, damaged=damaged, per_year=20)), FLOORS[damaged], 1000, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10, 15))
@pytest.mark.parametrize("damaged", FLOORS)
def test_people_and_units_of_larger_archives(seed, damaged, tmp_path):
    """The same on archives of twice the size."""
    hold(list(archive(seed, damaged=damaged, per_year=40)), FLOORS[damaged], 1000, tmp_path)


@pytest.mark.soak
@needs_ocr
def test_people_and_units_of_an_archive_with_scans(tmp_path):
    """The same where three of ten sheets are scans at 300 dpi: names that OCR spoilt find their own."""
    hold(list(with_scans(SEED, share=0.3, dpi=300, per_year=10)), SCANS_FLOOR, 500, tmp_path)
