"""The generator keeps its own promises: deterministic, gold-shaped, and every truth stands on the paper."""

import copy
import html
import json
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from pegextract.evaluation.matching import Matching
from pegextract.evaluation.score import compare

from . import converters, draw
from .damage import damage, damage_with_edits
from .look import random_look
from .render import RENDERINGS, book, expected, expected_book
from .second_form import SECOND_RENDERINGS, random_second_sheet
from .sheets import Sheet, random_sheet

SHEET_KEYS = [
    "sheet_number", "year", "code", "title", "direction", "director", "classification", "service", "manager",
    "objective_type", "description", "dup_links", "phases", "indicators", "linked_objectives",
]  # fmt: skip
ROW_KEYS = {
    "dup_links": {"level", "code", "title"},
    "phases": {
        "description", "weight", "start_date", "end_date", "responsible_name", "responsible_role",
        "responsibility_centre", "notes",
    },
    "indicators": {
        "description", "indicator_type", "target_raw", "target_kind", "target_operator", "target_value",
        "target_numerator", "target_denominator", "target_date", "target_unit",
    },
    "linked_objectives": {"code", "title", "revenue", "expenditure"},
}  # fmt: skip
SEEDS = range(40)


def _printed_strings(sheet: Sheet) -> list[str]:
    """Every string that the paper prints of a sheet, its labels aside."""
    truth, printed = sheet.truth, sheet.printed
    fields = ("code", "title", "direction", "director", "classification", "service", "manager", "objective_type")
    strings = [truth[field] for field in fields] + (truth["description"] or "").split("\n")
    strings += [row[key] for row in truth["phases"] for key in ("description", "notes")]
    strings += [row[key] for row in truth["indicators"] for key in ("description", "indicator_type", "target_raw")]
    strings += [row[key] for row in truth["linked_objectives"] for key in ("code", "title")]
    strings += [cell for rows in printed.values() for row in rows for key, cell in row.items() if key != "label"]
    return [text for text in strings if text]


def _squeezed(text: str) -> str:
    """`text` without blanks, hyphens, markdown and entities: what wrapping and converters cannot change."""
    text = re.sub(r"</?b>|<br>|\*\*", "", text)
    return re.sub(r"[\s\\-]", "", html.unescape(text))


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_the_same_seed_gives_the_same_sheet_and_the_same_text(rendering: str) -> None:
    """Nothing but the given random numbers decides."""
    first, second = (random_sheet(random.Random(7)) for _ in range(2))
    assert first == second
    texts = {damage(RENDERINGS[rendering](sheet, random.Random(1)), random.Random(2)) for sheet in (first, second)}
    assert len(texts) == 1


@pytest.mark.parametrize("make", [random_sheet, random_second_sheet])
def test_truth_has_the_keys_of_the_gold_files(make: object) -> None:
    """A truth is exactly one element of "sheets"."""
    assert callable(make)
    for seed in SEEDS:
        truth = make(random.Random(seed)).truth
        assert list(truth) == SHEET_KEYS
        assert all(set(row) == keys for table, keys in ROW_KEYS.items() for row in truth[table])
        assert json.loads(json.dumps(truth)) == truth


@pytest.mark.parametrize("rendering", RENDERINGS)
@pytest.mark.parametrize("block", [True, False])
def test_everything_true_stands_in_the_text(rendering: str, block: bool) -> None:
    """Each word of each printed string is in each rendering; where cells are kept, each string is whole."""
    whole = rendering in {"pipes", "tabs", "escaped"}
    for seed in SEEDS:
        sheet = random_sheet(random.Random(seed), block=block, hard=0.5)
        text = _squeezed(RENDERINGS[rendering](sheet, random.Random(seed)))
        for string in _printed_strings(sheet):
            for part in [string] if whole else re.split(r"[\s-]", string):
                assert _squeezed(part) in text, (seed, string)


@pytest.mark.parametrize("rendering", SECOND_RENDERINGS)
def test_everything_true_stands_in_the_second_form(rendering: str) -> None:
    """Each word of each printed string is in each rendering of the other municipality's form."""
    for seed in SEEDS:
        sheet = random_second_sheet(random.Random(seed))
        text = _squeezed(SECOND_RENDERINGS[rendering](sheet, random.Random(seed)))
        for string in _printed_strings(sheet):
            assert all(_squeezed(part) in text for part in re.split(r"[\s-]", string)), (seed, string)


