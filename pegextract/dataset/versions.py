"""Versions: how what was written becomes what is read, at one moment, and stays.

A version is written in staging, flushed, renamed to `versions/<n>`, and committed by one switch of `current`. Its data
files are named by year and by the content of their table. So a reader that listed the files of one version finds none
of them, should another have been committed in between: it never mixes two, and never misses a part. Files that did not
change are hard links to those of the version before.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from pegextract.dataset.contract import TABLES
from pegextract.dataset.durable import machine_to_blame, make_folder, sha256_of, switch_link, sync_folder, write_file
from pegextract.dataset.manifest import MANIFEST, DataFile, Filled, Manifest, encode_manifest, read_manifest
from pegextract.dataset.place import PACKAGE, Place, Writing
from pegextract.errors import DatasetDamaged, UsageError

KEEP: Final = timedelta(days=7)
"""How long a version stays after another took its place. The one before the current stays in any case."""
DIGITS: Final = 12
"""Digits of its content that a file's name carries."""

Gate = Callable[[Manifest, Manifest | None], None]
"""Looks at a version before it is committed, beside the one that is; raises GateRefused to keep it from that."""


class Committed(NamedTuple):
    """The version that holds what was to be written. new: False where the committed one held just that already."""

    manifest: Manifest
    new: bool


