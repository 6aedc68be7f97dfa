"""Inputs and datasets in an object store: moto's, on loopback."""

from __future__ import annotations

import io
import json
import threading
import uuid

import pandas as pd
import pytest

from pegextract.dataset.place import Place
from pegextract.dataset.read import load_table
from pegextract.errors import EnvironmentFault, UsageError
from pegextract.runs import ingest as module
from pegextract.runs.remote import mirror, newest, publish
from tests.dataset.examples import archive, digest, extraction, record, sheet, write
from tests.runs.nights import NOTHING, InHouse, night, plain

moto = pytest.importorskip("moto.server", reason="moto is not installed")
s3fs = pytest.importorskip("s3fs", reason="s3fs is not installed")


@pytest.fixture(scope="module")
def server():
    """A store, and its address."""
    store = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    store.start()
    host, port = store.get_host_and_port()
    yield f"http://{host}:{port}"
    store.stop()


@pytest.fixture
def bucket(server, monkeypatch):
    """An empty bucket: its URL and a file system to look into it."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "SECRET-KEY")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", server)
    s3fs.S3FileSystem.clear_instance_cache()
    store = s3fs.S3FileSystem()
    name = f"peg-{uuid.uuid4().hex[:8]}"
    store.mkdir(name)
    return f"s3://{name}", store


def test_a_folder_in_a_store_is_ingested(bucket, tmp_path, monkeypatch):
    """Objects become documents under their own names; changed ones are read again, deleted ones leave."""
    url, store = bucket
    monkeypatch.setattr(module, "Workers", InHouse)
    for number in range(12):
        store.pipe_file(f"{url}/in/{number:02}/perché.txt", f"2020 title {number}".encode())

    def run():
        return night(f"{url}/in", tmp_path / "out", settings=NOTHING, extract=plain, settle=60.0)

    done, heard = run()
    assert (done.account.published, done.account.pending) == (12, 0)
    assert "03/perché.txt" in heard.read
    assert run()[1].read == []
    store.pipe_file(f"{url}/in/03/perché.txt", b"2020 another")
    store.rm_file(f"{url}/in/04/perché.txt")
    done, heard = run()
    assert (heard.read, done.account.departed) == (["03/perché.txt"], 1)
    assert load_table(tmp_path / "out", "objectives").num_rows == 11


def test_a_store_that_is_away_deletes_nothing(bucket, tmp_path, monkeypatch):
    """A store that cannot be listed is the machine's fault; no key reaches the message."""
    url, store = bucket
    store.pipe_file(f"{url}/in/a.txt", b"2020 a")
    mirror(f"{url}/in", tmp_path / "m")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises(EnvironmentFault) as told:
        mirror(f"{url}/in", tmp_path / "m")
    assert "SECRET" not in str(told.value)
    assert (tmp_path / "m" / "a.txt").exists()


def test_object_names_do_not_lead_out(bucket, tmp_path):
    """A key with `..` in it is told, and written nowhere."""
    url, store = bucket
    store.call_s3("put_object", Bucket=url[5:], Key="in/../../escape.txt", Body=b"x")
    store.call_s3("put_object", Bucket=url[5:], Key="in/fine.txt", Body=b"x")
    failures = mirror(f"{url}/in", tmp_path / "a" / "m")
    assert not (tmp_path / "escape.txt").exists()
    assert (tmp_path / "a" / "m" / "fine.txt").exists()
    assert len(failures) <= 1


def test_a_version_makes_the_round_trip(bucket, tmp_path):
    """What is committed in the store is, file by file, what was committed here; a second time nothing is new."""
    url, store = bucket
    write(tmp_path, archive())
    commit, new = publish(Place(tmp_path), f"{url}/out")
    assert (commit.number, new) == (1, True)
    assert publish(Place(tmp_path), f"{url}/out") == (commit, False)
    for name, sha in digest(tmp_path).items():
        import hashlib

        assert hashlib.sha256(store.cat_file(f"{url}/out/{commit.folder}/{name}")).hexdigest() == sha
    (path,) = store.glob(f"{url}/out/{commit.folder}/phases/2021-*.parquet")
    assert len(pd.read_parquet(io.BytesIO(store.cat_file(path)))) > 0


def test_two_writers_lose_nothing(bucket, tmp_path):
    """Two writers publish ten versions each at once: twenty commits, each number once, each with all its files."""
    url, store = bucket
    acknowledged = []

    def writer(name: str) -> None:
        for number in range(10):
            output = tmp_path / f"{name}{number}"
            write(output, [extraction(f"{name}{number}", sheet(record(1, 2021, None, title=f"{name}{number}")))])
            acknowledged.append(publish(Place(output), f"{url}/race")[0])

    threads = [threading.Thread(target=writer, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(commit.number for commit in acknowledged) == list(range(1, 21))
    kept = [json.loads(store.cat_file(path)) for path in sorted(store.ls(f"{url}/race/commits", detail=False))]
    assert sorted(one["content"] for one in kept) == sorted(commit.content for commit in acknowledged)
    assert all(store.exists(f"{url}/race/{one['folder']}/manifest.json") for one in kept)
    last = newest(f"{url}/race")
    assert last is not None
    assert last.number == 20


def test_an_unknown_store_is_refused(tmp_path):
    """A protocol that nobody knows is a matter of usage."""
    with pytest.raises(UsageError):
        mirror("nowhere://x/y", tmp_path / "m")
