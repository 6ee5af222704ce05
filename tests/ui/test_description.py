"""What the browser is told once: the same for all who see the same, another when it changes."""

import gzip
import json
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import Request

from layers.layer import Scene
from layers.palette import palette
from tests.records import DAY, actor, atlas
from ui import description, pieces, server, state
from ui.description import describe


def scene(*ids: str, language: str = "fr", **more: Any) -> Scene:
    found = atlas(*(actor(key, names={"fr": key}) for key in ids))
    at = state.now().replace(year=DAY.year, month=DAY.month, day=DAY.day)
    return Scene(atlas=found, language=language, translate=str, at=at, palette=palette(), **more)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    description._kept.clear()


def test_a_description_names_its_version_and_every_layer():
    told = describe(scene("a"))
    read = json.loads(told.text)
    assert read["version"] == told.version
    assert "actors" in [layer["id"] for layer in read["layers"]]
    assert told.address("fr") == f"map/fr/{told.version}.json"


def test_two_who_see_the_same_share_one():
    shown = scene("a")
    assert describe(shown) is describe(shown)


def test_another_language_or_ground_is_another_description():
    versions = {
        describe(given).version
        for given in (scene("a"), scene("a", language="nl"), scene("a", basemap="tiles/b.pmtiles"))
    }
    assert len(versions) == 3


def test_only_a_few_are_kept():
    for number in range(description.KEPT + 5):
        describe(scene("a", basemap=f"tiles/{number}.pmtiles"))
    assert len(description._kept) == description.KEPT


def asked(path: str, *, query: str = "", **params: str) -> Request:
    return Request(
        {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": query.encode(),
            "headers": [(b"accept-encoding", b"gzip")],
            "path_params": params,
        }
    )


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Scene:
    found = scene("a")
    monkeypatch.setattr(state, "scene", lambda _: found)
    monkeypatch.setattr(state, "recent", lambda: [found.atlas])
    monkeypatch.setattr(state, "store", lambda: SimpleNamespace(expect=lambda _: None))
    return found


def test_the_present_description_is_kept_for_ever(shown: Scene):
    version = describe(shown).version
    answer = server._described(asked("/map", language="fr", version=version))
    assert "immutable" in answer.headers["cache-control"]
    assert json.loads(gzip.decompress(answer.body))["version"] == version


def test_an_old_address_gets_the_present_one_which_says_so_and_is_not_kept(shown: Scene):
    answer = server._described(asked("/map", language="fr", version="0-of-yesterday"))
    assert answer.headers["cache-control"] == "no-store"
    assert json.loads(gzip.decompress(answer.body))["version"] == describe(shown).version


def test_a_language_we_do_not_speak_is_not_found(shown: Scene):
    del shown
    assert server._described(asked("/map", language="xx", version="1")).status_code == 404


@pytest.mark.parametrize("name", list(pieces.TYPES))
def test_a_piece_is_kept_under_the_address_of_its_content(name: str):
    path, query = pieces.address(name).split("?")
    answer = server._piece(asked(f"/{path}", query=query))
    assert gzip.decompress(answer.body).decode() == pieces.content(name)
    assert "immutable" in answer.headers["cache-control"]
    other = server._piece(asked(f"/{path}", query="v=of-yesterday"))
    assert other.headers["cache-control"] == "no-store"
