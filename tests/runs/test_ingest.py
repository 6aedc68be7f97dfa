"""Unattended runs: what is new is read, all of it is published or none, and every file is accounted for."""

from __future__ import annotations

import os
import random
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from threading import Thread
from time import perf_counter, sleep

import pytest

from pegextract.dataset.place import Place, Writing
from pegextract.dataset.read import load_table
from pegextract.dataset.verify import find_faults
from pegextract.dataset.versions import roll_back
from pegextract.errors import DatasetDamaged, DatasetFault, EnvironmentFault, GateRefused, RunInProgress, UsageError
from pegextract.readers.options import ReaderOptions
from pegextract.registry.judgements import FILE as JUDGEMENTS
from pegextract.registry.judgements import Correction, add_judgements
from pegextract.runs import ingest as module
from pegextract.runs.ingest import Account
from pegextract.runs.ledger import Ledger
from pegextract.runs.mending import mend
from pegextract.runs.workers import Limits
from tests.cli.conftest import DOCUMENTS, SAMPLES
from tests.dataset.examples import digest, file_of
from tests.runs.deadly import deadly, out_of_order, remembering
from tests.runs.nights import NOTHING, SETTINGS, InHouse, night, plain

SCAN = "2018_scansione_300dpi.pdf"


@pytest.fixture
def inputs(tmp_path):
    """An empty folder for documents."""
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


@pytest.fixture
def output(tmp_path):
    """Where the dataset goes."""
    return tmp_path / "out"


@pytest.fixture
def in_house(monkeypatch):
    """No worker processes: for tests that are not about them."""
    monkeypatch.setattr(module, "Workers", InHouse)


def plain_night(inputs, output, **changes):
    """A run over documents that say their year and title."""
    return night(inputs, output, **{"settings": NOTHING, "extract": plain} | changes)


def titles(output):
    """Titles by path."""
    paths = {row["document_id"]: row["path"] for row in load_table(output, "documents").to_pylist()}
    return {paths[row["document_id"]]: row["title"] for row in load_table(output, "objectives").to_pylist()}


def fill(inputs, count=12, year=2020):
    """So many documents."""
    for number in range(count):
        (inputs / f"{number:02}.txt").write_text(f"{year} title {number}")


@pytest.fixture(scope="module")
def read_samples(tmp_path_factory):
    """The samples, and the dataset that real workers made of them in one night; with what that night told."""
    room = tmp_path_factory.mktemp("samples")
    (room / "in").mkdir()
    for path in DOCUMENTS:
        shutil.copy(path, room / "in")
    return room, *night(room / "in", room / "out")


@pytest.fixture
def samples(read_samples, tmp_path):
    """A copy of that: the folder of samples, and the dataset."""
    shutil.copytree(read_samples[0] / "out", tmp_path / "out", symlinks=True)
    return read_samples[0] / "in", tmp_path / "out"


def test_real_documents_are_read_once(read_samples, samples):
    """The samples are read by real workers and published; the second night reads nothing and publishes nothing."""
    _, done, heard = read_samples
    assert (done.version, done.new, done.account.published) == (1, True, len(DOCUMENTS))
    assert heard.read == sorted(path.name for path in DOCUMENTS)
    inputs, output = samples
    before = digest(output)
    done, heard = night(inputs, output)
    assert (done.version, done.new, done.account.unchanged, heard.read) == (1, False, len(DOCUMENTS), [])
    assert digest(output) == before


def test_one_change_is_one_documents_work(inputs, output, in_house):
    """Of twelve documents one changes: one is read, the next version has its new title and all others."""
    fill(inputs)
    plain_night(inputs, output)
    (inputs / "03.txt").write_text("2020 another title")
    done, heard = plain_night(inputs, output)
    assert heard.read == ["03.txt"]
    assert (done.version, done.account.published, done.account.unchanged) == (2, 1, 11)
    assert titles(output)["03.txt"] == "another title"
    assert len(titles(output)) == 12


