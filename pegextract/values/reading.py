"""What every parser of this package returns: a value and how it came about, or the reason there is none."""

from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Reading(NamedTuple, Generic[T]):
    """A value, and how it came about."""

    value: T
    rule: str
    """Stable snake_case name of what produced the value, e.g. `date_dd_mm_yyyy`; several are joined with `+`."""
    method: str = "printed"
    """`printed`, `repaired` or `inferred`, as the contract's `evidence.method` has it."""


class Refusal(NamedTuple):
    """No value, and why."""

    code: str
    """Stable finding code, e.g. `date_does_not_exist`."""
    message: str
    """One sentence a person reads, quoting the raw text."""


def quoted(text: str, longest: int = 60) -> str:
    """The raw text as a message quotes it: on one line, in guillemets, cut after `longest` characters."""
    line = " ".join(text[: longest * 4].split())
    return f"«{line[:longest]}…»" if len(line) > longest else f"«{line}»"
