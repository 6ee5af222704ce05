"""What the layers of the territory share: whose outlines these are."""

from collections.abc import Mapping

from layers.layer import Scene


def territory_credits(scene: Scene) -> list[Mapping[str, str]]:
    """Name the source of the outlines, and say so where they are schematic."""
    territory = scene.atlas.territory
    if territory.schematic:
        return [
            {"text": scene.translate("Schematic outlines, computed from the register"), "url": ""}
        ]
    return [{"text": f"{territory.source} {territory.situation} ({territory.licence})", "url": ""}]
