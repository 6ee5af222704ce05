"""What the form asks while it is filled, and what takes it in: by POST, so no address holds it.

The form sends to here and not through the page's own connection, so that it can be sent again when
the server was away.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from directory.atlas import Atlas
from directory.contacts import EMAIL, PHONE, Contact
from directory.hygiene import LIMIT
from directory.proposals import Proposal, TooManyError
from directory.store.errors import DiskFullError, StoreUnavailableError
from directory.texts import LANGUAGES
from directory.workshops import LinkEndedError
from geo.errors import PleinError
from ui import state, wording
from ui.access import is_this_machine
from ui.language import _, ngettext, say, speaking
from ui.nearby import asking
from ui.nearby.ground import ground
from ui.nearby.origin import Origin
from ui.nearby.origin import point as read_point
from ui.proposing import desk
from ui.proposing.sending import CONTACTS, draft_of, read_form
from ui.received import body_of

LARGEST: Final = 64_000
"""Bytes of a form: every field full, in a script of three bytes a letter (ours, 2026-11)."""
_STATUS: Final[Mapping[type[PleinError], int]] = {
    TooManyError: 429,
    StoreUnavailableError: 503,
    DiskFullError: 507,
    LinkEndedError: 410,
}
_HEADERS: Final = {"Cache-Control": "no-store"}
Answer = Callable[[dict[str, Any], str, str], dict[str, Any]]
"""What answers a form, in a language, to an address on the network."""


def routes() -> list[BaseRoute]:
    """List what answers the form."""
    return [
        Route("/propose/alike", answering(alike), methods=["POST"]),
        Route("/propose/place", answering(place), methods=["POST"]),
        Route("/propose/send", answering(send), methods=["POST"]),
    ]


def answering(answer: Answer) -> Callable[[Request], Any]:
    """Return a route that reads a form sent as JSON and answers it, or says why not."""

    async def answered(request: Request) -> JSONResponse:
        # Another site can make a browser send a form here, but not as JSON.
        if not request.headers.get("content-type", "").startswith("application/json"):
            return JSONResponse({"error": "Expected JSON."}, 415, _HEADERS)
        body = await body_of(request, LARGEST)
        if body is None:
            return JSONResponse({"error": "This is too long."}, 413, _HEADERS)
        return await run_in_threadpool(_answered, answer, body, _sender(request))

    return answered


def _sender(request: Request) -> str:
    """Return the address that asks: behind a proxy of this machine, the one it vouches for."""
    host = request.client.host if request.client else ""
    passed = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    return passed if passed and is_this_machine(host or None) else host


def _answered(answer: Answer, body: bytes, sender: str) -> JSONResponse:
    language = LANGUAGES[0]
    try:
        form = read_form(body)
        language = form["lang"] if form.get("lang") in LANGUAGES else language
        with speaking(language):
            return JSONResponse(answer(form, language, sender), headers=_HEADERS)
    except PleinError as error:
        status = _STATUS.get(type(error), 400)
        return JSONResponse({"error": say(error, language)}, status, _HEADERS)


def alike(form: dict[str, Any], language: str, sender: str) -> dict[str, Any]:
    """Answer with the places what is written may be, each with why."""
    del sender
    atlas, origin = state.atlas(), read_point(form.get("place"))
    twins = desk.known().alike(
        str(form.get("name") or "")[:LIMIT],
        contacts=_contacts(form),
        point=(origin.lon, origin.lat) if origin else None,
        leave=str(form.get("id") or ""),
    )
    found = []
    for twin in (one for one in twins if one.actor_id in atlas.actors):
        why = [_(reason) for reason in twin.reasons]
        if twin.distance_m is not None:
            why.append(_("{n} m away", n=wording.number(int(round(twin.distance_m, -1)))))
        sub = ", ".join(_address(atlas, twin.actor_id, language))
        name = atlas.actors[twin.actor_id].names.best(language)
        found.append({"id": twin.actor_id, "name": name, "sub": sub, "why": ", ".join(why)})
    return {"suggestions": found}


def _address(atlas: Atlas, actor_id: str, language: str) -> list[str]:
    places = atlas.actors[actor_id].places
    return wording.address(places[0].address, language) if places else []


def _contacts(form: Mapping[str, Any]) -> list[Contact]:
    """Return the contacts that are written whole so far."""
    forms = {"phone": PHONE, "email": EMAIL}
    return [
        Contact(kind=CONTACTS[name], value=value)
        for name, whole in forms.items()
        if whole.fullmatch(value := str(form.get(name) or "").strip())
    ]


def place(form: dict[str, Any], language: str, sender: str) -> dict[str, Any]:
    """Answer with the place that was written, or those it may be, and what to say of it."""
    del sender
    told = {"kind": "text", "text": str(form.get("text") or "")}
    found = asking.ask(ground(), told, language)
    return {
        "place": _spot(found.origin) if found.origin else None,
        "choices": [_spot(one) for one in found.choices],
        "sentence": found.sentence,
    }


def _spot(origin: Origin) -> dict[str, Any]:
    return {"lon": origin.lon, "lat": origin.lat, "label": origin.label}


def send(form: dict[str, Any], language: str, sender: str) -> dict[str, Any]:
    """Take the form in; answer with the private link and who decides."""
    known = ground()
    draft = draft_of(form, known.atlas, known.geocoder)
    token = form.get("token")
    made = desk.proposals().make(
        draft, address=sender, token=token if isinstance(token, str) else ""
    )
    return {
        "link": f"follow?link={made.token}&lang={language}",
        "decides": decides(known.atlas, made.proposal, language),
    }


def decides(atlas: Atlas, proposal: Proposal, language: str) -> str:
    """Tell who decides about a proposal."""
    relays = [atlas.relay_of_neighbourhood.get(key) for key in proposal.neighbourhoods]
    named = [relay.names.best(language) for relay in relays if relay is not None]
    if not named:
        return _("No relay covers this place: the coordinators decide.")
    return ngettext("{relay} decides.", "{relay} decide.", len(named), relay=", ".join(named))
