"""What the form of the browser sends becomes a draft; it may be anything."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from directory.actors import Actor
from directory.atlas import Atlas
from directory.contacts import Contact, ContactKind, Visibility
from directory.importing.placing import place_of, spot_of
from directory.importing.records import Asked, How, Reached
from directory.importing.records import Draft as Cells
from directory.places import Place, Point, Precision
from directory.proposals import Draft, ProposalKind
from directory.proposals.making import read_draft, weigh
from directory.texts import LANGUAGES, UNDETERMINED
from geo.errors import N_, BadInputError
from geo.geocoding import Geocoder, Query, Rung
from ui.nearby.origin import Origin
from ui.nearby.origin import point as read_point
from ui.nearby.suggestions import TEXT_MAX

SAME_STREET_DEG: Final = 0.02
"""A written address counts while its pin is within some 2 km of it; beyond, the pin alone does."""
MOVED_DEG: Final = 1e-5
"""A pin farther from what was found than a metre was put there by a person."""
CONTACTS: Final = {
    "phone": ContactKind.PHONE,
    "email": ContactKind.EMAIL,
    "website": ContactKind.WEBSITE,
}
ASKED: Final = ("name", "category", "place", *CONTACTS, "hours", "languages")
"""What the form asks of a place; a correction changes those it names."""
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(/|$)")
"""A website as people write it, without https://."""
_ON_STREET = frozenset({Rung.ADDRESS, Rung.INTERPOLATED, Rung.STREET})


class Trapped(BadInputError):  # noqa: N818 - what happened to who sent it
    """The field no person sees was filled."""


def read_form(body: bytes) -> dict[str, Any]:
    """Return what was sent.

    Raises:
        BadInputError: it is no form, or more than one holds.
    """
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadInputError(N_("The form could not be read. Load the page again.")) from error
    if not isinstance(given, dict):
        raise BadInputError(N_("The form could not be read. Load the page again."))
    weigh(given)
    if given.get("trap"):
        raise Trapped(
            N_(
                "A field that stays empty was filled, as machines do. If a program fills forms "
                "for you, load the page again and write yourself."
            )
        )
    return given


def draft_of(form: Mapping[str, Any], atlas: Atlas, geocoder: Geocoder | None) -> Draft:
    """Return the draft a form asks for.

    Raises:
        BadInputError: something is missing or breaks a rule.
    """
    kind = _kind(form)
    target = atlas.actors.get(_text(form, "id")) if kind is not ProposalKind.ADD else None
    other = _text(form, "other") if kind is ProposalKind.DUPLICATE else ""
    # What the public does not see is not told apart from what is not there.
    for meant in (_text(form, "id") if kind is not ProposalKind.ADD else None, other or None):
        if meant is not None and meant not in atlas.actors:
            raise BadInputError(
                N_("The place “{id}” this is about is no longer in the directory."), id=meant[:80]
            )
    language = _text(form, "lang")
    note = _text(form, "note")
    place = _place(form.get("place"), geocoder)
    where = _text(form, "where")
    if where and place is None:
        note = f"{note}\n{where}".strip()
    return read_draft(
        {
            "kind": kind.value,
            "target": target.id if target else "",
            "target_version": target.version if target else 0,
            "other": other,
            "facts": _facts(form, kind, target, place),
            "note": note,
            "language": language if language in LANGUAGES else LANGUAGES[0],
            "name": _text(form, "who"),
            "thank": form.get("thank") is True,
        }
    )


def _kind(form: Mapping[str, Any]) -> ProposalKind:
    try:
        return ProposalKind(_text(form, "kind"))
    except ValueError as error:
        raise BadInputError(N_("Say first what should change.")) from error


def _text(form: Mapping[str, Any], name: str) -> str:
    found = form.get(name)
    return found.strip() if isinstance(found, str) else ""


