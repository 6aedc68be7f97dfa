"""Another municipality's form: other labels, actions in place of phases, no centres, no classification."""

import random
from collections.abc import Callable
from itertools import pairwise

from . import prose
from .render_cells import Lines, Rows, pipe_table, tab_table
from .render_lines import Press
from .scene import Record
from .sheets import Sheet
from .targets import random_target
from .words import GIVEN, OFFICES, SURNAMES, Office

INDICATOR_TYPES = ("EFFICACIA", "EFFICIENZA", "QUALITA'", "RISULTATO")
ACTION_COLUMNS = ("Azione", "Peso", "Data inizio", "Data fine", "Responsabile")
INDICATOR_COLUMNS = ("Indicatore", "Tipo", "Target")
_GOALS = ("Una comunità solidale", "Città verde e sicura", "Il Comune semplice", "Scuola e cultura per tutti")
_HEADER = (
    ("SETTORE", "direction"),
    ("RESPONSABILE", "manager"),
    ("OBIETTIVO N.", "code"),
    ("TITOLO", "title"),
    ("OBIETTIVO STRATEGICO", "strategic"),
)


def random_second_sheet(rng: random.Random) -> Sheet:
    """Invent one sheet of the second form, everything from `rng`."""
    office = rng.choice(OFFICES)
    year = rng.randint(2019, 2024)
    goal = {
        "level": "obiettivo_strategico",
        "code": rng.choice([f"{rng.randint(1, 6)}.{rng.randint(1, 9)}", f"OS-{rng.randint(1, 12):02}"]),
        "title": rng.choice(_GOALS),
    }
    pairs = _actions(rng, office, year)
    truth: Record = {
        "sheet_number": 1,
        "year": year,
        "code": f"OB-{year}-{rng.randint(1, 120):03}",
        "title": prose.title(rng, office, trap=False),
        "direction": office.direction.title() if rng.random() < 0.5 else office.direction,
        "director": None,
        "classification": None,
        "service": None,
        "manager": _person(rng),
        "objective_type": None,
        "description": prose.description(rng, office, year, trap=False),
        "dup_links": [goal],
        "phases": [row for row, _ in pairs],
        "indicators": [_indicator(rng, office, year) for _ in range(rng.randint(1, 6))],
        "linked_objectives": [],
    }
    link = {"label": "OBIETTIVO STRATEGICO", "text": f"{goal['code']} {goal['title']}"}
    printed: Record = {"dup_links": [link], "phases": [cells for _, cells in pairs], "linked_objectives": []}
    return Sheet(truth, printed, False, frozenset({"second_form"}))


def _person(rng: random.Random) -> str:
    name = f"{rng.choice(SURNAMES)} {rng.choice(GIVEN)}"
    return name.title() if rng.random() < 0.5 else name


def _actions(rng: random.Random, office: Office, year: int) -> list[tuple[Record, Record]]:
    many = rng.randint(1, 6)
    cuts = [0, *sorted(rng.sample(range(1, 20), many - 1)), 20]
    people, sign = [_person(rng) for _ in range(2)], rng.choice(["%", "", ",00"])
    pairs = []
    for low, high in pairwise(cuts):
        person, weight = rng.choice(people), (high - low) * 5
        start, end = rng.randint(1, 6), rng.choice([(6, 30), (9, 30), (12, 31)])
        row = {
            "description": prose.phase_text(rng, office, year, long=False),
            "weight": float(weight),
            "start_date": f"{year}-{start:02}-01",
            "end_date": f"{year}-{end[0]:02}-{end[1]}",
            "responsible_name": person,
            "responsible_role": None,
            "responsibility_centre": None,
            "notes": None,
        }
        dates = {"start": f"01/{start:02}/{year}", "end": f"{end[1]}/{end[0]:02}/{year}"}
        pairs.append((row, {"weight": f"{weight}{sign}", "responsible": person, **dates}))
    return pairs


def _indicator(rng: random.Random, office: Office, year: int) -> Record:
    return {
        "description": prose.indicator_text(rng, office, year, trap=False),
        "indicator_type": rng.choice(INDICATOR_TYPES),
        **random_target(rng, year),
    }


def _header(sheet: Sheet) -> Rows:
    values = {**sheet.truth, "strategic": sheet.printed["dup_links"][0]["text"]}
    return [[label, values[field]] for label, field in _HEADER]


def _action_rows(sheet: Sheet) -> Rows:
    pairs = zip(sheet.truth["phases"], sheet.printed["phases"], strict=True)
    return [
        [row["description"], *(cells[k] for k in ("weight", "start", "end", "responsible"))] for row, cells in pairs
    ]


def _indicator_rows(sheet: Sheet) -> Rows:
    return [[row["description"], row["indicator_type"], row["target_raw"]] for row in sheet.truth["indicators"]]


def _cells(sheet: Sheet, table: Callable[[Rows], Lines]) -> str:
    description = [line for text in sheet.truth["description"].split("\n") for line in (text, "")]
    lines = [*table([["", ""], *_header(sheet)]), "", "DESCRIZIONE", "", *description]
    lines += ["AZIONI", "", *table([list(ACTION_COLUMNS), *_action_rows(sheet)]), ""]
    return "\n".join([*lines, "INDICATORI", "", *table([list(INDICATOR_COLUMNS), *_indicator_rows(sheet)]), ""])


def second_pipes(sheet: Sheet, rng: random.Random) -> str:
    """Markdown with pipe tables."""
    return _cells(sheet, pipe_table)


def second_tabs(sheet: Sheet, rng: random.Random) -> str:
    """Text with one tab between two cells."""
    return _cells(sheet, tab_table)


def second_plain(sheet: Sheet, rng: random.Random) -> str:
    """Plain text: cells in reading order, wrapped descriptions with the short cells after their last line."""
    press = Press(rng, ocr=False, hyphens=False, page="", values_first=rng.random() < 0.5)
    lines = [line for label, value in _header(sheet) for line in press.wrap(f"{label} {value}")]
    lines += ["", "DESCRIZIONE", "", *press.wrap(sheet.truth["description"]), ""]
    for heading, columns, rows in (
        ("AZIONI", ACTION_COLUMNS, _action_rows(sheet)),
        ("INDICATORI", INDICATOR_COLUMNS, _indicator_rows(sheet)),
    ):
        lines += [heading, "", " ".join(columns), ""]
        lines += [line for text, *cells in rows for line in (*press.row(text, cells, 90), "")]
    return "\n".join(lines)


SECOND_RENDERINGS: dict[str, Callable[[Sheet, random.Random], str]] = {
    "pipes": second_pipes,
    "tabs": second_tabs,
    "plain": second_plain,
}
"""Name of a rendering -> the function that prints a sheet of the second form so."""
