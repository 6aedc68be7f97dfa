"""The ledger: what runs remember of every file and every document (SQLite, in `output/.pegextract/ledger.sqlite`).

It is a memory, never the truth: what it has lost is read again. Each document is written down in one transaction, so a
kill costs those that were under way. Only the holder of the dataset's lock opens it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

from pegextract.errors import DatasetTooNew, EnvironmentFault
from pegextract.extraction import Extraction
from pegextract.runs.results import DamagedResult, decode_result, encode_result
from pegextract.runs.sources import Stamp

FORMAT: Final = 1
_SCHEMA: Final = """
create table files(path blob primary key, size int, mtime int, ctime int, inode int, looked real, document text);
create table documents(document text primary key, fingerprint text, state text, attempts int, code text, result blob);
create table words(document text, key text, data blob, primary key(document, key)) without rowid;
create table published(document text primary key, name text, copies int, path blob);
create table notes(name text primary key, value text);
"""


class Known(NamedTuple):
    """A file as the last run saw it. looked: when, in seconds since 1970 · document: None while it was pending."""

    stamp: Stamp
    looked: float
    document: str | None


class Listed(NamedTuple):
    """How a document stands in the dataset: the first of its names, how many copies it has, the path of the first."""

    name: str
    copies: int
    path: str


class Ledger:
    """Opened for one run; as a context manager. Raises EnvironmentFault where the disk does not take what is written.

    A ledger that is damaged is put aside and begun anew; `begun_anew` says so.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.begun_anew = False
        try:
            self._database = self._open()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and not _damaged(error):
                raise EnvironmentFault(f"Cannot open {path}: {error}. Free some space, check who may write.") from error
            self.begun_anew = True
            for suffix in ("", "-wal", "-shm"):
                old = path.with_name(path.name + suffix)
                if old.exists():
                    old.replace(old.with_name(f"damaged-{old.name}"))
            self._database = self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def files(self) -> dict[str, Known]:
        """What the last run saw, by path."""
        rows = self._database.execute("select path, size, mtime, ctime, inode, looked, document from files")
        return {os.fsdecode(row[0]): Known(Stamp(*row[1:5]), row[5], row[6]) for row in rows}

    def write_files(self, changed: dict[str, Known], gone: Iterable[str]) -> None:
        """Write down how files look now, and forget those that are gone."""
        rows = [(os.fsencode(path), *known.stamp, known.looked, known.document) for path, known in changed.items()]
        with self._transaction() as database:
            database.executemany("replace into files values (?, ?, ?, ?, ?, ?, ?)", rows)
            database.executemany("delete from files where path = ?", [(os.fsencode(path),) for path in gone])

    def states(self, fingerprint: str) -> dict[str, str]:
        """Documents that need not be read again under this fingerprint, each with its state: read or quarantined."""
        rows = self._database.execute("select document, state from documents where fingerprint = ?", (fingerprint,))
        return dict(rows)

    def write_result(self, extraction: Extraction, fingerprint: str, state: str, attempts: int = 1) -> None:
        """Write down what a document gave; it is kept once this returns, whatever happens to the process."""
        row = (extraction.document_id, fingerprint, state, attempts, extraction.error_code, encode_result(extraction))
        with self._transaction() as database:
            database.execute("replace into documents values (?, ?, ?, ?, ?, ?)", row)

    def result(self, document: str) -> Extraction | None:
        """What a document gave; None where it is not known, or no longer readable."""
        row = self._database.execute("select result from documents where document = ?", (document,)).fetchone()
        try:
            extraction = None if row is None else decode_result(row[0])
        except DamagedResult:
            return None
        return extraction if extraction and extraction.document_id == document else None

    def forget(self, documents: Iterable[str]) -> None:
        """Forget results, so that the documents are read again."""
        with self._transaction() as database:
            database.executemany("delete from documents where document = ?", [(one,) for one in documents])

    def forget_all(self) -> int:
        """Forget every result, but not the words that were recognised; returns how many."""
        with self._transaction() as database:
            return database.execute("delete from documents").rowcount

    def words(self, document: str) -> Iterator[tuple[str, bytes]]:
        """What was recognised on the pages of a document: (key, data with its checksum)."""
        yield from self._database.execute("select key, data from words where document = ?", (document,))

    def write_words(self, document: str, words: Iterable[tuple[str, bytes]]) -> None:
        """Keep what was recognised on the pages of a document."""
        with self._transaction() as database:
            database.executemany("replace into words values (?, ?, ?)", [(document, *pair) for pair in words])

    def published(self) -> dict[str, Listed]:
        """The documents of the version that was published last."""
        rows = self._database.execute("select document, name, copies, path from published")
        return {row[0]: Listed(row[1], row[2], os.fsdecode(row[3])) for row in rows}

    def write_published(self, documents: dict[str, Listed], notes: dict[str, str]) -> None:
        """These documents, and no others, are published now, and so are these notes."""
        with self._transaction() as database:
            database.execute("delete from published")
            rows = [(k, one.name, one.copies, os.fsencode(one.path)) for k, one in documents.items()]
            database.executemany("insert into published values (?, ?, ?, ?)", rows)
            database.executemany("replace into notes values (?, ?)", notes.items())

    def note(self, name: str) -> str | None:
        """A value that a run left for the next one."""
        row = self._database.execute("select value from notes where name = ?", (name,)).fetchone()
        return row[0] if row else None

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.path, isolation_level=None, timeout=10)
        try:
            database.execute("pragma journal_mode = wal")
            database.execute("pragma synchronous = normal")
            found = database.execute("pragma user_version").fetchone()[0]
            if found > FORMAT:
                raise DatasetTooNew(f"{self.path} has format {found}, this pegextract knows up to {FORMAT}")
            if found == 0:
                database.executescript(f"begin; {_SCHEMA} pragma user_version = {FORMAT}; commit;")
            elif database.execute("pragma quick_check").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("it is damaged")
        except BaseException:
            database.close()
            raise
        return database

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            self._database.execute("begin immediate")
            yield self._database
            self._database.execute("commit")
        except sqlite3.Error as error:
            raise EnvironmentFault(f"Cannot write {self.path}: {error}. Free some space, run again.") from error
        finally:
            if self._database.in_transaction:
                self._database.execute("rollback")


def _damaged(error: sqlite3.OperationalError) -> bool:
    """Whether an error of the system is one of the file's content: SQLite calls a foreign table layout so."""
    return "no such" in str(error) or "already exists" in str(error) or "malformed" in str(error)
