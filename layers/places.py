"""Where a place known only as an area is drawn."""

from directory.places import Place, Precision
from layers.layer import Scene


def area_point(scene: Scene, place: Place | None) -> tuple[float, float] | None:
    """Return the label point (lon, lat) of the area a place is known to be in, else None."""
    if place is None or not place.area:
        return None
    atlas = scene.atlas
    sectors = atlas.territory.sectors
    if place.precision is Precision.NEIGHBOURHOOD and place.area in atlas.neighbourhoods:
        codes = list(atlas.neighbourhoods[place.area].sectors)
    elif place.precision is Precision.MUNICIPALITY:
        codes = list(sectors.index[sectors["municipality"] == place.area])
    else:
        codes = [place.area]
    known = [code for code in codes if code in sectors.index]
    return atlas.territory.label_point(known) if known else None
