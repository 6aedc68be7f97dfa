"""The manifest of a version: every file with its SHA-256, and a seal over the manifest itself.

It lies beside the tables, `versions/7/manifest.json`, outside the folders that people read. Its bytes are the one
canonical form of its content, so that any change to it is noticed like a change to a data file.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pegextract.dataset.columns import CONTRACT
from pegextract.dataset.durable import refuse_machines_fault
from pegextract.errors import DatasetDamaged, DatasetTooNew
from pegextract.version import __version__

MANIFEST: Final = "manifest.json"
FORMAT: Final = 1
"""How a dataset lies on disk. A higher number is refused, a lower one is read."""
_LARGEST: Final = 16 << 20

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0)]


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class DataFile(_Part):
    """One file of a version; `path` is relative to the version's folder and never leads out of it."""

    path: Annotated[str, Field(pattern=r"^([a-z][a-z_]*/[A-Za-z0-9_-]+\.parquet|[a-z]+\.json)$")]
    sha256: Digest
    size: Count


class Filled(_Part):
    """What a table holds: rows, and per column how many of them have a value."""

    rows: Count
    columns: dict[str, Count]


class Manifest(_Part):
    """What a version consists of. `created` is UTC and informs only: the order of versions is that of their numbers.

    refused: the content that a rollback took back, which no run publishes again by itself.
    """

    format: Annotated[int, Field(ge=1)] = FORMAT
    version: Annotated[int, Field(ge=1)]
    created: str
    software: str = __version__
    contract: str = CONTRACT
    note: str = ""
    refused: Digest | None = None
    tables: dict[str, Filled]
    files: tuple[DataFile, ...]

    @property
    def content(self) -> str:
        """One digest of all data: equal for two versions that hold the same files."""
        listed = "".join(f"{file.sha256}  {file.path}\n" for file in sorted(self.files, key=lambda file: file.path))
        return hashlib.sha256(listed.encode()).hexdigest()

    def file(self, path: str) -> DataFile | None:
        """The file of that path."""
        return next((file for file in self.files if file.path == path), None)


def encode_manifest(manifest: Manifest) -> bytes:
    """The canonical bytes, sealed."""
    content = manifest.model_dump(mode="json")
    return _canonical(content | {"seal": _seal(content)})


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the version in `folder`.

    Raises DatasetDamaged, DatasetTooNew for a format of the future, EnvironmentFault where the machine cannot read it.
    """
    path = folder / MANIFEST
    try:
        data = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
        content = json.loads(data)
        written = content["format"]
    except (OSError, MemoryError, ValueError, KeyError, TypeError, RecursionError) as error:
        refuse_machines_fault(path, error)
        raise DatasetDamaged(f"{path} is not a manifest ({_short(error)}); see: pegextract verify") from error
    if isinstance(written, int) and written > FORMAT:
        raise DatasetTooNew(f"{path} has format {written}, this pegextract knows up to {FORMAT}; install a newer one")
    seal = content.pop("seal", None)
    if seal != _seal(content) or data != _canonical(content | {"seal": seal}):
        raise DatasetDamaged(f"{path} was changed after it was written; see: pegextract verify")
    try:
        return Manifest.model_validate_json(json.dumps(content))
    except ValidationError as error:
        raise DatasetDamaged(f"{path} does not hold together ({_short(error)}); see: pegextract verify") from error


def _canonical(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, indent=1, sort_keys=True) + "\n").encode()


def _seal(content: dict[str, Any]) -> str:
    return hashlib.sha256(_canonical(content)).hexdigest()


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
