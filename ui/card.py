"""The card: everything the public may know of what was chosen, and what is not known."""

from dataclasses import dataclass, field

import streamlit as st

from directory.activities import Activity
from directory.actors import Actor
from directory.atlas import Whereabouts, public_contacts
from directory.calendar import occurrences
from directory.categories import CATEGORIES
from directory.contacts import Contact, ContactKind
from directory.places import Place, Precision
from directory.relays import Relay
from directory.sources import Source
from directory.texts import Texts
from geo.neighbourhoods import Neighbourhood
from layers.activities import COMING
from layers.layer import Scene
from ui import look, mapview, share, wording
from ui.hours import Day, hours_in_words
from ui.language import _
from ui.spoken import language_name


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a card; `out` opens another window."""

    text: str
    href: str
    out: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a card; without lines, links or a week it is shown as unknown."""

    label: str
    lines: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    week: list[Day] = field(default_factory=list)


def opening_words(scene: Scene) -> None:
    """Say what this is and what to do, for a first visit."""
    look.render(
        "intro.html.j2",
        title=_("Who can help in your neighbourhood?"),
        text=_(
            "{places} places and {relays} relays in Brussels. Search, or choose on the map.",
            places=f"{len(scene.atlas.actors):,}".replace(",", "\N{NARROW NO-BREAK SPACE}"),
            relays=len(scene.atlas.relays),
        ),
    )


def show(scene: Scene, chosen: mapview.Pick) -> None:
    """Show the card of what was chosen, or say that it is gone."""
    with st.container(key="card", border=True):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            st.button(
                _("Close"), key="close_card", type="tertiary", on_click=mapview.pick, args=(None,)
            )
            share.copy_link_button()
        atlas = scene.atlas
        if chosen.layer == "actors" and chosen.id in atlas.actors:
            _actor(scene, atlas.actors[chosen.id])
        elif chosen.layer == "activities" and chosen.id in atlas.activities:
            _activity(scene, atlas.activities[chosen.id])
        elif chosen.layer == "relays" and chosen.id in atlas.relays:
            _relay(scene, atlas.relays[chosen.id])
        elif chosen.layer == "neighbourhoods" and chosen.id in atlas.neighbourhoods:
            _neighbourhood(scene, atlas.neighbourhoods[chosen.id])
        else:
            st.info(_("This is no longer in the directory. It may have moved or closed."))


def _actor(scene: Scene, actor: Actor) -> None:
    language = scene.language
    labels = [CATEGORIES[key].labels.best(language) for key in actor.categories]
    where = scene.atlas.whereabouts[actor.id]
    state, week = hours_in_words(actor.hours, scene.at)
    rows = [
        Row(_("Hours"), [state] if state else [], week=week),
        *_contact_rows(actor.contacts),
        *[_place_row(scene, place, where if i == 0 else None) for i, place in enumerate(actor.places)],
        *([] if actor.places else [Row(_("Address"))]),
        _area_row(scene, where),
        _relay_row(scene, where),
        Row(_("Languages"), [", ".join(map(language_name, actor.languages))] * bool(actor.languages)),
        Row(_("Step-free"), wording.wheelchair(actor.wheelchair)),
        Row(_("Appointment"), wording.appointment(actor.appointment)),
        Row(_("Price"), wording.cost(actor.cost)),
    ]
    if actor.audience:
        rows.append(Row(_("For whom"), [actor.audience.best(language)]))
    _render(
        kicker=" · ".join(labels),
        group=CATEGORIES[actor.categories[0]].group,
        name=actor.names,
        description=actor.descriptions,
        language=language,
        rows=rows,
        fine=[wording.verified(actor), *_source_lines(actor.source)],
    )


def _activity(scene: Scene, activity: Activity) -> None:
    atlas, language = scene.atlas, scene.language
    where = atlas.activity_whereabouts[activity.id]
    when = [
        wording.moment(found.start, found.end)
        for found in occurrences(activity, scene.at, scene.at + COMING)
    ]
    if activity.frequency:
        when.append(activity.frequency.best(language))
    hosts = [atlas.actors[key].names.best(language) for key in activity.actor_ids if key in atlas.actors]
    hosts += [atlas.relays[key].names.best(language) for key in activity.relay_ids if key in atlas.relays]
    _render(
        kicker=wording.activity_type(activity.type),
        group="activity",
        name=activity.titles,
        description=activity.descriptions,
        language=language,
        rows=[
            Row(_("When"), when),
            _place_row(scene, activity.place, where) if activity.place else Row(_("Address")),
            _area_row(scene, where),
            Row(_("Organised by"), hosts),
            Row(
                _("Languages"),
                [", ".join(map(language_name, activity.languages))] * bool(activity.languages),
            ),
        ],
        fine=_source_lines(activity.source),
    )


