"""Which unit each printing of a unit's name means.

The steps, each on what the last one left: names that equal another but for typing · whole names and those that are
cut or abbreviated · damaged names · the sheet's surroundings, where several whole names fit. A name that nothing
continues, abbreviates or resembles is a unit of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from pegextract.registry.completion import Abbreviations, Cuts
from pegextract.registry.damage import Near, nearest
from pegextract.registry.distance import numerals
from pegextract.registry.keys import is_abbreviated, unit_key
from pegextract.registry.mentions import Decision, Mention, Resolution, Sheet
from pegextract.registry.names import Name, gather
from pegextract.values.characters import clean

MARGIN: Final = 0.8
"""How much farther than the nearest the next name must be."""
_LONG: Final = 20
_VERY_LONG: Final = 36
"""Letters from which one and two of them may be wrong beyond what OCR confuses."""
_CONFUSED: Final = 0.7
"""What the confusions in one name may cost together."""

_BY_WAY: Final = {"header": 0.85, "direction": 0.8, "year": 0.8}
"""How sure a choice between several whole names is, by what it rests on."""
_KNOWN_YEARS: Final = 3
"""Years that a name must be known of before it can be said to be over in another."""


class _Candidates(NamedTuple):
    """The whole names that one name may mean, by what rule."""

    keys: tuple[str, ...]
    rule: str
    method: str
    confidence: float
    evidence: str


def resolve_units(mentions: Sequence[Mention], sheets: Sequence[Sheet]) -> Resolution:
    """The unit of each mention; the key of a whole name is its unit's root."""
    names = gather(mentions, sheets, unit_key)
    candidates, cuts = _candidates(names)
    surroundings = _Surroundings(names, candidates, sheets)
    alone: dict[tuple[str, str], Decision] = {}
    placed: dict[tuple[str, str, int], Decision] = {}
    decisions = []
    for mention in mentions:
        at = (mention.text, mention.printed)
        if at not in alone and (key := unit_key(mention.text)) not in candidates:
            alone[at] = _itself(mention, key, names, cuts)
        decision = alone.get(at) or placed.get((*at, mention.sheet))
        if decision is None:
            decision = surroundings.choose(candidates[unit_key(mention.text)], mention)
            placed[*at, mention.sheet] = decision
        decisions.append(decision)
    return Resolution(decisions, {key: name.best() for key, name in names.items()})


def _itself(mention: Mention, key: str, names: Mapping[str, Name], cuts: Cuts) -> Decision:
    """A name that is nobody else's; one that its sheet's header completed may have rivals in the archive."""
    if not key:
        return Decision(None, "no_name")
    beginning = unit_key(mention.printed)
    if key == beginning or not key.startswith(beginning):
        return Decision(key, "same_name")
    cut = Name(beginning, lengths={len(clean(mention.printed))})
    return Decision(key, "same_name", rivals=tuple(sorted(names[one].best() for one in cuts.of(cut) if one != key)))


def _candidates(names: Mapping[str, Name]) -> tuple[dict[str, _Candidates], Cuts]:
    """What each name that does not stand for itself may mean, and the whole names that others may be cut from."""
    clear = [name for name in names.values() if name.trusted and not is_abbreviated(name.key)]
    cuts = Cuts(clear)
    found = _followed({name.key: _cut(name, whole) for name in clear if (whole := cuts.of(name))})
    wholes = [name.key for name in clear if name.key not in found]
    short = Abbreviations(wholes)
    rest = [name for name in names.values() if not name.trusted or is_abbreviated(name.key)]
    for _ in range(2):  # what the first round teaches of the words, the second uses
        for name in rest:
            if name.key not in found and (whole := short.of(name.key, cut=cuts.may_be_cut(name))):
                found[name.key] = _abbreviated(name, whole)
                if len(whole) == 1:
                    short.learn(name.key, whole[0])
    broken = [name for name in names.values() if name.key not in found and not name.clean]
    found |= _damaged(broken, names, found, cuts)
    return _followed(found), Cuts(names[key] for key in wholes)


def _cut(name: Name, whole: Sequence[str]) -> _Candidates:
    length = f"it ends where no name ends, after {max(name.lengths)} characters"
    evidence = length if name.unfinished else f"printed with {max(name.lengths)} characters, where the form ends"
    return _Candidates(tuple(whole), "unit_completed_from_archive", "inferred", 0.9, evidence)


def _abbreviated(name: Name, whole: Sequence[str]) -> _Candidates:
    evidence = "an abbreviation of it"
    return _Candidates(tuple(whole), "unit_abbreviation_from_archive", "inferred", 0.9, evidence)


# --- damage ---------------------------------------------------------------------------------------------------------


def _damaged(
    broken: Sequence[Name], names: Mapping[str, Name], found: Mapping[str, _Candidates], cuts: Cuts
) -> dict[str, _Candidates]:
    """Names of damaged documents alone: cut ones first, then those near one spelling that outweighs them."""
    result = {name.key: _cut(name, whole) for name in broken if (whole := cuts.of(name))}
    forms = _forms(names, found, cuts, cutting=any(cuts.may_be_cut(name) for name in broken))
    near = nearest([name.key for name in broken], forms)
    for name in sorted(broken, key=lambda name: (-name.count, name.key)):
        if name.key in result:
            continue
        roots: dict[str, Near] = {}
        for one in near.get(name.key, ()):
            for root in sorted(forms[one.key]):
                if _is_evidence(name, names[root], one.key, cuts):
                    roots.setdefault(root, one)
        if chosen := _within(name, roots):
            result[name.key] = chosen
    return result


