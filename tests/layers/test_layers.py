"""What the layers draw of an atlas, and the folium map made of them."""

import json
from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import folium
import pytest

from directory.atlas import Atlas
from directory.places import Place, Precision
from layers import activities, actors, minimal, relays
from layers.drawing import LayerElement, build_map, embed, stand_alone
from layers.layer import Scene
from layers.palette import palette
from layers.registry import LAYERS
from tests.records import actor, at, atlas, phone

NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/Brussels"))


@pytest.fixture
def scene() -> Callable[..., Scene]:
    def make(drawn: Atlas | None = None, language: str = "fr", **given: object) -> Scene:
        return Scene(
            atlas=drawn or atlas(actor("a"), actor("b")),
            language=language,
            translate=str,
            at=NOON,
            palette=palette(),
            **given,
        )

    return make


def test_actors_are_drawn_in_the_order_of_their_names(scene):
    found = scene(atlas(actor("b"), actor("a"), actor("c", names={"nl": "Ärgens"})))
    drawn = [feature["properties"]["id"] for feature in actors.features(found)["features"]]
    assert drawn == actors.order(found) == ["a", "b", "c"]


def test_an_actor_without_a_place_is_listed_but_not_drawn(scene):
    (feature,) = actors.features(scene(atlas(actor("lost", places=()))))["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["id"] == "lost"


def test_a_place_known_as_a_quarter_is_no_false_pin(scene):
    place = Place(precision=Precision.NEIGHBOURHOOD, area="links")
    (feature,) = actors.features(scene(atlas(actor("quarter", places=(place,)))))["features"]
    assert feature["properties"]["precision"] == "area"
    lon, lat = feature["geometry"]["coordinates"]
    middle = at(0.5, 1.5).point
    assert (lon, lat) == (pytest.approx(middle.lon, abs=2e-4), pytest.approx(middle.lat, abs=2e-4))


def test_only_public_contacts_are_in_the_details(scene):
    contacts = (phone("02 111 11 11"), phone("02 222 22 22", visibility="relays"))
    found = scene(atlas(actor("a", contacts=contacts)), details=True)
    text = json.dumps(actors.features(found))
    assert "02 111 11 11" in text
    assert "02 222 22 22" not in text


def test_relays_and_activities_of_a_quarter_are_drawn_inside_it(scene):
    for layer in (relays, activities):
        (feature,) = layer.features(scene())["features"]
        assert feature["properties"]["precision"] == "area"
        assert feature["geometry"]["type"] == "Point"


def test_every_layer_has_a_title_and_names_its_state(scene):
    found = scene()
    for name, layer in LAYERS.items():
        assert layer.name == name
        assert layer.title
        assert "/" not in layer.version(found)


def test_a_change_of_the_directory_changes_the_address_of_what_it_shows(scene):
    one, other = scene(), scene(atlas(actor("a")))
    object.__setattr__(other.atlas.directory, "revision", 2)
    for name, changes in (("actors", True), ("sectors", False)):
        address = LAYERS[name].address
        assert (address(one) != address(other)) is changes


def test_the_map_is_a_folium_map_of_layers_in_their_order(scene):
    found = build_map(scene(), LAYERS.values(), {})
    assert isinstance(found, folium.Map)
    ids = [layer["id"] for layer in found.spec["layers"]]
    areas = ["municipalities", "sectors", "districts", "neighbourhoods"]
    assert ids == [*areas, "relays", "activities", "actors"]
    assert [layer["id"] for layer in found.spec["layers"] if not layer["visible"]] == ["districts"]
    assert all(layer["data"] is None for layer in found.spec["layers"])
    assert sum(isinstance(c, LayerElement) for c in found._children.values()) == len(ids)


def test_the_tile_server_takes_the_place_of_our_basemap(scene):
    given = {"basemap": "tiles/base.pmtiles", "tile_server": "https://tiles.example/{z}/{x}/{y}"}
    ours = build_map(scene(basemap=given["basemap"]), LAYERS.values(), {}).spec["layers"]
    theirs = build_map(scene(**given), LAYERS.values(), {}).spec["layers"]
    assert ours[0] | {"id": "basemap", "address": given["basemap"]} == ours[0]
    assert theirs[0] | {"id": "tiles", "url": given["tile_server"]} == theirs[0]
    assert "basemap" not in [layer["id"] for layer in theirs]


def test_a_page_by_address_names_no_other_host(scene):
    page = embed(build_map(scene(), LAYERS.values(), {}), "assets/plein.js?v=1")
    assert "http" not in page.replace("http-equiv", "")
    assert '<script src="assets/plein.js?v=1">' in page


def test_hostile_names_cannot_leave_the_data_of_a_page(scene):
    name = "</script><script>alert(1)</script>{{7*7}}{% raw %}{#"
    drawn = scene(atlas(actor("a", names={"und": name})))
    page = stand_alone(
        build_map(drawn, LAYERS.values(), {}, inline=True), "var Plein = '</script>';"
    )
    assert "<script>alert(1)" not in page
    assert page.count("</script>") == page.count("<script>")
    assert r"\u007b{7*7}}\u007b% raw %}\u007b#" in page


def test_the_layer_to_copy_draws(scene):
    found = build_map(scene(), [minimal.LAYER], {}, inline=True)
    (layer,) = found.spec["layers"]
    assert layer["data"]["features"][0]["properties"]["id"] == "middle"


OLD, OLDER = date(2025, 11, 1), date(2024, 11, 1)
"""Of a pharmacy on 23 November 2026: past its twelve months, and past twice as many."""


def test_what_is_past_its_period_is_paler_and_says_since_when(scene):
    found = scene(atlas(actor("due", verified_on=OLD), actor("fresh", verified_on=NOON.date())))
    due, fresh = (feature["properties"] for feature in actors.features(found)["features"])
    assert due["old"] == "Not checked since 1 novembre 2025"
    assert "old" not in fresh
    assert [entry.symbol for entry in actors.legend(found)] == ["sign", "faded"]
    assert [entry.symbol for entry in actors.legend(scene())] == ["sign"]


def test_what_nobody_ever_checked_is_drawn_as_any_other(scene):
    (feature,) = actors.features(scene(atlas(actor("never"))))["features"]
    assert "old" not in feature["properties"]


def test_what_is_past_twice_its_period_is_on_no_map(scene):
    found = scene(atlas(actor("a"), actor("stale", verified_on=OLDER)))
    assert actors.order(found) == ["a"]
    assert "stale" not in json.dumps(actors.features(found))
    assert "stale" in found.atlas.actors


def test_a_closing_is_told_where_there_is_no_page_beside_the_map(scene):
    notice = {"kind": "closed", "from_day": "2026-11-20", "until_day": "2026-11-30"}
    found = scene(atlas(actor("a", hours="24/7", notices=[notice])), details=True)
    (feature,) = actors.features(found)["features"]
    told = "Closed up to and including 30 novembre 2026"
    assert feature["properties"]["lines"] == [told, "24/7"]
