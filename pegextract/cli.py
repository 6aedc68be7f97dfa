"""The command line: arguments in, exit code out.

Exit codes: 0 all good · 1 a fault of pegextract · 2 usage · 3 done, but some documents need attention · 4 another run
is writing · 5 the machine (disk, memory, permissions) · 6 the dataset is damaged, or the gate refused what would have
become of it · 130 and 143 ended by Ctrl-C or a signal. What takes long to import is imported by the command that needs
it.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pegextract.commands import judging, keeping, nightly, reading
from pegextract.commands.telling import examples
from pegextract.stopping import listen
from pegextract.version import __version__

_EXAMPLES = examples(
    "pegextract convert samples -o output",
    "pegextract show samples/2019_ZN17_pipes.md",
    'pegextract explain output 2019_ZN17 "phases[1].weight"',
    "pegextract ingest /srv/peg -o /srv/dataset",
)

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(epilog=reading.CONVERT_EXAMPLES)(reading.convert)
app.command(epilog=reading.SHOW_EXAMPLES)(reading.show)
app.command(epilog=reading.EXPLAIN_EXAMPLES)(reading.explain)
app.command()(reading.profiles)
app.command(epilog=nightly.INGEST_EXAMPLES)(nightly.ingest)
app.command(epilog=nightly.STATUS_EXAMPLES)(nightly.status)
app.command(epilog=nightly.CONFIG_EXAMPLES)(nightly.config)
app.command(epilog=judging.EVALUATE_EXAMPLES)(judging.evaluate)
app.command(epilog=keeping.VERSIONS_EXAMPLES)(keeping.versions)
app.command(epilog=keeping.ROLLBACK_EXAMPLES)(keeping.rollback)
app.command(epilog=keeping.VERIFY_EXAMPLES)(keeping.verify)
app.command(epilog=keeping.DIFF_EXAMPLES)(keeping.diff)
review = typer.Typer(rich_markup_mode=None, help="What needs a person: out as a spreadsheet, the answers back in.")
review.command("export", epilog=judging.EXPORT_EXAMPLES)(judging.review_export)
review.command("import", epilog=judging.IMPORT_EXAMPLES)(judging.review_import)
app.add_typer(review, name="review")
app.command(epilog=judging.UNMERGE_EXAMPLES)(judging.unmerge)


def main() -> None:
    """Run the command line: the entry point of `pegextract` and `python -m pegextract`."""
    listen()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a terminal may know few characters
    app(prog_name="pegextract")


@app.callback(invoke_without_command=True, epilog=_EXAMPLES)
def pegextract(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    """Reads the objective sheets of an Italian municipality's PEG into validated tables, each value with its place."""
    if version:
        typer.echo(f"pegextract {__version__}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())
