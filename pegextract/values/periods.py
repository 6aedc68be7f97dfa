"""Deadlines that name a period instead of a day: "giugno 2020", "il 1° semestre", "fine anno" end on its last day."""

import re
from datetime import date

from pegextract.values.characters import fold
from pegextract.values.dates import FIRST_YEAR, LAST_YEAR, MONTH_NUMBERS, end_of_month
from pegextract.values.reading import Reading, Refusal, quoted

_ORDINALS = {
    "1": 1, "i": 1, "primo": 1, "prima": 1, "2": 2, "ii": 2, "secondo": 2, "seconda": 2,
    "3": 3, "iii": 3, "terzo": 3, "4": 4, "iv": 4, "quarto": 4, "ultimo": 0,
}  # fmt: skip
_MONTHS_OF = {"trimestre": 3, "quadrimestre": 4, "semestre": 6}

_LEAD = r"(?:il |la |l')?(?:fine )?(?:del |dell'|di )?"
_OF_YEAR = r"(?: ?(?:del |dell')?(?:l')?(?:anno )?(?P<year>(?:19|20)[0-9]{2}))?"
_NAMES = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_MONTH = re.compile(rf"{_LEAD}(?:mese di )?(?P<month>{_NAMES})\.?{_OF_YEAR}")
_NUMBERED = re.compile(r"(?:il )?(?P<month>0?[1-9]|1[0-2])[/-](?P<year>(?:19|20)[0-9]{2})")
_PART = re.compile(rf"{_LEAD}(?P<ordinal>[1-4iv]{{1,3}}|[a-z]{{4,7}})(?:[°ºo^])? ?(?P<part>[a-z]+mestre){_OF_YEAR}")
_WHOLE = re.compile(rf"{_LEAD}(?:anno(?: in corso| corrente)?|(?=[12])){_OF_YEAR}")


def parse_period_end(text: str, *, year: int | None = None) -> Reading[date] | Refusal:
    """The last day of a period: `giugno 2020`, `06/2020`, `fine giugno`, `il I semestre`, `fine anno`, `il 2020`.

    Always inferred: the day is the calendar's, and a missing year is `year`, the sheet's. Rules: `date_end_of_month`,
    `date_end_of_part_year`, `date_end_of_year`. Refusals: period_not_recognised, date_year_missing.
    """
    folded = fold(text[:80])
    month = _month(folded)
    if month is None:
        return Refusal("period_not_recognised", f"{quoted(text)} is not a period of a year.")
    number, rule, printed = month
    full_year = int(printed) if printed else year
    if full_year is None:
        return Refusal("date_year_missing", f"{quoted(text)} has no year, and the sheet's year is not known.")
    if not FIRST_YEAR <= full_year <= LAST_YEAR:
        return Refusal("date_year_out_of_range", f"{quoted(text)}: the year {full_year} is out of range.")
    return Reading(end_of_month(full_year, number), rule, "inferred")


def _month(folded: str) -> tuple[int, str, str | None] | None:
    """The period's last month, the rule that says so, and the year as printed."""
    if match := _MONTH.fullmatch(folded):
        return MONTH_NUMBERS[match["month"]], "date_end_of_month", match["year"]
    if match := _NUMBERED.fullmatch(folded):
        return int(match["month"]), "date_end_of_month", match["year"]
    if (match := _PART.fullmatch(folded)) and match["part"] in _MONTHS_OF:
        months = _MONTHS_OF[match["part"]]
        last = months * _ORDINALS.get(match["ordinal"], 99) or 12
        return (last, "date_end_of_part_year", match["year"]) if last <= 12 else None
    match = _WHOLE.fullmatch(folded) if folded else None
    return (12, "date_end_of_year", match["year"]) if match else None
