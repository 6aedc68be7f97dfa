"""Signals that ask this process to end, remembered, because what they raise is at the mercy of the code that it meets.

Python turns a signal into an exception wherever the program happens to be. A finaliser drops it, a serialiser written
in another language makes an error of its own of it, and whoever takes every exception for a damaged document would go
on with the next one. So the signal is kept here, and comes first wherever an exception is taken for something else.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Final

_AGAIN: Final = 0.05
"""Seconds after which a signal is sent again whose exception Python dropped."""
_asked: int | None = None


def listen() -> None:
    """From now on SIGINT raises KeyboardInterrupt, SIGTERM SystemExit(143), and neither is lost.

    A SIGINT that whoever started this process has switched off (nohup, a shell's `&`) stays off.
    """
    signal.signal(signal.SIGTERM, _ask)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _ask)
    sys.unraisablehook = _dropped


def stop_if_asked() -> None:
    """Raises KeyboardInterrupt or SystemExit where a signal has come, whatever became of the first exception."""
    if _asked == signal.SIGINT:
        raise KeyboardInterrupt
    if _asked is not None:
        raise SystemExit(128 + _asked)


@contextmanager
def signals_first(unless: type[Exception] | tuple[()] = ()) -> Iterator[None]:
    """An error that a signal was turned into leaves as what the signal means; `unless` is no error, and passes."""
    try:
        yield
    except unless:
        raise
    except Exception:
        stop_if_asked()
        raise


def _ask(number: int, frame: FrameType | None) -> None:
    global _asked  # noqa: PLW0603  # signals come to a process
    _asked = number
    stop_if_asked()


def _dropped(what: sys.UnraisableHookArgs) -> None:
    """What Python drops because nobody could catch it; a signal that is dropped so is sent again, a moment later."""
    if _asked is None or not isinstance(what.exc_value, (KeyboardInterrupt, SystemExit)):
        sys.__unraisablehook__(what)
        return
    again = threading.Timer(_AGAIN, os.kill, [os.getpid(), _asked])
    again.daemon = True
    with suppress(RuntimeError):  # no thread starts when all is over, and then nobody needs the signal
        again.start()
