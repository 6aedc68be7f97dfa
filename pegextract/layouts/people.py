"""Responsible and centre side by side without a border: `VERNA MARCO - P.O. INCLUSIONE SOCIALE SERVIZIO SOCIALE …`.

What is known decides: offices that the document prints elsewhere, then the words that names of offices begin with.
Wrapped, the two may come one after the other (cell by cell) or woven together (line by line); both are tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pegextract.document import Span
from pegextract.layouts.context import Context
from pegextract.layouts.fitness import is_dangling
from pegextract.layouts.header import word_spans
from pegextract.values.characters import fold
from pegextract.values.organisations import parse_unit
from pegextract.values.persons import looks_like_person, parse_responsible
from pegextract.values.reading import Reading

KNOWN, BARE, HEADED, GUESSED = 3.0, 2.0, 1.5, 0.0
CUT_GOES_ON = 1.5
STANDS_APART = 0.4
ROLE_GOES_ON = 0.3
"""Roles are longer than offices: an open tail is rather the role's."""
LONGEST_NAME_WORDS = 4
_CAPITALS = str.maketrans("01l|", "OIII")
SMALL_WORD = 1.0
"""What a word in small letters costs among the names of a form without centres."""


class People(NamedTuple):
    """Words of the responsible and of the centre; score: how well they fit; sure: no second reading is as good."""

    responsible: tuple[Span, ...]
    centre: tuple[Span, ...]
    score: float
    sure: bool


def split_people(context: Context, pieces: Sequence[Span], *, woven: bool = True) -> People:
    """Share the words of `pieces` (one per line, in order) between responsible and centre.

    woven: lines may hold a piece of each; if not, all of the responsible comes first, as a table printed cell by cell.
    """
    if not pieces:
        return People((), (), GUESSED, True)
    question = ("people", context.units, tuple(pieces), woven)
    return context.remembered(question, lambda: _split(context, pieces, woven))


def _split(context: Context, pieces: Sequence[Span], woven: bool) -> People:
    if not _has_centres(context):
        small = sum(word[:1].islower() for word in _join(context, pieces).split())
        return People(tuple(pieces), (), GUESSED - SMALL_WORD * small, True)
    lines = [list(word_spans(context.document.text, piece)) for piece in pieces]
    if not woven:
        lines = [[word for line in lines for word in line]]
    found = [*_known_units(context, lines), *_headed_units(context, lines), *_after_a_name(context, lines)]
    if not found:
        return People(
            tuple(pieces), (), GUESSED, looks_like_person(_join(context, pieces)) or _has_role(context, pieces)
        )
    best = max(found, key=lambda people: people.score)
    rivals = [p for p in found if p.centre != best.centre and best.score - p.score < 0.5]
    return best._replace(sure=best.sure and not rivals)


def _has_centres(context: Context) -> bool:
    """Whether the form prints a centre beside the responsible at all."""
    return context.profile.phases is None or "responsibility_centre" in context.profile.phases.columns


def names_fit(context: Context, responsible: Sequence[Span], centre: Sequence[Span]) -> float:
    """How well the words of two separate cells make a responsible and an office; 0 for empty cells."""
    return _office_score(context, centre) + (_responsible_score(context, responsible) if responsible else 0.0)


def _office_score(context: Context, spans: Sequence[Span]) -> float:
    """A name that the document knows, or at least one that begins like an office and does so only once."""
    if not spans:
        return 0.0
    words = _unit_words(context, _join(context, spans))
    for unit in context.units:
        wanted = _unit_words(context, unit)
        if words == wanted or (_continues([], words, wanted) and _is_cut(context, spans)):
            return 2.0
    places = [place for place, span in enumerate(_words(context, spans)) if _is_head(context, span)]
    begins = 0.8 if places[:1] == [0] and len(_words(context, spans)) > 1 else -0.5
    return begins - 0.8 * sum(1 for place in places if place > 1) + min(_repeated(context, spans), 1.0)


