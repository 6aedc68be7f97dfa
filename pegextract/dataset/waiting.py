"""Waiting: Arrow batches kept compressed in memory until the whole table can be sorted.

The rows of sheets repeat themselves (names, codes, the value that equals its raw text), so LZ4 keeps them in a sixth
of their size at no more cost than the page faults that it saves. A column is unpacked when the table is put together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import pyarrow as pa

from pegextract.dataset.order import by_year, first_none

_LZ4: Final = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)


class Waiting:
    """The batches of one table, in the order of their arrival; where `parted`, apart for each year.

    A table that is parted is never whole again: its years come one by one, and each is given up with that.
    """

    def __init__(self, schema: Any, *, parted: bool = False) -> None:
        self._schema = schema
        self._parted = parted
        self._packed: dict[int | None, list[Any]] = {}

    def append(self, batch: Any) -> None:
        """Keep a `pyarrow.RecordBatch` of the schema."""
        for year, part in by_year(batch) if self._parted else [(None, batch)]:
            sink = pa.BufferOutputStream()
            with pa.ipc.new_stream(sink, self._schema, options=_LZ4) as stream:
                stream.write_batch(part)
            self._packed.setdefault(year, []).append(sink.getvalue())

    def whole(self) -> Any:
        """All rows as one `pyarrow.Table`, each column in one chunk."""
        return self._table([packed for year in self._years() for packed in self._packed[year]])

    def parts(self) -> Iterator[tuple[int | None, Any]]:
        """(year, its rows as `pyarrow.Table`), as `by_year` has them."""
        for year in self._years() or [None]:
            yield year, self._table(self._packed.pop(year, []))

    def _years(self) -> list[int | None]:
        return sorted(self._packed, key=first_none)

    def _table(self, packed: Sequence[Any]) -> Any:
        columns = [self._column(index, packed) for index in range(len(self._schema))]
        return pa.Table.from_arrays(columns, schema=self._schema)

    def _column(self, index: int, packed: Sequence[Any]) -> Any:
        options = pa.ipc.IpcReadOptions(included_fields=[index], use_threads=False)
        parts = [batch.column(0) for one in packed for batch in pa.ipc.open_stream(one, options=options)]
        return pa.concat_arrays(parts) if parts else pa.array([], self._schema.field(index).type)
