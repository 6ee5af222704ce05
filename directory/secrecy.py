"""What the public sees of a record: no secret place, no contact that is not for everyone."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from directory.activities import Activity
from directory.actors import Actor
from directory.contacts import Contact, ContactKind, Visibility
from directory.notices import Notice, NoticeKind
from directory.places import Place, Precision
from directory.street_names import street_names, tells_street
from directory.texts import Texts

AreaOf = Callable[[Place], Place | None]
"""Make a place as coarse as its neighbourhood; None where no area is known of it."""
PERSONAL: Final = frozenset({ContactKind.PHONE, ContactKind.EMAIL})
"""What "do not contact" takes away; a website tells without calling anybody."""
_COARSE: Final = (Precision.NEIGHBOURHOOD, Precision.MUNICIPALITY)


def public_contacts(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """Keep the contacts everyone may see."""
    return tuple(contact for contact in contacts if contact.visibility is Visibility.PUBLIC)


def seen_contacts(actor: Actor, allowed: Iterable[Visibility]) -> tuple[Contact, ...]:
    """Return the contacts somebody sees who may see those of some visibilities.

    Who may see what is for relays sees also the phone of one who asks not to be contacted.
    """
    known = frozenset(allowed)
    found = tuple(one for one in actor.contacts if one.visibility in known)
    if actor.do_not_contact and Visibility.RELAYS not in known:
        found = tuple(one for one in found if one.kind not in PERSONAL)
    return found


def public_actor(actor: Actor, area_of: AreaOf) -> Actor:
    """Return an actor as everyone may see it; the same object where nothing is hidden.

    `area_of` makes a place as coarse as a neighbourhood, or None of it where none is known. Of a
    secret place also goes what else could tell it: its origin elsewhere, texts with its street.
    """
    changes: dict[str, Any] = {}
    contacts = seen_contacts(actor, (Visibility.PUBLIC,))
    if actor.secret_place:
        streets = street_names(actor.places)
        contacts = tuple(_told(one, streets) for one in contacts)
        changes |= {
            "places": coarse_places(actor.places, area_of),
            "source": actor.source.model_copy(update={"url": "", "reference": ""}),
            "descriptions": without_streets(actor.descriptions, streets),
            "audience": without_streets(actor.audience, streets),
            "notices": tuple(_discreet(actor.notices, streets)),
        }
    if contacts != actor.contacts:
        changes["contacts"] = contacts
    return actor.model_copy(update=changes) if changes else actor


def public_activity(activity: Activity, hosts: Iterable[Actor], area_of: AreaOf) -> Activity | None:
    """Return an activity as everyone may see it: where a host's place is secret, its own is.

    The host may well receive at home. None where every title tells the street.
    """
    secret = [host for host in hosts if host.secret_place]
    if not secret:
        return activity
    own = (activity.place,) if activity.place else ()
    streets = street_names((*own, *(place for host in secret for place in host.places)))
    titles = without_streets(activity.titles, streets)
    if not titles:
        return None
    return activity.model_copy(
        update={
            "titles": titles,
            "place": next(iter(coarse_places(own, area_of)), None),
            "source": activity.source.model_copy(update={"url": "", "reference": ""}),
            "descriptions": without_streets(activity.descriptions, streets),
            "frequency": without_streets(activity.frequency, streets),
        }
    )


def receives_at_home(activity: Activity, host: Actor) -> bool:
    """Tell whether where an activity takes place tells where a host lives, or may."""
    return host.secret_place or any(_one_spot(activity.place, own) for own in host.places)


def _one_spot(one: Place | None, other: Place) -> bool:
    if one is None:
        return False
    known = one.point is not None or bool(one.address.street)
    return known and (one.point == other.point or one.address == other.address)


def coarse_places(places: Iterable[Place], area_of: AreaOf) -> tuple[Place, ...]:
    """Return the areas some places lie in, each once, without address or point."""
    found: list[Place] = []
    for place in places:
        exact = place.precision not in _COARSE
        area = area_of(place) if exact else Place(precision=place.precision, area=place.area)
        if area is not None and area not in found:
            found.append(area)
    return tuple(found)


def without_streets(texts: Texts, streets: frozenset[str]) -> Texts:
    """Leave out the wordings that name one of the streets."""
    kept = {code: text for code, text in texts.root.items() if not tells_street(text, streets)}
    return texts if len(kept) == len(texts.root) else Texts(kept)


def _told(contact: Contact, streets: frozenset[str]) -> Contact:
    label = without_streets(contact.label, streets)
    return contact if label is contact.label else contact.model_copy(update={"label": label})


def _discreet(notices: Iterable[Notice], streets: frozenset[str]) -> Iterator[Notice]:
    for notice in notices:
        text = without_streets(notice.text, streets)
        if text or notice.kind is NoticeKind.CLOSED:
            yield notice if text is notice.text else notice.model_copy(update={"text": text})
