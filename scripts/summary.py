"""Prints what a dataset holds and where it lies: `python scripts/summary.py output`."""

import sys
from pathlib import Path

import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

DOCUMENT_COLUMNS = ["path", "reader", "sheet_count", "coverage", "status"]


def documents(folder: Path) -> Table:
    """One line per input: how it was read, how many sheets it held, how much of it is accounted for."""
    table = Table("document", "read as", "status", title="What was read", title_justify="left")
    table.add_column("sheets", justify="right")
    table.add_column("coverage", justify="right")
    for row in pq.read_table(folder / "documents", columns=DOCUMENT_COLUMNS).to_pylist():
        coverage = "" if row["coverage"] is None else f"{row['coverage']:.2%}"
        table.add_row(row["path"], row["reader"], row["status"], str(row["sheet_count"]), coverage)
    return table


def tables(folder: Path) -> Table:
    """One line per table of the dataset: how many rows it has and where it lies."""
    table = Table("table", title="What was written", title_justify="left")
    table.add_column("rows", justify="right")
    table.add_column("files")
    for part in sorted(path for path in folder.iterdir() if path.is_dir()):
        files = sorted(part.glob("*.parquet"))
        rows = sum(pq.read_metadata(file).num_rows for file in files)
        if files:
            table.add_row(
                part.name, f"{rows:,}", f"{part}/ ({', '.join(file.stem.partition('-')[0] for file in files)})"
            )
    return table


def main(folder: Path) -> None:
    """Print both tables."""
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(documents(folder))
    console.print(tables(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
