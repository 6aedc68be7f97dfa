"""What is taken from the inputs, and what is left alone."""

import io
import os
import socket
from collections import Counter

import pytest

from pegextract.errors import UnreadableDocument, UsageError
from pegextract.runs.copies import Task, distinct
from pegextract.runs.discover import LeftOut, discover, left_out_as
from pegextract.runs.sources import Failure, Skipped, Source, read_regular_file


def found(*inputs, output="nowhere", stdin=b""):
    """Everything that the inputs name."""
    return list(discover([str(given) for given in inputs], output, io.BytesIO(stdin), "stdin"))


def names(items):
    """The names of the documents among them."""
    return [item.name for item in items if isinstance(item, Source)]


def test_folders_are_read_all_the_way_down_by_name(tmp_path):
    """Files come sorted, those of a folder before those below it; hidden folders are not entered."""
    for name in ("b.txt", "a/z.md", "a/y/x.html", "c.txt", ".git/d.txt", "a/.cache/e.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert names(found(tmp_path)) == ["b.txt", "c.txt", "a/z.md", "a/y/x.html"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt", None),
        ("a.PDF", None),
        ("a.pdf.p7m", None),
        ("scheda", None),
        ("scheda n. 5", None),
        ("scheda.2021", None),
        ("a.doc", None),
        ("a.expected.json", ".json"),
        ("README.md", "README"),
        ("readme.it.md", "readme"),
        ("CHANGELOG.md", "CHANGELOG"),
        ("LICENSE", "LICENSE"),
        ("Makefile", "Makefile"),
        ("a.parquet", ".parquet"),
        ("a.py", ".py"),
        (".a.txt", "hidden"),
    ],
)
def test_documents_are_known_by_their_ending(name, kind):
    """Of a folder, files with the ending of a document or with none are taken; formats we cannot read among them."""
    assert left_out_as(name) == kind


def test_what_is_left_out_is_counted(tmp_path):
    """Nothing disappears: each file that is no document is named by its kind."""
    for name in ("a.json", "b.json", ".c"):
        (tmp_path / name).write_text("x")
    assert Counter(item.kind for item in found(tmp_path) if isinstance(item, LeftOut)) == {".json": 2, "hidden": 1}


def test_a_named_file_is_read_whatever_it_is_called(tmp_path):
    """Rules about names are for folders; its name in the dataset is its own, without the folders."""
    (tmp_path / "README.weird").write_text("x")
    assert names(found(tmp_path / "README.weird")) == ["README.weird"]


def test_links_pipes_and_sockets_in_a_folder_are_named_and_not_opened(tmp_path):
    """A link could lead anywhere and a pipe could wait for ever: they are skipped with a reason."""
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket.txt"))
        items = found(tmp_path)
    assert names(items) == ["a.txt"]
    assert {item.name: item.reason for item in items if isinstance(item, Skipped)} == {
        "link.txt": "a symbolic link is not opened",
        "loop": "a symbolic link is not opened",
        "pipe.txt": "a pipe is not opened",
        "socket.txt": "a socket is not opened",
    }


def test_a_link_that_is_named_is_followed(tmp_path):
    """Who names a link means what it leads to, be it a file or a folder."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.txt").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    assert names(found(tmp_path / "link")) == ["a.txt"]


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: None], ids=["pipe", "missing"])
def test_a_named_input_that_is_no_file_is_a_failure(tmp_path, make):
    """It is told with a remedy, and is never opened."""
    make(tmp_path / "a.txt")
    (item,) = found(tmp_path / "a.txt")
    assert isinstance(item, Failure)
    assert ";" in item.message


def test_the_output_folder_is_not_entered(tmp_path):
    """A dataset inside the input, also under another name of the folder, is not read back."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").write_text("x")
    (tmp_path / "b.txt").write_text("x")
    (tmp_path / "again").symlink_to(tmp_path / "out")
    assert names(found(tmp_path, output=tmp_path / "again")) == ["b.txt"]
    with pytest.raises(UsageError, match="both input and output"):
        found(tmp_path / "out", output=tmp_path / "again")


def test_an_input_inside_the_output_folder_is_read(tmp_path):
    """What is named is read, wherever it lies."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("x")
    assert names(found(tmp_path / "in", output=tmp_path)) == ["a.txt"]


def test_only_a_regular_file_is_read(tmp_path):
    """Whatever was put in the place of a file after it was found is refused: link, pipe, folder, nothing."""
    (tmp_path / "link").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe", ".", "gone"):
        with pytest.raises(UnreadableDocument):
            read_regular_file(str(tmp_path / name))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path):
    """The reason says what to do."""
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(UnreadableDocument, match="no permission"):
        read_regular_file(str(tmp_path / "a.txt"))


def test_copies_are_known_by_their_bytes(tmp_path):
    """Equal bytes are one task under the first name; equal sizes alone are not; what vanished is a failure."""
    sources = []
    for name, text in {"b": "same", "a": "same", "c": "size", "d": "longer"}.items():
        (tmp_path / name).write_text(text)
        sources.append(Source(str(tmp_path / name), name, len(text)))
    sources.append(Source(str(tmp_path / "gone"), "gone", 4))
    found = list(distinct(sources))
    assert sorted((t.source.name, t.copies) for t in found if isinstance(t, Task)) == [("a", 2), ("c", 1), ("d", 1)]
    assert [f.name for f in found if isinstance(f, Failure)] == ["gone"]
