"""How single values are written for a person, in the form's own manner."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pegextract.models import Indicator


def day(value: date | None) -> str | None:
    """A date as the form prints it."""
    return None if value is None else f"{value:%d/%m/%Y}"


def amount(value: Decimal | None) -> str | None:
    """Euro as the form prints them: 15.000,00."""
    return None if value is None else f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def weight(value: Decimal | None) -> str | None:
    """Percent points without idle zeros."""
    return None if value is None else f"{value.normalize():f}".replace(".", ",")


def typed_target(indicator: Indicator) -> str:
    """What the expected value was understood as: `ratio ≥ 0,75`; empty for a text."""
    if indicator.target_kind in (None, "text"):
        return ""
    operator = {">=": "≥", "<=": "≤"}.get(indicator.target_operator or "", indicator.target_operator)
    return " ".join(filter(None, (indicator.target_kind, operator, _target_value(indicator), indicator.target_unit)))


def _target_value(indicator: Indicator) -> str | None:
    if indicator.target_date is not None:
        return day(indicator.target_date)
    if indicator.target_value is None:
        return None
    if indicator.target_kind == "boolean":
        return "yes" if indicator.target_value else "no"
    return f"{indicator.target_value:.10g}".replace(".", ",")
