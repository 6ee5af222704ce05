"""Where a local map is: a relay's neighbourhood, an area drawn, or sectors put together."""

from collections.abc import Sequence
from typing import Any, Final

import shapely
import streamlit as st

from directory.local_maps import LocalMap
from directory.local_maps.records import MOST_CORNERS
from geo.crs import LAMBERT_72, WGS_84, project, project_shapes
from geo.errors import N_, BadInputError
from layers.layer import Scene
from ui.language import _, current
from ui.local_maps import drawing

SIMPLER_M: Final = (5.0, 10.0, 20.0, 40.0)
"""How much a border of many corners is straightened until it can be kept (our choice)."""
OUTSIDE_SHARE: Final = 0.01
"""Less than so much beyond the sectors we know is a line drawn by hand, not another region."""


def ask(scene: Scene, draft: LocalMap) -> dict[str, Any]:
    """Ask where a map is; what was chosen as an area is its ring in EPSG:4326.

    Raises:
        BadInputError: sectors that do not hang together, a border that crosses itself.
    """
    atlas, language = scene.atlas, current()
    kinds = {
        "neighbourhood": _("A relay neighbourhood"),
        "drawn": _("An area of your own, drawn on the map"),
        "lived": _("As people live it: the boundary drawn on Territory"),
        "sectors": _("Sectors put together"),
    }
    kind = st.radio(
        _("Where"),
        list(kinds),
        index=0 if draft.neighbourhood_id else 1,
        format_func=kinds.__getitem__,
        key=f"local_map_{draft.id}_{draft.version}_where_{current()}",
    )
    if kind == "sectors":
        return _ask_sectors(scene, draft)
    if kind == "drawn":
        corners = drawing.ask(scene, draft)
        if corners:
            _tell_outside(scene, shapely.Polygon(corners))
        return {"neighbourhood_id": "", "area": _points(corners)} if corners else {}
    keys = list(atlas.neighbourhoods)
    if kind == "lived":
        keys = [key for key in keys if len(atlas.neighbourhoods[key].lived) > 2]  # noqa: PLR2004
        if not keys:
            st.info(_("No neighbourhood has such a boundary yet. Draw one on Territory."))
            return {}
    chosen = st.selectbox(
        _("Neighbourhood"),
        keys,
        index=keys.index(draft.neighbourhood_id) if draft.neighbourhood_id in keys else None,
        format_func=lambda key: atlas.neighbourhood_name(key, language),
        placeholder=_("Choose a neighbourhood"),
        key=f"local_map_{draft.id}_{draft.version}_hood_{kind}_{current()}",
    )
    if chosen is None:
        return {}
    if kind == "neighbourhood":
        return {"neighbourhood_id": chosen, "area": ()}
    ring = [tuple(corner) for corner in atlas.neighbourhoods[chosen].lived]
    _tell_outside(scene, shapely.Polygon(ring))
    return {"neighbourhood_id": "", "area": _points(ring)}


def _ask_sectors(scene: Scene, draft: LocalMap) -> dict[str, Any]:
    atlas, language = scene.atlas, current()
    sectors = atlas.territory.sectors
    before = _within(scene, draft)
    chosen = st.multiselect(
        _("Sectors"),
        list(sectors.index),
        default=before,
        format_func=lambda code: f"{atlas.sector_name(code, language)} ({code})",
        placeholder=_("Choose sectors beside each other"),
        key=f"local_map_{draft.id}_{draft.version}_sectors_{current()}",
    )
    if not chosen or chosen == before:
        return {}
    whole = shapely.union_all(sectors.loc[chosen].geometry.to_numpy())
    if not isinstance(whole, shapely.Polygon):
        raise BadInputError(
            N_("Expected sectors that hang together, found {found} pieces. Add what is between."),
            found=len(shapely.get_parts(whole)),
        )
    border: shapely.Geometry = whole.exterior
    for tolerance in SIMPLER_M:
        if shapely.get_num_points(border) <= MOST_CORNERS:
            break
        border = shapely.simplify(whole.exterior, tolerance)
    ring = project(shapely.get_coordinates(border)[:-1], source=LAMBERT_72, target=WGS_84)
    return {"neighbourhood_id": "", "area": _points(ring.tolist())}


def _within(scene: Scene, draft: LocalMap) -> list[str]:
    """Return the sectors of the area as it is."""
    if not draft.area:
        found = scene.atlas.neighbourhoods.get(draft.neighbourhood_id)
        return list(found.sectors) if found else []
    ring = shapely.Polygon([(point.lon, point.lat) for point in draft.area])
    area = project_shapes(ring, source=WGS_84, target=LAMBERT_72)
    sectors = scene.atlas.territory.sectors
    inside = shapely.contains(area, shapely.point_on_surface(sectors.geometry.to_numpy()))
    return [str(code) for code in sectors.index[inside]]


def _tell_outside(scene: Scene, area: shapely.Geometry) -> None:
    """Say how much of an area lies where nothing is known: beyond the region's border, say."""
    metric: Any = project_shapes(area, source=WGS_84, target=LAMBERT_72)
    sectors = scene.atlas.territory.sectors
    near = sectors.geometry.to_numpy()[sectors.sindex.query(metric)]
    known: Any = shapely.union_all(shapely.intersection(near, metric))
    share = 1 - shapely.area(known) / shapely.area(metric)
    if share > OUTSIDE_SHARE:
        st.info(
            _(
                "{share} % of this area lies beyond the sectors we know: nothing is known there, "
                "and nothing is shown.",
                share=round(100 * share),
            )
        )


def _points(ring: Sequence[Sequence[float]]) -> list[dict[str, float]]:
    return [{"lon": round(x, 6), "lat": round(y, 6)} for x, y in ring[:MOST_CORNERS]]
