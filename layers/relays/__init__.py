"""The relays and the partners that host them, drawn as an area where no address is known."""

from typing import Any

from directory.relays import Relay
from geo.errors import N_
from layers.layer import Features, Layer, LegendEntry, Scene, collection, feature
from layers.places import area_point


def features(scene: Scene) -> Features:
    """Draw each relay at its partner's door, else in the middle of its neighbourhood."""
    return collection([_feature(scene, relay) for relay in scene.atlas.relays.values()])


def _feature(scene: Scene, relay: Relay) -> dict[str, Any]:
    atlas = scene.atlas
    partner = atlas.partners.get(relay.partner_id)
    properties = {
        "id": relay.id,
        "name": relay.names.best(scene.language),
        "group": "relay",
        "icon": "maki:information",
        "sub": partner.names.best(scene.language) if partner else "",
        "precision": "area",
    }
    if partner and partner.place and partner.place.point:
        properties["precision"] = "address"
        return feature(partner.place.point.lon, partner.place.point.lat, properties)
    point = _neighbourhood_point(scene, relay.neighbourhood_id)
    if point is None and partner:
        point = area_point(scene, partner.place)
    if point is None:
        return {"type": "Feature", "properties": properties, "geometry": None}
    return feature(*point, properties)


def _neighbourhood_point(scene: Scene, key: str) -> tuple[float, float] | None:
    found = scene.atlas.neighbourhoods.get(key)
    if found is None:
        return None
    known = [code for code in found.sectors if code in scene.atlas.territory.sectors.index]
    return scene.atlas.territory.label_point(known) if known else None


LAYER = Layer(
    name="relays",
    kind="signs",
    title=N_("Relays and their hosts"),
    version=lambda scene: (
        f"{scene.atlas.directory.revision}-{scene.atlas.territory.fingerprint}-{scene.atlas.day}"
    ),
    features=features,
    style=lambda _: {"cluster": False, "min_zoom": 13},
    legend=lambda scene: [
        LegendEntry(
            symbol="ring",
            label=scene.translate("Relay, address not known: drawn in its neighbourhood"),
            color=scene.palette.roles["relay"],
            group="relay",
        )
    ],
)
