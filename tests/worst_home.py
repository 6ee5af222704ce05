"""An installation into which the worst file goes: a small directory and a list of addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from exchange.gazetteer import build_gazetteer
from tests.browser.homes import KOEKELBERG, MAROLLES, point, small
from tests.worst_file import Known, Row, worst_rows
from tests.worst_streets import House, houses, write_best

BRUSSELS = ("Bruxelles", "Brussel")


@dataclass(frozen=True, slots=True)
class Ground:
    """What there is, and the rows of the file that fit it."""

    houses: list[House]
    rows: list[Row]


def prepare(home: Path, streets: Sequence[tuple[str, str, str]] = (), each: int = 30) -> Ground:
    """Add a list of addresses to a copy of the small installation, return the rows of a file."""
    around = houses(streets, each) if streets else houses()
    known = twins()
    names = {(one.house.street_fr, one.house.number) for one in known}
    others = [one for one in around if (one.street_fr, one.number) not in names]
    given = [*(one.house for one in known), *others]
    best = home / "best.csv"
    write_best(best, given)
    build_gazetteer(home, best=best)
    return Ground(given, worst_rows(others, known))


def fresh(home: Path, streets: Sequence[tuple[str, str, str]] = (), each: int = 30) -> Ground:
    """Make the small installation, then as `prepare`."""
    small(home)
    return prepare(home, streets, each)


def twins() -> list[Known]:
    """Return the actors of the small installation the file has once more."""
    return [
        Known(
            "Pharmacie de la Chapele",
            _house("Rue Haute", "Hoogstraat", "12", point(MAROLLES)),
            phone="02/511 00 00",
        ),
        Known(
            "Apotheek De Vos",
            _house("Rue du Renard", "Vossenstraat", "3", point(MAROLLES, 60, 40)),
            phone="0475 20 20 20",
        ),
        Known(
            "ECOLE BLAES",
            _house("Rue Blaes", "Blaesstraat", "120", point(MAROLLES, -70, -50)),
            category="école",
        ),
        Known(
            "Muntpunt (bibliotheek)",
            _house("Place de la Monnaie", "Munt", "6", point(MAROLLES, 200, 1300)),
            category="bib",
        ),
        Known(
            "Pharmacie Ste-Anne",
            _house("Rue Jacquet", "Jacquetstraat", "8", point(KOEKELBERG), "1081"),
        ),
    ]


def _house(
    french: str, dutch: str, number: str, at: dict[str, float], postcode: str = "1000"
) -> House:
    towns = BRUSSELS if postcode == "1000" else ("Koekelberg", "Koekelberg")
    lon, lat = round(at["lon"], 6), round(at["lat"], 6)
    return House(postcode, french, dutch, number, towns, lon, lat)
