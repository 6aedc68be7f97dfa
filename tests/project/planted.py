"""Defects to plant: a line of the program, what somebody might make of it, and the test that has to notice."""

from __future__ import annotations

from typing import NamedTuple


class Defect(NamedTuple):
    """`old` stands exactly once in `file`; with `new` in its place `test` must fail."""

    name: str
    file: str
    old: str
    new: str
    test: str


FAULTS = "tests/dataset/test_faults.py"
VERSIONS = "tests/dataset/test_versions.py"
INGEST = "tests/runs/test_ingest.py"
UNATTENDED = "tests/runs/test_unattended.py"

DEFECTS = (
    Defect(
        "files are not flushed",
        "pegextract/dataset/durable.py",
        "            rest = rest[file.write(rest) :]\n        os.fsync(descriptor)\n",
        "            rest = rest[file.write(rest) :]\n",
        f"{FAULTS}::test_names_are_flushed_before_the_switch",
    ),
    Defect(
        "folders are not flushed",
        "pegextract/dataset/durable.py",
        "    try:\n        os.fsync(descriptor)\n",
        "    try:\n        pass\n",
        f"{FAULTS}::test_names_are_flushed_before_the_switch",
    ),
    Defect(
        "the switch comes before the files have their name",
        "pegextract/dataset/versions.py",
        "    folder.rename(place.version(manifest.version))\n    sync_folder(place.versions)\n"
        '    switch_link(place.current, f"versions/{manifest.version}")\n',
        '    switch_link(place.current, f"versions/{manifest.version}")\n'
        "    folder.rename(place.version(manifest.version))\n    sync_folder(place.versions)\n",
        f"{FAULTS}::test_names_are_flushed_before_the_switch",
    ),
    Defect(
        "files keep their names from version to version",
        "pegextract/dataset/versions.py",
        '                path = f"{table}/{name}-{digest}.parquet"\n',
        '                path = f"{table}/{name}.parquet"\n',
        f"{VERSIONS}::test_no_reader_sees_two_versions_at_once[pyarrow]",
    ),
    Defect(
        "a file is linked on without a look at its bytes",
        "pegextract/dataset/versions.py",
        " and sha256_of(old) == file.sha256:\n",
        ":\n",
        f"{VERSIONS}::test_a_damaged_file_is_not_linked_on",
    ),
    Defect(
        "no lock",
        "pegextract/dataset/place.py",
        "        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)\n",
        "        pass\n",
        f"{VERSIONS}::test_only_one_may_write",
    ),
    Defect(
        "verify looks at sizes only",
        "pegextract/dataset/verify.py",
        '    return None if hashes[identity] == file.sha256 else "was changed after it was committed"\n',
        "    return None\n",
        "tests/dataset/test_verify.py::test_every_flipped_bit_is_found",
    ),
    Defect(
        "a manifest is believed without its seal",
        "pegextract/dataset/manifest.py",
        '    if seal != _seal(content) or data != _canonical(content | {"seal": seal}):\n',
        "    if False:\n",
        "tests/dataset/test_verify.py::test_every_flipped_bit_is_found",
    ),
    Defect(
        "workers outlive their parent",
        "pegextract/runs/sandbox.py",
        '"--die-with-parent", ',
        "",
        f"{UNATTENDED}::test_no_worker_outlives_its_parent",
    ),
    Defect(
        "workers may write everywhere",
        "pegextract/runs/sandbox.py",
        '"--ro-bind", "/", "/"',
        '"--bind", "/", "/"',
        f"{INGEST}::test_a_worker_may_not_write_nor_call",
    ),
    Defect(
        "workers print between the log lines",
        "pegextract/runs/sandbox.py",
        "    _be_quiet()  #",
        "    #",
        f"{INGEST}::test_silence_is_told_from_slow_work",
    ),
    Defect(
        "no memory limit",
        "pegextract/runs/sandbox.py",
        "(resource.RLIMIT_AS, memory), ",
        "",
        f"{INGEST}::test_poison_is_tried_twice_and_comes_back_with_a_reason",
    ),
    Defect(
        "nobody listens for signs of life",
        "pegextract/runs/workers.py",
        "                self._stop_the_silent()\n",
        "",
        f"{INGEST}::test_silence_is_told_from_slow_work",
    ),
    Defect(
        "poison is tried once",
        "pegextract/runs/workers.py",
        "ATTEMPTS: Final = 2\n",
        "ATTEMPTS: Final = 1\n",
        f"{INGEST}::test_poison_is_tried_twice_and_comes_back_with_a_reason",
    ),
    Defect(
        "results are read laxly",
        "pegextract/runs/results.py",
        "validate_json(text, strict=True)",
        "validate_json(text, strict=False)",
        "tests/runs/test_results.py::test_anything_else_is_refused",
    ),
    Defect(
        "the machine's fault marks the document",
        "pegextract/runs/engine.py",
        "    except (EnvironmentFault, MemoryError):\n",
        "    except MemoryError:\n",
        f"{INGEST}::test_the_machines_fault_marks_no_document",
    ),
    Defect(
        "the time that a copy may set decides",
        "pegextract/runs/survey.py",
        "    changed = known.stamp.ctime / 1e9\n",
        "    changed = known.stamp.mtime / 1e9\n",
        f"{INGEST}::test_a_young_file_is_pending_and_its_old_text_stays",
    ),
    Defect(
        "links are followed",
        "pegextract/runs/discover.py",
        "        status = entry.stat(follow_symlinks=False)\n",
        "        status = entry.stat()\n",
        f"{INGEST}::test_what_is_no_file_is_skipped",
    ),
    Defect(
        "a pending file's old text vanishes",
        "pegextract/runs/ingest.py",
        "if one.path in found.waiting or not found.complete}",
        "if not found.complete}",
        f"{INGEST}::test_a_young_file_is_pending_and_its_old_text_stays",
    ),
    Defect(
        "the account is not checked",
        "pegextract/runs/ingest.py",
        "        if total != self.discovered:\n",
        "        if False:\n",
        f"{INGEST}::test_a_file_that_is_lost_in_the_account_stops_the_run",
    ),
    Defect(
        "the gate lets everything pass",
        "pegextract/runs/gate.py",
        "    if reasons:\n",
        "    if False:\n",
        f"{INGEST}::test_the_gate_keeps_a_poorer_version_out",
    ),
    Defect(
        "what was rolled back comes again",
        "pegextract/runs/gate.py",
        "    if new.content == old.refused:\n",
        "    if False:\n",
        f"{INGEST}::test_what_was_rolled_back_stays_away",
    ),
    Defect(
        "a judgement is no change",
        "pegextract/runs/ingest.py",
        "            digest.update((self._order.output / JUDGEMENTS).read_bytes()",
        '            (b""',
        f"{INGEST}::test_a_judgement_is_published_without_reading",
    ),
    Defect(
        "pages are recognised again",
        "pegextract/runs/workers.py",
        "        self._lend_words(tasks, beat)\n",
        "",
        f"{INGEST}::test_a_scan_is_recognised_once",
    ),
    Defect(
        "a password is no setting",
        "pegextract/runs/fingerprint.py",
        "{_disguised(value.password)} ",
        "",
        "tests/runs/test_configuration.py::test_another_way_of_reading_reads_anew",
    ),
    Defect(
        "an upgrade during a run goes unseen",
        "pegextract/runs/workers.py",
        "            refuse_changed_code()\n",
        "",
        "tests/runs/test_engine.py::test_code_that_changes_meanwhile_is_noticed",
    ),
    Defect(
        "a library reports to its maker",
        "pegextract/readers/ocr/recogniser.py",
        '    os.environ["ORT_DISABLE_TELEMETRY"] = "1"',
        "    pass",
        "tests/readers/test_scans.py::test_the_engines_call_nobody",
    ),
)
