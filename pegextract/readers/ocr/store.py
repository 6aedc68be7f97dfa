"""Pages that were read before, as bytes for recall.py: what recognition gave, apart from what is made of it.

The key is the content: the pixels, their resolution, the engines with their versions, the language, and our own steps.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace

from pegextract.findings import Finding, Severity
from pegextract.readers.ocr.engines import Engines
from pegextract.readers.ocr.picture import Picture
from pegextract.readers.pages import Page, PageWord, Rule

STEPS = 6
"""Raised with every change of this package that changes what is read off a page."""


def key_of(picture: Picture, engines: Engines) -> str:
    """What a page's words depend on, as one hash."""
    settings = f"{STEPS} {picture.pixels.shape} {picture.dpi:.4f} {engines.name} {engines.language}"
    digest = hashlib.sha256(settings.encode())
    digest.update(picture.pixels.tobytes())
    return f"page-{digest.hexdigest()}"


def written(page: Page) -> bytes:
    """The page as bytes, without its number: the same picture may be another page of another document."""
    return json.dumps(asdict(replace(page, number=0)), ensure_ascii=False).encode()


def read_back(data: bytes, number: int) -> Page | None:
    """The page that was written; None where it is damaged, or an older version wrote it."""
    try:
        kept = json.loads(data)
        kept["words"] = tuple(PageWord(*word) for word in kept["words"])
        kept["rules"] = tuple(Rule(*rule) for rule in kept["rules"])
        kept["findings"] = tuple(
            Finding(Severity(severity), *rest)._replace(page=number) for severity, *rest in kept["findings"]
        )
        return Page(**{**kept, "number": number})
    except (ValueError, TypeError, KeyError):
        return None
