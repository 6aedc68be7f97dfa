"""Files that survive a kill and a power cut: written whole, flushed together with the folder that names them.

A rename is seen whole or not at all by everyone who looks, but only what was flushed (fsync) is still there after a
power cut: first the bytes, then the name, in this order. An error of a flush is never tried again: what it was about
may already be lost.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pegextract.errors import EnvironmentFault

_PIECE = 1 << 20
_MACHINES = {errno.EACCES, errno.EPERM, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.ESTALE}
"""Errors of the system that say nothing of the file that was to be read."""


@contextmanager
def machine_to_blame(doing: str) -> Iterator[None]:
    """Turns an error of the system into an EnvironmentFault that says what could not be done."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise EnvironmentFault(f"Cannot {doing}: {reason}. Free some space, check who may write there.") from error


def refuse_machines_fault(path: Path, error: Exception) -> None:
    """Raises EnvironmentFault where an error of reading tells of the machine, and nothing of the file.

    What cannot be read tonight is not damaged: nobody may mend it, write over it or remove it for that.
    """
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno in _MACHINES):
        reason = getattr(error, "strerror", None) or "not enough memory"
        raise EnvironmentFault(f"Cannot read {path}: {reason}. Check memory, open files and permissions.") from error


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, where they are missing."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    sync_folder(path.parent)


def write_file(path: Path, data: bytes | memoryview) -> None:
    """Write a new file and flush it; its name is safe after `sync_folder` only."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]
        os.fsync(descriptor)


def sync_folder(path: Path) -> None:
    """Flush the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_file(path: Path, data: bytes) -> None:
    """Put a file in the place of another: a reader sees the old one or the new one, whole."""
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    write_file(new, data)
    new.replace(path)
    sync_folder(path.parent)


def switch_link(link: Path, target: str) -> None:
    """Let a symbolic link lead to `target` from one moment to the next."""
    new = link.with_name(f".{link.name}.new")
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(link)
    sync_folder(link.parent)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, as hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
