"""The levels a territory can be looked at, from the region down to the sector."""

from enum import StrEnum


class Level(StrEnum):
    """From the largest area to the smallest."""

    REGION = "region"
    MUNICIPALITY = "municipality"
    DISTRICT = "district"
    NEIGHBOURHOOD = "neighbourhood"
    SECTOR = "sector"


REGIONS = {
    "02000": {"fr": "Région flamande", "nl": "Vlaams Gewest"},
    "03000": {"fr": "Région wallonne", "nl": "Waals Gewest"},
    "04000": {"fr": "Région de Bruxelles-Capitale", "nl": "Brussels Hoofdstedelijk Gewest"},
}
"""REFNIS code and official names of the three regions (Statbel, REFNIS 2025)."""
_WALLOON = ("25", "5", "6", "8", "9")


def region_of(refnis: str) -> str:
    """Return the REFNIS code of the region a municipality lies in.

    The first digit is the province; Brabant (2) was divided: 21 Brussels, 25 Walloon, the rest
    Flemish.

    >>> region_of("21004"), region_of("11002"), region_of("52011"), region_of("25072")
    ('04000', '02000', '03000', '03000')
    """
    if refnis.startswith("21"):
        return "04000"
    return "03000" if refnis.startswith(_WALLOON) else "02000"
