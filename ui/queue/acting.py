"""What one may do with a proposal: accept, change and accept, refuse, ask, pass on, take back."""

from collections.abc import Callable

import streamlit as st

from directory.authors import Author
from directory.proposals import Proposal, ProposalKind, ProposalStatus
from directory.proposals.deciding import ARCHIVING, Several
from directory.proposals.weighing import Weighed, weigh
from geo.errors import N_, PleinError
from ui import access, state, wording
from ui.language import _, current, ngettext, say
from ui.proposing.desk import proposals
from ui.queue import desk, form, ground, words

NOTE_MAX = 2_000
"""Letters of a reason or a question on the page."""


class _MovedError(PleinError):
    """What somebody looked at is not what stands any more."""


def show(weighed: Weighed, author: Author | None) -> None:
    """Show the buttons; what a press does holds for what is on the screen, or is told."""
    proposal = weighed.proposal
    st.session_state[desk.SEEN] = (proposal.id, proposal.version, weighed.version)
    if author is None:
        st.caption(_("Give your name to decide."))
        return
    if not proposal.undecided:
        _take_back(proposal)
        return
    simple = weighed.problem is None and not weighed.clashes
    changeable = weighed.after is not None and proposal.kind not in ARCHIVING
    with st.container(key="queue_acts", horizontal=True):
        st.button(
            _("Accept"),
            type="primary",
            disabled=not simple or proposal.kind is ProposalKind.WRONG,
            key="queue_accept",
            on_click=_accept,
            args=(proposal.id,),
        )
        if changeable:
            st.button(_("Change and accept…"), key="queue_change", on_click=_toggle)
        with st.popover(_("Refuse…")):
            _say(proposal, author, "refuse", _("Why? Whoever proposed it reads this."))
        with st.popover(_("Ask…")):
            _say(proposal, author, "ask", _("What do you want to know?"))
        with st.popover(_("Pass on…")):
            _pass_on(proposal, author)
    if changeable and st.session_state.get(desk.CHANGING) == proposal.id:
        _change(weighed, author)


def _toggle() -> None:
    now, chosen = st.session_state.get(desk.CHANGING), st.session_state[desk.CHOSEN]
    st.session_state[desk.CHANGING] = None if now == chosen else chosen
    ground.forget_pin()


def seen(proposal_id: str) -> Weighed:
    """Lay a proposal on the record again, and make sure that this is what was on the screen.

    Raises:
        PleinError: somebody changed either meanwhile; the page shows both as they are now.
    """
    proposal = proposals().get(proposal_id)
    weighed = weigh(state.store(), proposal)
    if st.session_state.get(desk.SEEN) != (proposal.id, proposal.version, weighed.version):
        raise _MovedError(
            N_("Somebody was here meanwhile: this is how it stands now. Nothing was done.")
        )
    return weighed


def act(name: str, told: str, do: Callable[[], Proposal]) -> None:
    """Do something, keep it for undoing, and go to the next one; or tell why not."""
    try:
        done = do()
    except PleinError as error:
        desk.tell(error)
        return
    st.session_state[desk.LAST] = [done] if done.status in desk.VIEWS["decided"] else []
    after_acting([done.id])
    st.toast(wording.plain(f"{name}: {told}"))


def after_acting(gone: list[str]) -> None:
    """Open the next proposal of the list, and be done with what was typed."""
    order: list[str] = st.session_state.get(desk.ORDERED, [])
    here = next((order.index(key) for key in gone if key in order), len(order))
    later = (key for key in order[here + 1 :] if key not in gone)
    desk.choose(next(later, None))
    st.session_state[desk.CHANGING] = None
    st.session_state[desk.TICKED] = []
    ground.forget_pin()


def _accept(proposal_id: str) -> None:
    def do() -> Proposal:
        return desk.decisions().accept(seen(proposal_id), by=access.acting())

    act(_name(proposal_id), _("accepted"), do)


def _name(proposal_id: str) -> str:
    try:
        return words.name(proposals().get(proposal_id))
    except PleinError:
        return ""


def _change(weighed: Weighed, author: Author) -> None:
    proposal, after = weighed.proposal, weighed.after
    assert after is not None  # noqa: S101 - else there is nothing to change
    with st.form(f"queue_form_{proposal.id}"):
        facts = form.ask(proposal, after)
        text = st.text_area(
            _("A word to whoever proposed it (may be empty)"), max_chars=NOTE_MAX, height=80
        )
        pressed = st.form_submit_button(_("Accept with these changes"), type="primary")
    if pressed:

        def do() -> Proposal:
            return desk.decisions().accept(
                seen(proposal.id), by=author, facts=facts, text=text.strip()
            )

        act(words.name(proposal), _("accepted"), do)
        st.rerun()


