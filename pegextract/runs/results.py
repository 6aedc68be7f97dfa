"""Extractions as bytes: how a result travels from a worker and lies in the ledger.

Compact JSON that the record's own types check when it is read: strictly, with no field too few or too many. Nothing
that a document touched is ever unpickled. The bytes carry their own checksum.
"""

from __future__ import annotations

import hashlib
import zlib
from functools import lru_cache
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from pegextract.extraction import Extraction

_MAGIC: Final = b"peg1"
_DIGEST: Final = 16
_LEVEL: Final = 1
LARGEST: Final = 256 << 20
"""Bytes of JSON that one document may give; a larger result is refused like a damaged one."""


class DamagedResult(ValueError):
    """The bytes are not those of a result, or no longer."""


def encode_result(extraction: Extraction) -> bytes:
    """The bytes of an extraction, equal for equal extractions of one Python."""
    packed = zlib.compress(_adapter().dump_json(extraction), _LEVEL)
    return _MAGIC + _checksum(packed) + packed


def decode_result(data: bytes) -> Extraction:
    """The extraction in `data`. Raises DamagedResult for anything that `encode_result` did not write."""
    checksum, packed = data[len(_MAGIC) : len(_MAGIC) + _DIGEST], data[len(_MAGIC) + _DIGEST :]
    if not data.startswith(_MAGIC) or checksum != _checksum(packed):
        raise DamagedResult("the checksum is wrong")
    try:
        unpacking = zlib.decompressobj()
        text = unpacking.decompress(packed, LARGEST)
        if unpacking.unconsumed_tail or not unpacking.eof:
            raise DamagedResult("it is too large")
        extraction: Extraction = _adapter().validate_json(text, strict=True)
    except (zlib.error, ValidationError) as error:
        raise DamagedResult(f"it does not hold together: {' '.join(str(error).split())[:200]}") from error
    return extraction


def _checksum(packed: bytes) -> bytes:
    return hashlib.blake2b(packed, digest_size=_DIGEST).digest()


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Any]:
    """Extraction as pydantic checks it; built once, when the first result is needed."""
    return TypeAdapter(Extraction)
