"""`evaluate`, `review`, `unmerge`: the commands with which a person judges what the machine did, or could not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pegextract.commands.telling import SOME_FAILED, Debug, Json, errors_told, examples, print_json, print_view
from pegextract.errors import UsageError

EXPORT_EXAMPLES = examples("pegextract review export output -o review.xlsx")
IMPORT_EXAMPLES = examples("pegextract review import review.xlsx output")
EVALUATE_EXAMPLES = examples(
    "pegextract evaluate samples output",
    "pegextract evaluate truth.json output --matching similar --min-f1 0.97 --max-silent 0.01",
)
UNMERGE_EXAMPLES = examples('pegextract unmerge output "ROSSI M." "ROSSI MARIA"')


def evaluate(
    expected: Annotated[
        Path, typer.Argument(metavar="EXPECTED", help="Expected records: a JSON file, or a folder of *.expected.json.")
    ],
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="Folder of a dataset.")],
    matching: Annotated[
        str,
        typer.Option(
            "--matching",
            metavar="exact|light|similar",
            help="When values are equal: to the letter; but for blanks, quotes and dashes; or also free texts from a "
            "similarity of 0.98 on.",
        ),
    ] = "light",
    least_f1: Annotated[float, typer.Option("--min-f1", min=0, max=1, help="The least F1, as a share.")] = 0.99,
    most_silent: Annotated[
        float, typer.Option("--max-silent", min=0, max=1, help="The most errors without a finding, as a share.")
    ] = 0.005,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Compare a dataset with expected records: precision, recall and F1 by table and field, and silent errors.

    An error is silent when no finding tells of its field, its row or its table. Also told: how many of the values of
    each band of confidence are wrong. Exit code 3: a threshold was missed.
    """
    with errors_told(debug):
        from pegextract.evaluation.archive import compared, expected_records
        from pegextract.evaluation.matching import MATCHINGS
        from pegextract.report.evaluated import evaluation, evaluation_json, evaluation_view

        if matching not in MATCHINGS:
            raise UsageError(f"there is no matching {matching!r}; there are {', '.join(MATCHINGS)}")
        found = evaluation(compared(expected_records(expected), output), MATCHINGS[matching])
        if json:
            print_json(evaluation_json(found))
        else:
            print_view(evaluation_view(found), sys.stdout)
        missed = found.missed(least_f1, most_silent)
        for reason in missed:
            typer.echo(f"pegextract: {reason}", err=True)
        raise typer.Exit(SOME_FAILED if missed else 0)


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
