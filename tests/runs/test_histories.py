"""Whatever happens to a folder over many nights, the dataset is that of a folder that always was as it is now."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pegextract.dataset import durable, versions
from pegextract.dataset.place import Place, Writing
from pegextract.dataset.verify import find_faults
from pegextract.errors import EnvironmentFault, GateRefused, UsageError
from pegextract.registry.judgements import FILE as JUDGEMENTS
from pegextract.registry.judgements import Correction, add_judgements
from pegextract.runs import ingest as module
from tests.dataset.examples import digest
from tests.runs.nights import NOTHING, InHouse, night, plain

NAMES = st.sampled_from(["a.txt", "b.txt", "below/c.txt", "below/d.md", "è.txt", "deep/er/e.txt"])
YEARS = st.sampled_from([2017, 2018, 2021])
TITLES = st.sampled_from(["Casa", "Scuola", "Verde", "Strade"])


class Killed(BaseException):
    """Stands for a kill: nothing of ours may catch it and carry on."""


class Folder(RuleBasedStateMachine):
    """A folder of documents, and nights in between, some of which are killed or have no room on the disk."""

    def __init__(self) -> None:
        super().__init__()
        self.room = Path(tempfile.mkdtemp(prefix="histories-"))
        self.inputs, self.output = self.room / "in", self.room / "out"
        self.patch = patch.object(module, "Workers", InHouse)
        self.patch.start()
        self.current = False

    @initialize(names=st.lists(NAMES, min_size=1, max_size=3, unique=True), year=YEARS)
    def begin(self, names: list[str], year: int) -> None:
        """A folder is never empty at first."""
        self.inputs.mkdir()
        for name in names:
            self.put(name, f"{year} {name}")

    def put(self, name: str, text: str) -> None:
        """Write a document."""
        path = self.inputs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        self.current = False

    @rule(name=NAMES, year=YEARS, title=TITLES)
    def add_or_change(self, name: str, year: int, title: str) -> None:
        """A new document, or another text in an old one."""
        self.put(name, f"{year} {title}")

    @rule(name=NAMES)
    def letter(self, name: str) -> None:
        """A document that gives no sheet."""
        self.put(name, "Dear madam")

    @rule(name=NAMES, other=NAMES)
    def rename(self, name: str, other: str) -> None:
        """Moved, over another one if there is one."""
        if name != other and (self.inputs / name).exists():
            (self.inputs / other).parent.mkdir(parents=True, exist_ok=True)
            (self.inputs / name).replace(self.inputs / other)
            self.current = False

    @rule(name=NAMES, other=NAMES)
    def copy(self, name: str, other: str) -> None:
        """The same bytes in two places."""
        if name != other and (self.inputs / name).exists():
            self.put(other, (self.inputs / name).read_text())

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        """Gone."""
        (self.inputs / name).unlink(missing_ok=True)
        self.current = False

    @rule(name=NAMES)
    def touch(self, name: str) -> None:
        """Another time on the same bytes."""
        if (self.inputs / name).exists():
            (self.inputs / name).touch()

    @rule()
    def lose_the_ledger(self) -> None:
        """The memory of former runs is lost."""
        for path in (self.output / ".pegextract").glob("ledger.sqlite*"):
            path.unlink()

    @rule(name=NAMES, value=st.sampled_from(["41", "42"]))
    def judge(self, name: str, value: str) -> None:
        """A person corrects a value, in a document that is there or in one that is not."""
        place = {"document": name, "sheet": 1, "table": "phases", "row": 2, "field": "weight", "raw": "49,9999"}
        self.output.mkdir(exist_ok=True)
        (self.output / JUDGEMENTS).unlink(missing_ok=True)
        add_judgements(self.output, [("correction", Correction(**place, value=value))])
        self.current = False

    @precondition(lambda self: len(Place(self.output).numbers()) > 1)
    @rule()
    def roll_back(self) -> None:
        """A person takes the last version back, if that changes anything."""
        with Writing(self.output) as writing, suppress(UsageError):
            versions.roll_back(writing, Place(self.output).numbers()[-2])
            self.current = False

    @rule(accept=st.just(True))
    def good_night(self, accept: bool) -> None:
        """A run with nothing in its way."""
        night(self.inputs, self.output, settings=NOTHING, extract=plain, accept=accept)
        self.current = True

    @rule()
    def careful_night(self) -> None:
        """A run whose gate may refuse."""
        try:
            night(self.inputs, self.output, settings=NOTHING, extract=plain)
            self.current = True
        except GateRefused:
            self.current = False

    @rule(point=st.integers(0, 40), error=st.sampled_from([Killed, OSError]))
    def bad_night(self, point: int, error: type[BaseException]) -> None:
        """A run that ends at the n-th thing it writes."""
        count = 0

        def failing(real):
            def call(*arguments):
                nonlocal count
                count += 1
                if count > point:
                    raise Killed if error is Killed else OSError(28, "No space left on device")
                return real(*arguments)

            return call

        names = ("write_file", "sync_folder", "switch_link", "make_folder")
        patches = [patch.object(versions, name, failing(getattr(durable, name))) for name in names]
        for one in patches:
            one.start()
        try:
            night(self.inputs, self.output, settings=NOTHING, extract=plain, accept=True)
            self.current = True
        except (Killed, EnvironmentFault):
            self.current = False
        finally:
            for one in patches:
                one.stop()

    @precondition(lambda self: self.current)
    @invariant()
    def equal_to_a_rebuild(self) -> None:
        """After a run that ended well, the dataset is byte for byte that of a first run over the folder of now."""
        fresh = self.room / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        if (self.output / JUDGEMENTS).exists():
            fresh.mkdir()
            shutil.copy(self.output / JUDGEMENTS, fresh)
        done, _ = night(self.inputs, fresh, settings=NOTHING, extract=plain)
        if done.version is None and not (self.output / "current").exists():
            return
        if done.version is None:  # nothing is left in the folder: an empty dataset took the place of the last
            assert not [row for row in digest(self.output) if "/20" in row]
            return
        assert digest(self.output) == digest(fresh)

    @invariant()
    def whole(self) -> None:
        """Whatever happened, every byte of every version is as it was committed."""
        if (self.output / "current").exists():
            assert find_faults(Place(self.output)) == []

    def teardown(self) -> None:
        """Clean up."""
        self.patch.stop()
        shutil.rmtree(self.room, ignore_errors=True)


def histories(examples: int, steps: int):
    """A test of so many histories."""

    class Case(Folder.TestCase):
        settings = settings(
            max_examples=examples, stateful_step_count=steps, deadline=None,
            suppress_health_check=list(HealthCheck), print_blob=True,
        )  # fmt: skip

    return Case


def test_incremental_is_rebuild():
    """A sample of random histories."""
    histories(12, 14)("runTest").runTest()


@pytest.mark.soak
def test_incremental_is_rebuild_over_many_histories():
    """Two hundred random histories of thirty steps."""
    histories(200, 30)("runTest").runTest()
