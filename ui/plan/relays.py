"""The relays of a local map: of its neighbourhood, or of those a drawn area lies in."""

from typing import Any, Final

import shapely

from directory.atlas import Atlas
from directory.local_maps import LocalMap
from directory.relays import Partner, Relay
from directory.secrecy import public_contacts
from geo.crs import LAMBERT_72, WGS_84, project_shapes
from ui import wording
from ui.hours_rules import hours_lines
from ui.language import _
from ui.rows import link_of

MOST_RELAYS: Final = 3
"""An area across more neighbourhoods is told the three it has most of (our choice)."""


def relays_of(
    local_map: LocalMap, atlas: Atlas, area: shapely.Geometry, language: str
) -> list[dict[str, Any]]:
    """Tell who the relays are, with their public contacts; nothing where none covers the area."""
    found = [
        atlas.relay_of_neighbourhood[key]
        for key in _neighbourhoods(local_map, atlas, area)
        if key in atlas.relay_of_neighbourhood
    ]
    return [_told(relay, atlas, language) for relay in found[:MOST_RELAYS]]


def _neighbourhoods(local_map: LocalMap, atlas: Atlas, area: shapely.Geometry) -> list[str]:
    """Return the neighbourhoods an area lies in, that with most of it first."""
    if local_map.neighbourhood_id:
        return [local_map.neighbourhood_id]
    metric = project_shapes(area, source=WGS_84, target=LAMBERT_72)
    sectors = atlas.territory.sectors
    near = sectors[sectors.intersects(metric)]
    shared = shapely.area(shapely.intersection(near.geometry.to_numpy(), metric))
    sizes: dict[str, float] = {}
    for code, size in zip(near.index, shared, strict=True):
        if key := atlas.neighbourhood_of_sector.get(str(code)):
            sizes[key] = sizes.get(key, 0.0) + float(size)
    return sorted((key for key in sizes if sizes[key] > 0), key=lambda key: (-sizes[key], key))


def _told(relay: Relay, atlas: Atlas, language: str) -> dict[str, Any]:
    partner = atlas.partners.get(relay.partner_id)
    contacts = public_contacts(relay.contacts or (partner.contacts if partner else ()))
    links = [(one, link_of(one)) for one in contacts]
    return {
        "name": relay.names.best(language),
        "lines": _lines(partner, atlas, language) if partner else [],
        "links": [
            {"text": link.text, "href": link.href, "kind": one.kind.value} for one, link in links
        ],
        "unreachable": "" if links else _("No public phone or e-mail is known yet."),
    }


def _lines(partner: Partner, atlas: Atlas, language: str) -> list[str]:
    lines = [_("Hosted by {partner}", partner=partner.names.best(language))]
    if partner.place is not None:
        lines.append(", ".join(wording.address(partner.place.address, language)))
    if partner.hours:
        lines += hours_lines(partner.hours, atlas.day)
    return [line for line in lines if line]
