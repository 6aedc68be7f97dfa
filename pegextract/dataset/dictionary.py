"""DATA_DICTIONARY.md: every column in English and in Italian, with its place on the form and an example."""

from __future__ import annotations

from typing import Final

from pegextract.dataset.columns import Both, Column, Table
from pegextract.dataset.contract import TABLES

_WARNING: Final = "<!-- Generated from pegextract/dataset/contract.py; `make check` fails when the two differ. -->"
_HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "en": ("Column", "Type", "Unit", "Meaning", "Label on the form", "Where it stands", "Example"),
    "it": ("Colonna", "Tipo", "Unità", "Significato", "Etichetta sul modulo", "Dove si trova", "Esempio"),
}
_UNITS_IT: Final = {
    "year": "anno",
    "day": "giorno",
    "bytes": "byte",
    "characters": "caratteri",
    "percent points": "punti percentuali",
    "PDF points from the top left": "punti PDF dall'angolo in alto a sinistra",
}
_INTRODUCTION: Final = Both(
    "Columns marked `!` are never null. A value that is not on the paper is null.",
    "Le colonne segnate con `!` non sono mai nulle. Un valore che non è sulla carta è nullo.",
)
_SORTED: Final = Both("Sorted by", "Ordinata per")
_KEY: Final = Both("Key", "Chiave")
_FILES: Final = Both("Files", "File")
_ONE_OF: Final = Both("One of", "Uno fra")


def dictionary() -> str:
    """The whole dictionary as Markdown: English first, then Italian."""
    parts = [f"{_WARNING}\n\n# Data dictionary · Dizionario dei dati\n\n[English](#english) · [Italiano](#italiano)"]
    for language, name in (("en", "English"), ("it", "Italiano")):
        parts.append(f"## {name}\n\n{_say(_INTRODUCTION, language)}")
        parts += [_section(table, language) for table in TABLES]
    return "\n\n".join(parts) + "\n"


def _say(text: Both, language: str) -> str:
    return text.it if language == "it" else text.en


def _section(table: Table, language: str) -> str:
    headings = _HEADINGS[language]
    rows = [_row(column, language) for column in table.columns]
    grid = "\n".join(["| " + " | ".join(row) + " |" for row in [headings, ("---",) * len(headings), *rows]])
    return f"### {table.name}\n\n{_say(table.meaning, language)}. {_facts(table, language)}\n\n{grid}"


def _facts(table: Table, language: str) -> str:
    file = f"`{table.name}/{'<year>' if table.by_year else table.name}.parquet`"
    facts = [f"{_say(_FILES, language)}: {file.replace('<year>', '<anno>') if language == 'it' else file}."]
    if table.key:
        facts.append(f"{_say(_KEY, language)}: {', '.join(map(_code, table.key))}.")
    facts.append(f"{_say(_SORTED, language)}: {', '.join(map(_code, table.sort))}.")
    return " ".join(facts)


def _row(column: Column, language: str) -> tuple[str, ...]:
    unit = _UNITS_IT.get(column.unit, column.unit) if language == "it" else column.unit
    meaning = _say(column.meaning, language)
    if column.values:
        meaning = f"{meaning}. {_say(_ONE_OF, language)} {', '.join(map(_code, column.values))}"
    return (
        _code(column.name) + (" !" if column.required else ""),
        "string" if column.type == "text" else column.type,
        unit,
        meaning,
        column.label,
        _say(column.place, language),
        _code(column.example),
    )


def _code(text: str) -> str:
    return f"`{text}`"
