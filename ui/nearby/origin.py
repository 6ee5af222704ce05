"""Where a person says they are: kept in the session's memory for the answer, and nowhere else."""

from dataclasses import dataclass
from math import isfinite
from typing import Any, Final

import streamlit as st

HELD: Final = "near_from"
_SAID: Final = "near_said"
LABEL_MAX: Final = 200
INACCURATE_M: Final = 500
"""A position told less exactly than this names no street: the person is asked to say it (ours)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A point (EPSG:4326, degrees); `label` is what was written or chosen, "" for a position.

    `accuracy_m` is what the browser says of its own position, None of what was written or pressed.
    """

    lon: float
    lat: float
    label: str = ""
    accuracy_m: float | None = None

    @property
    def inaccurate(self) -> bool:
        """Whether a position is too rough to count minutes from."""
        return self.accuracy_m is not None and self.accuracy_m > INACCURATE_M


def held() -> Origin | None:
    """Return where the person of this session is."""
    found = st.session_state.get(HELD)
    return found if isinstance(found, Origin) else None


def hold(origin: Origin | None) -> None:
    """Keep it for this session, or forget it."""
    st.session_state[HELD] = origin


def said() -> Any:
    """Return what the field or the map told last, as it came; None once it was answered."""
    return st.session_state.get(_SAID)


def say(value: object) -> None:
    """Keep what was told until it is answered."""
    st.session_state[_SAID] = value


def point(value: object) -> Origin | None:
    """Read a point a browser told, which may be anything; None where it is none."""
    if not isinstance(value, dict):
        return None
    try:
        lon, lat = float(value["lon"]), float(value["lat"])
        told = value.get("accuracy_m")
        accuracy = float(told) if told is not None else None
    except (KeyError, TypeError, ValueError):
        return None
    if not (isfinite(lon) and isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):  # noqa: PLR2004
        return None
    label = str(value.get("label") or "")[:LABEL_MAX]
    return Origin(lon=lon, lat=lat, label=label, accuracy_m=accuracy)