def test_a_judgement_is_published_without_reading(inputs, output, in_house):
    """What a person decided since the last night is a new version of an unchanged archive, and so is taking it back."""
    fill(inputs)
    plain_night(inputs, output)
    before = digest(output)
    place = {"document": "03.txt", "sheet": 1, "table": "phases", "row": 2, "field": "weight"}
    add_judgements(output, [("correction", Correction(**place, raw="49,9999", value="41"))])
    for judged in (True, False):
        for new in (True, False):
            done, heard = plain_night(inputs, output)
            assert (done.new, done.account.unchanged, heard.read) == (new, 12, [])
            assert load_table(output, "phases")["weight"].to_pylist().count(Decimal(41)) == judged
        (output / JUDGEMENTS).unlink(missing_ok=True)
    assert digest(output) == before
    (output / JUDGEMENTS).write_text("[[correction]]\nnonsense = 1\n")
    with pytest.raises(UsageError, match="correction"):
        plain_night(inputs, output)
    assert digest(output) == before


def test_a_password_opens_what_was_closed(inputs, output, in_house):
    """A PDF that nobody could open is read again when there is a password, which is written down nowhere."""
    pikepdf = pytest.importorskip("pikepdf")
    with pikepdf.open(SAMPLES / "2022_scheda.pdf") as document:
        document.save(inputs / "a.pdf", encryption=pikepdf.Encryption(user="Sesamo", owner="padrone"))
    _, closed = night(inputs, output, accept=True)
    reading = replace(SETTINGS, reading=ReaderOptions(password="Sesamo"))
    for read in (["a.pdf"], []):
        done, opened = night(inputs, output, settings=reading)
        assert opened.read == read
    assert [facts["code"] for facts in closed.facts("document")] == ["encrypted"]
    assert (done.account.failed, load_table(output, "objectives").num_rows) == (0, 1)
    files = [path for path in output.rglob("*") if path.is_file()]
    assert not [path for path in files if b"Sesamo" in path.read_bytes()]


def test_a_rename_costs_nothing(inputs, output, in_house):
    """A renamed or moved file is the same document: nothing is read, and the dataset knows the new name."""
    fill(inputs)
    plain_night(inputs, output)
    (inputs / "below").mkdir()
    (inputs / "03.txt").rename(inputs / "below" / "new name.txt")
    done, heard = plain_night(inputs, output)
    assert (heard.read, done.account.departed, done.account.unchanged) == ([], 0, 12)
    assert titles(output)["below/new name.txt"] == "title 3"


def test_copies_are_read_once_and_counted(inputs, output, in_house):
    """Three files with the same bytes are one document with three copies, and two duplicates in the account."""
    fill(inputs)
    for name in ("a.txt", "z.txt"):
        shutil.copy(inputs / "03.txt", inputs / name)
    done, heard = plain_night(inputs, output)
    assert len(heard.read) == 12
    assert (done.account.duplicate, done.account.published, done.account.discovered) == (2, 12, 14)
    rows = {row["path"]: row["copies"] for row in load_table(output, "documents").to_pylist()}
    assert (rows["03.txt"], rows["04.txt"]) == (3, 1)


@pytest.mark.parametrize(("policy", "left"), [("drop", 11), ("keep", 12)])
def test_a_deleted_file_is_never_silent(inputs, output, in_house, policy, left):
    """Its document leaves the dataset or stays, as ordered, and is named in either case; it comes back for nothing."""
    fill(inputs)
    plain_night(inputs, output)
    data = (inputs / "03.txt").read_bytes()
    (inputs / "03.txt").unlink()
    for _ in range(2):
        done, heard = plain_night(inputs, output, deleted=policy)
        assert len(titles(output)) == left
    assert done.account.departed == (1 if policy == "keep" else 0)
    (inputs / "03.txt").write_bytes(data)
    done, heard = plain_night(inputs, output, deleted=policy)
    assert (heard.read, len(titles(output))) == ([], 12)


@pytest.mark.parametrize("policy", ["drop", "keep"])
def test_a_replaced_text_is_no_deletion(inputs, output, in_house, policy):
    """A file that says something else now has replaced its document, which stays under no policy."""
    fill(inputs)
    plain_night(inputs, output)
    (inputs / "03.txt").write_text("2020 corrected")
    done, _ = plain_night(inputs, output, deleted=policy)
    assert (done.account.departed, len(titles(output)), titles(output)["03.txt"]) == (0, 12, "corrected")


