"""Rows that a page break cut in two: the rest of a row on the next page is put back where the row began."""

from __future__ import annotations

from collections.abc import Sequence

from pegextract.readers.page.parts import Page
from pegextract.readers.page.rows import Block, Row

MOST_FOOT_LINES = 3
MOST_HEAD_LINES = 6
"""Lines that may stand between a cut row and the page's end, and between the next page's top and its rest."""


def heal(above: list[Block], below: list[Block], page: Page) -> bool:
    """Move the rest of a row from the top of `page` (`below`) to the row that ends the page before (`above`).

    Returns whether that row may go on for another page: its rest is the last that `page` prints of any table.
    """
    last = next((n for n in range(len(above) - 1, -1, -1) if isinstance(above[n], Row)), None)
    first = next((n for n, block in enumerate(below) if isinstance(block, Row)), None)
    if last is None or first is None or len(above) - last > MOST_FOOT_LINES + 1 or first > MOST_HEAD_LINES:
        return False
    upper, lower = _table_at(above, last), _table_at(below, first)
    if not _same_columns(upper[-1], lower[0]):
        return False
    head = 1 if len(lower) > 1 and (_same_words(upper[0], lower[0]) or _repeats_head(upper, lower)) else 0
    if len(upper) > head and _is_cut(upper[-1], lower[head], [*upper[head:-1], *lower[head + 1 :]]):
        rest = lower[head]
        above[last] = upper[-1]._replace(continued=(*upper[-1].continued, (page, rest.cells)))
        goes_on = not any(isinstance(block, Row) for block in below[below.index(rest) + 1 :])
        below.remove(rest)
        return goes_on
    return False


def _table_at(blocks: Sequence[Block], place: int) -> list[Row]:
    """The rows of the table that the row at this place belongs to."""
    row = blocks[place]
    return [block for block in blocks if isinstance(block, Row) and isinstance(row, Row) and block.table == row.table]


def _same_columns(one: Row, other: Row) -> bool:
    """Whether two tables print the same columns: as many, one below the other, be it that all stand further aside."""
    if len(one.columns) != len(other.columns):
        return False
    aside = other.columns[0][0] - one.columns[0][0]
    pairs = list(zip(one.columns, other.columns, strict=True))
    return any(all(a[0] + by < b[1] and b[0] < a[1] + by for a, b in pairs) for by in (0.0, aside))


def _repeats_head(upper: Sequence[Row], lower: Sequence[Row]) -> bool:
    """Whether the head that stands right above a cut row stands again above its rest, which fills not all its cells."""
    return len(upper) > 1 and _same_words(upper[-2], lower[0]) and not _filled(upper[-1]) <= _filled(lower[1])


def _same_words(one: Row, other: Row) -> bool:
    return _words(one) == _words(other)


def _words(row: Row) -> list[str]:
    return [word.text for cell in row.cells for line in cell for word in line.words]


def _is_cut(upper: Row, lower: Row, others: Sequence[Row]) -> bool:
    """Whether two rows are one: a cell that the table always fills is empty in one of them, and none stands twice.

    Cells that take one line in every other row hardly go on over a page; where both rows fill one, a single empty cell
    elsewhere does not make them one row.
    """
    one, other = _filled(upper), _filled(lower)
    always = set.intersection(*map(_filled, others)) if others else one | other
    only_one = always & (one ^ other)
    if not only_one or (not others and len(only_one) < 2 and len(other) > 1):
        return False
    short = {n for n in always if others and all(len(row.cells[n]) == 1 for row in others)}
    return len(only_one) > 1 or not short & one & other


def _filled(row: Row) -> set[int]:
    return {n for n, cell in enumerate(row.cells) if cell}
