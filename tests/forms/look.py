"""How a drawn form looks: the choices that the three drawing programs share."""

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """One way to lay the form out on paper."""

    rules: bool = True
    """Lines around the cells."""
    landscape: bool = False
    label_left: bool = True
    """The label of the description stands in a narrow column at the left, else above the text."""
    middle: bool = False
    """Cells are aligned at their middle, else at their top."""
    gantt: bool = True
    """A drawing of the phases over the months."""
    new_page: bool = True
    """The phases begin on a new page, under the repeated code and title."""


def random_look(rng: random.Random) -> Look:
    """Any of the looks."""
    return Look(*(rng.random() < share for share in (0.6, 0.4, 0.7, 0.4, 0.6, 0.5)))
