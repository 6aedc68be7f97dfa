"""Versions: published at one moment, kept, taken back, compared."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from pegextract.dataset import versions
from pegextract.dataset.diff import changes
from pegextract.dataset.manifest import MANIFEST, encode_manifest, read_manifest
from pegextract.dataset.place import Place, Writing
from pegextract.dataset.read import load_table
from pegextract.errors import DatasetDamaged, DatasetTooNew, GateRefused, RunInProgress, UsageError
from tests.dataset.examples import archive, digest, extraction, file_of, record, sheet, write

ROOT = Path(__file__).parents[2]
READERS = {
    "pandas": lambda folder: set(pd.read_parquet(folder)["title"]),
    "pyarrow": lambda folder: set(pq.read_table(folder)["title"].to_pylist()),
    "polars": lambda folder: set(pl.read_parquet(folder / "*.parquet")["title"]),
    "duckdb": lambda folder: {row[0] for row in duckdb.sql(f"select title from '{folder}/*.parquet'").fetchall()},
}


def titled(title: str) -> list:
    """Three years of sheets that all bear one title, and one of 2015 that never changes."""
    years = [extraction(f"{title}{year}", sheet(record(1, year, None, title=title))) for year in (2017, 2019, 2021)]
    return [extraction("old", sheet(record(1, 2015, None, title="old"))), *years]


def test_each_change_is_a_version_of_its_own(tmp_path):
    """What changes is the next version; what does not change the data is none."""
    assert write(tmp_path, archive()).version == 1
    again = write(tmp_path, archive())
    assert (again.version, again.new) == (1, False)
    changed = write(tmp_path, titled("x"))
    assert (changed.version, changed.new) == (2, True)
    assert Place(tmp_path).numbers() == [1, 2]
    assert (tmp_path / "current").readlink() == Path("versions/2")


def test_unchanged_years_are_the_same_file(tmp_path):
    """A file that did not change is a hard link to that of the version before: it costs no space.

    Its name is another, as those of all files of a table that changed: who listed the folder before finds none of them.
    """
    write(tmp_path, archive())
    write(tmp_path, [*archive(), extraction("new", sheet(record(1, 2018, "2018_ZN01")))])
    before, after = (next((tmp_path / "versions" / n / "phases").glob("2021-*")) for n in "12")
    assert before.samefile(after)
    assert before.name != after.name


def test_a_damaged_file_is_not_linked_on(tmp_path):
    """Writing the same data again heals a dataset whose files have rotted."""
    write(tmp_path, archive())
    path = file_of(tmp_path, "phases", 2021)
    good = path.read_bytes()
    path.write_bytes(good[:-1] + b"?")
    assert write(tmp_path, archive()).new
    assert file_of(tmp_path, "phases", 2021).read_bytes() == good


@pytest.mark.parametrize("reader", READERS)
def test_no_reader_sees_two_versions_at_once(tmp_path, reader):
    """A reader that knows nothing of versions, reading while others are committed, sees one or finds none."""
    output = tmp_path / "output"
    write(output, titled("start"))
    stop = threading.Event()
    count = 0

    def publish() -> None:
        nonlocal count
        while not stop.is_set():
            count += 1
            write(output, titled(f"t{count}"))

    writer = threading.Thread(target=publish)
    writer.start()
    seen, gone = [], 0
    try:
        deadline = time.monotonic() + 60
        while (len(seen) < 250 or count < 20) and time.monotonic() < deadline:
            try:
                seen.append(READERS[reader](output / "objectives"))
            except (OSError, KeyError, duckdb.Error, pl.exceptions.PolarsError):  # KeyError: no file, so no column
                gone += 1
    finally:
        stop.set()
        writer.join()
    assert len(seen) >= 250, f"{gone} reads found nothing"
    assert all(len(titles) == 2 and "old" in titles for titles in seen)
    assert len(set.union(*seen)) > 5


def test_only_one_may_write(tmp_path):
    """A second writer is refused at once, and told who holds the dataset since when."""
    with Writing(tmp_path):
        begun = time.monotonic()
        with pytest.raises(RunInProgress, match=r"process \d+, since 20\d\d-"):
            write(tmp_path, archive())
        assert time.monotonic() - begun < 1
    assert write(tmp_path, archive()).version == 1


def test_a_killed_writer_holds_nothing(tmp_path):
    """The kernel gives the lock back when its holder is killed."""
    code = (
        "import sys, time; from pathlib import Path; from pegextract.dataset.place import Writing\n"
        "w = Writing(Path(sys.argv[1])); print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(RunInProgress):
            Writing(tmp_path)
        holder.kill()
        holder.wait()
        Writing(tmp_path).close()


def test_the_gate_keeps_the_old_version(tmp_path):
    """What the gate refuses is not published; it sees both versions with the rows and filled cells of each table."""

    def refuse(new, old):
        assert (new.tables["objectives"].rows, old.tables["objectives"].rows) == (4, 5)
        assert new.tables["phases"].columns["weight"] == 8
        raise GateRefused("fewer sheets")

    write(tmp_path, archive())
    before = digest(tmp_path)
    writer = versions_writer(tmp_path, refuse)
    for one in titled("x"):
        writer.add(one, "x.txt")
    with pytest.raises(GateRefused):
        writer.close()
    assert digest(tmp_path) == before
    assert Place(tmp_path).numbers() == [1]


def versions_writer(folder, gate):
    """A writer with a gate."""
    from pegextract.dataset.writer import DatasetWriter

    return DatasetWriter(folder, gate=gate)


def test_a_rollback_is_a_version_of_its_own(tmp_path):
    """Rolled back, the earlier content is read again, under a new number, and what was taken back is remembered."""
    write(tmp_path, archive())
    good = digest(tmp_path)
    write(tmp_path, titled("bad"))
    bad = read_manifest(tmp_path / "versions" / "2").content
    with Writing(tmp_path) as writing:
        manifest = versions.roll_back(writing, 1)
    assert (manifest.version, manifest.refused, manifest.note) == (3, bad, "rollback to 1")
    assert digest(tmp_path) == good
    with Writing(tmp_path) as writing, pytest.raises(UsageError, match="nothing to take back"):
        versions.roll_back(writing, 1)
    with Writing(tmp_path) as writing, pytest.raises(UsageError, match="there are: 1, 2, 3"):
        versions.roll_back(writing, 9)


def test_a_damaged_version_is_not_rolled_back_to(tmp_path):
    """What was damaged since is not made current again."""
    write(tmp_path, archive())
    path = file_of(tmp_path, "phases", 2021)
    write(tmp_path, titled("x"))
    data = (tmp_path / "versions" / "1" / "phases" / path.name).read_bytes()
    (tmp_path / "versions" / "1" / "phases" / path.name).write_bytes(data[:-1])
    with Writing(tmp_path) as writing, pytest.raises(DatasetDamaged):
        versions.roll_back(writing, 1)
    assert Place(tmp_path).number() == 2


def test_old_versions_leave_after_a_week(tmp_path):
    """A version stays for the given time after another took its place; the last two stay in any case."""
    for title in "abcd":
        write(tmp_path, titled(title))
    place = Place(tmp_path)
    with Writing(tmp_path) as writing:
        assert versions.forget_old(writing) == []
    for number in place.numbers():
        manifest = read_manifest(place.version(number))
        long_ago = (datetime.now(UTC) - timedelta(days=8)).isoformat()
        (place.version(number) / MANIFEST).write_bytes(
            encode_manifest(manifest.model_copy(update={"created": long_ago}))
        )
    with Writing(tmp_path) as writing:
        assert versions.forget_old(writing) == [1, 2]
    assert place.numbers() == [3, 4]


def test_a_dataset_of_the_future_is_refused(tmp_path):
    """A newer format is neither read nor written over; the message says what to do."""
    write(tmp_path, archive())
    path = tmp_path / "current" / MANIFEST
    content = json.loads(path.read_text())
    path.write_text(json.dumps({**content, "format": 2}))
    with pytest.raises(DatasetTooNew, match="has format 2"):
        load_table(tmp_path, "phases")
    with pytest.raises(DatasetTooNew):
        write(tmp_path, archive())


def test_a_dataset_without_versions_is_read_and_taken_over(tmp_path):
    """The tables of a dataset that was written before there were versions are read, and replaced by the next run."""
    write(tmp_path / "new", archive())
    for table in ("documents", "phases"):
        (tmp_path / "old" / table).mkdir(parents=True)
        data = next((tmp_path / "new" / table).iterdir()).read_bytes()
        (tmp_path / "old" / table / "2021.parquet").write_bytes(data)
    assert load_table(tmp_path / "old", "phases").num_rows > 0
    write(tmp_path / "old", archive())
    assert digest(tmp_path / "old") == digest(tmp_path / "new")
    assert (tmp_path / "old" / "phases").is_symlink()
    assert len(pd.read_parquet(tmp_path / "old" / "phases")) == len(pd.read_parquet(tmp_path / "new" / "phases"))


def test_a_link_that_leads_elsewhere_is_not_followed(tmp_path):
    """`current` leads to a version of this dataset or the dataset is damaged."""
    write(tmp_path, archive())
    (tmp_path / "current").unlink()
    (tmp_path / "current").symlink_to("/etc")
    with pytest.raises(DatasetDamaged, match="no version"):
        load_table(tmp_path, "phases")


def test_a_diff_names_rows_and_values(tmp_path):
    """A corrected document shows the value that changed, by document, objective and row, whatever its ids are now."""
    write(tmp_path, [extraction("a", sheet(record(1, 2021, "2021_ZN08", title="Casa")))])
    with versions_writer(tmp_path, None) as writer:
        corrected = extraction("b", sheet(record(1, 2021, "2021_ZN08", title="Casa nuova")))
        path = load_table(tmp_path, "documents")["path"].to_pylist()[0]
        writer.add(corrected, path)
        writer.add(extraction("c", sheet(record(1, 2021, "2021_ZN09"))), "c.txt")
    found = list(changes(Place(tmp_path), 1, 2))
    objectives = [change for change in found if change.table == "objectives"]
    assert [(c.kind, c.row, c.column, c.old, c.new) for c in objectives] == [
        ("added", "c.txt · 2021_ZN09", None, None, None),
        ("changed", f"{path} · 2021_ZN08", "title", "Casa", "Casa nuova"),
    ]
    assert {(c.kind, c.row) for c in found if c.table == "phases"} == {
        ("added", "c.txt · 2021_ZN09 · 1"),
        ("added", "c.txt · 2021_ZN09 · 2"),
    }
    assert any(c.table == "evidence" and c.kind == "added" and "Casa nuova" in c.row for c in found)
    assert not list(changes(Place(tmp_path), 2, 2))
