"""An address somebody chose, wrote or pointed at, as a place of the directory."""

from collections.abc import Mapping
from typing import Any

from directory.places import Precision
from geo.geocoding import Candidate, Query, Rung
from layers.layer import Scene
from ui.nearby import origin
from ui.nearby.ground import ground
from ui.nearby.suggestions import TEXT_MAX

Facts = dict[str, Any]


def found_place(scene: Scene, told: Any) -> Facts | None:
    """Read what the field told, which may be anything; None where no place is meant.

    An area is a place known only by that area; a position has the address of the nearest door.
    """
    if not isinstance(told, dict):
        return None
    kind, text = told.get("kind"), str(told.get("text") or told.get("label") or "")[:TEXT_MAX]
    if kind in ("text", "address", "street"):
        found = _written(" ".join(filter(None, (text, str(told.get("sub") or "")[:TEXT_MAX]))))
        if found is not None or kind == "text":
            return found
    if kind == "area":
        return _area(scene, str(told.get("id") or ""))
    point = origin.point(told)
    return None if point is None else _at(point.lon, point.lat)


def moved(facts: Mapping[str, Any], lon: float, lat: float) -> Facts:
    """Put a place at a pin; the words of its address stay, an unknown one is looked for."""
    address = facts.get("address") or {}
    if not any(address.values()):
        return _at(lon, lat)
    return _exact(lon, lat, {**address}, numbered=bool(address.get("number")))


def _written(text: str) -> Facts | None:
    geocoder = ground().geocoder
    if geocoder is None or not text.strip():
        return None
    best = geocoder.find(Query(text=text)).best
    if best is None or best.lon is None or best.lat is None or best.place_id:
        return None
    if best.rung not in (Rung.ADDRESS, Rung.INTERPOLATED, Rung.STREET):
        return None
    return _exact(best.lon, best.lat, _address(best), numbered=best.rung is not Rung.STREET)


def _at(lon: float, lat: float) -> Facts:
    geocoder = ground().geocoder
    near = geocoder.reverse(lon, lat) if geocoder is not None else None
    return _exact(lon, lat, _address(near) if near is not None else _address(None), numbered=True)


def _exact(lon: float, lat: float, address: Facts, *, numbered: bool) -> Facts:
    exact = Precision.ADDRESS if numbered else Precision.STREET
    point = {"lon": round(lon, 7), "lat": round(lat, 7)}
    return {"precision": exact.value, "address": address, "point": point, "area": ""}


def _area(scene: Scene, key: str) -> Facts | None:
    precision, area = Precision.SECTOR, key.removeprefix("a")
    if area.startswith("n:"):
        precision, area = Precision.NEIGHBOURHOOD, area.removeprefix("n:")
    known = (
        area in scene.atlas.neighbourhoods
        if precision is Precision.NEIGHBOURHOOD
        else area in scene.atlas.territory.sectors.index
    )
    if not known:
        return None
    address = _address(None)
    return {"precision": precision.value, "address": address, "point": None, "area": area}


def _address(found: Candidate | None) -> Facts:
    if found is None:
        return {"street": {}, "number": "", "box": "", "postcode": "", "municipality": {}}
    return {
        "street": _both(found.street_fr, found.street_nl),
        "number": found.number,
        "box": found.box,
        "postcode": found.postcode,
        "municipality": _both(found.municipality_fr, found.municipality_nl),
    }


def _both(french: str, dutch: str) -> dict[str, str]:
    return {code: text for code, text in (("fr", french), ("nl", dutch)) if text}
