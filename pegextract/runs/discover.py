"""Which inputs are there: files, folders, standard input.

What the command line names is read, whatever it is called, and a link that it names is followed. From folders, all
the way down, come the regular files that are documents by their ending (`DOCUMENT_ENDINGS`, or none at all). Left out
and only counted are hidden names, other endings, and what projects keep beside their data (`NOT_DOCUMENTS`). Links,
pipes and devices are named and never opened. The output folder is not read back.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pegextract.errors import UsageError
from pegextract.runs.names import portable_name
from pegextract.runs.sources import Failure, Skipped, Source, kind_of, read_stream, stamp_of, why_not

STANDARD_INPUT = "-"
FOLDER_NOT_READABLE = "folder_not_readable"
"""Code of a folder that nobody can look into: what lies in it is unknown, which is not the same as nothing."""
DOCUMENT_ENDINGS = frozenset(
    f".{ending}"
    for ending in (
        *("txt", "text", "md", "markdown", "html", "htm", "xhtml", "docx", "doc", "odt", "rtf"),
        *("pdf", "png", "jpg", "jpeg", "tif", "tiff", "p7m"),
    )
)
"""Formats that no reader knows (.doc, .odt, .rtf) are taken too: they fail with a reason, and nothing is lost."""
NOT_DOCUMENTS = ("readme*", "changelog*", "contributing*", "license*", "licence*", "makefile", "dockerfile")
_ENDING = re.compile(r"\.(?=[0-9]*[a-z])[a-z0-9]{1,9}$")  # ".2021" is no ending


class LeftOut(NamedTuple):
    """A file of a folder that is no document: counted by kind, never opened."""

    kind: str


Found = Source | Skipped | Failure | LeftOut


def discover(inputs: Sequence[str], output: Path, stdin: BinaryIO, stdin_name: str) -> Iterator[Found]:
    """Everything that the inputs name, in their order, folders sorted by name; each file once.

    Raises UsageError where an input is the output folder itself.
    """
    avoid = os.path.realpath(output)
    seen: set[str] = set()
    for given in dict.fromkeys(inputs):
        for found in _named(given, avoid, stdin, stdin_name):
            if isinstance(found, Source) and found.path:
                if found.path in seen:
                    continue
                seen.add(found.path)
            yield found


def _named(given: str, avoid: str, stdin: BinaryIO, stdin_name: str) -> Iterator[Found]:
    """What one argument of the command line names."""
    if given == STANDARD_INPUT:
        data = read_stream(stdin)
        yield Source("", portable_name(stdin_name), len(data), data)
        return
    path = os.path.realpath(given)
    shown = portable_name(given)
    try:
        status = os.lstat(path)
    except (OSError, ValueError) as error:
        reason = why_not(error) if isinstance(error, OSError) else str(error)
        yield Failure(shown, "not_readable", reason)
        return
    if stat.S_ISDIR(status.st_mode):
        if path == avoid:
            raise UsageError(f"{shown} is both input and output; name another output folder with -o")
        yield from _folder(path, avoid)
    elif stat.S_ISREG(status.st_mode):
        name = portable_name(os.path.basename(path))  # noqa: PTH119  # bytes-safe names
        yield Source(path, name, status.st_size, stamp=stamp_of(status))
    else:
        message = (
            f"not a file but {kind_of(status.st_mode)}; to read from a program, pipe it into: pegextract convert -"
        )
        yield Failure(shown, "not_regular_file", message)


def _folder(root: str, avoid: str) -> Iterator[Found]:
    """What a folder holds, depth first, by name."""
    waiting = [("", root)]
    while waiting:
        name, path = waiting.pop()
        try:
            with os.scandir(path) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield Failure(portable_name(name or root), FOLDER_NOT_READABLE, why_not(error))
            continue
        below = []
        for entry in entries:
            inside = f"{name}/{entry.name}" if name else entry.name
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                below += [(inside, entry.path)] if entry.path != avoid else []
            else:
                yield _entry(entry, inside)
        waiting += reversed(below)


def _entry(entry: os.DirEntry[str], inside: str) -> Found:
    """What one entry of a folder is, short of opening it."""
    kind = left_out_as(entry.name)
    if kind:
        return LeftOut(kind)
    name = portable_name(inside)
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        return Failure(name, "not_readable", why_not(error))
    if not stat.S_ISREG(status.st_mode):
        return Skipped(name, f"{kind_of(status.st_mode)} is not opened")
    return Source(entry.path, name, status.st_size, stamp=stamp_of(status))


def left_out_as(name: str) -> str | None:
    """Why a file of a folder is no document, as a kind to count it by; None where it may be one."""
    if name.startswith("."):
        return "hidden"
    lower = name.lower()
    if any(fnmatch(lower, pattern) for pattern in NOT_DOCUMENTS):
        return name.split(".", maxsplit=1)[0]
    ending = _ENDING.search(lower)
    return None if ending is None or ending[0] in DOCUMENT_ENDINGS else ending[0]
