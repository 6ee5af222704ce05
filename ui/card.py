"""The card: everything the public may know of what was chosen, and what is not known."""

from urllib.parse import urlencode

import streamlit as st

from directory.activities import Activity
from directory.actors import Actor
from directory.atlas import Whereabouts
from directory.calendar import occurrences
from directory.categories import CATEGORIES
from directory.relays import Relay
from directory.sources import Source
from directory.texts import Texts
from geo.neighbourhoods import Neighbourhood
from layers.activities import COMING
from layers.layer import Scene
from ui import look, mapview, share, wording
from ui.doors import hours_of, notices_row, trust
from ui.language import _
from ui.record import correcting
from ui.rows import Link, Row, area_row, contact_rows, languages_row, place_rows, relay_row
from ui.secrecy import card as secret


def opening_words(scene: Scene) -> None:
    """Say what this is and what to do, for a first visit."""
    look.render(
        "intro.html.j2",
        title=_("Who can help in your neighbourhood?"),
        text=_(
            "{places} places and {relays} relays. Search, or choose on the map.",
            places=wording.number(len(scene.atlas.listed)),
            relays=len(scene.atlas.relays),
        ),
        near=_("What is near me?"),
        lang=scene.language,
    )


def show(scene: Scene, chosen: mapview.Pick) -> None:
    """Show the card of what was chosen, or say that it is gone."""
    with st.container(key="card", border=True):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            st.button(
                _("Back to the list"),
                key="close_card",
                type="tertiary",
                on_click=mapview.pick,
                args=(None,),
            )
            correcting.offer(str(chosen))
            share.copy_link_button(str(chosen))
        atlas = scene.atlas
        if chosen.layer == "actors" and chosen.id in atlas.actors:
            show_actor(scene, atlas.actors[chosen.id])
        elif chosen.layer == "activities" and chosen.id in atlas.activities:
            _activity(scene, atlas.activities[chosen.id])
        elif chosen.layer == "relays" and chosen.id in atlas.relays:
            _relay(scene, atlas.relays[chosen.id])
        elif chosen.layer == "neighbourhoods" and chosen.id in atlas.neighbourhoods:
            _neighbourhood(scene, atlas.neighbourhoods[chosen.id])
        else:
            st.info(_("This is no longer in the directory. It may have moved or closed."))


def show_actor(scene: Scene, actor: Actor) -> None:
    """Show what the public may know of an actor."""
    language = scene.language
    where = scene.atlas.whereabouts[actor.id]
    state, week = hours_of(actor, scene.at)
    rows = [
        *notices_row(actor, scene.at.date()),
        Row(_("Hours"), [state] if state else [], week=week),
        *secret.places(scene, actor),
        *secret.contacts(scene, actor),
        languages_row(actor.languages),
        Row(_("Step-free"), wording.wheelchair(actor.wheelchair)),
        Row(_("Appointment"), wording.appointment(actor.appointment)),
        Row(_("Price"), wording.cost(actor.cost)),
        Row(_("For whom"), [actor.audience.best(language)] if actor.audience else []),
        area_row(scene, where),
        relay_row(scene, where),
    ]
    _render(
        kicker=" · ".join(CATEGORIES[key].labels.best(language) for key in actor.categories),
        group=CATEGORIES[actor.categories[0]].group,
        name=actor.names,
        description=actor.descriptions,
        language=language,
        rows=rows,
        doubt=trust(actor, scene.atlas.freshness[actor.id]),
        fine=[wording.verified(actor), *_source_lines(actor.source)],
        propose=f"propose?{urlencode({'id': actor.id, 'lang': language})}",
    )


