"""`pegextract convert`: what it takes, what it tells, and how it ends."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pegextract.dataset.read import load_table
from pegextract.runs import pipeline
from tests.dataset.examples import digest

from .conftest import DOCUMENTS, ROOT, SAMPLES

LETTER = "Gentile signora,\n\nla ringrazio della sua lettera.\n\nCordiali saluti\n"


def documents(output: Path) -> dict[str, dict[str, object]]:
    """The rows of `documents` by path."""
    return {row["path"]: row for row in load_table(output, "documents").to_pylist()}


def test_the_samples_become_a_dataset(tmp_path):
    """As a person calls it: a line for each on stderr, a short summary on stdout, exit code 0."""
    texts = [f"samples/{path.name}" for path in DOCUMENTS if path.suffix != ".pdf"]
    command = [sys.executable, "-m", "pegextract", "convert", *texts, "-o", str(tmp_path / "output")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    count = len(texts)
    assert len(done.stderr.splitlines()) == count
    assert all("1 sheet  coverage 1.000" in line for line in done.stderr.splitlines())
    assert done.stdout.startswith(f"{count} sheets from {count} documents (2017, 2019, 2020, 2021")
    assert f"written to {tmp_path}/output/" in done.stdout
    assert load_table(tmp_path / "output", "objectives").num_rows == count


def test_expected_records_and_readmes_in_a_folder_are_left_out(peg, tmp_path, good):
    """Of a folder only documents are converted; what is left out is counted in the summary, by kind."""
    for name in ("a.md", "a.expected.json", "README.md", "notes.toml", ".hidden.txt"):
        (tmp_path / name).write_bytes(good)
    done = peg("convert", tmp_path, "-o", tmp_path / "out")
    assert done.exit_code == 0
    assert list(documents(tmp_path / "out")) == ["a.md"]
    assert "left out, as no documents: .json 1, .toml 1, README 1, hidden 1" in done.stdout


def test_standard_input_is_a_document(peg, tmp_path, good):
    """`-` reads standard input, under the name that --stdin-name gives."""
    done = peg("convert", "-", "-o", tmp_path / "out", "--stdin-name", "2019/ZN17.md", stdin=good)
    assert done.exit_code == 0
    row = documents(tmp_path / "out")["2019/ZN17.md"]
    assert (row["reader"], row["status"], row["sheet_count"]) == ("markdown", "ok", 1)


def test_copies_are_one_document(peg, tmp_path, good):
    """The same bytes are one document: its copies are counted, its path is the first in sort order."""
    (tmp_path / "in" / "below").mkdir(parents=True)
    for name in ("z.md", "below/m.md", "b.md"):
        (tmp_path / "in" / name).write_bytes(good)
    done = peg("convert", tmp_path / "in", "-", "-o", tmp_path / "out", "--stdin-name", "q.md", stdin=good)
    assert done.exit_code == 0
    assert {path: row["copies"] for path, row in documents(tmp_path / "out").items()} == {"b.md": 4}


def test_a_file_that_is_named_twice_is_no_copy(peg, tmp_path, good):
    """A file that is given by itself and lies in a folder that is given too counts once."""
    (tmp_path / "a.md").write_bytes(good)
    peg("convert", tmp_path, tmp_path / "a.md", "-o", tmp_path / "out")
    assert documents(tmp_path / "out")["a.md"]["copies"] == 1


def bad_inputs(folder: Path, good: bytes) -> Path:
    """A folder with one good sheet between inputs that no one can read."""
    folder.mkdir()
    for name, data in {
        "binary.txt": bytes(range(256)) * 20,
        "cut.docx": b"PK\x03\x04 and nothing else",
        "empty.txt": b"",
        "good.md": good,
        "letter.txt": LETTER.encode(),
        "book.pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
    }.items():
        (folder / name).write_bytes(data)
    return folder


def test_bad_inputs_fail_alone(peg, tmp_path, good):
    """Each bad input is told with its reason, the good ones are converted, and the exit code is 3."""
    done = peg("convert", bad_inputs(tmp_path / "in", good), tmp_path / "missing.txt", "-o", tmp_path / "out")
    assert done.exit_code == 3
    failed = [line for line in done.stderr.splitlines() if line.startswith("FAILED")]
    assert len(failed) == 6
    assert all(len(line.split(": ", 1)[1]) > 10 for line in failed)
    assert "6 inputs failed:" in done.stdout
    assert "Traceback" not in done.output
    rows = documents(tmp_path / "out")
    assert {path for path, row in rows.items() if row["status"] == "failed"} == {
        "binary.txt", "book.pdf", "cut.docx", "empty.txt", "letter.txt",
    }  # fmt: skip
    assert rows["good.md"]["sheet_count"] == 1
    assert rows["empty.txt"]["error_code"] == "empty_file"
    assert rows["letter.txt"]["error_code"] == "unknown_form"


def test_json_is_all_of_stdout(peg, tmp_path, good):
    """--json prints one object and nothing else: counts, and each failure with code and reason."""
    done = peg("convert", bad_inputs(tmp_path / "in", good), "-o", tmp_path / "out", "--json")
    told = json.loads(done.stdout)
    assert done.exit_code == 3
    assert (told["documents"], told["sheets"], told["statuses"]["failed"]) == (6, 1, 5)
    assert [failure["name"] for failure in told["failed"]] == sorted(failure["name"] for failure in told["failed"])
    assert {"name", "code", "message"} == set(told["failed"][0])


def test_quiet_is_silent_when_all_is_well(peg, tmp_path, good):
    """--quiet prints nothing, and only the failures where there are some."""
    (tmp_path / "a.md").write_bytes(good)
    done = peg("convert", tmp_path / "a.md", "-o", tmp_path / "out", "--quiet")
    assert (done.exit_code, done.output) == (0, "")
    done = peg("convert", bad_inputs(tmp_path / "in", good), "-o", tmp_path / "out", "--quiet")
    assert (done.exit_code, done.stdout) == (3, "")
    assert all(line.startswith("FAILED") for line in done.stderr.splitlines())


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_folder_gives_the_same_bytes_whatever_the_workers(peg, tmp_path, output, jobs):
    """The number of processes does not show in the dataset."""
    assert peg("convert", SAMPLES, "-o", tmp_path / "out", "--jobs", jobs).exit_code == 0
    assert digest(tmp_path / "out") == digest(output)


def test_the_order_of_inputs_does_not_show(peg, tmp_path, output):
    """Files given one by one in any order give the dataset of their folder."""
    files = [*DOCUMENTS]
    for seed in range(3):
        random.Random(seed).shuffle(files)
        assert peg("convert", *files, "-o", tmp_path / "out").exit_code == 0
        assert digest(tmp_path / "out") == digest(output)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"a\nb.txt", "a%0Ab.txt"),
        ("gpj\u202etxt.txt".encode(), "gpj%E2%80%AEtxt.txt"),
        (b"-rf.txt", "-rf.txt"),
        (b"caff\xe8.txt", "caff%E8.txt"),
        (b"\x1b[2J.txt", "%1B[2J.txt"),
        (b"100%41.txt", "100%2541.txt"),
        ("perché no.txt".encode(), "perché no.txt"),
    ],
    ids=["newline", "right-to-left", "leading dash", "not UTF-8", "escape", "percent", "accent"],
)
def test_evil_names_are_one_harmless_line(peg, tmp_path, name, shown, good):
    """No file name breaks a line, reverses it or reaches the terminal as a command; it is stored as it is shown."""
    (tmp_path / "in").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path / "in") + b"/" + name)).write_bytes(good)
    done = peg("convert", tmp_path / "in", "-o", tmp_path / "out")
    assert done.exit_code == 0
    assert [line.split("  ")[-1] for line in done.stderr.splitlines()] == [shown]
    assert list(documents(tmp_path / "out")) == [shown]


def test_an_output_inside_the_input_is_not_read_back(peg, tmp_path, good):
    """A dataset inside the folder that is converted is left alone, also the second time."""
    (tmp_path / "a.md").write_bytes(good)
    for _ in range(2):
        assert peg("convert", tmp_path, "-o", tmp_path / "out").exit_code == 0
        (tmp_path / "out" / "stray.txt").write_text("not to be read")
    assert list(documents(tmp_path / "out")) == ["a.md"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["in", "-o", "in"], "both input and output"),
        (["nowhere", "-o", "out"], "there is no such file"),
        (["hollow", "-o", "out"], "no documents in hollow"),
        (["in", "-o", "in/a.md"], "is a file"),
        (["in", "-o", "out", "--form", "narnia"], "there is no form «narnia»; there are firenze"),
        (["in", "-o", "out", "--form", "no.toml"], "no.toml: cannot be read"),
        (["in", "-o", "taken"], "holds other files"),
        (["in", "-o", "out", "--year", "19"], "--year"),
        (["in", "-o", "out", "--jobs", "0"], "--jobs"),
        (["in"], "Missing option"),
        ([], "Missing argument"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_exit_code_2(peg, tmp_path, monkeypatch, good, arguments, says):
    """What cannot be understood is said in a sentence, nothing is written, and the exit code is 2."""
    monkeypatch.chdir(tmp_path)
    for folder in ("in", "hollow", "taken/documents"):
        Path(folder).mkdir(parents=True)
    Path("in/a.md").write_bytes(good)
    Path("taken/documents/thesis.docx").write_bytes(b"years of work")
    done = peg("convert", *arguments)
    assert done.exit_code == 2
    assert says in done.stderr
    assert done.stdout == ""
    assert not Path("out").exists()
    assert Path("taken/documents/thesis.docx").exists()


def test_a_place_that_cannot_be_written_is_exit_code_5(peg, tmp_path, good):
    """A fault of the machine is no document's fault, and has its own code."""
    (tmp_path / "a.md").write_bytes(good)
    done = peg("convert", tmp_path, "-o", "/proc/output")
    assert done.exit_code == 5
    assert "Traceback" not in done.output


