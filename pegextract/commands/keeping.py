"""`versions`, `rollback`, `verify`, `diff`: the commands that look after a dataset."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pegextract.commands.telling import Debug, Json, errors_told, examples, print_json
from pegextract.errors import DatasetFault

if TYPE_CHECKING:
    from pegextract.dataset.place import Place

Dataset = Annotated[Path, typer.Argument(metavar="OUTPUT", help="Folder of a dataset.")]
Number = Annotated[int, typer.Argument(metavar="N", min=1, help="The number of a version, as `versions` lists them.")]

VERSIONS_EXAMPLES = examples("pegextract versions output")
ROLLBACK_EXAMPLES = examples("pegextract rollback output 41")
VERIFY_EXAMPLES = examples("pegextract verify output", "pegextract verify output --repair")
DIFF_EXAMPLES = examples("pegextract diff output 41 42", "pegextract diff output 41 42 --json")


def versions(output: Dataset, json: Json = False, debug: Debug = False) -> None:
    """List the versions of a dataset that are there; the last one is what is read."""
    with errors_told(debug):
        from pegextract.dataset.versions import manifest_of

        place = existing(output)
        manifests = [manifest_of(place, number) for number in place.numbers()]
        if json:
            print_json({"versions": [manifest.model_dump(mode="json") for manifest in manifests]})
            return
        for manifest in manifests:
            documents, sheets = (manifest.tables[name].rows for name in ("documents", "objectives"))
            current = "← current" if manifest.version == place.number() else ""
            counted = f"{documents:,} documents  {sheets:,} sheets  {manifest.note}  {current}"
            typer.echo(f"{manifest.version:>6}  {manifest.created}  {counted}".rstrip())


def rollback(output: Dataset, number: Number, debug: Debug = False) -> None:
    """Read an earlier version again: its content is committed anew, under the next number.

    A run that would only bring back what was taken back publishes nothing, until inputs or rules change.
    """
    with errors_told(debug):
        from pegextract.dataset.place import Writing
        from pegextract.dataset.versions import roll_back

        existing(output)
        with Writing(output) as writing:
            manifest = roll_back(writing, number)
        typer.echo(f"version {manifest.version} holds what version {number} held, and is read from now on")


def verify(
    output: Dataset,
    repair: Annotated[bool, typer.Option("--repair", help="Put right what can be put right.")] = False,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Check every byte of every version against its SHA-256. Exit code 6 where something is damaged."""
    with errors_told(debug):
        from pegextract.dataset.verify import find_faults

        place = existing(output)
        if repair:
            from pegextract.runs.mending import mend

            for told in mend(output):
                typer.echo(told, err=True)
        faults = find_faults(place)
        if json:
            print_json({"faults": [fault._asdict() for fault in faults]})
        else:
            for fault in faults:
                typer.echo(f"{fault.path}: {fault.reason}")
            typer.echo(f"{len(faults)} faults in {output}" if faults else f"{output} is as it was committed")
        raise typer.Exit(DatasetFault.exit_code if faults else 0)


def diff(
    output: Dataset,
    before: Annotated[int, typer.Argument(metavar="N", min=1, help="The earlier version.")],
    after: Annotated[int, typer.Argument(metavar="M", min=1, help="The later version.")],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object per line.")] = False,
    debug: Debug = False,
) -> None:
    """Tell what differs between two versions: rows that came (+) or went (-), and values that changed (~)."""
    with errors_told(debug):
        from json import dumps

        from pegextract.dataset.diff import changes
        from pegextract.runs.names import safe

        marks = {"added": "+", "removed": "-", "changed": "~"}
        same = True
        for change in changes(existing(output), before, after):
            same = False
            if json:
                typer.echo(dumps(change._asdict(), ensure_ascii=False, default=str))
                continue
            cell = "" if change.column is None else f" · {change.column}: {change.old} → {change.new}"
            typer.echo(f"{marks[change.kind]} {change.table}  {safe(change.row + cell)}")
        if same and not json:
            typer.echo(f"versions {before} and {after} hold the same rows")


def existing(output: Path) -> Place:
    """The place of a dataset that has versions. Raises UsageError where there is none."""
    from pegextract.dataset.place import Place
    from pegextract.errors import UsageError

    if not (output / "versions").is_dir():
        raise UsageError(
            f"{output} holds no dataset with versions; write one with: pegextract convert INPUT -o {output}"
        )
    return Place(output)
