"""Still right: a version of its own, by whoever may, through an account or a link."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from directory.actors import Actor
from directory.authors import Author, Origin
from directory.clock import today
from directory.commands import Commands
from directory.confirmations import LASTS_DAYS, Answer, Confirmations, Standing
from directory.confirming import confirm, post_notice, take_down_notice
from directory.notices import Notice
from directory.people import Grant, Person, Role
from directory.people.enforcing import deed_of
from directory.people.permissions import Deed
from directory.store import ConflictError, Kind, Store
from directory.store.rows import facts_of
from geo.errors import BadInputError, NotAllowedError, UnknownIdError

MakeActor = Callable[..., Actor]
BY = Author("Test")
DAY = date(2026, 11, 27)
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def person(role: Role, actors: frozenset[str] = frozenset()) -> Author:
    return Author("Zoë", Origin.PAGE, Person(id="zoe", grants=(Grant(role=role, actors=actors),)))


@pytest.fixture
def filled(store: Store, commands: Commands, make_actor: MakeActor) -> Store:
    commands.save([make_actor(n) for n in (1, 2, 3)], by=BY)
    return store


def test_several_are_confirmed_at_once_and_the_history_tells(
    filled: Store, commands: Commands
) -> None:
    names = {"actor-1": "Relais"}
    done = confirm(
        filled,
        commands,
        {"actor-1": 1, "actor-2": 1},
        by=person(Role.COORDINATOR),
        day=DAY,
        names=names,
    )
    assert len(done.changed) == 2
    found = filled.directory().actors
    assert (found["actor-1"].verified_on, found["actor-1"].verified_by) == (DAY, "Relais")
    assert found["actor-2"].version == 2
    assert found["actor-3"].verified_on is None
    last = filled.history(Kind.ACTOR, "actor-1")[-1]
    assert (last.author, last.person, last.origin, last.version) == ("Zoë", "zoe", "page", 2)
    assert last.before is not None
    assert deed_of(Kind.ACTOR, last.before, last.after) is Deed.CONFIRM


def test_what_changed_since_is_not_confirmed_and_nothing_else_either(
    filled: Store, commands: Commands
) -> None:
    changed = filled.directory().actors["actor-2"].model_copy(update={"hours": "24/7"})
    commands.save([changed], by=BY)
    with pytest.raises(ConflictError):
        confirm(filled, commands, {"actor-1": 1, "actor-2": 1}, by=BY, day=DAY)
    assert filled.directory().actors["actor-1"].verified_on is None


def test_who_may_not_does_not(filled: Store, commands: Commands) -> None:
    for role in (Role.CONTRIBUTOR, Role.PLANNER, Role.RELAY):
        with pytest.raises(NotAllowedError):
            confirm(filled, commands, {"actor-1": 1}, by=person(role), day=DAY)
    with pytest.raises(UnknownIdError):
        confirm(filled, commands, {"nobody": 1}, by=BY, day=DAY)
    commands.archive(Kind.ACTOR, "actor-3", by=BY, reason="Closed for good")
    assert filled.history(Kind.ACTOR, "actor-3")[-1].reason == "Closed for good"
    with pytest.raises(BadInputError):
        confirm(filled, commands, {"actor-3": 2}, by=BY, day=DAY)


def test_notices_are_put_up_and_taken_down(filled: Store, commands: Commands) -> None:
    old = Notice(kind="closed", from_day=DAY, until_day=DAY)
    new = Notice(kind="closed", from_day=DAY + timedelta(days=2), until_day=DAY + timedelta(days=9))
    post_notice(filled, commands, "actor-1", 1, old, by=BY)
    post_notice(filled, commands, "actor-1", 2, new, by=BY)
    assert filled.directory().actors["actor-1"].notices == (new,)
    with pytest.raises(ConflictError):
        take_down_notice(filled, commands, "actor-1", 2, new, by=BY)
    take_down_notice(filled, commands, "actor-1", 3, new, by=BY)
    assert filled.directory().actors["actor-1"].notices == ()
    with pytest.raises(NotAllowedError):
        post_notice(filled, commands, "actor-1", 4, new, by=person(Role.PLANNER))


def test_a_link_confirms_its_own_record_once(filled: Store) -> None:
    links = Confirmations(filled)
    token = links.make("actor-1", by=BY, now=NOW)
    link = links.find(token)
    assert link is not None
    assert (link.actor_id, link.standing(NOW)) == ("actor-1", Standing.OPEN)
    links.confirm(token, 1, now=NOW)
    actors = filled.directory().actors
    assert actors["actor-1"].verified_on == today()
    assert actors["actor-2"].verified_on is None
    used = links.find(token)
    assert used is not None
    assert (used.standing(NOW), used.answer) == (Standing.USED, Answer.CONFIRMED)
    with pytest.raises(BadInputError):
        links.confirm(token, 2, now=NOW)


def test_a_link_ends(filled: Store) -> None:
    links = Confirmations(filled)
    token = links.make("actor-1", by=BY, now=NOW)
    late = NOW + timedelta(days=LASTS_DAYS)
    link = links.find(token)
    assert link is not None
    assert link.standing(late) is Standing.ENDED
    with pytest.raises(BadInputError):
        links.confirm(token, 1, now=late)
    assert filled.directory().actors["actor-1"].verified_on is None


def test_a_conflict_leaves_the_link_for_another_try(filled: Store, commands: Commands) -> None:
    links = Confirmations(filled)
    token = links.make("actor-1", by=BY, now=NOW)
    changed = filled.directory().actors["actor-1"].model_copy(update={"hours": "24/7"})
    commands.save([changed], by=BY)
    with pytest.raises(ConflictError):
        links.confirm(token, 1, now=NOW)
    links.confirm(token, 2, now=NOW)


@pytest.mark.parametrize("token", ["", "x" * 32, "../../etc/passwd", "é" * 32, "a" * 9_000_000])
def test_what_nobody_made_opens_nothing(filled: Store, token: str) -> None:
    links = Confirmations(filled)
    assert links.find(token) is None
    with pytest.raises(BadInputError):
        links.confirm(token, 1, now=NOW)


def test_the_database_keeps_no_link(filled: Store) -> None:
    token = Confirmations(filled).make("actor-1", by=BY, now=NOW)
    with filled.reading() as connection:
        kept = connection.exec_driver_sql("SELECT token_hash FROM confirmation").scalars().all()
    assert token not in kept
    assert len(kept[0]) == 64


def test_only_who_may_confirm_makes_links(filled: Store) -> None:
    links = Confirmations(filled)
    own = frozenset({"actor-1"})
    assert links.make("actor-1", by=person(Role.ACTOR, actors=own), now=NOW)
    for who in (person(Role.ACTOR, actors=frozenset({"actor-2"})), person(Role.RELAY)):
        with pytest.raises(NotAllowedError):
            links.make("actor-1", by=who, now=NOW)
    with pytest.raises(UnknownIdError):
        links.make("nobody", by=BY, now=NOW)


def test_history_of_before_notices_is_still_an_actor(filled: Store) -> None:
    facts = facts_of(filled.directory().actors["actor-1"])
    del facts["notices"]
    assert Actor.model_validate(facts).notices == ()
