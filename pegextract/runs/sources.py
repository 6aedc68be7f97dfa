"""Source, Skipped, Failure: what an input turned out to be, and how its bytes are read."""

from __future__ import annotations

import os
import stat
from typing import BinaryIO, NamedTuple

from pegextract.errors import UnreadableDocument


class Source(NamedTuple):
    """One input that may be a document.

    path: what to open, with all links resolved; "" for standard input, whose bytes are in `data`
    name: relative to the input root, as documents.path holds it (names.portable_name) · size: in bytes.
    """

    path: str
    name: str
    size: int
    data: bytes | None = None


class Skipped(NamedTuple):
    """Something that is never opened, and why a person should know."""

    name: str
    reason: str


class Failure(NamedTuple):
    """An input that gave no records: a stable code and the reason in a sentence."""

    name: str
    code: str
    message: str


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
            mode = os.fstat(descriptor).st_mode
            if not stat.S_ISREG(mode):
                raise UnreadableDocument(f"not a file but {kind_of(mode)}", code="not_regular_file")
            return file.read()
    except OSError as error:
        raise UnreadableDocument(why_not(error), code="not_readable") from error


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
