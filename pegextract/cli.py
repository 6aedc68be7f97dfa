"""The command line: arguments in, exit code out.

Exit codes: 0 all good · 1 a fault of pegextract · 2 usage · 3 done, but some documents failed · 5 the machine (disk,
memory, permissions) · 130 and 143 ended by Ctrl-C or a signal. What takes long to import is imported by the command
that needs it.
"""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from types import FrameType
from typing import Annotated, Any, NoReturn, TextIO

import typer

from pegextract.errors import EnvironmentFault, PegextractError
from pegextract.version import __version__

SOME_FAILED = 3
PLAIN_WIDTH = 120
"""Columns of tables where the output is no terminal."""

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Form = Annotated[
    str | None,
    typer.Option("--form", metavar="NAME|FILE.toml", help="Read with this form; else the one whose labels are there."),
]
Year = Annotated[int | None, typer.Option("--year", min=1990, max=2100, help="The year of sheets that print none.")]
Engine = Annotated[
    str, typer.Option("--engine", metavar="pdfium|pdfplumber", help="What reads PDF pages; pdfplumber is far slower.")
]
Password = Annotated[
    str | None, typer.Option("--password", envvar="PEGEXTRACT_PASSWORD", metavar="TEXT", help="Opens encrypted PDFs.")
]
Ocr = Annotated[
    str, typer.Option("--ocr", metavar="auto|always|never", help="Which pages of PDFs are read as pictures.")
]
OcrLanguage = Annotated[str, typer.Option("--ocr-language", metavar="ita|ita+deu|…", help="Language of scans.")]
OcrCache = Annotated[
    Path | None,
    typer.Option("--ocr-cache", envvar="PEGEXTRACT_OCR_CACHE", metavar="FOLDER", help="Keeps pages that were read."),
]
Debug = Annotated[bool, typer.Option("--debug", help="Show where in the program an error arose.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def _examples(*commands: str) -> str:
    """The end of a help text; the backspace is click's mark for lines to keep as they are."""
    return "\b\nExamples:\n" + "\n".join(f"  {command}" for command in commands)


_PEGEXTRACT_EXAMPLES = _examples(
    "pegextract convert samples -o output",
    "pegextract show samples/2019_ZN17_pipes.md",
    'pegextract explain output 2019_ZN17 "phases[1].weight"',
)
_CONVERT_EXAMPLES = _examples(
    "pegextract convert samples -o output",
    "pegextract convert 2019 2020 scheda.txt -o output --jobs 4 --quiet",
    "pdftotext -layout peg.pdf - | pegextract convert - -o output --stdin-name peg.txt --year 2018",
)
_SHOW_EXAMPLES = _examples(
    "pegextract show samples/2019_ZN17_pipes.md",
    "pegextract show peg_2019.txt --sheet 12 --json",
)
_EXPLAIN_EXAMPLES = _examples(
    "pegextract explain output 2019_ZN17 title",
    'pegextract explain output 2019_ZN17 "phases[1].weight" --source samples',
    "pegextract explain output 9f2c phases.1.responsible_name",
)


def main() -> None:
    """Run the command line: the entry point of `pegextract` and `python -m pegextract`."""
    signal.signal(signal.SIGTERM, _terminated)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a terminal may know few characters
    app(prog_name="pegextract")


def _terminated(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


@app.callback(invoke_without_command=True, epilog=_PEGEXTRACT_EXAMPLES)
def pegextract(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    """Reads the objective sheets of an Italian municipality's PEG into validated tables, each value with its place."""
    if version:
        typer.echo(f"pegextract {__version__}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command(epilog=_CONVERT_EXAMPLES)
def convert(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", help="Files, folders, - for standard input.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder of the dataset; its tables are replaced.")],
    form: Form = None,
    year: Year = None,
    jobs: Annotated[int | None, typer.Option("--jobs", min=1, help="Processes; default: as the work needs.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only errors.")] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Print the summary as JSON, and nothing else, to stdout.")
    ] = False,
    engine: Engine = "pdfium",
    password: Password = None,
    ocr: Ocr = "auto",
    ocr_language: OcrLanguage = "ita",
    ocr_cache: OcrCache = None,
    stdin_name: Annotated[str, typer.Option(metavar="NAME", help="What standard input is called.")] = "stdin",
    debug: Debug = False,
) -> None:
    """Convert documents into the tables of a dataset.

    From folders come .txt .md .html .docx .pdf .tif and their like; what is named is read whatever it is called.
    Documents with the same bytes are one. Each document is told on stderr, the summary on stdout.
    Exit code 3: done, but some documents failed.
    """
    with _errors_told(debug):
        from pegextract.readers.options import ReaderOptions
        from pegextract.report.summary import summary_json, summary_lines
        from pegextract.runs.extract import Settings
        from pegextract.runs.forms import chosen_forms
        from pegextract.runs.pipeline import Request, convert
        from pegextract.runs.progress import progress_on

        settings = Settings(chosen_forms(form), year, ReaderOptions(engine, password, ocr, ocr_language, ocr_cache))
        request = Request(inputs, output, settings, sys.stdin.buffer, stdin_name, jobs)
        report = convert(request, progress_on(sys.stderr, quiet))
        if json:
            _print_json(summary_json(report))
        elif not quiet:
            typer.echo("\n".join(summary_lines(report)))
        raise typer.Exit(SOME_FAILED if report.failed else 0)


@app.command(epilog=_SHOW_EXAMPLES)
def show(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A document, or - for standard input.")],
    sheet: Annotated[int | None, typer.Option("--sheet", min=1, help="Only the sheet of this number.")] = None,
    json: Json = False,
    form: Form = None,
    year: Year = None,
    engine: Engine = "pdfium",
    password: Password = None,
    ocr: Ocr = "auto",
    ocr_language: OcrLanguage = "ita",
    ocr_cache: OcrCache = None,
    debug: Debug = False,
) -> None:
    """Show what is read in a document: values with their confidence, findings, words that were not read."""
    with _errors_told(debug):
        from pegextract.readers.options import ReaderOptions
        from pegextract.report.data import document_json
        from pegextract.report.show import chosen_sheets, document_view
        from pegextract.runs.extract import Settings
        from pegextract.runs.forms import chosen_forms
        from pegextract.runs.one import extract_one

        settings = Settings(chosen_forms(form), year, ReaderOptions(engine, password, ocr, ocr_language, ocr_cache))
        name, extraction = extract_one(file, sys.stdin.buffer, settings)
        failed = extraction.status == "failed"
        sheets = () if failed else chosen_sheets(extraction, sheet)
        if json:
            _print_json(document_json(extraction, name, sheets))
        else:
            _print(document_view(extraction, name, sheets), sys.stderr if failed else sys.stdout)
        raise typer.Exit(SOME_FAILED if failed else 0)


@app.command(epilog=_EXPLAIN_EXAMPLES)
def explain(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="Folder of a dataset.")],
    sheet: Annotated[
        str, typer.Argument(metavar="SHEET_ID", help="A sheet_id, its beginning, or an objective's code.")
    ],
    field: Annotated[str, typer.Argument(metavar="FIELD", help="title, weights_total, phases[2].weight, …")],
    source: Annotated[Path | None, typer.Option("--source", help="Where the document lies: it, or its folder.")] = None,
    debug: Debug = False,
) -> None:
    """Explain one value of a dataset: what is printed, what was made of it, and where it stands."""
    with _errors_told(debug):
        from pegextract.report.explained import explanation_view
        from pegextract.report.explanation import explain
        from pegextract.report.source import find_source

        explanation = explain(output, sheet, field)
        _print(explanation_view(explanation, find_source(explanation.document, output, source)), sys.stdout)


@app.command()
def profiles(debug: Debug = False) -> None:
    """List the forms that are known. A new form is a new TOML file: see docs/profiles.md."""
    with _errors_told(debug):
        from pegextract.layouts.profile import shipped_profiles

        for profile in shipped_profiles():
            typer.echo(f"{profile.form.name:<12} {profile.form.title}")


@contextmanager
def _errors_told(debug: bool) -> Iterator[None]:
    """Turns what goes wrong into a sentence on stderr and an exit code; with `debug`, the traceback comes first."""
    try:
        yield
    except (typer.Exit, BrokenPipeError):
        raise
    except KeyboardInterrupt:
        _fail(130, "interrupted; the dataset is as it was", debug)
    except PegextractError as error:
        _fail(error.exit_code, str(error), debug)
    except (OSError, MemoryError) as error:
        reason = " ".join(str(error).split()) or "not enough memory"
        _fail(EnvironmentFault.exit_code, f"{reason}; free some space or memory, check permissions, run again", debug)
    except Exception as error:  # noqa: BLE001  # a stranger is shown a sentence, never a traceback
        message = f"a fault of pegextract ({type(error).__name__}: {error}); run again with --debug and report it"
        _fail(PegextractError.exit_code, message, debug)


def _fail(code: int, message: str, debug: bool) -> NoReturn:
    from pegextract.runs.names import safe

    if debug:
        typer.echo(traceback.format_exc(), err=True)
    typer.echo(f"pegextract: {safe(message)}", err=True)
    raise typer.Exit(code)


def _print(view: Any, stream: TextIO) -> None:
    """Show a rich renderable: as wide as the terminal, plain where there is none."""
    from rich.console import Console

    if stream.isatty():
        Console(file=stream, highlight=False, emoji=False).print(view)
        return
    plain = Console(file=StringIO(), width=PLAIN_WIDTH, highlight=False, emoji=False, color_system=None)
    with plain.capture() as captured:
        plain.print(view)
    typer.echo("\n".join(line.rstrip() for line in captured.get().splitlines()), file=stream)


def _print_json(value: dict[str, Any]) -> None:
    from json import dumps

    typer.echo(dumps(value, ensure_ascii=False, indent=2))
