"""Coverage as the browser draws it: one map or two side by side, the table, the charts."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import numpy as np
import streamlit as st

from directory.categories import CATEGORIES
from geo.levels import REGIONS, Level
from layers import actors
from layers.layer import Scene
from layers.registry import LAYERS
from ui.browser import AREAS, MAP, mount
from ui.coverage import inhabitants, scales
from ui.coverage.asking import level_names
from ui.coverage.packing import pack_classes, pack_values
from ui.coverage.seen import LAYERS_OF, Seen, Side
from ui.mapview import PICK, bits, is_pick, picked
from ui.wording import day

_MAPS: Final = ("coverage_map", "coverage_map_then")
_TABLE: Final = "coverage_areas"
_LINK: Final = "coverage"
_GROUND: Final = ("tiles", "basemap", "municipalities")
"""Layers that are on from the start, beside the areas that are shaded and the places."""


def show_maps(scene: Scene, seen: Seen, ways: dict[str, Any] | None) -> None:
    """Draw the areas by class; of two days the other one on the left, each view as the other."""
    if seen.then is None:
        _map(_MAPS[0], scene, seen, seen.now, ways)
        return
    left, right = st.columns(2, gap="small")
    for column, side, key in ((left, seen.then, _MAPS[1]), (right, seen.now, _MAPS[0])):
        with column:
            st.markdown(f"**{day(side.found.atlas.day)}**")
            shown = ways if side is seen.now else None
            _map(key, scene, seen, side, shown, linked=True)


def _map(
    key: str,
    scene: Scene,
    seen: Seen,
    side: Side,
    ways: dict[str, Any] | None,
    *,
    linked: bool = False,
) -> None:
    chosen, layer = picked(), LAYERS_OF[seen.asked.level]
    there = replace(scene, atlas=side.found.atlas)
    spec: dict[str, Any] = {
        "selected": {"layer": chosen.layer, "id": chosen.id} if chosen else None,
        "focus": True,
        "bounds": scene.atlas.territory.corners,
        "on": [*_GROUND, layer, "actors"],
        "dots": "actors",
        "shown": {"actors": bits(_offering(there, seen.asked.what))},
        "shades": {
            "layer": layer,
            "colours": list(seen.scale.colours),
            "classes": pack_classes(_laid(side, seen.asked.level)),
            "labels": seen.scale.labels(),
        },
        "ways": ways,
        "addresses": _other_addresses(scene, there),
        **({"link": _LINK} if linked else {}),
    }
    mount(MAP, scene, key, spec, picked=_take(key))


def _other_addresses(scene: Scene, there: Scene) -> dict[str, str]:
    """Tell where the layers of another day are, where they differ from those of today."""
    told = {name: LAYERS[name].address(there) for name in ("actors", "neighbourhoods")}
    return {
        name: address for name, address in told.items() if address != LAYERS[name].address(scene)
    }


def _laid(side: Side, level: Level) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Return a class for each area of the layer: a region is shaded by its municipalities."""
    if level is not Level.REGION:
        return side.shades
    towns = len(side.found.members(Level.MUNICIPALITY))
    return np.repeat(side.shades[:1], towns)


def _offering(scene: Scene, word: str) -> list[bool]:
    """Tell which actors offer a category, or one of a group."""
    known = scene.atlas.actors
    return [
        any(word in (key, CATEGORIES[key].group) for key in known[one].categories)
        for one in actors.order(scene)
    ]


def _take(key: str) -> Callable[[], None]:
    def take() -> None:
        value = str(st.session_state[key].get("picked") or "")
        if is_pick(value):
            st.session_state[PICK] = value

    return take


def show_areas(scene: Scene, seen: Seen, title: str) -> None:
    """Tell the same as a table and as charts."""
    level, chosen = seen.asked.level, picked()
    layer = LAYERS_OF[level]
    spec: dict[str, Any] = {
        "title": title,
        "layer": layer,
        "level": level_names()[level],
        "kind": scales.kind(seen.asked.measure),
        "more_is_better": seen.scale.more_is_better,
        "colours": list(seen.scale.colours),
        "labels": seen.scale.labels(),
        "selected": chosen.id if chosen and chosen.layer == layer else None,
        "now": _side(seen.now, seen.now.ids),
        "then": _side(seen.then, seen.now.ids) if seen.then else None,
        "measure": scales.name(seen.asked.measure),
        "people": _people(scene, seen),
        **_names(scene, seen),
    }
    mount(AREAS, scene, _TABLE, spec, picked=_take(_TABLE))


def _people(scene: Scene, seen: Seen) -> str | None:
    """Tell where the browser finds how many people live in each area; None where nobody knows."""
    if seen.now.found.people is None or seen.then is not None:
        return None
    there = replace(scene, atlas=seen.now.found.atlas)
    return inhabitants.address(there, seen.asked.level)


def _names(scene: Scene, seen: Seen) -> dict[str, Any]:
    """Tell where the browser finds the names of the areas: it has them from the map already."""
    level = seen.asked.level
    there = replace(scene, atlas=seen.now.found.atlas)
    if level is Level.REGION:
        names = [REGIONS[key] for key in seen.now.ids]
        told = [one.get(scene.language, one["fr"]) for one in names]
        return {
            "rows": [
                {"id": key, "name": name, "part": ""}
                for key, name in zip(seen.now.ids, told, strict=True)
            ]
        }
    found = {"names": LAYERS[LAYERS_OF[level]].address(there)}
    if level is Level.SECTOR:
        found["towns"] = LAYERS["municipalities"].address(there)
    return found


def _side(side: Side, ids: tuple[str, ...]) -> dict[str, Any]:
    """Pack one day in the order of the areas of the day asked for; another set has others."""
    place = {key: at for at, key in enumerate(side.ids)}
    at = np.array([place.get(key, -1) for key in ids], dtype=np.int64)
    there = at >= 0
    found = at[there]
    values = np.full(len(ids), np.nan)
    values[there] = np.where(side.known[found], side.values[found], np.nan)
    shades = np.full(len(ids), scales.UNKNOWN, dtype=np.uint8)
    shades[there] = side.shades[found]
    text, step = pack_values(values)
    return {
        "day": day(side.found.atlas.day),
        "values": text,
        "step": step,
        "shades": pack_classes(shades),
    }