def _forms(
    names: Mapping[str, Name], found: Mapping[str, _Candidates], cuts: Cuts, *, cutting: bool
) -> dict[str, set[str]]:
    """Every spelling that a damaged one may come from, with the whole names that it stands for."""
    forms: dict[str, set[str]] = defaultdict(set)
    for key in names:
        if key not in found:
            forms[key].add(key)
            for form in cuts.forms(key) if cutting and names[key].trusted else ():
                forms[form].add(key)
        elif len(found[key].keys) == 1:
            forms[key].add(found[key].keys[0])
    return forms


def _is_evidence(name: Name, root: Name, form: str, cuts: Cuts) -> bool:
    cut = form != root.key
    return root.outweighs(name) and (not cut or cuts.may_be_cut(name)) and numerals(form) == numerals(name.key)


def _within(name: Name, roots: dict[str, Near]) -> _Candidates | None:
    """The nearest name, where it is near enough and no other is nearly as near."""
    ranked = sorted(roots.items(), key=lambda pair: (pair[1].apart, pair[0]))
    if not ranked or not _near_enough(name.key, ranked[0][1]):
        return None
    best = ranked[0][1].apart
    rivals = tuple(root for root, near in ranked if near.apart.cost < best.cost + MARGIN)
    evidence = f"{best.cost:.2f} letters from it after what OCR confuses, in damaged documents only"
    return _Candidates(rivals, "unit_ocr_damage", "fuzzy", 0.85, evidence)


def _near_enough(key: str, near: Near) -> bool:
    letters = (len(key) >= _LONG) + (len(key) >= _VERY_LONG)
    return not near.apart.words and near.apart.letters <= letters and near.apart.cost <= letters + _CONFUSED


def _followed(result: dict[str, _Candidates]) -> dict[str, _Candidates]:
    """Candidates that themselves lead on, replaced by those that they lead to."""

    def ends(key: str, seen: frozenset[str]) -> set[str]:
        if key not in result or key in seen:
            return {key}
        return set().union(*(ends(one, seen | {key}) for one in result[key].keys))

    return {key: found._replace(keys=tuple(sorted(ends(key, frozenset())))) for key, found in result.items()}


# --- the sheet around a name ----------------------------------------------------------------------------------------


class _Surroundings:
    """Where and when the archive prints each whole name, to choose between several."""

    def __init__(
        self, names: Mapping[str, Name], candidates: Mapping[str, _Candidates], sheets: Sequence[Sheet]
    ) -> None:
        self._names, self._sheets, self._candidates = names, sheets, candidates
        self._directions: dict[str, set[str]] = defaultdict(set)
        self._years: dict[str, set[int]] = {}
        for key, name in names.items():
            if key in candidates:
                continue
            self._years[key] = {year for at in name.sheets if (year := sheets[at].year)}
            for at in set(name.sheets):
                self._directions[self._root(sheets[at].direction)].add(key)

    def choose(self, found: _Candidates, mention: Mention) -> Decision:
        """The one candidate that the sheet's header names, else the direction's, else the year's; or none."""
        keys, way = self._chosen(found, self._sheets[mention.sheet])
        texts = {key: self._names[key].best() for key in found.keys}
        if len(keys) != 1:
            return Decision(None, "ambiguous_name", rivals=tuple(sorted(texts[key] for key in keys)))
        root = min(keys)
        evidence = f"«{mention.printed}» is «{texts.pop(root)}»: {found.evidence}"
        if not way:
            return Decision(root, found.rule, found.method, found.confidence, evidence)
        rivals = tuple(sorted(texts.values()))
        return Decision(root, f"{found.rule}+{way}", found.method, _BY_WAY[way], evidence, rivals)

    def _chosen(self, found: _Candidates, sheet: Sheet) -> tuple[set[str], str]:
        keys = set(found.keys)
        if len(keys) == 1 or found.method != "inferred":
            return keys, ""
        if header := keys & {self._root(sheet.service), self._root(sheet.direction)}:
            return header, "header"
        if sheet.direction and (there := keys & self._directions[self._root(sheet.direction)]):
            keys = there
            if len(keys) == 1:
                return keys, "direction"
        alive = {key for key in keys if not self._is_over(key, sheet.year)}
        return (alive, "year") if len(alive) == 1 else (keys, "")

    def _is_over(self, key: str, year: int | None) -> bool:
        """Whether the archive knows the name of several years, and all of them well before or after this one."""
        years = self._years[key]
        if year is None or len(years) < _KNOWN_YEARS:
            return False
        return year < min(years) - 1 or year > max(years) + 1

    def _root(self, text: str | None) -> str:
        key = unit_key(text) if text else ""
        found = self._candidates.get(key)
        return found.keys[0] if found and len(found.keys) == 1 else key


def completed(text: str, decision: Decision, whole: str) -> str:
    """A centre's value: the whole name, with the word DIREZIONE where the printing has it and the name has not."""
    if decision.method == "printed":
        return text
    head = "DIREZIONE "
    return f"{head}{whole}" if text.upper().startswith(head) and not whole.upper().startswith(head) else whole
