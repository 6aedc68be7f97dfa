"""A JSON Schema (draft 2020-12) per record, with the meanings that contract.py gives its columns."""

from __future__ import annotations

from typing import Any, Final

from pegextract import models
from pegextract.dataset.columns import CONTRACT, Column, Table
from pegextract.dataset.contract import TABLES

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def record_schemas() -> dict[str, dict[str, Any]]:
    """Record name → JSON Schema of the record as JSON: dates as ISO strings, decimals as strings."""
    return {table.record: _record_schema(table) for table in TABLES if table.record}


def _record_schema(table: Table) -> dict[str, Any]:
    record: type[models.Record] = getattr(models, table.record)
    schema = record.model_json_schema(mode="serialization")
    for other in TABLES:
        part = schema if other is table else schema.get("$defs", {}).get(other.record)
        if other.record and part:
            _describe(part, other)
    return {"$schema": _DIALECT, "$id": f"urn:pegextract:contract-{CONTRACT}:{table.record}", **schema}


def _describe(schema: dict[str, Any], table: Table) -> None:
    """Give each property its meaning. Every field of a record is printed, so none has a default worth naming."""
    columns = {column.name: column for column in table.columns}
    for name, value in schema["properties"].items():
        value.pop("default", None)
        value.pop("title", None)
        value["description"] = _sentence(columns[name]) if name in columns else f"The rows of `{name}`, in order."


def _sentence(column: Column) -> str:
    extras = [f"unit: {column.unit}"] if column.unit else []
    extras += [f"on the form: {column.label}"] if column.label else []
    return f"{column.meaning.en} ({'; '.join(extras)})" if extras else column.meaning.en
