"""One document by itself, without a dataset."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from pegextract.errors import UnreadableDocument, UsageError
from pegextract.extraction import Extraction
from pegextract.runs.discover import STANDARD_INPUT
from pegextract.runs.extract import Settings, extract_document
from pegextract.runs.names import portable_name
from pegextract.runs.sources import read_regular_file, read_stream


def extract_one(file: str, stdin: BinaryIO, settings: Settings) -> tuple[str, Extraction]:
    """The name of a file (or `-`) and what is in it. Raises UsageError where it cannot be read."""
    if file == STANDARD_INPUT:
        return "stdin", extract_document(read_stream(stdin), "stdin", settings)
    name = portable_name(file)
    if Path(file).is_dir():
        raise UsageError(f"{name} is a folder; give one document, or use: pegextract convert {name} -o output")
    try:
        data = read_regular_file(os.path.realpath(file))
    except UnreadableDocument as error:
        raise UsageError(f"{name}: {error}") from error
    return name, extract_document(data, name, settings)
