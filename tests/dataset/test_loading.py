"""Analysts load the tables with the tool they have."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from pegextract.dataset.arrow import arrow_schema
from pegextract.dataset.columns import Table
from pegextract.dataset.contract import TABLES
from tests.dataset.examples import extraction, write

every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


def ask(query: str) -> list[tuple[object, ...]]:
    """All rows that DuckDB answers with."""
    return duckdb.connect().execute(query).fetchall()


@every_table
def test_pandas_loads_a_folder(output: Path, table: Table) -> None:
    """`pandas.read_parquet("output/<table>")` gives the whole table with the contract's columns in their order."""
    frame = pd.read_parquet(output / table.name)
    assert tuple(frame.columns) == table.names


@every_table
def test_polars_and_duckdb_load_the_same_rows(output: Path, table: Table) -> None:
    """Polars and DuckDB read `output/<table>/*.parquet` and see the rows that pandas sees."""
    pattern = str(output / table.name / "*.parquet")
    rows = len(pd.read_parquet(output / table.name))
    frame = pl.read_parquet(pattern)
    assert (tuple(frame.columns), frame.height) == (table.names, rows)
    assert [row[0] for row in ask(f"DESCRIBE SELECT * FROM '{pattern}'")] == list(table.names)
    assert ask(f"SELECT count(*) FROM '{pattern}'") == [(rows,)]


@every_table
def test_files_hold_exact_arrow_types(output: Path, table: Table) -> None:
    """Each file's own schema is the table's Arrow schema: types, nullability, meanings and the contract's version."""
    for path in (output / table.name).glob("*.parquet"):
        assert pq.read_schema(path).equals(arrow_schema(table), check_metadata=True)


def test_types_survive_in_every_reader(output: Path) -> None:
    """Weights are decimals, dates dates and years small integers in pandas, Polars and DuckDB alike."""
    pattern = str(output / "phases" / "*.parquet")
    frame = pl.read_parquet(pattern)
    assert [frame.schema[name] for name in ("year", "weight", "start_date")] == [pl.Int16, pl.Decimal(7, 4), pl.Date]
    described = ask(f"DESCRIBE SELECT year, weight, start_date FROM '{pattern}'")
    assert [row[1] for row in described] == ["SMALLINT", "DECIMAL(7,4)", "DATE"]
    row = pd.read_parquet(output / "phases").iloc[0]
    assert (row["weight"], row["start_date"]) == (Decimal("50.0000"), date(2021, 1, 1))


def test_amounts_are_exact(output: Path) -> None:
    """An amount of 15.000,50 euro is 15000.50 to the cent, and an amount that is not printed is null."""
    frame = pl.read_parquet(output / "linked_objectives" / "*.parquet")
    assert frame["revenue"].unique().to_list() == [Decimal("15000.50")]
    assert frame["expenditure"].null_count() == frame.height


def test_keys_are_unique_and_references_resolve(output: Path) -> None:
    """No two rows share a primary key, and no row names a document or a sheet that is not there."""
    for table in TABLES:
        frame = pl.read_parquet(output / table.name / "*.parquet")
        if table.key:
            assert frame.select(table.key).is_unique().all()
        for column, to_table, to_column in table.references:
            there = output / to_table
            known = set(pl.read_parquet(there / "*.parquet")[to_column]) if there.exists() else set()
            assert set(frame[column].drop_nulls()) <= known


def test_a_table_without_rows_can_be_loaded(tmp_path: Path) -> None:
    """A dataset without a single sheet still has every table, with its columns and no rows."""
    write(tmp_path, [extraction("letter")])
    frame = pd.read_parquet(tmp_path / "phases")
    assert (len(frame), "weight" in frame.columns) == (0, True)
    assert ask(f"SELECT count(*) FROM '{tmp_path}/indicators/*.parquet'") == [(0,)]
