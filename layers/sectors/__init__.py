"""The statistical sectors: thin lines, named from close by."""

from exchange.outlines import outline_features
from geo.errors import N_
from geo.levels import Level
from layers.layer import Layer, LegendEntry, Scene
from layers.territory import territory_credits


def _label(scene: Scene) -> str:
    if scene.atlas.territory.schematic:
        return scene.translate("Statistical sector (schematic outline)")
    return scene.translate("Statistical sector")


LAYER = Layer(
    name="sectors",
    kind="areas",
    title=N_("Statistical sectors"),
    version=lambda scene: scene.atlas.territory.fingerprint,
    features=lambda scene: outline_features(scene.atlas.territory, Level.SECTOR),
    style=lambda _: {
        "stroke": "sector",
        "weight": 0.6,
        "label": "name",
        "label_min_zoom": 16,
        "label_class": "quiet",
        "interactive": False,
    },
    legend=lambda scene: [
        LegendEntry(
            symbol="line",
            label=_label(scene),
            color=scene.palette.base["sector"],
        )
    ],
    credits=territory_credits,
)
