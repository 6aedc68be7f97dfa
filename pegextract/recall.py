"""What costly steps found before: a small memory that readers may ask and fill, kept apart from what is made of it.

The words that OCR saw on a page are the same whatever rule reads them afterwards. A reader asks `recalled(key)` first
and says `remember(key, data)` after the work. A run lends each document a folder for it; elsewhere nothing is kept.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

_KEY: Final = re.compile(r"[0-9a-z-]{1,120}")
_DIGEST: Final = 32
_folder: Path | None = None


def recall_from(folder: Path | None) -> None:
    """From now on keep things in this folder; None: nowhere."""
    global _folder  # noqa: PLW0603  # one process works on one document at a time
    _folder = folder


def recalled(key: str) -> bytes | None:
    """What was remembered under the key; None where nothing is, or it is damaged. Raises ValueError for a bad key."""
    path = _path(key)
    if path is None or not path.is_file():
        return None
    return unsealed(path.read_bytes())


def remember(key: str, data: bytes) -> None:
    """Keep data under a key of lower-case letters, digits and hyphens that says all that the data depends on."""
    path = _path(key)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(hashlib.sha256(data).digest() + data)


def unsealed(data: bytes) -> bytes | None:
    """The data behind its checksum; None where they do not fit."""
    return data[_DIGEST:] if hashlib.sha256(data[_DIGEST:]).digest() == data[:_DIGEST] else None


def sound(key: str, data: bytes) -> bool:
    """Whether somebody may have kept this with `remember`: a key that is one, data that fit their checksum."""
    return _KEY.fullmatch(key) is not None and unsealed(data) is not None


def _path(key: str) -> Path | None:
    if not _KEY.fullmatch(key):
        raise ValueError(f"{key!r} is no key: lower-case letters, digits and hyphens")
    return None if _folder is None else _folder / key
