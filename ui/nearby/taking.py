"""What a person takes along: the doors chosen, as a list, a link and a sheet of paper."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Final
from urllib.parse import urlencode, urlsplit, urlunsplit

import numpy as np
import streamlit as st

from directory.nearby import Found, Wish, answer
from directory.needs import Need
from directory.relay_finder import YourRelay
from geo.walking import Walked
from ui import look, share
from ui.address import opens
from ui.language import NAMES, _, current, ngettext
from ui.nearby.ground import Ground
from ui.nearby.results import Line
from ui.nearby.sheet import Asked, write
from ui.nearby.walks import Walk
from ui.nearby.wishes import MINE, TAKE, pace

_PANEL: Final = "near_sheet"
_DOOR: Final = "near_door"
_MAPS: Final = "near_maps"
_DOORS: Final = ("fr", "nl")


def held() -> tuple[str, ...]:
    """Return the ids taken along."""
    return tuple(st.session_state.get(TAKE) or ())


def wish() -> Wish:
    """Return what finds the doors taken along, and no other."""
    return Wish(ids=held())


def only_mine(need: Need | None) -> bool:
    """Whether the list shows what is taken along: when asked for, or when nothing else is."""
    return need is None or bool(held() and st.session_state.get(MINE))


def find(ground: Ground, walk: Walk | None, wish: Wish, at: datetime) -> list[Found]:
    """Return the answers: by minutes, or by name where nobody said from where."""
    answers = answer(ground.atlas, ground.doors, _ways(ground, walk), wish, at)
    if walk is None:
        place = {key: n for n, key in enumerate(ground.atlas.actors_by_name(current()))}
        answers.sort(key=lambda one: place[one.id])
    return answers


def _ways(ground: Ground, walk: Walk | None) -> Walked:
    """Return how far the doors are; infinitely far where nobody said from where."""
    if walk is not None:
        return walk.walked
    count = len(ground.doors.ids)
    return Walked(metres=np.full(count, np.inf), estimated=np.zeros(count, dtype=np.bool_))


def helplines(need: Need) -> None:
    """Tell whom one can call at any hour."""
    if need.helplines:
        language = current()
        told = [
            {"number": one.number, "label": one.labels.best(language)} for one in need.helplines
        ]
        look.render("near_lines.html.j2", lines=told)


def offer(
    ground: Ground,
    walk: Walk | None,
    told: Sequence[Line],
    relay: YourRelay | None,
    at: datetime,
) -> None:
    """Offer the link and the sheet of what is taken along; `told` are those doors."""
    if not told:
        return
    with st.container(key="taking", horizontal=True, vertical_alignment="center"):
        count = ngettext("{n} place to take along", "{n} places to take along", len(told))
        panel = st.popover(count, key=opens(_PANEL), on_change="rerun", width="stretch")
        if not panel.open:
            st.session_state[MINE] = bool(st.session_state.get(MINE))
            return
    with panel:
        st.toggle(_("Show only these"), key=MINE)
        _ask()
        st.download_button(
            _("Print them on A4 (PDF)"),
            data=partial(write, _asked(ground, walk, told, relay, at)),
            file_name="plein-a4.pdf",
            mime="application/pdf",
            key="near_pdf",
            on_click="ignore",
            type="primary",
            width="stretch",
        )
        share.copy_link_button(TAKE, _link(told))
        st.caption(_("The link and the sheet hold these places, never where you are."))


def _ask() -> None:
    """Ask for the language of the door and for the maps."""
    other = "nl" if current() == "fr" else "fr"
    st.segmented_control(
        _("Beside it, for the door you knock on"),
        _DOORS,
        default=other,
        required=True,
        key=_DOOR,
        format_func=NAMES.__getitem__,
    )
    maps = {"each": _("A map for each"), "one": _("One map")}
    st.segmented_control(
        _("Maps"),
        list(maps),
        default="each",
        required=True,
        key=_MAPS,
        format_func=maps.__getitem__,
        label_visibility="collapsed",
    )


def _asked(
    ground: Ground,
    walk: Walk | None,
    told: Sequence[Line],
    relay: YourRelay | None,
    at: datetime,
) -> Asked:
    return Asked(
        ground=ground,
        walk=walk,
        lines=tuple(told),
        relay=relay,
        at=at,
        languages=(current(), str(st.session_state.get(_DOOR) or "fr")),
        one_map=st.session_state.get(_MAPS) == "one",
        pace=pace(),
        address=_link(told),
    )


def _link(told: Sequence[Line]) -> str:
    return link(str(st.context.url or ""), current(), [line.actor.id for line in told])


def link(page: str, language: str, ids: Sequence[str]) -> str:
    """Write the address of a list: places, and nothing of who asked.

    >>> link("http://localhost:8501/near?need=food#map=17/50.8/4.3", "nl", ["a", "b"])
    'http://localhost:8501/near?lang=nl&take=a&take=b&mine=1'
    """
    parts = urlsplit(page)
    query = urlencode([("lang", language), *((TAKE, key) for key in ids), (MINE, "1")])
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
