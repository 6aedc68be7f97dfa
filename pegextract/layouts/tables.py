"""Table heads: which columns a table prints, and how a line's words are shared among them.

Three kinds of borders (document.Columns): separators give a cell's column by its index, positions by its place under
the head, running text gives none. A head may be wrapped over lines ("Inizio / Previsto") or printed twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import NamedTuple

from pegextract.document import Cell, Columns, Document, Span
from pegextract.layouts.header import word_spans
from pegextract.layouts.ledger import Claim, Ledger
from pegextract.layouts.profile import Profile, label_key, label_words
from pegextract.layouts.sections import is_column_head


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of one table.

    names: columns in printed order, as far as they are readable · cells: cell index → column (separated tables)
    extents: column → (x0, x1) of its label (positioned tables) · lines: how many lines the head takes
    width: how many cells its rows have (separated tables; 0 elsewhere) · unknown: labels that name no column.
    """

    names: tuple[str, ...]
    cells: dict[int, str]
    extents: dict[str, tuple[float, float]]
    lines: int
    columns: Columns
    width: int = 0
    unknown: tuple[Span, ...] = ()

    def column_of(self, number: int) -> str:
        """The column of a cell of a separated row: a cell without a label belongs to the labelled one at its left."""
        return self.cells.get(number) or self.cells.get(max((n for n in self.cells if n < number), default=0), "other")

    def stands_in(self, order: Sequence[str]) -> bool:
        """Whether the columns that `order` names are printed in that order; readers of lost borders count on it."""
        names = [name for name in self.names if name in order]
        return names == sorted(names, key=order.index)


def read_head(document: Document, profile: Profile, ledger: Ledger, group: str, lines: Sequence[int]) -> Head:
    """The head at the beginning of `lines`, claimed as labels; empty when there is none."""
    taken = _head_lines(document, profile, group, lines)
    for index in taken:
        ledger.claim_line(document.lines[index], Claim.LABEL)
    kinds = {document.lines[i].columns for i in taken}
    cells = _cell_columns(document, profile, group, taken) if kinds == {Columns.SEPARATORS} else {}
    extents = (
        _extents(document, profile, group, taken)
        if Columns.POSITIONS in kinds and Columns.SEPARATORS not in kinds
        else {}
    )
    names = (
        tuple(cells.values())
        or tuple(sorted(extents, key=lambda name: extents[name]))
        or _names(document, profile, group, taken)
    )
    kind = Columns.SEPARATORS if cells else Columns.POSITIONS if len(extents) > 1 else Columns.NONE
    labels = [cell for i in taken for n, cell in enumerate(document.lines[i].cells) if cells and n not in cells]
    return Head(
        names,
        cells,
        extents,
        len(taken),
        kind,
        width=max((len(document.lines[i].cells) for i in taken if cells), default=0),
        unknown=tuple(span for cell in labels for span in cell_spans(cell)),
    )


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
        if _begins_head(document, profile, group, rest, first=not parts):
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


def parted(document: Document, table: Table) -> list[Table]:
    """The table in stretches of one kind of borders: what is certain on one page may be places only on the next.

    Lines of running text belong to the stretch that they follow. A stretch goes by the last head of its own kind. In a
    text without geometry, borders that come and go are broken ones: that is one table.
    """
    if not document.words:
        return [table]
    heads = {True: NO_HEAD, False: NO_HEAD}
    stretches: list[tuple[bool, Head, list[int]]] = []
    for head, lines in table.parts:
        if head.names:
            heads[head.columns is Columns.SEPARATORS] = head
        for index in lines:
            kind = document.lines[index].columns
            separated = kind is Columns.SEPARATORS or (kind is Columns.NONE and bool(stretches) and stretches[-1][0])
            if stretches and stretches[-1][:2] == (separated, heads[separated]):
                stretches[-1][2].append(index)
            else:
                stretches.append((separated, heads[separated], [index]))
    if len({separated for separated, _, _ in stretches}) < 2:
        return [table]
    return [Table(head, ((head, tuple(lines)),)) for _, head, lines in stretches]


def _begins_head(document: Document, profile: Profile, group: str, lines: Sequence[int], *, first: bool) -> bool:
    """Whether the first line prints labels of columns; one word alone ("Inizio") counts before more of them."""
    texts = [document.text[document.lines[i].start : document.lines[i].end] for i in lines[:2]]
    heads = [is_column_head(profile, group, text) for text in texts]
    if not heads[0]:
        return False
    one_by_one = len(texts) > 1 and all(heads) and texts[0] != texts[1]
    return first or one_by_one or any(is_column_head(profile, group, text, least=2) for text in texts)


