"""What a person decided outlives every run: names put together and taken apart, single values corrected."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from pegextract.errors import UsageError
from pegextract.extraction import Extraction
from pegextract.registry.judgements import FILE, Correction, Rename, Together, add_judgements, load_judgements
from tests.dataset.examples import archive, document_id, extraction, record, sheet, write

PATH = f"{document_id('a')[:8]}.txt"
WEIGHT = Correction(document=PATH, sheet=1, table="phases", row=2, field="weight", raw="49,9999", value="40")


def rows(folder: Path, table: str) -> pl.DataFrame:
    """A whole table."""
    return pl.read_parquet(folder / table / "*.parquet")


def managed(*managers: str) -> list[Extraction]:
    """A document per manager."""
    return [
        extraction(name, sheet(record(1, 2021, f"2021_ZN{n:02}").model_copy(update={"manager": name})))
        for n, name in enumerate(managers)
    ]


def ids(folder: Path) -> list[str | None]:
    """The managers' ids, by code."""
    return rows(folder, "objectives").sort("code")["manager_id"].to_list()


def weight(folder: Path) -> Decimal | None:
    """The weight that WEIGHT is about."""
    of = (pl.col("sheet_id") == f"{document_id('a')[:16]}-0001") & (pl.col("phase_number") == 2)
    return rows(folder, "phases").filter(of)["weight"].item()


def codes(folder: Path) -> list[str]:
    """The codes of all findings."""
    return rows(folder, "findings")["code"].to_list()


def test_a_correction_is_applied_on_every_run(tmp_path: Path) -> None:
    """The value is the person's, its evidence says so, the sum is its sum, and the next run does the same."""
    add_judgements(tmp_path, [("correction", WEIGHT)])
    for _ in range(3):
        write(tmp_path, archive())
        assert weight(tmp_path) == Decimal(40)
        found = rows(tmp_path, "evidence").filter(pl.col("method") == "correction")
        assert found.select("field", "value", "raw", "rule", "confidence").rows() == [
            ("weight", "40", "49,9999", "judgement", 1.0)
        ]
        sheet_id = f"{document_id('a')[:16]}-0001"
        assert rows(tmp_path, "objectives").filter(pl.col("sheet_id") == sheet_id)["weights_total"].item() == 90
        assert "correction_stale" not in codes(tmp_path)


def test_a_correction_goes_stale_when_the_paper_changes(tmp_path: Path) -> None:
    """Other words at that place: the correction is not applied, and a finding says what it saw and what is there."""
    add_judgements(tmp_path, [("correction", WEIGHT)])
    first, *others = archive()
    changed = first.sheets[0].evidence[0]._replace(raw="10,00", value="10")
    sheets = (replace(first.sheets[0], evidence=(changed, *first.sheets[0].evidence[1:])), *first.sheets[1:])
    write(tmp_path, [replace(first, sheets=sheets), *others])
    assert weight(tmp_path) == Decimal("49.9999")
    (finding,) = rows(tmp_path, "findings").filter(pl.col("code") == "correction_stale").to_dicts()
    assert (finding["severity"], finding["field"], finding["raw"]) == ("warning", "weight", "10,00")
    assert "«49,9999»" in finding["message"]


def test_a_correction_of_a_document_that_is_gone_is_told(tmp_path: Path) -> None:
    """A judgement is never silently forgotten."""
    add_judgements(tmp_path, [("correction", WEIGHT.model_copy(update={"document": "gone.txt"}))])
    write(tmp_path, archive())
    (message,) = rows(tmp_path, "findings").filter(pl.col("code") == "correction_stale")["message"]
    assert "gone.txt, sheet 1, phases[2].weight" in message


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"field": "colour"}, "no value that can be corrected"),
        ({"field": "person_id"}, "no value that can be corrected"),
        ({"table": "evidence"}, "no table whose values"),
        ({"row": None}, "needs a row"),
        ({"value": "heavy"}, "«heavy» is no value of weight"),
    ],
)
def test_a_correction_that_makes_no_sense_stops_the_run(tmp_path: Path, change: dict[str, object], says: str) -> None:
    """A mistake in the file is named before anything is written."""
    add_judgements(tmp_path, [("correction", WEIGHT.model_copy(update=change))])
    with pytest.raises(UsageError, match=says):
        write(tmp_path, archive())
    assert not (tmp_path / "phases").exists()


