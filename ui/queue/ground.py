"""Where it is and where it would be, and its likely twins, on one map."""

import numpy as np
import streamlit as st

from directory.actors import Actor
from directory.importing.records import Twin
from directory.proposals import Proposal
from directory.proposals.alike import MOST
from directory.proposals.weighing import Weighed
from geo.crs import LAMBERT_72, WGS_84, project
from layers.layer import Scene
from ui import pinmap, state, wording
from ui.language import _, current
from ui.proposing.desk import known
from ui.queue import desk

_PIN = "queue_pin"
Spot = tuple[float, float]
"""Longitude and latitude."""


def twins(weighed: Weighed) -> list[Twin]:
    """Return what a new place may be already; of a known one, its other likely twins."""
    actor = weighed.after or weighed.before
    if actor is None:
        return []
    found = known().alike(
        actor.names.best(current()),
        contacts=actor.contacts,
        point=_spot(actor),
        leave=actor.id,
        most=MOST,
    )
    return [twin for twin in found if twin.actor_id in state.atlas().actors]


def _spot(actor: Actor | None) -> Spot | None:
    points = (one.point for one in actor.places if one.point) if actor else ()
    return next(((point.lon, point.lat) for point in points), None)


def pin(proposal: Proposal) -> Spot | None:
    """Return where whoever decides put the pin of a proposal: longitude and latitude."""
    held = st.session_state.get(_PIN)
    return held[1] if held and held[0] == proposal.id else None


def forget_pin() -> None:
    """Take the pin back to where the proposer put it."""
    st.session_state.pop(_PIN, None)


def show(scene: Scene, weighed: Weighed, alike: list[Twin], *, movable: bool) -> None:
    """Draw the present position, the proposed one as a pin, and the likely twins as signs."""
    now, then = _spot(weighed.before), _spot(weighed.after)
    put = pin(weighed.proposal)
    moved = put or (then if movable or then != now else None)
    signs: list[pinmap.Sign] = [("now", _("Now"), *now)] if now else []
    actors = state.atlas().actors
    signs += [
        (f"twin-{twin.actor_id}", twin.name, *spot)
        for twin in alike
        if (spot := _spot(actors[twin.actor_id]))
    ]
    if moved is None and not signs:
        st.caption(_("Its place is not on the map."))
        return

    def placed(lon: float, lat: float) -> None:
        if movable:
            st.session_state[_PIN] = (weighed.proposal.id, (lon, lat))
            st.session_state[desk.CHANGING] = weighed.proposal.id

    key = f"pin_queue_{weighed.proposal.id}"
    pinmap.show_pin_map(scene, signs, moved, key=key, on_place=placed, on_choose=lambda _sign: None)
    st.caption(" ".join(_explained(now, put or then, movable=movable)))


def _explained(now: Spot | None, then: Spot | None, *, movable: bool) -> list[str]:
    told = []
    if then is not None and then != now:
        pins = _("Sign: where it is now. Pin: where it would be."), _("Pin: where it would be.")
        told.append(pins[now is None])
        if now is not None and (metres := _apart_m(now, then)) >= 1:
            told.append(_("They are {n} m apart.", n=wording.number(round(metres))))
    if movable:
        told.append(_("Drag the pin to put it right: you accept it with your change."))
    return told


def _apart_m(one: Spot, other: Spot) -> float:
    metric = project(np.array([one, other]), source=WGS_84, target=LAMBERT_72)
    return float(np.hypot(*(metric[0] - metric[1])))
