"""Names that are not all there: cut at the form's width, or abbreviated. That is no misspelling.

A cut name is the beginning of the whole one, and as long as its form is wide or ends where no name ends; an
abbreviated one has a whole word for each of its own, in their order. Which of several whole names is meant
is not decided here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from pegextract.registry.keys import DIRECTION_HEAD, is_abbreviated
from pegextract.registry.names import LINKING, Name
from pegextract.values.organisations import FORM_WIDTH

_SHORTEST_CUT: Final = 15
_UNPRINTED: Final = (len(DIRECTION_HEAD), len(DIRECTION_HEAD) + 1)
"""What the form prints of a direction's name and its key leaves out, and a letter more."""
_PROVEN: Final = 3
"""Names that must break off in a word at the same length before that length is taken for a form's width."""
_PREFIX: Final = 3


class Cuts:
    """The whole names of an archive, to ask which of them a name is the beginning of."""

    def __init__(self, wholes: Iterable[Name]) -> None:
        self._names = {name.key: name for name in wholes}
        self._sorted = sorted(self._names)
        self._words = {word for key in self._sorted for word in key.split(" ")[:-1]}
        self.widths = {FORM_WIDTH} | self._learnt_widths()

    def may_be_cut(self, name: Name) -> bool:
        """Whether a printing of the name is about as long as a form is wide, or ends where no name ends."""
        return name.unfinished or any(self._near_width(length) for length in name.lengths)

    def of(self, name: Name) -> list[str]:
        """The keys of the whole names that this one is cut from; empty where it stands for itself."""
        if not self.may_be_cut(name) or is_abbreviated(name.key):
            return []
        return [whole for whole in self._longer(name.key) if self._is_cut(name, whole)]

    def is_whole(self, name: Name) -> bool:
        """Whether no other name continues this one."""
        return not self.of(name)

    def forms(self, key: str) -> Iterable[str]:
        """The beginnings of a whole name's key that forms of the known widths leave of it, or nearly."""
        ends = (width - unprinted for width in self.widths for unprinted in (0, 1, *_UNPRINTED))
        return {key[:end].rstrip(" '") for end in ends if len(key) > end}

    def _is_cut(self, name: Name, whole: str) -> bool:
        inside_word = whole[len(name.key)] != " "
        if name.unfinished or (inside_word and name.key.rsplit(" ", 1)[-1] not in self._words):
            return True
        # At the end of a word only the exact width shows a cut, and a header that prints the name denies it.
        exact = {width - blank for width in self.widths for blank in ((0,) if inside_word else (0, 1))}
        return not name.header and bool(exact & name.lengths)

    def _longer(self, key: str) -> Iterable[str]:
        at = bisect_left(self._sorted, key)
        while at < len(self._sorted) and self._sorted[at].startswith(key):
            if self._sorted[at] != key:
                yield self._sorted[at]
            at += 1

    def _near_width(self, length: int) -> bool:
        return any(width - 2 <= length <= width + 1 for width in self.widths)

    def _learnt_widths(self) -> set[int]:
        """Lengths at which several names break off in the middle of a word that stands nowhere else."""
        broken: Counter[int] = Counter()
        for key in self._sorted:
            if len(key) < _SHORTEST_CUT or key.rsplit(" ", 1)[-1] in self._words:
                continue
            if any(whole[len(key)] != " " for whole in self._longer(key)):
                broken.update(self._names[key].lengths)
        return {length for length, names in broken.items() if names >= _PROVEN}


class Abbreviations:
    """The whole names of an archive, to ask which of them an abbreviated name stands for."""

    def __init__(self, wholes: Iterable[str]) -> None:
        self._by_prefix: dict[str, set[str]] = defaultdict(set)
        self._words = Counter[str]()
        for key in wholes:
            for word in set(key.split(" ")):
                self._words[word] += 1
                self._by_prefix[word[:_PREFIX]].add(key)
        self.lexicon: dict[str, set[str]] = defaultdict(set)

    def of(self, key: str, *, cut: bool) -> list[str]:
        """The keys of the whole names that fit; `cut`: the last word may be a beginning, with more behind it."""
        words = key.split(" ")
        if not any(self._is_short(word) for word in words):
            return []
        found = [whole for whole in self._candidates(words) if self._stands_for(words, whole.split(" "), cut)]
        return sorted(whole for whole in found if whole != key)

    def learn(self, key: str, whole: str) -> None:
        """Remember what the words of an abbreviated name stand for, once it is certain."""
        for short, word in zip(key.split(" "), whole.split(" "), strict=False):
            if not short.endswith("."):
                if short != word:
                    return
            elif len(short) > _PREFIX and word.startswith(short[:-1]):
                self.lexicon[short[:-1]].add(word)

    def _is_short(self, word: str) -> bool:
        return word.endswith(".") or (word in self.lexicon and word not in self._words)

    def _candidates(self, words: list[str]) -> Iterable[str]:
        """The whole names that have a word with the rarest beginning of a word of ours."""
        beginnings = [word[:_PREFIX] for word in (w.rstrip(".") for w in words) if len(word) >= _PREFIX]
        known: Mapping[str, set[str]] = self._by_prefix
        return min((known.get(prefix, set()) for prefix in beginnings), key=len, default=set())

    def _stands_for(self, short: list[str], whole: list[str], cut: bool) -> bool:
        if not short:
            return not whole or cut
        if not whole:
            return False
        if whole[0] in LINKING and whole[0] != short[0] and self._stands_for(short, whole[1:], cut):
            return True
        fits = self._is_word(short[0], whole[0], last=cut and len(short) == 1)
        if fits and self._stands_for(short[1:], whole[1:], cut):
            return True
        # AMM.VA: the beginning and the end of one word.
        contracted = len(short) > 1 and short[0].endswith(".") and len(short[1]) <= _PREFIX
        contracted = contracted and whole[0].startswith(short[0][:-1]) and whole[0].endswith(short[1])
        return contracted and self._stands_for(short[2:], whole[1:], cut)

    def _is_word(self, short: str, word: str, *, last: bool) -> bool:
        if short == word:
            return True
        bare = short.removesuffix(".")
        if bare != short or last:
            return word.startswith(bare)
        # "INCL SOCIALE": a dot that the printer left out, in a name that has others.
        return len(bare) >= _PREFIX and bare not in self._words and word.startswith(bare)
