"""What a card says of secrets: that there is one, and to whom signed in the contacts for them."""

from directory.actors import Actor
from directory.contacts import Visibility
from directory.people import Deed
from directory.secrecy import seen_contacts
from layers.layer import Scene
from ui import access
from ui.language import _
from ui.rows import Row, contact_rows, link_of, place_rows


def places(scene: Scene, actor: Actor) -> list[Row]:
    """Tell where it is, or that this is kept secret."""
    if not actor.secret_place:
        return place_rows(scene, actor.places)
    told = _("The exact place is kept secret. The relay of the neighbourhood knows the way.")
    return [Row(_("Address"), [told])]


def contacts(scene: Scene, actor: Actor) -> list[Row]:
    """Tell the contacts everyone sees, then those for whoever signed in; who asks for none."""
    asked = [_("Please do not contact directly; ask the relay.")] if actor.do_not_contact else []
    rows = [Row(_("Contact"), asked)] if asked else []
    rows += [row for row in contact_rows(actor.contacts) if row.known or not asked]
    full = scene.atlas.directory.actors.get(actor.id, actor)
    more = [one for one in seen_contacts(full, visibilities()) if one not in actor.contacts]
    if more:
        rows.append(Row(_("Not for everyone"), links=[link_of(one) for one in more]))
    return rows


def visibilities() -> frozenset[Visibility]:
    """Return whose contacts this person sees, by the roles they signed in with."""
    found = {Visibility.PUBLIC}
    if access.account() is None:
        return frozenset(found)
    if access.may(Deed.SEE_ACTORS_CONTACTS):
        found.add(Visibility.ACTORS)
    if access.may(Deed.SEE_RELAYS_CONTACTS):
        found |= {Visibility.ACTORS, Visibility.RELAYS}
    return frozenset(found)
