"""Reading a street name: its language, its type, and the words that tell it from others."""

from collections.abc import Container
from functools import lru_cache
from itertools import combinations
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from geo.geocoding.vocabulary import (
    ALWAYS_FR,
    BEFORE_TYPE_FR,
    FORMS_OF,
    SHORT_FR,
    SHORT_NL,
    STOPS,
    STRONG_FR,
    SUFFIXES_NL,
    TITLES,
    TYPES_FR,
    TYPES_NL,
    UNCLEAR_FR,
)
from geo.geocoding.words import words

FULL, INITIALS, SHORTER, CLIPPED = range(4)
"""Forms of a name: whole, given names as initials, given names left out, others left out."""
FIRST_NL: Final = frozenset(
    [
        *("steenweg", "stwg", "stw", "laan", "straat", "plein", "kaai", "dreef"),
        *("galerij", "baan", "weg", "markt", "square", "steeg"),
    ]
)
"""Dutch types that may stand first."""
FORMS_FR: Final = tuple(TYPES_FR)
FORMS_NL: Final = (*SUFFIXES_NL, "lan")
LONGEST_SHORT: Final = 3
"""Letters of a Dutch ending up to which two more letters must stand before it."""
LONGEST_BROKEN: Final = 6
"""Letters of a type misspelt beyond knowing; a longer one is found with the whole name."""
MOST_CORE: Final = 5
"""Words of a name up to which all shorter forms are made (2**5 is enough and small)."""
LEAST_CLIPPED: Final = 5
"""Letters a form without the last word must keep to say anything."""


_BY_LAST: Final = {
    letter: tuple(
        (suffix, len(suffix) + (1 if len(suffix) > LONGEST_SHORT else 2))
        for suffix in SUFFIXES_NL
        if suffix[-1] == letter
    )
    for letter in {suffix[-1] for suffix in SUFFIXES_NL}
}


class Reading(NamedTuple):
    """A street name taken apart.

    `kind` is the type in its full form ("rue", "straat", "" where none was found), `rest` the
    other words glued together, `core` those of them that are no stop words, in order; `broken` is
    what may be a misspelt type.
    """

    language: str
    kind: str
    rest: str
    core: tuple[str, ...]
    broken: str = ""

    @property
    def bag(self) -> str:
        """The core whatever the order of its words."""
        return " ".join(sorted(self.core))


