"""The settings of unattended runs: defaults, pegextract.toml, the environment and the command line, in this order.

The file is the one that --config names, else `pegextract.toml` in the current folder; never one that lies among the
inputs, where strangers put things. In the environment a setting is called PEGEXTRACT_OUTPUT, one of a section
PEGEXTRACT_GATE__LOSS.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from pegextract.errors import UsageError
from pegextract.readers.options import LANGUAGES

FILE: Final = "pegextract.toml"
PREFIX: Final = "PEGEXTRACT_"
Share = Annotated[float, Field(ge=0, le=1)]
Seconds = Annotated[float, Field(ge=0)]
_NOT_OURS: Final = {"PEGEXTRACT_WORKER_PID", "PEGEXTRACT_OCR_CACHE"}
"""What workers are told, and an option of other commands: the ledger keeps what `ingest` recognises."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Gate(_Section):
    """What may be lost before a run refuses to publish: shares of rows and filled cells, and of failing documents."""

    loss: Share = 0.10
    failures: Share = 0.50


class Worker(_Section):
    """What one document may cost: seconds in all, seconds of silence, MiB of memory."""

    seconds: Annotated[float, Field(gt=0)] = 3600
    silence: Annotated[float, Field(gt=0)] = 300
    memory: Annotated[int, Field(ge=256)] = 2048


class Configuration(BaseSettings):
    """All settings of `pegextract ingest`.

    inputs: files, folders, stores · output: the dataset · publish_to: a store that gets each version too · form, year,
    jobs, password, ocr, ocr_language: as for convert · pdf_engine: what convert calls its engine · engine, scheduler:
    where documents are read · settle: seconds for which a file must have been left alone · deleted: what becomes of
    documents whose files are gone · keep_days: how long an old version stays · metrics: a Prometheus textfile ·
    heartbeat: a URL that is called after each run · require_sandbox: read nothing without one.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True, env_ignore_empty=True
    )

    inputs: tuple[str, ...] = ()
    output: Path | None = None
    publish_to: str | None = None
    form: str | None = None
    year: Annotated[int, Field(ge=1990, le=2100)] | None = None
    pdf_engine: Literal["pdfium", "pdfplumber"] = "pdfium"
    password: SecretStr | None = None
    ocr: Literal["auto", "always", "never"] = "auto"
    ocr_language: Annotated[str, Field(pattern=f"^(?:{LANGUAGES.pattern})$")] = "ita"
    jobs: Annotated[int, Field(ge=1)] | None = None
    engine: Literal["local", "dask"] = "local"
    scheduler: str | None = None
    settle: Seconds = 60
    deleted: Literal["drop", "keep"] = "drop"
    keep_days: Annotated[float, Field(ge=0)] = 7
    metrics: Path | None = None
    heartbeat: str | None = None
    require_sandbox: bool = False
    gate: Gate = Gate()
    worker: Worker = Worker()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Everything comes in by `load`, which knows where from."""
        return (init_settings,)


class Loaded(NamedTuple):
    """The settings, and for each, by its dotted name, where it came from."""

    configuration: Configuration
    sources: dict[str, str]


def load(file: Path | None, options: Mapping[str, Any]) -> Loaded:
    """Put all sources together. options: those of the command line, None where not given.

    Raises UsageError for a file that cannot be read, an unknown name or a value that is none, with the place.
    """
    path = file or Path(FILE)
    given = {
        f"{path}": _from_file(path, must_be=file is not None),
        "environment": _from_environment(),
        "command line": {name: value for name, value in options.items() if value not in (None, ())},
    }
    merged: dict[str, Any] = {}
    sources = {name: "default" for name, _ in _flat(Configuration.model_construct().model_dump())}
    for source, values in given.items():
        _merge(merged, values)
        sources |= {name: source for name, _ in _flat(values)}
    try:
        configuration = Configuration(**merged)
    except ValidationError as error:
        raise UsageError(f"settings: {_explained(error, sources)}") from error
    _refuse_among_inputs(path, configuration)
    return Loaded(configuration, sources)


def settings_lines(loaded: Loaded) -> list[str]:
    """Every setting with its value and where that came from; what may hold a secret is cut."""
    lines = []
    for name, value in _flat(loaded.configuration.model_dump(mode="json")):
        shown = f"{str(value)[:12]}…" if name == "heartbeat" and value else value
        lines.append(f"{name:<18} {shown if shown is not None else '–'!s:<40} {loaded.sources.get(name, 'default')}")
    return lines


def _from_file(path: Path, must_be: bool) -> dict[str, Any]:
    if not must_be and not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read ({error})") from error


def _from_environment() -> dict[str, Any]:
    """The variables of ours; a name that is no setting is refused like one in the file."""
    try:
        values = dict(EnvSettingsSource(Configuration)())
    except ValueError as error:
        raise UsageError(f"environment: {error}; lists are JSON, as in PEGEXTRACT_INPUTS='[\"peg\"]'") from error
    known = {
        f"{PREFIX}{name.upper().replace('.', '__')}" for name, _ in _flat(Configuration.model_construct().model_dump())
    }
    for name in os.environ:
        if name.startswith(PREFIX) and name.upper() not in known | _NOT_OURS:
            raise UsageError(f"environment: there is no setting {name}; see: pegextract config")
    return values


def _merge(into: dict[str, Any], values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if isinstance(value, Mapping):
            _merge(into.setdefault(name, {}), value)
        else:
            into[name] = value


def _flat(values: Mapping[str, Any], before: str = "") -> list[tuple[str, Any]]:
    found = []
    for name, value in values.items():
        found += _flat(value, f"{before}{name}.") if isinstance(value, Mapping) else [(f"{before}{name}", value)]
    return found


def _explained(error: ValidationError, sources: Mapping[str, str]) -> str:
    parts = []
    for one in error.errors():
        name = ".".join(str(part) for part in one["loc"] if not isinstance(part, int))
        parts.append(f"{name} ({sources.get(name, '?')}): {one['msg']}")
    return "; ".join(parts)


def _refuse_among_inputs(path: Path, configuration: Configuration) -> None:
    """Who may drop documents may not thereby change the settings."""
    if not path.exists():
        return
    for given in configuration.inputs:
        if path.resolve().is_relative_to(Path(given).resolve()):
            raise UsageError(f"{path} lies in the input {given}; move it where only you can write")