class Publication:
    """One version while it is written; nobody sees it before `commit`."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._place = writing.place
        self._last = _unharmed(self._place)
        self._folder = self._place.staging / "version"
        self._files: list[DataFile] = []
        last = self._last
        self._old = {file.sha256: self._place.version(last.version) / file.path for file in last.files} if last else {}
        with machine_to_blame(f"write into {self._place.staging}"):
            make_folder(self._folder)

    @property
    def paths(self) -> list[str]:
        """The files so far, relative to the version's folder."""
        return [file.path for file in self._files]

    def add_table(self, table: str, parts: Iterable[tuple[str, bytes | memoryview]]) -> None:
        """Add the Parquet files of a table: (year, or the table's name, bytes), one at a time.

        Their names get some digits of the whole table's content: the names of a table change together or not at all.
        """
        with machine_to_blame(f"write {table} in {self._place.staging}"):
            (self._folder / table).mkdir()
            files = [(name, self._write(f"{table}/{name}.parquet", data)) for name, data in parts]
            listed = "".join(f"{file.sha256} {name}\n" for name, file in files)
            digest = hashlib.sha256(listed.encode()).hexdigest()[:DIGITS]
            for name, file in files:
                path = f"{table}/{name}-{digest}.parquet"
                (self._folder / file.path).rename(self._folder / path)
                self._files.append(file.model_copy(update={"path": path}))

    def add_package(self, data: bytes) -> None:
        """Add the descriptor of all files."""
        with machine_to_blame(f"write {PACKAGE} in {self._place.staging}"):
            self._files.append(self._write(PACKAGE, data))

    def commit(self, tables: dict[str, Filled], gate: Gate | None = None, note: str = "") -> Committed:
        """Make this the version that is read. Once it returns, kill and power cut leave it so.

        Where the committed version holds the same files, it stays. Raises whatever the gate raises, EnvironmentFault
        where the disk does not take it; then the committed version stays too.
        """
        manifest = Manifest(
            version=self._place.next_number(),
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            note=note,
            tables=tables,
            files=tuple(sorted(self._files, key=lambda file: file.path)),
        )
        if self._last and self._last.content == manifest.content and self._all_linked():
            with machine_to_blame(f"write {self._place.root}"):
                _lead_through(self._place)
            return Committed(self._last, new=False)
        if gate:
            gate(manifest, self._last)
        with machine_to_blame(f"commit a version of {self._place.root}"):
            _commit(self._place, self._folder, manifest)
        return Committed(manifest, new=True)

    def abandon(self) -> None:
        """Remove what was not committed."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _write(self, path: str, data: bytes | memoryview) -> DataFile:
        """Write a file of the version, or link the same one of the last, where that is unharmed."""
        file = DataFile(path=path, sha256=hashlib.sha256(data).hexdigest(), size=len(data))
        old = self._old.get(file.sha256)
        if old and old.is_file() and not old.is_symlink() and sha256_of(old) == file.sha256:
            os.link(old, self._folder / path)
        else:
            write_file(self._folder / path, data)
        return file

    def _all_linked(self) -> bool:
        """Whether no file had to be written: what is committed is unharmed."""
        return all((self._folder / file.path).stat().st_nlink > 1 for file in self._files)


def _unharmed(place: Place) -> Manifest | None:
    """What is committed, as far as it can be built upon: what is written next takes the place of a damaged version."""
    try:
        return committed(place)
    except DatasetDamaged:
        return None


def committed(place: Place) -> Manifest | None:
    """The manifest of the committed version; None where nothing was committed."""
    number = place.number()
    return None if number is None else read_manifest(place.version(number))


def manifest_of(place: Place, number: int) -> Manifest:
    """The manifest of a version that is there. Raises UsageError for a number that is not."""
    numbers = place.numbers()
    if number not in numbers:
        known = ", ".join(map(str, numbers)) or "none"
        raise UsageError(f"{place.root} has no version {number}; there are: {known}")
    return read_manifest(place.version(number))


def roll_back(writing: Writing, number: int) -> Manifest:
    """Commit the content of an earlier version anew, under the next number.

    The content that is taken back is remembered as refused until another version is committed.
    """
    place = writing.place
    wanted, last = manifest_of(place, number), committed(place)
    if last is None or wanted.content == last.content:
        raise UsageError(f"version {number} is what {place.root} holds now; there is nothing to take back")
    folder = place.staging / "version"
    with machine_to_blame(f"roll {place.root} back"):
        for file in wanted.files:
            old = place.version(number) / file.path
            if sha256_of(old) != file.sha256:
                raise DatasetDamaged(f"{old} is damaged; see: pegextract verify {place.root}")
            make_folder((folder / file.path).parent)
            os.link(old, folder / file.path)
        manifest = wanted.model_copy(
            update={
                "version": place.next_number(),
                "created": datetime.now(UTC).isoformat(timespec="seconds"),
                "note": f"rollback to {number}",
                "refused": last.content,
            }
        )
        _commit(place, folder, manifest)
    return manifest


def forget_old(writing: Writing, keep: timedelta = KEEP) -> list[int]:
    """Remove the versions whose successor is older than `keep`; the last two always stay. Returns their numbers.

    What cannot be removed stays until the next time: the commit before is done whatever comes of this.
    """
    place = writing.place
    numbers = place.numbers()
    before = datetime.now(UTC) - keep
    gone = []
    for number, successor in list(pairwise(numbers))[:-1]:
        try:
            replaced = datetime.fromisoformat(read_manifest(place.version(successor)).created)
        except (DatasetDamaged, ValueError):
            continue
        if replaced < before:
            with suppress(OSError):
                writing.remove(number)
                gone.append(number)
    return gone


def _commit(place: Place, folder: Path, manifest: Manifest) -> None:
    """Flush the files of a version and their folders, give it its name, and switch."""
    write_file(folder / MANIFEST, encode_manifest(manifest))
    for inner in sorted(path for path in folder.iterdir() if path.is_dir()):
        sync_folder(inner)
    sync_folder(folder)
    make_folder(place.versions)
    _lead_through(place)
    folder.rename(place.version(manifest.version))
    sync_folder(place.versions)
    switch_link(place.current, f"versions/{manifest.version}")
    _replace_plain_folders(place)


def _lead_through(place: Place) -> None:
    """`phases` → `current/phases` for every table, where nothing else has that name."""
    for name in (*(table.name for table in TABLES), PACKAGE):
        link, target = place.root / name, f"current/{name}"
        if link.is_symlink() and str(link.readlink()) == target:
            continue
        if link.is_symlink() or not link.exists():
            switch_link(link, target)


def _replace_plain_folders(place: Place) -> None:
    """Tables of a dataset without versions give way; `refuse_foreign_folders` has seen that they are ours."""
    for name in (*(table.name for table in TABLES), PACKAGE):
        old = place.root / name
        if not old.is_symlink():
            old.rename(place.staging / f"plain-{name}")
            switch_link(old, f"current/{name}")
