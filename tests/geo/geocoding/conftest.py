import csv
from pathlib import Path

import pytest

from geo.geocoding import Gazetteer, Geocoder, NamedPlace, StreetRow


@pytest.fixture(scope="session")
def brussels(official_data: Path) -> Geocoder:
    """Every street of the Region, without house numbers."""
    with (official_data / "best_brussels_streets_2022.csv").open(encoding="utf-8") as file:
        return Geocoder(
            Gazetteer.of(
                StreetRow(
                    row["street_fr"], row["street_nl"], int(row["postal_id"]),
                    row["city_fr"], row["city_nl"],
                )
                for row in csv.DictReader(file)
            )
        )  # fmt: skip


def along(numbers: list[str], *, lat: float = 50.84) -> list[tuple[str, float, float]]:
    """Houses every ten-thousandth of a degree east, odd numbers a little north of even ones."""
    out = []
    for text in numbers:
        number = int("".join(char for char in text.split("-")[0] if char.isdigit()))
        out.append((text, 4.35 + number / 10_000, lat + (number % 2) / 10_000))
    return out


@pytest.fixture(scope="session")
def village() -> Geocoder:
    """A few streets one can work out by hand."""
    bru = ("Bruxelles", "Brussel")
    rows = [
        StreetRow("Rue Haute", "Hoogstraat", 1000, *bru,
                  houses=along(["2", "4", "8", "1", "3A", "3B", "12-16"])),
        StreetRow("Rue Blaes", "Blaesstraat", 1000, *bru, houses=along(["10", "11"], lat=50.8401)),
        StreetRow("Rue de l'Eglise", "Kerkstraat", 1060, "Saint-Gilles", "Sint-Gillis",
                  houses=along(["1", "2", "50"], lat=50.82)),
        StreetRow("Rue de l'Eglise", "Kerkstraat", 1082, "Berchem-Sainte-Agathe",
                  "Sint-Agatha-Berchem", houses=along(["1", "2"], lat=50.86)),
        StreetRow("Rue Joseph Dupont", "Joseph Dupontstraat", 1000, *bru),
        StreetRow("Rue Pierre Dupont", "Pierre Dupontstraat", 1000, *bru),
        StreetRow("Boulevard Léopold II", "Leopold II laan", 1080, "Molenbeek-Saint-Jean",
                  "Sint-Jans-Molenbeek"),
        StreetRow("Avenue Louise", "Louizalaan", 1050, "Ixelles", "Elsene",
                  houses=along(["1", "3"], lat=50.83)),
        StreetRow("Avenue Louise", "Louizalaan", 1050, *bru, houses=along(["331"], lat=50.825)),
    ]  # fmt: skip
    place = NamedPlace(
        id="p1", names=("Maison de quartier Bonnevie", "Buurthuis Bonnevie"), lon=4.33, lat=50.855
    )
    twins = [
        NamedPlace(id=key, names=("Bibliothèque communale",), lon=4.3, lat=50.85)
        for key in ("b1", "b2")
    ]
    return Geocoder(Gazetteer.of(rows, source="drawn"), [place, *twins])
