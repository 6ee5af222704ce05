"""The neighbourhoods of the relays: outlined, tinted and named."""

from exchange.outlines import outline_features
from geo.errors import N_
from geo.levels import Level
from layers.layer import Features, Layer, LegendEntry, Scene
from layers.territory import territory_credits


def features(scene: Scene) -> Features:
    """Draw each neighbourhood valid on the day as one area."""
    return outline_features(
        scene.atlas.territory, Level.NEIGHBOURHOOD, list(scene.atlas.neighbourhoods.values())
    )


LAYER = Layer(
    name="neighbourhoods",
    kind="areas",
    title=N_("Neighbourhoods of the relays"),
    version=lambda scene: (
        f"{scene.atlas.directory.revision}-{scene.atlas.territory.fingerprint}-{scene.atlas.day}"
    ),
    features=features,
    style=lambda _: {
        "fill": "tint",
        "fillOpacity": 0.16,
        "stroke": "neighbourhood",
        "weight": 2.25,
        "label": "name",
        "label_min_zoom": 12,
        "interactive": True,
    },
    legend=lambda scene: [
        LegendEntry(
            symbol="area",
            label=scene.translate("Neighbourhood of a relay"),
            color=scene.palette.base["neighbourhood"],
        )
    ],
    credits=territory_credits,
)
