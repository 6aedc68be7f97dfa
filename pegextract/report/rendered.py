"""A view for what is no terminal: plain text for files and pipes, HTML for notebooks."""

from __future__ import annotations

from io import StringIO

from rich.console import Console, RenderableType

WIDTH = 120
"""Columns."""
_HTML = '<pre style="white-space:pre;overflow-x:auto;line-height:1.25;font-family:monospace">{code}</pre>'


def as_text(view: RenderableType) -> str:
    """The view without colours, its lines without blanks at their end."""
    console = Console(file=StringIO(), width=WIDTH, highlight=False, emoji=False, color_system=None)
    with console.capture() as captured:
        console.print(view)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def as_html(view: RenderableType) -> str:
    """The view with its colours, for a cell of a notebook; needs no style sheet, and no text of it is markup."""
    console = Console(file=StringIO(), width=WIDTH, highlight=False, emoji=False, record=True)
    console.print(view)
    return console.export_html(code_format=_HTML, inline_styles=True)