def _words(context: Context, spans: Sequence[Span]) -> list[Span]:
    return [word for span in spans for word in word_spans(context.document.text, span)]


def _join(context: Context, spans: Sequence[Span]) -> str:
    return " ".join(context.text(span) for span in spans)


def _has_role(context: Context, spans: Sequence[Span]) -> bool:
    text = _join(context, spans)
    return any(mark in text for mark in context.profile.names.role_marks if "." in mark)


def _unit_words(context: Context, text: str) -> list[str]:
    """The words of a unit's name, abbreviations written out, folded."""
    known = context.unit_words.get(text)
    if known is None:
        known = context.unit_words[text] = fold(parse_unit(text, context.profile.names.abbreviations).value).split()
    return known


def _known_units(context: Context, lines: Sequence[Sequence[Span]]) -> Iterator[People]:
    """Centres that the document prints elsewhere, taken from the ends of the lines."""
    for unit in context.units:
        wanted = _unit_words(context, unit)
        taken = _suffixes(context, lines, wanted)
        if taken is None:
            continue
        centre = [span for line, count in zip(lines, taken, strict=True) for span in line[len(line) - count :]]
        rest = [span for line, count in zip(lines, taken, strict=True) for span in line[: len(line) - count]]
        if rest or not looks_like_person(unit):
            whole = len(_unit_words(context, _join(context, centre))) >= len(wanted)
            headed = unit.split(" ", 1)[0] in context.profile.unit_heads
            score = (
                (KNOWN if headed else BARE)
                + 0.1 * len(wanted)
                + (0.3 if whole else 0)
                + _responsible_score(context, rest)
            )
            yield People(tuple(rest), tuple(centre), score, True)


def _suffixes(context: Context, lines: Sequence[Sequence[Span]], wanted: Sequence[str]) -> list[int] | None:
    """How many words at the end of each line print the unit, in order; None when they do not print it.

    The form cuts long names: at its width the last word may be cut, and words after it be missing.
    """
    counts: list[int] = []
    read: list[str] = []
    for line in lines:
        count = 0
        for size in range(len(line), 0, -1):
            words = _unit_words(context, context.document.text[line[-size][0] : line[-1][1]])
            if _continues(read, words, wanted):
                count = size
                read += words
                break
        counts.append(count)
    printed_length = len(" ".join(read))
    cut = printed_length >= context.profile.names.centre_width - 3 or read == list(wanted)
    return counts if read and (read == list(wanted) or (cut and _continues([], read, wanted))) else None


