"""The smallest layer there is: one point in the middle of the region. Copy this folder."""

from layers.layer import Features, Layer, LegendEntry, Scene, collection, feature


def features(scene: Scene) -> Features:
    """Draw one sign in the middle of everything."""
    lon, lat = scene.atlas.territory.label_point(list(scene.atlas.territory.sectors.index))
    properties = {"id": "middle", "name": "Middle", "group": "other", "icon": "maki:marker"}
    return collection([feature(lon, lat, properties)])


LAYER = Layer(
    name="minimal",
    kind="signs",
    title="Middle",
    version=lambda scene: scene.atlas.territory.fingerprint,
    features=features,
    style=lambda _: {"cluster": False},
    legend=lambda scene: [
        LegendEntry(symbol="sign", label="Middle", color=scene.palette.groups["other"])
    ],
)
