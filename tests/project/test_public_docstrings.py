"""Every public name of the package explains itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "pegextract").rglob("*.py"))

Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def public(node: Documented, name: str) -> Iterator[tuple[str, Documented]]:
    """A module or class and the public classes, functions and methods in it; not what lies inside a function."""
    yield name, node
    if isinstance(node, ast.Module | ast.ClassDef):
        for child in node.body:
            if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not child.name.startswith(
                "_"
            ):
                yield from public(child, f"{name}.{child.name}")


def silent(source: str, name: str) -> list[str]:
    """The public names of a module that have no docstring; overloads and property setters have the first one's."""
    return [
        found
        for found, node in public(ast.parse(source), name)
        if not ast.get_docstring(node) and not _repeats_another(node)
    ]


def _repeats_another(node: Documented) -> bool:
    decorators = [] if isinstance(node, ast.Module) else [ast.unparse(decorator) for decorator in node.decorator_list]
    return any(name.split(".")[-1] in {"overload", "override", "setter"} for name in decorators)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_public_names_have_docstrings(path):
    """Each public module, class, function and method says in its docstring what it is or promises."""
    assert silent(path.read_text(), path.stem) == []


def test_a_missing_docstring_is_noticed():
    """The check finds what it is for, and leaves private names alone."""
    source = '"""Text."""\nclass Sheet:\n    def year(self): ...\n    def _slug(self): ...\n'
    assert silent(source, "sheets") == ["sheets.Sheet", "sheets.Sheet.year"]