def test_the_sheets_are_as_varied_as_they_claim() -> None:
    """Every kind of target, every number of phases and every hard case comes up."""
    sheets = [random_sheet(random.Random(seed)) for seed in range(400)]
    kinds = Counter(row["target_kind"] for sheet in sheets for row in sheet.truth["indicators"])
    assert {"ratio", "percent", "number", "date", "boolean", "text"} <= kinds.keys()
    assert {len(sheet.truth["phases"]) for sheet in sheets} == set(range(15))
    assert len(set[str]().union(*(sheet.traits for sheet in sheets))) == 12
    assert all(sheet.truth["year"] in range(2015, 2025) for sheet in sheets)


def test_given_weights_sum_to_a_hundred() -> None:
    """All missing or all present; the sum is 100 unless the sheet plays that very case."""
    for seed in range(200):
        sheet = random_sheet(random.Random(seed))
        weights = [row["weight"] for row in sheet.truth["phases"]]
        if weights and None not in weights and "weights_do_not_sum" not in sheet.traits:
            assert sum(weights) == 100
        assert weights.count(None) in {0, len(weights)}


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_a_book_holds_every_sheet_in_order(rendering: str) -> None:
    """Codes come in the order of the sheets, and the expected records are numbered so."""
    sheets = [random_sheet(random.Random(seed), block=False) for seed in range(12)]
    text = _squeezed(book(sheets, rendering, random.Random(3)))
    body = text[text.index("INDICE") :]
    places = [body.index(sheet.truth["code"], body.rindex("....")) for sheet in sheets]
    assert places == sorted(places)
    assert [record["sheet_number"] for record in expected_book(sheets, rendering)] == list(range(1, 13))


def test_damage_is_told_and_measured() -> None:
    """The list of edits turns the clean text into the damaged one, and is as long as the rate says."""
    text = RENDERINGS["ocr"](random_sheet(random.Random(4)), random.Random(4))
    damaged = damage_with_edits(text, random.Random(5), 0.005)
    rebuilt = text
    for edit in reversed(damaged.edits):
        assert rebuilt[edit.start : edit.start + len(edit.before)] == edit.before
        rebuilt = rebuilt[: edit.start] + edit.after + rebuilt[edit.start + len(edit.before) :]
    assert rebuilt == damaged.text
    assert len(damaged.edits) == round(0.005 * len(text))
    assert damage(text, random.Random(5), 0.0) == text


def test_a_perfect_reading_scores_one() -> None:
    """No difference, whatever light matching ignores."""
    truths = [random_sheet(random.Random(seed)).truth for seed in SEEDS]
    got = copy.deepcopy(truths)
    for record in got:
        record["description"] = (record["description"] or "").replace("\n", "  ").replace("“", '"') or None
        for row in record["indicators"]:
            row["target_operator"] = None if row["target_operator"] == "=" else row["target_operator"]
    assert compare(truths, got).f1 == 1.0


def test_one_lost_row_does_not_shift_the_others() -> None:
    """Only the values of the lost row are missing; a finding makes them no longer silent."""
    sheet = next(s for s in (random_sheet(random.Random(i)) for i in SEEDS) if len(s.truth["phases"]) > 3)
    got = copy.deepcopy(sheet.truth)
    lost = got["phases"].pop(1)
    score = compare([sheet.truth], [got])
    assert {d.kind for d in score.differences} == {"missing"}
    assert len(score.differences) == sum(value is not None for value in lost.values()) == score.silent
    assert compare([sheet.truth], [got], lambda *_: True).silent == 0


def test_a_lost_sheet_counts_as_missing_and_free_text_may_be_fuzzy() -> None:
    """Sheets are aligned too; titles match by likeness only when asked."""
    truths = [expected(random_sheet(random.Random(seed)), "ocr") for seed in (1, 2, 3)]
    assert {d.sheet for d in compare(truths, truths[1:]).differences} == {-1}
    got = copy.deepcopy(truths)
    got[0]["description"] += "x"
    assert compare(truths, got).wrong == 1
    assert compare(truths, got, matching=Matching("damaged", alike=0.97)).wrong == 0


@pytest.mark.converters
@pytest.mark.parametrize("producer", draw.DRAWERS)
def test_drawn_forms_carry_the_words(producer: str, tmp_path: Path) -> None:
    """Every word of the sheets is in what pdftotext reads of the PDF."""
    if not draw.available()[producer] or not converters.available()["pdftotext_raw"]:
        pytest.skip(f"{producer} or pdftotext is not installed")
    for seed in range(2 if producer == "libreoffice" else 6):
        sheets = [random_sheet(random.Random(100 * seed + n)) for n in range(3)]
        path = tmp_path / f"{seed}.pdf"
        draw.DRAWERS[producer](sheets, path, look=random_look(random.Random(seed)))
        text = _squeezed(converters.pdftotext_raw(path))
        for sheet in sheets:
            assert all(
                _squeezed(word) in text for string in _printed_strings(sheet) for word in re.split(r"[\s-]", string)
            )