def _facts(
    form: Mapping[str, Any], kind: ProposalKind, target: Actor | None, place: Place | None
) -> dict[str, Any]:
    places = [place.model_dump(mode="json")] if place else []
    if kind is ProposalKind.ADD:
        return _whole(form, places)
    if kind is ProposalKind.MOVED:
        return {"places": places} if places else {}
    if kind is not ProposalKind.CORRECT or target is None:
        return {}
    named = form.get("changed")
    changed = [name for name in ASKED if name in named] if isinstance(named, list) else []
    return _changed(form, changed, target, places)


def _whole(form: Mapping[str, Any], places: list[Any]) -> dict[str, Any]:
    if not _text(form, "name"):
        raise BadInputError(N_("Write what it is called."))
    if not _text(form, "category"):
        raise BadInputError(N_("Choose what it is."))
    if not places and not _text(form, "where"):
        raise BadInputError(N_("Say where it is: write it, or press the map."))
    line = _text(form, "line")
    return {
        "names": {UNDETERMINED: _text(form, "name")},
        **({"descriptions": {UNDETERMINED: line}} if line else {}),
        "categories": [_text(form, "category")],
        "places": places,
        "contacts": _contacts(form, CONTACTS, ()),
        "languages": _languages(form),
        "hours": _text(form, "hours"),
    }


def _changed(
    form: Mapping[str, Any], changed: list[str], target: Actor, places: list[Any]
) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if "name" in changed:
        spoken = target.names.best_language(_text(form, "lang")) or UNDETERMINED
        facts["names"] = {**target.names.root, spoken: _text(form, "name")}
    if "category" in changed:
        others = [key for key in target.categories[1:] if key != _text(form, "category")]
        facts["categories"] = [_text(form, "category"), *others]
    if "place" in changed:
        if not places:
            raise BadInputError(N_("Say where it is: choose a street, or press the map."))
        facts["places"] = places
    if contacts := [name for name in CONTACTS if name in changed]:
        facts["contacts"] = _contacts(form, contacts, target.contacts)
    if "hours" in changed:
        facts["hours"] = _text(form, "hours")
    if "languages" in changed:
        facts["languages"] = _languages(form)
    return facts


def _languages(form: Mapping[str, Any]) -> list[str]:
    found = form.get("languages")
    return [code for code in found if isinstance(code, str)] if isinstance(found, list) else []


def _contacts(
    form: Mapping[str, Any], names: Iterable[str], present: tuple[Contact, ...]
) -> list[dict[str, Any]]:
    """Return the public contacts with the first of each of these kinds as the form says."""
    kept = [one for one in present if one.visibility is Visibility.PUBLIC]
    found = [one.model_dump(mode="json") for one in kept]
    for name in names:
        value = _text(form, name)
        if name == "website" and _HOST.match(value):
            value = f"https://{value}"
        told = {"kind": CONTACTS[name].value, "value": value}
        first = next((n for n, one in enumerate(found) if one["kind"] == told["kind"]), None)
        if first is None:
            found += [told] if value else []
        elif value:
            found[first] = told
        else:
            del found[first]
    return found


def _place(told: object, geocoder: Geocoder | None) -> Place | None:
    """Return the place of a pin: with its address where what was written is found there."""
    origin = read_point(told)
    if origin is None:
        return None
    return _written(origin, geocoder) or Place(
        precision=Precision.ADDRESS, point=Point(lon=origin.lon, lat=origin.lat)
    )


def _written(origin: Origin, geocoder: Geocoder | None) -> Place | None:
    if geocoder is None or not origin.label:
        return None
    for one in geocoder.find(Query(text=origin.label[:TEXT_MAX])).candidates:
        if one.rung not in _ON_STREET or one.lon is None or one.lat is None:
            continue
        apart = max(abs(one.lon - origin.lon), abs(one.lat - origin.lat))
        if apart <= SAME_STREET_DEG:
            reached = Reached(**{name: getattr(one, name) for name in Reached.model_fields})
            cells = Cells(asked=Asked(text=origin.label))
            place = place_of(spot_of(reached, cells, how=How.CANDIDATE))
            pinned = {"precision": Precision.ADDRESS} if apart > MOVED_DEG else {}
            point = Point(lon=origin.lon, lat=origin.lat)
            return place.model_copy(update={"point": point, **pinned}) if place else None
    return None
