"""The field, the list and the map of the page, as the browser draws them."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from geo.walking import Way
from layers import actors
from layers.layer import Scene
from ui.browser import ANSWERS, FIELD, MAP, mount
from ui.language import _, ngettext
from ui.mapview import PICK, bits, is_pick, picked
from ui.nearby import origin as origins
from ui.nearby.origin import Origin
from ui.nearby.results import NUMBERED, Line, signs
from ui.nearby.walks import Walk, line_of
from ui.nearby.wishes import MINE, NEED, TAKE, TAKE_MAX, pace

_FIELD, _LIST, _MAP = "near_field", "near_list", "near_map"
_ASKED = "near_question"


def show_field(scene: Scene) -> None:
    """Ask where one is: one field, or the position of the device, on press only."""
    here = origins.held()
    _count_question()

    def told() -> None:
        origins.say(st.session_state[_FIELD].get("located"))

    spec = {
        "texts": _field_texts(),
        "suggest": "near/suggest",
        "value": here.label if here else "",
    }
    mount(FIELD, scene, _FIELD, spec, located=told)


def _field_texts() -> dict[str, str]:
    return {
        "label": _("Where are you?"),
        "placeholder": _("Street, square or place"),
        "hint": _("Write your street, or press the map."),
        "position": _("Use my position"),
        "position_note": _("Only for this answer: it is not kept and not passed on."),
        "position_wait": _("Looking for your position…"),
        "position_denied": _(
            "Your device may not tell where it is. Write your street, or press the map."
        ),
        "position_unavailable": _(
            "Your device could not find where it is. Write your street, or press the map."
        ),
        "position_timeout": _(
            "Your device could not find where it is. Write your street, or press the map."
        ),
        "suggestions_none": _("No suggestion: press Enter to ask."),
        "suggestions_one": _("1 suggestion"),
        "suggestions_many": _("{n} suggestions"),
        "suggestions_failed": _("No suggestions for now: write your street and press Enter."),
        "search": _("Search"),
        "clear": _("Clear"),
    }


def show_answers(scene: Scene, items: list[dict[str, Any]], summary: str) -> None:
    """List the doors; one chosen shows its way, one taken along goes on the sheet."""
    chosen = picked()
    spec = {
        "texts": {
            "take": _("Take along"),
            "taken": _("Taken along"),
            "take_full": _("A sheet holds {n} places.", n=TAKE_MAX),
            "call": _("Call {number}"),
            "open_map": _("Open in your map"),
            "on_foot": _("on foot"),
            "estimated": _("estimated"),
            "results_none": _("Take a filter away, or choose another need."),
            "more": _("Show more ({n})"),
            "to_map": _("To the map"),
        },
        "summary": summary,
        "items": items,
        "selected": chosen.id if chosen else None,
        "taken": list(st.session_state.get(TAKE) or ()),
        "take_max": TAKE_MAX,
        "page_size": NUMBERED,
        "bring": st.session_state[_ASKED][1],
    }
    mount(ANSWERS, scene, _LIST, spec, picked=lambda: _pick(_LIST), taken=_take)


def _count_question() -> None:
    """Number the questions of the session: 0 for the one a link asks, which moves nothing."""
    asked = (st.session_state.get(NEED), st.session_state.get(MINE))
    before = st.session_state.get(_ASKED)
    st.session_state[_ASKED] = (asked, before[1] + (before[0] != asked) if before else 0)


def _pick(component: str) -> None:
    value = str(st.session_state[component].get("picked") or "")
    if is_pick(value):
        st.session_state[PICK] = value


def _take() -> None:
    key = str(st.session_state[_LIST].get("taken") or "")
    taken = list(st.session_state.get(TAKE) or ())
    if key in taken:
        taken.remove(key)
    elif key and len(taken) < TAKE_MAX:
        taken.append(key)
    st.session_state[TAKE] = taken


def chosen_line(told: Sequence[Line]) -> Line | None:
    """Return the answer that is chosen."""
    chosen = picked()
    return next((one for one in told if chosen and one.actor.id == chosen.id), None)


def show_map(
    scene: Scene, here: Origin | None, walk: Walk | None, told: Sequence[Line], way: Way | None
) -> None:
    """Draw where one is, what is near in 5, 10 and 15 minutes, the doors and the way to one."""
    chosen, line = picked(), chosen_line(told)
    spec: dict[str, Any] = {
        "selected": {"layer": "actors", "id": chosen.id} if chosen else None,
        "shown": {"actors": bits([False] * len(actors.order(scene)))},
        "near": {
            "origin": {
                "lon": here.lon,
                "lat": here.lat,
                "label": here.label,
                "accuracy_m": here.accuracy_m,
            }
            if here
            else None,
            "areas": walk.areas_at(pace()) if walk else [],
            "way": line_of(way) or _straight(here, line),
            "way_estimated": way is None,
            "answers": signs(told),
            "fit": f"{here.lon:.5f} {here.lat:.5f}" if here else "",
            "texts": {
                "origin": _(
                    "You are here: drag it, or move it with the arrow keys and press Enter"
                ),
                "area": _("{n} minutes on foot"),
            },
        },
    }
    mount(MAP, scene, _MAP, spec, picked=lambda: _pick(_MAP), placed=_placed)


def _straight(here: Origin | None, line: Line | None) -> list[list[float]] | None:
    point = line.place.point if line and line.place else None
    if here is None or point is None:
        return None
    return [[here.lon, here.lat], [point.lon, point.lat]]


def _placed() -> None:
    point = st.session_state[_MAP].get("placed")
    if isinstance(point, dict):
        origins.say({"kind": "map", **point})


def summary_of(count: int, *, here: bool) -> str:
    """Tell how many doors there are, for eyes and for a screen reader."""
    if not count:
        return _("No place in the directory answers this.")
    if here:
        return ngettext("{n} place, the nearest first", "{n} places, the nearest first", count)
    return ngettext("{n} place", "{n} places", count)
