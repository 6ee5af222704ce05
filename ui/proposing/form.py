"""The form as the browser is told it: what is asked, of what, in the reader's words."""

from math import isfinite
from typing import Any, Final

import streamlit as st

from directory.actors import Actor
from directory.hygiene import LIMIT, LIMITS
from directory.proposals import ProposalKind
from directory.proposals.making import NAME_MAX
from directory.secrecy import public_contacts
from layers.layer import Scene
from ui import access, wording
from ui.browser import PROPOSE, mount
from ui.language import _
from ui.proposing.choices import groups
from ui.proposing.sending import CONTACTS
from ui.spoken import language_name

SPOKEN: Final = (
    *("fr", "nl", "ar", "en", "tr", "es", "pt", "it", "ro", "pl", "bg", "uk", "ru", "de", "sq"),
    *("fa", "ps", "ur", "so", "ti", "am", "ln", "sw", "el"),
)
"""Languages offered beside those of the directory: the most spoken in Brussels (BRIO, 2023-24)."""
OF_SOMETHING: Final = tuple(kind for kind in ProposalKind if kind is not ProposalKind.ADD)


def show(scene: Scene) -> None:
    """Show the form the address asks for."""
    target = scene.atlas.actors.get(st.query_params.get("id", ""))
    kind = st.query_params.get("kind", "")
    known = {one.value for one in (OF_SOMETHING if target else (ProposalKind.ADD,))}
    form = {
        "kind": kind if kind in known else "correct" if target else "add",
        "kinds": _kinds() if target else [],
        "target": _target(scene, target) if target else None,
        "texts": _texts(),
        "groups": groups(scene),
        "languages": _languages(scene),
        "who": access.person().name,
        "start": start(st.query_params.get("lat", ""), st.query_params.get("lon", "")),
        "limits": {"text": LIMIT, "hours": LIMITS["hours"], "note": LIMITS["note"]}
        | {"who": NAME_MAX},
    }
    mount(PROPOSE, scene, "propose", {"form": form})


def start(lat: str, lon: str) -> dict[str, float] | None:
    """Return the spot an address names, which anybody can write.

    >>> start("50.84", "4.35"), start("nan", "4"), start("", "")
    ({'lat': 50.84, 'lon': 4.35}, None, None)
    """
    try:
        found = {"lat": float(lat), "lon": float(lon)}
    except ValueError:
        return None
    on_earth = abs(found["lat"]) <= 90 and abs(found["lon"]) <= 180  # noqa: PLR2004
    return found if all(map(isfinite, found.values())) and on_earth else None


def _kinds() -> list[list[str]]:
    words = {
        ProposalKind.CORRECT: _("Something should be corrected"),
        ProposalKind.MOVED: _("It moved"),
        ProposalKind.CLOSED: _("It closed for good"),
        ProposalKind.DUPLICATE: _("It is on the map twice"),
        ProposalKind.WRONG: _("Something else is wrong"),
    }
    return [[kind.value, words[kind]] for kind in OF_SOMETHING]


def _target(scene: Scene, actor: Actor) -> dict[str, Any]:
    """Tell what the public knows of it now, field by field."""
    language = scene.language
    public = public_contacts(actor.contacts)
    place = actor.places[0] if actor.places else None
    present: dict[str, Any] = {
        "name": actor.names.best(language),
        "category": actor.categories[0],
        "place": ", ".join(wording.address(place.address, language)) if place else "",
        "hours": actor.hours,
        "languages": list(actor.languages),
    }
    for name, kind in CONTACTS.items():
        present[name] = next((one.value for one in public if one.kind is kind), "")
    point = place.point if place else None
    return {
        "id": actor.id,
        "present": present,
        "at": {"lat": point.lat, "lon": point.lon} if point else None,
    }


def _languages(scene: Scene) -> list[list[str]]:
    codes = dict.fromkeys((*SPOKEN, *scene.atlas.spoken))
    return [[code, language_name(code)] for code in codes]


def _texts() -> dict[str, str]:
    """Return the words of the form; braces are filled in the browser."""
    return {
        "title_add": _("What is missing here?"),
        "title_target": _("What should change?"),
        "lead": _("The relay of the neighbourhood reads it and decides. You need no account."),
        "kept": _(
            "What you write stays in this tab of your browser until you send it; it is then erased "
            "there."
        ),
        "required": _("required"),
        "optional": _("if you know"),
        "if_wished": _("if you like"),
        "name": _("What it is called"),
        "category": _("What it is"),
        "choose": _("Choose…"),
        "place": _("Where it is"),
        "place_new": _("Where it is now"),
        "pressed": _("the spot on the map"),
        "spot": _("Chosen: {place}"),
        "on_map": _("Write the street, or press the map."),
        "more": _("More about it"),
        "phone": _("Phone"),
        "email": _("E-mail"),
        "website": _("Website"),
        "hours": _("Hours"),
        "hours_hint": _("In your own words, such as: Monday to Friday from 9 to 17"),
        "languages": _("Languages spoken there"),
        "note": _("What else the relay should know"),
        "note_closed": _("Since when, or how you know"),
        "note_wrong": _("What is wrong"),
        "now": _("Now: {value}"),
        "not_known": _("not known yet"),
        "change": _("Change"),
        "keep": _("Leave as it is"),
        "nothing": _("Nothing is changed yet: press “Change” at what should be different."),
        "twin": _("Which one is it the same as?"),
        "twin_hint": _("Write its name, then choose it below."),
        "twin_chosen": _("The same as: {name}"),
        "alike": _("Is it one of these, which are on the map already?"),
        "alike_correct": _("It is this one: correct it"),
        "alike_same": _("It is this one"),
        "who": _("Your name or nickname"),
        "thank": _("You may thank me by this name"),
        "trap": _("Leave this empty"),
        "send": _("Send to the relay"),
        "sending": _("Sending…"),
        "offline": _(
            "There is no connection now. Nothing you wrote is lost: press again in a moment."
        ),
        "missing": _("This is still needed: {fields}"),
        "thanks": _("Thank you"),
        "link": _("Your private link"),
        "link_hint": _(
            "With it you see what becomes of your proposal, answer the relay and can withdraw it. "
            "Keep it: it is shown this once."
        ),
        "copy": _("Copy link"),
        "copied": _("The link is copied."),
        "follow": _("Follow your proposal"),
        "again": _("Propose something else"),
        "to_map": _("To the map"),
        **_field_texts(),
    }


def _field_texts() -> dict[str, str]:
    """Return the words of the field for a place, as it is used here."""
    return {
        "field_placeholder": _("Street and number, square or place"),
        "suggestions_none": _("No suggestion: press Enter to ask."),
        "suggestions_one": _("1 suggestion"),
        "suggestions_many": _("{n} suggestions"),
        "suggestions_failed": _("No suggestions for now: write your street and press Enter."),
        "search": _("Search"),
        "clear": _("Clear"),
        "position": _("It is where I stand now"),
        "position_note": _("Your position then goes with your proposal, as the place it is about."),
        "position_wait": _("Looking for your position…"),
        "position_denied": _(
            "Your device may not tell where it is. Write your street, or press the map."
        ),
        "position_unavailable": _(
            "Your device could not find where it is. Write your street, or press the map."
        ),
        "position_timeout": _(
            "Your device could not find where it is. Write your street, or press the map."
        ),
    }
