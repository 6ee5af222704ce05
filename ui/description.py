"""What the map and the list are told once: words, colours and layers, which no filter changes.

Fetched by address and kept for ever; a rerun tells only the address and what a filter or a click
changed.
"""

import hashlib
import json
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from layers.drawing import build_map
from layers.layer import Scene
from layers.registry import LAYERS
from ui.language import catalog
from ui.texts import map_texts

KEPT = 12
"""Descriptions kept in memory: three languages, and those of before the last changes."""


@dataclass(frozen=True, slots=True)
class Description:
    """A description as JSON, and the version that names it."""

    version: str
    text: str

    def address(self, language: str) -> str:
        """Where the browser finds it, relative to the page."""
        return f"map/{language}/{self.version}.json"


_kept: OrderedDict[tuple[str, ...], Description] = OrderedDict()
_lock = Lock()


def describe(scene: Scene) -> Description:
    """Return the description of a scene, made once for all who see the same."""
    drawn = [layer.address(scene) for layer in LAYERS.values() if layer.present(scene)]
    key = (scene.language, scene.basemap, scene.tile_server, scene.tile_attribution, *drawn)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = _made(scene)
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def _made(scene: Scene) -> Description:
    spec = build_map(scene, LAYERS.values(), map_texts(catalog(scene.language))).spec
    text = json.dumps(spec, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    version = f"{scene.atlas.directory.revision}-{digest}"
    return Description(version, json.dumps({**spec, "version": version}, ensure_ascii=False))
