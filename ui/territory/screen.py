"""The territory editor as one sees it: which view, the panel beside the map, the map."""

from typing import Any, Final

import streamlit as st

from directory.store.rows import SLUG
from layers.layer import Scene
from ui.address import Parameter
from ui.language import _
from ui.territory import conflict, dates, editor, history, proposals
from ui.territory.desk import AREA, Desk, chosen
from ui.territory.ground import spec_of

VIEW: Final = "view"


def parameters() -> dict[str, Parameter]:
    """Return what of this page is kept in the address."""
    return {
        VIEW: Parameter(
            "one", ("edit", "history", "dates", "propose").__contains__, default="edit"
        ),
        AREA: Parameter("one", lambda value: bool(SLUG.fullmatch(value))),
        **dates.PARAMETERS,
    }


def choose_view() -> None:
    """Ask what one wants to do."""
    names = {
        "edit": _("Edit"),
        "history": _("History"),
        "dates": _("Two dates"),
        "propose": _("Propose"),
    }
    st.segmented_control(
        _("What to do"),
        list(names),
        key=VIEW,
        required=True,
        format_func=names.__getitem__,
        label_visibility="collapsed",
    )


def show_panel(scene: Scene, desk: Desk) -> dict[str, Any]:
    """Show the panel of the view, and return what the map shows."""
    view = st.session_state.get(VIEW) or "edit"
    if desk.theirs is not None:
        return conflict.show(scene, desk)
    if view == "dates":
        return dates.show(scene, desk)
    if view == "propose":
        return proposals.show(scene, desk)
    if view == "history":
        history.show(desk)
    else:
        editor.show(scene, desk)
    return spec_of(scene, desk, desk.now, area=chosen(desk))
