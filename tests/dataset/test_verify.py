"""`verify` finds whatever is not as it was committed, and puts right what it can."""

from __future__ import annotations

import errno
import os
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pegextract.dataset import parquet
from pegextract.dataset.place import Place, Writing
from pegextract.dataset.read import load_table
from pegextract.dataset.verify import find_faults, repair
from pegextract.errors import EnvironmentFault
from tests.dataset.examples import archive, digest, extraction, file_of, record, sheet, write


@pytest.fixture(scope="module")
def two_versions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset with two versions that share some files."""
    folder = tmp_path_factory.mktemp("verify") / "output"
    write(folder, archive())
    write(folder, [*archive(), extraction("new", sheet(record(1, 2018, "2018_ZN01")))])
    return folder


def committed_files(output: Path) -> list[Path]:
    """Every file of every version."""
    return sorted(path for path in (output / "versions").rglob("*") if path.is_file())


def damaged(path: Path, rng: random.Random) -> Iterator[bytes]:
    """The bytes of a file with one bit flipped, or cut short."""
    data = path.read_bytes()
    for _ in range(20):
        at = rng.randrange(len(data) * 8)
        yield data[: at // 8] + bytes([data[at // 8] ^ (1 << at % 8)]) + data[at // 8 + 1 :]
    for _ in range(2):
        yield data[: rng.randrange(len(data))]


def test_every_flipped_bit_is_found(two_versions, tmp_path):
    """Over a thousand flips and truncations, in data files, package and manifest: all found, with the file's name."""
    output = tmp_path / "output"
    shutil.copytree(two_versions, output, symlinks=True)
    assert find_faults(Place(output)) == []
    rng = random.Random(20_260_714)
    tried = 0
    for path in committed_files(output):
        good = path.read_bytes()
        for bad in damaged(path, rng):
            path.write_bytes(bad)
            found = find_faults(Place(output))
            assert [fault.path for fault in found] == [str(path.relative_to(output))]
            tried += 1
        path.write_bytes(good)
    assert tried > 1000
    assert find_faults(Place(output)) == []


def swap(output: Path) -> None:
    """Exchange the contents of two files."""
    one, other = file_of(output, "phases", 2021), file_of(output, "phases", 2017)
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda output: file_of(output, "phases", 2021).unlink(), "is missing"),
        (lambda output: (output / "phases" / "2030-aaaaaaaaaaaa.parquet").write_bytes(b"PAR1"), "does not belong"),
        (lambda output: (output / "versions" / "notes.txt").write_text("x"), "does not belong"),
        (lambda output: (output / "current" / "manifest.json").unlink(), "is not a manifest"),
        (lambda output: (output / "phases").unlink(), "does not lead through current"),
        (lambda output: (output / "current").unlink(), "is missing"),
        (lambda output: shutil.rmtree(output / "versions" / "2"), "is no version"),
        (
            lambda output: shutil.copy(output / "versions/1/manifest.json", output / "versions/2/manifest.json"),
            "is that of version 1",
        ),
        (swap, "was changed|bytes instead of"),
    ],
    ids=["deleted", "added", "stranger", "manifest", "link", "current", "version", "copied manifest", "swapped"],
)
def test_what_came_went_or_moved_is_found(two_versions, tmp_path, harm, told):
    """Files and links that are missing, added, swapped or led elsewhere are found."""
    output = tmp_path / "output"
    shutil.copytree(two_versions, output, symlinks=True)
    harm(output)
    assert any(re.search(told, fault.reason) for fault in find_faults(Place(output)))


def test_what_can_be_put_right_is(two_versions, tmp_path):
    """A file with an intact copy in another version, links and strangers are put right without anyone's help."""
    output = tmp_path / "output"
    shutil.copytree(two_versions, output, symlinks=True)
    before = digest(output)
    file_of(output, "phases", 2021).unlink()
    path = file_of(output, "evidence", 2021)
    path.write_bytes(path.read_bytes()[:-3])
    (output / "phases" / "stray.parquet").write_bytes(b"PAR1")
    (output / "objectives").unlink()
    (output / "current").unlink()
    with Writing(output) as writing:
        done = repair(writing)
    assert not done.rewrite
    assert len(done.done) == 5
    assert find_faults(Place(output)) == []
    assert digest(output) == before


def test_a_version_beyond_repair_leaves_unless_it_is_read(two_versions, tmp_path):
    """An earlier version that cannot be restored is removed; the current one stays, to be written anew."""
    output = tmp_path / "output"
    shutil.copytree(two_versions, output, symlinks=True)
    (output / "versions" / "1" / "manifest.json").write_text("{}")
    only_now = file_of(output, "phases", 2018)
    only_now.write_bytes(b"rotten")
    with Writing(output) as writing:
        done = repair(writing)
    assert done.rewrite
    assert Place(output).numbers() == [2]
    write(output, [*archive(), extraction("new", sheet(record(1, 2018, "2018_ZN01")))])
    with Writing(output) as writing:
        assert not repair(writing).rewrite
    assert find_faults(Place(output)) == []
    assert Place(output).number() == 3


@pytest.mark.parametrize("number", [errno.EMFILE, errno.EACCES, errno.ENOMEM], ids=errno.errorcode.get)
@pytest.mark.parametrize("what", ["manifest.json", "phases", "objectives"])
def test_what_cannot_be_read_tonight_is_not_damaged(two_versions, tmp_path, monkeypatch, what, number):
    """Too many open files, no permission, no memory: nothing is called damaged, mended or removed for it."""
    output = tmp_path / "output"
    shutil.copytree(two_versions, output, symlinks=True)
    before = committed_files(output)
    real = Path.open

    def refusing(path: Path, *arguments: Any, **options: Any) -> Any:
        if what in str(path):
            raise OSError(number, os.strerror(number))
        return real(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refusing)
    with Writing(output) as writing, pytest.raises(EnvironmentFault, match="Cannot read"):
        repair(writing)
    monkeypatch.undo()
    assert committed_files(output) == before
    assert find_faults(Place(output)) == []


def test_no_memory_is_no_damage(two_versions, monkeypatch):
    """Nor does a reader call a table damaged that it has no memory for."""
    monkeypatch.setattr(parquet.pq, "read_table", lambda *_, **__: (_ for _ in ()).throw(pa.ArrowMemoryError("no")))
    with pytest.raises(EnvironmentFault, match="not enough memory"):
        load_table(two_versions, "phases")
