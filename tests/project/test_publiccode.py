"""publiccode.yml is what a catalogue of public software can take in.

Keys, limits and values are those of the standard and its lists, version 0.4 and later: https://yml.publiccode.tools
"""

import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]

MANDATORY = {
    "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType",
    "description", "legal", "maintenance", "localisation",
}  # fmt: skip
DEPRECATED = {"monochromeLogo", "inputTypes", "outputTypes", "it", "IT"}
STATUSES = {"concept", "development", "beta", "stable", "obsolete"}
SOFTWARE_TYPES = {
    "standalone/mobile", "standalone/iot", "standalone/desktop", "standalone/web", "standalone/backend",
    "standalone/other", "addon", "library", "configurationFiles",
}  # fmt: skip
MAINTENANCE_TYPES = {"internal", "contract", "community", "none"}
# Of the standard's lists, those that could fit this software.
CATEGORIES = {
    "budgeting", "business-intelligence", "data-analytics", "data-collection", "document-management",
    "financial-reporting", "knowledge-management", "project-management",
}  # fmt: skip
SCOPES = {"finance-and-economic-development", "local-authorities", "research", "society", "welfare"}


@pytest.fixture(scope="module")
def entry() -> dict:
    """The file's content."""
    return yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))


def test_mandatory_keys_are_there(entry):
    """A catalogue finds every key that the standard makes mandatory, and none that it has given up."""
    assert entry.keys() >= MANDATORY
    assert not entry.keys() & DEPRECATED


def test_values_come_from_the_lists_of_the_standard(entry):
    """Status, kind of software, maintenance, categories, scopes and countries are words that the standard knows."""
    assert entry["publiccodeYmlVersion"] in {"0", "0.4", "0.5", "0.6", "0.7"}
    assert entry["developmentStatus"] in STATUSES
    assert entry["softwareType"] in SOFTWARE_TYPES
    assert entry["maintenance"]["type"] in MAINTENANCE_TYPES
    assert set(entry["categories"]) <= CATEGORIES
    assert set(entry["intendedAudience"]["scope"]) <= SCOPES
    assert entry["intendedAudience"]["countries"] == ["IT"]
    assert set(entry["platforms"]) <= {"web", "windows", "mac", "linux", "ios", "android"}


@pytest.mark.parametrize("language", ["it", "en"])
def test_descriptions_keep_to_the_limits(entry, language):
    """Each language has a sentence of at most 150 characters, a text of 150 to 10,000 and a list of features."""
    description = entry["description"][language]
    assert 0 < len(description["shortDescription"]) <= 150
    assert 150 <= len(description["longDescription"]) <= 10_000
    assert len(description["features"]) >= 5


def test_maintenance_names_whom_it_has_to(entry):
    """Contacts are named where the standard asks for them, contractors for a contract and only there."""
    maintenance = entry["maintenance"]
    assert ("contractors" in maintenance) == (maintenance["type"] == "contract")
    assert "contacts" in maintenance or maintenance["type"] not in {"internal", "community"}


def test_it_agrees_with_the_package(entry):
    """Name, version and licence are those of the package, and the licence is beside it in full."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert entry["name"] == project["name"]
    assert entry["legal"]["license"] == project["license"]
    assert f'"{entry["softwareVersion"]}"' in (ROOT / "pegextract" / "version.py").read_text()
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert isinstance(entry["localisation"]["localisationReady"], bool)
    assert entry["localisation"]["availableLanguages"]
