"""`ingest`, `status`, `config`: the commands for runs that nobody watches."""

from __future__ import annotations

import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from pegextract.commands.telling import SOME_FAILED, Debug, Json, errors_told, examples, print_json
from pegextract.errors import UsageError

INGEST_EXAMPLES = examples(
    "pegextract ingest /srv/peg -o /srv/dataset",
    "pegextract ingest --config /etc/pegextract.toml",
    "pegextract ingest --config /etc/pegextract.toml --accept",
)
STATUS_EXAMPLES = examples("pegextract status /srv/dataset", "pegextract status /srv/dataset --max-age 26h")
CONFIG_EXAMPLES = examples("pegextract config --config /etc/pegextract.toml")

Inputs = Annotated[list[str] | None, typer.Argument(metavar="INPUT", help="Files and folders.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Folder of the dataset.")]
Config = Annotated[Path | None, typer.Option("--config", metavar="FILE.toml", help="Settings; see: pegextract config.")]


def ingest(
    inputs: Inputs = None,
    output: Output = None,
    config: Config = None,
    form: Annotated[str | None, typer.Option("--form", metavar="NAME|FILE.toml", help="Read with this form.")] = None,
    year: Annotated[int | None, typer.Option("--year", help="The year of sheets that print none.")] = None,
    pdf_engine: Annotated[
        str | None, typer.Option("--pdf-engine", metavar="pdfium|pdfplumber", help="What reads PDF pages.")
    ] = None,
    password: Annotated[
        str | None, typer.Option("--password", metavar="TEXT", help="Opens encrypted PDFs; better kept in a file.")
    ] = None,
    ocr: Annotated[
        str | None, typer.Option("--ocr", metavar="auto|always|never", help="Which pages of PDFs are read as pictures.")
    ] = None,
    ocr_language: Annotated[
        str | None, typer.Option("--ocr-language", metavar="ita|ita+deu|…", help="Language of scans.")
    ] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", help="Worker processes; default: one per processor.")] = None,
    engine: Annotated[
        str | None, typer.Option("--engine", metavar="local|dask", help="Where documents are read.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ADDRESS", help="Of Dask; default: a cluster on this machine.")
    ] = None,
    settle: Annotated[float | None, typer.Option("--settle", help="Seconds a file must have been left alone.")] = None,
    deleted: Annotated[
        str | None, typer.Option("--deleted", metavar="drop|keep", help="What becomes of documents without files.")
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Publish, though much would be lost.")] = False,
    reread: Annotated[
        bool, typer.Option("--reprocess", help="Read every document anew, but recognise none anew.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No log lines.")] = False,
    debug: Debug = False,
) -> None:
    """Bring a dataset up to date with its inputs, unattended: only what is new is read, all of it is published or none.

    One JSON object per event goes to stderr, one line to stdout; status.json in the dataset tells how the run ended.
    Exit codes: 0 good · 3 done, some documents need attention · 4 another run is writing · 5 the machine · 6 refused.
    """
    options = {
        "inputs": tuple(inputs or ()), "output": output, "form": form, "year": year, "jobs": jobs, "settle": settle,
        "engine": engine, "scheduler": scheduler, "deleted": deleted, "pdf_engine": pdf_engine, "password": password,
        "ocr": ocr, "ocr_language": ocr_language,
    }  # fmt: skip
    with errors_told(debug):
        from pegextract.runs.configuration import load
        from pegextract.runs.unattended import run

        configuration = load(config, options).configuration
        code, line = run(configuration, accept=accept, reread=reread, log=None if quiet else sys.stderr)
        typer.echo(line)
        raise typer.Exit(code)


def status(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="Folder of a dataset.")],
    max_age: Annotated[
        str | None, typer.Option("--max-age", metavar="26h", help="Exit code 3 where the last good run is older.")
    ] = None,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Tell how complete each year is, and how the last `ingest` went where there was one.

    Of each year: sheets, findings, codes that are skipped, directions and sheets that lack. For a monitor: --max-age
    makes a dataset that is not kept up to date an error.
    """
    with errors_told(debug):
        from pegextract.report.completeness import completeness, completeness_json, completeness_lines
        from pegextract.runs.record import read_status, status_lines, too_old

        run = read_status(output)
        late = max_age is not None and too_old(run, _age(max_age))
        published = (output / "documents").is_dir()
        years = completeness(output) if published or not run else []
        if json:
            print_json({**run, **completeness_json(years)})
        else:
            typer.echo("\n".join([*status_lines(run), *completeness_lines(years)]))
        if late:
            typer.echo(f"pegextract: the last good run is older than {max_age}", err=True)
        raise typer.Exit(SOME_FAILED if late else 0)


def config(
    inputs: Inputs = None,
    output: Output = None,
    config: Config = None,
    debug: Debug = False,
) -> None:
    """Print every setting of `ingest` with its value and where that comes from."""
    with errors_told(debug):
        from pegextract.runs.configuration import load, settings_lines

        for line in settings_lines(load(config, {"inputs": tuple(inputs or ()), "output": output})):
            typer.echo(line)


def _age(text: str) -> timedelta:
    """`26h`, `90m`, `2d`, `30s`."""
    found = re.fullmatch(r"(\d{1,6})([smhd])", text)
    if found is None:
        raise UsageError(f"--max-age {text}: write a number and s, m, h or d, as in 26h")
    unit = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}[found[2]]
    return timedelta(**{unit: int(found[1])})
