"""The municipalities: the ground of the basemap, with their lines and names."""

from exchange.outlines import outline_features
from geo.errors import N_
from geo.levels import Level
from layers.layer import Layer, LegendEntry

LAYER = Layer(
    name="municipalities",
    kind="areas",
    title=N_("Municipalities"),
    version=lambda scene: scene.atlas.territory.fingerprint,
    features=lambda scene: outline_features(scene.atlas.territory, Level.MUNICIPALITY),
    style=lambda _: {
        "stroke": "boundary",
        "weight": 1.2,
        "dash": "1 4",
        "mask": "outside",
        "label": "name",
        "label_min_zoom": 12,
        "label_class": "wide",
        "interactive": False,
    },
    legend=lambda scene: [
        LegendEntry(
            symbol="line",
            label=scene.translate("Border of a municipality"),
            color=scene.palette.base["boundary"],
        )
    ],
)
