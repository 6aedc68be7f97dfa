"""Comparison operators in front of (or behind) an expected value, in signs and in Italian words."""

import re
from typing import NamedTuple


class Operator(NamedTuple):
    """How the value is compared: `sign` is =, >, >=, < or <=, None where nothing is printed."""

    sign: str | None
    rest: str
    """The text without the operator and the article behind it."""
    is_deadline: bool = False
    """Printed as a word of time ("entro", "non oltre", "prima del"): a date is to be expected."""


_TO = r"(?: (?:a|al|allo|alla|alle|agli|ai|di|del|dello|della|delle|dei|degli)(?![^\W_])| (?:all|dell|d)['’])?"
_GREATER, _LESS = r"(?:maggiore|superiore)", r"(?:minore|inferiore)"
_MORE = r"pi(?:ù|u['’]?)"
_EQUAL_OR = r"(?:pari|uguale) (?:o|od|e) "
_OR_EQUAL = r" (?:(?:o|od|e) )?(?:uguale|pari)"
_SIGNS = {
    "ge": (">=", rf"> ?=|= ?>|>/=|[≥⩾≧]|(?:{_EQUAL_OR}{_GREATER}|{_GREATER}{_OR_EQUAL}|non (?:{_LESS}|meno)){_TO}"
           r"|(?:almeno|(?:come |un )?minimo(?: di)?)(?!\w)|min(?:\. ?| )(?=[0-9n€])"),
    "deadline": ("<=", r"(?:entro e non oltre|entro|non oltre)(?!\w)"),
    "before": ("<", r"prima (?:del|di|dell['’])(?!\w)"),
    "le": ("<=", rf"< ?=|= ?<|</=|[≤⩽≦]|(?:{_EQUAL_OR}{_LESS}|{_LESS}{_OR_EQUAL}|non (?:{_GREATER}|{_MORE})){_TO}"
           r"|(?:(?:al |un )?massimo(?: di)?|fino ad?)(?!\w)|max(?!\w)\.?"),
    "gt": (">", rf">|{_GREATER}{_TO}|{_MORE} (?:di|del(?:l['’])?)|oltre(?!\w)"),
    "lt": ("<", rf"<|{_LESS}{_TO}|meno (?:di|del(?:l['’])?)|sotto(?!\w)"),
    "eq": ("=", rf"=|(?:pari|uguale){_TO}(?!\w)"),
}  # fmt: skip
_ARTICLE = r" ?(?:(?:il|lo|la|i|gli|le|al|alla)(?= )|l['’])? ?"
_BEFORE = re.compile("(?:" + "|".join(f"(?P<{n}>{p})" for n, (_, p) in _SIGNS.items()) + f"){_ARTICLE}", re.IGNORECASE)
_BEHIND = (
    ("<=", re.compile(r"[ (](?:al )?(?:massimo|max)\.?\)?$", re.IGNORECASE)),
    (">=", re.compile(r"[ (](?:(?:come )?minimo|e oltre|o pi[ùu]['’]?|o superiore|almeno)\)?$", re.IGNORECASE)),
)


def split_operator(text: str) -> Operator:
    """The operator and what it governs: `non inferiore al 80%` → `>=`, `80%`; `10 gg max` → `<=`, `10 gg`.

    `text` is clean (one blank between words). Signs in the wrong order (`=>`, `=<`) mean what they seem to mean.
    """
    if match := _BEFORE.match(text):
        name = match.lastgroup or "eq"
        return Operator(_SIGNS[name][0], text[match.end() :], name in ("deadline", "before"))
    for sign, pattern in _BEHIND:
        if match := pattern.search(text):
            return Operator(sign, text[: match.start()].rstrip(" ("))
    return Operator(None, text)
