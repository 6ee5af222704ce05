"""The relays as a table, and the rules their neighbourhoods break, told as advice."""

from dataclasses import dataclass
from urllib.parse import urlencode

from geo.neighbourhoods import broken_rules
from layers.layer import Scene
from ui.language import catalog
from ui.mapview import PICK, Pick


@dataclass(frozen=True, slots=True)
class Line:
    """One relay: its name, where the map shows it, host, municipality and sectors.

    What is not known is empty; `advice` are the rules its neighbourhood breaks.
    """

    name: str
    address: str
    host: str
    town: str
    sectors: int | None
    advice: list[str]


def lines(scene: Scene) -> list[Line]:
    """List the relays by name."""
    atlas, language = scene.atlas, scene.language
    broken = _breaches(scene)
    found = []
    for relay in atlas.relays.values():
        partner = atlas.partners.get(relay.partner_id)
        area = atlas.neighbourhoods.get(relay.neighbourhood_id)
        view = {"lang": language, "show": "relays", PICK: str(Pick("relays", relay.id))}
        found.append(
            Line(
                name=relay.names.best(language),
                address=f"./?{urlencode(view)}",
                host=partner.names.best(language) if partner else "",
                town=atlas.municipality_name(partner.municipality, language) if partner else "",
                sectors=len(area.sectors) if area else None,
                advice=broken.get(relay.neighbourhood_id, []),
            )
        )
    return sorted(found, key=lambda line: line.name.casefold())


def _breaches(scene: Scene) -> dict[str, list[str]]:
    atlas = scene.atlas
    told = catalog(scene.language).gettext
    found: dict[str, list[str]] = {}
    for breach in broken_rules(
        atlas.neighbourhoods.values(), neighbours=atlas.territory.neighbours, day=atlas.day
    ):
        sentence = told(breach.message).format(**breach.params)
        found.setdefault(breach.neighbourhood_id, []).append(sentence)
    return found
