"""The package from Python: `pegextract.read` and `pegextract.load`, and how both show themselves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pandas as pd
import pytest

import pegextract
from pegextract.errors import DatasetDamaged, DocumentError, UsageError
from tests.cli.conftest import SAMPLES

SHEET = SAMPLES / "2019_ZN17_pipes.md"


class Words(HTMLParser):
    """The text and the tags of an HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags = "", set()
        self.feed(html)

    def handle_data(self, data):
        """A piece of text."""
        self.text += data

    def handle_starttag(self, tag, attrs):
        """A tag that opens."""
        self.tags.add(tag)


def test_read_gives_sheets_with_records_evidence_and_findings():
    """A document is a sequence of sheets; each has its validated record and all that explains it."""
    sheets = pegextract.read(SHEET)
    assert (len(sheets), sheets.status, sheets.form, sheets.coverage) == (1, "ok", "firenze", 1.0)
    sheet = sheets[0]
    assert sheet.record.code == "2019_ZN17"
    assert (sheet.record.phases[0].weight, sheet.record.phases[0].start_date) == (Decimal(50), date(2019, 1, 1))
    assert any(one.field == "weight" and one.raw == "50,00" for one in sheet.evidence)
    assert [one.record.code for one in pegextract.read(str(SHEET))] == ["2019_ZN17"]


def test_a_sheet_shows_itself_in_a_notebook_and_in_print():
    """As HTML and as text it says what `pegextract show` says; words of the document are never markup."""
    sheet = pegextract.read(SHEET)[0]
    html = Words(sheet._repr_html_())
    for said in ("2019_ZN17", "CAVALLERI VINCENZO", "50", "phases", "indicators"):
        assert said in html.text
        assert said in str(sheet)
    assert html.tags <= {"pre", "span"}


def test_words_of_a_document_are_no_markup(tmp_path):
    """A script in a title is shown as its letters."""
    bad = tmp_path / "sheet.md"
    bad.write_text(SHEET.read_text(encoding="utf-8").replace("Avvio progetto", "<script>alert(1)</script> progetto"))
    html = Words(pegextract.read(bad)._repr_html_())
    assert "<script>alert(1)</script>" in html.text
    assert "script" not in html.tags


def test_a_document_that_cannot_be_read_says_why(tmp_path):
    """A letter raises DocumentError with a stable code, a missing file or option UsageError."""
    letter = tmp_path / "letter.txt"
    letter.write_text("Gentile signora, la riunione si terra domani.", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"letter\.txt: no form's labels") as failed:
        pegextract.read(letter)
    assert failed.value.code == "unknown_form"
    with pytest.raises(UsageError, match="nowhere"):
        pegextract.read(tmp_path / "nowhere.pdf")
    with pytest.raises(UsageError, match="there is no engine"):
        pegextract.read(SHEET, engine="magic")


def test_load_gives_each_table_as_pandas_with_exact_types(output):
    """By attribute and by name; years are whole numbers also where some are missing, weights decimals."""
    dataset = pegextract.load(output)
    assert dataset.phases is dataset["phases"]
    assert set(dataset.tables) <= set(dir(dataset))
    for name in dataset.tables:
        assert len(dataset[name]) == len(pd.read_parquet(output / name))
    assert str(dataset.objectives["year"].dtype) == "int16[pyarrow]"
    assert dataset.phases["weight"].dropna().map(type).eq(Decimal).all()
    assert len(dataset.phases.merge(dataset.objectives[["sheet_id", "code"]], on="sheet_id")) == len(dataset.phases)


def test_a_dataset_shows_its_tables_and_explains_a_value(output):
    """Rows per table as text and as HTML; `explain` leads to the line on the paper."""
    dataset = pegextract.load(output)
    assert f"{len(dataset.evidence):,} rows" in repr(dataset)
    assert "objectives" in Words(dataset._repr_html_()).text
    explained = dataset.explain("2019_ZN17", "phases[1].weight", source=SAMPLES)
    assert "printed   50,00" in str(explained)
    assert "| 50,00 |" in Words(explained._repr_html_()).text


def test_what_is_not_there_is_told(output, tmp_path):
    """No dataset and no such table are usage errors, a table that does not exist no attribute, damage is damage."""
    with pytest.raises(UsageError, match="holds no dataset"):
        pegextract.load(tmp_path)
    dataset = pegextract.load(output)
    with pytest.raises(UsageError, match="There is no table 'fasi'"):
        dataset["fasi"]
    with pytest.raises(AttributeError, match="its tables are documents"):
        _ = dataset.fasi


def test_a_dataset_stays_at_one_version(peg, tmp_path):
    """What is loaded later, after another commit, is of the version that was opened."""
    peg("convert", SHEET, "-o", tmp_path / "output", "-q")
    dataset = pegextract.load(tmp_path / "output")
    before = len(dataset.documents)
    peg("convert", SHEET, SAMPLES / "2021_ZN08_tabs.txt", "-o", tmp_path / "output", "-q")
    assert set(dataset.objectives["code"]) == {"2019_ZN17"}
    assert len(pegextract.load(tmp_path / "output").documents) == before + 1


def test_a_damaged_table_is_refused(peg, tmp_path):
    """A flipped byte in a page is found by its checksum."""
    peg("convert", SHEET, "-o", tmp_path / "output", "-q")
    file = next((tmp_path / "output" / "phases").glob("*.parquet"))
    data = bytearray(file.read_bytes())
    data[40] ^= 0xFF
    file.unlink()
    file.write_bytes(data)
    with pytest.raises(DatasetDamaged):
        pegextract.load(tmp_path / "output")["phases"]
