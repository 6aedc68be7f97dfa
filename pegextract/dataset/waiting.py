"""Waiting: Arrow batches kept compressed in memory until the whole table can be sorted.

The rows of sheets repeat themselves (names, codes, the value that equals its raw text), so LZ4 keeps them in a sixth
of their size at no more cost than the page faults that it saves. A column is unpacked when the table is put together.
"""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa

_LZ4: Final = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)


class Waiting:
    """The batches of one table, in the order of their arrival."""

    def __init__(self, schema: Any) -> None:
        self._schema = schema
        self._packed: list[Any] = []

    def append(self, batch: Any) -> None:
        """Keep a `pyarrow.RecordBatch` of the schema."""
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, self._schema, options=_LZ4) as stream:
            stream.write_batch(batch)
        self._packed.append(sink.getvalue())

    def whole(self) -> Any:
        """All rows as one `pyarrow.Table`, each column in one chunk."""
        columns = [self._column(index) for index in range(len(self._schema))]
        return pa.Table.from_arrays(columns, schema=self._schema)

    def _column(self, index: int) -> Any:
        options = pa.ipc.IpcReadOptions(included_fields=[index], use_threads=False)
        parts = [batch.column(0) for packed in self._packed for batch in pa.ipc.open_stream(packed, options=options)]
        return pa.concat_arrays(parts) if parts else pa.array([], self._schema.field(index).type)
