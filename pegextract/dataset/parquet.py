"""Parquet files: how one is written, how it is read back, and how a folder of them takes the place of another."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from pegextract.dataset.arrow import arrow_schema
from pegextract.dataset.columns import Table
from pegextract.errors import EnvironmentFault

ROWS_PER_GROUP: Final = 65_536
"""Rows of one row group: part of the bytes, so part of the contract's determinism."""
_LEVEL: Final = 3


def write_table(rows: Any, path: Path, table: Table) -> None:
    """Write a sorted `pyarrow.Table` to one file: zstd, page checksums, equal bytes for equal rows.

    Columns are copied into one chunk first, because Parquet pages end where chunks end.
    Raises EnvironmentFault where the disk is full or the folder read-only.
    """
    repeats = [column.name for column in table.columns if column.type == "string"]
    counted = [column.name for column in table.columns if column.type not in ("text", "list<string>")]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(
            rows.cast(arrow_schema(table)).combine_chunks(),
            path,
            row_group_size=ROWS_PER_GROUP,
            version="2.6",
            data_page_version="1.0",
            compression="zstd",
            compression_level=_LEVEL,
            use_dictionary=repeats,
            write_statistics=counted,
            write_page_checksum=True,
        )
    except OSError as error:
        raise EnvironmentFault(f"Cannot write {path}: {error}. Free some space or choose another folder.") from error


def read_table(folder: Path, table: Table, filters: Any = None) -> Any:
    """Read a table, or the rows that a `pyarrow.compute` expression keeps, and verify the page checksums.

    Returns a `pyarrow.Table`; an empty one where the folder is missing. Raises EnvironmentFault for a damaged file.
    """
    files = sorted((folder / table.name).glob("*.parquet"))
    return pa.concat_tables([arrow_schema(table).empty_table(), *(_read_file(path, filters) for path in files)])


def _read_file(path: Path, filters: Any) -> Any:
    try:
        return pq.read_table(path, filters=filters, partitioning=None, page_checksum_verification=True)
    except (OSError, pa.ArrowException) as error:
        raise EnvironmentFault(f"{path} is damaged ({error}). Run the conversion again to write it anew.") from error


def replace_folder(new: Path, old: Path) -> None:
    """Put the folder `new` in the place of `old`, by renaming: a reader finds whole files or none.

    Both must lie on one file system. `old` need not exist; what it held is removed.
    """
    gone = new.with_name(f"{new.name}.old")
    try:
        if old.exists():
            old.rename(gone)
        new.rename(old)
    except OSError as error:
        if gone.exists() and not old.exists():
            gone.rename(old)
        raise EnvironmentFault(f"Cannot replace {old}: {error}. Check who may write there.") from error
    shutil.rmtree(gone, ignore_errors=True)
