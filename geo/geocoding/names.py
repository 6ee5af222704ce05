"""Reading a street name: its language, its type, and the words that tell it from others."""

from functools import lru_cache
from itertools import combinations
from typing import Final, NamedTuple

from geo.geocoding.vocabulary import (
    ALWAYS_FR,
    BEFORE_TYPE_FR,
    SHORT_FR,
    SHORT_NL,
    STOPS,
    SUFFIXES_NL,
    TYPES_FR,
    TYPES_NL,
)
from geo.geocoding.words import words

FULL, INITIALS, SHORTER, CLIPPED = range(4)
"""Forms of a name: whole, given names as initials, words left out, the end left out too."""
MOST_CORE: Final = 5
"""Words of a name up to which all shorter forms are made (2**5 is enough and small)."""
LEAST_CLIPPED: Final = 5
"""Letters a form without the last word must keep to say anything."""


class Reading(NamedTuple):
    """A street name taken apart.

    `kind` is the type in its full form ("rue", "straat", "" where none was found), `rest` the
    other words glued together, `core` those of them that are no stop words, in order.
    """

    language: str
    kind: str
    rest: str
    core: tuple[str, ...]

    @property
    def bag(self) -> str:
        """The core whatever the order of its words."""
        return " ".join(sorted(self.core))


def readings(tokens: tuple[str, ...], language: str = "") -> tuple[Reading, ...]:
    """Read the words of a name; two readings where its language decides and is not clear.

    >>> readings(("av", "du", "gen", "de", "gaulle"))[0]
    Reading(language='fr', kind='avenue', rest='dugeneraldegaulle', core=('general', 'gaulle'))
    >>> readings(("louizaln",))[0].kind
    'laan'
    """
    spoken, kind, rest = _typed(tokens)
    first = spoken or language or "fr"
    read = _read(first, kind, rest)
    if spoken or language:
        return (read,)
    other = _read("nl", kind, rest)
    return (read,) if other[2:] == read[2:] else (read, other)


@lru_cache(maxsize=4096)
def canonical(name: str, language: str = "") -> str:
    """Write a street name in the one form all its spellings share.

    Doing it again changes nothing.

    >>> canonical("Av. du Gén. de Gaulle"), canonical("Hoogstr.")
    ('avenue du general de gaulle', 'hoog straat')
    """
    spoken, kind, rest = _typed(tuple(words(name)))
    short = SHORT_NL if (spoken or language) == "nl" else SHORT_FR
    plain = " ".join(short.get(word, word) for word in rest)
    ordered = (plain, kind) if spoken == "nl" else (kind, plain)
    return " ".join(part for part in ordered if part)


def forms(read: Reading) -> list[tuple[str, int]]:
    """List the bags under which a name is found, with the form each is.

    >>> forms(Reading("fr", "rue", "emileclaus", ("emile", "claus")))
    [('claus emile', 0), ('claus e', 1), ('claus', 2), ('emile', 3)]
    """
    core = read.core
    made = {read.bag: FULL}
    if len(core) > 1:
        given = core[:-1]
        together = "".join(word[0] for word in given)
        for shape in (
            (*(word[0] for word in given), core[-1]),
            (together, core[-1]),
            (given[0][0], *core[1:]),
        ):
            made.setdefault(" ".join(sorted(shape)), INITIALS)
        for count in range(len(core) - 1, 0, -1) if len(core) <= MOST_CORE else ():
            for shape in combinations(core, count):
                kept = shape[-1] is core[-1]
                if kept or len("".join(shape)) >= LEAST_CLIPPED:
                    made.setdefault(" ".join(sorted(shape)), SHORTER if kept else CLIPPED)
        if len(core) > MOST_CORE:
            for start in range(1, len(core)):
                made.setdefault(" ".join(sorted(core[start:])), SHORTER)
    return list(made.items())


def shorter(read: Reading) -> list[str]:
    """List the glued forms a misspelt name may be of once its first words are left out."""
    core = read.core
    return ["".join(core[start:]) for start in range(1, len(core))]


def typed_ending(word: str) -> tuple[str, str]:
    """Split a Dutch word in its stem and the type it ends with, "" where there is none."""
    for suffix in SUFFIXES_NL:
        if word.endswith(suffix) and len(word) > len(suffix) + (1 if len(suffix) > 3 else 2):  # noqa: PLR2004 - short endings need more before them
            return word[: -len(suffix)], TYPES_NL[suffix]
    return word, ""


def _typed(tokens: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    """Find language, type, and the other words; the whole where nothing else would be left."""
    if len(tokens) > 1:
        first, last = tokens[0], tokens[-1]
        if first in TYPES_FR:
            return "fr", TYPES_FR[first], tokens[1:]
        if len(tokens) > 2 and first in BEFORE_TYPE_FR and tokens[1] in TYPES_FR:  # noqa: PLR2004
            return "fr", TYPES_FR[tokens[1]], (first, *tokens[2:])
        if first == "steenweg" or first in ("stwg", "stw"):
            return "nl", "steenweg", tokens[1:]
        if last in TYPES_NL:
            return "nl", TYPES_NL[last], tokens[:-1]
    for place in range(len(tokens) - 1, -1, -1):
        stem, kind = typed_ending(tokens[place])
        if kind:
            return "nl", kind, (*tokens[:place], stem, *tokens[place + 1 :])
    for place, token in enumerate(tokens[1:], 1):
        if token in ALWAYS_FR:
            return "fr", TYPES_FR[token], (*tokens[:place], *tokens[place + 1 :])
        if token in TYPES_NL and len(token) > 3:  # noqa: PLR2004 - abbreviations stand last
            return "nl", TYPES_NL[token], (*tokens[:place], *tokens[place + 1 :])
    return "", "", tokens


def _read(language: str, kind: str, rest: tuple[str, ...]) -> Reading:
    short = SHORT_NL if language == "nl" else SHORT_FR
    full: list[str] = []
    for token in rest:
        word = short.get(token)
        if word is None:
            full.append(token)
        else:
            full.extend(word.split())
    core = tuple([word for word in full if word not in STOPS])
    return Reading(language, kind, "".join(full), core or tuple(full) or (kind,))
