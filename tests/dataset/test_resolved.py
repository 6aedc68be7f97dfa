"""What the whole archive adds to single sheets: ids, completed centres, lineage, findings — and nothing by chance."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from pegextract.dataset.contract import TABLES
from pegextract.document import Box
from pegextract.extraction import Evidence, Extraction, PlacedFinding, SheetExtraction
from pegextract.findings import Finding, Severity
from pegextract.models import LinkedObjective, ObjectiveSheet, Phase
from tests.dataset.examples import document_id, extraction, phase, record, sheet, write

CUT, WHOLE = "SERVIZIO SOCIALE AMMINISTRATIV", "SERVIZIO SOCIALE AMMINISTRATIVO"


def load(folder: Path, table: str) -> pl.DataFrame:
    """A whole table."""
    return pl.read_parquet(folder / table / "*.parquet")


def made(number: int, year: int, code: str, box: Box | None = None, **known: object) -> SheetExtraction:
    """A sheet without links, with what is known of it, and evidence of its centres, at that box of a page."""
    of = record(number, year, code).model_copy(update={"linked_objectives": (), **known})
    printed = [printed_centre(one.phase_number, one.responsibility_centre, box) for one in of.phases]
    return SheetExtraction(of, tuple(filter(None, printed)), (), (), (0, 100))


def printed_centre(number: int, name: str | None, box: Box | None = None) -> Evidence | None:
    """Evidence of a centre as it is printed."""
    how = ("printed", "unit_as_printed", 0.97)
    place = (20, 50, None, None) if box is None else (None, None, box.page, box)
    return Evidence("phases", number, "responsibility_centre", name, name, *place, *how) if name else None


def centred(name: str) -> tuple[Phase, ...]:
    """One phase with that centre."""
    return (phase(1).model_copy(update={"responsibility_centre": name, "responsibility_centre_raw": name}),)


def files(folder: Path) -> dict[str, str]:
    """The hash of each file of the tables."""
    found = [path for table in TABLES for path in (folder / table.name).glob("*.parquet")]
    return {f"{path.parent.name}/{path.name}": sha256(path.read_bytes()).hexdigest() for path in found}


@pytest.fixture
def archive() -> list[Extraction]:
    """Two years: a cut centre in the first, its whole name in the second."""
    return [
        extraction("a", made(1, 2020, "2020_ZN08", service="SERVIZIO CASA", phases=centred(CUT))),
        extraction("b", made(1, 2021, "2021_ZN08", service=WHOLE, title="Casa 2021")),
    ]


def test_a_cut_centre_is_completed_with_its_evidence(archive: list[Extraction], tmp_path: Path) -> None:
    """The whole name, the printing beside it, its place, the method and the rule; the id has the same evidence."""
    write(tmp_path, archive)
    row = load(tmp_path, "phases").filter(pl.col("responsibility_centre_raw") == CUT).row(0, named=True)
    assert (row["responsibility_centre"], row["org_unit_id"]) == (WHOLE, "servizio-sociale-amministrativo")
    evidence = load(tmp_path, "evidence").filter(pl.col("sheet_id") == f"{document_id('a')[:16]}-0001")
    rows = evidence.select("field", "value", "raw", "char_start", "method", "rule", "confidence").rows()
    how = (CUT, 20, "inferred", "unit_completed_from_archive", 0.9)
    assert rows == [("org_unit_id", row["org_unit_id"], *how), ("responsibility_centre", WHOLE, *how)]


def test_units_and_people_are_counted(archive: list[Extraction], tmp_path: Path) -> None:
    """Spellings, years and mentions of the whole archive; the roles of a person."""
    write(tmp_path, archive)
    unit = load(tmp_path, "org_units").filter(pl.col("name") == WHOLE).row(0, named=True)
    assert (unit["kind"], unit["variants"], unit["mention_count"]) == ("servizio", [CUT, WHOLE], 2)
    assert (unit["first_year"], unit["last_year"]) == (2020, 2021)
    person = load(tmp_path, "people").row(0, named=True)
    assert (person["person_id"], person["roles"]) == ("bonanni-giuseppina", ["P.O. STRANIERI E IMMIGRAZIONE"])


def test_a_second_whole_name_takes_the_completion_back(archive: list[Extraction], tmp_path: Path) -> None:
    """Two names fit: the centre is as printed, has no id, and a finding names both; the change of the id is told."""
    write(tmp_path, archive)
    other = extraction("c", made(1, 2021, "2021_ZN09", service=f"{WHOLE[:-1]}A"))
    write(tmp_path, [*archive, other])
    row = load(tmp_path, "phases").filter(pl.col("responsibility_centre_raw") == CUT).row(0, named=True)
    assert (row["responsibility_centre"], row["org_unit_id"]) == (CUT, None)
    findings = load(tmp_path, "findings")
    (message,) = findings.filter(pl.col("code") == "ambiguous_name")["message"]
    assert WHOLE in message
    assert findings.filter(pl.col("code") == "identity_changed").height == 1


def test_an_ambiguous_name_is_told_once(archive: list[Extraction], tmp_path: Path) -> None:
    """What the sheet says of its own header is not said again by the archive."""
    finding = Finding(Severity.WARNING, "ambiguous_name", "Two fit.", "phases", 1, "responsibility_centre", CUT)
    first = archive[0]
    sheets = (replace(first.sheets[0], findings=(PlacedFinding(finding, None, None),)),)
    other = extraction("c", made(1, 2021, "2021_ZN09", service=f"{WHOLE[:-1]}A"))
    write(tmp_path, [replace(first, sheets=sheets), archive[1], other])
    assert load(tmp_path, "findings").filter(pl.col("code") == "ambiguous_name")["message"].to_list() == ["Two fit."]


def test_a_finding_of_the_archive_stands_where_its_name_is_printed(tmp_path: Path) -> None:
    """A name that two others continue: page and box are those of its printing, on a page with geometry."""
    cut = made(1, 2020, "2020_ZN08", Box(3, 10.0, 20.0, 90.0, 30.0), service="SERVIZIO CASA", phases=centred(CUT))
    others = [extraction(name, made(1, 2021, f"2021_{name}", service=whole)) for name, whole in
              (("ZN08", WHOLE), ("ZN09", f"{WHOLE[:-1]}A"))]  # fmt: skip
    write(tmp_path, [extraction("a", cut), *others])
    row = load(tmp_path, "findings").filter(pl.col("code") == "ambiguous_name").row(0, named=True)
    assert [row[name] for name in ("page", "x0", "top", "x1", "bottom")] == [3, 10.0, 20.0, 90.0, 30.0]


def test_a_run_on_the_register_that_is_there_changes_no_byte(archive: list[Extraction], tmp_path: Path) -> None:
    """Nothing new: the second run matches what the first one left, and writes the same files."""
    write(tmp_path, archive)
    first = files(tmp_path)
    assert len(first) >= len(TABLES)
    write(tmp_path, archive[::-1])
    assert files(tmp_path) == first


def test_an_objective_is_linked_to_that_of_the_year_before(archive: list[Extraction], tmp_path: Path) -> None:
    """The same title and phases a year later, in the same service or, with a lower score, in another."""
    again = extraction("c", made(1, 2022, "2022_ZN05", service=WHOLE, title="Casa 2022"))
    write(tmp_path, [*archive, again])
    rows = load(tmp_path, "lineage").select("objective_id", "previous_objective_id", "score").rows()
    assert rows == [("2021_ZN08", "2020_ZN08", 0.8478), ("2022_ZN05", "2021_ZN08", 1.0)]


def test_links_to_objectives_that_are_not_there_are_told(tmp_path: Path) -> None:
    """A linked objective that no sheet prints is a finding, one that is there is not."""
    links = tuple(LinkedObjective(link_number=n, code=code) for n, code in enumerate(("2021_ZN08", "2021_ZN77"), 1))
    write(tmp_path, [extraction("a", made(1, 2021, "2021_ZN08", linked_objectives=links))])
    found = load(tmp_path, "findings").select("table", "row_number", "field", "code", "raw").rows()
    assert found == [("linked_objectives", 2, "code", "linked_objective_not_found", "2021_ZN77")]


def test_printings_that_disagree_are_told_field_by_field(tmp_path: Path) -> None:
    """The second printing of an objective says where it says something else than the preferred one."""
    better: ObjectiveSheet = record(1, 2021, "2021_ZN08", confidence=0.95)
    worse = record(1, 2021, "2021_ZN08").model_copy(
        update={"title": "Casa popolare", "phases": (phase(1, "30"), phase(2))}
    )
    write(tmp_path, [extraction("a", sheet(better)), extraction("b", sheet(worse))])
    found = load(tmp_path, "findings").filter(pl.col("code") == "printings_disagree")
    assert set(found["document_id"]) == {document_id("b")}
    assert found.select("table", "row_number", "field", "raw").rows() == [
        ("objectives", None, "title", "Casa popolare"),
        ("objectives", None, "weights_total", "80.0000"),
        ("phases", 1, "weight", "30.0000"),
        ("phases", 2, "weight", "50.0000"),
    ]