def test_departed_documents_are_told(inputs, output, in_house):
    """The night after a deletion says which document went, and under which policy."""
    fill(inputs)
    plain_night(inputs, output)
    (inputs / "03.txt").unlink()
    done, heard = plain_night(inputs, output)
    (facts,) = heard.facts("departed")
    assert (facts["name"], facts["policy"], done.account.departed) == ("03.txt", "drop", 1)


def test_a_young_file_is_pending_and_its_old_text_stays(inputs, output, in_house):
    """A file that was just touched is not read yet; what it said before stays published until it has been."""
    fill(inputs)
    plain_night(inputs, output)
    (inputs / "03.txt").write_text("2020 half a ti")
    os.utime(inputs / "03.txt", (0, 0))  # who copies may set this time, but not the one that counts
    for _ in range(2):
        done, heard = plain_night(inputs, output, settle=60.0)
        assert (done.account.pending, done.account.departed, heard.read) == (1, 0, [])
        assert titles(output)["03.txt"] == "title 3"
    (inputs / "03.txt").write_text("2020 half a title, and the other")
    plain_night(inputs, output)
    assert titles(output)["03.txt"] == "half a title, and the other"


def test_slow_writers_are_waited_for(inputs, output, in_house):
    """Fifty files that grow while nights pass by are never published in parts, and are published in the end."""
    texts = {f"{number:02}.txt": f"2020 {number} " + "word " * 20 + "end" for number in range(50)}

    def write(name: str) -> None:
        rng = random.Random(name)
        with (inputs / name).open("w") as file:
            for piece in texts[name].split(" "):
                file.write(piece + (" " if piece != "end" else ""))
                file.flush()
                os.utime(inputs / name, (0, 0))
                sleep(rng.uniform(0, 0.2))

    writers = [Thread(target=write, args=(name,)) for name in texts]
    for writer in writers:
        writer.start()
    published, nights = 0, 0
    while published < len(texts) and nights < 100:
        plain_night(inputs, output, settle=2.0, accept=True)
        nights += 1
        if (output / "objectives").is_dir():
            found = titles(output)
            published = len(found)
            assert found == {name: texts[name].partition(" ")[2] for name in found}
        sleep(0.3)
    for writer in writers:
        writer.join()
    assert published == len(texts)
    assert nights > 3


def test_what_is_no_file_is_skipped(inputs, output, in_house):
    """Links, pipes and devices are never opened; each is accounted for with the reason."""
    fill(inputs)
    os.mkfifo(inputs / "pipe.txt")
    (inputs / "link.txt").symlink_to("/etc/passwd")
    with (inputs / "huge.pdf").open("wb") as file:
        file.truncate(1 << 40)
    done, heard = plain_night(inputs, output)
    assert (done.account.skipped, done.account.published, done.account.discovered) == (3, 12, 15)
    assert {str(facts["name"]): facts["code"] for facts in heard.facts("skipped")} == {
        "pipe.txt": "not_regular_file", "link.txt": "not_regular_file", "huge.pdf": "limit_exceeded",
    }  # fmt: skip


def test_poison_is_tried_twice_and_comes_back_with_a_reason(inputs, output):
    """A document that kills, hangs, eats memory or is silent is set aside after two attempts, the others are read.

    The next nights leave it alone, until a limit, its content or the version changes.
    """
    for name in ("die", "hang", "eat", "fine", "also fine"):
        (inputs / f"{name}.txt").write_text(name)
    limits = Limits(seconds=4, silence=60, memory=600 << 20)
    done, heard = night(inputs, output, extract=deadly, limits=limits, settings=NOTHING, jobs=2)
    told = {str(facts["name"]): facts["code"] for facts in heard.facts("document")}
    assert told == {
        "die.txt": "worker_died", "hang.txt": "timeout", "eat.txt": "out_of_memory",
        "fine.txt": "fine", "also fine.txt": "fine",
    }  # fmt: skip
    assert (done.account.quarantined, done.account.published) == (3, 2)
    with Ledger(output / ".pegextract" / "ledger.sqlite") as ledger:
        attempts = ledger._database.execute("select attempts from documents where state = 'quarantined'").fetchall()
    assert attempts == [(2,), (2,), (2,)]
    done, heard = night(inputs, output, extract=deadly, limits=limits, settings=NOTHING)
    assert (heard.read, done.account.quarantined, done.account.failed) == ([], 3, 5)
    for name in ("hang", "eat"):
        (inputs / f"{name}.txt").unlink()
    _, heard = night(inputs, output, extract=deadly, limits=limits._replace(seconds=5), settings=NOTHING, accept=True)
    assert heard.read == ["die.txt"]


