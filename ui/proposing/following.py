"""A proposal as the one who made it follows it by their private link: its state, in words."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from directory.atlas import Atlas
from directory.categories import CATEGORIES
from directory.clock import BRUSSELS
from directory.proposals import EventKind, Followed, Proposal, ProposalKind, ProposalStatus
from geo.errors import PleinError
from ui import look, wording
from ui.language import _, current, say
from ui.mapview import PICK, Pick
from ui.proposing import desk
from ui.proposing.answers import decides

LINK = "link"
"""The parameter of the address that carries the token."""
ANSWER = "follow_answer"
ANSWER_MAX = 5_000
_TOLD = "follow_told"


def show(atlas: Atlas) -> None:
    """Show what the link of the address opens, and what its owner may still do."""
    token = st.query_params.get(LINK, "")
    with st.container(key="follow"):
        found = desk.proposals().by_link(token)
        if found is None:
            st.info(
                _(
                    "This link leads to no proposal. Check that you copied all of it: it ends in "
                    "32 letters and digits."
                )
            )
            return
        _tell(atlas, found)
        # Both are there or empty, so that what stands below stays as it is.
        with st.container():
            if problem := st.session_state.pop(_TOLD, ""):
                st.error(problem)
        with st.container():
            if found.proposal.status is ProposalStatus.ASKED and not found.withdrawn:
                _ask(token)
        if found.proposal.undecided and not found.withdrawn:
            _offer_to_withdraw(token)


def _tell(atlas: Atlas, found: Followed) -> None:
    proposal = found.proposal
    shown = _shown(atlas, proposal)
    link = {"lang": current(), PICK: str(Pick("actors", shown))}
    look.render(
        "follow.html.j2",
        title=_("Your proposal"),
        what=what(atlas, proposal),
        state=_state(atlas, found),
        reason_label=_("The relay says:"),
        reason=proposal.reason if not proposal.undecided else "",
        thread=_thread(found),
        seen=f"./?{urlencode(link)}" if shown else "",
        seen_label=_("See it on the map"),
    )


def what(atlas: Atlas, proposal: Proposal) -> str:
    """Say in a line what is proposed; what others wrote besides is not in it."""
    language = current()
    if proposal.kind is ProposalKind.ADD:
        names = [str(name) for name in proposal.facts.get("names", {}).values()]
        keys = [key for key in proposal.facts.get("categories", ()) if key in CATEGORIES]
        what_it_is = ", ".join(CATEGORIES[key].labels.best(language) for key in keys)
        return _("New: {name} ({category})", name=" / ".join(names), category=what_it_is)
    actor = atlas.actors.get(proposal.target)
    name = actor.names.best(language) if actor else _("a place that is no longer on the map")
    return {
        ProposalKind.CORRECT: _("Correction of {name}", name=name),
        ProposalKind.MOVED: _("{name} moved", name=name),
        ProposalKind.CLOSED: _("{name} closed for good", name=name),
        ProposalKind.DUPLICATE: _("{name} is on the map twice", name=name),
        ProposalKind.WRONG: _("Something is wrong with {name}", name=name),
    }[proposal.kind]


def _state(atlas: Atlas, found: Followed) -> str:
    proposal = found.proposal
    if found.withdrawn:
        return _("You withdrew it.")
    words = {
        ProposalStatus.ASKED: _("The relay asks you something; it waits for your answer."),
        ProposalStatus.ACCEPTED: _("It was accepted. Thank you: the map is better for it."),
        ProposalStatus.REFUSED: _("It was not taken over."),
        ProposalStatus.WITHDRAWN: _("You withdrew it."),
    }
    if proposal.status in words:
        return words[proposal.status]
    sent = _("You sent it on {day}; nobody decided yet.", day=wording.day(_day(proposal.made_at)))
    return f"{sent} {decides(atlas, proposal, current())}"


def _thread(found: Followed) -> list[dict[str, Any]]:
    """Tell what the relay and this person said, and that it was passed on."""
    words = {
        EventKind.AGAIN: _("you wrote"),
        EventKind.ASKED: _("the relay asks"),
        EventKind.ANSWERED: _("you answered"),
        EventKind.PASSED: _("passed on to whom it concerns"),
        EventKind.REOPENED: _("the relay looks at it again"),
    }
    return [
        {
            "when": wording.day(_day(event.at)),
            "label": words[event.kind],
            # What relays write to each other when passing on is theirs.
            "text": "" if event.kind is EventKind.PASSED else event.text,
        }
        for event in found.events
        if event.kind in words and (event.text or event.kind is not EventKind.AGAIN)
    ]


def _day(moment: datetime) -> date:
    return moment.astimezone(BRUSSELS).date()


def _shown(atlas: Atlas, proposal: Proposal) -> str:
    """Return the actor to look at once it was accepted, where the public sees it."""
    if proposal.status is not ProposalStatus.ACCEPTED:
        return ""
    actor_id = str(proposal.facts.get("id") or proposal.target)
    return actor_id if actor_id in atlas.actors else ""


def _ask(token: str) -> None:
    st.text_area(_("Your answer"), key=ANSWER, max_chars=ANSWER_MAX)

    def answer() -> None:
        _try(lambda: desk.proposals().answer(token, str(st.session_state.get(ANSWER) or "")))

    st.button(_("Send your answer"), type="primary", on_click=answer, key="follow_send")


def _offer_to_withdraw(token: str) -> None:
    with st.popover(_("Withdraw your proposal")):
        st.write(_("The relay then no longer reads it. This cannot be undone."))
        st.button(
            _("Withdraw it"),
            key="follow_withdraw",
            on_click=lambda: _try(lambda: desk.proposals().withdraw(token)),
        )


def _try(work: Callable[[], object]) -> None:
    """Do it, and keep for the page what went wrong."""
    try:
        work()
    except PleinError as error:
        st.session_state[_TOLD] = say(error)
