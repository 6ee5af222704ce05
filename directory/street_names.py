"""The streets of places, and whether a text tells one."""

import re
from collections.abc import Iterable
from typing import Final

from directory.places import Place
from directory.search import fold

_WORD: Final = re.compile(r"[^\W_]+")
_SHORTEST_STREET: Final = 4
"""Letters of a street's name that are looked for in a text; fewer are in any text."""


def street_names(places: Iterable[Place]) -> frozenset[str]:
    """Return the streets of some places in the form `tells_street` looks for."""
    told = (_words(text) for place in places for text in place.address.street.values())
    return frozenset(name for name in told if len(name) >= _SHORTEST_STREET)


def tells_street(text: str, streets: Iterable[str]) -> bool:
    """Whether a text names one of some streets.

    >>> tells_street("Nous sommes RUE  Zyx, 4", {"rue zyx"})
    True
    """
    told = f" {_words(text)} "
    return any(f" {street} " in told for street in streets)


def _words(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))
