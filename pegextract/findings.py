"""What a person should know about a document: stable codes, a severity, a sentence."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding matters: an error is a value that is missing or wrong, a warning is a doubt."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Finding(NamedTuple):
    """One thing a person should know (contract: findings). `span` is the place in `Document.text`.

    `table` and `field` use the contract's names; `row_number` counts from 1 and is None for objectives. `page` is for
    what concerns a page and no words on it.
    """

    severity: Severity
    code: str
    message: str
    table: str | None = None
    row_number: int | None = None
    field: str | None = None
    raw: str | None = None
    span: tuple[int, int] | None = None
    page: int | None = None
