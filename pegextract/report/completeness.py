"""How complete each year of a dataset is: what is there, and what should be there and is not."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pyarrow.compute as pc

from pegextract.dataset.read import Row, load_table

DROP: Final = 0.8
"""A year with fewer than this share of the objectives of the year before is a drop."""
SHORTEST_SERIES: Final = 3
"""Codes that a series must have before a missing number means anything."""
_LONGEST_SERIES: Final = 200
_SERIES: Final = re.compile(r"(.*?[A-Za-z_-])([0-9]{1,3})(?:_[0-9]{1,2})?")
_CODE: Final = re.compile(r"(?<![\w-])(?:[0-9]{4}_[A-Z]{2}[0-9]{2}(?:_[0-9]{2})?|[A-Z]{2}-[0-9]{4}-[0-9]{3})(?![\w-])")


@dataclass(slots=True)
class Year:
    """One year; None is what could not be dated.

    coverage: mean share of words accounted for over the year's documents · findings: by severity · gaps: codes that
    the series of a direction skips, by the direction's name · absent: directions of the year before without a sheet
    unseen: codes that an index names, and no sheet prints · drop: objectives over those of the year before,
    where that is less than DROP.
    """

    year: int | None
    sheets: int = 0
    objectives: int = 0
    coverage: float | None = None
    findings: dict[str, int] = field(default_factory=dict)
    gaps: dict[str, list[str]] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    drop: float | None = None


def completeness(output: Path) -> list[Year]:
    """Every year of the dataset, in order, what has no year first."""
    by_year: dict[int | None, list[Row]] = defaultdict(list)
    for row in load_table(output, "objectives").to_pylist():
        by_year[row["year"]].append(row)
    findings = _findings(output)
    coverage = {row["document_id"]: row["coverage"] for row in load_table(output, "documents").to_pylist()}
    names = {row["org_unit_id"]: row["name"] for row in load_table(output, "org_units").to_pylist()}
    named = _codes_named(output)
    years = [
        _year(year, by_year[year], findings[year], coverage, names, named)
        for year in sorted(by_year, key=lambda year: year or 0)
    ]
    for before, year in pairwise(years):
        if before.year is not None and year.year == before.year + 1:
            _compare(year, before, by_year, names)
    return years


def completeness_lines(years: Iterable[Year]) -> Iterator[str]:
    """The years as a person reads them: a line of figures each, and a line for each thing that is missing."""
    for year in years:
        found = ", ".join(f"{year.findings.get(name, 0)} {name}s" for name in ("error", "warning"))
        share = "–" if year.coverage is None else f"{year.coverage:.1%}"
        counts = f"{year.sheets} sheets, {year.objectives} objectives"
        yield f"{year.year or 'no year'}  {counts}, {share} of the words, {found}"
        if year.drop is not None:
            yield f"      only {year.drop:.0%} of the objectives of the year before"
        for direction, codes in year.gaps.items():
            yield f"      {direction}: no sheet for {', '.join(codes)}"
        if year.absent:
            yield f"      no sheet of {', '.join(year.absent)}, which the year before has"
        if year.unseen:
            yield f"      named, but no sheet: {', '.join(year.unseen)}"


def completeness_json(years: Iterable[Year]) -> dict[str, Any]:
    """The years for machines."""
    return {"years": [asdict(year) for year in years]}


def _year(
    year: int | None,
    rows: list[Row],
    findings: Mapping[str, int],
    coverage: Mapping[str, float | None],
    names: Mapping[str, str],
    named: Mapping[str, int],
) -> Year:
    seen = {row["objective_id"] for row in rows}
    shares = [share for id_ in sorted({row["document_id"] for row in rows}) if (share := coverage[id_]) is not None]
    return Year(
        year=year,
        sheets=len(rows),
        objectives=len(seen),
        coverage=round(sum(shares) / len(shares), 4) if shares else None,
        findings=dict(findings),
        gaps=_gaps(rows, names),
        unseen=sorted(code for code, of in named.items() if of == year and code not in seen),
    )


def _compare(year: Year, before: Year, rows: Mapping[int | None, list[Row]], names: Mapping[str, str]) -> None:
    there, were = ({row["direction_id"] for row in rows[one.year]} for one in (year, before))
    year.absent = sorted(names[id_] for id_ in were - there if id_ is not None)
    if year.objectives < before.objectives * DROP:
        year.drop = round(year.objectives / before.objectives, 4)


def _gaps(rows: Iterable[Row], names: Mapping[str, str]) -> dict[str, list[str]]:
    """The numbers that series of codes skip, by the direction that most of a series' sheets name."""
    series: dict[str, dict[int, str]] = defaultdict(dict)
    directions: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        match = _SERIES.fullmatch(row["code"] or "")
        if match:
            series[match[1]][int(match[2])] = match[2]
            directions[match[1]][names.get(row["direction_id"], row["direction"] or "no direction")] += 1
    gaps: dict[str, list[str]] = {}
    for stem, numbers in sorted(series.items()):
        if len(numbers) < SHORTEST_SERIES or max(numbers) > _LONGEST_SERIES:
            continue
        width = len(next(iter(numbers.values())))
        missing = [f"{stem}{number:0{width}}" for number in range(1, max(numbers)) if number not in numbers]
        if missing:
            direction = min(directions[stem], key=lambda name: (-directions[stem][name], name))
            gaps.setdefault(direction, []).extend(missing)
    return gaps


def _findings(output: Path) -> dict[int | None, Counter[str]]:
    """Number of findings by year and severity."""
    found: dict[int | None, Counter[str]] = defaultdict(Counter)
    rows = load_table(output, "findings").select(["year", "severity"]).group_by(["year", "severity"])
    for row in rows.aggregate([([], "count_all")]).to_pylist():
        found[row["year"]][row["severity"]] += row["count_all"]
    return found


def _codes_named(output: Path) -> dict[str, int]:
    """Codes in what stands outside sheets, where an index prints them, with the year that they carry."""
    unread = load_table(output, "unread")
    texts = unread.filter(pc.is_null(unread["sheet_id"]))["text"].to_pylist()
    codes = {code for text in texts for code in _CODE.findall(text)}
    return {code: int(year[0]) for code in codes if (year := re.findall(r"(?<![0-9])[0-9]{4}(?![0-9])", code))}
