"""How dates and weights of phases look on a line: the surest marks of a table whose borders are lost."""

from __future__ import annotations

import re

from pegextract.values.dates import DATE_PATTERN

DATE = re.compile(DATE_PATTERN)
WEIGHT = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,4})? ?%?")
"""A weight in a cell of its own."""
WEIGHT_BEFORE = re.compile(r"(?<![\w,./])([0-9OoIl|]{1,3}(?:[.,][0-9OoIl|]{1,4})? ?%?)\s*$")
"""A weight at the end of what stands before the dates."""
WEIGHT_AFTER = re.compile(r"\s*([0-9OoIl|]{1,3}(?:[.,][0-9OoIl|]{1,4}) ?%?|[0-9]{1,3} ?%)(?![\w,./])")
"""A weight at the beginning of what stands behind the dates: with decimals or a percent sign, others may be words."""
ONLY_NUMBERS = re.compile(r"[0-9OoIl|.,/%\s-]+")
