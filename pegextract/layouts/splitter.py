"""Where sheets begin and end in a document, and which lines around them are running heads, page numbers, indexes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from rapidfuzz import fuzz

from pegextract.document import Columns, Document, Line
from pegextract.layouts.headers import HeaderTable, find_headers
from pegextract.layouts.ledger import Claim, Ledger
from pegextract.layouts.profile import Profile, label_key, label_words
from pegextract.values.characters import fold

FOOT_LINES = 4
SAME_HEIGHT = 20.0
"""Points by which the places of a running head differ at most; scans of one book are laid on the glass unevenly."""
INDENT = 8
"""Characters by which a value stands further right than the header's first label."""
HEADING_ALONE = 4
"""Lines that code and title take, where a page ends behind them."""
LONGEST_SHEET = 400
"""Lines back to the code of the sheet before."""
HEADING_LINES = 8
"""Code, title and form head stand at most this many lines above the header table."""
RUNNING_HEAD_PAGES = 3
NEAR_PAGES = 2
"""Left and right pages may have running heads of their own."""
MOST_BESIDE = 0.6
BOOKS_SHARE = 0.6
"""A line on more than this share of the pages is the book's running head; sheets may have equal titles."""
LONGEST_BOILERPLATE = 240
TITLE_BEGINS = 24
FEWEST_PAGE_NUMBERS = 3
"""Fewer sheets that end in growing numbers may do so by chance."""
_BARE_NUMBER = re.compile(r"[-–— .]*([0-9]{1,4})[-–— .]*")
SHORTEST_TITLE = 12
"""A title with fewer letters may be said again by the text: only between the rows of a table it is a running head."""


class SheetLines(NamedTuple):
    """One sheet: its header table and its lines above (heading) and below (body), running heads taken out.

    guessed: the heading is the last line of a page, and only its place says so.
    """

    header: HeaderTable
    heading: tuple[int, ...]
    body: tuple[int, ...]
    guessed: bool = False


def split(document: Document, profile: Profile, ledger: Ledger) -> list[SheetLines]:
    """The sheets of a document, none without headers; lines that belong to no field are claimed as boilerplate."""
    headers = find_headers(document, profile)
    if not headers:
        return []
    running = _running_heads(document, profile, headers)
    live = [i not in running and not _is_boilerplate(document, profile, i) for i in range(len(document.lines))]
    starts = _starts(document, profile, headers, live)
    for i in _page_numbers(document, [start for start, _ in starts], live):
        live[i] = False
    sheets: list[SheetLines] = []
    for end, header, heading, guessed in _with_headings(document, profile, starts, live, running):
        body = tuple(i for i in range(header.first, end) if live[i] and i not in heading)
        if body:
            sheets.append(SheetLines(header, heading, body, guessed))
    used = {i for sheet in sheets for i in sheet.heading}
    for i, line in enumerate(document.lines):
        if not live[i] and i not in used:
            ledger.claim_line(line, Claim.BOILERPLATE)
    return _merged(document, profile, ledger, sheets)


def _with_headings(
    document: Document, profile: Profile, starts: list[tuple[int, HeaderTable]], live: list[bool], running: set[int]
) -> Iterator[tuple[int, HeaderTable, tuple[int, ...], bool]]:
    """End, header and heading of each sheet, and whether only the place of the heading says that it is one.

    Some converters print what stands above a page behind its words: where a sheet has its heading there, or none has
    one above its header, a title may be at the foot of the other sheets' first pages, too.
    """
    ends = [*(start for start, _ in starts), len(document.lines)][1:]
    boiler = {i for i in running if _is_boilerplate(document, profile, i)}
    above = [
        _heading(document, profile, range(start, _top(document, profile, header)), live, running)
        for start, header in starts
    ]
    if document.words:  # pages are read from top to bottom, whatever was printed first
        for (_, header), end, heading in zip(starts, ends, above, strict=True):
            yield end, header, heading, False
        return
    standing = running - boiler
    pages = [
        [] if heading else _pages(document, (i for i in range(header.last + 1, end) if live[i] or i in standing))
        for (_, header), end, heading in zip(starts, ends, above, strict=True)
    ]
    below = [_heading_at_foot(document, profile, own) for own in pages]
    usual = any(below) or (len(starts) > 1 and not any(above))
    for (_, header), end, own, one, other in zip(starts, ends, pages, above, below, strict=True):
        guess = _last_line(document, profile, own) if usual and not one and not other else ()
        yield end, header, one or other or guess, bool(guess)


