"""Find records by what people type: without accents, half a word, a slip of the finger."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

MAX_QUERY = 200
"""Characters of a query that are read."""
MAX_TEXT = 2000
"""Characters of each text of a record that are searched."""
MAX_WORDS = 8
"""Different words of a query that are looked for; all of them must be found."""
MAX_WORD = 40
"""Characters of a word that count."""
ENOUGH = 3
"""A word that this many records hold as typed is not taken for a mistyped one."""

# How a word was found, best first; a word of the name weighs twice one about it.
SAME, BEGINS, WITHIN, ONE_SLIP, TWO_SLIPS = 1.0, 0.8, 0.6, 0.4, 0.3
NAME, OTHER = 1.0, 0.5
WHOLE_NAME, NAME_BEGINS = 4.0, 2.0

_WORD = re.compile(r"[^\W_]+")
_COMPOUND = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)+")  # noqa: RUF001 - both apostrophes are typed
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu)['’](?=\w)")  # noqa: RUF001
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "\u0131": "i"}
)
_STOP = frozenset(
    _WORD.findall(
        "a au aux d de du des en et l la le les un une bij den der een het in of op te ten ter "
        "the van voor and at for pour sur"
    )
)
_ALIKE = {"st": "saint", "ste": "saint", "sainte": "saint", "sint": "saint", "centra": "centrum"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchText:
    """What a record is called, and what else may be typed to find it."""

    name: Sequence[str]
    other: Sequence[str] = ()


def fold(text: str) -> str:
    """Strip accents, case and the difference between look-alike letters.

    >>> fold("Œuvre de l'Été")
    "oeuvre de l'ete"
    """
    if text.isascii():
        return text.lower()
    text = text.casefold().translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Reduce a folded word so that French and Dutch singular and plural meet.

    >>> stem("apotheken") == stem("apotheek"), stem("pharmacies") == stem("pharmacie")
    (True, True)
    """
    word = _ALIKE.get(word, word)
    if len(word) < 4:  # noqa: PLR2004 - shorter words have no plural to strip
        return word
    if word.endswith("aux") and not word.endswith("eaux"):
        word = word[:-3] + "al"
    elif word[-1] in "sx":
        word = word[:-1]
    elif word.endswith("en") and len(word) > 5:  # noqa: PLR2004 - "examen" but not "buren"
        word = word[:-2]
        if word[-1] in ("z", word[-2]):
            word = word[:-1]
        elif word[-1] == "v":
            word = word[:-1] + "f"
    return re.sub(r"([aeou])\1", r"\1", word)


def _words(text: str) -> list[str]:
    """Split a text into folded words, compounds also as one: "D'Broej" is d, broej, dbroej."""
    folded = fold(text[:MAX_TEXT])
    words = [word[:MAX_WORD] for word in _WORD.findall(folded)]
    joined = ("".join(_WORD.findall(found)) for found in _COMPOUND.findall(folded))
    return words + [word[:MAX_WORD] for word in joined]


def plain(text: str) -> str:
    """Return the folded words of a text, one space between them.

    >>> plain("Maison médicale « St-Guidon »")
    'maison medicale st guidon'
    """
    return " ".join(_WORD.findall(fold(text[:MAX_TEXT])))


