"""Bytes to text: which encoding was it, said aloud when it had to be guessed."""

from __future__ import annotations

import codecs
import re

from pegextract.errors import UnreadableDocument
from pegextract.findings import Finding, Severity

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes([*range(0x09), *range(0x0E, 0x20), 0x7F])
_CONTROL_SHARE_OF_BINARY = 0.05


def decode(data: bytes) -> tuple[str, tuple[Finding, ...]]:
    r"""Text of `data` with line ends as \n, and a finding when the encoding was a guess.

    UTF-8 and texts with a byte order mark are certain. What is neither is read as Windows-1252, the encoding of
    older Italian office texts. Raises UnreadableDocument for empty and for binary data.
    """
    if not data.strip():
        raise UnreadableDocument("the file is empty", code="empty_file")
    text, findings = _decode_bytes(data)
    controls = len(_CONTROL.findall(text)) if _may_hold_controls(data) else 0
    if controls > len(text) * _CONTROL_SHARE_OF_BINARY:
        raise UnreadableDocument("the file is not text: it holds binary data", code="type_mismatch")
    if controls:
        text = _CONTROL.sub(" ", text)
        findings += (
            Finding(Severity.INFO, "control_characters", f"{controls} control characters were read as blanks"),
        )
    return text.replace("\r\n", "\n").replace("\r", "\n"), findings


def _decode_bytes(data: bytes) -> tuple[str, tuple[Finding, ...]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    encoding = _utf16_without_mark(data) or "cp1252"
    message = f"the text is not UTF-8; it was read as {encoding}: check accented letters"
    finding = Finding(Severity.WARNING, "encoding_uncertain", message)
    return data.decode(encoding, errors="replace"), (finding,)


def _may_hold_controls(data: bytes) -> bool:
    """A cheap first look: in every encoding read here, a control character has its byte."""
    return len(data.translate(None, _CONTROL_BYTES)) < len(data)


def _utf16_without_mark(data: bytes) -> str | None:
    """Western text in UTF-16 has a zero in every second byte."""
    sample = data[:4000]
    if sample[1::2].count(0) > len(sample) * 0.4:
        return "utf-16-le"
    if sample[0::2].count(0) > len(sample) * 0.4:
        return "utf-16-be"
    return None
