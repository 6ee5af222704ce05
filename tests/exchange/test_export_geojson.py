"""GeoJSON, held against RFC 7946 clause by clause."""

import json
import math
from typing import Any

from hypothesis import given, settings

from directory.actors import Actor
from directory.places import Place, Precision
from exchange.export import export
from tests.drawn import code
from tests.exports import actors, full, hostile
from tests.records import actor, atlas

GEOMETRY = {"type", "coordinates", "bbox"}


def broken_rules(found: Any) -> list[str]:
    """Name the rules of RFC 7946 a FeatureCollection of points breaks."""
    broken = []
    if found.get("type") != "FeatureCollection" or not isinstance(found.get("features"), list):
        broken.append("3.3 a FeatureCollection has features")
    if "crs" in found:
        broken.append("4 no other reference system")
    if {"coordinates", "geometry", "properties"} & set(found):
        broken.append("7.1 a member of another type")
    positions = []
    for feature in found["features"]:
        broken += feature_rules(feature)
        if feature.get("geometry"):
            positions.append(feature["geometry"]["coordinates"])
    if len({feature["id"] for feature in found["features"]}) != len(found["features"]):
        broken.append("3.2 an id stands for one feature")
    around = (
        [f(p[axis] for p in positions) for f in (min, max) for axis in (0, 1)]
        if positions
        else None
    )
    if found.get("bbox") != around:
        broken.append("5 the bbox is around the positions")
    return broken


def feature_rules(feature: Any) -> list[str]:
    broken = []
    if feature.get("type") != "Feature" or not {"geometry", "properties"} <= set(feature):
        broken.append("3.2 a Feature has a geometry and properties")
    if not isinstance(feature.get("properties"), dict | None):
        broken.append("3.2 properties are an object or null")
    if not isinstance(feature.get("id"), str | int | float):
        broken.append("3.2 an id is a string or a number")
    if {"coordinates", "features"} & set(feature):
        broken.append("7.1 a member of another type")
    geometry = feature.get("geometry")
    if geometry is None:
        return broken
    if geometry.get("type") != "Point" or set(geometry) - GEOMETRY:
        broken.append("3.1 a geometry has a type and coordinates")
    lon, lat, *rest = geometry["coordinates"]
    if rest or not all(isinstance(value, int | float) for value in (lon, lat)):
        broken.append("3.1.1 a position is two numbers")
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        broken.append("3.1.1 longitude, then latitude")
    if any(not math.isclose(v * 10**6, round(v * 10**6), abs_tol=1e-4) for v in (lon, lat)):
        broken.append("11.2 no more than six decimals")
    return broken


def read(*people: Actor, language: str = "fr") -> Any:
    def refuse(name: str) -> None:
        raise AssertionError(f"RFC 8259 knows no {name}")

    content = export(atlas(*people), [one.id for one in people], "geojson", language).content
    return json.loads(content.decode("utf-8"), parse_constant=refuse)


def test_the_checker_sees_what_is_wrong():
    wrong = {
        "type": "FeatureCollection",
        "crs": {},
        "features": [
            {
                "type": "Feature",
                "id": 1,
                "properties": None,
                "geometry": {"type": "Point", "coordinates": [50.12345678, 94, 3]},
            }
        ],
    }
    assert len(broken_rules(wrong)) == 5


def test_properties_are_typed():
    found = read(full())
    assert broken_rules(found) == []
    (feature,) = found["features"]
    told = feature["properties"]
    assert feature["id"] == told["plein_id"] == "full"
    assert told["label"] == "Maison"
    assert (told["category_group"], told["category_group_label"]) == ("other", "Autres")
    assert told["categories"] == ["pharmacy", "mental-health"]
    assert told["phones"] == ["+32 2 000 00 01", "+32 2 000 00 02"]
    assert told["plein_version"] == 3
    assert told["more_places"] == [{"precision": "neighbourhood", "area": "links"}]
    assert told["sector"] == code(0, 1)
    assert told["name_en"] is None, "unknown, not empty"
    assert told["verified_on"] == "2026-11-02"
    point = full().places[0].point
    assert point
    assert feature["geometry"]["coordinates"] == [round(point.lon, 6), round(point.lat, 6)]


def test_sources_licences_and_the_day_are_beside_the_features():
    assert read(full(), actor("a"), language="nl")["plein"] == {
        "exported_on": "2026-11-23",
        "language": "nl",
        "sources": [
            {"name": "Social Brussels", "licence": "CC BY 4.0", "actors": 1},
            {"name": "drawn by hand", "licence": "", "actors": 1},
        ],
        "sectors": {
            "source": "drawn by hand",
            "licence": "none",
            "situation": "2022-01-01",
            "schematic": False,
        },
    }


def test_without_a_point_there_is_no_geometry():
    quarter = Place(precision=Precision.NEIGHBOURHOOD, area="links")
    found = read(actor("lost", places=()), actor("quarter", places=(quarter,)))
    assert broken_rules(found) == []
    assert [feature["geometry"] for feature in found["features"]] == [None, None]
    assert "bbox" not in found
    assert found["features"][1]["properties"]["neighbourhood"] == "Les Gauches"


@settings(max_examples=40, deadline=None)
@given(actors())
def test_any_actor_keeps_the_rules(one: Actor):
    assert broken_rules(read(one, actor("zzzzzzzzz-other"))) == []


def test_hostile_texts_are_data():
    found = read(*hostile())
    assert broken_rules(found) == []
    assert found["features"][0]["properties"]["name_nl"] == "</script>=1+1"
    assert found["features"][1]["properties"]["number"] == "+1"