def test_a_full_disk_is_exit_code_5(peg, tmp_path, monkeypatch):
    """So has an error of the system that nobody foresaw."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pipeline, "discover", full)
    done = peg("convert", tmp_path, "-o", tmp_path / "out")
    assert done.exit_code == 5
    assert "No space left on device" in done.stderr


def test_our_own_fault_is_told_without_a_traceback(peg, tmp_path, monkeypatch):
    """A fault of the program is exit code 1 and a sentence; --debug adds the traceback."""

    def faulty(*_: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(pipeline, "discover", faulty)
    done = peg("convert", tmp_path, "-o", tmp_path / "out")
    assert done.exit_code == 1
    assert "ZeroDivisionError: oops" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Traceback" in peg("convert", tmp_path, "-o", tmp_path / "out", "--debug").stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_leaves_the_dataset_as_it_was(tmp_path, number, code):
    """Ctrl-C is exit code 130, a termination 143; nothing is left behind."""
    command = [sys.executable, "-m", "pegextract", "convert", "-", "-o", str(tmp_path / "out")]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(b" " * 500_000)  # more than a pipe holds: it is read before this returns
        time.sleep(0.3)  # it empties the pipe and waits for more
        process.send_signal(number)
        errors = process.stderr.read().decode()
        assert process.wait(20) == code
    assert "Traceback" not in errors
    assert not (tmp_path / "out").exists()