def test_names_that_are_one_get_one_id(tmp_path: Path) -> None:
    """A person knows what no likeness shows; the register's name can be chosen too."""
    add_judgements(
        tmp_path,
        [
            ("same", Together(kind="person", names=["D'AMICO LUCIA", "DAMICO LUCIA"])),
            ("rename", Rename(kind="person", name="DAMICO LUCIA", to="D'AMICO LUCIA MARIA")),
        ],
    )
    write(tmp_path, managed("D'AMICO LUCIA", "DAMICO LUCIA", "VERDI ANNA"))
    assert ids(tmp_path) == ["d_amico-lucia", "d_amico-lucia", "verdi-anna"]
    assert "D'AMICO LUCIA MARIA" in rows(tmp_path, "people")["name"].to_list()
    evidence = rows(tmp_path, "evidence").filter(pl.col("method") == "correction")
    assert set(evidence["rule"]) <= {"judgement_same"}


def test_a_merge_that_was_undone_stays_undone_for_ten_runs(tmp_path: Path) -> None:
    """Names that the archive puts together are two, on this and every later run."""
    initials = [sheet(record(1, 2021, "2021_ZN08").model_copy(update={"direction": "CASA", "manager": "ROSSI MARIA"}))]
    initials += [sheet(record(2, 2021, "2021_ZN09").model_copy(update={"direction": "CASA", "manager": "ROSSI M."}))]
    document = [extraction("a", *initials)]
    write(tmp_path, document)
    assert ids(tmp_path) == ["rossi-maria", "rossi-maria"]
    add_judgements(tmp_path, [("different", Together(kind="person", names=["ROSSI MARIA", "ROSSI M."]))])
    for _ in range(10):
        write(tmp_path, document)
        assert ids(tmp_path) == ["rossi-maria", "rossi-m."]


def test_a_judgement_on_names_that_are_gone_is_told(tmp_path: Path) -> None:
    """Nothing is done, and a finding says so."""
    add_judgements(tmp_path, [("same", Together(kind="unit", names=["SERVIZIO A", "SERVIZIO B"]))])
    write(tmp_path, archive())
    assert codes(tmp_path).count("judgement_stale") == 1


def test_what_a_person_wrote_in_the_file_stays(tmp_path: Path) -> None:
    """Judgements are added behind comments and entries, in a form that reads back."""
    (tmp_path / FILE).write_text('# seen by Anna\n[[rename]]\nkind = "unit"\nname = "A"\nto = "B \\"C\\""', "utf-8")
    add_judgements(tmp_path, [("correction", WEIGHT)])
    add_judgements(tmp_path, [("same", Together(kind="person", names=["È", "E'"], reason='a "quote"\nand a line'))])
    assert (tmp_path / FILE).read_text("utf-8").startswith("# seen by Anna\n")
    read = load_judgements(tmp_path)
    assert (read.rename[0].to, read.correction[0], read.same[0].names) == ('B "C"', WEIGHT, ["È", "E'"])


@pytest.mark.parametrize(("text", "says"), [("[[same", "not TOML"), ('[[same]]\nkind = "dog"', r"same\.1\.kind")])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, text: str, says: str) -> None:
    """A file with a mistake stops the run, with the entry, before anything is written."""
    (tmp_path / FILE).write_text(text, "utf-8")
    with pytest.raises(UsageError, match=says):
        write(tmp_path, archive())


def test_judgements_of_a_dataset_without_documents_or_sheets_harm_nothing(tmp_path: Path) -> None:
    """A correction and a merge of names that are gone with all documents, or with all their sheets."""
    (tmp_path / "judgements.toml").write_text(
        '[[same]]\nkind = "person"\nnames = ["ROSSI MARIA", "ROSSI M."]\n'
        '[[correction]]\ndocument = "gone.txt"\nsheet = 1\ntable = "phases"\nrow = 1\nfield = "weight"\n'
        'raw = "30"\nvalue = "31"\n',
        encoding="utf-8",
    )
    write(tmp_path, [])
    assert codes(tmp_path) == []
    write(tmp_path, [extraction("letter")])
    assert {"correction_stale", "judgement_stale"} <= set(codes(tmp_path))