def _relay(scene: Scene, relay: Relay) -> None:
    atlas, language = scene.atlas, scene.language
    partner = atlas.partners.get(relay.partner_id)
    rows = [
        Row(_("Neighbourhood"), [atlas.neighbourhood_name(relay.neighbourhood_id, language)]),
        Row(_("Hosted by"), [partner.names.best(language)] if partner else []),
        *_contact_rows(relay.contacts or (partner.contacts if partner else ())),
    ]
    if partner:
        town = atlas.municipality_name(partner.municipality, language)
        place = _place_row(scene, partner.place, None) if partner.place else Row(_("Address"))
        rows += [place, Row(_("Municipality of the host"), [town] * bool(town))]
    _render(
        kicker=_("Neighbourhood action relay"),
        group="relay",
        name=relay.names,
        description=Texts(),
        language=language,
        rows=rows,
        fine=_source_lines(relay.source),
    )


def _neighbourhood(scene: Scene, found: Neighbourhood) -> None:
    atlas, language = scene.atlas, scene.language
    relay = atlas.relay_of_neighbourhood.get(found.id)
    sectors = [atlas.sector_name(code, language) or code for code in found.sectors]
    rows = [_relay_row(scene, Whereabouts(neighbourhood=found.id))]
    if relay:
        rows += _contact_rows(relay.contacts)
    rows.append(Row(_("Statistical sectors"), sectors))
    inside = sum(where.neighbourhood == found.id for where in atlas.whereabouts.values())
    rows.append(Row(_("Places in the directory"), [str(inside)]))
    _render(
        kicker=_("Neighbourhood of a relay"),
        group="relay",
        name=Texts(dict(found.names)),
        description=Texts(),
        language=language,
        rows=rows,
        fine=[_("The limits of this neighbourhood are an assumption for the coordinators to correct.")]
        if found.note
        else [],
    )


def _contact_rows(contacts: tuple[Contact, ...]) -> list[Row]:
    labels = {
        ContactKind.PHONE: _("Phone"),
        ContactKind.EMAIL: _("E-mail"),
        ContactKind.WEBSITE: _("Website"),
    }
    rows = []
    for kind, label in labels.items():
        links = [_link(found) for found in public_contacts(contacts) if found.kind is kind]
        if links or kind is not ContactKind.EMAIL:
            rows.append(Row(label, links=links))
    return rows


def _link(contact: Contact) -> Link:
    if contact.kind is ContactKind.PHONE:
        digits = "".join(sign for sign in contact.value if sign in "+0123456789")
        return Link(contact.value, f"tel:{digits}")
    if contact.kind is ContactKind.EMAIL:
        return Link(contact.value, f"mailto:{contact.value}")
    shown = contact.value.split("://", 1)[-1].removeprefix("www.").rstrip("/")
    return Link(shown, contact.value, out=True)


def _place_row(scene: Scene, place: Place, where: Whereabouts | None) -> Row:
    lines = wording.address(place.address, scene.language)
    if not lines and place.point and where:
        lines = [_("No address known; the place on the map is.")]
    if place.precision is Precision.STREET:
        lines.append(_("Only the street is known."))
    return Row(_("Address"), lines)


def _area_row(scene: Scene, where: Whereabouts) -> Row:
    atlas, language = scene.atlas, scene.language
    town = atlas.municipality_name(where.municipality, language)
    sector = atlas.sector_name(where.sector, language)
    lines = [town] * bool(town)
    if where.sector:
        lines.append(_("Sector {name} ({code})", name=sector, code=where.sector))
    return Row(_("Part of town"), lines)


def _relay_row(scene: Scene, where: Whereabouts) -> Row:
    atlas, language = scene.atlas, scene.language
    relay = atlas.relay_of_neighbourhood.get(where.neighbourhood or "")
    if relay:
        partner = atlas.partners.get(relay.partner_id)
        lines = [relay.names.best(language)]
        if partner:
            lines.append(_("Hosted by {partner}", partner=partner.names.best(language)))
        return Row(_("Relay"), lines)
    if where.neighbourhood or where.sector:
        return Row(_("Relay"), [_("No relay covers this place.")])
    return Row(_("Relay"))


def _source_lines(source: Source) -> list[str]:
    licence = f" ({source.licence})" if source.licence else ""
    lines = [_("Source: {source}", source=source.name + licence)]
    if source.read_on:
        lines.append(_("Read on {day}", day=wording.day(source.read_on)))
    return lines


def _render(*, name: Texts, description: Texts, language: str, **values: object) -> None:
    look.render(
        "card.html.j2",
        _=_,
        lang=language,
        name=name.best(language),
        description=description.best(language),
        **values,
    )
