"""A process that has imported everything and forks a child per order: `python -m tests.dataset.zygote`.

A line on stdin is the folder of a dataset. The child stops itself, so that a tracer can attach before it publishes a
second archive there; its pid is printed, then its wait status. A child that returns from the commit is acknowledged:
it exits with 0, after which its version has to be there for good.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from pathlib import Path

from pegextract.errors import PegextractError
from tests.dataset.examples import archive, extraction, record, sheet, write


def second() -> list:
    """An archive that changes some years of the first, and leaves others."""
    return [*archive(), extraction("new", sheet(record(1, 2018, "2018_ZN01")), sheet(record(2, 2021, "2021_ZN77")))]


def child(folder: Path) -> None:
    """Publish, and end with 0, or with the exit code of the error."""
    os.kill(os.getpid(), signal.SIGSTOP)
    try:
        write(folder, second())
        os._exit(0)
    except PegextractError as error:
        os._exit(error.exit_code)
    finally:
        traceback.print_exc()
        os._exit(1)


def main() -> None:
    """Serve until stdin ends."""
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            child(Path(line.strip()))
        os.waitpid(pid, os.WUNTRACED)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
        sys.stdout.write(f"{os.waitpid(pid, 0)[1]}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
