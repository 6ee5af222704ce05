"""Whose records the due list holds, and which of them are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import streamlit as st

from directory.atlas import Atlas
from directory.categories import CATEGORIES
from directory.due_list import Due, due
from directory.people import Deed, Reach, Role, reach
from directory.store.rows import SLUG
from layers.layer import Scene
from ui import access, wording
from ui.address import Parameter
from ui.language import _

VIEW, CATEGORY, AREA, ACTOR = "due", "category", "area", "actor"
VIEWS: Final = ("overdue", "never")


def parameters(atlas: Atlas) -> dict[str, Parameter]:
    """Return what of this page is kept in the address."""
    return {
        VIEW: Parameter("one", VIEWS.__contains__, default=VIEWS[0]),
        CATEGORY: Parameter("many", CATEGORIES.__contains__),
        AREA: Parameter("one", atlas.neighbourhoods.__contains__),
        ACTOR: Parameter("one", lambda value: SLUG.fullmatch(value) is not None),
    }


@dataclass(frozen=True)
class Desk:
    """What one person may confirm on a scene: `areas` None is everywhere, `own` their records."""

    scene: Scene
    areas: frozenset[str] | None
    own: frozenset[str]

    @cached_property
    def overdue(self) -> tuple[Due, ...]:
        """What is past its period, the most urgent first."""
        return self._listed(never=False)

    @cached_property
    def never(self) -> tuple[Due, ...]:
        """What nobody ever checked."""
        return self._listed(never=True)

    def _listed(self, *, never: bool) -> tuple[Due, ...]:
        atlas, day = self.scene.atlas, self.scene.atlas.day
        found = due(atlas, self.areas, day, never=never)
        if self.areas is None or not self.own:
            return found
        there = {one.id for one in found}
        mine = (one for one in due(atlas, None, day, never=never) if one.id in self.own - there)
        return tuple(sorted([*found, *mine], key=lambda one: (-one.urgency, one.id)))


def open_desk(scene: Scene) -> Desk:
    """Return the desk of whoever works on this page."""
    who, day = access.person(), scene.at.date()
    everywhere = reach(who, Deed.CONFIRM, day) is Reach.ALL
    own = (grant.actors for grant in who.on(day) if grant.role is Role.ACTOR)
    return Desk(scene, None if everywhere else who.neighbourhoods(day), frozenset().union(*own))


def ask(desk: Desk) -> tuple[Due, ...]:
    """Ask which records to show, and return them."""
    chosen = _ask_view(desk)
    language, atlas = desk.scene.language, desk.scene.atlas
    areas = atlas.neighbourhoods if desk.areas is None else desk.areas
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(areas) > 1:
            st.selectbox(
                _("Neighbourhood of a relay"),
                sorted(areas, key=lambda key: atlas.neighbourhood_name(key, language)),
                index=None,
                key=AREA,
                format_func=lambda key: atlas.neighbourhood_name(key, language),
                placeholder=_("All"),
            )
        counts = _counts(desk, chosen)
        st.multiselect(
            _("Category"),
            list(counts),
            key=CATEGORY,
            format_func=lambda key: _(
                "{name} ({n})", name=CATEGORIES[key].labels.best(language), n=counts[key]
            ),
            placeholder=_("All"),
            select_all=False,
        )
    wanted = st.session_state.get(CATEGORY) or ()
    return tuple(
        one
        for one in _in_area(desk, chosen)
        if not wanted or not set(wanted).isdisjoint(atlas.actors[one.id].categories)
    )


def _ask_view(desk: Desk) -> tuple[Due, ...]:
    names = {
        "overdue": _("To be checked again ({n})", n=wording.number(len(desk.overdue))),
        "never": _("Never checked ({n})", n=wording.number(len(desk.never))),
    }
    view = st.segmented_control(
        _("Show"),
        VIEWS,
        required=True,
        key=VIEW,
        format_func=names.__getitem__,
        label_visibility="collapsed",
        width="stretch",
    )
    return desk.never if view == "never" else desk.overdue


def _in_area(desk: Desk, chosen: Sequence[Due]) -> Sequence[Due]:
    area = st.session_state.get(AREA)
    if not area:
        return chosen
    never, atlas = st.session_state.get(VIEW) == "never", desk.scene.atlas
    inside = {one.id for one in due(atlas, {area}, atlas.day, never=never)}
    return [one for one in chosen if one.id in inside]


def _counts(desk: Desk, chosen: Sequence[Due]) -> dict[str, int]:
    """Count the records of each category, in the order of the vocabulary; what is chosen stays."""
    found = dict.fromkeys(CATEGORIES, 0)
    for one in _in_area(desk, chosen):
        for key in desk.scene.atlas.actors[one.id].categories:
            found[key] += 1
    held = st.session_state.get(CATEGORY) or ()
    return {key: n for key, n in found.items() if n or key in held}
