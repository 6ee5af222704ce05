"""The three plain pages of a workshop: for a phone, for a typed sheet, for the big screen."""

from typing import Any, Final

import shapely

from directory.atlas import Atlas
from directory.contacts import ContactKind
from directory.local_maps.numbering import area_of_neighbourhood
from directory.secrecy import public_contacts
from directory.workshops import Workshop
from directory.workshops.records import NAME_MAX
from exchange.assets import bundle_version
from exchange.settings import ROOT
from layers import actors, basemap, municipalities, neighbourhoods, sectors, tiles
from layers.drawing import build_map
from layers.layer import Scene
from ui import look, state, wording
from ui.language import NAMES, catalog
from ui.plan.page import FONT, tokens
from ui.proposing.choices import groups
from ui.texts import map_texts
from ui.workshop import words

AROUND: Final = 0.1
"""Degrees of width and height, as a share, shown around the neighbourhood (ours)."""
_GROUND: Final = (tiles, basemap, municipalities, sectors, neighbourhoods)


def way_in(base: str, code: str) -> str:
    """Return the address of a workshop for phones, in halves that are easy to type.

    >>> way_in("http://192.168.1.20:8501", "abcdefghjk")
    'http://192.168.1.20:8501/w/abcde-fghjk'
    """
    return f"{base.rstrip('/')}/w/{code[:5]}-{code[5:]}"


def phone(workshop: Workshop, token: str, language: str) -> str:
    """Write the page of a phone."""
    scene = state.scene(language)
    told = _told(workshop, token, scene)
    told["known"] = known(workshop, scene.atlas, language)
    told["map"] = _map(workshop, scene, with_actors=False)
    return _render("workshop_phone.html.j2", workshop, language, told, words.phone())


def lines(workshop: Workshop, token: str, language: str) -> str:
    """Write the page on which the lines of a table's sheet are typed in."""
    scene = state.scene(language)
    told = _told(workshop, token, scene)
    return _render("workshop_sheet.html.j2", workshop, language, told, words.sheet())


def screen(workshop: Workshop, token: str, language: str) -> str:
    """Write the page of the big screen."""
    scene = state.scene(language)
    told = _told(workshop, token, scene)
    told["map"] = _map(workshop, scene, with_actors=True)
    told["colours"] = dict(scene.palette.groups)
    return _render("workshop_screen.html.j2", workshop, language, told, words.screen())


def _render(
    template: str, workshop: Workshop, language: str, told: dict[str, Any], texts: dict[str, str]
) -> str:
    up = "../../" if "phone" not in template else "../"
    return look.TEMPLATES.get_template(template).render(
        workshop=workshop,
        language=language,
        languages=[(code, NAMES[code]) for code in workshop.languages],
        told={**told, "texts": texts, "language": language},
        texts=texts,
        name_max=NAME_MAX,
        up=up,
        version=bundle_version(ROOT),
        tokens=tokens(f"{up}assets/{FONT}"),
    )


def _told(workshop: Workshop, token: str, scene: Scene) -> dict[str, Any]:
    return {
        "id": workshop.id,
        "token": token,
        "tables": list(workshop.tables),
        "groups": groups(scene),
        "ends": int(workshop.ends_at.timestamp() * 1000),
    }


def bounds_of(workshop: Workshop, atlas: Atlas) -> list[list[float]] | None:
    """Return south west and north east of the neighbourhood, None where it has no area."""
    area = area_of_neighbourhood(workshop.neighbourhood_id, atlas)
    if shapely.is_empty(area):
        return None
    west, south, east, north = (float(side) for side in shapely.bounds(area))
    x, y = (east - west) * AROUND, (north - south) * AROUND
    return [[south - y, west - x], [north + y, east + x]]


def _map(workshop: Workshop, scene: Scene, *, with_actors: bool) -> dict[str, Any]:
    shown = [module.LAYER for module in _GROUND] + ([actors.LAYER] if with_actors else [])
    spec = build_map(scene, shown, map_texts(catalog(scene.language))).spec
    found = bounds_of(workshop, scene.atlas)
    return {**spec, "apart": True, **({"bounds": found} if found else {})}


def known(workshop: Workshop, atlas: Atlas, language: str) -> list[dict[str, Any]]:
    """List what is on the map of the neighbourhood, as the public knows it, by name."""
    found = []
    for key in atlas.actors_by_name(language):
        actor = atlas.listed.get(key)
        if actor is None or atlas.whereabouts[key].neighbourhood != workshop.neighbourhood_id:
            continue
        phones = [c.value for c in public_contacts(actor.contacts) if c.kind is ContactKind.PHONE]
        address = wording.address(actor.places[0].address, language) if actor.places else []
        found.append(
            {
                "id": key,
                "name": actor.names.best(language),
                "where": ", ".join(address),
                "phone": phones[0] if phones else "",
                "hours": actor.hours,
            }
        )
    return found
