"""Which local maps everyone may open."""

from directory.actors import Status
from directory.atlas import Atlas
from directory.local_maps import LocalMap


def public_map(atlas: Atlas, key: str) -> LocalMap | None:
    """Return a published local map by its id; None for a draft, one archived, or none at all."""
    found = atlas.directory.local_maps.get(key)
    return found if found is not None and found.status is Status.PUBLISHED else None
