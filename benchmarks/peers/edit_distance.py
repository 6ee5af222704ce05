"""The matcher most people write: the nearest name within the postcode, by edit distance."""

from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from benchmarks.noise import Key, plain
from geo.geocoding import StreetRow

LEAST = 0.7
"""Likeness below which nothing is found; lower finds more and errs more."""

LEAST_ELSEWHERE = 0.9
"""The same for a name that is not in its postcode and is looked for in all."""


class EditDistance:
    """Names by postcode; without a postcode, or with one it does not know, all names."""

    def __init__(self, streets: Sequence[StreetRow]) -> None:
        self._names: dict[int, list[str]] = defaultdict(list)
        self._keys: dict[int, list[Key]] = defaultdict(list)
        for street in streets:
            for name in (street.name_fr, street.name_nl):
                for postcode in (street.postcode, 0):
                    self._names[postcode].append(plain(name))
                    self._keys[postcode].append((street.postcode, plain(street.name_fr)))

    def find(self, name: str, postcode: int) -> Key | None:
        """Return the nearest street, the first of those equally near: that is what it does."""
        within = postcode if postcode in self._names else 0
        found = self._best(name, within, LEAST)
        return found or (self._best(name, 0, LEAST_ELSEWHERE) if within else None)

    def _best(self, name: str, within: int, least: float) -> Key | None:
        best = process.extractOne(
            plain(name),
            self._names[within],
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=least,
        )
        return self._keys[within][best[2]] if best else None
