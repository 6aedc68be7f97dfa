"""The command line in this process, and one converted dataset that the tests leave as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pegextract.cli import app

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
DOCUMENTS = sorted(
    path for path in SAMPLES.iterdir() if path.suffix != ".json" and not path.name.lower().startswith("readme")
)

Peg = Callable[..., object]


@pytest.fixture(scope="session")
def peg():
    """`peg("convert", folder, "-o", output, stdin=b"…")`: exit_code, stdout and stderr of a command."""

    def run(*arguments: object, stdin: bytes = b""):
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin, prog_name="pegextract")

    return run


@pytest.fixture(scope="session")
def output(tmp_path_factory, peg) -> Path:
    """The dataset of the samples."""
    folder = tmp_path_factory.mktemp("samples") / "output"
    assert peg("convert", SAMPLES, "-o", folder, "--quiet").exit_code == 0
    return folder


@pytest.fixture
def good() -> bytes:
    """The bytes of a sheet that is read without a fault."""
    return (SAMPLES / "2019_ZN17_pipes.md").read_bytes()