def test_silence_is_told_from_slow_work(inputs, output, capfd):
    """Work that shows signs of life is left alone beyond the limit on silence; work that shows none is not."""
    (inputs / "slow.txt").write_text("slow")
    (inputs / "silent.txt").write_text("hang")
    _, heard = night(inputs, output, extract=deadly, settings=NOTHING, limits=Limits(seconds=60, silence=1.5), jobs=2)
    assert {str(facts["name"]): facts["code"] for facts in heard.facts("document")} == {
        "slow.txt": "fine", "silent.txt": "no_progress",
    }  # fmt: skip
    assert "chatter" not in "".join(capfd.readouterr()), "what workers print must not come between the log lines"


@pytest.mark.parametrize("trouble", ["no tesseract", "no OCR"])
def test_the_machines_fault_marks_no_document(inputs, output, trouble):
    """A missing program ends the run; nothing is published or marked, and the next night reads what is left."""
    fill(inputs)
    (inputs / "scan.txt").write_text(trouble)
    with pytest.raises(EnvironmentFault, match="tesseract"):
        night(inputs, output, extract=deadly, settings=NOTHING)
    assert Place(output).number() is None
    (inputs / "scan.txt").write_text("now it is there")
    done, _ = night(inputs, output, extract=deadly, settings=NOTHING)
    assert (done.account.discovered, done.account.quarantined, done.version) == (13, 0, 1)


def test_when_most_documents_kill_their_workers_it_is_the_machine(inputs, output, monkeypatch):
    """More than half, and more than a few: nobody is quarantined, the run ends with the machine's exit code."""
    assert module.MANY_FAULTS == 20
    monkeypatch.setattr(module, "MANY_FAULTS", 3)
    for number in range(4):
        (inputs / f"{number}.txt").write_text(f"die {number}")
    with pytest.raises(EnvironmentFault, match="worker_died"):
        night(inputs, output, extract=deadly, settings=NOTHING, jobs=2)
    with Ledger(output / ".pegextract" / "ledger.sqlite") as ledger:
        assert ledger._database.execute("select count(*) from documents").fetchone() == (0,)


def test_a_worker_may_not_write_nor_call(inputs, output):
    """In the sandbox a hostile worker can neither write outside its scratch folder nor open a connection."""
    (inputs / "escape.txt").write_text("escape")
    canary = inputs / "canary.txt"
    canary.write_text("untouched")
    done, heard = night(inputs, output, extract=out_of_order, settings=NOTHING)
    if done.sandbox != "bubblewrap":
        pytest.skip(f"no sandbox on this machine: {done.sandbox}")
    escapes = {str(facts["name"]): facts["code"] for facts in heard.facts("document")}
    assert escapes["escape.txt"] == "escaped-nothing"
    assert canary.read_text() == "untouched"


def test_what_was_recognised_is_not_recognised_again(inputs, output):
    """Words that OCR found are kept apart from what was made of them: reprocessing reads them back."""
    (inputs / "scan.txt").write_text("a scan")
    _, heard = night(inputs, output, extract=remembering, settings=NOTHING)
    assert heard.facts("document")[0]["code"] == "recognised"
    _, heard = night(inputs, output, extract=remembering, settings=NOTHING, reread=True)
    assert heard.facts("document")[0]["code"] == "recalled"


def test_a_scan_is_recognised_once(samples, tmp_path, monkeypatch):
    """New code, or new rules, read a real scan again without a look at its pictures."""
    inputs, output = samples
    before = digest(output)
    assert "2018_EX36" in load_table(output, "objectives")["code"].to_pylist()
    blind = tmp_path / "bin" / "tesseract"
    blind.parent.mkdir()
    blind.write_text(f'#!/bin/sh\ncase "$1" in --*) exec {shutil.which("tesseract")} "$1";; esac\nexit 1\n')
    blind.chmod(0o755)
    monkeypatch.setenv("PATH", f"{blind.parent}:{os.environ['PATH']}")
    monkeypatch.setattr(module, "fingerprint", lambda settings: "another")
    _, heard = night(inputs, output, reread=True)
    assert SCAN in heard.read
    assert digest(output) == before
    with Ledger(output / ".pegextract" / "ledger.sqlite") as ledger:
        ledger._database.execute("delete from words")
    _, heard = night(inputs, output, reread=True, accept=True)
    codes = {facts["name"]: facts["code"] for facts in heard.facts("document")}
    assert codes[SCAN] == "ocr_failed", "nothing would have been recognised this time"