def readings(tokens: tuple[str, ...], language: str = "") -> tuple[Reading, ...]:
    """Read the words of a name; two readings where its language decides and is not clear.

    >>> readings(("av", "du", "gen", "de", "gaulle"))[0][:4]
    ('fr', 'avenue', 'dugeneraldegaulle', ('general', 'gaulle'))
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


def forms(read: Reading, given: Container[str] = TITLES) -> list[tuple[str, int]]:
    """List the bags under which a name is found, with the form each is.

    `given` are the words that are left out of a person's name: given names and titles.

    >>> forms(Reading("fr", "rue", "emileclaus", ("emile", "claus")), {"emile"})
    [('claus emile', 0), ('claus e', 1), ('emile', 3), ('claus', 2)]
    """
    core = read.core
    made = {read.bag: FULL}
    if len(core) == 1:
        return list(made.items())
    before, last = core[:-1], core[-1]
    initials = [word[0] for word in before]
    shapes = ((*initials, last), ("".join(initials), last), (initials[0], *core[1:]))
    for shape in shapes:
        made.setdefault(" ".join(sorted(shape)), INITIALS)
    if len(core) > MOST_CORE:
        parts = [core[start:] for start in range(1, len(core))]
    else:
        parts = [
            shape for count in range(len(core) - 1, 0, -1) for shape in combinations(core, count)
        ]
    left_out = {word for word in before if word not in given}
    for shape in parts:
        kept = shape[-1] is last
        if kept or len("".join(shape)) >= LEAST_CLIPPED:
            form = SHORTER if kept and left_out <= set(shape) else CLIPPED
            made.setdefault(" ".join(sorted(shape)), form)
    return list(made.items())


def shorter(read: Reading, given: Container[str] = TITLES) -> list[str]:
    """List the glued forms of a name once its given names and titles are left out.

    >>> shorter(Reading("fr", "rue", "emileclaus", ("emile", "claus")), {"emile"})
    ['claus']
    """
    core = read.core
    made = []
    for start in range(1, len(core)):
        if core[start - 1] not in given:
            break
        made.append("".join(core[start:]))
    return made


def typed_ending(word: str) -> tuple[str, str]:
    """Split a Dutch word in its stem and the type it ends with, "" where there is none."""
    for suffix, before in _BY_LAST.get(word[-1:], ()):
        if len(word) > before and word.endswith(suffix):
            return word[: -len(suffix)], TYPES_NL[suffix]
    return word, ""


def _typed(tokens: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:  # noqa: PLR0911 - one a rule
    """Find language, type, and the other words; the whole where nothing else would be left."""
    if len(tokens) <= 1:
        return _typed_inside(tokens)
    first, last = tokens[0], tokens[-1]
    more = len(tokens) > 2  # noqa: PLR2004
    strong = more and last in STRONG_FR and first not in BEFORE_TYPE_FR
    if strong and TYPES_FR.get(first) not in STRONG_FR:
        return "fr", TYPES_FR[last], tokens[:-1]
    if first in TYPES_FR and (first not in UNCLEAR_FR or not typed_ending(last)[1]):
        return "fr", TYPES_FR[first], tokens[1:]
    if more and first in BEFORE_TYPE_FR and tokens[1] in TYPES_FR:
        return "fr", TYPES_FR[tokens[1]], (first, *tokens[2:])
    if first in FIRST_NL:
        return "nl", TYPES_NL[first], tokens[1:]
    if last in TYPES_NL or last in ALWAYS_FR:
        dutch = last in TYPES_NL
        return ("nl", TYPES_NL[last], tokens[:-1]) if dutch else ("fr", TYPES_FR[last], tokens[:-1])
    return _typed_inside(tokens)


def _typed_inside(tokens: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    """Find a Dutch ending anywhere, or a type that stands neither first nor last."""
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


def broken(tokens: tuple[str, ...]) -> list[Reading]:
    """Read a name whose type is misspelt beyond knowing: what may be the type is set apart.

    >>> [(read.broken, read.rest) for read in broken(("wv", "louise"))]
    [('wv', 'louise')]
    >>> [(read.broken, read.rest) for read in broken(("britsiersdn",))]
    [('n', 'britsiersd'), ('dn', 'britsiers')]
    """
    made = []
    first, last = tokens[0], tokens[-1]
    if len(tokens) > 1 and len(first) <= LONGEST_BROKEN and _like_type(first, FORMS_FR):
        made.append(_read("fr", "", tokens[1:])._replace(broken=first))
    if len(tokens) > 2 and first in BEFORE_TYPE_FR and _like_type(tokens[1], FORMS_FR):  # noqa: PLR2004
        made.append(_read("fr", "", (first, *tokens[2:]))._replace(broken=tokens[1]))
    for count in range(1, min(LONGEST_BROKEN, len(last) - 2) + 1):
        end = last[-count:]
        if _like_type(end, FORMS_NL):
            rest = (*tokens[:-1], last[:-count])
            made.append(_read("nl", "", rest)._replace(broken=end))
    return made


@lru_cache(maxsize=8192)
def _like_type(word: str, forms_known: tuple[str, ...]) -> bool:
    """Whether a word is one edit from a type or an abbreviation of one."""
    return any(OSA.distance(word, form, score_cutoff=1) <= 1 for form in forms_known)


@lru_cache(maxsize=8192)
def type_edits(word: str, kind: str) -> int:
    """Count the edits between a misspelt type and the nearest way to write one; 3 is many."""
    known = FORMS_OF.get(kind, ())
    return min((OSA.distance(word, form, score_cutoff=2) for form in known), default=3)


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