def _page_numbers(document: Document, starts: list[int], live: list[bool]) -> list[int]:
    """Bare numbers, set apart, that end several sheets and grow from one to the next: they count pages.

    Where a page has a number of another form (`- 3 -`), a bare one above it is a value.
    """
    found: list[tuple[int, int]] = []
    for start, end in pairwise([*starts, len(document.lines)]):
        last = next((i for i in range(end - 1, start, -1) if live[i]), start)
        match = _BARE_NUMBER.fullmatch(line_text(document, last))
        marked = any(_PAGE_MARK.fullmatch(fold(line_text(document, i))) for i in range(last + 1, end))
        if match and document.lines[last].gap and not marked:
            found.append((last, int(match[1])))
    growing = _growing([number for _, number in found])
    return [found[place][0] for place in growing] if len(growing) >= FEWEST_PAGE_NUMBERS else []


def _growing(numbers: list[int]) -> list[int]:
    """The places of the longest run of numbers that grow, others left out."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for place, number in enumerate(numbers):
        length = bisect_left([numbers[tail] for tail in tails], number)
        before[place] = tails[length - 1] if length else None
        tails[length:] = [place]
    run: list[int] = []
    at: int | None = tails[-1] if tails else None
    while at is not None:
        run.append(at)
        at = before[at]
    return run[::-1]


def _heading(
    document: Document, profile: Profile, lines: range, live: list[bool], running: set[int]
) -> tuple[int, ...]:
    """The lines above a header table; below the code stands the title, though later pages repeat it as running head."""
    code = next((i for i in lines if begins_with_code(profile, line_text(document, i))), None)
    whole = code is not None and document.lines[code].page == document.lines[lines.stop].page
    return tuple(i for i in lines if live[i] or (whole and i in running and code is not None and i > code))


def _pages(document: Document, lines: Iterable[int]) -> list[list[int]]:
    """The lines page by page."""
    pages: dict[int, list[int]] = {}
    for i in lines:
        pages.setdefault(document.lines[i].page, []).append(i)
    return list(pages.values())


def _heading_at_foot(document: Document, profile: Profile, pages: list[list[int]]) -> tuple[int, ...]:
    """Code and title where a converter prints the running head behind the page's words.

    The last lines of a page from a code on; without a code, the last lines that two pages have in common.
    """
    tails = [page[-FOOT_LINES:] for page in pages]
    for tail in tails:
        for at, i in enumerate(tail):
            if begins_with_code(profile, line_text(document, i)) and not _rest_of_table(document, profile, tail[at:]):
                return tuple(tail[at:])
    for one, other in pairwise(tails):
        same = _common_tail(document, one, other)
        if len("".join(label_key(line_text(document, i)) for i in same)) >= SHORTEST_TITLE:
            return tuple(same)
    return ()


def _last_line(document: Document, profile: Profile, pages: list[list[int]]) -> tuple[int, ...]:
    """The last line of a sheet's only page, with the one above where it goes on with it: a title by its place.

    Nothing where several pages end otherwise, and where the line does not look like a title: the end of a sentence or
    a list, a row of a table, a label, a drawing's legend.
    """
    if len(pages) != 1:
        return ()
    page = pages[0]
    wrapped = len(page) > 1 and line_text(document, page[-1])[:1].islower()
    title = page[-2 if wrapped else -1 :]
    return tuple(title) if all(_may_be_title(profile, line_text(document, i), i == title[0]) for i in title) else ()


def _may_be_title(profile: Profile, text: str, first: bool) -> bool:
    """Whether a line is prose, and no row of a table, label, name or legend."""
    words = text.split()
    terms = {word for term in profile.vocabulary.indicator_type for word in term.split()}
    begins = not first or (not words[0][:1].islower() and len(words) > 2)
    row = not terms.isdisjoint(words) or words[-1][-1:].isdigit() or words[-1] in ("%", "SI", "NO")
    form = profile.roles_of(text) or profile.gantt_line.fullmatch(fold(text)) or text == text.upper()
    return begins and not row and not form


def _rest_of_table(document: Document, profile: Profile, lines: list[int]) -> bool:
    """Whether a code is a row of the linked objectives: its title or amounts end the table, other codes stand near."""
    texts = [line_text(document, i) for i in lines]
    return len(lines) == 1 or any(re.search(r"[0-9],[0-9]{2}\s*$", text) for text in texts)


def _common_tail(document: Document, one: list[int], other: list[int]) -> list[int]:
    count = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if label_key(line_text(document, a)) != label_key(line_text(document, b)):
            break
        count += 1
    return one[len(one) - count :]


def line_text(document: Document, index: int) -> str:
    """The words of a line, its cells set apart by a blank."""
    return document.line_texts[index]


_PAGE_MARK = re.compile(
    r"\W*(?:pag(?:e|ina|\.)?|foglio)\W{0,3}[0-9]{1,4}(?:\s*(?:di|of|/)\s*[0-9]{1,4})?\W*"
    r"|\W*[0-9]{1,4}\s*(?:di|of)\s*[0-9]{1,4}\W*"
    r"|[-–—=~_\[{<]+\s*[0-9]{1,4}\s*[-–—=~_\]}>]+"
    r"|[\W_]{3,}"
)
"""A folded line that converters print between pages, whatever the form: `Page 3`, `- 3 -`, `[3]`, a rule."""
_BEGINS_BOILERPLATE = re.compile(r"[\W_]*(?:$|[Cc][Oo][Mm]|[Cc][Ii]|[Pp]|[Ii][Nn]|[Ss][Oo]|[Aa][Ll]|[Ff][Oo]|[0-9{])")


def _is_boilerplate(document: Document, profile: Profile, index: int) -> bool:
    """Whether the profile lists the line as none of any sheet's (what may be is a cheap first look)."""
    text = line_text(document, index)
    if len(text) > LONGEST_BOILERPLATE or not _may_be_boilerplate(text):
        return False
    folded = fold(text)
    is_mark = document.lines[index].columns is not Columns.SEPARATORS and _PAGE_MARK.fullmatch(folded) is not None
    return is_mark or profile.boilerplate_line.fullmatch(folded) is not None


