"""The routes of two workshops on a small installation, asked as a browser asks them."""

import asyncio
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from starlette.applications import Starlette

from directory.atlas import Atlas
from directory.clock import today
from directory.commands import Commands
from directory.people import Grounds
from directory.proposals import Proposals
from directory.store import Store, upgrade
from directory.workshops import LinkUse, Workshop, Workshops
from tests.drawn import grid_territory
from tests.proposed import BY
from tests.records import LEFT, PARTNER, RELAY, actor, phone
from ui import state
from ui.proposing import answers
from ui.proposing import desk as proposing
from ui.workshop import desk, feed, taking
from ui.workshop.routes import routes


class Told(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


Ask = Callable[..., Told]


class Meeting(NamedTuple):
    """A workshop with a link for phones and one for the screen."""

    workshop: Workshop
    phone: str
    screen: str


@pytest.fixture
def workshops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workshops]:
    url = f"sqlite:///{tmp_path / 'plein.db'}"
    upgrade(url)
    store, territory = Store(url), grid_territory()
    hidden = phone("+32 2 999 99 99", visibility="relays")
    union = actor("bond", names={"nl": "Huurdersbond"}, contacts=(hidden,))
    draft = actor("geheim", names={"nl": "Schuiloord Zonder Naam"}, status="draft")
    Commands(store).save([PARTNER, LEFT, RELAY, union, draft], by=BY)
    known = Proposals(store, lambda: Grounds(territory, store.directory(), today()))
    atlas = Atlas(store.directory(), territory, today())
    made = Workshops(store, known, lambda: Grounds(territory, store.directory(), today()))
    ground = SimpleNamespace(atlas=atlas, geocoder=None)
    monkeypatch.setattr(state, "store", lambda: store)
    monkeypatch.setattr(state, "territory", lambda: territory)
    monkeypatch.setattr(state, "atlas", lambda: atlas)
    for module in (answers, taking):
        monkeypatch.setattr(module, "ground", lambda: ground)
    for module in (proposing, taking):
        monkeypatch.setattr(module, "proposals", lambda: known)
    for module in (desk, feed, taking):
        monkeypatch.setattr(module, "workshops", lambda: made)
    monkeypatch.setattr(feed, "_kept", feed._Kept())
    monkeypatch.setattr(feed, "FRESH_S", 0.0)
    yield made
    store.close()


@pytest.fixture
def meet(workshops: Workshops) -> Callable[[str], Meeting]:
    def make(title: str) -> Meeting:
        given = {
            "title": title,
            "day": today(),
            "neighbourhood_id": LEFT.id,
            "tables": ("1", "2"),
            "address": "http://192.168.1.20:8501",
        }
        workshop = workshops.make(given, by=BY)
        links = [workshops.open_link(workshop, use, by=BY) for use in LinkUse]
        return Meeting(workshop, *links)

    return make


@pytest.fixture
def ask() -> Ask:
    app = Starlette(routes=routes())

    def asked(path: str, sent: object = None, **headers: str) -> Told:
        # In a thread of its own: beside tests in Chromium a loop runs in this one already.
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, _ask(app, path, sent, headers)).result()

    return asked


async def _ask(app: Starlette, path: str, sent: object, headers: dict[str, str]) -> Told:
    body = b"" if sent is None else json.dumps(sent).encode()
    given = {"content-type": "application/json"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    path, _, query = path.partition("?")
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET" if sent is None else "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "client": ("192.0.2.1", 5000),
        "server": ("localhost", 80),
        "scheme": "http",
    }
    status, found, answered = 0, {}, bytearray()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        nonlocal status
        status = message.get("status", status)
        found.update({key.decode(): value.decode() for key, value in message.get("headers", ())})
        answered.extend(message.get("body", b""))

    await app(scope, receive, send)
    return Told(status, found, bytes(answered))
