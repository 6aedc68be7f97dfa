"""Tests that would notice: each planted defect turns its test red."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project.planted import DEFECTS

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "promises.md"
defects = pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)


@defects
def test_a_defect_can_be_planted(defect):
    """The line is there once, the test exists, and docs/promises.md lists both."""
    assert (ROOT / defect.file).read_text().count(defect.old) == 1
    file, _, name = defect.test.partition("::")
    assert f"def {name.partition('[')[0]}(" in (ROOT / file).read_text()
    row = f"| {defect.name} | `{defect.test.partition('[')[0]}` |"
    assert row in PAGE.read_text()


@pytest.mark.soak
@defects
def test_a_planted_defect_is_noticed(defect, tmp_path):
    """With the defect in place the test fails; without it, it passes."""
    copy = tmp_path / "copy"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in listed.rstrip("\0").split("\0"):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, copy / name)
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-m", "", defect.test]
    path = copy / defect.file
    path.write_text(path.read_text().replace(defect.old, defect.new))
    planted = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert planted.returncode == 1, planted.stdout[-2000:]
    assert "failed" in planted.stdout
    shutil.copy(ROOT / defect.file, path)
    sound = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert sound.returncode == 0, sound.stdout[-2000:]
