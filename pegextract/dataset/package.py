"""The Data Package (v2, https://datapackage.org) that describes the tables to any tool that reads one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from pegextract.dataset.columns import CONTRACT, Column, Table
from pegextract.dataset.contract import TABLES

_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_SCHEMA: Final = "https://datapackage.org/profiles/2.0/tableschema.json"
_TYPES: Final = {
    "text": "string",
    "bool": "boolean",
    "int16": "integer",
    "int32": "integer",
    "int64": "integer",
    "float64": "number",
    "decimal(7,4)": "number",
    "decimal(18,2)": "number",
    "decimal(18,4)": "number",
    "list<string>": "list",
}


def data_package(files: Sequence[str] | None = None) -> dict[str, Any]:
    """The descriptor of a dataset whose files these are (relative to its folder, `objectives/2021.parquet`).

    Without files: the descriptor of any dataset, with all tables, and `*` in the paths for the years it holds.
    """
    tables = [table for table in TABLES if files is None or _paths(table, files)]
    return {
        "$schema": _PROFILE,
        "name": "pegextract",
        "title": "Objectives, phases and indicators of a Piano Esecutivo di Gestione",
        "version": f"{CONTRACT}.0.0",
        "resources": [_resource(table, files, {other.name for other in tables}) for table in tables],
    }


def _paths(table: Table, files: Sequence[str] | None) -> list[str]:
    """The files of a table; a glob where they are not known."""
    if files is None:
        return [f"{table.name}/{'*' if table.by_year else table.name}.parquet"]
    return sorted(path for path in files if path.startswith(f"{table.name}/"))


def _resource(table: Table, files: Sequence[str] | None, present: set[str]) -> dict[str, Any]:
    paths = _paths(table, files)
    return {
        "name": table.name,
        "type": "table",
        "path": paths[0] if len(paths) == 1 else paths,
        "title": table.meaning.en,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": _table_schema(table, present),
    }


def _table_schema(table: Table, present: set[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"$schema": _SCHEMA, "fields": [_field(column) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    keys = [
        {"fields": [reference.column], "reference": {"resource": reference.to_table, "fields": [reference.to_column]}}
        for reference in table.references
        if reference.to_table in present
    ]
    if keys:
        schema["foreignKeys"] = keys
    return schema


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _TYPES.get(column.type, column.type)}
    if field["type"] == "list":
        field["itemType"] = "string"
    if column.label:
        field["title"] = column.label
    field |= {"description": column.meaning.en, "example": column.example, "arrowType": column.type}
    if column.unit:
        field["unit"] = column.unit
    constraints = _constraints(column)
    return field | ({"constraints": constraints} if constraints else {})


def _constraints(column: Column) -> dict[str, Any]:
    limits = {
        "required": column.required or None,
        "enum": list(column.values) or None,
        "minimum": column.low,
        "maximum": column.high,
    }
    return {name: limit for name, limit in limits.items() if limit is not None}
