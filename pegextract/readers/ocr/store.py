"""Pages that were read before: recognition costs seconds, so what it gave is kept apart from what is made of it.

The key is the content: the pixels, their resolution, the engines with their versions, the language, and our own steps.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import Protocol

from pegextract.findings import Finding, Severity
from pegextract.readers.ocr.engines import Engines
from pegextract.readers.ocr.picture import Picture
from pegextract.readers.pages import Page, PageWord, Rule

STEPS = 1
"""Raised with every change of this package that changes what is read off a page."""


class Store(Protocol):
    """Keeps texts by key."""

    def get(self, key: str) -> str | None:
        """The text that was kept; None where none was."""

    def put(self, key: str, text: str) -> None:
        """Keep a text; whoever comes second changes nothing."""


class FolderStore:
    """A folder with one file per page. Files are whole or not there; a damaged one counts as not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> str | None:
        """The text that was kept."""
        try:
            return self._path(key).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def put(self, key: str, text: str) -> None:
        """Keep a text. Raises OSError where the folder cannot be written."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            file.write(text)
        os.replace(file.name, path)  # noqa: PTH105  # pathlib's replace says no more

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"


def key_of(picture: Picture, engines: Engines) -> str:
    """What a page's words depend on, as one hash."""
    settings = f"{STEPS} {picture.pixels.shape} {picture.dpi:.4f} {engines.name} {engines.language}"
    digest = hashlib.sha256(settings.encode())
    digest.update(picture.pixels.tobytes())
    return digest.hexdigest()


def written(page: Page) -> str:
    """The page as text, without its number: the same picture may be another page of another document."""
    return json.dumps(asdict(replace(page, number=0)), ensure_ascii=False)


def read_back(text: str, number: int) -> Page | None:
    """The page that was written; None where the text is damaged, or an older version wrote it."""
    try:
        kept = json.loads(text)
        kept["words"] = tuple(PageWord(*word) for word in kept["words"])
        kept["rules"] = tuple(Rule(*rule) for rule in kept["rules"])
        kept["findings"] = tuple(
            Finding(Severity(severity), *rest)._replace(page=number) for severity, *rest in kept["findings"]
        )
        return Page(**{**kept, "number": number})
    except (ValueError, TypeError, KeyError):
        return None
