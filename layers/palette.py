"""The one palette of maps, legends, charts and posters, read from palette.json."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Palette:
    """Hex colours by token: the base's, the groups'; and each group's sign shape."""

    base: Mapping[str, str]
    groups: Mapping[str, str]
    shapes: Mapping[str, str]


@cache
def palette() -> Palette:
    """Return the palette the product ships."""
    read = json.loads(Path(__file__).with_name("palette.json").read_text(encoding="utf-8"))
    return Palette(base=read["base"], groups=read["groups"], shapes=read["shapes"])
