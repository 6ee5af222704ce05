"""How many people live in each area, as the browser fetches it once: no category changes it."""

import json

import numpy as np
from numpy.typing import NDArray

from directory.atlas import Atlas
from directory.indicators import POPULATION, BySector, Rule, Unit, by_sector, newest
from geo.coverage import members
from geo.levels import Level
from layers.layer import Scene


def inhabitants(atlas: Atlas) -> BySector | None:
    """Return the people by sector in the year of the day, else the last known before it.

    Where only the districts have newer ones, theirs are shared out by those of the sectors.
    """
    known, year = atlas.directory.indicators, atlas.day.year
    sectors = newest(known, POPULATION, by_year=year)
    if sectors is None or sectors.unit is not Unit.PEOPLE:
        return None
    published = by_sector(sectors, atlas.territory)
    districts = newest(known, POPULATION, level=Level.DISTRICT, by_year=year)
    if districts is None or districts.unit is not Unit.PEOPLE or districts.year <= sectors.year:
        return published
    return by_sector(districts, atlas.territory, rule=Rule.WEIGHTED, weights=published.values)


def counted(people: BySector | None, atlas: Atlas) -> NDArray[np.float64] | None:
    """Return people as numbers in the order of the sectors, NaN where not known."""
    if people is None:
        return None
    values = (people.values.get(str(code)) for code in atlas.territory.codes)
    return np.array([np.nan if value is None else value for value in values])


def version(scene: Scene) -> str:
    """Name the state the people depend on."""
    atlas = scene.atlas
    return f"{atlas.directory.revision}-{atlas.territory.fingerprint}-{atlas.day}"


def address(scene: Scene, level: Level) -> str:
    """Where the browser finds the people of a level, relative to the page."""
    return f"people/{level.value}/{version(scene)}.json"


def as_json(scene: Scene, level: Level) -> str:
    """Write the people of each area in the order of the ids; null where not known of a sector."""
    atlas = scene.atlas
    numbers = counted(inhabitants(atlas), atlas)
    found: list[int | None] = []
    for at in members(atlas.territory, level, atlas.neighbourhoods.values()).values():
        total = np.nan if numbers is None else float(numbers[at].sum())
        found.append(None if np.isnan(total) else round(total))
    return json.dumps({"version": version(scene), "people": found}, separators=(",", ":"))
