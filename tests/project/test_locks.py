"""The lock files are what pyproject.toml asks for."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
GROUPS = {"run": ["build"], "dev": ["build", "dev"]}


def pins(packages: str) -> dict[str, set[str]]:
    """The versions that a lock file pins per package: two where they differ between Pythons."""
    found: dict[str, set[str]] = {}
    lock = (ROOT / "requirements" / f"{packages}.lock").read_text()
    for name, version in re.findall(r"^([a-z0-9][\w.-]*)(?:\[[\w,-]+\])?==(\S+)", lock, re.MULTILINE):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def asked_for(packages: str) -> list[Requirement]:
    """What pyproject.toml asks for in a set-up of this kind."""
    groups = [line for group in GROUPS[packages] for line in PROJECT["dependency-groups"][group]]
    return [Requirement(line) for line in PROJECT["project"]["dependencies"] + groups]


@pytest.mark.parametrize("packages", GROUPS)
def test_locks_satisfy_the_project(packages):
    """Every dependency is pinned, at a version that pyproject.toml allows; else run `make lock`."""
    pinned = pins(packages)
    for requirement in asked_for(packages):
        versions = pinned.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement.name} is not in {packages}.lock"
        assert all(requirement.specifier.contains(version) for version in versions), requirement


def test_tests_run_what_users_run():
    """A set-up for tests has the versions of a set-up for use, so what is tested is what is used."""
    dev = pins("dev")
    assert {name: dev.get(name) for name in pins("run")} == pins("run")


@pytest.mark.parametrize("packages", GROUPS)
def test_every_pin_has_hashes(packages):
    """No package is installed without a hash to check it by."""
    lock = (ROOT / "requirements" / f"{packages}.lock").read_text().replace("\\\n", " ")
    assert [line.split()[0] for line in lock.splitlines() if "==" in line and "--hash=sha256:" not in line] == []
