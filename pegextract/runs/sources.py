"""Source, Skipped, Failure: what an input turned out to be, and how its bytes are read."""

from __future__ import annotations

import os
import stat
from typing import BinaryIO, NamedTuple

from pegextract.errors import UnreadableDocument


class Stamp(NamedTuple):
    """How a file looks from outside. Equal stamps are a hint that the bytes are equal; times in nanoseconds."""

    size: int
    mtime: int
    ctime: int
    inode: int


class Source(NamedTuple):
    """One input that may be a document.

    path: what to open, with all links resolved; "" for standard input, whose bytes are in `data`
    name: relative to the input root, as documents.path holds it (names.portable_name) · size: in bytes
    stamp: how the file looked when it was found.
    """

    path: str
    name: str
    size: int
    data: bytes | None = None
    stamp: Stamp | None = None


class Skipped(NamedTuple):
    """Something that is never opened, and why a person should know."""

    name: str
    reason: str


class Failure(NamedTuple):
    """An input that gave no records: a stable code and the reason in a sentence."""

    name: str
    code: str
    message: str


MOST_BYTES = 200 << 20
"""A larger file is no document of ours, and is not read."""
PIECE = 65_536
"""Bytes of a stream that are read at a time."""
KINDS = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFLNK: "a symbolic link",
    stat.S_IFDIR: "a folder",
}


def read_stream(stream: BinaryIO) -> bytes:
    """All of a stream, in pieces, so that Ctrl-C is noticed between them."""
    return b"".join(iter(lambda: stream.read(PIECE), b""))


def read_source(source: Source) -> bytes:
    """The bytes of an input; raises UnreadableDocument."""
    return read_regular_file(source.path) if source.data is None else source.data


def read_regular_file(path: str) -> bytes:
    """The bytes of a regular file. Nothing else is read: a pipe or a device could hang or never end.

    The kind is asked of the open file, so that a file cannot be exchanged in between. Raises UnreadableDocument.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableDocument(f"not a file but {kind_of(status.st_mode)}", code="not_regular_file")
            refuse_large(status.st_size)
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableDocument(why_not(error), code="not_readable") from error


def refuse_large(size: int) -> None:
    """Raises UnreadableDocument for a file that is too large to be read."""
    if size > MOST_BYTES:
        message = f"it has {size >> 20:,} MiB, the limit is {MOST_BYTES >> 20}; split it"
        raise UnreadableDocument(message, code="limit_exceeded")


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp in what the system says of a file."""
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def kind_of(mode: int) -> str:
    """What lies there instead of a file, as a message says it."""
    return KINDS.get(stat.S_IFMT(mode), "something else")


def why_not(error: OSError) -> str:
    """Why a file cannot be read, in a sentence with a remedy where there is one."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "there is no such file; check the name"
        case PermissionError():
            return "no permission to read it; ask for read access or run as its owner"
        case _:
            return f"cannot be read ({error.strerror or error})"
