"""What a run says while it goes on: one event a line, as JSON, with nothing in it that could be taken for more.

No document text, no messages that quote it: names, ids, codes and counts.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any, Final, TextIO

from pegextract.runs.names import safe

_LONGEST: Final = 500
"""Characters of one value; a line stays under 2 kB in practice and no value can push another out of sight."""


class JsonLines:
    """Writes events to a stream. Non-ASCII, control and bidi characters are escaped, so a line is a line."""

    def __init__(self, stream: TextIO, run: str) -> None:
        import structlog

        self._log: Any = structlog.wrap_logger(
            structlog.WriteLogger(stream),
            processors=[_stamped, structlog.processors.JSONRenderer(ensure_ascii=True, default=str)],
            run=run,
        )

    def tell(self, event: str, **facts: object) -> None:
        """One line. A stream that is gone costs the line and nothing else."""
        try:
            self._log.msg(event, **{name: _cut(value) for name, value in facts.items() if value is not None})
        except (OSError, ValueError):
            return


class Silence:
    """Says nothing."""

    def tell(self, event: str, **facts: object) -> None:
        """Nothing."""


def _stamped(logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {"time": now, "event": event.pop("event"), **event}


def _cut(value: object) -> object:
    """Texts made safe (JSON leaves DEL as it is) and cut."""
    if not isinstance(value, str):
        return value
    shown = safe(value)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}… ({len(shown)} characters)"
