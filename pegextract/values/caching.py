"""Answers remembered: forms repeat the same words, dates, weights and names thousands of times."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

K = TypeVar("K")
P = ParamSpec("P")
R = TypeVar("R")
Parser = Callable[Concatenate[str, P], R]

REMEMBERED = 4096
"""Answers kept per question; an archive of twenty years has a few hundred distinct dates, weights and names."""


class Memory(dict[K, R]):
    """Answers by what was asked: `memory[key]` is worked out once. A full memory is emptied, so that it stays small."""

    def __init__(self, answer: Callable[[K], R]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, key: K) -> R:
        answer = self._answer(key)
        if len(self) >= REMEMBERED:
            self.clear()
        self[key] = answer
        return answer


class _ShortTexts(Memory[str, R]):
    """Answers about texts; a megabyte of nonsense must neither be kept as a key nor push useful answers out."""

    def __init__(self, answer: Callable[[str], R], longest: int) -> None:
        super().__init__(answer)
        self._longest = longest

    def __missing__(self, key: str) -> R:
        return Memory.__missing__(self, key) if len(key) <= self._longest else self._answer(key)


def remembered(longest: int) -> Callable[[Callable[[str], R]], Callable[[str], R]]:
    """Remember what a function says of texts of up to `longest` characters; longer ones are answered and forgotten."""
    return lambda answer: _ShortTexts(answer, longest).__getitem__


def cached(longest: int) -> Callable[[Parser[P, R]], Parser[P, R]]:
    """The same for a parser that takes more than a text: the sheet's year, a pattern."""

    def decorate(parse: Parser[P, R]) -> Parser[P, R]:
        answers = lru_cache(maxsize=REMEMBERED)(parse)

        @wraps(parse)
        def parser(text: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if len(text) > longest:
                return parse(text, *args, **kwargs)
            return answers(text, *args, **kwargs)  # type: ignore[arg-type]  # lru_cache forgets the signature

        return parser

    return decorate
