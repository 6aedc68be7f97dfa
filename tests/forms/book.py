"""Many sheets in one document: cover, index, running heads, page numbers."""

import random

from .render_cells import escaped, pipes, tabs
from .render_lines import ocr, plain
from .sheets import Sheet

_PRINTERS = {"pipes": pipes, "tabs": tabs, "escaped": escaped, "plain": plain, "ocr": ocr}


def book(sheets: list[Sheet], rendering: str, rng: random.Random) -> str:
    """All `sheets` as one document in one rendering; form feeds between pages for plain and ocr."""
    feed = "\f" if rendering in {"plain", "ocr"} else "\n"
    pages = len(sheets) * 2 + 3
    parts = [_cover(sheets, rng), _index(sheets, rendering, rng)]
    for number, sheet in enumerate(sheets, start=1):
        text = _PRINTERS[rendering](sheet, rng).strip("\n")
        parts.append(f"{_running(sheet, rng)}{text}\n\n{_page_number(number * 2 + 2, pages, rng)}\n")
    return feed.join(parts)


def _cover(sheets: list[Sheet], rng: random.Random) -> str:
    year = sheets[0].truth["year"] if sheets else 2020
    lines = [
        "COMUNE DI VALDARNO SUPERIORE",
        "",
        f"PIANO ESECUTIVO DI GESTIONE {year}",
        "",
        "PIANO DETTAGLIATO DEGLI OBIETTIVI",
    ]
    if rng.random() < 0.5:
        lines += ["", f"Approvato con deliberazione di Giunta n. {rng.randint(10, 300)} del 28/04/{year}"]
    return "\n".join([*lines, "", ""])


def _index(sheets: list[Sheet], rendering: str, rng: random.Random) -> str:
    lines = ["INDICE", ""]
    for number, sheet in enumerate(sheets, start=1):
        code, title = sheet.truth["code"] or "", sheet.truth["title"] or sheet.truth["service"]
        code = code.replace("_", r"\_") if rendering == "escaped" else code
        name = f"{code} {title[:90]}".strip()
        lines.append(f"{name} {'.' * rng.randint(5, 40)} {number * 2 + 1}")
    return "\n".join([*lines, "", ""])


def _running(sheet: Sheet, rng: random.Random) -> str:
    if rng.random() < 0.5:
        return ""
    return f"Comune di Valdarno Superiore - Piano Esecutivo di Gestione {sheet.truth['year']}\n\n"


def _page_number(page: int, pages: int, rng: random.Random) -> str:
    return rng.choice([f"Pag. {page} di {pages}", f"Pagina {page}", str(page), f"- {page} -"])
