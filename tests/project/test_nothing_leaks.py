"""What is committed makes sense on any machine."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Written in pieces, so that this file does not name them itself.
OTHERS_PLACES = {
    "a home folder": rb"/(?:root|home/\w+|Users/\w+)" + rb"/",
    "a work folder": rb"(?<![\w.*])/" + rb"work/",
    "a folder beside the repository": rb"\.\./" + rb"shared\b",
}


def committed_files() -> list[Path]:
    """What git tracks or would track; nothing that .gitignore leaves out."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"git does not list this folder: {error}")
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("place", OTHERS_PLACES)
def test_no_committed_file_names_a_place_on_one_machine(place):
    """No committed file names a folder that only its author's machine has."""
    texts = ((path, path.read_bytes()) for path in committed_files())
    pattern = re.compile(OTHERS_PLACES[place])
    named = {
        str(path.relative_to(ROOT)): found[0]
        for path, text in texts
        if b"\0" not in text and (found := pattern.search(text))
    }
    assert named == {}, f"{place} is named"


def test_locks_name_no_package_index():
    """The lock files say what to install, not where from: each machine's own settings decide that."""
    for lock in (ROOT / "requirements").glob("*.lock"):
        assert not re.search(r"://|--(?:extra-)?index-url|--find-links", lock.read_text()), lock.name
