"""The lived boundary: a ring people draw themselves, beside an official set of sectors."""

import math

import shapely

from geo.errors import N_, BadInputError

Ring = tuple[tuple[float, float], ...]
"""Longitude and latitude of each corner, EPSG:4326, the first not repeated; () where none is."""
CORNERS_MIN, CORNERS_MAX = 3, 500
"""Nobody draws more by hand: a lasso of the browser is thinned out before."""
BOX = (2.5, 49.4, 6.5, 51.6)
"""Belgium and some kilometres around: west, south, east, north in degrees."""
DECIMALS = 6
"""A tenth of a metre."""


def check_ring(ring: Ring, *, of: str) -> None:
    """Check a lived boundary; none at all is right too.

    Raises:
        BadInputError: too few or too many corners, one outside `BOX`, or a ring that crosses or
            touches itself: which neighbourhood (`of`) and what to do.
    """
    if not ring:
        return
    if not CORNERS_MIN <= len(ring) <= CORNERS_MAX:
        raise BadInputError(
            N_("Expected a lived boundary of {least} to {most} corners for “{id}”, found {n}."),
            least=CORNERS_MIN,
            most=CORNERS_MAX,
            id=of,
            n=len(ring),
        )
    west, south, east, north = BOX
    for corner in ring:
        lon, lat = corner
        inside = west <= lon <= east and south <= lat <= north
        if not (math.isfinite(lon) and math.isfinite(lat) and inside):
            raise BadInputError(
                N_("The lived boundary of “{id}” has a corner outside Belgium: {lon}, {lat}."),
                id=of,
                lon=lon,
                lat=lat,
            )
    shape = shapely.Polygon(ring)
    if not shape.is_valid or shape.area == 0:
        raise BadInputError(
            N_("The lived boundary of “{id}” crosses itself. Draw it round once."), id=of
        )


def rounded(ring: object) -> Ring:
    """Return what was told from outside, a list of pairs of numbers, as a ring of ours.

    Raises:
        BadInputError: it is no such list.

    >>> rounded([[4.3500000001, 50.84], [4.36, 50.84], [4.36, 50.85]])[0]
    (4.35, 50.84)
    """
    try:
        return tuple(
            (round(float(lon), DECIMALS), round(float(lat), DECIMALS))
            for lon, lat in ring  # type: ignore[attr-defined]
        )
    except (TypeError, ValueError, OverflowError) as error:
        raise BadInputError(
            N_("Expected a boundary as pairs of longitude and latitude, found something else.")
        ) from error
