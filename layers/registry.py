"""Every layer of the map, from the ground up."""

from layers import (
    activities,
    actors,
    basemap,
    districts,
    municipalities,
    neighbourhoods,
    relays,
    sectors,
    tiles,
)
from layers.layer import Layer

LAYERS: dict[str, Layer] = {
    module.LAYER.name: module.LAYER
    for module in (
        tiles,
        basemap,
        municipalities,
        sectors,
        districts,
        neighbourhoods,
        relays,
        activities,
        actors,
    )
}
"""A new layer: copy `layers/minimal/`, name it here."""
