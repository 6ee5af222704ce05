"""The relay of one's street, told; where there is none, that too, and who else there is."""

from dataclasses import dataclass, field

from directory.actors import Actor
from directory.relay_finder import YourRelay
from directory.relays import Partner, Relay
from layers.layer import Scene
from ui import look, wording
from ui.doors import door_in_words
from ui.language import _
from ui.nearby.opening import state_in_words
from ui.rows import Link, contact_rows, place_rows

_ROUND_M = 100
_FAR_M = 1000
AWAY_M = 30_000
"""From here no relay is near, and none is named (ours)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody to go to: a name, lines about it, and links that call or write."""

    kicker: str
    name: str
    lines: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def show(scene: Scene, found: YourRelay) -> None:
    """Tell whose street it is."""
    sentence = ""
    entries = []
    if found.relay is not None:
        entries = [_relay(scene, found.relay, found.partner, _("Your relay"))]
    else:
        sentence = _sentence(scene, found)
        if found.nearest is not None and (found.metres or 0) <= AWAY_M:
            entries.append(_relay(scene, found.nearest, found.nearest_partner, _nearest(found)))
        entries += [_welfare(scene, actor) for actor in found.welfare]
    look.render(
        "near_relay.html.j2",
        lang=scene.language,
        sentence=sentence,
        area=_area(scene, found),
        entries=entries,
    )


def _sentence(scene: Scene, found: YourRelay) -> str:
    if not found.inside:
        return _("This place lies outside the neighbourhoods of this map.")
    if found.where.neighbourhood:
        name = scene.atlas.neighbourhood_name(found.where.neighbourhood, scene.language)
        return _("The relay of {neighbourhood} is absent for now.", neighbourhood=name)
    return _("No relay covers your street.")


def _nearest(found: YourRelay) -> str:
    if not found.metres or found.metres < _ROUND_M:
        return _("The nearest relay, next to you")
    if found.metres < _FAR_M:
        metres = wording.number(round(found.metres / _ROUND_M) * _ROUND_M)
        return _("The nearest relay, {metres} m from you in a straight line", metres=metres)
    return _(
        "The nearest relay, {km} km from you in a straight line",
        km=wording.number(round(found.metres / _FAR_M)),
    )


def _area(scene: Scene, found: YourRelay) -> str:
    atlas, language = scene.atlas, scene.language
    if not found.where.sector:
        return ""
    neighbourhood = atlas.neighbourhood_name(found.where.neighbourhood, language)
    sector = atlas.sector_name(found.where.sector, language)
    town = atlas.municipality_name(found.where.municipality, language)
    return " · ".join(filter(None, (neighbourhood, _("Sector {name}", name=sector), town)))


def _relay(scene: Scene, relay: Relay, partner: Partner | None, kicker: str) -> Entry:
    language = scene.language
    lines = []
    if partner is not None:
        lines.append(_("Hosted by {partner}", partner=partner.names.best(language)))
        lines += _address(scene, partner)
        lines.append(
            state_in_words(partner.hours, scene.at) if partner.hours else _("Hours unknown")
        )
    contacts = relay.contacts or (partner.contacts if partner else ())
    links = [link for row in contact_rows(contacts) for link in row.links]
    if not links:
        lines.append(_("No public phone or e-mail is known yet."))
    return Entry(kicker, relay.names.best(language), lines, links)


def _address(scene: Scene, partner: Partner) -> list[str]:
    if partner.place is None:
        return []
    return [", ".join(row.lines) for row in place_rows(scene, (partner.place,)) if row.lines]


def _welfare(scene: Scene, actor: Actor) -> Entry:
    lines = [", ".join(row.lines) for row in place_rows(scene, actor.places) if row.lines]
    lines.append(door_in_words(actor, scene.at))
    links = [link for row in contact_rows(actor.contacts) for link in row.links]
    kicker = _("The public welfare centre of your municipality")
    return Entry(kicker, actor.names.best(scene.language), lines, links)
