"""A local map is of one place, named, and in one to three languages."""

from datetime import date

import pytest

from directory.local_maps import LocalMap
from directory.places import Point
from directory.texts import Texts
from geo.errors import BadInputError

MADE = {
    "id": "links",
    "titles": Texts({"fr": "Les Gauches"}),
    "made_on": date(2026, 11, 27),
    "author": "Relais",
}
CORNERS = tuple(Point(lon=x, lat=y) for x, y in ((4.3, 50.8), (4.4, 50.8), (4.4, 50.9)))


@pytest.mark.parametrize(
    "given",
    [
        {"neighbourhood_id": "links"},
        {"area": CORNERS},
        {"neighbourhood_id": "links", "languages": ("ar", "fr", "nl"), "parts": ["phone"]},
    ],
)
def test_a_map_is_of_a_neighbourhood_or_of_a_drawn_area(given: dict[str, object]) -> None:
    assert LocalMap.model_validate(MADE | given).version == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Choose one of the two"),
        ({"neighbourhood_id": "links", "area": CORNERS}, "Choose one of the two"),
        ({"area": CORNERS[:2]}, "three corners"),
        ({"area": (*CORNERS[:2], Point(lon=4.4, lat=50.8))}, "three corners"),
        ({"neighbourhood_id": "links", "titles": Texts()}, "needs a title"),
        ({"neighbourhood_id": "links", "titles": Texts({"fr": "x" * 121})}, "Shorten it"),
        ({"neighbourhood_id": "links", "accent": "red"}, "one of the colours"),
        ({"neighbourhood_id": "links", "languages": ("fr", "fr")}, "named twice"),
        ({"neighbourhood_id": "links", "languages": ()}, "at least 1 item"),
        ({"neighbourhood_id": "links", "languages": ("fr", "nl", "en", "ar")}, "at most 3"),
        ({"neighbourhood_id": "links", "categories": ("pub",)}, "no category"),
        ({"id": "../x", "neighbourhood_id": "links"}, "pattern"),
    ],
)
def test_what_breaks_a_rule_is_told(given: dict[str, object], said: str) -> None:
    with pytest.raises((BadInputError, ValueError), match=said):
        LocalMap.model_validate(MADE | given)
