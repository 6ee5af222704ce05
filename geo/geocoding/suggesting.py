"""Streets for what has been typed so far."""

from bisect import bisect_left
from typing import Final

from geo.geocoding.gazetteer import Gazetteer
from geo.geocoding.vocabulary import STOPS
from geo.geocoding.words import words

LOOKED_AT: Final = 400
"""Names looked at for one prefix."""


class Suggestions:
    """Street names by every word they may be begun with."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        rows: list[tuple[str, int, int]] = []
        pairs = zip(gazetteer.names_fr, gazetteer.names_nl, strict=True)
        for street, pair in enumerate(pairs):
            for name in pair:
                found = words(name)
                for at, word in enumerate(found):
                    if not at or word not in STOPS:
                        rows.append((" ".join(found[at:]), at, street))
        rows.sort()
        self._texts = [text for text, _, _ in rows]
        self._rows = rows

    def streets(self, typed: str, limit: int) -> list[int]:
        """List streets a word of which begins as typed: whole names first, then short ones."""
        prefix = " ".join(words(typed))
        if not prefix:
            return []
        low = bisect_left(self._texts, prefix)
        found = []
        for text, at, street in self._rows[low : low + LOOKED_AT]:
            if not text.startswith(prefix):
                break
            found.append((at > 0, len(text), street))
        return list(dict.fromkeys(street for _, _, street in sorted(found)))[:limit]