def test_the_gate_keeps_a_poorer_version_out(inputs, output, in_house):
    """Losing a fifth of the sheets is refused with the reason, and accepted when a person says so."""
    fill(inputs, 20)
    plain_night(inputs, output)
    before = digest(output)
    for number in range(4):
        (inputs / f"{number:02}.txt").unlink()
    for _ in range(2):
        with pytest.raises(GateRefused, match="objectives would have 16 rows instead of 20"):
            plain_night(inputs, output)
    assert digest(output) == before
    done, _ = plain_night(inputs, output, accept=True)
    assert (done.version, len(titles(output))) == (2, 16)


def test_the_gate_sees_columns_that_empty(inputs, output, in_house):
    """As many rows as before, but a column that is filled no more: refused."""
    for number in range(25):
        (inputs / f"{number:02}.txt").write_text(f"2020 title {number}")
    plain_night(inputs, output)
    for number in range(25):
        (inputs / f"{number:02}.txt").write_text(f"20{10 + number} ")
    with pytest.raises(GateRefused, match=r"objectives.title|documents would"):
        plain_night(inputs, output, extract=untitled)


def untitled(data, name, settings):
    """As `plain`, without titles."""
    one = plain(data, name, settings)
    (only,) = one.sheets
    return replace(one, sheets=(replace(only, record=only.record.model_copy(update={"title": None})),))


def test_the_gate_counts_failures(inputs, output, in_house):
    """When most documents suddenly fail, the version before stays."""
    fill(inputs, 4)
    plain_night(inputs, output)
    for number in range(9):
        (inputs / f"letter{number}.txt").write_text(f"dear madam {number}")
    with pytest.raises(GateRefused, match="9 of 13 documents would have failed"):
        plain_night(inputs, output)


def test_what_was_rolled_back_stays_away(inputs, output, in_house):
    """A run that would only bring back what was taken back publishes nothing, until something changes."""
    fill(inputs)
    plain_night(inputs, output)
    (inputs / "new.txt").write_text("2021 bad")
    plain_night(inputs, output)
    with Writing(output) as writing:
        roll_back(writing, 1)
    with pytest.raises(GateRefused, match="rolled back"):
        plain_night(inputs, output)
    (inputs / "new.txt").write_text("2021 good")
    plain_night(inputs, output)
    assert titles(output)["new.txt"] == "good"


def test_an_input_that_is_not_mounted_deletes_nothing(inputs, output, in_house):
    """A folder that is not there is the machine's fault; the dataset stays."""
    fill(inputs)
    plain_night(inputs, output)
    inputs.rename(inputs.with_name("elsewhere"))
    with pytest.raises(EnvironmentFault, match="mounted"):
        plain_night(inputs, output)
    assert len(titles(output)) == 12


def test_a_folder_that_nobody_can_look_into_deletes_nothing(inputs, output, in_house, monkeypatch):
    """Documents below a folder that cannot be listed tonight are not gone."""
    fill(inputs)
    (inputs / "below").mkdir()
    (inputs / "below" / "x.txt").write_text("2020 hidden tonight")
    plain_night(inputs, output)
    real = os.scandir
    monkeypatch.setattr(
        os,
        "scandir",
        lambda path: (_ for _ in ()).throw(PermissionError(13, "no")) if "below" in str(path) else real(path),
    )
    done, _ = plain_night(inputs, output)
    assert (done.account.departed, done.account.skipped) == (0, 1)
    assert titles(output)["below/x.txt"] == "hidden tonight"


def test_a_second_run_is_refused(inputs, output, in_house):
    """Where another run holds the dataset, nothing is even looked at."""
    fill(inputs)
    with Writing(output), pytest.raises(RunInProgress):
        plain_night(inputs, output)


