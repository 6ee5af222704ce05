"""The routes of the form on a small installation, asked as a browser asks them."""

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
from directory.proposals import Pace, Proposals
from directory.store import Store, upgrade
from tests.drawn import grid_territory
from tests.proposed import BY
from tests.records import LEFT, PARTNER, RELAY, actor, phone
from ui import state
from ui.proposing import answers, desk
from ui.proposing.answers import routes


class Told(NamedTuple):
    status: int
    json: dict[str, Any]
    read: int


Post = Callable[..., Told]


@pytest.fixture
def proposals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proposals]:
    url = f"sqlite:///{tmp_path / 'plein.db'}"
    upgrade(url)
    store, territory = Store(url), grid_territory()
    hidden = phone("+32 2 999 99 99", visibility="relays")
    union = actor(
        "bond",
        names={"nl": "Huurdersbond Marollen", "fr": "Union des locataires"},
        contacts=(phone("+32 2 511 00 00"), hidden),
        categories=("community-house", "pharmacy"),
    )
    secret = actor("geheim", names={"nl": "Schuiloord Zonder Naam"}, status="draft")
    Commands(store).save([PARTNER, LEFT, RELAY, union, secret], by=BY)
    known = Proposals(
        store,
        lambda: Grounds(territory, store.directory(), today()),
        pace=Pace(hourly=4, daily=9),
    )
    atlas = Atlas(store.directory(), territory, today())
    monkeypatch.setattr(desk, "proposals", lambda: known)
    monkeypatch.setattr(desk, "_kept", desk._Kept())
    monkeypatch.setattr(state, "atlas", lambda: atlas)
    monkeypatch.setattr(answers, "ground", lambda: SimpleNamespace(atlas=atlas, geocoder=None))
    yield known
    store.close()


@pytest.fixture
def post(proposals: Proposals) -> Post:
    """Send a body, or a form as JSON; tells too how many parts of it the server read."""
    del proposals
    app = Starlette(routes=routes())

    def ask(path: str, sent: object, *, sender: str = "192.0.2.1", **headers: str) -> Told:
        parts = sent if isinstance(sent, list) else [json.dumps(sent).encode()]
        # In a thread of its own: beside tests in Chromium a loop runs in this one already.
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, _ask(app, path, parts, sender, headers)).result()

    return ask


async def _ask(
    app: Starlette, path: str, parts: list[bytes], sender: str, headers: dict[str, str]
) -> Told:
    given = {"content-type": "application/json"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "client": (sender, 5000),
        "server": ("localhost", 80),
        "scheme": "http",
    }
    read, status, body = 0, 0, bytearray()

    async def receive() -> dict[str, Any]:
        nonlocal read
        part = parts[read]
        read += 1
        return {"type": "http.request", "body": part, "more_body": read < len(parts)}

    async def send(message: Any) -> None:
        nonlocal status
        status = message.get("status", status)
        body.extend(message.get("body", b""))

    await app(scope, receive, send)
    return Told(status, json.loads(body), read)
