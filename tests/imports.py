"""A small file of the usual kind, and a geocoder that knows its streets."""

from collections.abc import Callable, Sequence

from directory.authors import Author
from directory.importing.fields import Field
from directory.importing.records import Batch
from geo.geocoding.answers import Answer, Candidate, Query, Reason, Rung

Begin = Callable[..., Batch]
BY = Author("Relais")
BRUSSELS = (4.24, 50.76, 4.48, 50.92)
COLUMNS = ("Nom", "Catégorie", "Adresse", "Téléphone", "Horaires")
MAPPING = (Field.NAME, Field.CATEGORY, Field.ADDRESS, Field.PHONE, Field.HOURS)
ROWS = (
    ("Maison A", "CPAS", "Rue Haute 1", "02 529 00 00", "lun-ven 9h-12h"),
    ("Huis B", "buurthuis", "Hoogstraat 2", "", "ma-vr 9-12u"),
    ("Sans place", "CPAS", "", "", ""),
    ("Pharmacie C", "pharmacei", "Rue Haute 3", "", ""),
    ("Huis D", "OCMW", "Twijfelstraat 4", "", ""),
    ("Huis E", "OCMW", "Nergens 5", "", "quand on veut"),
)


def _candidate(number: str, **given: object) -> Candidate:
    facts = {
        "rung": Rung.ADDRESS,
        "probability": 0.97,
        "lon": 4.35 + int(number) / 1000,
        "lat": 50.84,
        "street_fr": "Rue Haute",
        "street_nl": "Hoogstraat",
        "number": number,
        "postcode": "1000",
    }
    return Candidate(**(facts | given))  # type: ignore[arg-type]


class FakeGeocoder:
    """Knows the streets of the rows above; counts how often each is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def find_many(self, queries: Sequence[Query]) -> list[Answer]:
        return [self._find(query) for query in queries]

    def _find(self, query: Query) -> Answer:
        text = query.text or f"{query.street} {query.number}"
        self.asked.append(text)
        number = text.split()[-1] if text.split()[-1].isdigit() else "1"
        if text.startswith(("Rue Haute", "Hoogstraat")):
            best = _candidate(number)
            return Answer(rung=best.rung, probability=0.97, best=best, candidates=(best,))
        if text.startswith("Twijfel"):
            both = (_candidate("4", probability=0.5), _candidate("5", probability=0.5))
            why = (Reason("Two streets fit."),)
            return Answer(
                rung=Rung.ADDRESS,
                probability=0.5,
                best=both[0],
                candidates=both,
                reasons=why,
                ambiguous=True,
            )
        return Answer(rung=Rung.NONE, probability=0.0)
