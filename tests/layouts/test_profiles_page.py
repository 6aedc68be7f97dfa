"""The page on profiles tells the truth: its example loads and reads its sheet, and it names every key."""

import re
from pathlib import Path
from typing import get_args

from pydantic import BaseModel

from pegextract.layouts.profile import Profile, parse_profile
from pegextract.runs.extract import Settings, extract_document

PAGE = (Path(__file__).parents[2] / "docs" / "profiles.md").read_text(encoding="utf-8")


def block(language: str, number: int = 0) -> str:
    """A fenced block of the page."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[number]


def test_the_example_reads_its_sheet():
    """Every field of the page's sheet is read with the page's profile, and no word is left over."""
    profile = parse_profile(block("toml"), "docs/profiles.md")
    extraction = extract_document(block("text", 1).encode(), "sheet.md", Settings((profile,)))
    assert (extraction.status, extraction.coverage) == ("ok", 1.0), extraction
    (sheet,) = extraction.sheets
    record = sheet.record
    assert [(f.finding.code, f.finding.message) for f in sheet.findings] == []
    assert (record.code, record.title) == ("OBT-2022-07", "Sportello unico digitale")
    assert (record.direction, record.manager, record.year) == ("SERVIZI AL CITTADINO", "VERNA MARCO", 2022)
    assert record.description == "Lo sportello riceve in forma digitale tutte le istanze dei cittadini."
    assert [(link.level, link.code, link.title) for link in record.dup_links] == [
        ("obiettivo_strategico", "2.4", "Il Comune semplice")
    ]
    assert [(phase.description, phase.weight) for phase in record.phases] == [
        ("Scelta della piattaforma", 40),
        ("Avvio e formazione", 60),
    ]
    assert [(i.indicator_type, i.target_operator, i.target_value) for i in record.indicators] == [
        ("EFFICACIA", ">=", 80.0)
    ]


def test_every_key_of_a_profile_is_told():
    """The table of the page has every key that a profile can have, and no other."""
    told = set(re.findall(r"^\| `([a-z_.]+)` \|", PAGE, re.MULTILINE))
    keys = set(_keys(Profile))
    whole = {"sections", "header.labels", "vocabulary"}
    expected = {key for key in keys if not any(key.startswith(f"{name}.") for name in whole)} | {"phases.block"}
    assert told == {key for key in expected if not key.startswith("phases.block.")}


def _keys(model: type[BaseModel], prefix: str = "") -> list[str]:
    keys: list[str] = []
    for name, field in model.model_fields.items():
        inner = [kind for kind in (field.annotation, *get_args(field.annotation)) if isinstance(kind, type)]
        table = next((kind for kind in inner if issubclass(kind, BaseModel)), None)
        keys += _keys(table, f"{prefix}{name}.") if table else [f"{prefix}{name}"]
    return keys if prefix == "" or not prefix.startswith("vocabulary") else [*keys, "vocabulary"]
