"""The lines of a card: a label and what is known, in words."""

from dataclasses import dataclass, field

from directory.atlas import Whereabouts
from directory.contacts import Contact, ContactKind, mail_link
from directory.places import Place, Precision
from directory.secrecy import public_contacts
from layers.layer import Scene
from ui import wording
from ui.hours import Day
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
    """One line of a card; without lines, links or a week it is not known."""

    label: str
    lines: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    week: list[Day] = field(default_factory=list)

    @property
    def known(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.lines or self.links or self.week)


def contact_rows(contacts: tuple[Contact, ...]) -> list[Row]:
    """Tell the public phones, e-mails and websites."""
    labels = {
        ContactKind.PHONE: _("Phone"),
        ContactKind.EMAIL: _("E-mail"),
        ContactKind.WEBSITE: _("Website"),
    }
    public = public_contacts(contacts)
    return [
        Row(label, links=[link_of(found) for found in public if found.kind is kind])
        for kind, label in labels.items()
    ]


def link_of(contact: Contact) -> Link:
    """Tell how one calls, writes to or visits a contact."""
    if contact.kind is ContactKind.PHONE:
        digits = "".join(sign for sign in contact.value if sign in "+0123456789")
        return Link(contact.value, f"tel:{digits}")
    if contact.kind is ContactKind.EMAIL:
        return Link(contact.value, mail_link(contact.value))
    shown = contact.value.split("://", 1)[-1].removeprefix("www.").rstrip("/")
    return Link(shown, contact.value, out=True)


def place_rows(scene: Scene, places: tuple[Place, ...]) -> list[Row]:
    """Tell the addresses, and how exactly each is known."""
    rows = []
    for place in places:
        lines = wording.address(place.address, scene.language)
        if not lines and place.point:
            lines = [_("No address known; the place on the map is.")]
        if place.precision is Precision.STREET:
            lines.append(_("Only the street is known."))
        rows.append(Row(_("Address"), lines))
    return rows or [Row(_("Address"))]


def languages_row(codes: tuple[str, ...]) -> Row:
    """Name the languages spoken."""
    return Row(_("Languages"), [", ".join(map(language_name, codes))] if codes else [])


def area_row(scene: Scene, where: Whereabouts) -> Row:
    """Tell the municipality and the sector."""
    atlas, language = scene.atlas, scene.language
    town = atlas.municipality_name(where.municipality, language)
    lines = [town] if town else []
    if where.sector:
        name = atlas.sector_name(where.sector, language)
        lines.append(_("Sector {name} ({code})", name=name, code=where.sector))
    return Row(_("Part of town"), lines)


def relay_row(scene: Scene, where: Whereabouts) -> Row:
    """Tell which relay covers a place, or that none does."""
    atlas, language = scene.atlas, scene.language
    relay = atlas.relay_of_neighbourhood.get(where.neighbourhood or "")
    if relay is None:
        uncovered = where.neighbourhood or where.sector
        return Row(_("Relay"), [_("No relay covers this place.")] if uncovered else [])
    lines = [relay.names.best(language)]
    if partner := atlas.partners.get(relay.partner_id):
        lines.append(_("Hosted by {partner}", partner=partner.names.best(language)))
    return Row(_("Relay"), lines)
