"""The README's commands do what it says, run in order in a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"

# Commands that are not run here, each with the reason.
NOT_RUN = {
    "git clone": "needs a network",
    "cd ": "this is already the folder",
    "make": "the set-up and the tests are what runs this test",
    "sudo apt-get": "changes the machine",
    "apt-get": "changes the machine",
    "pip install": "changes the environment that runs this test",
    "python3 -m venv": "the environment is there",
}


def blocks(text: str, language: str) -> Iterator[str]:
    """The fenced blocks of a Markdown text that are marked with exactly this language."""
    yield from re.findall(rf"^```{language}[ ]*\n(.*?)^```[ ]*$", text, re.MULTILINE | re.DOTALL)


def commands(text: str) -> list[str]:
    """The commands of the ```sh blocks: one per line, continued lines joined, prompts and comments left out."""
    joined = "".join(blocks(text, "sh")).replace("\\\n", " ")
    lines = (line.strip().removeprefix("$ ") for line in joined.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def is_run(command: str) -> bool:
    """Whether a command is tried here."""
    return not command.startswith(tuple(NOT_RUN))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a newcomer has it: the project without environment, caches and output."""
    folder = tmp_path_factory.mktemp("readme") / "pegextract"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".*", "__pycache__", "*.parquet", "build", "dist"))
    return folder


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in the copy, with this environment's commands first on the path and no one to answer questions."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_readme_has_commands_to_run():
    """The README shows the command at work, so the test below has something to run."""
    assert any(command.startswith("pegextract ") for command in commands(README.read_text()))


def test_every_command_of_the_readme_runs(copy):
    """Each command in a ```sh block ends with success, in the README's order; then each ```python block does."""
    text = README.read_text()
    for command in filter(is_run, commands(text)):
        done = run(["bash", "-euo", "pipefail", "-c", command], copy)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    for block in blocks(text, "python"):
        done = run([sys.executable, "-c", block], copy)
        assert done.returncode == 0, f"{block}\n{done.stdout}{done.stderr}"


def test_commands_are_taken_from_sh_blocks_only():
    """Continued lines are one command, comments and prompts are no part of it, output in other blocks is left alone."""
    text = "```sh\n# first\n$ pegextract convert samples \\\n  -o output\nmake test\n```\n```text\n5 documents\n```\n"
    assert commands(text) == ["pegextract convert samples    -o output", "make test"]
    assert [is_run(command) for command in commands(text)] == [True, False]