def _may_be_boilerplate(text: str) -> bool:
    in_index = "..." in text or "…" in text or text.rstrip()[-1:] in "0123456789"
    return in_index or _BEGINS_BOILERPLATE.match(text) is not None


def _running_heads(document: Document, profile: Profile, headers: Sequence[HeaderTable]) -> set[int]:
    """Lines that stand first or last on several pages, alike but for their digits, and are no label of the form.

    Where all of them are one sheet's, the first of them is its title.
    """
    if (document.page_count or 1) < RUNNING_HEAD_PAGES:
        return set()
    texts = {i: fold(line_text(document, i)) for i in _edge_lines(document.lines)}
    masks: dict[str, list[int]] = {}
    for i, text in texts.items():
        masks.setdefault(re.sub(r"[0-9]+", "#", text), []).append(i)
    found: set[int] = set()
    alike = [(mask, lines) for mask, every in masks.items() for lines in _by_height(document, every)]
    for mask, lines in alike:
        if len(lines) < RUNNING_HEAD_PAGES or not _in_succession([document.lines[i].page for i in lines]):
            continue
        if _is_running(document, profile, mask, [(i, texts[i]) for i in lines]):
            whole_book = len({document.lines[i].page for i in lines}) > BOOKS_SHARE * (document.page_count or 1)
            found.update(i for i in lines if not _is_title(document, profile, headers, lines, i, whole_book=whole_book))
    return found


def _by_height(document: Document, lines: list[int]) -> list[list[int]]:
    """The lines in groups that stand equally high on their pages, as running heads do; texts have no heights."""
    if not document.words or len(lines) < RUNNING_HEAD_PAGES:
        return [lines]
    groups: list[tuple[float, list[int]]] = []
    for top, i in sorted((document.words.boxes(document.lines[i][:2])[0].top, i) for i in lines):
        if groups and top - groups[-1][0] <= SAME_HEIGHT:
            groups[-1][1].append(i)
        else:
            groups.append((top, [i]))
    return [sorted(group) for _, group in groups]


def _in_succession(pages: Sequence[int]) -> bool:
    """Whether most of these pages have another one of them beside: a phrase that comes again here and there is text."""
    beside = {page for one, other in pairwise(pages) if other - one <= NEAR_PAGES for page in (one, other)}
    return len(beside) >= MOST_BESIDE * len(set(pages))


