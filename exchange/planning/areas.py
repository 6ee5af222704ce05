"""The outlines and names of the areas a description tells of, at any level."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from exchange.planning.described import Described
from geo.levels import Level, region_of


def area_names(described: Described, level: Level) -> Mapping[str, str]:
    """Return the names of the areas of a level in the reader's language.

    A description does not name its neighbourhoods by id: there are none at that level.
    """
    if level is Level.NEIGHBOURHOOD:
        return {}
    frame = described.territory.level(level)
    column, other = ("name_nl", "name_fr") if described.language == "nl" else ("name_fr", "name_nl")
    return {
        str(key): str(name or second)
        for key, name, second in zip(frame.index, frame[column], frame[other], strict=True)
    }


def area_shapes(described: Described, level: Level) -> Mapping[str, shapely.Geometry]:
    """Return the outlines of the areas of a level by id, EPSG:31370.

    A neighbourhood is outlined by those of its sectors that the territory has.
    """
    if level is not Level.NEIGHBOURHOOD:
        frame = described.territory.level(level)
        return dict(zip(map(str, frame.index), frame.geometry, strict=True))
    outlines = {
        key: outline_of(described, codes) for key, codes in described.neighbourhoods.items()
    }
    return {key: shape for key, shape in outlines.items() if shape is not None}


def members(described: Described, level: Level) -> Mapping[str, NDArray[np.int64]]:
    """Return the sectors of each area of a level, as places in the territory's codes."""
    sectors = described.territory.sectors
    if level is Level.NEIGHBOURHOOD:
        found = {
            key: sectors.index.get_indexer(list(codes))
            for key, codes in described.neighbourhoods.items()
        }
        return {key: places[places >= 0] for key, places in found.items()}
    keys = {
        Level.SECTOR: lambda: sectors.index,
        Level.DISTRICT: lambda: sectors["district"],
        Level.MUNICIPALITY: lambda: sectors["municipality"],
        Level.REGION: lambda: sectors["municipality"].map(region_of),
    }[level]()
    places = pd.Series(np.arange(len(keys)), index=np.asarray(keys, dtype=object))
    return {str(key): group.to_numpy() for key, group in places.groupby(level=0) if key}


def outline_of(described: Described, sectors: tuple[str, ...]) -> shapely.Geometry | None:
    """Return the united outline of those sectors that the territory has, None if it has none."""
    known = [code for code in sectors if code in described.territory.sectors.index]
    return described.territory.outline(known) if known else None
