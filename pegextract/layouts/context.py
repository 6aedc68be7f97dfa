"""What every section reader works with, and how it hands over what it found."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pegextract.document import Columns, Document, Line, Span
from pegextract.findings import Finding, Severity
from pegextract.layouts.draft import Printed, printed
from pegextract.layouts.fitness import Fitness
from pegextract.layouts.ledger import Claim, Ledger
from pegextract.layouts.profile import Profile

R = TypeVar("R")


@dataclass(slots=True)
class Context:
    """One sheet on the desk: the document, the words of its form, the ledger, the judge, and the doubts so far.

    units: names of offices as this sheet prints them whole · unit_words: names taken apart before, a memory ·
    answers: what was worked out of this sheet before, see `remembered` · cells: lines whose cells a table's head tells.
    """

    document: Document
    profile: Profile
    ledger: Ledger
    fitness: Fitness
    units: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    unit_words: dict[str, list[str]] = field(default_factory=dict)
    answers: dict[Hashable, Any] = field(default_factory=dict)
    cells: dict[int, Line] = field(default_factory=dict)

    def remembered(self, question: Hashable, answer: Callable[[], R]) -> R:
        """The answer to a question about this sheet, worked out once: readings that compete ask the same again."""
        known: R | None = self.answers.get(question)
        if known is None:
            known = self.answers[question] = answer()
        return known

    def line(self, index: int) -> Line:
        """The line with this index in the document, with its cells as far as they are certain by now."""
        return self.cells.get(index) or self.document.lines[index]

    def text(self, span: Span) -> str:
        """The words of a span."""
        return self.document.text[span[0] : span[1]]

    def line_text(self, index: int) -> str:
        """The words of a line, separators of cells included."""
        return self.document.line_texts[index]

    def field(self, spans: Iterable[Span], rule: str, confidence: float = 1.0) -> Printed:
        """Claim the spans for a field and return what they print."""
        value = printed(self.document.raw, spans, rule, confidence=confidence)
        self.ledger.claim(value.spans, Claim.FIELD)
        return value

    def label(self, index: int) -> None:
        """Claim a whole line as a label of the form."""
        self.ledger.claim_line(self.document.lines[index], Claim.LABEL)

    def doubt(
        self, code: str, message: str, table: str, row: int | None, name: str | None, spans: Sequence[Span]
    ) -> None:
        """Record that a value may be wrong, with the words in question."""
        raw = " ".join(self.document.raw[start:end] for start, end in spans) or None
        self.findings.append(
            Finding(Severity.WARNING, code, message, table, row, name, raw, spans[0] if spans else None)
        )

    def leave(self, lines: Sequence[int], table: str) -> None:
        """Leave lines unread that stand apart below a table, with a finding: they belong to none of its rows."""
        if not lines:
            return
        spans = [(self.line(index).start, self.line(index).end) for index in lines]
        message = "these words stand apart below the table and belong to none of its rows; they were left unread"
        raw = " ".join(self.text(span) for span in spans)
        self.findings.append(Finding(Severity.WARNING, "text_after_table", message, table, None, None, raw, spans[0]))

    def without_text_below(self, lines: Sequence[int], table: str) -> list[int]:
        """The lines of a table with borders; running text that a blank line parts from its last row is left."""
        end = len(lines)
        while end and self.line(lines[end - 1]).columns is Columns.NONE:
            end -= 1
        below = [n for n in range(max(end, 1), len(lines)) if self.line(lines[n]).gap]
        if not end or not below:
            return list(lines)
        self.leave(lines[below[0] :], table)
        return list(lines[: below[0]])