def _is_title(
    document: Document,
    profile: Profile,
    headers: Sequence[HeaderTable],
    lines: Sequence[int],
    at: int,
    *,
    whole_book: bool,
) -> bool:
    """Whether the line `at`, one of equal `lines`, is the title of a sheet without a code that its pages repeat.

    It stands above the sheet's header; what most pages of a book of several sheets print is the book's.
    """
    owner = bisect_right(headers, at, key=lambda header: header.first)
    if owner == len(headers) or not at < headers[owner].first <= at + HEADING_LINES:
        return False
    above = (i for i in (at - 1, *range(at, headers[owner].first)) if i >= 0)
    if any(begins_with_code(profile, line_text(document, i)) for i in above):
        return False
    page = document.lines[headers[owner].first].page
    if document.lines[at].page != page or any(i < at and document.lines[i].page == page for i in lines):
        return False
    following = headers[owner + 1].first if owner + 1 < len(headers) else None
    own = at == lines[0] and (following is None or document.lines[lines[-1]].page < document.lines[following].page)
    return own or not whole_book


def _is_running(document: Document, profile: Profile, mask: str, lines: list[tuple[int, str]]) -> bool:
    """Words that come again are a running head, unless the form prints them; bare numbers only if they count pages.

    The form prints its labels, and notes beside theirs: the same few words may be said of several phases.
    """
    if any(character.isalpha() for character in mask):
        text = line_text(document, lines[0][0])
        if profile.roles_of(text) or profile.code_line.match(text) or _is_table_head(profile, text):
            return False
        first = document.lines[lines[0][0]].cells[0]
        return all(role.group != "block" for role in profile.roles_of(document.text[first.start : first.end]))
    numbers = [(document.lines[i].page, int(digits[0])) for i, text in lines if (digits := re.findall(r"[0-9]+", text))]
    return all(b[1] - a[1] == b[0] - a[0] for a, b in pairwise(numbers)) and len(numbers) == len(lines)


def _is_table_head(profile: Profile, text: str) -> bool:
    """Whether a line prints nothing but column labels of one table: tables that begin on a new page have it first."""
    words = {key for word in label_words(text) if (key := label_key(word))}
    return any(words <= known for known in profile.column_words.values())


def _edge_lines(lines: tuple[Line, ...]) -> list[int]:
    """The first and last two lines of each page."""
    edges: dict[int, None] = {}
    first = 0
    for i in range(1, len(lines) + 1):
        if i == len(lines) or lines[i].page != lines[first].page:
            edges.update(dict.fromkeys((*range(first, min(first + 2, i)), *range(max(first, i - 2), i))))
            first = i
    return list(edges)


def _starts(
    document: Document, profile: Profile, headers: list[HeaderTable], live: list[bool]
) -> list[tuple[int, HeaderTable]]:
    """The first line of each sheet: its form head, code or title above the header table."""
    starts = []
    floor = 0
    for header in headers:
        top = _top(document, profile, header)
        starts.append((_first_line(document, profile, top, floor, live, first=floor == 0), header))
        floor = header.last + 1
    return starts


def _first_line(document: Document, profile: Profile, header: int, floor: int, live: list[bool], *, first: bool) -> int:
    page = document.lines[header].page
    above = [i for i in range(header - 1, floor - 1, -1) if live[i]][:HEADING_LINES]
    if any(document.lines[i].page != page for i in above) and floor:
        own = [i for i in above if document.lines[i].page == page]
        coded = any(begins_with_code(profile, line_text(document, i)) for i in own)
        above = own if coded else [*own, *_heading_alone(document, profile, above[len(own) :], live)]
    code = next((i for i in above if begins_with_code(profile, line_text(document, i))), None)
    head = next((i for i in above if _is_form_head(profile, line_text(document, i))), None)
    marks = [i for i in (code, head) if i is not None]
    if marks:
        return _with_form_head(document, profile, min(marks), floor)
    above = list(takewhile(lambda i: not _is_row(document.lines[i]), above))
    on_page = [i for i in above if document.lines[i].page == page]
    if len(on_page) < len(above):
        return min(on_page, default=header)
    top = _top_of_values(document, header, above)
    return _block_above(document, top, [i for i in above if i < top], keep_all=first and len(above) <= 4)


