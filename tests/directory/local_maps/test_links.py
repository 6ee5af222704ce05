"""A link opens one map to who has no account, until it ends, and nothing else."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from directory.authors import Author, Origin
from directory.commands import Commands, today
from directory.local_maps import Maker
from directory.local_maps.links import LASTS_DAYS, MapLinks
from directory.people import VISITOR, Grant, Grounds, Person, Role
from directory.store import ConflictError, Kind, Store
from directory.versions import Way, versions
from geo.errors import BadInputError, NotAllowedError, UnknownIdError
from tests.directory.local_maps.test_keeping import made
from tests.drawn import grid_territory
from tests.records import LEFT

BY = Author("Test")
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def relay(area: str) -> Author:
    role = Grant(role=Role.RELAY, neighbourhoods=frozenset({area}))
    return Author("Bo", Origin.PAGE, Person(id="8", grants=(role,)))


@pytest.fixture
def links(store: Store, commands: Commands) -> MapLinks:
    commands.save([LEFT], by=BY)
    commands.save([made(), made(id="other")], by=BY)
    return MapLinks(store, lambda: Grounds(grid_territory(), store.directory(), today()))


def test_who_has_the_link_changes_the_map_and_the_history_says_so(
    store: Store, links: MapLinks
) -> None:
    token = links.make("kaart", by=relay("links"), now=NOW)
    changed = (
        store.directory()
        .local_maps["kaart"]
        .model_copy(update={"makers": (Maker(name="Samira"),), "without_actors": ("livres",)})
    )
    links.save(token, changed, name="Samira", now=NOW)
    kept = store.directory().local_maps["kaart"]
    assert (kept.makers[0].name, kept.author, kept.version) == ("Samira", "Relais", 2)
    last = store.history(Kind.LOCAL_MAP, "kaart")[-1]
    assert (last.author, last.origin) == ("Samira", Origin.LINK)
    told = {one.version: one.way for one in versions(store, Kind.LOCAL_MAP, "kaart")}
    assert told == {1: Way.COMMAND, 2: Way.LINK}


def test_it_opens_no_other_map_and_moves_and_hides_none(store: Store, links: MapLinks) -> None:
    token = links.make("kaart", by=BY, now=NOW)
    stored = store.directory().local_maps
    with pytest.raises(NotAllowedError, match="opens no map"):
        links.save(token, stored["other"], name="X", now=NOW)
    with pytest.raises(NotAllowedError, match="opens no map"):
        links.save(token, made(id="new"), name="X", now=NOW)
    for update in (
        {"status": "archived"},
        {"neighbourhood_id": "rechts"},
        {"author": "Somebody"},
        {"made_on": NOW.date() + timedelta(days=9)},
    ):
        changed = stored["kaart"].model_copy(update=update)
        with pytest.raises(NotAllowedError, match="does not move a map"):
            links.save(token, changed, name="X", now=NOW)
    assert store.directory().local_maps == stored


def test_it_ends_by_itself_and_when_told(store: Store, links: MapLinks) -> None:
    token = links.make("kaart", by=BY, now=NOW)
    stored = store.directory().local_maps["kaart"]
    last = NOW + timedelta(days=LASTS_DAYS)
    found = links.find(token)
    assert found is not None
    assert found.is_open(last - timedelta(seconds=1))
    with pytest.raises(NotAllowedError):
        links.save(token, stored, name="X", now=last)
    links.end("kaart", by=relay("links"), now=NOW)
    with pytest.raises(NotAllowedError):
        links.save(token, stored, name="X", now=NOW)
    assert [one.withdrawn_at is None for one in links.of("kaart")] == [False]
    other = links.make("kaart", by=BY, now=NOW)
    links.save(other, stored, name="X", now=NOW)


def test_two_links_meet_as_two_editors_do(store: Store, links: MapLinks) -> None:
    tokens = [links.make("kaart", by=BY, now=NOW) for _ in range(2)]
    read = store.directory().local_maps["kaart"]
    links.save(tokens[0], read.model_copy(update={"accent": "care"}), name="A", now=NOW)
    with pytest.raises(ConflictError):
        links.save(tokens[1], read.model_copy(update={"accent": "school"}), name="B", now=NOW)


@pytest.mark.parametrize("token", ["", "x", "../..", "A" * 43, "é" * 43])
def test_what_nobody_made_opens_nothing(store: Store, links: MapLinks, token: str) -> None:
    stored = store.directory().local_maps["kaart"]
    assert links.find(token) is None
    with pytest.raises(NotAllowedError):
        links.save(token, stored, name="X", now=NOW)


def test_who_may_make_and_end_one(links: MapLinks) -> None:
    for stranger in (Author("X", Origin.PAGE), Author("X", Origin.PAGE, VISITOR), relay("rechts")):
        with pytest.raises(NotAllowedError):
            links.make("kaart", by=stranger, now=NOW)
        with pytest.raises(NotAllowedError):
            links.end("kaart", by=stranger, now=NOW)
    with pytest.raises(UnknownIdError):
        links.make("nothing", by=BY, now=NOW)


def test_nobody_is_nobody(store: Store, links: MapLinks) -> None:
    token = links.make("kaart", by=BY, now=NOW)
    with pytest.raises(BadInputError, match="name"):
        links.save(token, store.directory().local_maps["kaart"], name="  ", now=NOW)


def test_the_link_itself_is_not_kept(links: MapLinks, database_url: str, store: Store) -> None:
    token = links.make("kaart", by=BY, now=NOW)
    store.close()
    if database_url.startswith("sqlite"):
        path = database_url.removeprefix("sqlite:///")
        with Path(path).open("rb") as file:
            assert token.encode() not in file.read()
