"""The proposals of a workshop as they come, and what one may do with each."""

from typing import Any, Final

import streamlit as st

from directory.authors import Author
from directory.people import Deed
from directory.proposals import Proposal
from directory.proposals.weighing import weigh
from directory.workshops import Contribution, Workshop
from directory.workshops.summary import once, outcome
from geo.errors import PleinError
from ui import access, state, wording
from ui.browser import QUEUE, mount
from ui.language import _, current, say
from ui.proposing.desk import proposals
from ui.queue import acting, desk, ground, opened, words
from ui.workshop.desk import workshops
from ui.workshop.words import outcomes

EVERY_S: Final = 2.0
_LIST: Final = "workshop_rows_part"


def show(workshop: Workshop, author: Author) -> None:
    """Show the list beside the proposal that is open."""
    side, beside = st.columns([5, 8], gap="medium")
    with side:
        st.fragment(_list, run_every=EVERY_S)(workshop, st.session_state.get(desk.CHOSEN))
    with beside, st.container(key="queue_one"):
        acting.show_last(author)
        chosen = desk.chosen()
        if chosen is None:
            st.caption(_("Open a proposal to decide about it. New ones come by themselves."))
            return
        _merging(workshop, chosen, author)
        opened.show(state.scene(current()), chosen, author)


def in_order(workshop: Workshop) -> list[Contribution]:
    """List each proposal of a workshop once: those to decide first, the newest on top."""
    first = once(workshops().came(workshop.id))
    return sorted(first, key=lambda one: (not one.proposal.undecided, -one.number))


def _list(workshop: Workshop, shown: str | None) -> None:
    found = in_order(workshop)
    st.session_state[desk.ORDERED] = [one.proposal.id for one in found if one.proposal.undecided]
    st.session_state[desk.ROWS] = {one.proposal.id: one.proposal for one in found}
    st.session_state[desk.TICKED] = []
    spec = {
        "texts": {"label": _("Proposals"), "tick": _("Tick")},
        "page": 1,
        "items": [_item(one) for one in found],
        "selected": st.session_state.get(desk.CHOSEN),
        "ticked": [],
        "ticking": False,
    }
    if found:
        mount(QUEUE, state.scene(current()), _LIST, spec, picked=_picked, taken=lambda: None)
    else:
        st.info(_("Nothing yet: what phones and sheets send stands here."))
    if st.session_state.get(desk.CHOSEN) != shown:
        st.rerun()


def _item(one: Contribution) -> dict[str, Any]:
    theirs = access.may(Deed.DECIDE, neighbourhoods=one.proposal.neighbourhoods)
    tags = [outcomes()[outcome(one)], words.said(one.proposal)]
    tags += [] if theirs else [_("another neighbourhood decides")]
    sub = _("table {table}", table=one.table)
    return {
        "id": one.proposal.id,
        "kind": words.kind(one.proposal.kind),
        "name": words.name(one.proposal)[:120] or _("Without a name"),
        "sub": f"{sub} · {one.nickname}" if one.nickname else sub,
        "tags": [tag for tag in tags if tag],
    }


def _picked() -> None:
    chosen = str(st.session_state[_LIST].get("picked") or "").partition(":")[2]
    if chosen in st.session_state.get(desk.ROWS, {}):
        desk.choose(chosen)


def _merging(workshop: Workshop, proposal: Proposal, author: Author) -> None:
    if not proposal.undecided:
        return
    others = {
        one.proposal.id: _("{name} (table {table})", name=words.name(one.proposal), table=one.table)
        for one in in_order(workshop)
        if one.proposal.undecided and one.proposal.id != proposal.id
    }
    twins = {
        f"actor:{twin.actor_id}": _("{name}, on the map", name=words.actor_name(twin.actor_id))
        for twin in ground.twins(weigh(state.store(), proposal))
    }
    names = {**twins, **others}
    with st.popover(_("Merge…"), disabled=not names), st.form("workshop_merge", border=False):
        st.write(_("It is the same as:"))
        into = st.selectbox(
            _("The same as"),
            list(names),
            format_func=names.__getitem__,
            label_visibility="collapsed",
        )
        pressed = st.form_submit_button(_("Merge"), type="primary")
    if pressed and into:
        _merge(proposal, str(into), names[into], author)
        st.rerun()


def _merge(proposal: Proposal, into: str, name: str, author: Author) -> None:
    try:
        kind, _colon, actor_id = into.partition(":")
        other: Proposal | str = actor_id if kind == "actor" else proposals().get(into)
        reason = _("It is the same as: {name}", name=name)
        done = workshops().merge(proposals().get(proposal.id), other, by=author, reason=reason)
    except PleinError as error:
        desk.tell(error)
        st.error(say(error))
        return
    acting.after_acting([done.id])
    told = _("merged")
    st.toast(wording.plain(f"{words.name(done)}: {told}"))
