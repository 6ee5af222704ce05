"""The map of neighbourhoods: which sector is in which, told in two bytes a sector."""

import base64
from collections.abc import Collection, Iterable
from typing import Any, Final

import numpy as np
import streamlit as st

from geo.adjacency import pieces
from geo.neighbourhood_edits import Area, Draft
from geo.territory import Territory
from layers.layer import Scene
from ui.browser import MAP, SECTORS, mount
from ui.mapview import bits
from ui.territory.colours import COLOURS
from ui.territory.desk import Desk, hear

MAP_KEY: Final = "territory_map"


def name_of(key: str, area: Area | None, language: str) -> str:
    """Name a neighbourhood for a reader; by its id where it has no name."""
    names = area.names if area else {}
    return names.get(language) or names.get("fr") or next(iter(names.values()), key)


def homes(territory: Territory, draft: Draft) -> bytes:
    """Tell of each sector its neighbourhood: 0 for none, else its place in the draft from 1."""
    place = {key: n for n, key in enumerate(draft.areas, start=1)}
    home = {code: place[found[0]] for code, found in draft.homes().items()}
    return np.array([home.get(code, 0) for code in territory.codes], dtype="<u2").tobytes()


def spec_of(
    scene: Scene,
    desk: Desk,
    draft: Draft,
    *,
    area: str | None = None,
    marked: Iterable[str] = (),
    read: bool = False,
) -> dict[str, Any]:
    """Describe a draft to the map: what `Editing` in editing.js reads."""
    territory, found = desk.territory, desk.colours(draft)
    here = draft.areas.get(area) if area else None
    return {
        "key": f"{desk.key} read" if read else desk.key,
        "seen": desk.seen,
        "areas": [
            {"id": key, "name": name_of(key, one, scene.language), "colour": found[key]}
            for key, one in draft.areas.items()
        ],
        "colours": list(COLOURS),
        "homes": base64.b64encode(homes(territory, draft)).decode("ascii"),
        "chosen": area if here else None,
        "lived": [list(corner) for corner in here.lived] if here else [],
        "apart": _bits(territory, _apart(territory, draft, desk, here)),
        "beside": _bits(territory, _beside(territory, here)),
        "marked": _bits(territory, set(marked)),
        "read": read,
        "fit": f"{desk.fit} {area}" if here and here.sectors else None,
    }


def _bits(territory: Territory, codes: Collection[str]) -> str:
    return bits([code in codes for code in territory.codes]) if codes else ""


def _apart(territory: Territory, draft: Draft, desk: Desk, here: Area | None) -> set[str]:
    """Return the sectors that do not touch the rest, of what was changed and of the chosen one."""
    looked_at = [draft.areas[key] for key in draft.differs(desk.base) if key in draft.areas]
    found: set[str] = set()
    for area in [*looked_at, *([here] if here else [])]:
        known = area.sectors & territory.neighbours.keys()
        found.update(*pieces(known, territory.neighbours)[1:])
    return found


def _beside(territory: Territory, here: Area | None) -> set[str]:
    if here is None:
        return set()
    near = {other for code in here.sectors for other in territory.neighbours.get(code, ())}
    return near - here.sectors


def show_map(scene: Scene, desk: Desk, spec: dict[str, Any]) -> None:
    """Draw the map, and do what it tells."""

    def take() -> None:
        hear(desk, st.session_state[MAP_KEY].get("edited"))

    mount(MAP, scene, MAP_KEY, {"edit": spec}, edited=take)


def show_sectors(scene: Scene) -> None:
    """List the sectors of the chosen neighbourhood and those beside it, to tick."""
    mount(SECTORS, scene, "territory_sectors", {})
