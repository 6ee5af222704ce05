"""The list of what waits: whose, in which order, thirty at a time."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from directory.proposals import Order, Proposal, ProposalStatus
from layers.layer import Scene
from ui import wording
from ui.browser import QUEUE, mount
from ui.language import _, ngettext
from ui.proposing.desk import proposals
from ui.queue import desk, words

_LIST: Final = "queue_rows_part"


def heading() -> None:
    """Tell how many wait."""
    waiting = proposals().counts(desk.mine())
    n = waiting[ProposalStatus.OPEN] + waiting[ProposalStatus.ASKED]
    st.title(_("What is proposed"), anchor=False)
    told = ngettext("{n} proposal waits.", "{n} proposals wait.", n)
    asked = waiting[ProposalStatus.ASKED]
    if asked:
        more = ngettext("Of {n} an answer is awaited.", "Of {n} an answer is awaited.", asked)
        told = f"{told} {more}"
    st.caption(wording.plain(told) if n else _("Nothing waits. Thank you."))


def filters() -> None:
    """Choose whose proposals, which ones and in which order."""
    areas, counts = desk.areas(), proposals().waiting()
    for name, default in ((desk.AREA, desk.EVERYWHERE), (desk.VIEW, "open")):
        st.session_state[name] = st.session_state.get(name) or default
    st.session_state[desk.ORDER] = st.session_state.get(desk.ORDER) or Order.WEIGHT.value
    if len(areas) > 2:  # noqa: PLR2004 - all, and one neighbourhood: the same
        st.selectbox(
            _("Neighbourhood"),
            areas,
            key=desk.AREA,
            format_func=lambda area: _area(area, counts),
            persist_state="session",
        )
    views = {"open": _("To decide"), "asked": _("Asked back"), "decided": _("Decided")}
    st.segmented_control(
        _("Which ones"),
        list(views),
        key=desk.VIEW,
        required=True,
        format_func=views.__getitem__,
        label_visibility="collapsed",
        persist_state="session",
    )
    orders = {Order.WEIGHT.value: _("The weightiest first"), Order.AGE.value: _("The oldest first")}
    st.selectbox(
        _("Order"),
        list(orders),
        key=desk.ORDER,
        format_func=orders.__getitem__,
        persist_state="session",
    )


def _area(area: str, counts: Mapping[str, int]) -> str:
    if area == desk.EVERYWHERE:
        return _("All of mine") if desk.mine() is not None else _("All neighbourhoods")
    if area == desk.NOWHERE:
        told, n = _("In no neighbourhood"), counts.get("", 0)
    else:
        told, n = words.area(area), counts.get(area, 0)
    return f"{told} ({wording.number(n)})"


def show(scene: Scene) -> None:
    """Show a page of the list."""
    found = desk.listed()
    st.session_state[desk.ORDERED] = [one.id for one in found]
    st.session_state[desk.ROWS] = {one.id: one for one in found}
    ticking = st.session_state[desk.VIEW] != "decided"
    held = [
        key for key in st.session_state.get(desk.TICKED) or [] if key in st.session_state[desk.ROWS]
    ]
    st.session_state[desk.TICKED] = held if ticking else []
    spec = {
        "texts": {"label": _("Proposals"), "tick": _("Tick")},
        "page": desk.page() + 1,
        "items": [_item(one) for one in found],
        "selected": st.session_state.get(desk.CHOSEN),
        "ticked": st.session_state[desk.TICKED],
        "ticking": ticking,
    }
    if found:
        mount(QUEUE, scene, _LIST, spec, picked=_picked, taken=_taken)
    else:
        st.info(_("There is nothing here."))
    _turning(found)


def _item(proposal: Proposal) -> dict[str, object]:
    tags = [words.said(proposal)]
    if proposal.status is not ProposalStatus.OPEN:
        tags.append(words.status(proposal.status))
    elif any(event.kind.value == "answered" for event in proposal.events[-1:]):
        tags.append(_("answered"))
    return {
        "id": proposal.id,
        "kind": words.kind(proposal.kind),
        "name": words.name(proposal)[:120] or _("Without a name"),
        "sub": f"{words.areas(proposal)} · {words.ago(proposal.made_at)}",
        "tags": [tag for tag in tags if tag],
    }


def _picked() -> None:
    chosen = str(st.session_state[_LIST].get("picked") or "").partition(":")[2]
    if chosen in st.session_state.get(desk.ROWS, {}):
        desk.choose(chosen)


def _taken() -> None:
    told = st.session_state[_LIST].get("taken")
    rows = st.session_state.get(desk.ROWS, {})
    if isinstance(told, list):
        st.session_state[desk.TICKED] = [
            key for key in told if isinstance(key, str) and key in rows
        ]


def _turning(found: list[Proposal]) -> None:
    before, more = desk.page(), len(found) == desk.SHOWN
    if not before and not more:
        return
    with st.container(key="queue_turn", horizontal=True, vertical_alignment="center"):
        st.button(
            _("Previous"),
            key="queue_previous",
            disabled=not before,
            on_click=desk.turn,
            args=(None,),
        )
        first = before * desk.SHOWN + 1
        if found:
            st.caption(
                f"{wording.number(first)} \N{EN DASH} {wording.number(first + len(found) - 1)}"
            )
        st.button(
            _("Next"),
            key="queue_next",
            disabled=not more,
            on_click=desk.turn,
            args=(found[-1] if found else None,),
        )


def invite() -> None:
    """Say what to do while nothing is open."""
    st.caption(_("Open a proposal, or tick several to decide them together."))
