"""The Arrow schemas of the tables: exact types, nothing left to a reader's guess."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import pyarrow as pa

from pegextract.dataset.columns import CONTRACT, Column, Table

ARROW_TYPES: Final[dict[str, Any]] = {
    "string": pa.string(),
    "text": pa.string(),
    "bool": pa.bool_(),
    "int16": pa.int16(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "decimal(7,4)": pa.decimal128(7, 4),
    "decimal(18,2)": pa.decimal128(18, 2),
    "decimal(18,4)": pa.decimal128(18, 4),
    "date": pa.date32(),
    "list<string>": pa.list_(pa.field("element", pa.string())),  # the name that Parquet gives it
}
"""Arrow type of each `Column.type`."""


@cache
def arrow_schema(table: Table) -> Any:
    """The `pyarrow.Schema` of a table, with its name and the contract's version as metadata."""
    metadata = {"pegextract.table": table.name, "pegextract.contract": CONTRACT}
    return pa.schema([_field(column) for column in table.columns], metadata=metadata)


def with_column(table: Any, name: str, values: Any) -> Any:
    """The `pyarrow.Table` with these values in place of a column's, Arrow's own or Python's, in its type."""
    at = table.column_names.index(name)
    field = table.schema.field(at)
    own = isinstance(values, pa.Array | pa.ChunkedArray)
    return table.set_column(at, field, values if own else pa.array(values, field.type))


def _field(column: Column) -> Any:
    metadata = {"meaning": column.meaning.en} | ({"unit": column.unit} if column.unit else {})
    return pa.field(column.name, ARROW_TYPES[column.type], nullable=not column.required, metadata=metadata)
