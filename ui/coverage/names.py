"""The names of areas of any level, for a reader."""

from directory.atlas import Atlas
from geo.levels import REGIONS, Level


def area_name(atlas: Atlas, level: Level, key: str, language: str) -> str:
    """Return the name of an area, French where the language is not Dutch, else its code.

    The official file has sectors without a name.
    """
    return _name(atlas, level, key, language).strip() or key


def _name(atlas: Atlas, level: Level, key: str, language: str) -> str:
    if level is Level.SECTOR:
        return atlas.sector_name(key, language)
    if level is Level.NEIGHBOURHOOD:
        return atlas.neighbourhood_name(key, language)
    if level is Level.MUNICIPALITY:
        return atlas.municipality_name(key, language)
    if level is Level.REGION:
        return REGIONS[key]["nl" if language == "nl" else "fr"]
    districts = atlas.territory.districts
    column = "name_nl" if language == "nl" else "name_fr"
    return str(districts.loc[key, column]) if key in districts.index else ""
