"""A raster tile server, only where an administrator names one: it learns what people look at."""

from geo.errors import N_
from layers.layer import Layer

LAYER = Layer(
    name="tiles",
    kind="raster",
    title=N_("Background of the tile server"),
    version=lambda _: "server",
    features=lambda _: None,
    style=lambda _: {},
    file=lambda scene: {"url": scene.tile_server},
    present=lambda scene: bool(scene.tile_server),
    credits=lambda scene: [{"text": scene.tile_attribution, "url": ""}],
)
