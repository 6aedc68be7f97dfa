"""`review`, `unmerge`: the commands with which a person judges what the machine could not."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pegextract.commands.telling import SOME_FAILED, Debug, errors_told, examples

EXPORT_EXAMPLES = examples("pegextract review export output -o review.xlsx")
IMPORT_EXAMPLES = examples("pegextract review import review.xlsx output")
UNMERGE_EXAMPLES = examples('pegextract unmerge output "ROSSI M." "ROSSI MARIA"')


def review_export(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="Folder of a dataset.")],
    file: Annotated[Path, typer.Option("-o", "--file", help="The spreadsheet to write.")] = Path("review.xlsx"),
    debug: Debug = False,
) -> None:
    """Write what needs a person as a spreadsheet: cells with findings, names that were put together or look alike."""
    with errors_told(debug):
        from pegextract.report.review import questions
        from pegextract.report.spreadsheet import write_review

        asked = questions(output)
        write_review(file, asked)
        typer.echo(f"{file}: {' and '.join(f'{len(rows)} {name}' for name, rows in asked.items())} to look at")


def review_import(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The spreadsheet, filled in.")],
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="Folder of the dataset that it was exported from.")],
    debug: Debug = False,
) -> None:
    """Take the answers of a spreadsheet into judgements.toml; the next run applies them.

    Exit code 3: some rows were refused; each is told with its number and the reason.
    """
    with errors_told(debug):
        from pegextract.report.review import take_answers
        from pegextract.report.spreadsheet import read_review

        done = take_answers(output, read_review(file))
        for reason in done.refused:
            typer.echo(f"pegextract: refused: {reason}", err=True)
        typer.echo(f"{done.taken} judgements taken, {len(done.refused)} rows refused; convert again to apply them")
        raise typer.Exit(SOME_FAILED if done.refused else 0)


def unmerge(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="Folder of a dataset.")],
    names: Annotated[list[str], typer.Argument(metavar="NAME NAME", help="Spellings that are not one.")],
    kind: Annotated[str, typer.Option("--kind", help="person or unit.")] = "person",
    debug: Debug = False,
) -> None:
    """Undo a merge for good: these spellings are never one person (or unit) again."""
    with errors_told(debug):
        from pegextract.report.review import keep_apart

        keep_apart(output, kind, names)
        typer.echo("noted in judgements.toml; convert again to apply it")
