"""A store on each engine, and records to put into it."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from directory.actors import Actor
from directory.commands import Commands
from directory.relays import Partner, Relay
from directory.store import Store, upgrade
from geo.neighbourhoods import Neighbourhood
from tests.postgresql import Server, running_server

_numbers = count()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    with running_server() as server:
        server.execute("CREATE DATABASE template_plein")
        upgrade(server.url("template_plein"))
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "plein.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine_name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def empty_url(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database without tables."""
    if engine_name == "sqlite":
        yield f"sqlite:///{tmp_path / 'plein.db'}"
        return
    server: Server = request.getfixturevalue("postgres_server")
    name = f"plein_{next(_numbers)}"
    server.execute(f"CREATE DATABASE {name}")
    yield server.url(name)
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def new_url(
    engine_name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[], str]]:
    """Give the address of a fresh, empty directory as often as it is called."""
    if engine_name == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")

        def copy() -> str:
            path = tmp_path / f"plein_{next(_numbers)}.db"
            shutil.copy(template, path)
            return f"sqlite:///{path}"

        yield copy
        return
    server: Server = request.getfixturevalue("postgres_server")
    made = []

    def create() -> str:
        made.append(f"plein_{next(_numbers)}")
        server.execute(f"CREATE DATABASE {made[-1]} TEMPLATE template_plein")
        return server.url(made[-1])

    yield create
    for name in made:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database_url(new_url: Callable[[], str]) -> str:
    return new_url()


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = Store(database_url, busy_s=0.3)
    yield opened
    opened.close()


@pytest.fixture
def commands(store: Store) -> Commands:
    return Commands(store)


@pytest.fixture
def make_actor() -> Callable[..., Actor]:
    def make(number: int = 1, **facts: object) -> Actor:
        given = {
            "id": f"actor-{number}",
            "kind": "organisation",
            "names": {"fr": f"Maison {number}", "nl": f"Huis {number}"},
            "categories": ["pharmacy"],
            "source": {"name": "Test", "reference": str(number)},
        }
        return Actor.model_validate(given | facts)

    return make


@pytest.fixture
def partner() -> Partner:
    return Partner.model_validate(
        {
            "id": "episol",
            "names": {"und": "Episol"},
            "municipality": "21015",
            "source": {"name": "Test"},
        }
    )


@pytest.fixture
def neighbourhood() -> Neighbourhood:
    return Neighbourhood(
        id="collignon",
        names={"fr": "Collignon", "nl": "Collignon"},
        sectors=("21015A00-", "21015A01-"),
        valid_from=date(2022, 1, 1),
    )


@pytest.fixture
def relay() -> Relay:
    return Relay.model_validate(
        {
            "id": "collignon",
            "names": {"nl": "Collignon"},
            "partner_id": "episol",
            "neighbourhood_id": "collignon",
            "source": {"name": "Test"},
        }
    )
