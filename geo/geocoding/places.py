"""Places of the directory by name: what people write instead of an address."""

from collections.abc import Iterable
from typing import Final

from geo.geocoding.answers import Candidate, NamedPlace, Rung
from geo.geocoding.index import Spellings
from geo.geocoding.vocabulary import STOPS
from geo.geocoding.words import words

EXACT: Final = 0.9
"""Probability of a place whose whole name was written (ours; names are not unique in life)."""
MISSPELT: Final = 0.75
LETTERS_AN_EDIT: Final = 7
MOST_EDITS: Final = 2


class Places:
    """Named places, found by their whole name, small words apart, or a few edits away."""

    def __init__(self, places: Iterable[NamedPlace]) -> None:
        self._places = list(places)
        self._named: dict[str, list[int]] = {}
        for at, place in enumerate(self._places):
            for name in {_key(name) for name in place.names} - {""}:
                self._named.setdefault(name, []).append(at)
        names = list(self._named)
        self._keys = names
        self._spelt = Spellings((name, at) for at, name in enumerate(names))

    def __len__(self) -> int:
        return len(self._places)

    def find(self, texts: Iterable[str]) -> list[Candidate]:
        """List the places one of the texts names; several where a name is not unique."""
        keys = [key for key in (_key(text) for text in texts) if key]
        for key in keys:
            if key in self._named:
                return self._candidates(self._named[key], EXACT)
        for key in keys:
            most = min(len(key) // LETTERS_AN_EDIT, MOST_EDITS)
            near = self._spelt.near(key, most) if most else []
            least = min((edits for _, edits in near), default=0)
            found = {
                at for code, edits in near if edits == least for at in self._named[self._keys[code]]
            }
            if found:
                return self._candidates(sorted(found), MISSPELT)
        return []

    def _candidates(self, found: list[int], probability: float) -> list[Candidate]:
        return [
            Candidate(
                rung=Rung.PLACE,
                probability=probability / len(found),
                lon=self._places[at].lon,
                lat=self._places[at].lat,
                place_id=self._places[at].id,
            )
            for at in found
        ]


def _key(text: str) -> str:
    found = words(text)
    return "".join(word for word in found if word not in STOPS) or "".join(found)
