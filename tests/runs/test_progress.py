"""What is told while a run goes on."""

import io

import pytest

from pegextract.runs.progress import Bar, Lines, Told, line_of, progress_on
from pegextract.runs.sources import Skipped

GOOD = Told("a.txt", "ok", 3, 1.0)
BAD = Told("b.txt", "failed", reason="the file is\x1b[31m empty")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It does."""
        return True


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (GOOD, "ok        3 sheets  coverage 1.000  a.txt"),
        (Told("a.txt", "partial", 1, 0.99999), "partial    1 sheet  coverage 0.999  a.txt"),
        (BAD, "FAILED  b.txt: the file is\\x1b[31m empty"),
    ],
)
def test_a_document_is_one_line(told, line):
    """Status, sheets, coverage (rounded down: 1.000 is all of it) and name; a failure with its reason, made safe."""
    assert line_of(told) == line


def run(progress):
    """Tell of one skipped input, a good document and a bad one."""
    with progress:
        progress.begin(2, [Skipped("pipe.txt", "a pipe is not opened")])
        progress.document(GOOD)
        progress.document(BAD)


def test_without_a_terminal_there_are_plain_lines():
    """A log gets one line per document and no control characters."""
    stream = io.StringIO()
    progress = progress_on(stream, quiet=False)
    run(progress)
    assert isinstance(progress, Lines)
    assert stream.getvalue().splitlines() == [
        "skipped pipe.txt: a pipe is not opened", line_of(GOOD), line_of(BAD),
    ]  # fmt: skip


def test_quiet_tells_failures_only():
    """--quiet: a line per failure, on a terminal too."""
    stream = Terminal()
    run(progress_on(stream, quiet=True))
    assert stream.getvalue() == f"{line_of(BAD)}\n"


def test_on_a_terminal_there_is_a_bar(monkeypatch):
    """The bar counts documents and sheets, with sheets per second and time left; failures stay readable above it."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    stream = Terminal()
    progress = progress_on(stream, quiet=False)
    run(progress)
    assert isinstance(progress, Bar)
    shown = stream.getvalue()
    assert "3 sheets" in shown
    assert "/s" in shown
    assert "left" in shown
    assert line_of(BAD) in shown
    assert line_of(GOOD) not in shown
