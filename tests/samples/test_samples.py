"""Each file in samples/ becomes the records beside it, value by value; the expected files come from the paper."""

import json
from pathlib import Path

import pytest

from pegextract.evaluation.matching import LIGHT, Matching
from pegextract.evaluation.records import as_expected
from pegextract.evaluation.score import compare
from pegextract.extraction import Extraction
from pegextract.layouts.profile import shipped_profiles
from pegextract.runs.extract import Settings, extract_document
from tests.readers.scanned import needs_ocr

FOLDER = Path(__file__).parents[2] / "samples"
SAMPLES = sorted(
    path for path in FOLDER.iterdir() if path.suffix in {".txt", ".md", ".pdf"} and path.name != "README.md"
)
OCR_FREE_TEXT = 0.97
"""The scan lost letters on the way: its titles and descriptions count from this similarity on."""
FLORENCE = "2017 2018 2019 2020 2021 2022 2023_libro"


def is_scan(sample: Path) -> bool:
    """Whether letters were lost on the way from the paper, long ago or now."""
    return sample.stem.endswith("_ocr") or "scansione" in sample.stem


each_sample = pytest.mark.parametrize(
    "sample",
    [pytest.param(path, marks=needs_ocr if "scansione" in path.stem else ()) for path in SAMPLES],
    ids=lambda path: path.stem,
)


def expected_file(sample: Path) -> Path:
    """The hand-written records of a sample."""
    return sample.with_name(f"{sample.stem}.expected.json")


def extraction_of(sample: Path) -> Extraction:
    """What the program reads in a sample, every shipped form being tried."""
    return extract_document(sample.read_bytes(), sample.name, Settings(shipped_profiles()))


def test_every_sample_has_expected_records_and_a_line_in_the_readme():
    """No sample without its records, no records without their sample, and a line about each in samples/README.md."""
    assert len(SAMPLES) >= 5
    assert {expected_file(sample) for sample in SAMPLES} == set(FOLDER.glob("*.expected.json"))
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [sample.name for sample in SAMPLES if f"`{sample.name}`" not in readme] == []


@each_sample
def test_a_sample_becomes_its_expected_records(sample):
    """Every value is right under light matching; only the free texts of the scan may differ by a few letters."""
    expected = json.loads(expected_file(sample).read_text(encoding="utf-8"))
    assert expected["document"] == sample.name
    matching = Matching("damaged", alike=OCR_FREE_TEXT) if is_scan(sample) else LIGHT
    score = compare(expected["sheets"], as_expected(extraction_of(sample)), matching=matching)
    assert score.differences == (), score.report()
    assert score.expected == score.got == score.right > 0


@each_sample
def test_nearly_every_word_of_a_sample_is_accounted_for(sample):
    """Coverage is at least 0.999, and the document is read without an error."""
    extraction = extraction_of(sample)
    assert extraction.coverage is not None
    assert extraction.coverage >= 0.999, [
        row.text for s in extraction.sheets for row in s.unread if row.kind == "unread"
    ]
    assert (extraction.status, extraction.error_code) == ("ok", None)


@each_sample
def test_one_form_claims_a_sample(sample):
    """The four years of Florence are read with its form, whatever they look like; the other town's with the other."""
    assert extraction_of(sample).form == ("firenze" if sample.stem.startswith(tuple(FLORENCE.split())) else "settori")


def test_one_code_of_the_dup_has_one_spelling():
    """`2019_08IS_OB_STR_02` as printed and `2019_08_IS_OB_STR_02` are one code: the underscore is put back and told."""
    sheet = extraction_of(FOLDER / "2019_ZN17_pipes.md").sheets[0]
    link = next(link for link in sheet.record.dup_links if link.level == "obiettivo_strategico")
    assert (link.code, link.code_raw) == ("2019_08_IS_OB_STR_02", "2019_08IS_OB_STR_02")
    evidence = next(e for e in sheet.evidence if e.table == "dup_links" and e.value == link.code)
    assert (evidence.method, evidence.raw) == ("repaired", link.code_raw)
