"""What every command needs: errors as a sentence and an exit code, and how things are printed."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, NoReturn, TextIO

import typer

from pegextract.errors import EnvironmentFault, PegextractError
from pegextract.stopping import signals_first

SOME_FAILED = 3
"""Exit code: done, but some documents need attention."""

Debug = Annotated[bool, typer.Option("--debug", help="Show where in the program an error arose.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def examples(*commands: str) -> str:
    """The end of a help text; the backspace is click's mark for lines to keep as they are."""
    return "\b\nExamples:\n" + "\n".join(f"  {command}" for command in commands)


@contextmanager
def errors_told(debug: bool) -> Iterator[None]:
    """Turns what goes wrong into a sentence on stderr and an exit code; with `debug`, the traceback comes first."""
    try:
        with signals_first(unless=typer.Exit):
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


def print_view(view: Any, stream: TextIO) -> None:
    """Show a rich renderable: as wide as the terminal, plain where there is none."""
    from rich.console import Console

    if stream.isatty():
        Console(file=stream, highlight=False, emoji=False).print(view)
        return
    from pegextract.report.rendered import as_text

    typer.echo(as_text(view), file=stream)


def print_json(value: dict[str, Any]) -> None:
    """Print one object, whole, to stdout."""
    from json import dumps

    typer.echo(dumps(value, ensure_ascii=False, indent=2, default=str), file=sys.stdout)
