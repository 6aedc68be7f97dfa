"""Parquet files: the bytes of one, and how a table of them is read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from pegextract.dataset.arrow import arrow_schema
from pegextract.dataset.columns import Table
from pegextract.dataset.durable import refuse_machines_fault
from pegextract.errors import DatasetDamaged

ROWS_PER_GROUP: Final = 65_536
"""Rows of one row group: part of the bytes, so part of the contract's determinism."""
_LEVEL: Final = 3


def encode_rows(rows: Any, table: Table) -> memoryview:
    """The bytes of a file with a sorted `pyarrow.Table`: zstd, page checksums, equal bytes for equal rows.

    They are made in memory, so that no unfinished file ever has a name. Columns are copied into one chunk first,
    because Parquet pages end where chunks end.
    """
    repeats = [column.name for column in table.columns if column.type == "string"]
    counted = [column.name for column in table.columns if column.type not in ("text", "list<string>")]
    sink = pa.BufferOutputStream()
    pq.write_table(
        rows.cast(arrow_schema(table)).combine_chunks(),
        sink,
        row_group_size=ROWS_PER_GROUP,
        version="2.6",
        data_page_version="1.0",
        compression="zstd",
        compression_level=_LEVEL,
        use_dictionary=repeats,
        write_statistics=counted,
        write_page_checksum=True,
    )
    return memoryview(sink.getvalue())


def read_table(folder: Path, table: Table, filters: Any = None) -> Any:
    """Read a table, or the rows that a `pyarrow.compute` expression keeps, and verify the page checksums.

    Returns a `pyarrow.Table`; an empty one where the folder is missing. Raises DatasetDamaged for a damaged file,
    EnvironmentFault where the machine cannot read it.
    """
    files = sorted((folder / table.name).glob("*.parquet"))
    return pa.concat_tables([arrow_schema(table).empty_table(), *(_read_file(path, filters) for path in files)])


def _read_file(path: Path, filters: Any) -> Any:
    try:
        return pq.read_table(path, filters=filters, partitioning=None, page_checksum_verification=True)
    except (OSError, pa.ArrowException) as error:
        refuse_machines_fault(path, error)
        raise DatasetDamaged(f"{path} is damaged ({error}); see: pegextract verify") from error
