"""What each liberty an address takes costs: one edit is 1; the sum ranks candidates.

Chosen on our benchmark with several seeds (2026-11), in steps of a tenth; nothing depends on the
second decimal.
"""

from typing import Final

from geo.geocoding.names import CLIPPED, FULL, INITIALS, SHORTER, Reading, type_edits

FORM_COST: Final = {FULL: 0.0, INITIALS: 0.45, SHORTER: 0.7, CLIPPED: 1.1}
LOOSE_BAG: Final = 0.35
"""Its words are there, but in another order, or without its small words."""
NO_TYPE: Final = 0.5
OTHER_TYPE: Final = 1.6
OTHER_LANGUAGE_TYPE: Final = 0.6
UNTYPED_NAME: Final = 0.3
"""A type where the street bears none ("Rue Dieweg")."""
OTHER_POSTCODE: Final = 1.2
OTHER_POSTCODE_RIGHT_PLACE: Final = 0.8
RIGHT_POSTCODE_OTHER_PLACE: Final = 0.2
OTHER_PLACE: Final = 1.1
UNKNOWN_POSTCODE: Final = 0.2
"""The street came from a graph, which tells no postcodes."""
OUTSIDE_CITY: Final = 0.2
"""Brussels is said of the City, and of the nineteen."""
UNKNOWN_NUMBER: Final = 0.7
"""The number is known in another street that fits, not in this one."""
WHOLE_EDITS: Final = 0.05
"""The type was not understood, so edits were counted on it too."""
BOTH_NAMES: Final = 0.6
"""Taken off where a second name given says the same street."""

_TRANSLATED: Final = {
    "straat": {"rue"},
    "laan": {"avenue", "boulevard"},
    "plein": {"place"},
    "plaats": {"place"},
    "steenweg": {"chaussee"},
    "dreef": {"dreve", "avenue"},
    "weg": {"chemin", "route", "sentier", "rue"},
    "square": {"square"},
    "kaai": {"quai"},
    "gang": {"impasse"},
    "steeg": {"venelle"},
    "gaarde": {"clos"},
    "hof": {"clos", "cour"},
    "markt": {"marche", "place"},
    "galerij": {"galerie"},
    "voorplein": {"parvis"},
    "blok": {"carre"},
}


def type_cost(asked: Reading, known: Reading) -> float:
    """Tell what a type that is missing or another costs."""
    if asked.kind == known.kind:
        return 0.0
    if asked.broken:
        return float(min(type_edits(asked.broken, known.kind), OTHER_TYPE))
    if not asked.kind:
        return NO_TYPE
    if not known.kind:
        return UNTYPED_NAME
    if asked.language != known.language:
        dutch, french = (
            (asked.kind, known.kind) if asked.language == "nl" else (known.kind, asked.kind)
        )
        return OTHER_LANGUAGE_TYPE if french in _TRANSLATED.get(dutch, ()) else OTHER_TYPE
    return OTHER_TYPE


def most_edits(letters: int, *, known_place: bool) -> int:
    """Tell how many edits a name of that many letters may have.

    >>> [most_edits(n, known_place=True) for n in (2, 4, 6, 10, 14)]
    [0, 1, 2, 3, 3]
    """
    if known_place:
        return 0 if letters < 3 else 1 if letters < 5 else 2 if letters < 9 else 3  # noqa: PLR2004
    return 0 if letters < 4 else 1 if letters < 7 else 2  # noqa: PLR2004