def _continues(read: Sequence[str], words: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether `words` go on where `read` stopped; the very last may be cut short."""
    ahead = wanted[len(read) : len(read) + len(words)]
    if len(ahead) < len(words) or not words or list(ahead[:-1]) != list(words[:-1]):
        return False
    return ahead[-1] == words[-1] or (
        len(words[-1]) > 2 and ahead[-1].startswith(words[-1]) and len(read) + len(words) > 1
    )


def _headed_units(context: Context, lines: Sequence[Sequence[Span]]) -> Iterator[People]:
    """A word that names of offices begin with opens the centre; lines below go on with the centre or with the role."""
    words = [span for line in lines for span in line]
    for place, span in enumerate(words):
        if not _is_head(context, span):
            continue
        line = next(n for n, line in enumerate(lines) if span in line)
        own = sum(len(other) for other in lines[: line + 1])
        marked = bool(place) and _is_role_mark(context, words[place - 1])
        if marked and own == len(words):
            continue  # "P.O. SERVIZI SOCIALI": the office is the role's, unless the role goes on below
        opens = 0.4 if span == lines[line][0] else 0.0
        # An office that opens below the first line was printed behind the whole role: what follows is its own.
        for end in {own, len(words)} if line == 0 else {len(words)}:
            rest, centre = [*words[:place], *words[end:]], words[place:end]
            score = HEADED + opens + _centre_score(context, centre) + _responsible_score(context, rest)
            score -= CUT_GOES_ON if end > own and _is_cut(context, words[place:own]) else 0.0
            if end < len(words) and _has_role(context, rest):
                score += ROLE_GOES_ON + (STANDS_APART if _stands_apart(context, lines, line) else 0.0)
            certain = own == len(words) or _repeated(context, centre) > 0 or _is_cut(context, centre)
            yield People(tuple(rest), tuple(centre), score, certain)


def _stands_apart(context: Context, lines: Sequence[Sequence[Span]], line: int) -> bool:
    """Whether a blank line follows: a cell's own lines have none between them."""
    return context.text((lines[line][-1][1], lines[line + 1][0][0])).count("\n") > 1


def _is_cut(context: Context, centre: Sequence[Span]) -> bool:
    """Whether a name fills the form's width: then the form cut it there, and nothing of it stands below."""
    return abs(len(_join(context, centre)) - context.profile.names.centre_width) <= 1


def _centre_score(context: Context, centre: Sequence[Span]) -> float:
    """A name is hardly longer than the form is wide, stands elsewhere as well, and does not stop in mid-phrase."""
    text = _join(context, centre)
    beyond = max(0, len(text) - context.profile.names.centre_width - 1)
    bare = 1.5 if text.upper() in context.profile.unit_heads else 0.0
    return min(_repeated(context, centre), 1.0) - min(0.04 * beyond, 1.5) - (0.8 if is_dangling(text) else bare)


def _repeated(context: Context, spans: Sequence[Span]) -> float:
    """Evidence from elsewhere in the document that these words are one name."""
    text = _join(context, spans)
    together = bool(spans) and " ".join(context.text((spans[0][0], spans[-1][1])).split()) == text
    return context.fitness.repeated(text, own=int(together)) if text else 0.0


def _after_a_name(context: Context, lines: Sequence[Sequence[Span]]) -> Iterator[People]:
    """No office is recognised: a person's name that the document knows, then the rest."""
    words = [span for line in lines for span in line]
    for count in range(2, min(LONGEST_NAME_WORDS, len(words) - 1) + 1):
        name = _join(context, words[:count])
        if looks_like_person(name) and context.fitness.repeated(name) and not _has_role(context, words):
            yield People(tuple(words[:count]), tuple(words[count:]), 0.5 + 0.05 * count, False)


def _is_role_mark(context: Context, span: Span) -> bool:
    word = context.text(span)
    return any(word.endswith(mark) if "." in mark else word == mark for mark in context.profile.names.role_marks)


def _responsible_score(context: Context, spans: Sequence[Span]) -> float:
    """How well the words left over make a responsible: a name, with or without a role, and no office in it."""
    if not spans:
        return -0.2
    text = _join(context, spans)
    reading = parse_responsible(text)
    name = reading.value.name if isinstance(reading, Reading) else text
    score = 0.4 - 0.3 * max(0, len(name.split()) - 3) if looks_like_person(name) else -0.6
    score += 0.6 if context.fitness.is_known_person(name) else 0.0
    score -= 0.6 if is_dangling(text) else 0.0
    score -= office_in(context, spans)
    return score + min(_repeated(context, spans), 1.0) * 0.5


def office_in(context: Context, spans: Sequence[Span]) -> float:
    """How much a word that begins names of offices speaks against a responsible; behind a role's mark it may belong."""
    words = [word for span in spans for word in word_spans(context.document.text, span)]
    heads = [place for place, word in enumerate(words) if _is_head(context, word)]
    if not heads:
        return 0.0
    return 1.0 if all(place and _is_role_mark(context, words[place - 1]) for place in heads) else 2.5


def office_at(context: Context, words: Sequence[Span]) -> int | None:
    """The place of the first word that begins the name of an office, other than right behind a role's mark."""
    return next(
        (n for n, w in enumerate(words) if _is_head(context, w) and not (n and _is_role_mark(context, words[n - 1]))),
        None,
    )


def _is_head(context: Context, span: Span) -> bool:
    word = context.text(span).split(".", 1)[0].rstrip("'’")
    return word.upper() in context.profile.unit_heads or word.translate(_CAPITALS) in context.profile.unit_heads
