"""Inputs and datasets in a store that is no local folder (`s3://…` and whatever else fsspec knows).

Objects are mirrored into a local folder, and only those that changed are fetched. A version is copied into the store
under a name of its own and then committed by one object that may be created once, `commits/<n>.json`: of two writers
one gets a number, the other the next. A reader takes the commit with the highest number and finds all its files.
"""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, Final, NamedTuple

from pegextract.dataset.manifest import MANIFEST
from pegextract.dataset.place import Place
from pegextract.dataset.versions import committed
from pegextract.errors import EnvironmentFault, UsageError
from pegextract.runs.names import portable_name
from pegextract.runs.sources import Failure

_LONGEST: Final = 255
_TRIES: Final = 50


class Commit(NamedTuple):
    """A version in a store. number: counts commits there · folder: where its files lie · content: their digest."""

    number: int
    folder: str
    content: str


def is_remote(given: str) -> bool:
    """Whether an input or output names a store."""
    return "://" in given


def mirror(url: str, folder: Path) -> list[Failure]:
    """Make `folder` hold what the store holds under `url`; returns the objects that cannot be files.

    Raises EnvironmentFault where the store cannot be listed or read: then nothing is taken for deleted.
    """
    store, root = _store(url)
    index_path = folder.with_name(f"{folder.name}.json")
    before = _read_index(index_path)
    index: dict[str, str] = {}
    failures: list[Failure] = []
    folder.mkdir(parents=True, exist_ok=True)
    with _store_to_blame(url):
        for path, facts in sorted(store.find(root, detail=True).items()):
            name = path[len(root) :].lstrip("/")
            if not _may_be_a_file(name):
                failures.append(Failure(portable_name(name), "not_readable", "an object of this name cannot be a file"))
                continue
            index[name] = _state(facts)
            target = folder / name
            if before.get(name) != index[name] or not target.is_file():
                _fetch(store, path, target)
    for name in before.keys() - index.keys():
        (folder / name).unlink(missing_ok=True)
    index_path.write_text(json.dumps(index), encoding="utf-8", errors="surrogateescape")
    return failures


def publish(place: Place, url: str) -> tuple[Commit, bool]:
    """Commit the current version of a local dataset to a store. Returns the commit, and whether it is new.

    Where the newest commit there holds the same data nothing is done. Raises EnvironmentFault.
    """
    manifest = committed(place)
    if manifest is None:
        raise UsageError(f"{place.root} holds nothing that could be published")
    store, root = _store(url)
    with _store_to_blame(url):
        last = newest(url)
        if last and last.content == manifest.content:
            return last, False
        folder = f"versions/{manifest.content[:12]}-{uuid.uuid4().hex[:12]}"
        local = place.version(manifest.version)
        for name in (*(file.path for file in manifest.files), MANIFEST):
            store.put_file(str(local / name), f"{root}/{folder}/{name}")
            if store.size(f"{root}/{folder}/{name}") != (local / name).stat().st_size:
                raise OSError(f"{name} arrived cut")
        return _commit(store, root, url, folder, manifest.content), True


def newest(url: str) -> Commit | None:
    """The newest commit in a store; None where there is none. Raises EnvironmentFault."""
    store, root = _store(url)
    with _store_to_blame(url):
        store.invalidate_cache()
        try:
            names = store.ls(f"{root}/commits", detail=False)
        except FileNotFoundError:
            return None
        numbers = sorted(name for name in names if PurePosixPath(name).stem.isdecimal())
        if not numbers:
            return None
        return Commit(**json.loads(store.cat_file(numbers[-1])))


def _commit(store: Any, root: str, url: str, folder: str, content: str) -> Commit:
    """Take the next number that nobody has."""
    for _ in range(_TRIES):
        last = newest(url)
        commit = Commit((last.number if last else 0) + 1, folder, content)
        try:
            data = json.dumps(commit._asdict()).encode()
            store.pipe_file(f"{root}/commits/{commit.number:010d}.json", data, mode="create")
        except FileExistsError:
            continue
        return commit
    raise OSError("other writers were always faster")


def _store(url: str) -> tuple[Any, str]:
    try:
        import fsspec

        store, root = fsspec.core.url_to_fs(url)
    except ImportError as error:
        raise UsageError(f"{url}: {error}; install pegextract[remote]") from error
    except ValueError as error:
        raise UsageError(f"{url}: {error}") from error
    store.invalidate_cache()
    return store, str(root).rstrip("/")


@contextmanager
def _store_to_blame(url: str) -> Iterator[None]:
    """Whatever a store does not do is the machine's fault; its message may name a key, so only its kind is told."""
    try:
        yield
    except (UsageError, EnvironmentFault):
        raise
    except Exception as error:
        what = type(error).__name__
        raise EnvironmentFault(
            f"{url.partition('?')[0]} cannot be read or written ({what}); nothing was changed"
        ) from error


def _state(facts: dict[str, Any]) -> str:
    """What tells one content of an object from another."""
    stamp = facts.get("ETag") or facts.get("etag") or facts.get("LastModified") or facts.get("mtime") or ""
    return f"{facts.get('size')} {stamp}"


def _may_be_a_file(name: str) -> bool:
    parts = name.split("/")
    return (
        all(part not in ("", ".", "..") and len(part.encode(errors="replace")) <= _LONGEST for part in parts)
        and "\0" not in name
    )


def _fetch(store: Any, path: str, target: Path) -> None:
    """Fetch an object under another name first: no run sees half of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(".fetching")
    store.get_file(path, str(new))
    if target.is_dir():
        shutil.rmtree(target)
    new.replace(target)


def _read_index(path: Path) -> dict[str, str]:
    try:
        index = json.loads(path.read_text(encoding="utf-8", errors="surrogateescape"))
    except (OSError, ValueError):
        return {}
    return index if isinstance(index, dict) else {}
