"""What lies in the inputs now: which documents, where, and which files are not to be read yet.

A file whose stamp is that of the last run is not opened: its document is known. Others are read to know them by their
bytes, once they have been left alone for a while: a file that is still being copied is pending, and taken later.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from time import time

from pegextract.errors import UnreadableDocument
from pegextract.runs.discover import FOLDER_NOT_READABLE, Found, LeftOut
from pegextract.runs.ledger import Known, Listed
from pegextract.runs.sources import PIECE, Failure, Skipped, Source, kind_of, refuse_large, stamp_of, why_not


@dataclass(slots=True)
class Survey:
    """What was found. documents: id → its files, the first name first · known: files as the ledger should hold them.

    pending: files that are too young, or changed while they were looked at · skipped: what is not read, and why
    waiting: the paths of files that are there and not read now · complete: every folder could be looked into
    discovered: everything but what is no document by its name (left_out).
    """

    documents: dict[str, list[Source]] = field(default_factory=dict)
    known: dict[str, Known] = field(default_factory=dict)
    pending: list[str] = field(default_factory=list)
    skipped: list[Failure] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    waiting: set[str] = field(default_factory=set)
    complete: bool = True
    discovered: int = 0

    @property
    def duplicates(self) -> int:
        """Files whose bytes another file has too."""
        return sum(len(sources) - 1 for sources in self.documents.values())

    def listed(self) -> dict[str, Listed]:
        """The documents as the dataset lists them."""
        return {
            document: Listed(sources[0].name, len(sources), sources[0].path)
            for document, sources in self.documents.items()
        }


def survey(
    found: Iterable[Found], before: Mapping[str, Known], settle: float, settled_below: str | None = None
) -> Survey:
    """Look at everything once.

    settle: seconds for which a file must have been left alone · settled_below: a folder whose files are never half.
    """
    result = Survey()
    for item in found:
        match item:
            case LeftOut():
                result.left_out[item.kind] += 1
                continue
            case Skipped():
                result.skipped.append(Failure(item.name, "not_regular_file", item.reason))
            case Failure():
                result.skipped.append(item)
                result.complete &= item.code != FOLDER_NOT_READABLE
            case Source():
                whole = settled_below is not None and item.path.startswith(f"{os.path.realpath(settled_below)}/")
                _look(result, item, before.get(item.path), 0 if whole else settle)
        result.discovered += 1
    for sources in result.documents.values():
        sources.sort(key=lambda source: source.name)
    return result


def _look(result: Survey, source: Source, last: Known | None, settle: float) -> None:
    """Put one file where it belongs."""
    assert source.stamp is not None  # files of folders have one; standard input is not surveyed
    now = time()
    same = last is not None and last.stamp == source.stamp
    known = last if last is not None and same else Known(source.stamp, now, None)
    if known.document is None:
        try:
            refuse_large(source.size)
            document = _identity(source) if _settled(known, now, settle) else None
        except UnreadableDocument as error:
            result.skipped.append(Failure(source.name, error.code, str(error)))
            result.waiting.add(source.path)
            return
        known = known._replace(document=document)
    result.known[source.path] = known
    if known.document is None:
        result.pending.append(source.name)
        result.waiting.add(source.path)
    else:
        result.documents.setdefault(known.document, []).append(source)


def _settled(known: Known, now: float, settle: float) -> bool:
    """Whether a file has been left alone long enough, by its own times or by two looks.

    The time of its last change is the system's own and cannot be set back by who copies; a clock that was can only
    delay, for then the looks decide.
    """
    changed = known.stamp.ctime / 1e9
    return now - changed >= settle or 0 < settle <= now - known.looked


def _identity(source: Source) -> str | None:
    """The SHA-256 of the file's bytes; None where it changed meanwhile. Raises UnreadableDocument."""
    digest = hashlib.sha256()
    try:
        descriptor = os.open(source.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableDocument(f"not a file but {kind_of(status.st_mode)}", code="not_regular_file")
            if stamp_of(status) != source.stamp:
                return None
            while piece := file.read(PIECE * 16):
                digest.update(piece)
            return digest.hexdigest() if stamp_of(os.fstat(descriptor)) == source.stamp else None
    except OSError as error:
        raise UnreadableDocument(why_not(error), code="not_readable") from error
