"""The arrows between modules: what a reader of design and CONTRIBUTING.md may rely on."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "pegextract"

# From the top down: a module imports from its own layer and those below. A new module is given its place here.
LAYERS: list[set[str]] = [
    {"pegextract", "api", "cli", "commands", "__main__"},
    {"report"},
    {"evaluation"},
    {"runs"},
    {"dataset"},
    {"registry"},
    {"validation", "rules", "neighbours", "calibration", "second_readings"},
    {"layouts", "profiles"},
    {"readers"},
    {"values", "document", "models", "findings", "extraction"},
    {"errors", "version", "heartbeat", "recall", "stopping"},
]


def module_name(path: Path) -> str:
    """`pegextract/values/dates.py` → `pegextract.values.dates`; a package's `__init__.py` → the package."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imports(source: str) -> Iterator[tuple[str, str]]:
    """Each import of our own as (module, name); the name is empty for `import module`. Those in functions count too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names if alias.name.split(".")[0] == "pegextract")
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "pegextract":
            yield from ((node.module or "", alias.name) for alias in node.names)


def target(module: str, name: str) -> str:
    """The module that an import leads to: `from package import module` leads to the module."""
    return f"{module}.{name}" if f"{module}.{name}" in MODULES else module


def layer(module: str) -> int | None:
    """How far down a module stands, None when it has no place yet."""
    part = module.split(".")[1] if "." in module else module
    return next((depth for depth, parts in enumerate(LAYERS) if part in parts), None)


def targets(module: str) -> set[str]:
    """The modules of ours that a module imports."""
    return {target(*found) for found in imports(MODULES[module].read_text())}


def upward(module: str, imported: set[str]) -> list[str]:
    """Those of a module's imports that stand above it."""
    here = layer(module)
    return sorted(other for other in imported if here is not None and (layer(other) or 0) < here)


def through_own_package(module: str, found: list[tuple[str, str]]) -> list[str]:
    """Those of a module's imports that take a name from the `__init__` of a package that the module lives in."""
    return sorted(
        f"from {source} import {name}" if name else f"import {source}"
        for source, name in found
        if module.startswith(f"{source}.") and target(source, name) == source
    )


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_its_place(module):
    """Each module stands in a layer, so that nobody has to guess what it may import."""
    assert layer(module) is not None, f"give {module} a place in LAYERS"


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_downward(module):
    """A module imports from its own layer and below, never from above, not even inside a function."""
    assert upward(module, targets(module)) == []


@pytest.mark.parametrize("module", MODULES)
def test_neighbours_are_imported_by_full_path(module):
    """A module takes no name from the `__init__` of a package that it lives in."""
    assert through_own_package(module, list(imports(MODULES[module].read_text()))) == []


def test_there_are_no_cycles():
    """Any module can be read after the ones it imports: there is an order."""
    graph = {module: targets(module) - {module} for module in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"import cycle: {' → '.join(error.args[1])}")


def test_an_upward_import_is_noticed():
    """The check finds what it is for: errors must not know of the command line, nor values of readers."""
    assert upward("pegextract.errors", {"pegextract.cli"}) == ["pegextract.cli"]
    assert upward("pegextract.values.dates", {"pegextract.readers.text", "pegextract.errors"}) == [
        "pegextract.readers.text"
    ]


def test_an_import_through_the_own_package_is_noticed():
    """`from pegextract.values import Reading` inside values is found; the full path of a module is not."""
    found = [("pegextract.values", "Reading"), ("pegextract.errors", "UsageError"), ("pegextract", "errors")]
    assert through_own_package("pegextract.values.dates", found) == ["from pegextract.values import Reading"]
