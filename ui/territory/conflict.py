"""Somebody else saved meanwhile: both are shown, and what both changed is decided one by one."""

from typing import Any, Final

import streamlit as st

from directory.clock import BRUSSELS
from directory.store import Kind
from geo.neighbourhood_edits import Draft
from geo.neighbourhood_merge import Conflict, Merged, Side
from layers.layer import Scene
from ui import state, wording
from ui.language import _, ngettext
from ui.territory import words
from ui.territory.desk import Desk
from ui.territory.ground import spec_of

_TOLD: Final = 30
"""Conflicts shown at once; of the others one side is taken for all."""


def show(scene: Scene, desk: Desk) -> dict[str, Any]:
    """Show what they saved and what both changed; return the map of both together."""
    merged = desk.merged()
    assert merged is not None  # noqa: S101 - there is a later directory while this is shown
    theirs = Draft.of(desk.territory.neighbours, desk.theirs.neighbourhoods, desk.day)  # type: ignore[union-attr]
    st.warning(_("Somebody saved other neighbourhoods meanwhile: nothing of yours is saved yet."))
    for line in _saved_by(desk, theirs):
        st.markdown(f"- {wording.plain(line)}")
    _list(_("What they changed"), words.moved(desk.base, theirs))
    _list(_("What you changed"), words.moved(desk.base, desk.now))
    _decide(desk, merged, theirs)
    with st.container(horizontal=True):
        st.button(
            _("Go on with both"),
            type="primary",
            disabled=bool(merged.open),
            on_click=desk.settle,
            key="territory_both",
        )
        st.button(_("Take theirs, drop mine"), on_click=_take_theirs, args=(desk,))
    marked = [one.id for one in merged.conflicts if one.kind == "sector"]
    return spec_of(scene, desk, merged.draft, marked=marked, read=True)


def _take_theirs(desk: Desk) -> None:
    theirs = desk.theirs
    if theirs is not None:
        desk.theirs, desk.decided = None, {}
        desk.take_up(theirs)


def _saved_by(desk: Desk, theirs: Draft) -> list[str]:
    """Tell which neighbourhoods were changed, by whom and when."""
    told = []
    for key in desk.base.differs(theirs):
        changes = state.store().history(Kind.NEIGHBOURHOOD, key)
        if not changes:
            continue
        at = changes[-1].at.astimezone(BRUSSELS)
        told.append(
            _(
                "{name}: {author}, {moment}",
                name=words.named(key, theirs, desk.base),
                author=changes[-1].author,
                moment=wording.moment(at, None),
            )
        )
    return told


def _list(title: str, rows: list[dict[str, str]]) -> None:
    with st.expander(f"{title} ({len(rows)})"):
        if rows:
            st.dataframe(rows, hide_index=True, width="stretch")
        else:
            st.caption(_("No sector; names, boundaries or days only."))


def _decide(desk: Desk, merged: Merged, theirs: Draft) -> None:
    if not merged.conflicts:
        st.success(_("You changed different things: both can be kept."))
        return
    left = ngettext(
        "{n} thing was changed by both, differently. Whose holds?",
        "{n} things were changed by both, differently. Whose hold?",
        len(merged.conflicts),
    )
    st.markdown(f"**{wording.plain(left)}**")
    with st.container(horizontal=True):
        for side, label in ((Side.MINE, _("All mine")), (Side.THEIRS, _("All theirs"))):
            st.button(label, on_click=_decide_all, args=(desk, merged, side))
    for conflict in merged.conflicts[:_TOLD]:
        _ask(desk, conflict, theirs)


def _decide_all(desk: Desk, merged: Merged, side: Side) -> None:
    desk.decided = dict.fromkeys(merged.conflicts, side)
    for conflict in merged.conflicts:
        st.session_state[_key(conflict)] = side


def _key(conflict: Conflict) -> str:
    return f"territory_conflict_{conflict.kind}_{conflict.id}"


def _ask(desk: Desk, conflict: Conflict, theirs: Draft) -> None:
    def decide() -> None:
        side = st.session_state[_key(conflict)]
        if side:
            desk.decided[conflict] = side
        else:
            desk.decided.pop(conflict, None)

    told = {
        Side.MINE: _("Mine: {what}", what=_value(conflict, desk.now, theirs, desk.base)),
        Side.THEIRS: _("Theirs: {what}", what=_value(conflict, theirs, desk.now, desk.base)),
    }
    st.radio(
        _about(conflict, desk.base, desk.now, theirs),
        list(Side),
        index=None,
        key=_key(conflict),
        format_func=lambda side: wording.plain(told[side]),
        on_change=decide,
    )


def _about(conflict: Conflict, *drafts: Draft) -> str:
    if conflict.kind == "sector":
        return wording.plain(_("Sector {name}", name=words.sector(conflict.id)))
    name = words.named(conflict.id, *drafts)
    return wording.plain(
        {
            "names": _("Names of {name}", name=name),
            "lived": _("Lived boundary of {name}", name=name),
            "end": _("Whether {name} goes on", name=name),
        }[conflict.kind]
    )


def _value(conflict: Conflict, draft: Draft, *others: Draft) -> str:
    if conflict.kind == "sector":
        found = draft.homes().get(conflict.id, ())
        return ", ".join(words.named(key, draft, *others) for key in found) or _(
            "in no neighbourhood"
        )
    area = draft.areas.get(conflict.id)
    if area is None or conflict.kind == "end":
        return _("it ends") if area is None else _("it goes on")
    if conflict.kind == "names":
        return " / ".join(area.names.values())
    if not area.lived:
        return _("no boundary")
    return ngettext("{n} corner", "{n} corners", len(area.lived))
