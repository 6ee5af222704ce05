"""Somebody else saved meanwhile: both sides of each field beside each other, and whose holds."""

from typing import Final

import streamlit as st

from directory.clock import BRUSSELS
from directory.differences import differences
from directory.merging import Conflict, Merged, Side
from ui import access, look, state, wording
from ui.language import _, ngettext
from ui.record import saving, words
from ui.record.contacts import seen
from ui.record.desk import Desk
from ui.record.told import Line, lines, parts
from ui.record.told import seen as shown_to

_TOLD: Final = 40
"""Fields decided one by one; of more than that, one side is taken for all."""


def show(desk: Desk) -> None:
    """Show what both changed, ask whose holds where they differ, and save both together."""
    merged = desk.merged()
    assert merged is not None  # noqa: S101 - there is a later version while this is shown
    st.subheader(_("Somebody else saved this meanwhile"))
    st.markdown(wording.plain(_saved_by(desk)))
    _sides(desk)
    if merged.conflicts:
        _decide(desk, merged)
    else:
        st.success(_("You changed different things: both can be kept."))
    who = access.author()
    with st.container(horizontal=True):
        if st.button(
            _("Save both together"),
            type="primary",
            disabled=bool(merged.open) or who is None,
            key="record_both",
        ):
            assert who is not None  # noqa: S101 - the button was disabled
            saving.save_merged(desk, who)
        st.button(_("Drop mine"), on_click=_drop, args=(desk,), key="record_drop_mine")
    if merged.open:
        left = ngettext(
            "{n} field is still to decide.", "{n} fields are still to decide.", len(merged.open)
        )
        st.caption(left)


def _drop(desk: Desk) -> None:
    if desk.theirs is not None:
        desk.take_up(desk.theirs)


def _saved_by(desk: Desk) -> str:
    changes = state.store().history(desk.subject.kind, desk.subject.id)
    last = changes[-1]
    return _(
        "{author} saved it, {moment}. Nothing of yours is saved yet, and nothing of it is lost.",
        author=last.author,
        moment=wording.moment(last.at.astimezone(BRUSSELS), None),
    )


def _sides(desk: Desk) -> None:
    """Tell what each changed, in a word."""
    theirs = desk.theirs or {}
    mine_of, theirs_of = differences(desk.base, desk.mine), differences(desk.base, theirs)
    told = {
        _("You changed"): shown_to(mine_of, (desk.base, desk.mine, theirs), seen(desk)),
        _("They changed"): shown_to(theirs_of, (desk.base, theirs), seen(desk)),
    }
    for column, (title, found) in zip(st.columns(2), told.items(), strict=True):
        with column:
            look.render("record_change.html.j2", title=title, meta="", lines=lines(found))


def _decide(desk: Desk, merged: Merged) -> None:
    left = ngettext(
        "Both changed {n} field differently. Whose holds?",
        "Both changed {n} fields differently. Whose hold?",
        len(merged.conflicts),
    )
    st.markdown(f"**{wording.plain(left)}**")
    with st.container(horizontal=True):
        for side, told in ((Side.MINE, _("All mine")), (Side.THEIRS, _("All theirs"))):
            st.button(
                told, on_click=_decide_all, args=(desk, merged, side), key=f"record_all_{side}"
            )
    for number, conflict in enumerate(merged.conflicts[:_TOLD]):
        _ask(desk, number, conflict)


def _decide_all(desk: Desk, merged: Merged, side: Side) -> None:
    for number, conflict in enumerate(merged.conflicts):
        desk.decided[conflict.path] = side
        st.session_state[_key(desk, number)] = side


def _key(desk: Desk, number: int) -> str:
    return desk.key("conflict", (desk.theirs or {}).get("version"), number)


def _ask(desk: Desk, number: int, conflict: Conflict) -> None:
    key = _key(desk, number)
    st.session_state.setdefault(key, desk.decided.get(conflict.path))

    def decide() -> None:
        if side := st.session_state[key]:
            desk.decided[conflict.path] = side
        else:
            desk.decided.pop(conflict.path, None)

    with st.container(border=True, key=f"record_conflict_{number}"):
        look.render(
            "record_conflict.html.j2",
            title=words.label(conflict.path),
            mine_title=_("Mine"),
            theirs_title=_("Theirs"),
            mine=_line(conflict, conflict.mine),
            theirs=_line(conflict, conflict.theirs),
        )
        names = {Side.MINE: _("Mine"), Side.THEIRS: _("Theirs"), Side.BOTH: _("Both")}
        st.radio(
            words.label(conflict.path),
            [Side.MINE, Side.THEIRS, *([Side.BOTH] if conflict.roomy else [])],
            key=key,
            index=None,
            format_func=names.__getitem__,
            horizontal=True,
            on_change=decide,
            label_visibility="collapsed",
        )


def _line(conflict: Conflict, value: object) -> Line:
    after = words.told(conflict.path, value)
    return Line("", words.told(conflict.path, conflict.base), after, parts(conflict.base, value))
