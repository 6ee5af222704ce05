"""The proposal that is open: what it says, old beside new, where, what it may be already."""

from urllib.parse import urlencode

import streamlit as st

from directory.authors import Author
from directory.importing.records import Twin
from directory.proposals import Event, EventKind, Proposal, ProposalKind
from directory.proposals.deciding import ARCHIVING
from directory.proposals.weighing import decided_otherwise, weigh
from directory.store import Kind
from directory.versions import versions
from layers.layer import Scene
from ui import look, mapview, state, wording
from ui.language import _, current, say
from ui.queue import acting, desk, ground, sides, words
from ui.record import words as records

_HISTORY = 4
"""Versions of the record that are told."""


def show(scene: Scene, proposal: Proposal, author: Author | None) -> None:
    """Show a proposal and what one may do with it."""
    weighed = weigh(state.store(), proposal)
    st.button(
        _("Back to the list"), key="queue_back", type="tertiary", on_click=desk.choose, args=(None,)
    )
    _head(proposal)
    if weighed.problem is not None:
        st.warning(say(weighed.problem))
    elif proposal.undecided:
        if weighed.clashes:
            st.warning(
                _(
                    "The same was changed since this was proposed. Look at both, then change and "
                    "accept, or refuse."
                )
            )
        sides.show(weighed)
    acting.show(weighed, author)
    alike = ground.twins(weighed) if proposal.undecided else []
    _twins(alike)
    movable = proposal.undecided and proposal.kind not in ARCHIVING and author is not None
    ground.show(scene, weighed, alike, movable=movable)
    _thread(proposal)
    if proposal.target:
        _history(proposal)


def missing() -> None:
    """Say that what the address names is not here, or not theirs: one does not learn which."""
    st.info(_("This proposal is not here, or not yours to decide."))
    st.button(_("Back to the list"), on_click=desk.choose, args=(None,))


def _head(proposal: Proposal) -> None:
    facts = [words.areas(proposal), words.day(proposal.made_at), words.said(proposal)]
    if proposal.name:
        facts.append(_("from {name}", name=proposal.name))
    if not proposal.undecided:
        facts.append(words.status(proposal.status))
    if proposal.kind is ProposalKind.DUPLICATE:
        other = words.actor_name(proposal.other)
        facts.append(_("the same as {name}, which stays", name=other))
    look.render(
        "queue_head.html.j2",
        lang=current(),
        kicker=words.kind(proposal.kind),
        name=words.name(proposal),
        facts=" · ".join(filter(None, facts)),
        note=proposal.note,
    )


def _twins(alike: list[Twin]) -> None:
    """Name what it may be already, each with why, and lead there."""
    if not alike:
        return
    st.markdown("**" + _("It may be there already:") + "**")
    for twin in alike:
        why = [_(reason) for reason in twin.reasons]
        if twin.distance_m is not None:
            why.append(_("{n} m away", n=wording.number(round(twin.distance_m))))
        view = {"lang": current(), mapview.PICK: str(mapview.Pick("actors", twin.actor_id))}
        name = wording.plain(words.actor_name(twin.actor_id))
        st.markdown(f"- [{name}](./?{urlencode(view)}): {wording.plain(', '.join(why))}")


def _thread(proposal: Proposal) -> None:
    """Tell what was said and decided; where they differ, what was proposed and what was decided."""
    lines = [
        {"what": words.event(one), "when": words.day(one.at), "text": _text(one)}
        for one in proposal.events
    ]
    otherwise = decided_otherwise(state.store(), proposal)
    lines += [
        {
            "what": _("Decided otherwise: {field}", field=records.label(one.path)),
            "when": "",
            "text": f"{records.told(one.path, one.before)} → {records.told(one.path, one.after)}",
        }
        for one in otherwise
    ]
    look.render(
        "queue_thread.html.j2", lang=current(), label=_("What happened so far"), lines=lines
    )


def _text(event: Event) -> str:
    if event.kind is not EventKind.PASSED:
        return event.text
    to = ", ".join(map(words.area, event.neighbourhoods)) or _("To the coordinators")
    return f"{to}. {event.text}".strip()


def _history(proposal: Proposal) -> None:
    found = versions(state.store(), Kind.ACTOR, proposal.target)
    if not found:
        return
    with st.expander(_("History of the record")):
        for version in found[:_HISTORY]:
            changed = ", ".join(
                dict.fromkeys(records.label(one.path) for one in version.differences())
            )
            told = [words.day(version.at), version.author, records.way(version.way)]
            what = changed if version.before is not None else ""
            st.caption(wording.plain(" · ".join([*told, *([what] if what else [])])))
        view = {"lang": current(), "id": f"actors:{proposal.target}"}
        st.markdown("[" + _("The whole record") + f"](./record?{urlencode(view)})")
