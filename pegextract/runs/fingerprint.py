"""What a result depends on besides the document: the code that reads, the libraries below it, forms and settings."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import fields
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from pegextract.errors import EnvironmentFault
from pegextract.readers.ocr.tesseract import installed
from pegextract.readers.options import ReaderOptions
from pegextract.runs.extract import Settings

_PACKAGE: Final = Path(__file__).parents[1]
_READING: Final = ("readers", "layouts", "values", "*.py", "runs/extract.py", "runs/witness.py", "runs/results.py")
_WRITING: Final = ("dataset", "registry")
_NOT_READING: Final = {"cli.py", "__main__.py", "__init__.py", "version.py", "errors.py", "heartbeat.py"}
_LIBRARIES: Final = (
    "numpy", "pillow",
    "pypdfium2", "pdfplumber", "pdfminer.six", "pytesseract", "rapidocr", "onnxruntime", "opencv-python-headless",
    "beautifulsoup4", "lxml", "python-docx", "ftfy", "rapidfuzz",
)  # fmt: skip


def fingerprint(settings: Settings) -> str:
    """One digest of all that decides what is read in a document; results under another one are read anew."""
    digest = hashlib.sha256(code_digest().encode())
    for field in fields(settings):
        digest.update(f"{field.name}={_told(getattr(settings, field.name))}\n".encode())
    return digest.hexdigest()


def refuse_changed_code() -> None:
    """Raises EnvironmentFault where the code that reads is no longer what `code_digest` first told this process.

    Worker processes load it when they start: one that was started since may have read by other rules.
    """
    if code_digest() != code_digest.__wrapped__():
        raise EnvironmentFault("pegextract, or a library below it, was changed while it ran; run again")


@lru_cache(maxsize=1)
def table_fingerprint() -> str:
    """One digest of the code that makes tables of results; tables under another one are written anew."""
    return _of_files(_files(_WRITING))


def _told(value: object) -> str:
    """A setting, spelled out: forms by their content, whatever file they came from."""
    if isinstance(value, BaseModel):
        return value.model_dump_json()
    if isinstance(value, ReaderOptions):
        read = [getattr(value, field.name) for field in fields(value) if field.name not in ("password", "ocr_cache")]
        return f"{read} {_disguised(value.password)} tesseract={engine.version if (engine := installed()) else None}"
    if isinstance(value, tuple):
        return "".join(_told(part) for part in value)
    return repr(value)


@lru_cache(maxsize=1)
def _disguised(password: str | None) -> str:
    """Tells one password from another, and costs who would try many a second for each dozen."""
    return hashlib.pbkdf2_hmac("sha256", password.encode(), b"pegextract", 200_000).hex() if password else ""


@lru_cache(maxsize=1)
def code_digest() -> str:
    """The code that reads and the libraries that it stands on, by content: nobody has to remember a version."""
    libraries = "".join(f"{name}={_version(name)}\n" for name in _LIBRARIES)
    return hashlib.sha256(f"{_of_files(_files(_READING))}\n{libraries}".encode()).hexdigest()


def _of_files(paths: set[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.relative_to(_PACKAGE).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def _files(patterns: Sequence[str]) -> set[Path]:
    found: set[Path] = set()
    for pattern in patterns:
        found.update(_PACKAGE.glob(pattern if pattern.endswith(".py") else f"{pattern}/**/*.py"))
    return {path for path in found if path.relative_to(_PACKAGE).as_posix() not in _NOT_READING}


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"
