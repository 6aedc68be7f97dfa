"""One document by itself, without a dataset."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pegextract.errors import UnreadableDocument, UsageError
from pegextract.extraction import Extraction
from pegextract.runs.discover import STANDARD_INPUT
from pegextract.runs.extract import Settings, extract_document
from pegextract.runs.names import portable_name
from pegextract.runs.sources import read_regular_file, read_stream


class One(NamedTuple):
    """A document that stands alone: what it is called, and its bytes."""

    name: str
    data: bytes

    def extract(self, settings: Settings) -> Extraction:
        """What is in it."""
        return extract_document(self.data, self.name, settings)


def read_one(file: str, stdin: BinaryIO) -> One:
    """A file, or standard input for `-`. Raises UsageError where it cannot be read."""
    if file == STANDARD_INPUT:
        return One("stdin", read_stream(stdin))
    name = portable_name(file)
    if Path(file).is_dir():
        raise UsageError(f"{name} is a folder; give one document, or use: pegextract convert {name} -o output")
    try:
        return One(name, read_regular_file(os.path.realpath(file)))
    except UnreadableDocument as error:
        raise UsageError(f"{name}: {error}") from error
