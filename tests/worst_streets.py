"""Streets and houses for the worst file, and a register of them in the form of BeSt."""

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SEED = 2026
CENTRES = {
    "1000": (4.3517, 50.8466),
    "1020": (4.3500, 50.8790),
    "1030": (4.3780, 50.8640),
    "1040": (4.3850, 50.8370),
    "1050": (4.3720, 50.8270),
    "1060": (4.3450, 50.8280),
    "1070": (4.3130, 50.8370),
    "1080": (4.3330, 50.8560),
    "1081": (4.3280, 50.8620),
    "1082": (4.2960, 50.8640),
    "1083": (4.3120, 50.8720),
    "1090": (4.3280, 50.8770),
    "1120": (4.3900, 50.8980),
    "1130": (4.4150, 50.8950),
    "1140": (4.4010, 50.8700),
    "1150": (4.4320, 50.8360),
    "1160": (4.4310, 50.8150),
    "1170": (4.4150, 50.8040),
    "1180": (4.3390, 50.8020),
    "1190": (4.3230, 50.8130),
    "1200": (4.4250, 50.8480),
    "1210": (4.3690, 50.8530),
}
"""About the middle of each postcode, degrees; houses are spread around it."""
TOWNS = {
    "1000": ("Bruxelles", "Brussel"),
    "1020": ("Laeken", "Laken"),
    "1030": ("Schaerbeek", "Schaarbeek"),
    "1040": ("Etterbeek", "Etterbeek"),
    "1050": ("Ixelles", "Elsene"),
    "1060": ("Saint-Gilles", "Sint-Gillis"),
    "1070": ("Anderlecht", "Anderlecht"),
    "1080": ("Molenbeek-Saint-Jean", "Sint-Jans-Molenbeek"),
    "1180": ("Uccle", "Ukkel"),
    "1190": ("Forest", "Vorst"),
    "1210": ("Saint-Josse-ten-Noode", "Sint-Joost-ten-Node"),
}
STREETS = (
    ("1000", "Rue Haute", "Hoogstraat"),
    ("1000", "Rue Blaes", "Blaesstraat"),
    ("1000", "Rue du Renard", "Vossenstraat"),
    ("1000", "Place du Jeu de Balle", "Vossenplein"),
    ("1000", "Rue des Tanneurs", "Huidevettersstraat"),
    ("1000", "Rue du Midi", "Zuidstraat"),
    ("1000", "Rue Neuve", "Nieuwstraat"),
    ("1000", "Boulevard Anspach", "Anspachlaan"),
    ("1000", "Rue Antoine Dansaert", "Antoine Dansaertstraat"),
    ("1000", "Rue de Flandre", "Vlaamsesteenweg"),
    ("1000", "Rue de la Loi", "Wetstraat"),
    ("1000", "Rue Royale", "Koningsstraat"),
    ("1000", "Boulevard du Midi", "Zuidlaan"),
    ("1020", "Rue Marie-Christine", "Maria-Christinastraat"),
    ("1020", "Avenue Houba de Strooper", "Houba de Strooperlaan"),
    ("1030", "Chaussée de Haecht", "Haachtsesteenweg"),
    ("1030", "Avenue Louis Bertrand", "Louis Bertrandlaan"),
    ("1030", "Rue Josaphat", "Josafatstraat"),
    ("1030", "Avenue Rogier", "Rogierlaan"),
    ("1040", "Avenue d'Auderghem", "Oudergemselaan"),
    ("1040", "Rue Gray", "Graystraat"),
    ("1050", "Chaussée d'Ixelles", "Elsensesteenweg"),
    ("1050", "Avenue Louise", "Louizalaan"),
    ("1050", "Place Eugène Flagey", "Eugène Flageyplein"),
    ("1060", "Chaussée de Charleroi", "Charleroisesteenweg"),
    ("1060", "Parvis de Saint-Gilles", "Sint-Gillisvoorplein"),
    ("1060", "Rue de la Victoire", "Overwinningsstraat"),
    ("1070", "Rue Wayez", "Wayezstraat"),
    ("1070", "Chaussée de Mons", "Bergensesteenweg"),
    ("1070", "Place de la Vaillance", "Dapperheidsplein"),
    ("1080", "Chaussée de Gand", "Gentsesteenweg"),
    ("1080", "Boulevard Léopold II", "Leopold II-laan"),
    ("1080", "Rue du Comte de Flandre", "Graaf van Vlaanderenstraat"),
    ("1180", "Avenue Brugmann", "Brugmannlaan"),
    ("1180", "Rue Xavier De Bue", "Xavier De Buestraat"),
    ("1190", "Avenue Van Volxem", "Van Volxemlaan"),
    ("1210", "Rue Royale", "Koningsstraat"),
    ("1210", "Place Saint-Josse", "Sint-Joostplein"),
)
"""Streets everybody knows; "Rue Royale" twice, as it is."""


@dataclass(frozen=True, slots=True)
class House:
    """An address and where it is, degrees."""

    postcode: str
    street_fr: str
    street_nl: str
    number: str
    towns: tuple[str, str]
    lon: float
    lat: float

    @property
    def where(self) -> tuple[float, float]:
        return self.lon, self.lat


def houses(streets: Sequence[tuple[str, str, str]] = STREETS, each: int = 30) -> list[House]:
    """Return the houses 1 to `each` of every street, some metres from one another."""
    draw = random.Random(SEED)  # noqa: S311 - the same at every run
    found = []
    for postcode, french, dutch in streets:
        lon, lat = CENTRES[postcode]
        east, north = draw.uniform(-0.008, 0.008), draw.uniform(-0.005, 0.005)
        towns = TOWNS.get(postcode, ("Bruxelles", "Brussel"))
        for number in range(1, each + 1):
            at = round(lon + east + number * 1.7e-4, 6), round(lat + north + number * 4e-5, 6)
            found.append(House(postcode, french, dutch, str(number), towns, *at))
    return found


def listed_streets(path: Path) -> list[tuple[str, str, str]]:
    """Return the streets of the official list that have both names."""
    with path.open(encoding="utf-8", newline="") as lines:
        named = [
            (row["postal_id"], row["street_fr"], row["street_nl"]) for row in csv.DictReader(lines)
        ]
    return sorted({one for one in named if one[0] in CENTRES and all(one)})


def write_best(path: Path, given: Sequence[House]) -> None:
    """Write houses in the form of the BeSt address register."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(
            (
                *("EPSG:4326_lat", "EPSG:4326_lon", "box_number", "house_number"),
                *("municipality_name_fr", "municipality_name_nl", "postcode"),
                *("streetname_fr", "streetname_nl", "status"),
            )
        )
        for one in given:
            lines.writerow(
                (
                    *(one.lat, one.lon, "", one.number, *one.towns, one.postcode),
                    *(one.street_fr, one.street_nl, "current"),
                )
            )
