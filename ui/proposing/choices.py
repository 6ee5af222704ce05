"""What a form offers to choose from."""

from typing import Any

from directory.categories import CATEGORIES, GROUPS
from layers.layer import Scene


def groups(scene: Scene) -> list[dict[str, Any]]:
    """List the categories by group, as a field offers them."""
    told = {key: found.labels.best(scene.language) for key, found in CATEGORIES.items()}
    return [
        {
            "label": group.labels.best(scene.language),
            "options": sorted(
                ([key, told[key]] for key in told if CATEGORIES[key].group == group.id),
                key=lambda option: option[1].casefold(),
            ),
        }
        for group in GROUPS.values()
    ]
