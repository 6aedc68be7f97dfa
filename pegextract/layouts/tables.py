"""Table heads: which columns a table prints, and how a line's words are shared among them.

Three kinds of borders (document.Columns): separators give a cell's column by its index, positions by its place under
the head, running text gives none. A head may be wrapped over lines ("Inizio / Previsto") or printed twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pegextract.document import Cell, Columns, Document, Span
from pegextract.layouts.header import word_spans
from pegextract.layouts.ledger import Claim, Ledger
from pegextract.layouts.profile import Profile, label_key
from pegextract.layouts.sections import is_column_head


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of one table.

    names: columns in printed order, as far as they are readable · cells: cell index → column (separated tables)
    extents: column → (x0, x1) of its label (positioned tables) · lines: how many lines the head takes.
    """

    names: tuple[str, ...]
    cells: dict[int, str]
    extents: dict[str, tuple[float, float]]
    lines: int
    columns: Columns


def read_head(document: Document, profile: Profile, ledger: Ledger, group: str, lines: Sequence[int]) -> Head:
    """The head at the beginning of `lines`, claimed as labels; empty when there is none."""
    taken = _head_lines(document, profile, group, lines)
    for index in taken:
        ledger.claim_line(document.lines[index], Claim.LABEL)
    kinds = {document.lines[i].columns for i in taken}
    cells = _cell_columns(document, profile, group, taken) if kinds == {Columns.SEPARATORS} else {}
    extents = _extents(document, profile, group, taken) if Columns.POSITIONS in kinds and Columns.SEPARATORS not in kinds else {}
    names = tuple(cells.values()) or tuple(sorted(extents, key=lambda name: extents[name])) or _names(document, profile, group, taken)
    kind = Columns.SEPARATORS if cells else Columns.POSITIONS if len(extents) > 1 else Columns.NONE
    return Head(names, cells, extents, len(taken), kind)


class Table(NamedTuple):
    """A table's first head, and its parts: a table that goes on over a page may print its head again, elsewhere."""

    head: Head
    parts: tuple[tuple[Head, tuple[int, ...]], ...]

    @property
    def lines(self) -> tuple[int, ...]:
        """All lines that are rows."""
        return tuple(index for _, lines in self.parts for index in lines)


def read_table(document: Document, profile: Profile, ledger: Ledger, group: str, lines: Sequence[int]) -> Table:
    """The table that `lines` print, its heads claimed as labels."""
    parts: list[tuple[Head, list[int]]] = []
    rest = list(lines)
    while rest:
        line = document.lines[rest[0]]
        least = 1 if not parts else 2
        if is_column_head(profile, group, document.text[line.start : line.end], least=least):
            head = read_head(document, profile, ledger, group, rest)
            parts.append((_or_first(head, parts), []))
            rest = rest[head.lines :]
            continue
        if not parts:
            parts.append((NO_HEAD, []))
        parts[-1][1].append(rest.pop(0))
    if not parts:
        return Table(NO_HEAD, ())
    return Table(parts[0][0], tuple((head, tuple(body)) for head, body in parts))


def _or_first(head: Head, parts: Sequence[tuple[Head, Sequence[int]]]) -> Head:
    """A repeated head that is less readable than the first one leaves the first one in force."""
    first = parts[0][0] if parts else head
    return head if len(head.names) >= len(first.names) else first


def read_columns(document: Document, table: Table) -> list[dict[str, list[Span]]]:
    """Each line's words by column, for a positioned table: in `table.lines` order."""
    return [row for head, lines in table.parts if lines for row in columns_of(document, head, lines)]


NO_HEAD = Head((), {}, {}, 0, Columns.NONE)


def _head_lines(document: Document, profile: Profile, group: str, lines: Sequence[int]) -> list[int]:
    taken: list[int] = []
    for index in lines:
        line = document.lines[index]
        if not is_column_head(profile, group, document.text[line.start : line.end]):
            break
        taken.append(index)
    return taken


def roles_in(profile: Profile, group: str, text: str) -> list[str]:
    """The columns of this table that a label names."""
    return [role.name for role in profile.roles_of(text) if role.group == group]


def _cell_columns(document: Document, profile: Profile, group: str, lines: Sequence[int]) -> dict[int, str]:
    """Cell index → column; a head over two rows is read cell by cell, downwards."""
    texts: dict[int, str] = {}
    for index in lines:
        for number, cell in enumerate(document.lines[index].cells):
            texts[number] = f"{texts.get(number, '')} {document.text[cell.start : cell.end]}".strip()
    found = {number: names[0] for number, text in texts.items() if (names := roles_in(profile, group, text))}
    return found if len(set(found.values())) == len(found) else {}