def test_a_damaged_ledger_costs_time_only(inputs, output, in_house):
    """A ledger that rots, or that is lost, is put aside and begun anew: all is read again, the dataset is the same."""
    fill(inputs)
    plain_night(inputs, output)
    before = digest(output)
    path = output / ".pegextract" / "ledger.sqlite"
    path.write_bytes(b"SQLite format 3\0" + b"rot" * 3000)
    done, heard = plain_night(inputs, output)
    assert heard.facts("ledger_begun_anew")
    assert (done.account.published, done.new) == (12, False)
    path.unlink()
    plain_night(inputs, output)
    assert digest(output) == before
    assert Place(output).number() == 1


def test_a_damaged_result_is_read_anew(inputs, output, in_house):
    """A remembered result that rotted is noticed, forgotten, and read again by the next run."""
    fill(inputs)
    plain_night(inputs, output)
    with Ledger(output / ".pegextract" / "ledger.sqlite") as ledger:
        ledger._database.execute(
            "update documents set result = x'00' where document = (select min(document) from documents)"
        )
    (inputs / "new.txt").write_text("2020 new")
    with pytest.raises(EnvironmentFault, match="run again"):
        plain_night(inputs, output)
    plain_night(inputs, output)
    assert len(titles(output)) == 13


def test_a_damaged_dataset_is_not_built_upon(inputs, output, in_house):
    """Where the committed version's manifest is damaged there is nothing to compare with: the run is refused."""
    fill(inputs)
    plain_night(inputs, output)
    (output / "current" / "manifest.json").write_text("{}")
    with pytest.raises(DatasetDamaged):
        plain_night(inputs, output)


def test_a_file_that_is_lost_in_the_account_stops_the_run():
    """The account is an equation; where it does not hold, nothing is published."""
    account = Account(discovered=10, published=4, unchanged=1, duplicate=1, pending=1, quarantined=1, skipped=2)
    account.check()
    account.skipped -= 1
    with pytest.raises(DatasetFault, match="10 files were found and 9 accounted for"):
        account.check()
    assert DatasetFault.exit_code == 6


def test_new_code_reads_anew(inputs, output, in_house, monkeypatch):
    """When the code that reads changes, all documents are read again, and nothing has to be told so."""
    fill(inputs)
    plain_night(inputs, output)
    monkeypatch.setattr(module, "fingerprint", lambda settings: "another")
    _, heard = plain_night(inputs, output)
    assert len(heard.read) == 12


def test_unchanged_files_are_nothing(inputs, output, in_house):
    """An unchanged archive of 2,000 files is passed in a second: no file is opened, nothing is written anew."""
    for number in range(2_000):
        (inputs / f"{number}.txt").write_text(f"2020 title {number}")
    plain_night(inputs, output)
    begun = perf_counter()
    done, heard = plain_night(inputs, output)
    assert (done.account.unchanged, done.new, heard.read) == (2_000, False, [])
    assert perf_counter() - begun < 5
    assert Place(output).numbers() == [1]


def test_nothing_at_all_is_no_dataset(inputs, output, in_house):
    """An empty folder publishes nothing; that is no error."""
    done, _ = plain_night(inputs, output)
    assert (done.version, done.new, done.account.discovered) == (None, False, 0)
    assert not (output / "current").exists()
    assert Path(output / ".pegextract").is_dir()


def test_a_damaged_version_is_written_from_memory(inputs, output, in_house):
    """`verify --repair` restores the committed version from the ledger, though the inputs are gone."""
    fill(inputs)
    plain_night(inputs, output)
    before = digest(output)
    for path in inputs.iterdir():
        path.unlink()
    file_of(output, "objectives", 2020).write_bytes(b"rotten")
    told = mend(output)
    assert any("written from what the ledger remembers" in line for line in told)
    assert digest(output) == before
    assert find_faults(Place(output)) == []
    assert Place(output).numbers() == [1, 2], "the damaged one got its file back from the new one"


def test_what_nobody_remembers_is_left_to_a_person(inputs, output, in_house):
    """Without a ledger the repair says what to do, and that brings the dataset back."""
    fill(inputs)
    plain_night(inputs, output)
    before = digest(output)
    for path in (output / ".pegextract").glob("ledger.sqlite*"):
        path.unlink()
    file_of(output, "objectives", 2020).write_bytes(b"rotten")
    assert "again" in mend(output)[-1]
    plain_night(inputs, output)
    assert digest(output) == before
