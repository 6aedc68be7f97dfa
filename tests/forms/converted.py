"""What converters and models do to a text besides its tables: other headers, marks between pages or around words."""

import random
import re
from collections.abc import Callable

from .render_cells import Lines, Rows, Style, pipe_table, render_cells
from .sheets import Sheet

Pairs = list[tuple[str, str]]


def _in_rows(pairs: Pairs, cell: Callable[[str, str], str]) -> Lines:
    return ["| " + " | ".join(cell(*pair) for pair in row) + " |" for row in (pairs[:3], pairs[3:])]


HEADERS: dict[str, Callable[[Pairs], Lines]] = {
    "one a line": lambda pairs: [f"**{label}:** {value}" for label, value in pairs],
    "a list": lambda pairs: [f"- {label}: {value}" for label, value in pairs],
    "a list with stars": lambda pairs: [f"* **{label}:** {value}" for label, value in pairs],
    "values below labels": lambda pairs: [text for label, value in pairs for text in (label, "", value, "")],
    "a table of two columns": lambda pairs: pipe_table([["Campo", "Valore"], *map(list, pairs)]),
    "labels in one row": lambda pairs: [
        line
        for row in (pairs[:3], pairs[3:])
        for line in [*pipe_table([[label for label, _ in row], [value for _, value in row]]), ""]
    ],
    "label and value in a cell": lambda pairs: _in_rows(pairs, lambda label, value: f"**{label}** {value}"),
    "value below the label in a cell": lambda pairs: _in_rows(pairs, lambda label, value: f"{label}<br>{value}"),
}
"""How the six labels of the header and their values may be printed."""


def with_header(sheet: Sheet, rng: random.Random, header: str) -> str:
    """The sheet in pipe tables, its header printed another way."""

    def table(rows: Rows) -> Lines:
        if any(rows[0]):
            return pipe_table(rows)
        return HEADERS[header]([(row[n], row[n + 1]) for row in rows[1:] for n in range(0, 6, 2)])

    return render_cells(sheet, rng, Style(table))


MARKS = (
    "<!-- Page 2 -->",
    "---",
    "* * *",
    "________________",
    "![image](page-2.png)",
    "Page 2",
    "[Page 2]",
    "=== Pagina 2 ===",
    "--- Page 2 ---",
    "{2}------------------------------------------------",
    "- 2 -",
    "Pagina 2 di 9",
)
"""Lines that stand between pages."""


def with_marks(text: str, rng: random.Random, mark: str) -> str:
    """The text with a mark at some of its blank lines."""
    lines = text.split("\n")
    found = []
    for number, line in enumerate(lines):
        found.append(line)
        if not line and number > 8 and rng.random() < 0.12:
            found += [mark, ""]
    return "\n".join(found)


_SECTION = re.compile(r"^(\*\*)?(FASI|INDICATORI|OBIETTIVI COLLEGATI|Collegato a)(\*\*)?\s*$", re.MULTILINE)
SECTIONS = ("## {}", "### {}:", "{}:", "**{}:**", "1. {}", "__{}__", "### **{}**", "<h2>{}</h2>", "`{}`", "*{}*")
"""How the labels of sections may be set."""


def with_sections(text: str, section: str) -> str:
    """The text with the labels of its sections set another way."""
    return _SECTION.sub(lambda found: section.format(found[2]), text)


WHOLES: dict[str, Callable[[str], str]] = {
    "no-break spaces": lambda text: text.replace(" ", "\xa0"),
    "zero-width spaces in words": lambda text: re.sub(r"(?<=[a-zA-Z]{3})(?=[a-zA-Z]{3})", "\u200b", text),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "a byte order mark": lambda text: f"\ufeff{text}",
    "blanks at line ends": lambda text: text.replace("\n", "   \n"),
    "indented": lambda text: "\n".join(f"    {line}" for line in text.split("\n")),
    "fenced": lambda text: f"```markdown\n{text}\n```\n",
    "front matter": lambda text: f"---\ntitle: PEG\npages: 3\n---\n{text}",
    "typographic dashes": lambda text: text.replace(" - ", " – "),
}
"""What may be done to a whole text."""
