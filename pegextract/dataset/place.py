"""Where everything of a dataset lies, and who may write it.

output/phases → current/phases      what people read: nothing but the Parquet files of one committed version
output/current → versions/7         the one thing that a commit switches
output/versions/7/                  the tables of a version, datapackage.json and manifest.json
output/.pegextract/                 the lock, what is being written, and what runs remember
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from pegextract.dataset.durable import machine_to_blame, make_folder
from pegextract.errors import DatasetDamaged, RunInProgress, UsageError

PACKAGE: Final = "datapackage.json"
_TARGET: Final = re.compile(r"versions/([1-9][0-9]{0,9})")


@dataclass(frozen=True, slots=True)
class Place:
    """The paths of the dataset in `root`."""

    root: Path

    @property
    def versions(self) -> Path:
        """The folder of all versions."""
        return self.root / "versions"

    @property
    def current(self) -> Path:
        """The link that leads to the committed version."""
        return self.root / "current"

    @property
    def state(self) -> Path:
        """What is no part of the data."""
        return self.root / ".pegextract"

    @property
    def staging(self) -> Path:
        """What is being written; whatever lies there without a lock is a leftover."""
        return self.state / "staging"

    def version(self, number: int) -> Path:
        """The folder of one version."""
        return self.versions / str(number)

    def number(self) -> int | None:
        """The committed version; None where nothing was committed yet. Raises DatasetDamaged for a foreign link."""
        try:
            target = str(self.current.readlink())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise DatasetDamaged(f"{self.current} is no link to a version: {error.strerror}") from error
        found = _TARGET.fullmatch(target)
        if found is None or not (self.root / target).is_dir():
            raise DatasetDamaged(f"{self.current} leads to {target!r}, which is no version")
        return int(found[1])

    def numbers(self) -> list[int]:
        """The versions that are there, up to the committed one."""
        last = self.number()
        return [number for number in self._all() if last is not None and number <= last]

    def leftovers(self) -> list[int]:
        """Versions that a killed run left: complete, but above the committed one, so never read.

        None where `current` is missing: then nobody can tell them from versions that were.
        """
        last = self.number()
        return [number for number in self._all() if last is not None and number > last]

    def next_number(self) -> int:
        """The number of the version that is written next."""
        return max(self._all(), default=0) + 1

    def _all(self) -> list[int]:
        return sorted(int(path.name) for path in self.versions.glob("[0-9]*") if path.name.isdecimal())


class Writing:
    """The right to write a dataset, held by at most one process: as a context manager, or until `close`.

    The kernel gives the lock back at any end of the process. Worker processes do not inherit it. Entering sweeps away
    what an earlier run left unfinished. Raises RunInProgress within a moment where another process holds it,
    UsageError where `root` is a file.
    """

    def __init__(self, root: Path) -> None:
        self.place = Place(root)
        if root.exists() and not root.is_dir():
            raise UsageError(f"{root} is a file; name a folder for the tables.")
        with machine_to_blame(f"write into {root}"):
            make_folder(self.place.state)
            self._lock = _locked(self.place.state / "lock")
            try:
                self._sweep()
            except BaseException:
                self.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let others write."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def remove(self, version: int) -> None:
        """Take a version away, whole from one moment to the next."""
        gone = self.place.staging / f"gone-{version}"
        shutil.rmtree(gone, ignore_errors=True)
        self.place.version(version).rename(gone)
        shutil.rmtree(gone)

    def _sweep(self) -> None:
        if self.place.staging.exists():
            shutil.rmtree(self.place.staging)
        make_folder(self.place.staging)
        for number in self.place.leftovers():
            self.remove(number)


def _locked(path: Path) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 1000, 0)
        os.close(descriptor)
        raise RunInProgress(f"another run is writing {path.parent.parent}: {_told(holder)}; try again later") from None
    except OSError:
        os.close(descriptor)
        raise
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps({"pid": os.getpid(), "since": _now()}).encode(), 0)
    return descriptor


def _told(holder: bytes) -> str:
    try:
        known = json.loads(holder)
        return f"process {int(known['pid'])}, since {datetime.fromisoformat(known['since']):%Y-%m-%d %H:%M:%S} UTC"
    except (ValueError, KeyError, TypeError):
        return "it has only just begun"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
