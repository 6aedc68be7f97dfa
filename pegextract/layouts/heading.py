"""Above the header table: the form's head, the code, the title."""

from __future__ import annotations

from collections.abc import Sequence

from pegextract.document import Span
from pegextract.layouts.context import Context
from pegextract.layouts.draft import Row
from pegextract.layouts.ledger import Claim
from pegextract.layouts.words import trimmed


def read_heading(context: Context, lines: Sequence[int]) -> Row:
    """Code and title of a sheet."""
    code: Span | None = None
    title: list[Span] = []
    apart = False
    for index in lines:
        line, text = context.line(index), context.line_text(index)
        if context.profile.is_label(text, "head", "head"):
            context.ledger.claim_line(line, Claim.BOILERPLATE)
            continue
        match = context.profile.code_line.match(text) if code is None else None
        start = line.start
        if match:
            code = (line.start, line.start + match.end("code"))
            start = code[1]
        words = _title_words(context, index, start)
        apart = apart or bool(words and title and line.gap and not code)
        title += words
    if apart or (title and not code and context.text(title[-1]).endswith(":")):
        message = "no code marks a title here, and these words may be none, or not all of them: look at the page"
        context.doubt("title_uncertain", message, "objectives", None, "title", title)
    row: Row = {}
    if code:
        row["code"] = context.field([code], "code_line")
    if title:
        row["title"] = context.field(title, "title_line")
    return row


def _title_words(context: Context, index: int, start: int) -> list[Span]:
    spans = []
    for cell in context.line(index).cells:
        span = trimmed(context.document.text, (max(cell.start, start), cell.end))
        while span[1] > span[0] and context.document.text[span[0]] in "-–—: ":
            span = (span[0] + 1, span[1])
        if span[1] > span[0]:
            spans.append(span)
    return spans
