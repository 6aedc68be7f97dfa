"""What is inside a ZIP archive, asked before anything is unpacked."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from pegextract.errors import UnreadableDocument

MAX_ENTRIES = 10_000
MAX_UNPACKED = 1 << 30
"""Bytes that all entries together may unpack to."""
MAX_RATIO = 100
"""An entry above one megabyte may not unpack to more than this many times its packed size."""
_RATIO_COUNTS_FROM = 1 << 20
_ENCRYPTED = 0x1

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    OSError,
    ValueError,
    EOFError,
    RuntimeError,
    OverflowError,
    IndexError,
)


def entry_names(data: bytes) -> list[str] | None:
    """The names in the archive's directory; None when there is no readable directory."""
    entries = _entries(data)
    return None if entries is None else [entry.filename for entry in entries]


def check_zip(data: bytes, wanted: str) -> None:
    """Raise UnreadableDocument unless the archive is whole, not encrypted, no bomb and has an entry `wanted`*."""
    entries = _entries(data)
    if entries is None:
        raise UnreadableDocument("the Word file is cut off or damaged: copy it again from where it came from")
    if len(entries) > MAX_ENTRIES:
        raise _bomb(f"{len(entries)} entries, more than {MAX_ENTRIES}")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        raise _bomb(f"it would unpack to {unpacked >> 20} MiB, more than {MAX_UNPACKED >> 20}")
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise UnreadableDocument("the archive is encrypted: save it without a password", code="encrypted")
        if entry.file_size > _RATIO_COUNTS_FROM and entry.file_size > MAX_RATIO * entry.compress_size:
            raise _bomb(f"{entry.filename[:80]!r} would unpack to more than {MAX_RATIO} times its size")
    if not any(entry.filename.startswith(wanted) for entry in entries):
        raise UnreadableDocument(f"the archive is no Word document: it has no {wanted}.xml", code="type_mismatch")


def _entries(data: bytes) -> list[zipfile.ZipInfo] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except _DAMAGE:
        return None


def _bomb(what: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"the archive is built to exhaust memory ({what}) and was not opened", code="limit_exceeded"
    )
