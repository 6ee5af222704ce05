"""Whose proposals somebody sees here, which are listed, and which one is open."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from directory.people import Deed, Reach, reach
from directory.proposals import Order, Proposal, ProposalStatus
from directory.proposals.deciding import Decisions
from directory.proposals.store import PAGE
from geo.errors import PleinError, UnknownIdError
from ui import access, state
from ui.address import Parameter
from ui.proposing.desk import proposals

SHOWN: Final = 30
"""Rows sent at once."""
assert SHOWN <= PAGE  # noqa: S101
EVERYWHERE, NOWHERE = "all", "none"
VIEWS: Final[Mapping[str, tuple[ProposalStatus, ...]]] = {
    "open": (ProposalStatus.OPEN,),
    "asked": (ProposalStatus.ASKED,),
    "decided": (ProposalStatus.ACCEPTED, ProposalStatus.REFUSED),
}
CHOSEN, AREA, VIEW, ORDER = "proposal", "area", "view", "order"
TICKED, LAST, TOLD = "queue_ticked", "queue_last", "queue_told"
SEEN, CHANGING, LEFT = "queue_seen", "queue_changing", "queue_left"
ORDERED, ROWS = "queue_ordered", "queue_rows"
_PAGES, _FRAME = "queue_pages", "queue_frame"


def decisions() -> Decisions:
    """Return the decisions of whoever works on a page."""
    return Decisions(state.store(), access.commands(), proposals())


def mine() -> frozenset[str] | None:
    """Return the neighbourhoods this person decides in; None: everywhere."""
    person, day = access.person(), state.now().date()
    if reach(person, Deed.DECIDE, day) is Reach.ALL:
        return None
    return person.neighbourhoods(day)


def areas() -> list[str]:
    """List what one may choose: all of one's own, each of them, and what lies in none."""
    own = mine()
    atlas = state.atlas()
    known = set(atlas.neighbourhoods) if own is None else set(own)
    named = sorted(known, key=lambda key: atlas.neighbourhood_name(key, "fr").casefold())
    return [EVERYWHERE, *named, *([NOWHERE] if own is None else [])]


def asked() -> frozenset[str] | None:
    """Return the neighbourhoods whose proposals are listed; None: every proposal."""
    area, own = st.session_state.get(AREA) or EVERYWHERE, mine()
    if area == EVERYWHERE or (own is not None and area not in own):
        return own
    return frozenset({"" if area == NOWHERE else area})


def parameters() -> dict[str, Parameter]:
    """List what the address holds: ids, whose queue, and in which order."""
    known = set(areas())
    return {
        CHOSEN: Parameter("one", lambda value: value.isalnum() and value.isascii()),
        AREA: Parameter("one", known.__contains__, default=EVERYWHERE),
        VIEW: Parameter("one", VIEWS.__contains__, default="open"),
        ORDER: Parameter("one", list(Order).__contains__, default=Order.WEIGHT.value),
    }


def listed() -> list[Proposal]:
    """Return the proposals of the page that is open, at most `SHOWN`."""
    frame = (st.session_state.get(AREA), st.session_state[VIEW], st.session_state[ORDER])
    if st.session_state.get(_FRAME) != frame:
        st.session_state[_FRAME], st.session_state[_PAGES] = frame, []
    before: list[Proposal] = st.session_state[_PAGES]
    return proposals().of(
        asked(),
        VIEWS[st.session_state[VIEW]],
        order=Order(st.session_state[ORDER]),
        limit=SHOWN,
        after=before[-1] if before else None,
    )


def page() -> int:
    """Return how many pages lie before the one that is open."""
    return len(st.session_state.get(_PAGES, []))


def turn(last: Proposal | None) -> None:
    """Go to the page after one that ends with a proposal; None: to the one before."""
    pages: list[Proposal] = st.session_state[_PAGES]
    st.session_state[TICKED] = []
    if last is not None:
        pages.append(last)
    elif pages:
        pages.pop()


def chosen() -> Proposal | None:
    """Return the proposal that is open, if this person may see it; its id is of the address."""
    wanted = st.session_state.get(CHOSEN)
    if not wanted:
        return None
    try:
        found = proposals().get(wanted)
    except UnknownIdError:
        return None
    may = access.may(Deed.DECIDE, neighbourhoods=found.neighbourhoods)
    return found if may else None


def choose(proposal_id: str | None) -> None:
    """Open a proposal, or none."""
    if st.session_state.get(CHOSEN) != proposal_id:
        st.session_state.pop(SEEN, None)
    st.session_state[CHOSEN] = proposal_id


def tell(error: PleinError) -> None:
    """Keep an error for the next run, and ask the database what is true now."""
    st.session_state[TOLD] = error
    state.store().expect(state.store().directory().revision + 1)
