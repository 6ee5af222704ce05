"""What is served beside the pages, by a real client on the real routes."""

import contextlib
import gzip
import json
import socket
import threading
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from email.message import Message
from types import SimpleNamespace
from urllib.error import HTTPError

import pytest
import uvicorn
from starlette.applications import Starlette

from directory.atlas import Atlas
from layers.layer import Scene
from layers.palette import palette
from tests.records import DAY, actor, atlas
from ui import server, state
from ui.server import Guard, middleware, policy, routes


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Atlas:
    found = atlas(actor("a", names={"fr": "Là", "nl": "Daar"}))
    at = state.now().replace(year=DAY.year, month=DAY.month, day=DAY.day)

    def scene(language: str, *_: object) -> Scene:
        return Scene(atlas=found, language=language, translate=str, at=at, palette=palette())

    monkeypatch.setattr(state, "scene", scene)
    monkeypatch.setattr(state, "recent", lambda: [found])
    monkeypatch.setattr(state, "store", lambda: SimpleNamespace(expect=lambda _: None))
    monkeypatch.setattr(server, "ANSWERS", server.Answers())
    return found


@dataclass
class Answer:
    status: int
    headers: Message
    content: bytes

    def json(self) -> dict:
        packed = self.headers.get("content-encoding") == "gzip"
        return json.loads(gzip.decompress(self.content) if packed else self.content)


@pytest.fixture
def get(drawn: Atlas) -> Iterator[Callable[..., Answer]]:
    """Ask a real server on loopback."""
    del drawn
    listening = socket.create_server(("127.0.0.1", 0))
    app = Starlette(routes=routes(), middleware=middleware())
    serving = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
    thread = threading.Thread(target=serving.run, kwargs={"sockets": [listening]})
    thread.start()
    origin = f"http://127.0.0.1:{listening.getsockname()[1]}"

    def ask(path: str, encoding: str = "gzip") -> Answer:
        request = urllib.request.Request(origin + path, headers={"Accept-Encoding": encoding})  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
                return Answer(answer.status, answer.headers, answer.read())
        except HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read())

    yield ask
    serving.should_exit = True
    thread.join(timeout=10)
    listening.close()


def current(name: str = "actors", language: str = "fr") -> str:
    return "/" + server.LAYERS[name].address(state.scene(language))


def test_a_layer_is_compressed_and_kept_for_ever(get: Callable[..., Answer]):
    answer = get(current())
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.json()["features"][0]["properties"]["name"] == "Là"


def test_a_browser_that_knows_no_gzip_is_served_too(get: Callable[..., Answer]):
    answer = get(current(), encoding="identity")
    assert "content-encoding" not in answer.headers
    assert json.loads(answer.content)["type"] == "FeatureCollection"


def test_an_old_address_gets_the_present_features_and_is_not_kept(get: Callable[..., Answer]):
    answer = get("/layers/actors/nl/yesterday.json")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["features"][0]["properties"]["name"] == "Daar"


@pytest.mark.parametrize("path", ["/layers/nobody/fr/1.json", "/layers/actors/xx/1.json"])
def test_what_is_not_there_is_not_found(get: Callable[..., Answer], path: str):
    assert get(path).status == 404


def test_every_answer_carries_the_policy(get: Callable[..., Answer]):
    for path in (current(), "/nothing"):
        headers = get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "frame-ancestors 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_the_policy_lets_a_named_tile_server_in_and_nobody_else():
    told = policy("https://{s}.tiles.example/{z}/{x}/{y}.png")
    assert "img-src 'self' data: blob: https://*.tiles.example" in told
    assert "http" not in policy("")


def test_the_guard_leaves_websockets_alone():
    async def app(scope: dict, receive: object, send: object) -> None:
        del receive, send
        scope["seen"] = True

    scope = {"type": "websocket"}
    with contextlib.suppress(StopIteration):  # a browser of another test may hold the event loop
        Guard(app)(scope, None, None).send(None)
    assert scope["seen"]


@pytest.mark.usefixtures("drawn")
def test_the_map_alone_is_served_for_an_iframe(get: Callable[..., Answer]):
    answer = get("/embed?lang=nl")
    assert answer.status == 200
    assert "frame-ancestors" not in answer.headers["content-security-policy"]
    assert b"layers/actors/nl/" in answer.content


@pytest.mark.usefixtures("drawn")
def test_a_page_made_before_a_change_still_finds_what_it_was_told_of(
    get: Callable[..., Answer], drawn: Atlas, monkeypatch: pytest.MonkeyPatch
):
    told = current()
    newer = replace(drawn, directory=replace(drawn.directory, revision=2, actors={}))
    before = state.scene
    monkeypatch.setattr(state, "scene", lambda language, *_: replace(before(language), atlas=newer))
    monkeypatch.setattr(state, "recent", lambda: [newer, drawn])
    assert current() != told
    assert len(get(told).json()["features"]) == 1
    assert get(current()).json()["features"] == []


def test_the_least_used_answer_goes_first(drawn: Atlas):
    del drawn
    answers = server.Answers(size=2)
    scene = state.scene("fr")
    for version in ("1", "2", "1", "3"):
        answers.get("actors", scene, version)
    assert [key[2] for key in answers._kept] == ["1", "3"]
