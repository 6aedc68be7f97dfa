"""Worker processes: what they give, and what it costs when one dies."""

import os
import time

import pytest

from pegextract.errors import EnvironmentFault
from pegextract.extraction import Extraction
from pegextract.layouts.profile import shipped_profiles
from pegextract.runs import fingerprint
from pegextract.runs.copies import Task
from pegextract.runs.engine import extract_all, processes_for
from pegextract.runs.extract import Settings
from pegextract.runs.sources import Failure, Source
from pegextract.runs.workers import BATCH_DOCUMENTS, BATCHES_PER_WORKER
from tests.runs.deadly import faulty, marking

SETTINGS = Settings(())


def tasks(*texts):
    """A task for each text, from memory."""
    return [Task(Source("", f"{n}.txt", len(text), text.encode())) for n, text in enumerate(texts)]


def codes(outcomes):
    """What became of each document, by name."""
    return {
        outcome.task.source.name: outcome.result.code
        if isinstance(outcome.result, Failure)
        else outcome.result.error_code
        for outcome in outcomes
    }


def test_a_worker_that_dies_costs_its_document_alone():
    """Of forty documents in batches two kill their process: thirty-eight are done, and two have failed."""
    texts = [f"text {n}" for n in range(40)]
    texts[3] = texts[25] = "die"
    found = codes(extract_all(tasks(*texts), SETTINGS, 2, faulty))
    assert len(found) == 40
    assert {name for name, code in found.items() if code == "worker_died"} == {"3.txt", "25.txt"}
    assert set(found.values()) == {"fine", "worker_died"}


@pytest.mark.parametrize("processes", [1, 2])
def test_a_fault_of_ours_costs_its_document_alone(processes):
    """An exception that nobody foresaw is that document's failure, and says where it arose."""
    outcomes = list(extract_all(tasks("a", "raise", "b"), SETTINGS, processes, faulty))
    assert codes(outcomes) == {"0.txt": "fine", "1.txt": "internal_error", "2.txt": "fine"}
    (failed,) = [o.result for o in outcomes if isinstance(o.result, Extraction) and o.result.error_code != "fine"]
    assert "IndexError: list index out of range, at deadly.py:" in (failed.error_message or "")
    assert failed.findings[0].finding.code == "internal_error"


def test_one_process_is_this_one():
    """--jobs 1 starts nothing."""
    (outcome,) = extract_all(tasks("a"), SETTINGS, 1, faulty)
    assert isinstance(outcome.result, Extraction)
    assert outcome.result.error_message == str(os.getpid())


def test_a_file_that_vanished_is_a_failure(tmp_path):
    """What was found and is gone when its turn comes has no bytes and no identity: it is told by name."""
    gone = Task(Source(str(tmp_path / "gone.txt"), "gone.txt", 5))
    assert codes(extract_all([gone], SETTINGS, 1, faulty)) == {"gone.txt": "not_readable"}


def test_only_a_few_batches_are_under_way(tmp_path):
    """A caller that takes its time holds up the work: memory does not grow with the number of documents."""
    outcomes = extract_all(tasks(*["text"] * (BATCH_DOCUMENTS * 60)), SETTINGS, 2, marking, tmp_path)
    next(outcomes)
    time.sleep(0.5)
    assert 0 < len(list(tmp_path.glob("work-*/*.txt"))) <= BATCH_DOCUMENTS * BATCHES_PER_WORKER * 2
    outcomes.close()
    assert not list(tmp_path.iterdir())


def test_settings_reach_the_workers():
    """The forms travel to the workers with everything that was computed of them."""
    for profile in shipped_profiles():
        assert profile.roles
        assert profile.code_line.pattern
    outcomes = list(extract_all(tasks("a letter", "another"), Settings(shipped_profiles()), 2))
    assert set(codes(outcomes).values()) == {"unknown_form"}


@pytest.mark.parametrize(
    ("count", "size", "jobs", "expected"),
    [(5, 100, None, 1), (5, 100, 4, 4), (2, 100, 4, 2), (0, 0, 3, 1), (9, 100, 1, 1)],
)
def test_few_documents_are_done_by_one_process(count, size, jobs, expected):
    """Starting workers costs more than a few documents; who asks for processes gets them, one per document at most."""
    assert processes_for([Task(Source("", str(n), size)) for n in range(count)], jobs) == expected


def test_many_documents_use_every_processor():
    """Without --jobs a large run takes all that it may."""
    many = [Task(Source("", str(n), 6000)) for n in range(1000)]
    assert processes_for(many, None) == len(os.sched_getaffinity(0))


def test_code_that_changes_meanwhile_is_noticed(monkeypatch):
    """An upgrade in the middle of a run would have some documents read by other rules: nothing is made of them."""
    fingerprint.code_digest()
    monkeypatch.setattr(fingerprint, "_version", lambda name: "a newer one")
    with pytest.raises(EnvironmentFault, match="was changed while it ran"):
        codes(extract_all(tasks("a", "b"), SETTINGS, 2, faulty))