def _or_first(head: Head, parts: Sequence[tuple[Head, Sequence[int]]]) -> Head:
    """A repeated head that is less readable than the first one leaves the first one in force."""
    first = parts[0][0] if parts else head
    return head if len(head.names) >= len(first.names) else first


def read_columns(
    document: Document,
    table: Table,
    taken: Callable[[int], Sequence[Span]] = lambda index: (),
    names: Sequence[str] = (),
) -> list[dict[str, list[Span]]]:
    """Each line's words by column, for a positioned table: in `table.lines` order.

    taken: spans of a line that are placed already · names: the columns to choose from, all of the head if empty.
    """
    return [
        row
        for head, lines in table.parts
        if lines
        for row in columns_of(document, head, lines, taken, names or head.names)
    ]


ROUNDING = 2
"""Characters by which a converter that pads with blanks may shift words."""
TORN = "_torn"
"""In a row's words by column: those that may be of two columns."""
FEWEST_FOR_GUTTERS = 3
"""Blanks that stand one below the other in fewer lines are chance."""
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


def _damaged_roles_in(profile: Profile, group: str, text: str) -> list[str]:
    """The columns that a label names once the wrong letters of its words are put right ("Titoloi", "Descnzione")."""
    words = [profile.column_word(group, label_key(word), among_labels=True) for word in label_words(text)]
    if not all(words):
        return []
    return [role.name for role in profile.roles.get("".join(filter(None, words)), ()) if role.group == group]


def _cell_columns(document: Document, profile: Profile, group: str, lines: Sequence[int]) -> dict[int, str]:
    """Cell index → column; a head over two rows is read cell by cell, downwards.

    Where both names together are no label, the upper one stands over several columns.
    """
    stacks: dict[int, list[str]] = {}
    for index in lines:
        for number, cell in enumerate(document.lines[index].cells):
            if cell.end > cell.start:
                stacks.setdefault(number, []).append(document.text[cell.start : cell.end])
    found = {}
    for number, stack in stacks.items():
        whole = " ".join(stack)
        names = roles_in(profile, group, whole) or _damaged_roles_in(profile, group, whole)
        if names := names or (roles_in(profile, group, stack[-1]) if len(stack) > 1 else []):
            found[number] = names[0]
    return found if len(set(found.values())) == len(found) else {}


def _extents(document: Document, profile: Profile, group: str, lines: Sequence[int]) -> dict[str, tuple[float, float]]:
    """Column → horizontal extent of its label, wrapped labels put together by the columns they share."""
    stacks: list[tuple[float, float, str]] = []
    for index in lines:
        for x0, x1, text in _label_cells(document, profile, group, index):
            over = next((s for s in stacks if s[0] < x1 and x0 < s[1]), None)
            if over:
                stacks.remove(over)
                stacks.append((min(over[0], x0), max(over[1], x1), f"{over[2]} {text}"))
            else:
                stacks.append((x0, x1, text))
    return {names[0]: (x0, x1) for x0, x1, text in stacks if (names := roles_in(profile, group, text))}


def _label_cells(document: Document, profile: Profile, group: str, index: int) -> Iterator[tuple[float, float, str]]:
    """The labels of a head line with their extents; two one blank apart ("Fine Prevista Peso") are parted."""
    keys = {label_key(label) for labels in profile.groups.get(group, {}).values() for label in labels}
    for cell in document.lines[index].cells:
        words = list(word_spans(document.text, (cell.start, cell.end)))
        start = 0
        for end in range(1, len(words) + 1):
            text = document.text[words[start][0] : words[end - 1][1]]
            rest = document.text[words[end][0] : words[-1][1]] if end < len(words) else ""
            if not rest or (
                label_key(text) in keys and not any(k.startswith(label_key(f"{text} {rest.split()[0]}")) for k in keys)
            ):
                x0 = cell.x0 + words[start][0] - cell.start
                yield x0, x0 + len(text), text
                start = end


def _names(document: Document, profile: Profile, group: str, lines: Sequence[int]) -> tuple[str, ...]:
    """The columns whose label words all stand in the head, in the order in which they are printed."""
    words: list[str] = []
    for index in lines:
        line = document.lines[index]
        keys = [label_key(word) for word in label_words(document.text[line.start : line.end])]
        words += [profile.column_word(group, key, among_labels=True) or key for key in keys]
    found: dict[str, int] = {}
    for name, labels in profile.groups.get(group, {}).items():
        for label in labels:
            keys = [label_key(word) for word in label.split()]
            if all(key in words for key in keys):
                found.setdefault(name, words.index(keys[0]))
    return tuple(sorted(found, key=lambda name: found[name]))


