"""The quiet ground: streets, parks, water and rails where their files were given or fetched."""

from geo.errors import N_
from layers.layer import Layer

LAYER = Layer(
    name="basemap",
    kind="basemap",
    title=N_("Streets, parks and water"),
    version=lambda _: "files",
    features=lambda _: None,
    style=lambda _: {},
    file=lambda scene: {"address": scene.basemap},
    present=lambda scene: bool(scene.basemap) and not scene.tile_server,
    credits=lambda scene: (
        [{"text": "© OpenStreetMap (ODbL)", "url": "https://www.openstreetmap.org/copyright"}]
        if scene.basemap
        else []
    ),
)
