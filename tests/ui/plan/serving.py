"""Local maps served without a database or Streamlit, on loopback."""

import socket
import threading
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from types import SimpleNamespace
from urllib.error import HTTPError

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from directory.atlas import Atlas
from directory.local_maps import LocalMap
from directory.store import Store
from tests.drawn import grid_territory
from tests.ui.plan.records import NOON
from ui import state
from ui.plan import file, kept, routes
from ui.server import BUILT, KeptFiles, middleware


@dataclass
class Answer:
    status: int
    headers: Message
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


@contextmanager
def serving(maps: Mapping[str, LocalMap], atlas: Atlas, home: Path) -> Iterator[str]:
    """Serve maps of an atlas, on a Monday at noon; yields the address."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (routes, file):
            patch.setattr(module, "public_map", lambda _, key: maps.get(key))
        patch.setattr(kept, "editions_of", lambda *_: [])
        patch.setattr(state, "atlas", lambda: atlas)
        with _listening(patch, home) as address:
            yield address


@contextmanager
def serving_store(store: Store, home: Path) -> Iterator[str]:
    """Serve what a store keeps, on the grid drawn by hand."""
    with pytest.MonkeyPatch.context() as patch:
        territory = grid_territory()
        patch.setattr(state, "store", lambda: store)
        patch.setattr(state, "atlas", lambda: Atlas(store.directory(), territory, NOON.date()))
        with _listening(patch, home) as address:
            yield address


@contextmanager
def _listening(patch: pytest.MonkeyPatch, home: Path) -> Iterator[str]:
    patch.setattr(state, "now", lambda: NOON)
    for module in (routes, file):
        patch.setattr(module, "settings", lambda: SimpleNamespace(home=home))
    assets = Mount("/assets", KeptFiles(directory=BUILT))
    app = Starlette(routes=[*routes.routes(), assets], middleware=middleware())
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)
    listening.close()


def ask(address: str, **headers: str) -> Answer:
    """Ask for an address; `if_none_match` is the header If-None-Match."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, headers=told)  # noqa: S310 - loopback
    try:
        with urllib.request.urlopen(request, timeout=20) as found:  # noqa: S310
            return Answer(found.status, found.headers, found.read())
    except HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())
