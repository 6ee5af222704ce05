"""Every way a street may be found: by its words in any order, glued, or misspelt."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo.geocoding.gazetteer import Gazetteer
from geo.geocoding.names import SHORTER, Reading, forms, readings, shorter
from geo.geocoding.vocabulary import TITLES
from geo.geocoding.words import words

LANGUAGES: Final = ("fr", "nl")
MOST_NEAR: Final = 8
"""Misspelt names looked at a list; the ninth nearest was never the right one."""
_FORMS: Final = 4


LETTERS, BAG, WHOLE = range(3)
"""How a name fits: all its letters in order, its words in any order, or type and all."""
Found = list[tuple[int, int]]
"""Codes (see `Index.taken_apart`) and the edits they are away."""


class Spellings:
    """Glued names sorted by length, so that only those of like length are compared."""

    __slots__ = ("_codes", "_ends", "_texts")

    def __init__(self, spelt: Iterable[tuple[str, int]]) -> None:
        rows = sorted(spelt, key=lambda row: (len(row[0]), row))
        self._texts = [text for text, _ in rows]
        self._codes = [code for _, code in rows]
        self._ends = [len(text) for text in self._texts]

    def near(self, text: str, most: int) -> Found:
        """List the codes of the spellings at most that many edits away."""
        low = bisect_left(self._ends, len(text) - most)
        high = bisect_right(self._ends, len(text) + most)
        if low == high:
            return []
        found = process.extract(
            text, self._texts[low:high], scorer=OSA.distance, score_cutoff=most, limit=MOST_NEAR
        )
        return [(self._codes[low + at], int(edits)) for _, edits, at in found]


class Index:
    """The names of a gazetteer, twice each street: French and Dutch."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.read: list[Reading] = []
        self.street: list[int] = []
        self._bags: dict[str, list[int]] = {}
        self._glued: dict[str, list[int]] = {}
        self._given = set(TITLES)
        self._vocabulary: set[str] = set()
        postcodes: list[int] = gazetteer.postcode.tolist()
        pair_of = list(zip(gazetteer.names_fr, gazetteer.names_nl, strict=True))
        read = [
            tuple(
                readings(tuple(words(name)), language)[0] if name else None
                for language, name in zip(LANGUAGES, pair, strict=True)
            )
            for pair in pair_of
        ]
        for french, dutch in read:
            if french and dutch:
                self._given.update(set(french.core[:-1]) & set(dutch.core[:-1]))
        rests: dict[tuple[int, str], list[tuple[str, int]]] = defaultdict(list)
        wholes: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for street, pair in enumerate(read):
            postcode = postcodes[street]
            for at, one in enumerate(pair):
                if one is not None:
                    code = self._add(street, one)
                    kept = rests[postcode, one.language]
                    kept.append((one.rest, code))
                    kept.extend((text, code + SHORTER) for text in shorter(one, self._given))
                    wholes[postcode].append(("".join(words(pair_of[street][at])), code))
        self._rests = {key: Spellings(rows) for key, rows in rests.items()}
        self._wholes = {key: Spellings(rows) for key, rows in wholes.items()}
        self.postcodes = frozenset(postcodes)
        self._everywhere: dict[str, Spellings] = {}
        self._all_rests = rests
        self._all_wholes = wholes

    @staticmethod
    def taken_apart(code: int) -> tuple[int, int]:
        """Return the name and the form a code stands for."""
        return code // _FORMS, code % _FORMS

    @staticmethod
    def code(name: int, form: int) -> int:
        """Return the code of a name in one of its forms."""
        return name * _FORMS + form

    def spelt(self, read: Reading) -> list[int]:
        """List the codes of names with the same letters in the same order."""
        return self._glued.get(read.rest, [])

    def worded(self, read: Reading) -> list[int]:
        """List the codes of names with the same words in any order, whole or in part."""
        return self._bags.get(read.bag, [])

    def knows_words(self, words: Iterable[str]) -> bool:
        """Whether each of these is a word of some street, so hardly a misspelt one."""
        return all(word in self._vocabulary for word in words)

    def near(self, read: Reading, postcodes: Iterable[int], most: int) -> Found:
        """List the names a few edits away within some postcodes; none of them means anywhere."""
        lists = [
            self._rests[key] for code in postcodes if (key := (code, read.language)) in self._rests
        ] or [self._anywhere(read.language)]
        return [found for spellings in lists for found in spellings.near(read.rest, most)]

    def near_whole(self, text: str, postcodes: Iterable[int], most: int) -> Found:
        """List the names a few edits away, type and all; no postcodes means anywhere."""
        lists = [self._wholes[code] for code in postcodes if code in self._wholes]
        return [
            found
            for spellings in lists or [self._anywhere("")]
            for found in spellings.near(text, most)
        ]

    def _anywhere(self, language: str) -> Spellings:
        if language not in self._everywhere:
            rows = (
                [row for key, kept in self._all_rests.items() if key[1] == language for row in kept]
                if language
                else [row for kept in self._all_wholes.values() for row in kept]
            )
            self._everywhere[language] = Spellings(rows)
        return self._everywhere[language]

    def _add(self, street: int, read: Reading) -> int:
        code = len(self.read) * _FORMS
        self.read.append(read)
        self.street.append(street)
        self._vocabulary.update(read.core)
        for bag, form in forms(read, self._given):
            self._bags.setdefault(bag, []).append(code + form)
        self._glued.setdefault(read.rest, []).append(code)
        return code