def _top(document: Document, profile: Profile, header: HeaderTable) -> int:
    """Where a header's table begins: it may have a head of its own, `Campo | Valore`, right above its first labels."""
    first = header.first
    row = document.lines[first - 1] if first and not document.lines[first].gap else None
    own = (
        row is not None
        and row.gap > 0
        and _is_row(row)
        and not begins_with_code(profile, line_text(document, first - 1))
    )
    return first - own


def _is_row(line: Line) -> bool:
    """Whether a line is the row of a table: that of the sheet before, where it stands above a header without a code."""
    return line.columns is Columns.SEPARATORS and sum(cell.end > cell.start for cell in line.cells) > 1


def _heading_alone(document: Document, profile: Profile, above: list[int], live: list[bool]) -> list[int]:
    """Code and title that the page before ends with, their form being on the next; what else ends it is another's."""
    lines = above[:HEADING_ALONE]
    code = next((n for n, i in enumerate(lines) if begins_with_code(profile, line_text(document, i))), None)
    page = document.lines[above[0]].page
    if code is None or any(document.lines[i].page != page for i in lines[: code + 1]):
        return []
    plain = all(document.lines[i].columns is Columns.NONE for i in lines[: code + 1])
    printed = code_at(profile, line_text(document, lines[code]))
    before = range(max(0, lines[code] - LONGEST_SHEET), lines[code])
    repeated = any(code_at(profile, line_text(document, i)) == printed for i in before if live[i])  # that sheet's head
    return lines[: code + 1] if plain and not repeated and document.lines[lines[code]].gap else []


def _top_of_values(document: Document, header: int, above: list[int]) -> int:
    """The first line of the header's values: some stand above their label, in columns further right."""
    left = document.lines[header].cells[0].x0
    top = header
    for i in above:
        if document.lines[top].gap or document.lines[i].cells[0].x0 <= left + INDENT:
            break
        top = i
    return top


def _block_above(document: Document, header: int, above: list[int], *, keep_all: bool) -> int:
    """The first line of the lines right above the header that no blank line parts: an uncoded sheet's title."""
    if not above:
        return header
    if keep_all:
        return above[-1]
    start = header
    for i in above[:4]:
        if start != header and document.lines[start].gap:
            break
        start = i
    return start if document.lines[start].gap or start == 0 else header


def _with_form_head(document: Document, profile: Profile, start: int, floor: int) -> int:
    if start > floor and _is_form_head(profile, line_text(document, start - 1)):
        return start - 1
    return start


def _is_form_head(profile: Profile, text: str) -> bool:
    return profile.is_label(text, "head", "head")


def begins_with_code(profile: Profile, text: str) -> bool:
    """A code that begins a line, before a title or nothing: not the row of a table that goes on with amounts."""
    match = profile.code_line.match(text)
    return match is not None and not re.search(r"[0-9],[0-9]{2}\s*$", text)


def code_at(profile: Profile, text: str) -> str | None:
    """The skeleton of the code that begins this line."""
    match = profile.code_line.match(text)
    return label_key(match["code"].replace(" ", "").replace("-", "_")) if match else None


def _merged(document: Document, profile: Profile, ledger: Ledger, sheets: list[SheetLines]) -> list[SheetLines]:
    """A header table that comes again under the same code is the running head of a long sheet, not a new one."""
    merged: list[SheetLines] = []
    for sheet in sheets:
        previous = merged[-1] if merged else None
        if previous and _same_head(document, profile, previous, sheet):
            repeated = set(range(sheet.header.first, sheet.header.last + 1))
            for i in (*sheet.heading, *(i for i in sheet.body if i in repeated)):
                ledger.claim_line(document.lines[i], Claim.BOILERPLATE)
            rest = tuple(i for i in sheet.body if i not in repeated)
            merged[-1] = previous._replace(body=previous.body + rest)
        else:
            merged.append(sheet)
    return merged


def _same_head(document: Document, profile: Profile, one: SheetLines, other: SheetLines) -> bool:
    codes = [
        {code for i in sheet.heading if (code := code_at(profile, line_text(document, i)))} for sheet in (one, other)
    ]
    return bool(codes[0] & codes[1]) and _header_words(document, one.header) == _header_words(document, other.header)


def _header_words(document: Document, header: HeaderTable) -> str:
    return label_key("".join(line_text(document, i) for i in range(header.first, header.last + 1)))