def _activity(scene: Scene, activity: Activity) -> None:
    atlas, language = scene.atlas, scene.language
    coming = occurrences(activity, scene.at, scene.at + COMING)
    when = [wording.moment(found.start, found.end) for found in coming]
    if activity.frequency:
        when.append(activity.frequency.best(language))
    hosts = [atlas.actors[key].names for key in activity.actor_ids if key in atlas.actors]
    hosts += [atlas.relays[key].names for key in activity.relay_ids if key in atlas.relays]
    rows = [
        Row(_("When"), when),
        *place_rows(scene, (activity.place,) if activity.place else ()),
        area_row(scene, atlas.activity_whereabouts[activity.id]),
        Row(_("Organised by"), [names.best(language) for names in hosts]),
        languages_row(activity.languages),
    ]
    _render(
        kicker=wording.activity_type(activity.type),
        group="activity",
        name=activity.titles,
        description=activity.descriptions,
        language=language,
        rows=rows,
        fine=_source_lines(activity.source),
    )


def _relay(scene: Scene, relay: Relay) -> None:
    atlas, language = scene.atlas, scene.language
    partner = atlas.partners.get(relay.partner_id)
    rows = [
        _neighbourhood_row(scene, relay.neighbourhood_id),
        Row(_("Hosted by"), [partner.names.best(language)] if partner else []),
        *contact_rows(relay.contacts or (partner.contacts if partner else ())),
        *place_rows(scene, (partner.place,) if partner and partner.place else ()),
    ]
    if partner:
        town = atlas.municipality_name(partner.municipality, language)
        rows.append(Row(_("Municipality of the host"), [town] if town else []))
        rows.append(Row(_("Hours"), [partner.hours] if partner.hours else []))
    _render(
        kicker=_("Neighbourhood action relay"),
        group="relay",
        name=relay.names,
        description=Texts(),
        language=language,
        rows=rows,
        fine=_source_lines(relay.source),
    )


def _neighbourhood_row(scene: Scene, key: str) -> Row:
    """Lead to the card of a neighbourhood, which one cannot choose on the map by keyboard."""
    name = scene.atlas.neighbourhood_name(key, scene.language)
    view = {"lang": scene.language, mapview.PICK: str(mapview.Pick("neighbourhoods", key))}
    return Row(_("Neighbourhood"), links=[Link(name, f"./?{urlencode(view)}")] if name else [])


def _neighbourhood(scene: Scene, found: Neighbourhood) -> None:
    atlas, language = scene.atlas, scene.language
    relay = atlas.relay_of_neighbourhood.get(found.id)
    inside = sum(where.neighbourhood == found.id for where in atlas.whereabouts.values())
    rows = [
        relay_row(scene, Whereabouts(neighbourhood=found.id)),
        *contact_rows(relay.contacts if relay else ()),
        Row(_("Places in the directory"), [wording.number(inside)]),
        Row(
            _("Statistical sectors"),
            [atlas.sector_name(code, language) or code for code in found.sectors],
        ),
    ]
    assumed = _("Its limits are an assumption, for the coordinators to correct.")
    _render(
        kicker=_("Neighbourhood of a relay"),
        group="relay",
        name=Texts(dict(found.names)),
        description=Texts(),
        language=language,
        rows=rows,
        fine=[assumed] if found.note else [],
    )


def _source_lines(source: Source) -> list[str]:
    licence = f" ({source.licence})" if source.licence else ""
    lines = [_("Source: {source}", source=wording.source(source.name) + licence)]
    if source.read_on:
        lines.append(_("Read on {day}", day=wording.day(source.read_on)))
    return lines


def _render(
    *,
    name: Texts,
    description: Texts,
    language: str,
    rows: list[Row],
    doubt: str = "",
    propose: str = "",
    **values: object,
) -> None:
    look.render(
        "card.html.j2",
        doubt=doubt,
        propose=propose,
        propose_label=_("Propose a change") if propose else "",
        lang=language,
        name=name.best(language),
        description=description.best(language),
        rows=[row for row in rows if row.known],
        unknown_label=_("Not known yet"),
        unknown=", ".join(row.label for row in rows if not row.known).lower(),
        **values,
    )
