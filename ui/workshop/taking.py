"""What phones and sheets send, and what they ask of their own proposals."""

from typing import Any, Final

from directory.proposals import EventKind, ProposalStatus
from directory.workshops import LinkUse, Sender
from geo.errors import N_, BadInputError
from ui.nearby import asking
from ui.nearby.ground import ground
from ui.proposing.answers import Answer, decides
from ui.proposing.desk import proposals
from ui.proposing.sending import draft_of
from ui.queue import words
from ui.workshop.desk import opened, workshops
from ui.workshop.feed import name_of

MOST_ASKED: Final = 100
"""Proposals one phone asks about at once."""
_SAYING: Final = (EventKind.ASKED, EventKind.ACCEPTED, EventKind.REFUSED)


def send(token: str) -> Answer:
    """Take one proposal in; the same `token` of the form twice is one proposal."""

    def answer(form: dict[str, Any], language: str, sender: str) -> dict[str, Any]:
        del sender  # nobody's address is read: forty phones sit behind one
        workshop = opened(token, LinkUse.PHONE)
        known = ground()
        drawn = form.get("token")
        if not isinstance(drawn, str) or not drawn:
            raise BadInputError(N_("The form could not be read. Load the page again."))
        draft = draft_of(_found(form, language), known.atlas, known.geocoder)
        who = Sender(
            table=_text(form, "table"),
            nickname=_text(form, "nickname"),
            phone=_text(form, "phone_mark"),
        )
        made = workshops().send(workshop, draft, who, token=drawn)
        return {
            "id": made.proposal.id,
            "decides": decides(known.atlas, made.proposal, language),
            "placed": bool((made.proposal.facts.get("places") or [{}])[0].get("point")),
        }

    return answer


def _found(form: dict[str, Any], language: str) -> dict[str, Any]:
    """Look up what was written of where it is, where nobody pressed the map."""
    where = _text(form, "where")
    if form.get("place") or not where:
        return form
    found = asking.ask(ground(), {"kind": "text", "text": where}, language).origin
    if found is None:
        return form
    return {**form, "place": {"lon": found.lon, "lat": found.lat, "label": where}}


def _text(form: dict[str, Any], name: str) -> str:
    found = form.get(name)
    return found.strip() if isinstance(found, str) else ""


def mine(token: str) -> Answer:
    """Tell what became of proposals, each by its private link."""

    def answer(form: dict[str, Any], language: str, sender: str) -> dict[str, Any]:
        del sender
        opened(token, LinkUse.PHONE)
        asked = form.get("links")
        links = [one for one in asked if isinstance(one, str)] if isinstance(asked, list) else []
        return {"mine": [_told(one, language) for one in links[:MOST_ASKED]]}

    return answer


def _told(link: str, language: str) -> dict[str, Any]:
    found = proposals().by_link(link)
    if found is None:
        return {"link": link, "state": "unknown"}
    said = next((one for one in reversed(found.events) if one.kind in _SAYING), None)
    status = ProposalStatus.WITHDRAWN if found.withdrawn else found.proposal.status
    return {
        "link": link,
        "state": status.value,
        "told": words.status(status),
        "name": name_of(found.proposal, ground().atlas, language),
        "said": said.text if said else "",
        "by": said.by if said else "",
    }


def reply(token: str) -> Answer:
    """Take the answer to a question, or a proposal back."""

    def answer(form: dict[str, Any], language: str, sender: str) -> dict[str, Any]:
        del sender
        opened(token, LinkUse.PHONE)
        link = _text(form, "link")
        if form.get("withdraw") is True:
            proposals().withdraw(link)
        else:
            proposals().answer(link, _text(form, "text"))
        return _told(link, language)

    return answer


def same_workshop(screen: str, phone: str) -> str:
    """Return the address phones come to, if both links open the same workshop.

    Raises:
        LinkEndedError: one of them opens nothing, or another workshop.
    """
    shown, sent = opened(screen, LinkUse.SCREEN), opened(phone, LinkUse.PHONE)
    return shown.address if shown.id == sent.id else opened("", LinkUse.PHONE).address