class Index:
    """Records by the words they hold; built once, then read by any number of threads.

    >>> index = Index({"a": SearchText(name=["Pharmacie du Parvis"], other=["Marolles"])})
    >>> [key for key, _ in index.find("farmacie marol")]
    ['a']
    """

    def __init__(self, records: Mapping[str, SearchText]) -> None:
        self._ids = list(records)
        self._names = [[plain(name) for name in text.name] for text in records.values()]
        held = [self._weigh(text) for text in records.values()]
        self._vocabulary = sorted({word for words in held for word in words})
        number = {word: n for n, word in enumerate(self._vocabulary)}
        self._stems = [stem(word) for word in self._vocabulary]
        self._by_stem: dict[str, list[int]] = {}
        for n, root in enumerate(self._stems):
            self._by_stem.setdefault(root, []).append(n)
        # One row of numbers for all records, one after the other; each begins with the
        # empty word that nothing finds, so that a record without words has a row as well.
        empty = len(self._vocabulary)
        rows = [[(empty, 0.0), *((number[w], weight) for w, weight in ws.items())] for ws in held]
        self._starts = np.cumsum([0, *map(len, rows)])[:-1]
        self._word_of = np.array([n for row in rows for n, _ in row], dtype=np.intp)
        self._weight_of = np.array([weight for row in rows for _, weight in row])

    @staticmethod
    def _weigh(text: SearchText) -> dict[str, float]:
        weights = {word: OTHER for one in text.other for word in _cached_words(one)}
        return weights | {word: NAME for one in text.name for word in _words(one)}

    def find(self, query: str) -> list[tuple[str, float]]:
        """Return the ids of the records that hold every word, best first, with their scores.

        A query without a letter or digit finds nothing.
        """
        folded = _ELISION.sub("", fold(query[:MAX_QUERY]))[:MAX_QUERY]
        words = _query_words(folded)
        if not words or not self._ids:
            return []
        scores = np.array([self._score(word) for word in words])
        found = np.flatnonzero(scores.min(axis=0) > 0)
        phrase = " ".join(_WORD.findall(folded))
        ranked = []
        for n in found:
            score = float(scores[:, n].mean()) + self._bonus(phrase, self._names[n])
            name = self._names[n][0] if self._names[n] else ""
            ranked.append((-round(score, 6), name, self._ids[n]))
        return [(key, -score) for score, _, key in sorted(ranked)]

    @staticmethod
    def _bonus(phrase: str, names: Iterable[str]) -> float:
        best = 0.0
        for name in names:
            if name == phrase:
                return WHOLE_NAME
            if name.startswith(phrase):
                best = NAME_BEGINS
        return best

    def _score(self, word: str) -> NDArray[np.float64]:
        """Score every record for one word of the query: 0 where it is not found."""
        quality = np.zeros(len(self._vocabulary) + 1)
        self._as_typed(word, quality)
        score = self._spread(quality)
        if np.count_nonzero(score) < ENOUGH:
            self._mistyped(word, quality)
            score = self._spread(quality)
        return score

    def _spread(self, quality: NDArray[np.float64]) -> NDArray[np.float64]:
        held = quality[self._word_of] * self._weight_of
        return np.asarray(np.maximum.reduceat(held, self._starts), dtype=np.float64)

    def _as_typed(self, word: str, quality: NDArray[np.float64]) -> None:
        root = stem(word)
        if len(root) >= 4:  # noqa: PLR2004 - shorter pieces are within everything
            quality[[n for n, known in enumerate(self._vocabulary) if root in known]] = WITHIN
        first = bisect_left(self._vocabulary, word)
        last = bisect_left(self._vocabulary, word + chr(0x10FFFF))
        quality[first:last] = BEGINS
        quality[self._by_stem.get(root, [])] = SAME

    def _mistyped(self, word: str, quality: NDArray[np.float64]) -> None:
        allowed = allowed_slips(word)
        if not allowed:
            return
        away = cdist(
            [stem(word)], self._stems, scorer=OSA.distance, score_cutoff=allowed, dtype=np.uint8
        )[0]
        slips = np.append(away, allowed + 1)
        for many, worth in ((2, TWO_SLIPS), (1, ONE_SLIP)):
            if many <= allowed:
                near = slips == many
                quality[near] = np.maximum(quality[near], worth)


def allowed_slips(word: str) -> int:
    """Return how many letters of a word may be wrong, missing, added or swapped.

    >>> [allowed_slips(word) for word in ("bar", "jette", "pharmacie")]
    [0, 1, 2]
    """
    return (len(word) >= 4) + (len(word) >= 8)  # noqa: PLR2004 - the whole rule is here


@lru_cache(maxsize=8192)
def _cached_words(text: str) -> tuple[str, ...]:
    return tuple(_words(text))


def _query_words(folded: str) -> list[str]:
    words = list(dict.fromkeys(word[:MAX_WORD] for word in _WORD.findall(folded)))
    telling = [word for word in words if word not in _STOP]
    return (telling or words)[:MAX_WORDS]
