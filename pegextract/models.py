"""The validated records: one class per table of the contract, strict, frozen, nothing but the printed truth.

Field names, units and meanings are the contract's (docs/contract.md). Values are never coerced: a string is not a
number, a float is not an amount. `None` is "not on the paper" or, with a finding, "on the paper but not readable".
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

Weight = Annotated[Decimal, Field(max_digits=7, decimal_places=4, ge=0)]
"""Percent points, 30.0000."""
Euro = Annotated[Decimal, Field(max_digits=18, decimal_places=2)]
Year = Annotated[int, Field(ge=1990, le=2100)]
TargetKind = Literal["ratio", "percent", "number", "date", "boolean", "text"]
TargetOperator = Literal["=", ">", ">=", "<", "<="]
DupLevel = Literal["indirizzo_strategico", "obiettivo_strategico", "obiettivo_operativo"]
YearSource = Literal["code", "dates", "document", "option"]
SHEET_TABLES: Final = ("objectives", "phases", "indicators", "dup_links", "linked_objectives")
"""The tables that hold the values of sheets: the objectives themselves, and the rows of each."""


class Record(BaseModel):
    """Base of all records: strict, frozen, unknown fields refused."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)


class Phase(Record):
    """One phase of an objective ("FASE"): what, when, who, with which weight in percent points."""

    phase_number: Annotated[int, Field(ge=1)]
    description: str | None = None
    weight: Weight | None = None
    start_date: date | None = None
    end_date: date | None = None
    responsible_name: str | None = None
    responsible_role: str | None = None
    responsible_raw: str | None = None
    responsibility_centre: str | None = None
    responsibility_centre_raw: str | None = None
    notes: str | None = None


class Indicator(Record):
    """One indicator with its expected value ("Valore Atteso") as printed and as typed by the target table."""

    indicator_number: Annotated[int, Field(ge=1)]
    description: str | None = None
    indicator_type: str | None = None
    target_raw: str | None = None
    target_kind: TargetKind | None = None
    target_operator: TargetOperator | None = None
    target_value: float | None = None
    target_numerator: float | None = None
    target_denominator: float | None = None
    target_unit: str | None = None
    target_date: date | None = None


class DupLink(Record):
    """One link to the Documento Unico di Programmazione ("Collegato a")."""

    link_number: Annotated[int, Field(ge=1)]
    level: DupLevel
    code: str | None = None
    code_raw: str | None = None
    title: str | None = None


class LinkedObjective(Record):
    """One row of "OBIETTIVI COLLEGATI": amounts in euro."""

    link_number: Annotated[int, Field(ge=1)]
    code: str | None = None
    title: str | None = None
    revenue: Euro | None = None
    expenditure: Euro | None = None


class ObjectiveSheet(Record):
    """One objective as one sheet prints it, with its rows. `*_raw` is the text before repair and normalisation."""

    sheet_number: Annotated[int, Field(ge=1)]
    first_page: int | None = None
    last_page: int | None = None
    year: Year | None = None
    year_source: YearSource | None = None
    code: str | None = None
    title: str | None = None
    direction: str | None = None
    director: str | None = None
    classification: str | None = None
    service: str | None = None
    manager: str | None = None
    objective_type: str | None = None
    description: str | None = None
    direction_raw: str | None = None
    service_raw: str | None = None
    director_raw: str | None = None
    manager_raw: str | None = None
    code_raw: str | None = None
    title_raw: str | None = None
    confidence: Annotated[float, Field(ge=0, le=1)]
    phases: tuple[Phase, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    dup_links: tuple[DupLink, ...] = ()
    linked_objectives: tuple[LinkedObjective, ...] = ()
