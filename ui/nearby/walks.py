"""How far everything is from where a person stands: worked out once, kept for the session."""

from dataclasses import dataclass, field
from typing import Any, Final

import shapely
import streamlit as st

from directory.nearby import Found, Pace
from geo.walking import Reach, Walked, Way, walked
from ui.nearby.ground import Ground
from ui.nearby.origin import Origin

AREAS_MIN: Final = (5, 10, 15)
"""Minutes on foot of the areas drawn (issue: 5, 10, 15)."""
_HELD: Final = "near_walk"
_DECIMALS: Final = 5
_AREA_DECIMALS: Final = 7


@dataclass(frozen=True)
class Walk:
    """The ways from one origin; `reach` is None where there are no streets to walk."""

    ground: Ground
    origin: Origin
    step_free: bool
    reach: Reach | None
    walked: Walked
    areas: dict[Pace, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def estimated(self) -> bool:
        """Whether every minute is a guess from the straight line."""
        return self.reach is None or self.reach.off

    def areas_at(self, pace: Pace) -> list[dict[str, Any]]:
        """Return the areas of 5, 10 and 15 minutes as GeoJSON; none without streets."""
        if self.reach is None or self.estimated:
            return []
        if pace not in self.areas:
            drawn = self.reach.areas([minutes * pace.m_per_min for minutes in AREAS_MIN])
            self.areas[pace] = [
                {"minutes": minutes, "geometry": _told(area)}
                for minutes, area in zip(AREAS_MIN, drawn, strict=True)
            ]
        return self.areas[pace]

    def way(self, found: Found) -> Way | None:
        """Return the way to an answer along streets; None where it was only estimated."""
        if self.reach is None or found.door is None or found.estimated:
            return None
        spots = self.ground.spots_step_free if self.step_free else self.ground.spots
        return self.reach.way(spots[found.door])


def walk(ground: Ground, origin: Origin, *, step_free: bool) -> Walk:
    """Walk from the origin to every door, or take what the rerun before walked."""
    kept = st.session_state.get(_HELD)
    if (
        isinstance(kept, Walk)
        and kept.ground is ground
        and (kept.origin, kept.step_free) == (origin, step_free)
    ):
        return kept
    reach = None
    if ground.walker is not None:
        reach = ground.walker.reach(origin.lon, origin.lat, step_free=step_free)
    spots = ground.spots_step_free if step_free else ground.spots
    made = Walk(
        ground=ground,
        origin=origin,
        step_free=step_free,
        reach=reach,
        walked=walked(reach, origin.lon, origin.lat, spots),
    )
    st.session_state[_HELD] = made
    return made


def forget() -> None:
    """Forget where the person of this session walked from."""
    st.session_state.pop(_HELD, None)


def line_of(way: Way | None) -> list[list[float]] | None:
    """Return a way as the browser draws it."""
    return None if way is None else way.line.round(_DECIMALS).tolist()


def _told(area: shapely.MultiPolygon) -> dict[str, Any]:
    """Write an area for the browser as it is: it comes rounded, with every crossing on its side."""
    found: dict[str, Any] = shapely.geometry.mapping(area)
    return {"type": found["type"], "coordinates": _short(found["coordinates"])}


def _short(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, _AREA_DECIMALS)
    return [_short(one) for one in value]
