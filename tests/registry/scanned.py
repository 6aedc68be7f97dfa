"""The invented archive with scans in it: some of its sheets are drawn, printed and scanned."""

import random
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.forms.archive import Document, archive
from tests.forms.draw import draw_reportlab
from tests.forms.look import random_look
from tests.forms.scan import as_pdf, harmed, random_harm, render


def with_scans(seed: int, share: float, dpi: int, per_year: int) -> Iterator[Document]:
    """The documents of a town, that share of them scanned at `dpi`, each page with its own dirt."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        for document in archive(seed, per_year=per_year):
            yield _scanned(document, dpi, Path(folder), rng) if rng.random() < share else document


def _scanned(document: Document, dpi: int, folder: Path, rng: random.Random) -> Document:
    path = folder / "sheet.pdf"
    draw_reportlab([document.sheet], path, look=random_look(rng))
    pages = [harmed(page, random_harm(rng), rng) for page in render(path, dpi)]
    return replace(document, name=f"{Path(document.name).with_suffix('.pdf')}", damaged=True, scan=as_pdf(pages, dpi))