def _extents(document: Document, profile: Profile, group: str, lines: Sequence[int]) -> dict[str, tuple[float, float]]:
    """Column → horizontal extent of its label, wrapped labels put together by the columns they share."""
    stacks: list[tuple[float, float, str]] = []
    for index in lines:
        for cell in document.lines[index].cells:
            text = document.text[cell.start : cell.end]
            over = next((s for s in stacks if s[0] < cell.x1 and cell.x0 < s[1]), None)
            if over:
                stacks.remove(over)
                stacks.append((min(over[0], cell.x0), max(over[1], cell.x1), f"{over[2]} {text}"))
            else:
                stacks.append((cell.x0, cell.x1, text))
    return {names[0]: (x0, x1) for x0, x1, text in stacks if (names := roles_in(profile, group, text))}


def _names(document: Document, profile: Profile, group: str, lines: Sequence[int]) -> tuple[str, ...]:
    """The columns whose label words all stand in the head, in the form's order."""
    words: list[str] = []
    for index in lines:
        line = document.lines[index]
        words += [label_key(word) for word in document.text[line.start : line.end].replace("|", " ").split()]
    found = []
    for name, labels in profile.groups().get(group, {}).items():
        if any(all(label_key(word) in words for word in label.split()) for label in labels):
            found.append(name)
    return tuple(found)


def columns_of(document: Document, head: Head, lines: Sequence[int]) -> list[dict[str, list[Span]]]:
    """Each line's words by column for a positioned table, by the gutters that stay white down the page.

    A strip between two gutters belongs to the head that it stands under, else to its nearest neighbour.
    """
    words = [
        [(span, cell.x0 + span[0] - cell.start) for cell in document.lines[i].cells for span in word_spans(document.text, (cell.start, cell.end))]
        for i in lines
    ]
    strips = _strips(words)
    names = _strip_columns(strips, head)
    found = []
    for line in words:
        row: dict[str, list[Span]] = {}
        for span, x in line:
            strip = next(n for n, (x0, x1) in enumerate(strips) if x0 <= x < x1)
            row.setdefault(names[strip], []).append(span)
        found.append({name: list(_joined(document, spans)) for name, spans in row.items()})
    return found


def _strips(lines: Sequence[Sequence[tuple[Span, float]]]) -> list[tuple[int, int]]:
    """Stretches of character columns that some word occupies, left to right."""
    ink = 0
    for line in lines:
        for (start, end), x in line:
            ink |= ((1 << (end - start)) - 1) << int(x)
    strips, at = [], 0
    while ink >> at:
        at += ((ink >> at) & -(ink >> at)).bit_length() - 1
        run = ink >> at
        width = (~run & (run + 1)).bit_length() - 1
        strips.append((at, at + width))
        at += width
    return strips


def _strip_columns(strips: Sequence[tuple[int, int]], head: Head) -> list[str]:
    owners: list[str | None] = []
    for x0, x1 in strips:
        over = [(min(x1, b) - max(x0, a), name) for name, (a, b) in head.extents.items() if a < x1 and x0 < b]
        owners.append(max(over)[1] if over else None)
    while None in owners and any(owners):
        places = [n for n, owner in enumerate(owners) if owner is None]
        joins = [
            (_gutter(strips, n, m), m > n, n, m)
            for n in places
            for m in (n - 1, n + 1)
            if 0 <= m < len(strips) and owners[m] is not None
        ]
        _, _, place, neighbour = min(joins)
        owners[place] = owners[neighbour]
    return [owner or head.names[0] for owner in owners]


def _gutter(strips: Sequence[tuple[int, int]], one: int, other: int) -> int:
    left, right = sorted((one, other))
    return strips[right][0] - strips[left][1]


def _joined(document: Document, spans: Sequence[Span]) -> Iterator[Span]:
    """Neighbouring words of one column as one span."""
    first, last = spans[0]
    for start, end in spans[1:]:
        if document.text[last:start].strip(" ") or start - last > 2:
            yield first, last
            first = start
        last = end
    yield first, last


def cell_spans(cell: Cell) -> list[Span]:
    """The span of a filled cell, [] for an empty one."""
    return [(cell.start, cell.end)] if cell.end > cell.start else []
