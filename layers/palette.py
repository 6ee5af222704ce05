"""The one palette of maps, legends, charts and posters, read from palette.json."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Palette:
    """Hex colours by token, and the shape of each sign.

    `base` are the ground's and the page's, `groups` the categories', `roles` the other signs'.
    """

    base: Mapping[str, str]
    groups: Mapping[str, str]
    roles: Mapping[str, str]
    shapes: Mapping[str, str]


@cache
def palette() -> Palette:
    """Return the palette the product ships."""
    path = Path(__file__).with_name("palette.json")
    return Palette(**json.loads(path.read_text(encoding="utf-8")))
