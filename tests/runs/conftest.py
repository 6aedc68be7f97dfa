"""The command line in this process."""

from tests.cli.conftest import peg

__all__ = ["peg"]
