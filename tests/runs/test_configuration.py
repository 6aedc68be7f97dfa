"""Settings: where they come from, what is refused, and that the page about them tells the truth."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pegextract.errors import UsageError
from pegextract.readers.options import ReaderOptions
from pegextract.runs.configuration import Configuration, load, settings_lines
from pegextract.runs.extract import Settings
from pegextract.runs.fingerprint import _NOT_READING, _PACKAGE, _READING, _files, fingerprint
from pegextract.runs.unattended import order_of

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "operations.md"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """A folder without a file of settings."""
    monkeypatch.chdir(tmp_path)


def test_each_source_overrides_the_one_before(tmp_path, monkeypatch):
    """Defaults, file, environment, command line; `config` says where each value is from."""
    file = tmp_path / "my.toml"
    file.write_text('output = "a"\nsettle = 1\njobs = 1\n[gate]\nloss = 0.2\nfailures = 0.3\n')
    monkeypatch.setenv("PEGEXTRACT_SETTLE", "2")
    monkeypatch.setenv("PEGEXTRACT_GATE__LOSS", "0.4")
    loaded = load(file, {"jobs": 3, "year": None, "inputs": ()})
    found = loaded.configuration
    assert (found.output, found.settle, found.jobs, found.gate.loss) == (Path("a"), 2, 3, 0.4)
    assert (found.gate.failures, found.deleted) == (0.3, "drop")
    lines = {line.split()[0]: line.split()[-1] for line in settings_lines(loaded)}
    assert lines["gate.loss"] == "environment"
    assert lines["gate.failures"] == str(file)
    assert (lines["jobs"], lines["deleted"]) == ("line", "default")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("settel = 1", "settel"),
        ("settle = -1", "settle"),
        ('deleted = "perhaps"', "deleted"),
        ("[gate]\nloss = 2", "gate.loss"),
        ("[gate]\nlost = 2", "gate.lost"),
        ("not TOML", "cannot be read"),
    ],
)
def test_what_is_no_setting_is_refused(tmp_path, text, says):
    """A wrong name or value is named, never passed over."""
    file = tmp_path / "my.toml"
    file.write_text(text)
    with pytest.raises(UsageError, match=says):
        load(file, {})


def test_a_misspelt_variable_is_refused(monkeypatch):
    """So is one in the environment."""
    monkeypatch.setenv("PEGEXTRACT_SETTEL", "1")
    with pytest.raises(UsageError, match="PEGEXTRACT_SETTEL"):
        load(None, {})


def test_settings_among_the_inputs_are_refused(tmp_path):
    """Who may drop documents may not thereby change the settings."""
    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / "pegextract.toml"
    file.write_text('inputs = ["in"]\noutput = "out"\n')
    with pytest.raises(UsageError, match="lies in the input"):
        load(file, {})


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"output": "out"}, "what to ingest"),
        ({"inputs": ("in",)}, "where to"),
        ({"inputs": ("-",), "output": "out"}, "standard input"),
        ({"inputs": ("out/in",), "output": "out"}, "keep them apart"),
        ({"inputs": ("out",), "output": "out"}, "keep them apart"),
    ],
)
def test_orders_that_make_no_sense_are_refused(options, says):
    """Before anything is touched, with what to write instead."""
    with pytest.raises(UsageError, match=says):
        order_of(load(None, options).configuration)


def test_a_secret_is_not_printed(tmp_path):
    """The address of the heartbeat is a secret of sorts."""
    file = tmp_path / "my.toml"
    file.write_text('heartbeat = "https://hc.example.org/ping/5a1e-secret"')
    assert "5a1e" not in "\n".join(settings_lines(load(file, {})))


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"ocr": "sometimes"}, "ocr"),
        ({"ocr_language": "it a"}, "ocr_language"),
        ({"pdf_engine": "magic"}, "pdf_engine"),
    ],
)
def test_a_way_of_reading_that_there_is_not_is_refused(options, says):
    """As `convert` refuses it."""
    with pytest.raises(UsageError, match=says):
        load(None, options)


def test_pages_are_read_as_the_settings_say(tmp_path, monkeypatch):
    """How PDFs and scans are read comes from all sources, and reaches the workers."""
    file = tmp_path / "my.toml"
    file.write_text('inputs = ["in"]\noutput = "out"\nocr_language = "ita+deu"\n')
    monkeypatch.setenv("PEGEXTRACT_PASSWORD", "Sesamo è aperto")
    monkeypatch.setenv("PEGEXTRACT_OCR_CACHE", "/somewhere")  # for `convert`; no reason to refuse
    loaded = load(file, {"pdf_engine": "pdfplumber", "ocr": "always"})
    order = order_of(loaded.configuration)
    assert order.settings.reading == ReaderOptions("pdfplumber", "Sesamo è aperto", "always", "ita+deu")
    assert "Sesamo" not in f"{loaded} {order} {settings_lines(loaded)}"


@pytest.mark.parametrize(
    "other",
    [{"engine": "pdfplumber"}, {"password": "a"}, {"password": "b"}, {"ocr": "never"}, {"ocr_language": "deu"}],
    ids=str,
)
def test_another_way_of_reading_reads_anew(other):
    """What changes a result is part of what results are remembered under; no password can be read off that."""
    seen = [fingerprint(Settings((), reading=ReaderOptions(**options))) for options in ({}, {"password": "b"}, other)]
    assert len(set(seen)) == (2 if other == {"password": "b"} else 3)
    folders = [fingerprint(Settings((), reading=ReaderOptions(ocr_cache=Path(name)))) for name in ("a", "b")]
    assert folders == seen[:1] * 2


def test_all_code_that_reads_is_in_the_fingerprint():
    """Whatever the reading of a document imports makes results of another version others."""
    ours = "[found.__file__ for name, found in sys.modules.items() if name.startswith('pegextract.')]"
    script = f"import sys, pegextract.runs.extract; print(*{ours})"
    listed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    names = {Path(line).relative_to(_PACKAGE).as_posix() for line in listed.stdout.split()}
    missing = {name for name in names if not name.endswith("__init__.py")} - _NOT_READING
    missing -= {path.relative_to(_PACKAGE).as_posix() for path in _files(_READING)}
    assert len(names) > 50
    assert missing == set()


def blocks(language: str) -> list[str]:
    """The code blocks of the page."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(), re.DOTALL)


def test_the_page_shows_the_defaults(tmp_path):
    """Every setting stands in docs/operations.md, with its default."""
    (text,) = blocks("toml")
    shown = tomllib.loads(text)
    defaults = Configuration().model_dump(mode="json")
    for name in Configuration.model_fields:
        assert re.search(rf"^(# )?\[?{name}\b", text, re.MULTILINE), name
    for name, value in shown.items():
        if name not in ("inputs", "output"):
            assert value == defaults[name], name
    file = tmp_path / "pegextract.toml"
    file.write_text(text.replace("# form", "form").replace("# year", "year"))
    assert load(file, {}).configuration.form == "firenze"


def test_the_crontab_of_the_page_names_commands_that_exist(peg):
    """Each command line of the page has a command and options that there are."""
    lines = [line for block in blocks("crontab") for line in block.splitlines()]
    lines += re.findall(r"ExecStart=(.*)", PAGE.read_text())
    for line in lines:
        words = shlex.split(line.partition("/opt")[2].partition(" >")[0].partition(" 2>")[0])
        told = peg(words[1], "--help").stdout
        assert all(word in told for word in words if word.startswith("--")), line
