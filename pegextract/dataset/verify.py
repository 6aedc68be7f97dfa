"""Every committed byte against its SHA-256: what is damaged, missing or does not belong, and what can be put right."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pegextract.dataset.contract import TABLES
from pegextract.dataset.durable import refuse_machines_fault, sha256_of, switch_link, sync_folder
from pegextract.dataset.manifest import MANIFEST, DataFile, Manifest, read_manifest
from pegextract.dataset.place import PACKAGE, Place, Writing
from pegextract.errors import DatasetDamaged, DatasetTooNew


class Fault(NamedTuple):
    """Something that is not as it was committed. path: relative to the dataset · version: None outside of versions."""

    version: int | None
    path: str
    reason: str


class Repair(NamedTuple):
    """What was put right, in sentences, and whether the committed version still needs to be written anew."""

    done: tuple[str, ...]
    rewrite: bool


def find_faults(place: Place) -> list[Fault]:
    """All faults of all versions; empty where every byte is as it was committed.

    Raises DatasetTooNew where a version has a format of the future, EnvironmentFault where the machine cannot read. A
    file that several versions link is read once.
    """
    faults = list(_of_links(place))
    leftovers = _leftovers(place)
    hashes: dict[tuple[int, int], str] = {}
    for path in sorted(place.versions.glob("*")):
        if not path.name.isdecimal() or path.is_symlink() or not path.is_dir():
            faults.append(Fault(None, f"versions/{path.name}", "does not belong here"))
        elif int(path.name) not in leftovers:
            faults += _of_version(place, int(path.name), hashes)
    return faults


def repair(writing: Writing) -> Repair:
    """Put right what can be, out of what is there.

    Links are set anew, damaged files are linked to an intact copy in another version, strangers are moved out, and an
    earlier version that is beyond that is removed. The committed version is never removed: where it stays damaged,
    `rewrite` is True, and what is published next takes its place with good files.
    """
    place, done = writing.place, []
    copies = _intact_copies(place)
    for fault in find_faults(place):
        told = _repair_file(place, fault, copies)
        done += [told] if told else []
    done += _repair_current(place)
    for name in _link_faults(place):
        switch_link(place.root / name, f"current/{name}")
        done.append(f"{name} leads through current again")
    broken = {fault.version for fault in find_faults(place)} - {None}
    last = place.number()
    for number in sorted(number for number in broken if number is not None and number != last):
        writing.remove(number)
        done.append(f"version {number} was beyond repair and is removed")
    return Repair(tuple(done), rewrite=last in broken)


def _of_links(place: Place) -> Iterator[Fault]:
    try:
        last = place.number()
    except DatasetDamaged as error:
        yield Fault(None, "current", str(error))
        return
    if last is None and any(place.versions.glob("*")):
        yield Fault(None, "current", "is missing")
    if last is not None:
        yield from (Fault(None, name, "does not lead through current") for name in _link_faults(place))


def _link_faults(place: Place) -> list[str]:
    names = [*(table.name for table in TABLES), PACKAGE]
    return [name for name in names if not _leads_through(place, name)]


def _leads_through(place: Place, name: str) -> bool:
    link = place.root / name
    return link.is_symlink() and str(link.readlink()) == f"current/{name}"


def _leftovers(place: Place) -> list[int]:
    """What a killed run left, and the next one sweeps away."""
    try:
        return place.leftovers()
    except DatasetDamaged:
        return []


def _of_version(place: Place, number: int, hashes: dict[tuple[int, int], str]) -> Iterator[Fault]:
    folder = place.version(number)
    try:
        manifest = read_manifest(folder)
    except DatasetTooNew:
        raise
    except DatasetDamaged as error:
        yield Fault(number, f"versions/{number}/{MANIFEST}", str(error))
        return
    if manifest.version != number:
        yield Fault(number, f"versions/{number}/{MANIFEST}", f"is that of version {manifest.version}")
    for file in manifest.files:
        reason = _harm(folder / file.path, file, hashes)
        if reason:
            yield Fault(number, f"versions/{number}/{file.path}", reason)
    known = {file.path for file in manifest.files} | {MANIFEST}
    for inside in _everything_in(folder):
        if inside not in known:
            yield Fault(number, f"versions/{number}/{inside}", "does not belong here")


def _harm(path: Path, file: DataFile, hashes: dict[tuple[int, int], str]) -> str | None:
    """What is wrong with a data file; None for nothing."""
    if path.is_symlink() or not path.is_file():
        return "is missing" if not os.path.lexists(path) else "is no regular file"
    status = path.stat()
    if status.st_size != file.size:
        return f"has {status.st_size} bytes instead of {file.size}"
    identity = (status.st_dev, status.st_ino)
    try:
        if identity not in hashes:
            hashes[identity] = sha256_of(path)
    except OSError as error:
        refuse_machines_fault(path, error)
        return f"cannot be read ({error.strerror})"
    return None if hashes[identity] == file.sha256 else "was changed after it was committed"


def _everything_in(folder: Path) -> list[str]:
    """All that lies in a version and is no folder of a table."""
    found = []
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            found += [f"{path.name}/{inner.name}" for inner in sorted(path.iterdir())]
        else:
            found.append(path.name)
    return found


def _intact_copies(place: Place) -> dict[str, Path]:
    """SHA-256 → a file that has it, over all versions whose manifest can be read."""
    hashes: dict[tuple[int, int], str] = {}
    copies: dict[str, Path] = {}
    for folder, manifest in _readable(place):
        for file in manifest.files:
            if file.sha256 not in copies and _harm(folder / file.path, file, hashes) is None:
                copies[file.sha256] = folder / file.path
    return copies


def _readable(place: Place) -> Iterator[tuple[Path, Manifest]]:
    for folder in sorted(place.versions.glob("[0-9]*")):
        try:
            yield folder, read_manifest(folder)
        except DatasetDamaged:
            continue


def _repair_file(place: Place, fault: Fault, copies: dict[str, Path]) -> str | None:
    """Put one fault right; None where that is not possible here."""
    path = place.root / fault.path
    if fault.reason == "does not belong here":
        shutil.move(path, place.staging / f"stranger-{path.name}")
        return f"{fault.path} was no part of the dataset and is removed"
    if fault.version is None or path.name == MANIFEST:
        return None
    folder = place.version(fault.version)
    file = read_manifest(folder).file(str(path.relative_to(folder)))
    if file is None or file.sha256 not in copies:
        return None
    new = place.staging / "copy"
    os.link(copies[file.sha256], new)
    path.parent.mkdir(exist_ok=True)
    new.replace(path)
    sync_folder(path.parent)
    return f"{fault.path} was restored from an intact copy"


def _repair_current(place: Place) -> list[str]:
    """Let `current` lead to the last whole version where it leads nowhere."""
    try:
        if place.number() is not None:
            return []
    except DatasetDamaged:
        pass
    readable = [manifest.version for _, manifest in _readable(place)]
    whole = [number for number in readable if not list(_of_version(place, number, {}))]
    if not whole:
        return []
    switch_link(place.current, f"versions/{max(whole)}")
    return [f"current leads to version {max(whole)} again"]
