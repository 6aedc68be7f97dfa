"""Equal inputs give equal bytes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.dataset.examples import archive, digest, extraction, record, sheet, write


@pytest.mark.parametrize("seed", range(20))
def test_order_and_chunks_do_not_show(seed: int, output: Path, tmp_path: Path) -> None:
    """Whatever the order of the documents and the size of the chunks, every file has the same bytes."""
    shuffled = archive()
    random.Random(seed).shuffle(shuffled)
    write(tmp_path, shuffled, chunk_rows=random.Random(seed).choice((1, 7, 20, 1000)))
    assert digest(tmp_path) == digest(output)


def test_a_year_that_did_not_change_is_a_file_that_did_not_change(output: Path, tmp_path: Path) -> None:
    """A new document of 2018 leaves the files of 2017 and 2021 byte for byte as they were."""
    write(tmp_path, [*archive(), extraction("new", sheet(record(1, 2018, "2018_ZN01")))])
    before, after = by_year(digest(output)), by_year(digest(tmp_path))
    assert len(before) == 16
    assert {name: after[name] for name in before} == before


def by_year(digests: dict[str, str]) -> dict[str, str]:
    """The digests of the files of 2017 and 2021, by table and year."""
    return {name.partition("-")[0]: digest for name, digest in digests.items() if "/2017-" in name or "/2021-" in name}


def test_years_of_an_earlier_run_vanish(tmp_path: Path) -> None:
    """A run replaces the tables whole: the file of a year that is gone is gone too, and nothing else is left over."""
    write(tmp_path, archive())
    write(tmp_path, [extraction("a", sheet(record(1, 2019, "2019_ZN08")))])
    assert [path.name.partition("-")[0] for path in (tmp_path / "objectives").iterdir()] == ["2019"]
    assert not list((tmp_path / ".pegextract" / "staging").iterdir())
