"""A local map as one file: the same bytes each time, light, and with nothing to fetch."""

import gzip
import re

import geopandas as gpd
import pytest
import shapely

from exchange.poster.sheet import Ground
from tests.records import actor, at, atlas
from tests.ui.plan.records import EVIL, NOON, hostile, local_map, some
from ui.plan.file import plan_file

ACTORS = 150
LIGHT = 300_000
"""Bytes, compressed, without streets: what issue 7 asks of a map of 150 actors."""


def ground() -> Ground:
    point = at(0.5, 0.5).point
    assert point is not None
    lines = [shapely.LineString([(point.lon, point.lat), (point.lon + 0.001, point.lat)])]
    streets = gpd.GeoDataFrame(
        {"kind": ["minor"], "name_fr": [EVIL[0]], "name_nl": ["Straat"]}, geometry=lines, crs=4326
    )
    return Ground(streets=streets)


def test_the_same_map_gives_the_same_bytes() -> None:
    files = {plan_file(local_map(), atlas(*some()), ground(), NOON) for _ in range(3)}
    assert len(files) == 1


def test_it_holds_the_map_s_languages_and_nothing_of_now() -> None:
    text = plan_file(local_map(), atlas(*some()), Ground(), NOON)
    assert 'id="plan-fr"' in text
    assert 'id="plan-nl"' in text
    assert 'id="plan-en"' not in text
    assert "Ouvert maintenant, jusque" not in text
    assert "Bibliothèque" in text
    assert "Boekerij" in text


def test_an_edition_says_its_day_and_leads_to_the_live_map() -> None:
    text = plan_file(
        local_map(),
        atlas(*some()),
        Ground(),
        NOON,
        languages=["nl"],
        edition=True,
        address="https://plein.example/plan/links",
    )
    assert "Uitgave van 23 november 2026" in text
    assert "Uitgave van 23 november 2026" not in plan_file(
        local_map(), atlas(*some()), Ground(), NOON, languages=["nl"]
    )
    assert 'href="https://plein.example/plan/links?lang=nl"' in text
    assert 'id="plan-fr"' not in text


def test_nothing_in_it_is_fetched() -> None:
    text = plan_file(local_map(), atlas(*some()), ground(), NOON)
    assert re.findall(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=\"(?!data:)", text) == []
    assert (
        re.findall(r"url\((?!\"?data:)[^)#]*\)", text.split("<body")[0].split("<script>")[0]) == []
    )


def test_hostile_names_are_data_to_folium_and_to_the_browser() -> None:
    text = plan_file(
        local_map(titles={"fr": "".join(EVIL)[:120], "nl": EVIL[0]}),
        atlas(*hostile()),
        ground(),
        NOON,
    )
    assert "7*7}}" in text
    assert ">49" not in text
    assert "<img src=x" not in text
    assert text.count("<script>") == 2
    assert text.count("</script>") == 2


@pytest.mark.parametrize("languages", [("fr",), ("fr", "nl")])
def test_a_map_of_150_actors_is_light(languages: tuple[str, ...]) -> None:
    line = "Accueil, écoute et orientation, sans rendez-vous le matin, pour toutes et tous."
    many = [
        actor(
            f"actor-{n}",
            names={"fr": f"Maison de quartier numéro {n}", "nl": f"Buurthuis nummer {n}"},
            descriptions={"fr": f"{line} {n}", "nl": f"Onthaal en advies. {n}"},
            hours="Mo-Th 09:00-12:30,13:30-17:00; Fr 09:00-12:00",
            contacts=[{"kind": "phone", "value": f"+32 2 511 {n // 100:02d} {n % 100:02d}"}],
            places=(at(0.05 + 0.9 * (n % 12) / 12, 0.1 + 2.8 * (n // 12) / 13),),
        )
        for n in range(ACTORS)
    ]
    text = plan_file(local_map(languages=languages), atlas(*many), Ground(), NOON)
    assert text.count('class="plan-entry"') == ACTORS * len(languages)
    size = len(gzip.compress(text.encode(), mtime=0))
    print(f"a map of {ACTORS} actors in {len(languages)} language(s): {size / 1000:.0f} kB gzip")  # noqa: T201 - asked for
    assert size <= LIGHT
