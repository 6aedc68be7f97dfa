"""What a person sees while a run goes on: a bar on a terminal, else one plain line per document, or errors only."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import NamedTuple, Protocol, Self, TextIO

from pegextract.runs.names import safe
from pegextract.runs.sources import Skipped


class Told(NamedTuple):
    """What is told about one document when it is done."""

    name: str
    status: str
    sheets: int = 0
    coverage: float | None = None
    reason: str = ""


class Progress(Protocol):
    """Hears of a run as it goes on, as a context manager around it."""

    def __enter__(self) -> Self:
        """The run begins."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The run has ended, well or not."""

    def begin(self, documents: int, skipped: Sequence[Skipped]) -> None:
        """So many documents will follow, and these inputs are not opened."""

    def document(self, told: Told) -> None:
        """One document is done."""


def line_of(told: Told) -> str:
    """One document in one line."""
    if told.status == "failed":
        return f"FAILED  {told.name}: {safe(told.reason)}"
    sheets = f"{told.sheets} sheet{'s' if told.sheets != 1 else ''}"
    coverage = "" if told.coverage is None else f"coverage {_cut(told.coverage)}"
    return f"{told.status:<7} {sheets:>10}  {coverage}  {told.name}"


def _cut(share: float) -> str:
    """Three decimals, rounded down: 1.000 is only what is whole."""
    return f"{int(share * 1000) / 1000:.3f}"


class Lines:
    """One plain line per document. only_failures: nothing about those that went well, nor about skipped inputs."""

    def __init__(self, stream: TextIO, only_failures: bool = False) -> None:
        self._stream = stream
        self._only_failures = only_failures

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def begin(self, documents: int, skipped: Sequence[Skipped]) -> None:
        """A line for each skipped input."""
        if not self._only_failures:
            for item in skipped:
                self._write(f"skipped {item.name}: {item.reason}")

    def document(self, told: Told) -> None:
        """A line for the document."""
        if told.status == "failed" or not self._only_failures:
            self._write(line_of(told))

    def _write(self, line: str) -> None:
        self._stream.write(f"{line}\n")
        self._stream.flush()


class Bar:
    """A bar with sheets per second and the time left; failures scroll by above it."""

    def __init__(self, stream: TextIO) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        self._progress = RichProgress(
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("documents · {task.fields[sheets]} sheets, {task.fields[rate]}/s ·"),
            TimeRemainingColumn(),
            TextColumn("left"),
            console=Console(file=stream, highlight=False, markup=False, emoji=False),
            transient=True,
        )
        self._bar = self._progress.add_task("", total=None, sheets=0, rate="0")
        self._sheets = 0

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def begin(self, documents: int, skipped: Sequence[Skipped]) -> None:
        """The bar gets its length."""
        self._progress.update(self._bar, total=documents)
        for item in skipped:
            self._progress.console.print(f"skipped {item.name}: {item.reason}", soft_wrap=True)

    def document(self, told: Told) -> None:
        """The bar moves on by one."""
        self._sheets += told.sheets
        elapsed = self._progress.tasks[0].elapsed
        rate = f"{self._sheets / elapsed:,.0f}" if elapsed else "0"
        self._progress.update(self._bar, advance=1, sheets=self._sheets, rate=rate)
        if told.status == "failed":
            self._progress.console.print(line_of(told), soft_wrap=True)


def progress_on(stream: TextIO, quiet: bool) -> Progress:
    """A bar where the stream is a terminal, else lines; errors only when quiet."""
    if quiet:
        return Lines(stream, only_failures=True)
    return Bar(stream) if stream.isatty() else Lines(stream)
