"""schemas/ says what the files hold."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pegextract import models
from pegextract.dataset import describe
from pegextract.dataset.columns import Table
from pegextract.dataset.contract import BY_NAME, TABLES
from pegextract.dataset.json_schema import record_schemas
from tests.dataset.examples import record

SCHEMAS = Path(__file__).parents[2] / "schemas"
every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


def test_schemas_are_in_step() -> None:
    """schemas/ is what `python -m pegextract.dataset.describe --write schemas` would generate now."""
    assert describe.drift(SCHEMAS) == []


def test_drift_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--check` exits with 1 and shows what differs, what is missing and what is superfluous; `--write` mends it."""
    assert describe.main(["--write", str(tmp_path)]) == 0
    (tmp_path / "arrow" / "phases.json").write_text("{}")
    (tmp_path / "arrow" / "old.json").write_text("{}")
    (tmp_path / "datapackage.json").unlink()
    assert describe.main(["--check", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert "old.json is not generated" in told
    assert "datapackage.json is missing" in told
    assert '+  "table": "phases",' in told
    assert describe.main(["--write", str(tmp_path)]) == 0
    assert describe.main(["--check", str(tmp_path)]) == 0


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_arrow_schemas_are_those_of_the_files(table: Table, output: Path) -> None:
    """schemas/arrow/<table>.json has the names, types, nullability and metadata of every written file."""
    described = json.loads((SCHEMAS / "arrow" / f"{table.name}.json").read_text())
    for path in (output / table.name).glob("*.parquet"):
        schema = pq.read_schema(path)
        assert [(field.name, str(field.type), field.nullable) for field in schema] == [
            (field["name"], field["type"], field["nullable"]) for field in described["fields"]
        ]


@every_table
def test_every_column_is_explained(table: Table) -> None:
    """Each column has a meaning in both languages and an example; labels and places go together; names are unique."""
    assert len(set(table.names)) == len(table.names)
    for column in table.columns:
        assert column.meaning.en
        assert column.meaning.it
        assert column.example
        assert column.place.it != "calcolato" or not column.label
    assert {*table.key, *table.sort} <= set(table.names)


@every_table
def test_references_point_at_keys(table: Table) -> None:
    """A foreign key names a column of this table and the primary key of another."""
    for column, to_table, to_column in table.references:
        assert column in table.names
        assert BY_NAME[to_table].key == (to_column,)


@pytest.mark.parametrize("table", [table for table in TABLES if table.record], ids=lambda table: table.record)
def test_every_field_of_a_record_is_a_column(table: Table) -> None:
    """No field of a record is lost on the way to its table; the rows of a sheet are tables of their own."""
    fields = getattr(models, table.record).model_fields
    assert {name for name in fields if name not in table.names} <= set(BY_NAME)


def test_closed_vocabularies_are_those_of_the_records() -> None:
    """The values that a column may take are the values that its record accepts."""
    schemas = {table.record: record_schemas()[table.record] for table in TABLES if table.record}
    for table in TABLES:
        for column in table.columns:
            printed = schemas.get(table.record, {}).get("properties", {}).get(column.name)
            if printed and column.values:
                options = printed.get("enum") or printed["anyOf"][0]["enum"]
                assert tuple(options) == column.values


def test_json_schemas_accept_the_records() -> None:
    """A record as JSON is valid against its schema (draft 2020-12), and an unknown field is not."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    schema = json.loads((SCHEMAS / "records" / "ObjectiveSheet.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    value = record(1, 2021, "2021_ZN08").model_dump(mode="json")
    jsonschema.validate(value, schema, cls=jsonschema.Draft202012Validator)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**value, "settore": "x"}, schema, cls=jsonschema.Draft202012Validator)


def test_data_package_of_a_dataset_names_its_files(output: Path) -> None:
    """The datapackage.json beside the tables lists each file, and foreign keys only to tables that are there."""
    package = json.loads((output / "datapackage.json").read_text())
    listed = {
        path
        for one in package["resources"]
        for path in ([one["path"]] if isinstance(one["path"], str) else one["path"])
    }
    assert listed == {str(path.relative_to(output / "current")) for path in output.glob("current/*/*.parquet")}
    names = {one["name"] for one in package["resources"]}
    for one in package["resources"]:
        assert {key["reference"]["resource"] for key in one["schema"].get("foreignKeys", [])} <= names


def test_data_package_keeps_to_the_standard() -> None:
    """The descriptor is a Data Package v2: profile, table resources, known field types, declared key fields."""
    package = json.loads((SCHEMAS / "datapackage.json").read_text())
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert [one["name"] for one in package["resources"]] == [table.name for table in TABLES]
    for one in package["resources"]:
        fields = {field["name"]: field for field in one["schema"]["fields"]}
        assert {field["type"] for field in fields.values()} <= {
            "string",
            "integer",
            "number",
            "boolean",
            "date",
            "list",
        }
        assert set(one["schema"].get("primaryKey", [])) <= set(fields)
