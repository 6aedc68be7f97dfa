"""The error tree: what stops work, with the exit code on the class and the remedy in the message.

PegextractError                  1   anything we raise on purpose
├── UsageError                   2   a wrong argument, an unreadable setting
│   └── ProfileError             2   a profile TOML that does not hold together
├── DocumentError                3   one document cannot become records; the batch goes on
│   ├── UnreadableDocument       3   bytes that are not what they claim, or damaged beyond reading
│   ├── UnknownForm              3   no profile knows this form
│   └── AmbiguousForm            3   two profiles claim this form
├── RunInProgress                4   another run is writing this dataset
├── EnvironmentFault             5   a missing tool or a full disk: no document's fault
└── DatasetFault                 6   the dataset cannot be trusted as it is
    ├── DatasetDamaged           6   its files are not those that were committed
    ├── DatasetTooNew            6   a later pegextract wrote it
    └── GateRefused              6   what would be published is much poorer than what is there

Things to *know* about a document are not errors: they are returned as findings (findings.py).
"""

from __future__ import annotations


class PegextractError(Exception):
    """Base of everything pegextract raises on purpose."""

    exit_code = 1


class UsageError(PegextractError):
    """The command line or a setting cannot be understood; the message says what to write instead."""

    exit_code = 2


class ProfileError(UsageError):
    """A profile TOML is wrong; the message names the file, the key and what is expected there."""


class DocumentError(PegextractError):
    """One document cannot become records. `code` is stable and goes to documents.error_code."""

    exit_code = 3
    code = "document_error"


class UnreadableDocument(DocumentError):
    """The bytes are empty, damaged or of a kind we do not read."""

    code = "unreadable"

    def __init__(self, message: str, code: str = "unreadable") -> None:
        super().__init__(message)
        self.code = code


class UnknownForm(DocumentError):
    """No profile's labels are in the document; the message lists the nearest labels seen."""

    code = "unknown_form"


class AmbiguousForm(DocumentError):
    """Two or more profiles claim the document; the message names them and how to choose."""

    code = "ambiguous_form"


class EnvironmentFault(PegextractError):
    """A missing program, a full disk, a read-only folder: fix the machine, then run again."""

    exit_code = 5


class RunInProgress(PegextractError):
    """Another run is writing the dataset; the message says who and since when."""

    exit_code = 4


class DatasetFault(PegextractError):
    """The dataset cannot be trusted, or what would become of it; nothing was changed."""

    exit_code = 6


class DatasetDamaged(DatasetFault):
    """A file is missing, superfluous or not as it was committed; the message names it."""


class DatasetTooNew(DatasetFault):
    """A later version of pegextract wrote the dataset in a format that this one does not know."""


class GateRefused(DatasetFault):
    """A run would have lost more than the gate allows; the message says what and how much."""
