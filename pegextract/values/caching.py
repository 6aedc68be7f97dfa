"""A cache for parsers: forms repeat the same dates, weights and names thousands of times."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
Parser = Callable[Concatenate[str, P], R]

REMEMBERED = 4096
"""Values kept per parser; an archive of twenty years has a few hundred distinct dates, weights and names."""


def cached(longest: int) -> Callable[[Parser[P, R]], Parser[P, R]]:
    """Remember a parser's answers for texts of up to `longest` characters; longer ones are computed and forgotten.

    A megabyte of nonsense must neither be kept as a key nor push useful answers out.
    """

    def decorate(parse: Parser[P, R]) -> Parser[P, R]:
        remembered = lru_cache(maxsize=REMEMBERED)(parse)

        @wraps(parse)
        def parser(text: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if len(text) > longest:
                return parse(text, *args, **kwargs)
            return remembered(text, *args, **kwargs)  # type: ignore[arg-type]  # lru_cache forgets the signature

        return parser

    return decorate
