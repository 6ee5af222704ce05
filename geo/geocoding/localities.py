"""Postcodes and municipalities: what an address says of where it is."""

from collections import defaultdict
from dataclasses import replace
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo.errors import N_
from geo.geocoding.addresses import Parsed
from geo.geocoding.answers import Answer, Candidate, Reason, Rung
from geo.geocoding.gazetteer import Gazetteer, degrees
from geo.geocoding.search import Area
from geo.geocoding.vocabulary import CITY, LOCALITIES, REGION, STOPS
from geo.geocoding.words import words

LEAST_FUZZY: Final = 5
"""Letters from which one edit in a municipality's name is forgiven."""
LONGEST: Final = 4
"""Words of the longest name of a municipality."""
PROBABILITY: Final = 0.95
"""Of a postcode or municipality written without a street: typing slips remain (our choice)."""


def outside(postcode: int, answer: Answer) -> Answer:
    """Turn an answer down whose address says it lies elsewhere; what came close stays named."""
    reason = Reason(N_("Postcode {postcode} is not in the gazetteer."), {"postcode": str(postcode)})
    return Answer(
        rung=Rung.NONE,
        probability=0.0,
        candidates=tuple(replace(one, probability=0.0) for one in answer.candidates),
        reasons=(reason,),
    )


def asked(place: str, answer: Answer) -> Answer:
    """Turn an answer into a question: its address names a place that is not known here."""
    if answer.best is None:
        return answer
    found = f"{answer.best.street_fr} {answer.best.postcode} {answer.best.municipality_fr}"
    reason = Reason(
        N_("“{place}” is no place known here: is it {found} all the same?"),
        {"place": place, "found": " ".join(found.split())},
    )
    return replace(answer, ambiguous=True, reasons=(*answer.reasons, reason))


class Localities:
    """The postcodes and municipalities of a gazetteer, with the words people use for them."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._all = gazetteer
        codes: dict[int, list[int]] = defaultdict(list)
        for street, postcode in enumerate(gazetteer.postcode.tolist()):
            codes[postcode].append(street)
        self._streets = dict(codes)
        self._hundreds = {postcode // 100 for postcode in codes if postcode}
        self._phrases: dict[str, tuple[int, ...]] = dict(LOCALITIES)
        of_town: dict[int, set[int]] = defaultdict(set)
        pairs = zip(gazetteer.municipality.tolist(), gazetteer.postcode.tolist(), strict=True)
        counted: dict[tuple[int, int], int] = defaultdict(int)
        for pair in pairs:
            counted[pair] += 1
        for (town, postcode), count in counted.items():
            if count * 2 > len(codes[postcode]):
                of_town[town].add(postcode)
        for town, postcodes in of_town.items():
            for name in (gazetteer.municipalities_fr[town], gazetteer.municipalities_nl[town]):
                phrase = " ".join(words(name))
                if phrase and phrase not in REGION:
                    self._phrases.setdefault(phrase, tuple(sorted(postcodes)))
        self._spelt = sorted({*self._phrases, *REGION})
        self._area = lru_cache(maxsize=4096)(self._read)

    def area(self, postcode: int, place: str) -> Area:
        """Read where an address says it is."""
        return self._area(postcode, place)

    def _read(self, postcode: int, place: str) -> Area:
        phrase = self._phrase(place) if place else ""
        if phrase in REGION:
            return Area(postcode, CITY, weak=True)
        return Area(postcode, self._phrases.get(phrase, ()))

    def _phrase(self, place: str) -> str:
        if place in self._phrases or place in REGION or len(place) < LEAST_FUZZY:
            return place
        near = process.extractOne(
            place,
            self._spelt,
            scorer=OSA.distance,
            score_cutoff=1 if len(place) < 2 * LEAST_FUZZY else 2,
        )
        return str(near[0]) if near else place

    def trimmed(self, parsed: Parsed) -> Parsed | None:
        """Take a municipality off the end of the street's name; None where none ends it."""
        if parsed.place or not parsed.names:
            return None
        name = parsed.names[0]
        for count in range(min(LONGEST, len(name) - 2), 0, -1):
            phrase = " ".join(name[-count:])
            known = phrase in self._phrases or phrase in REGION
            if known and name[-count - 1] not in STOPS:
                names = (name[:-count], *parsed.names[1:])
                return parsed._replace(names=names, place=phrase)
        return None

    def outside(self, area: Area) -> bool:
        """Whether an address says it lies beyond what the gazetteer covers."""
        return bool(
            area.postcode
            and not area.place
            and self._hundreds
            and area.postcode // 100 not in self._hundreds
        )

    def known(self, area: Area) -> bool:
        """Whether an area is one of this gazetteer."""
        return bool(area.place or area.weak or (area.postcode and area.postcode in self._streets))

    def answer(self, area: Area, parsed: Parsed) -> Answer:
        """Answer by postcode or municipality where no street was found."""
        reasons: list[Reason] = []
        if parsed.names:
            name = " ".join(parsed.names[0])
            reasons.append(Reason(N_("No street is like “{name}”."), {"name": name}))
        if area.postcode and area.postcode not in self._streets:
            reasons.append(
                Reason(
                    N_("Postcode {postcode} is not in the gazetteer."),
                    {"postcode": str(area.postcode)},
                )
            )
            return Answer(rung=Rung.NONE, probability=0.0, reasons=tuple(reasons))
        if area.postcode:
            best = self._centre(Rung.POSTCODE, (area.postcode,))
        elif area.place and not area.weak:
            best = self._centre(Rung.MUNICIPALITY, area.place)
        elif area.weak:
            best = self._centre(Rung.MUNICIPALITY, CITY)
        else:
            best = None
        if best is None:
            if not parsed.names:
                reasons.append(Reason(N_("There is no address in it.")))
            return Answer(rung=Rung.NONE, probability=0.0, reasons=tuple(reasons))
        return Answer(
            rung=best.rung, probability=best.probability, best=best, reasons=tuple(reasons)
        )

    def _centre(self, rung: Rung, postcodes: tuple[int, ...]) -> Candidate | None:
        """Take the street nearest to the middle of some postcodes."""
        streets = [street for code in postcodes for street in self._streets.get(code, ())]
        if not streets:
            return None
        all_ = self._all
        known = [street for street in streets if degrees(int(all_.lon[street])) is not None]
        lon = lat = None
        if known:
            lons = sorted(all_.lon[known].tolist())
            lats = sorted(all_.lat[known].tolist())
            lon, lat = degrees(lons[len(lons) // 2]), degrees(lats[len(lats) // 2])
        towns = all_.municipality[streets].tolist()
        town = max(sorted(set(towns)), key=towns.count)
        return Candidate(
            rung=rung,
            probability=PROBABILITY,
            lon=lon,
            lat=lat,
            postcode=str(postcodes[0]) if len(postcodes) == 1 else "",
            municipality_fr=all_.municipalities_fr[town],
            municipality_nl=all_.municipalities_nl[town],
        )
