"""The document behind a row: found again by its name and known by its bytes; and the lines around a place in it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pegextract.dataset.read import Row
from pegextract.errors import DocumentError, UnreadableDocument
from pegextract.runs.names import name_on_disk, one_to_one, portable_name
from pegextract.runs.sources import read_regular_file

PAGED = ("pdf", "ocr", "mixed")
"""Readers whose values stand in boxes on pages: nothing is read again to tell where."""
AROUND = 2
"""Lines shown before and after the spot."""
MOST_MARKED = 8
"""Lines of the spot itself that are shown; of a longer one its beginning and its end."""
_FEW = 3


class Source(NamedTuple):
    """The text of a document. path: where it was found.

    The text is None, with the reason, where it is not to be had, and None where places are boxes on pages.
    """

    path: Path | None
    text: str | None
    reason: str = ""


class Shown(NamedTuple):
    """A line of a source: its number from 1 (None for lines left out), text, and the marked part (start, end) of it."""

    number: int | None
    text: str
    marked: tuple[int, int] | None


def find_source(document: Row, output: Path, given: Path | None) -> Source:
    """The document of a row of `documents`.

    It is looked for in `given` (the file or the folder), else in the current folder, the folder that holds the
    dataset, and the folders directly in those. Only the same bytes are the same document.
    """
    name = name_on_disk(document["path"])
    changed: Path | None = None
    for path in _candidates(name, output, given):
        try:
            data = read_regular_file(str(path)) if path.stat().st_size == document["size_bytes"] else None
        except (UnreadableDocument, OSError):
            continue
        if data is not None and hashlib.sha256(data).hexdigest() == document["document_id"]:
            return Source(path, None) if document["reader"] in PAGED else _text_of(path, data, name)
        changed = changed or path
    if changed:
        return Source(None, None, f"{portable_name(str(changed))} is not the file that was converted: its bytes differ")
    return Source(None, None, f"the document {document['path']} is not here; name its folder with --source")


def _candidates(name: str, output: Path, given: Path | None) -> Iterator[Path]:
    """Where the document may lie, the likeliest first."""
    if given is not None:
        yield from (given, given / name, given / Path(name).name)
        return
    homes = list(dict.fromkeys((Path.cwd(), output.resolve().parent)))
    yield from (home / name for home in homes)
    for home in homes:
        yield from (Path(folder) / name for folder in _folders_in(home))


def _folders_in(home: Path) -> list[str]:
    try:
        with os.scandir(home) as entries:
            return sorted(entry.path for entry in entries if entry.is_dir() and not entry.name.startswith("."))
    except OSError:
        return []


def _text_of(path: Path, data: bytes, name: str) -> Source:
    """The text that evidence counts its characters in: as decoded, or as read where the file is no plain text."""
    from pegextract.readers.decode import decode
    from pegextract.readers.door import read_document

    try:
        document = read_document(data, name)
        text = decode(data)[0] if document.reader in ("text", "markdown") else document.text
    except DocumentError as error:
        return Source(path, None, str(error))
    return Source(path, text)


def lines_around(text: str, start: int, end: int, width: int) -> list[Shown]:
    """The lines of text[start:end] with some before and after, none longer than `width` characters."""
    first = text.rfind("\n", 0, start) + 1
    number = text.count("\n", 0, first) + 1
    before = text[:first].split("\n")[:-1][-AROUND:]
    after_at = text.find("\n", max(start, end - 1))
    marked = text[first : len(text) if after_at < 0 else after_at].split("\n")
    after = [] if after_at < 0 else text[after_at + 1 : after_at + 1 + AROUND * 10_000].split("\n")[:AROUND]
    shown = [Shown(number - len(before) + i, *_cut(line, None, width)) for i, line in enumerate(before)]
    shown += _marked_lines(marked, number, start - first, end - first, width)
    return shown + [Shown(number + len(marked) + i, *_cut(line, None, width)) for i, line in enumerate(after)]


def _marked_lines(lines: list[str], number: int, start: int, end: int, width: int) -> list[Shown]:
    """The lines that hold the spot, which begins at `start` and ends before `end`, counted from the first line."""
    shown = []
    at = 0
    for index, line in enumerate(lines):
        spot = (max(start - at, 0), min(end - at, len(line)))
        shown.append(Shown(number + index, *_cut(line, spot if spot[0] < spot[1] else None, width)))
        at += len(line) + 1
    if len(shown) <= MOST_MARKED:
        return shown
    left_out = Shown(None, f"… {len(shown) - 2 * _FEW} lines …", None)
    return [*shown[:_FEW], left_out, *shown[-_FEW:]]


def _cut(line: str, spot: tuple[int, int] | None, width: int) -> tuple[str, tuple[int, int] | None]:
    """What fits of a line, with as much as possible of the spot in it, and the spot's place in that."""
    if len(line) <= width:
        return one_to_one(line), spot
    begin = 0 if spot is None else max(0, min(spot[0] - width // 4, len(line) - width))
    text = one_to_one(line[begin : begin + width])
    text = ("…" if begin else text[:1]) + text[1:-1] + ("…" if begin + width < len(line) else text[-1:])
    return text, None if spot is None else (spot[0] - begin, min(spot[1] - begin, width))
