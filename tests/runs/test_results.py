"""Results as bytes: the same comes back, and nothing else is taken for one."""

from __future__ import annotations

import json
import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegextract.document import Box
from pegextract.layouts.profile import shipped_profiles
from pegextract.runs.extract import Settings, extract_document
from pegextract.runs.results import DamagedResult, _adapter, _checksum, decode_result, encode_result
from tests.cli.conftest import DOCUMENTS
from tests.dataset.examples import archive, extraction, record, sheet

REAL = [extract_document(path.read_bytes(), path.name, Settings(shipped_profiles())) for path in DOCUMENTS]


@pytest.mark.parametrize("one", [*REAL, *archive()], ids=lambda one: one.document_id[:8])
def test_what_went_in_comes_out(one):
    """Records, evidence, findings, boxes, decimals and dates are equal, and so are the bytes of a second writing."""
    data = encode_result(one)
    assert decode_result(data) == one
    assert encode_result(decode_result(data)) == data


def packed(content: object) -> bytes:
    """Bytes with a right checksum around any content."""
    body = zlib.compress(content if isinstance(content, bytes) else json.dumps(content).encode())
    return b"peg1" + _checksum(body) + body


def changed(**fields: object) -> bytes:
    """A result in which some fields are others."""
    one = extraction("a", sheet(record(1, 2021, "2021_ZN08"), box=Box(1, 0, 0, 1, 1)))
    return packed({**json.loads(_adapter().dump_json(one)), **fields})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"peg1",
        b"peg2" + encode_result(REAL[0])[4:],
        encode_result(REAL[0])[:-1],
        packed(b"not JSON"),
        packed([]),
        packed({}),
        changed(extra=1),
        changed(size_bytes="12"),
        changed(coverage=True),
        changed(sheets={}),
        changed(findings=[["error"]]),
        packed(b'{"coverage": NaN}'),
    ],
    ids=["empty", "head", "format", "cut", "text", "list", "nothing", "extra", "lax", "bool", "type", "short", "nan"],
)
def test_anything_else_is_refused(data):
    """A cut, foreign, lax or padded result is refused, never half taken."""
    with pytest.raises(DamagedResult):
        decode_result(data)


def test_the_base_of_the_refusals_is_accepted():
    """The result that the refused ones were made of is good: it is their change that is refused."""
    assert decode_result(changed()).sheets[0].record.code == "2021_ZN08"


def test_a_flipped_bit_is_noticed():
    """Every flip is noticed before anything is read out of the result."""
    data = encode_result(REAL[0])
    rng = random.Random(7)
    for _ in range(300):
        at = rng.randrange(len(data) * 8)
        bad = data[: at // 8] + bytes([data[at // 8] ^ (1 << at % 8)]) + data[at // 8 + 1 :]
        with pytest.raises(DamagedResult):
            decode_result(bad)


def test_a_bomb_is_refused(monkeypatch):
    """A result that would unpack to more than a document can give is refused before it is unpacked."""
    monkeypatch.setattr("pegextract.runs.results.LARGEST", 1000)
    with pytest.raises(DamagedResult, match="too large"):
        decode_result(packed(b" " * 5000))


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail_otherwise(data):
    """Whatever a worker sends: a result, or DamagedResult."""
    for sent in (data, packed(data)):
        with pytest.raises(DamagedResult):
            decode_result(sent)
