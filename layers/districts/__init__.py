"""The monitoring districts: of a shaded map, or outlined when a person asks for them."""

from exchange.outlines import outline_features
from geo.errors import N_
from geo.levels import Level
from layers.layer import Layer, LegendEntry, Scene
from layers.territory import territory_credits


def present(scene: Scene) -> bool:
    """Whether the territory knows the district of a sector at all."""
    return scene.atlas.territory.has_districts


LAYER = Layer(
    name="districts",
    kind="areas",
    title=N_("Monitoring districts"),
    version=lambda scene: scene.atlas.territory.fingerprint,
    features=lambda scene: outline_features(scene.atlas.territory, Level.DISTRICT),
    style=lambda _: {
        "stroke": "ink-soft",
        "weight": 1.2,
        "label": "name",
        "label_min_zoom": 14,
        "label_class": "quiet",
        "interactive": False,
    },
    legend=lambda scene: [
        LegendEntry(
            symbol="line",
            label=scene.translate("Border of a monitoring district"),
            color=scene.palette.base["ink-soft"],
        )
    ],
    credits=territory_credits,
    present=present,
    visible=False,
)
