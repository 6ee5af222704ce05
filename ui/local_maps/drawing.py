"""An area of one's own, drawn corner by corner on the map, by mouse, finger or keyboard."""

from typing import Any, Final

import shapely
import streamlit as st

from directory.local_maps import LocalMap
from directory.local_maps.numbering import area_of
from directory.local_maps.records import MOST_CORNERS
from geo.errors import N_, BadInputError
from layers.layer import Scene
from ui.language import _, ngettext
from ui.pinmap import show_pin_map

LEAST: Final = 3
Corner = tuple[float, float]


def ask(scene: Scene, draft: LocalMap) -> list[Corner]:
    """Let somebody press the map for each corner; the ring so far as longitudes and latitudes.

    Empty as long as there are fewer than three.

    Raises:
        BadInputError: the border crosses itself.
    """
    key = f"local_map_{draft.id}_{draft.version}_corners"
    ring: list[Corner] = st.session_state.setdefault(
        key, [(point.lon, point.lat) for point in draft.area]
    )
    st.caption(
        _(
            "Press the map at each corner of your area, in order; press a corner to take it away. "
            "By keyboard: Enter, the arrow keys, Enter."
        )
    )
    signs = [(str(n), str(n + 1), lon, lat) for n, (lon, lat) in enumerate(ring)]

    def placed(lon: float, lat: float) -> None:
        if len(ring) < MOST_CORNERS:
            ring.append((lon, lat))

    def chosen(sign: str) -> None:
        if sign.isdecimal() and int(sign) < len(ring):
            ring.pop(int(sign))

    show_pin_map(
        scene,
        signs,
        None,
        key=f"{key}_map",
        on_place=placed,
        on_choose=chosen,
        middle=_middle(scene, draft),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("Take the last corner back"), disabled=not ring, on_click=_pop, args=(ring,),
            key=f"{key}_back",
        )  # fmt: skip
        st.button(_("Begin again"), disabled=not ring, on_click=ring.clear, key=f"{key}_anew")
        st.caption(ngettext("{n} corner", "{n} corners", len(ring)))
    return checked(ring)


def _middle(scene: Scene, draft: LocalMap) -> Corner | None:
    """Return where the map opens: in the middle of what the map shows as it is stored."""
    area = area_of(draft, scene.atlas)
    if shapely.is_empty(area):
        return None
    found = shapely.get_coordinates(shapely.centroid(area))[0]
    return float(found[0]), float(found[1])


def checked(ring: list[Corner]) -> list[Corner]:
    """Return a ring that holds an area, none where it has too few corners yet.

    Raises:
        BadInputError: it crosses itself.

    >>> checked([(4.3, 50.8), (4.4, 50.8)])
    []
    """
    if len(ring) < LEAST:
        return []
    found: Any = shapely.Polygon(ring)
    if not found.is_valid or not found.area:
        raise BadInputError(
            N_("The border of this area crosses itself. Take the last corner back.")
        )
    return ring


def _pop(ring: list[Corner]) -> None:
    ring.pop()