def columns_of(
    document: Document,
    head: Head,
    lines: Sequence[int],
    taken: Callable[[int], Sequence[Span]] = lambda index: (),
    names: Sequence[str] = (),
) -> list[dict[str, list[Span]]]:
    """Each line's words by column for a positioned table, by the gutters that stay white down the page."""
    words = [_placed_words(document, i, taken(i)) for i in lines]
    gutters = _gutters(words) if len(words) >= FEWEST_FOR_GUTTERS else 0
    columns = _intervals(head, names or head.names)
    found = []
    for line in words:
        chunks = _chunks(line, gutters)
        extents = [(int(chunk[0][1]), int(chunk[-1][1]) + chunk[-1][0][1] - chunk[-1][0][0]) for chunk in chunks]
        row: dict[str, list[Span]] = {}
        for chunk, extent, name in zip(chunks, extents, _in_order(extents, columns), strict=True):
            spans = [*_joined(document, [span for span, _ in chunk])]
            row.setdefault(name, []).extend(spans)
            if len(chunk) > 1 and extent[1] > _right_edge(head, name) + ROUNDING:
                row.setdefault(TORN, []).extend(spans)
        found.append(row)
    return found


def _right_edge(head: Head, name: str) -> float:
    """Where the label of the next column begins: what reaches further may hold words of two columns."""
    left = head.extents.get(name, (inf, inf))[0]
    return min((x0 for x0, _ in head.extents.values() if x0 > left), default=inf)


def _chunks(line: Sequence[tuple[Span, float]], gutters: int) -> list[list[tuple[Span, float]]]:
    """Words of one line that no border parts: neither a gap of two blanks nor a gutter of the whole table."""
    chunks: list[list[tuple[Span, float]]] = []
    end = 0
    for span, x in line:
        between = ((1 << max(0, int(x) - end)) - 1) << end
        if chunks and int(x) - end < 2 and not gutters & between:
            chunks[-1].append((span, x))
        else:
            chunks.append([(span, x)])
        end = int(x) + span[1] - span[0]
    return chunks


def _placed_words(document: Document, index: int, taken: Sequence[Span]) -> list[tuple[Span, float]]:
    """The words of a line that are not taken, with their left edges."""
    return [
        (span, cell.x0 + span[0] - cell.start)
        for cell in document.lines[index].cells
        for span in word_spans(document.text, (cell.start, cell.end))
        if not any(start < span[1] and span[0] < end for start, end in taken)
    ]


def _intervals(head: Head, names: Sequence[str]) -> list[tuple[str, float, float]]:
    """(column, from, to): from the left edge of its label to the left edge of the next one's."""
    edges = sorted((extent[0], name) for name, extent in head.extents.items())
    ends = [*(edge for edge, _ in edges[1:]), inf]
    return [(name, edge, end) for (edge, name), end in zip(edges, ends, strict=True) if name in names]


def _gutters(lines: Sequence[Sequence[tuple[Span, float]]]) -> int:
    """The character columns that stay white down the table, as bits."""
    ink = 0
    for line in lines:
        for (start, end), x in line:
            ink |= ((1 << (end - start)) - 1) << int(x)
    return ~ink


def _in_order(extents: Sequence[tuple[int, int]], columns: Sequence[tuple[str, float, float]]) -> list[str]:
    """The column of each stretch of a line: in order, near the column's label, borders where gaps are wide."""
    if not extents or not columns:
        return ["other"] * len(extents)
    best: list[tuple[float, tuple[int, ...]]] = [
        (_distance(extents[0], column), (n,)) for n, column in enumerate(columns)
    ]
    for before, extent in pairwise(extents):
        gap = extent[0] - before[1]
        best = [
            min(
                (cost + _distance(extent, column) + (_inside_gap(gap) if m == n else _narrow_border(gap)), (*path, n))
                for m, (cost, path) in enumerate(best)
                if m <= n
            )
            for n, column in enumerate(columns)
        ]
    return [columns[n][0] for n in min(best)[1]]


def _distance(extent: tuple[int, int], column: tuple[str, float, float]) -> float:
    """0 where a stretch lies within its column, up to 1 where it sticks out, 1 more per ten characters off."""
    x0, x1 = extent
    _, left, right = column
    inside = min(x1, right) - max(x0, left)
    if inside > 0:
        return 1 - inside / (x1 - x0)
    return 1 + 0.1 * min(abs(x0 - right), abs(left - x1))


def _inside_gap(gap: int) -> float:
    """A wide gap inside one column is unlikely."""
    return 0.08 * (gap - 1)


def _narrow_border(gap: int) -> float:
    """A border between columns of one blank is unlikely."""
    return 0.4 if gap < 2 else 0.0


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
