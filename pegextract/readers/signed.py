"""Signed files (.p7m): the document inside the signature. The signature itself is not checked.

A signed file is a tree of tagged pieces (X.690: tag, length, content); the document is the octet string in
SignedData.encapContentInfo (RFC 5652, 5.1), whole or in chunks, lengths stated or open. Some programs write it in
Base64.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from typing import NamedTuple

from pegextract.errors import UnreadableDocument

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_LOOKED_AT = 64
_ARMOUR = re.compile(rb"-----(?:BEGIN|END)[^-]*-----|\s")
_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]+")
MOST_SIGNATURES = 8
DEEPEST = 16
"""Chunks of chunks deeper than this are an attack."""
_SEQUENCE, _OCTETS, _OCTETS_IN_CHUNKS, _EXPLICIT_0 = 0x30, 0x04, 0x24, 0xA0


class _Piece(NamedTuple):
    tag: int
    start: int
    end: int


def is_signed(data: bytes) -> bool:
    """Whether the bytes are a signed file, in Base64 or not."""
    head = data[: _LOOKED_AT * 4]
    if head[:1] != b"\x30":
        head = _from_base64(head)
    return _SIGNED_DATA in head[:_LOOKED_AT]


def signed_content(data: bytes) -> bytes:
    """The document inside all signatures. Raises UnreadableDocument where it is cut off, damaged, or signed apart."""
    for _ in range(MOST_SIGNATURES):
        if not is_signed(data):
            return data
        data = _content(data)
    raise UnreadableDocument(f"more than {MOST_SIGNATURES} signatures around one document", code="limit_exceeded")


def _content(data: bytes) -> bytes:
    if data[:1] != b"\x30":
        data = _from_base64(data)
    try:
        content_info = _child(data, _Piece(0, 0, len(data)), _SEQUENCE)
        signed = _child(data, _child(data, content_info, _EXPLICIT_0), _SEQUENCE)
        held = _child(data, signed, _SEQUENCE)  # the first sequence in SignedData: version and algorithms are none
        content = next((piece for piece in _pieces(data, held) if piece.tag == _EXPLICIT_0), None)
        if content is None:
            message = "the file is a signature alone; the document that it signs is another file: pass that one"
            raise UnreadableDocument(message, code="signature_only")
        return b"".join(_octets(data, content, 0))
    except (IndexError, StopIteration) as error:
        raise UnreadableDocument("the signed file is cut off or damaged: get it again") from error


def _from_base64(data: bytes) -> bytes:
    bare = _ARMOUR.sub(b"", data) if b"-----" in data[:100] else b"".join(data.split())
    if not _BASE64.fullmatch(bare[:256]):
        return b""
    try:
        return binascii.a2b_base64(bare[: len(bare) // 4 * 4])
    except binascii.Error:
        return b""


def _child(data: bytes, parent: _Piece, tag: int) -> _Piece:
    """The first piece with this tag inside another."""
    return next(piece for piece in _pieces(data, parent) if piece.tag == tag)


def _octets(data: bytes, parent: _Piece, depth: int) -> Iterator[bytes]:
    if depth > DEEPEST:
        raise IndexError
    for piece in _pieces(data, parent):
        if piece.tag == _OCTETS:
            yield data[piece.start : piece.end]
        elif piece.tag == _OCTETS_IN_CHUNKS:
            yield from _octets(data, piece, depth + 1)


def _pieces(data: bytes, parent: _Piece) -> Iterator[_Piece]:
    """The pieces inside another, up to its end or to the mark that ends an open length."""
    at = parent.start
    while at < parent.end:
        piece, after = _piece(data, at, parent.end, 0)
        if piece.tag == 0 and piece.start == piece.end:
            return
        yield piece
        at = after


def _piece(data: bytes, at: int, end: int, depth: int) -> tuple[_Piece, int]:
    """The piece that begins here, and where the next one begins."""
    tag, first = data[at], data[at + 1]
    start = at + 2
    if first == 0x80:
        return _open_piece(data, tag, start, end, depth)
    if first & 0x80:
        count = first & 0x7F
        length = int.from_bytes(data[start : start + count], "big")
        start += count
    else:
        length = first
    if start + length > end:
        raise IndexError
    return _Piece(tag, start, start + length), start + length


def _open_piece(data: bytes, tag: int, start: int, end: int, depth: int) -> tuple[_Piece, int]:
    """A piece whose length is not stated: it ends at two zeros that are no piece's own."""
    if depth > DEEPEST:
        raise IndexError
    at = start
    while True:
        if data[at] == 0 and data[at + 1] == 0:
            return _Piece(tag, start, at), at + 2
        _, at = _piece(data, at, end, depth + 1)
