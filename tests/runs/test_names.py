"""Names of files: any bytes in, one harmless line out, and back."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegextract.runs.names import name_on_disk, one_to_one, portable_name, safe

NAMES = st.binary(min_size=1, max_size=40).filter(lambda name: b"\0" not in name)


@given(NAMES)
def test_a_name_survives_the_dataset(name):
    """Whatever bytes a name has, they come back from what the dataset holds, which is printable UTF-8."""
    stored = portable_name(os.fsdecode(name))
    assert os.fsencode(name_on_disk(stored)) == name
    assert stored.isprintable() or "\u3000" in stored or " " in stored or "\xa0" in stored
    stored.encode("utf-8")


@given(NAMES, NAMES)
def test_two_names_stay_two(one, other):
    """No two names are stored alike."""
    assert (portable_name(os.fsdecode(one)) == portable_name(os.fsdecode(other))) == (one == other)


@pytest.mark.parametrize("name", ["scheda 1.txt", "più/perché.md", "50%.txt", "100 % fatto.txt", "a (copia).pdf"])
def test_ordinary_names_stay_as_they_are(name):
    """Only what cannot be printed, and what looks like an escape, is escaped."""
    assert portable_name(name) == name


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\u202eb", "a\\u202eb"),
        ("a\nb", "a\\nb"),
        ("a\udc80", "a\\udc80"),
        ("è più", "è più"),
    ],
)
def test_text_is_safe_for_a_terminal(text, shown):
    """Control, bidi and undecodable characters are shown as escapes; letters stay."""
    assert safe(text) == shown


@given(st.text(max_size=50))
def test_marked_lines_keep_every_place(text):
    """In the excerpt of a source each character stays where it is."""
    assert len(one_to_one(text)) == len(text)
    assert "\x1b" not in one_to_one(text)
