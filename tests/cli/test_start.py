"""The command by itself: help, version, forms, and a quick start."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pegextract import __version__

# Not pydantic: typer itself brings it to read arguments.
HEAVY = ("pandas", "pyarrow", "rich", "numpy", "rapidfuzz", "lxml", "bs4", "docx", "pebble", "ftfy")


def test_the_version_is_printed_without_loading_anything_heavy():
    """`--version` is answered before any library is imported that only converting needs."""
    code = (
        "import sys; sys.argv = ['pegextract', '--version']\n"
        "from pegextract.cli import main\n"
        "try: main()\n"
        f"finally: print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == f"pegextract {__version__}\n"
    assert done.stderr == "[]\n"


def test_without_arguments_the_help_is_printed(peg):
    """Nothing to do is no error: the commands are listed, with examples."""
    done = peg()
    assert done.exit_code == 0
    assert all(name in done.stdout for name in ("convert", "show", "explain", "profiles", "Examples:"))


@pytest.mark.parametrize("command", ["convert", "show", "explain", "profiles"])
def test_each_command_explains_itself(peg, command):
    """`COMMAND --help` says what it does; those with arguments show examples."""
    done = peg(command, "--help")
    assert done.exit_code == 0
    assert f"Usage: pegextract {command}" in done.stdout
    assert command == "profiles" or f"pegextract {command} " in done.stdout.partition("Examples:")[2]


def test_the_forms_are_listed(peg):
    """`profiles` names each form as --form takes it."""
    done = peg("profiles")
    assert done.exit_code == 0
    assert "firenze" in [line.split()[0] for line in done.stdout.splitlines()]


@pytest.mark.parametrize("arguments", [["frobnicate"], ["show"], ["convert", "a", "-o", "b", "--frob"]])
def test_wrong_usage_is_exit_code_2(peg, arguments):
    """An unknown command or option, or a missing argument, is exit code 2 and says where help is."""
    done = peg(*arguments)
    assert done.exit_code == 2
    assert "-h" in done.stderr
