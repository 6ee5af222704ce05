"""Links to edit one map: what they open, what they may not, how they end."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from directory.actors import Status
from directory.authors import Author, Origin
from directory.commands import Commands
from directory.local_maps import LocalMap
from directory.local_maps.links import LASTS_DAYS, MapLinks
from directory.people import VISITOR
from directory.store import ConflictError, Kind, Store
from directory.store.local_map_tables import MapLinkRow
from directory.store.tables import table
from directory.texts import Texts
from geo.errors import BadInputError, NotAllowedError, UnknownIdError
from tests.directory.local_maps.stored import BY, keep, local_map

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
END = NOW + timedelta(days=LASTS_DAYS)


@pytest.fixture
def stored(store: Store) -> LocalMap:
    return keep(store)


@pytest.fixture
def token(store: Store, stored: LocalMap) -> str:
    return MapLinks(store).make(stored.id, by=BY, now=NOW)


def renamed(found: LocalMap, text: str = "Anders") -> LocalMap:
    return found.model_copy(update={"titles": Texts({"nl": text})})


def test_a_link_changes_its_map_and_the_history_says_so(
    store: Store, stored: LocalMap, token: str
) -> None:
    links = MapLinks(store)
    links.save(token, renamed(stored), name="Bilal", now=END - timedelta(seconds=1))
    assert store.directory().local_maps["links"].titles == Texts({"nl": "Anders"})
    last = store.history(Kind.LOCAL_MAP, "links")[-1]
    (link,) = links.of("links")
    assert (last.author, last.origin, last.person) == ("Bilal", "link", f"link-{link.id}")


def test_the_database_knows_no_link_only_its_hash(store: Store, token: str) -> None:
    with store.reading() as connection:
        (row,) = connection.execute(select(table(MapLinkRow))).mappings()
    assert token not in str(dict(row))
    found = MapLinks(store).find(token)
    assert found is not None
    assert found.map_id == "links"
    assert MapLinks(store).find(token[::-1]) is None
    assert MapLinks(store).find("' OR 1=1 --") is None


@pytest.mark.parametrize("after", [timedelta(0), timedelta(days=400)])
def test_a_link_ends_by_itself(
    store: Store, stored: LocalMap, token: str, after: timedelta
) -> None:
    with pytest.raises(NotAllowedError, match="opens no map any more"):
        MapLinks(store).save(token, renamed(stored), name="Bilal", now=END + after)
    assert store.directory().local_maps["links"] == stored


def test_ending_ends_every_link_of_the_map_alone(
    store: Store, stored: LocalMap, token: str
) -> None:
    Commands(store).save([local_map(id="other")], by=BY)
    links = MapLinks(store)
    beside = links.make("other", by=BY, now=NOW)
    second = links.make("links", by=BY, now=NOW)
    links.end("links", by=BY, now=NOW)
    for ended in (token, second):
        with pytest.raises(NotAllowedError):
            links.save(ended, renamed(stored), name="Bilal", now=NOW)
    other = store.directory().local_maps["other"]
    assert links.save(beside, renamed(other), name="Bilal", now=NOW).changed


def test_a_link_opens_no_other_map_and_makes_none(
    store: Store, stored: LocalMap, token: str
) -> None:
    Commands(store).save([local_map(id="other")], by=BY)
    other = store.directory().local_maps["other"]
    for wanted in (renamed(other), local_map(id="new")):
        with pytest.raises(NotAllowedError):
            MapLinks(store).save(token, wanted, name="Bilal", now=NOW)
    assert set(store.directory().local_maps) == {stored.id, "other"}
    assert store.directory().local_maps["other"] == other


@pytest.mark.parametrize(
    "facts",
    [
        {"neighbourhood_id": "rechts"},
        {"status": Status.ARCHIVED},
        {"author": "Somebody else"},
    ],
)
def test_a_link_neither_moves_nor_hides_its_map(
    store: Store, stored: LocalMap, token: str, facts: dict[str, object]
) -> None:
    with pytest.raises(NotAllowedError, match="does not move a map nor hide it"):
        MapLinks(store).save(token, stored.model_copy(update=facts), name="Bilal", now=NOW)
    assert store.directory().local_maps["links"] == stored


def test_of_two_who_edit_the_second_is_told(store: Store, stored: LocalMap, token: str) -> None:
    links = MapLinks(store)
    links.save(token, renamed(stored, "De eerste"), name="Bilal", now=NOW)
    with pytest.raises(ConflictError):
        links.save(token, renamed(stored, "De tweede"), name="Chadia", now=NOW)
    assert store.directory().local_maps["links"].titles == Texts({"nl": "De eerste"})


def test_who_came_by_a_link_says_a_name(store: Store, stored: LocalMap, token: str) -> None:
    with pytest.raises(BadInputError, match="name"):
        MapLinks(store).save(token, renamed(stored), name=" ", now=NOW)


def test_a_link_is_made_and_ended_by_who_may_change_the_map(store: Store, token: str) -> None:
    del token
    links = MapLinks(store)
    visitor = Author("Nobody", Origin.PAGE, VISITOR)
    with pytest.raises(NotAllowedError):
        links.make("links", by=visitor, now=NOW)
    with pytest.raises(NotAllowedError):
        links.end("links", by=visitor, now=NOW)
    with pytest.raises(UnknownIdError, match="no-such"):
        links.make("no-such", by=BY, now=NOW)
    (one,) = links.of("links")
    assert one.is_open(NOW)


def test_a_link_without_a_person_may_do_nothing_by_itself(store: Store, stored: LocalMap) -> None:
    with pytest.raises(NotAllowedError):
        Commands(store).save([renamed(stored)], by=Author("Bilal", Origin.LINK))