def _say(proposal: Proposal, author: Author, what: str, label: str) -> None:
    with st.form(f"queue_{what}_{proposal.id}", border=False):
        text = st.text_area(label, max_chars=NOTE_MAX, height=110)
        button = _("Refuse") if what == "refuse" else _("Send the question")
        if st.form_submit_button(button, type="primary"):
            told = _("refused") if what == "refuse" else _("asked")

            def do() -> Proposal:
                now = seen(proposal.id).proposal
                if what == "refuse":
                    return proposals().refuse(now, text, by=author)
                return proposals().ask(now, text, by=author)

            act(words.name(proposal), told, do)
            st.rerun()


def _pass_on(proposal: Proposal, author: Author) -> None:
    atlas, language = state.atlas(), current()
    names = {
        key: atlas.neighbourhood_name(key, language)
        for key in atlas.neighbourhoods
        if proposal.neighbourhoods != (key,)
    }
    order = [*sorted(names, key=lambda key: names[key].casefold()), desk.NOWHERE]
    names[desk.NOWHERE] = _("To the coordinators")
    with st.form(f"queue_pass_{proposal.id}", border=False):
        area = st.selectbox(
            _("To the relay of"), order, None, format_func=names.__getitem__, placeholder=""
        )
        text = st.text_area(_("What should they know? (may be empty)"), max_chars=NOTE_MAX)
        if st.form_submit_button(_("Pass on"), type="primary") and area:

            def do() -> Proposal:
                wanted = [] if area == desk.NOWHERE else [area]
                now = seen(proposal.id).proposal
                return proposals().pass_on(now, wanted, by=author, text=text)

            act(words.name(proposal), _("passed on"), do)
            st.rerun()


def _take_back(proposal: Proposal) -> None:
    if proposal.status is not ProposalStatus.WITHDRAWN:
        st.button(
            _("Take this decision back"),
            key="queue_take_back",
            on_click=_undo,
            args=([proposal],),
        )


def _undo(decided: list[Proposal]) -> None:
    st.session_state[desk.LAST] = []
    for proposal in decided:
        try:
            back = desk.decisions().undo(proposals().get(proposal.id), by=access.acting())
        except PleinError as error:
            desk.tell(error)
            return
        desk.choose(back.id)
    st.toast(_("Open again."))


def show_last(author: Author | None) -> None:
    """Tell what was not done and why; offer to take back what was."""
    if error := st.session_state.pop(desk.TOLD, None):
        st.warning(say(error))
    for name, why in st.session_state.pop(desk.LEFT, []):
        st.warning(wording.plain(f"{name}: {why}"))
    decided: list[Proposal] = st.session_state.get(desk.LAST) or []
    if not decided or author is None:
        return
    first, n = decided[0], len(decided)
    told = f"{words.name(first)}: {words.status(first.status)}"
    if n > 1:
        told = ngettext("{n} proposal decided.", "{n} proposals decided.", n)
    with st.container(key="queue_last", horizontal=True, vertical_alignment="center"):
        st.markdown(wording.plain(told))
        st.button(_("Undo it"), key="queue_undo", type="tertiary", on_click=_undo, args=(decided,))


def show_several(author: Author | None) -> None:
    """Offer to accept or refuse those that are ticked."""
    ticked: list[str] = st.session_state.get(desk.TICKED) or []
    if not ticked or author is None:
        return
    n = len(ticked)
    with st.container(key="queue_several", horizontal=True, vertical_alignment="center"):
        st.markdown(ngettext("{n} ticked", "{n} ticked", n))
        st.button(_("Accept all"), key="queue_accept_all", on_click=_all, args=(None,))
        with st.popover(_("Refuse all…")), st.form("queue_refuse_all", border=False):
            reason = st.text_area(
                _("Why? Whoever proposed it reads this."), max_chars=NOTE_MAX, height=110
            )
            if st.form_submit_button(_("Refuse"), type="primary"):
                _all(reason)
                st.rerun()


def _all(reason: str | None) -> None:
    """Decide those that are ticked, as they were when they were listed."""
    listed: dict[str, Proposal] = st.session_state.get(desk.ROWS, {})
    wanted = [listed[key] for key in st.session_state[desk.TICKED] if key in listed]
    try:
        told = _decided(wanted, access.acting(), reason)
    except PleinError as error:
        desk.tell(error)
        return
    st.session_state[desk.LAST] = list(told.done)
    st.session_state[desk.LEFT] = [(words.name(one), say(error)) for one, error in told.left]
    chosen = st.session_state.get(desk.CHOSEN)
    after_acting([one.id for one in told.done])
    if chosen and chosen not in {one.id for one in told.done}:
        desk.choose(chosen)


def _decided(wanted: list[Proposal], author: Author, reason: str | None) -> Several:
    if reason is None:
        return desk.decisions().accept_all(wanted, by=author)
    return desk.decisions().refuse_all(wanted, reason, by=author)
