"""`convert`, `show`, `explain`, `profiles`: the commands that read documents, and what was read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pegextract.commands.telling import SOME_FAILED, Debug, Json, errors_told, examples, print_json, print_view

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
OcrCache = Annotated[
    Path | None,
    typer.Option("--ocr-cache", envvar="PEGEXTRACT_OCR_CACHE", metavar="FOLDER", help="Keeps pages that were read."),
]
OcrLanguage = Annotated[str, typer.Option("--ocr-language", metavar="ita|ita+deu|…", help="Language of scans.")]
CONVERT_EXAMPLES = examples(
    "pegextract convert samples -o output",
    "pegextract convert 2019 2020 scheda.txt -o output --jobs 4 --quiet",
    "pdftotext -layout peg.pdf - | pegextract convert - -o output --stdin-name peg.txt --year 2018",
)
SHOW_EXAMPLES = examples(
    "pegextract show samples/2019_ZN17_pipes.md",
    "pegextract show peg_2019.txt --sheet 12 --json",
    "pegextract show peg_2022.pdf --page 14 --image page.png",
)
EXPLAIN_EXAMPLES = examples(
    "pegextract explain output 2019_ZN17 title",
    'pegextract explain output 2019_ZN17 "phases[1].weight" --source samples',
    "pegextract explain output 9f2c phases.1.responsible_name",
    "pegextract explain output 2022_AB03 manager --image spot.png",
)


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
    with errors_told(debug):
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
            print_json(summary_json(report))
        elif not quiet:
            typer.echo("\n".join(summary_lines(report)))
        raise typer.Exit(SOME_FAILED if report.failed else 0)


def show(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A document, or - for standard input.")],
    sheet: Annotated[int | None, typer.Option("--sheet", min=1, help="Only the sheet of this number.")] = None,
    page: Annotated[int | None, typer.Option("--page", min=1, help="The page that --image draws.")] = None,
    image: Annotated[
        Path | None, typer.Option("--image", metavar="FILE.png", help="Draw a page with its fields, instead of text.")
    ] = None,
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
    """Show what is read in a document: values with their confidence, findings, words that were not read.

    With --image: the page (of a PDF or a scan), each value framed in the colour of its table, doubtful ones dashed.
    """
    with errors_told(debug):
        from pegextract.readers.options import ReaderOptions
        from pegextract.report.data import document_json
        from pegextract.report.show import chosen_sheets, document_view
        from pegextract.runs.extract import Settings
        from pegextract.runs.forms import chosen_forms
        from pegextract.runs.one import read_one

        one = read_one(file, sys.stdin.buffer)
        options = ReaderOptions(engine, password, ocr, ocr_language, ocr_cache)
        extraction = one.extract(Settings(chosen_forms(form), year, options))
        failed = extraction.status == "failed"
        sheets = () if failed else chosen_sheets(extraction, sheet)
        if json:
            print_json(document_json(extraction, one.name, sheets))
        elif image:
            from pegextract.report.pictures import save_page

            typer.echo(save_page(image, one.data, one.name, extraction, sheets if sheet else (), page, options))
        else:
            print_view(document_view(extraction, one.name, sheets), sys.stderr if failed else sys.stdout)
        raise typer.Exit(SOME_FAILED if failed else 0)


def explain(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="Folder of a dataset.")],
    sheet: Annotated[
        str, typer.Argument(metavar="SHEET_ID", help="A sheet_id, its beginning, or an objective's code.")
    ],
    field: Annotated[str, typer.Argument(metavar="FIELD", help="title, weights_total, phases[2].weight, …")],
    source: Annotated[Path | None, typer.Option("--source", help="Where the document lies: it, or its folder.")] = None,
    image: Annotated[
        Path | None, typer.Option("--image", metavar="FILE.png", help="Also draw the spot on the page.")
    ] = None,
    debug: Debug = False,
) -> None:
    """Explain one value of a dataset: what is printed, what was made of it, and where it stands."""
    with errors_told(debug):
        from pegextract.report.explained import explanation_view
        from pegextract.report.explanation import explain
        from pegextract.report.source import find_source

        explanation = explain(output, sheet, field)
        found = find_source(explanation.document, output, source)
        print_view(explanation_view(explanation, found), sys.stdout)
        if image:
            from pegextract.report.pictures import save_spot

            typer.echo(save_spot(image, explanation, found))


def profiles(debug: Debug = False) -> None:
    """List the forms that are known. A new form is a new TOML file: see docs/profiles.md."""
    with errors_told(debug):
        from pegextract.layouts.profile import shipped_profiles

        for profile in shipped_profiles():
            typer.echo(f"{profile.form.name:<12} {profile.form.title}")
