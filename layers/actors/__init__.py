"""The actors: clustered signs, coloured by group, with the icon of their category."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from babel.dates import format_date

from directory.actors import Actor
from directory.atlas import Whereabouts
from directory.categories import CATEGORIES, GROUPS
from directory.contacts import Contact, ContactKind, mail_link
from directory.notices import NoticeKind, held
from directory.places import Precision
from directory.secrecy import public_contacts
from geo.errors import N_
from layers.layer import Features, Layer, LegendEntry, Scene, collection, feature
from layers.places import area_point


def order(scene: Scene) -> Sequence[str]:
    """List the ids of the actors in the order their features are drawn: by name.

    A selection reaches the browser as one bit for each of these.
    """
    return scene.atlas.actors_by_name(scene.language)


def features(scene: Scene) -> Features:
    """Draw each public actor at its first place; without a place it has no geometry."""
    return collection([_feature(scene, scene.atlas.actors[key]) for key in order(scene)])


def _feature(scene: Scene, actor: Actor) -> dict[str, Any]:
    category = CATEGORIES[actor.categories[0]]
    where = scene.atlas.whereabouts[actor.id]
    properties = {
        "id": actor.id,
        "name": actor.names.best(scene.language),
        "group": category.group,
        "icon": category.icon,
        "sub": subtitle(scene, category.labels.best(scene.language), where),
        "precision": "address",
        **_doubt(scene, actor),
        **(details(scene, actor) if scene.details else {}),
    }
    place = actor.places[0] if actor.places else None
    if place and place.point:
        if place.precision is Precision.STREET:
            properties["precision"] = "street"
        return feature(place.point.lon, place.point.lat, properties)
    properties["precision"] = "area"
    point = area_point(scene, place)
    if point is None:
        return {"type": "Feature", "properties": properties, "geometry": None}
    return feature(*point, properties)


def _doubt(scene: Scene, actor: Actor) -> dict[str, Any]:
    """Say of an actor past its period since when nobody checked it; its sign is drawn paler."""
    if not scene.atlas.freshness[actor.id].due or actor.verified_on is None:
        return {}
    return {
        "old": scene.translate("Not checked since {day}").format(day=_day(scene, actor.verified_on))
    }


def _day(scene: Scene, day: date) -> str:
    return str(format_date(day, "long", locale=f"{scene.language}_BE"))


def details(scene: Scene, actor: Actor) -> dict[str, Any]:
    """Tell what a card on the map itself shows, where there is no page beside it."""
    lines = []
    if actor.places:
        address = actor.places[0].address
        street = f"{address.street.best(scene.language)} {address.number}".strip()
        town = f"{address.postcode} {address.municipality.best(scene.language)}".strip()
        lines = [line for line in (street, town) if line]
    if closed := held(actor.notices, NoticeKind.CLOSED, scene.atlas.day):
        told = scene.translate("Closed up to and including {day}")
        lines.append(told.format(day=_day(scene, closed.until_day)))
    if actor.hours:
        lines.append(actor.hours)
    links = [
        {"text": contact.value, "href": _href(contact)}
        for contact in public_contacts(actor.contacts)
    ]
    return {"lines": lines, "links": links}


def _href(contact: Contact) -> str:
    if contact.kind is ContactKind.EMAIL:
        return mail_link(contact.value)
    return f"tel:{contact.value}" if contact.kind is ContactKind.PHONE else contact.value


def subtitle(scene: Scene, label: str, where: Whereabouts) -> str:
    """Say in one line what it is and in which part of town."""
    area = scene.atlas.neighbourhood_name(
        where.neighbourhood, scene.language
    ) or scene.atlas.municipality_name(where.municipality, scene.language)
    return f"{label} · {area}" if area else label


def legend(scene: Scene) -> list[LegendEntry]:
    """List the groups that have an actor, and what a paler sign means where there is one."""
    listed = scene.atlas.listed
    used = {CATEGORIES[key].group for a in listed.values() for key in a.categories}
    old = [
        CATEGORIES[listed[key].categories[0]].group
        for key in listed
        if scene.atlas.freshness[key].due
    ]
    paler = LegendEntry(
        symbol="faded",
        label=scene.translate("Paler: not checked for too long"),
        color=scene.palette.groups[old[0]] if old else "",
        group=old[0] if old else "",
    )
    groups = [
        LegendEntry(
            symbol="sign",
            label=group.labels.best(scene.language),
            color=scene.palette.groups[key],
            group=key,
        )
        for key, group in GROUPS.items()
        if key in used
    ]
    return [*groups, paler] if old else groups


LAYER = Layer(
    name="actors",
    kind="signs",
    title=N_("Places and people"),
    version=lambda scene: (
        f"{scene.atlas.directory.revision}-{scene.atlas.territory.fingerprint}-{scene.atlas.day}"
    ),
    features=features,
    style=lambda _: {"cluster": True},
    legend=legend,
)
