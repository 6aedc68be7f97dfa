"""Draws docs/images/show.svg, what `pegextract show` prints: `python scripts/picture.py samples/2019_ZN17_pipes.md`."""

import io
import re
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI

from pegextract.layouts.profile import shipped_profiles
from pegextract.report.show import document_view
from pegextract.runs.extract import Settings
from pegextract.runs.one import read_one

PICTURE = Path("docs/images/show.svg")
COLUMNS = 110


def main(file: str) -> None:
    """Show the document as on a terminal, and save what it looks like."""
    one = read_one(file, io.BytesIO())
    extraction = one.extract(Settings(shipped_profiles()))
    console = Console(
        record=True, file=io.StringIO(), width=COLUMNS, highlight=False, emoji=False, force_terminal=True,
        color_system="truecolor", legacy_windows=False,
    )  # fmt: skip
    console.print(document_view(extraction, one.name, extraction.sheets))
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    # A fixed id: the same sheet gives the same bytes. Without fonts from elsewhere: a picture opens no connection.
    svg = console.export_svg(title=f"pegextract show {file}", theme=MONOKAI, unique_id="show")
    PICTURE.write_text(re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
