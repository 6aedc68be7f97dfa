"""What schemas/ holds, generated from contract.py and models.py.

`python -m pegextract.dataset.describe --write schemas` writes it; `--check schemas` exits with 1 and the differences
when the two drift.
"""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from pegextract.dataset.arrow import arrow_schema
from pegextract.dataset.columns import Table
from pegextract.dataset.contract import TABLES
from pegextract.dataset.dictionary import dictionary
from pegextract.dataset.json_schema import record_schemas
from pegextract.dataset.package import data_package

_LINES_OF_A_DIFFERENCE: Final = 20


def descriptions() -> dict[str, str]:
    """File name inside schemas/ → its text."""
    files = {f"records/{name}.schema.json": _json(schema) for name, schema in record_schemas().items()}
    files |= {f"arrow/{table.name}.json": _json(arrow_description(table)) for table in TABLES}
    return files | {"datapackage.json": _json(data_package()), "DATA_DICTIONARY.md": dictionary()}


def arrow_description(table: Table) -> dict[str, Any]:
    """The Arrow schema of a table as plain values: what a person reads and a test compares with the files."""
    schema = arrow_schema(table)
    return {
        "table": table.name,
        "metadata": _plain(schema.metadata),
        "fields": [_field_description(field) for field in schema],
    }


def _field_description(field: Any) -> dict[str, Any]:
    return {
        "name": field.name,
        "type": str(field.type),
        "nullable": field.nullable,
        "metadata": _plain(field.metadata),
    }


def write(folder: Path) -> None:
    """Write every description; files that are no longer generated are removed."""
    files = descriptions()
    for path in _present(folder) - {folder / name for name in files}:
        path.unlink()
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def drift(folder: Path) -> list[str]:
    """The differences between `folder` and what would be generated, one text per file; empty when in step."""
    files = descriptions()
    superfluous = sorted(_present(folder) - {folder / name for name in files})
    differences = [f"{path} is not generated any more" for path in superfluous]
    for name, text in files.items():
        path = folder / name
        if not path.exists():
            differences.append(f"{path} is missing")
        elif (old := path.read_text(encoding="utf-8")) != text:
            lines = difflib.unified_diff(old.splitlines(), text.splitlines(), str(path), "generated", lineterm="", n=1)
            differences.append("\n".join(list(lines)[:_LINES_OF_A_DIFFERENCE]))
    return differences


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m pegextract.dataset.describe", description="Generate schemas/.")
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--write", type=Path, metavar="FOLDER", help="write the descriptions there")
    choice.add_argument("--check", type=Path, metavar="FOLDER", help="compare, and exit with 1 when they differ")
    options = parser.parse_args(arguments)
    if options.write:
        write(options.write)
        return 0
    differences = drift(options.check)
    if differences:
        sys.stderr.write("\n".join(differences))
        sys.stderr.write(f"\nWrite them anew: python -m pegextract.dataset.describe --write {options.check}\n")
    return 1 if differences else 0


def _present(folder: Path) -> set[Path]:
    return {*folder.glob("records/*.json"), *folder.glob("arrow/*.json")}


def _plain(metadata: dict[bytes, bytes] | None) -> dict[str, str]:
    return {key.decode(): value.decode() for key, value in sorted((metadata or {}).items())}


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