def without_page_heads(document: Document, profile: Profile, ledger: Ledger, sheet: SheetLines) -> SheetLines:
    """Take the repeated code, title and form head out of the body of a sheet."""
    code, title, capital = _head_words(document, profile, sheet.heading)
    body: list[int] = []
    at = 0
    while at < len(sheet.body):
        i = sheet.body[at]
        taken = _page_head(document, profile, sheet.body, at, code, title, capital) if i > sheet.header.last else 0
        taken = taken or int(i > sheet.header.last and _is_part_of_title(document, i, title, capital))
        for index in sheet.body[at : at + taken]:
            ledger.claim_line(document.lines[index], Claim.BOILERPLATE)
        if not taken:
            body.append(i)
        at += max(taken, 1)
    return sheet._replace(body=tuple(body))


def _is_part_of_title(document: Document, index: int, title: str, capital: bool) -> bool:
    """Whether neighbouring lines of a page, this one among them, print the title: some of them may be running heads."""
    key = label_key(line_text(document, index))
    if len(title) < SHORTEST_TITLE or not key or key not in title:
        return False
    page = document.lines[index].page
    for start in range(index, max(-1, index - FOOT_LINES), -1):
        if capital and line_text(document, start)[:1].islower():
            continue
        printed, i = "", start
        while i < len(document.lines) and document.lines[i].page == page and len(printed) < len(title):
            printed += label_key(line_text(document, i))
            i += 1
        if printed == title and i > index:
            return True
    return False


def _head_words(document: Document, profile: Profile, heading: tuple[int, ...]) -> tuple[str | None, str, bool]:
    """The sheet's code and title as skeletons, and whether the title begins with a capital."""
    code, title, first = None, "", ""
    for i in heading:
        text = line_text(document, i)
        match = profile.code_line.match(text)
        if match and code is None:
            code = code_at(profile, text)
            text = match["rest"]
        elif _is_form_head(profile, text):
            continue
        title += label_key(text)
        first = first or text.strip(" -–—:")[:1]
    return code, title, first.isupper()


def _page_head(
    document: Document, profile: Profile, body: Sequence[int], at: int, code: str | None, title: str, capital: bool
) -> int:
    """How many lines a running head takes that begins here: the sheet's code and then its title, or the title alone."""
    text = line_text(document, body[at])
    if _is_form_head(profile, text):
        return 1
    match = profile.code_line.match(text) if code else None
    if match:
        rest = label_key(match["rest"])
        same = code_at(profile, text) == code and title.startswith(rest[: len(title)])
        return 1 + _title_lines(document, body, at + 1, title, rest) if same else 0
    if capital and text[:1].islower():
        return 0  # the words of the title within a sentence
    if len(title) < SHORTEST_TITLE:
        return int(label_key(text) == title and _parts_a_table(document, profile, body, at))
    lines = _title_lines(document, body, at, title, "")
    whole = "".join(label_key(line_text(document, i)) for i in body[at : at + lines])
    return lines if len(whole) >= len(title) * 0.9 else 0


def _parts_a_table(document: Document, profile: Profile, body: Sequence[int], at: int) -> bool:
    """Whether a line, no label of the form, stands between blank lines beside a row with borders, as page heads do."""
    if not 0 < at < len(body) - 1 or profile.roles_of(line_text(document, body[at])):
        return False
    before, line, after = (document.lines[body[n]] for n in (at - 1, at, at + 1))
    apart = line.columns is Columns.NONE and line.gap > 0 and after.gap > 0
    return apart and Columns.SEPARATORS in (before.columns, after.columns)


def _begins_alike(text: str, title: str) -> bool:
    """A cheap first look: whether the first letters of a line may be those of a title."""
    head = label_key(text[:TITLE_BEGINS])
    return len(head) <= 8 or fuzz.ratio(head[:8], title[:8]) >= 75


def _title_lines(document: Document, body: Sequence[int], at: int, title: str, read: str) -> int:
    """How many of the lines from here go on printing the title, of which `read` has been seen."""
    count = 0
    while at + count < len(body) and len(read) < len(title):
        text = line_text(document, body[at + count])
        if not _begins_alike(text, title[len(read) :]):
            break
        key = label_key(text)
        expected = title[len(read) : len(read) + len(key)]
        if not key or fuzz.ratio(key, expected) < 90 or fuzz.ratio(key[:8], expected[:8]) < 75:
            break
        read += key
        count += 1
    return count
