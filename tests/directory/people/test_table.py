"""The table of permissions, cell by cell: each role does each deed, on its own ground and beside.

`permissions.toml` is the specification; what is expected here is read from it and nowhere else. A
deed without a trial fails the last test.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import pytest
from sqlalchemy import Connection

from directory import audit, consent, versions
from directory.authors import Author, Origin
from directory.clock import today
from directory.commands import Commands
from directory.importing import accepting
from directory.importing.desk import Desk
from directory.indicators import Indicator
from directory.local_maps import LocalMap
from directory.local_maps.editions import EditionFile, Editions
from directory.notes import Notes
from directory.people import MACHINE, VISITOR, Deed, Grant, Grounds, Person, Reach, Role, may
from directory.people.accounts import Accounts
from directory.people.book import Book
from directory.people.invitations import Invitations
from directory.people.permissions import table
from directory.proposals import Draft, ProposalKind, Proposals
from directory.scenarios import Scenario
from directory.store import Kind, Store, upgrade, whole
from directory.texts import Texts
from directory.workshops import Workshops
from geo.errors import NotAllowedError, UnknownIdError
from tests.drawn import code, grid_territory
from tests.records import LEFT, PARTNER, RELAY, STAND, actor, at

MACHINE_BY = Author("Test")
TERRITORY = grid_territory()
AREAS = {True: "links", False: "rechts"}
RIGHT = replace(
    LEFT, id="rechts", names={"nl": "Rechts"}, sectors=tuple(code(2, row) for row in range(3))
)
SPOTS = {True: at(0.5, 0.5), False: at(2.5, 0.5)}
IDS = {True: "mine", False: "theirs"}
PEOPLE = {
    Role.VISITOR: VISITOR,
    Role.CONTRIBUTOR: Person(id="c", name="C", grants=(Grant(role=Role.CONTRIBUTOR),)),
    Role.ACTOR: Person(
        id="a", name="A", grants=(Grant(role=Role.ACTOR, actors=frozenset({"mine", "new"})),)
    ),
    Role.RELAY: Person(
        id="r", name="R", grants=(Grant(role=Role.RELAY, neighbourhoods=frozenset({"links"})),)
    ),
    Role.COORDINATOR: Person(id="k", name="K", grants=(Grant(role=Role.COORDINATOR),)),
    Role.PLANNER: Person(id="p", name="P", grants=(Grant(role=Role.PLANNER),)),
    Role.ADMINISTRATOR: Person(id="b", name="B", grants=(Grant(role=Role.ADMINISTRATOR),)),
}


@dataclass
class World:
    """A directory with everything twice: on one's own ground and beside it."""

    store: Store
    person: Person
    own: bool

    @cached_property
    def commands(self) -> Commands:
        return Commands(self.store, grounds=self.grounds)

    def grounds(self) -> Grounds:
        return Grounds(TERRITORY, self.store.directory(), today())

    @property
    def by(self) -> Author:
        return Author(self.person.name or "Somebody", Origin.PAGE, self.person)

    @property
    def id(self) -> str:
        return IDS[self.own]

    @property
    def area(self) -> str:
        return AREAS[self.own]

    @property
    def proposals(self) -> Proposals:
        return Proposals(self.store, self.grounds)


def _figure(key: str) -> Indicator:
    facts = {"id": key, "subject": "rent", "names": {"fr": key}, "unit": "euro", "level": "sector"}
    source = {"name": "Test"}
    return Indicator.model_validate(
        facts | {"year": 2021, "values": {code(0, 0): 1.0}, "source": source}
    )


def _scenario(key: str) -> Scenario:
    return Scenario(id=key, title=key, author="Test", made_on=date(2026, 1, 1), steps=())


def _map(key: str, *, own: bool) -> LocalMap:
    return LocalMap(
        id=key,
        neighbourhood_id=AREAS[own],
        titles=Texts({"nl": key}),
        made_on=date(2026, 11, 27),
        author="Test",
    )


def _publish(w: World) -> object:
    stored = w.store.directory().local_maps[w.id]
    files = [EditionFile(name="plan.html", media_type="text/html", content=b"-")]
    day = date(2026, 11, 27)
    return Editions(w.store, w.grounds).publish(stored, (), files, day=day, by=w.by)


def _actor(key: str, *, own: bool) -> object:
    consented = {"given_on": "2026-01-01", "ends_on": "2099-01-01"}
    return actor(key, places=(SPOTS[own],), consent=consented)


def _stand(key: str, *, own: bool) -> object:
    organisers = (IDS[own],)
    return STAND.model_copy(
        update={"id": key, "place": SPOTS[own], "actor_ids": organisers, "version": 0}
    )


def _relay(key: str, *, own: bool) -> object:
    return RELAY.model_copy(
        update={"id": key, "neighbourhood_id": AREAS[own], "partner_id": f"partner-{IDS[own]}"}
    )


def fill(store: Store) -> None:
    """Put everything there twice, the actors in two versions."""
    commands = Commands(store)
    commands.save([LEFT, RIGHT], by=MACHINE_BY)
    for own, row in ((True, 0), (False, 2)):
        key = IDS[own]
        free = replace(LEFT, id=f"free-{key}", sectors=(code(1, row),))
        commands.save([free], by=MACHINE_BY, batch=f"free-{key}")
        partner = PARTNER.model_copy(update={"id": f"partner-{key}"})
        records = [partner, _relay(key, own=own), _actor(key, own=own), _stand(key, own=own)]
        records += [_figure(key), _scenario(key), _map(key, own=own)]
        commands.save(records, by=MACHINE_BY)
        stored = store.directory().actors[key]
        changed = stored.model_copy(update={"hours": "24/7"})
        commands.save([changed], by=MACHINE_BY, batch=f"batch-{key}")
        Notes(store).write(key, AREAS[own], "Ring twice.", by=MACHINE_BY)
        grounds = Grounds(TERRITORY, store.directory(), today())
        Proposals(store, lambda found=grounds: found).make(_draft(store, key))


def _draft(store: Store, key: str) -> Draft:
    return Draft(
        kind=ProposalKind.CORRECT,
        target=key,
        target_version=store.directory().actors[key].version,
        facts={"hours": "Mo 09:00-12:00"},
    )


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("table") / "plein.db"
    upgrade(f"sqlite:///{path}")
    store = Store(f"sqlite:///{path}")
    fill(store)
    store.close()
    return path


@pytest.fixture
def world(template: Path, tmp_path: Path) -> Iterator[Callable[[Person, bool], World]]:
    made: list[World] = []

    def make(person: Person, own: bool) -> World:  # noqa: FBT001 - a cell of the table
        path = tmp_path / f"{len(made)}.db"
        shutil.copy(template, path)
        made.append(World(Store(f"sqlite:///{path}"), person, own))
        return made[-1]

    yield make
    for one in made:
        one.store.close()


Trial = Callable[[World], object]


def _create(make: Callable[..., object]) -> Trial:
    return lambda w: w.commands.save([make("new", own=w.own)], by=w.by)


def _change(field: str, **facts: object) -> Trial:
    def change(w: World) -> object:
        held = getattr(w.store.directory(), field)
        stored = held.get(w.id) or held[f"partner-{w.id}"]
        return w.commands.save([stored.model_copy(update=facts)], by=w.by)

    return change


def _archive(kind: Kind, prefix: str = "") -> Trial:
    return lambda w: w.commands.archive(kind, f"{prefix}{w.id}", by=w.by)


def _create_neighbourhood(w: World) -> object:
    place = replace(LEFT, id="new", sectors=(code(1, 1),))
    return w.commands.save([place], by=w.by)


def _change_neighbourhood(w: World) -> object:
    stored = w.store.directory().neighbourhoods[w.area]
    return w.commands.save([replace(stored, note="changed")], by=w.by)


def _archive_neighbourhood(w: World) -> object:
    """A neighbourhood goes only where the batch that made it is undone."""
    return w.commands.undo(f"free-{w.id}", by=w.by)


def _import(w: World) -> object:
    """Ask at the gate, then write as an acceptance does: there each row is asked about again."""
    desk = Desk(store=w.store)
    try:
        accepting.accept(desk, "no-such-batch", by=w.by)
    except UnknownIdError:
        by = Author(w.by.name, Origin.IMPORT, w.person)
        return w.commands.save([_actor("new", own=w.own)], by=by)
    return None


def _restore(w: World) -> object:
    first = w.store.history(Kind.ACTOR, w.id)[0].revision
    return versions.restore(w.commands, w.store, Kind.ACTOR, w.id, first, by=w.by)


def _decide(w: World) -> object:
    found = w.proposals.about(w.id)[0]
    return w.proposals.refuse(found, "No.", by=w.by)


def _propose(w: World) -> object:
    facts = {"names": {"nl": "Nieuw"}, "categories": ["pharmacy"], "kind": "organisation"}
    place = SPOTS[w.own].model_dump(mode="json")
    draft = Draft(kind=ProposalKind.ADD, facts=facts | {"places": [place]})
    return w.proposals.make(draft, by=w.person)


def _lead(w: World) -> object:
    given = {"title": "T", "day": today(), "neighbourhood_id": w.area, "tables": ("1",)}
    return Workshops(w.store, w.proposals, w.grounds).make(given, by=w.by)


def _read_notes(w: World) -> object:
    found = Notes(w.store).about(w.id, by=w.person)
    if not found:
        raise NotAllowedError("nothing of it is told")
    return found


def _invite(w: World) -> object:
    grant = Grant(role=Role.RELAY, neighbourhoods=frozenset({w.area}))
    return Invitations(Book(w.store), grounds=w.grounds).make(grant, by=w.person)


def _give(role: Role) -> Trial:
    def give(w: World) -> object:
        try:
            return Accounts(Book(w.store)).give("nobody", Grant(role=role), by=w.person)
        except UnknownIdError:
            # Allowed, and then there is no such account.
            return None

    return give


TRIALS: dict[Deed, Trial] = {
    Deed.PROPOSE: _propose,
    Deed.DECIDE: _decide,
    Deed.CREATE_ACTOR: _create(_actor),
    Deed.CHANGE_ACTOR: _change("actors", hours="Mo 10:00-11:00"),
    Deed.ARCHIVE_ACTOR: _archive(Kind.ACTOR),
    Deed.CONFIRM: _change("actors", verified_on=date(2026, 11, 1)),
    Deed.RESTORE: _restore,
    Deed.CONSENT: lambda w: consent.withdraw(w.store, w.commands, w.id, by=w.by),
    Deed.CREATE_ACTIVITY: _create(_stand),
    Deed.CHANGE_ACTIVITY: _change("activities", titles=Texts({"nl": "Anders"})),
    Deed.ARCHIVE_ACTIVITY: _archive(Kind.ACTIVITY),
    Deed.CREATE_RELAY: _create(_relay),
    Deed.CHANGE_RELAY: _change("relays", names=Texts({"nl": "Anders"})),
    Deed.ARCHIVE_RELAY: _archive(Kind.RELAY),
    Deed.CREATE_PARTNER: _create(lambda key, **_: PARTNER.model_copy(update={"id": key})),
    Deed.CHANGE_PARTNER: _change("partners", names=Texts({"nl": "Anders"})),
    Deed.ARCHIVE_PARTNER: _archive(Kind.PARTNER, "partner-"),
    Deed.CREATE_NEIGHBOURHOOD: _create_neighbourhood,
    Deed.CHANGE_NEIGHBOURHOOD: _change_neighbourhood,
    Deed.ARCHIVE_NEIGHBOURHOOD: _archive_neighbourhood,
    Deed.CREATE_INDICATOR: _create(lambda key, **_: _figure(key)),
    Deed.CHANGE_INDICATOR: _change("indicators", names=Texts({"nl": "Anders"})),
    Deed.ARCHIVE_INDICATOR: _archive(Kind.INDICATOR),
    Deed.CREATE_SCENARIO: _create(lambda key, **_: _scenario(key)),
    Deed.CHANGE_SCENARIO: _change("scenarios", note="changed"),
    Deed.ARCHIVE_SCENARIO: _archive(Kind.SCENARIO),
    Deed.CREATE_LOCAL_MAP: _create(_map),
    Deed.CHANGE_LOCAL_MAP: _change("local_maps", titles=Texts({"nl": "Anders"})),
    Deed.ARCHIVE_LOCAL_MAP: _archive(Kind.LOCAL_MAP),
    Deed.PUBLISH_LOCAL_MAP: _publish,
    Deed.LEAD_WORKSHOP: _lead,
    Deed.IMPORT: _import,
    Deed.UNDO: lambda w: w.commands.undo(f"batch-{w.id}", by=w.by),
    Deed.READ_NOTES: _read_notes,
    Deed.WRITE_NOTES: lambda w: Notes(w.store).write(w.id, w.area, "Ring.", by=w.by),
    Deed.HAND_OVER_NOTES: lambda w: Notes(w.store).hand_over(w.area, w.person.id, [], by=w.person),
    Deed.INVITE: _invite,
    Deed.GIVE_ROLES: _give(Role.PLANNER),
    Deed.GIVE_ADMINISTRATION: _give(Role.ADMINISTRATOR),
    Deed.READ_AUDIT: lambda w: audit.read(w.store, by=w.person),
}
ASKED_BY_PAGES = (Deed.READ_HISTORY, Deed.SEE_ACTORS_CONTACTS, Deed.SEE_RELAYS_CONTACTS)
"""Reading without a command of its own: pages ask `may`, and so do the trials here."""
BY_LINK = (Deed.FOLLOW,)
"""Whoever holds the private link follows; tests/directory/proposals try that."""


def expected(deed: Deed, role: Role, *, own: bool) -> bool:
    """What the table says of a cell, with what everybody may as a visitor."""
    reaches = max(table()[deed][role], table()[deed][Role.VISITOR])
    return reaches is Reach.ALL or (reaches is Reach.OWN and own)


CELLS = [(deed, role) for deed in TRIALS for role in Role]


@pytest.mark.parametrize("own", [True, False], ids=["own", "other"])
@pytest.mark.parametrize(("deed", "role"), CELLS, ids=[f"{d}-{r}" for d, r in CELLS])
def test_a_role_does_what_the_table_says_and_nothing_else(
    deed: Deed,
    role: Role,
    own: bool,  # noqa: FBT001 - a cell of the table
    world: Callable[[Person, bool], World],
) -> None:
    made = world(PEOPLE[role], own)
    before = _state(made.store)
    try:
        TRIALS[deed](made)
    except NotAllowedError:
        assert not expected(deed, role, own=own), "the table allows it"
        assert _state(made.store) == before
    else:
        assert expected(deed, role, own=own), "the table refuses it"


def _state(store: Store) -> object:
    with store.reading() as connection:
        return _rows(connection)


def _rows(connection: Connection) -> dict[str, list[object]]:
    """Everything in the database."""
    return {each.name: list(whole.read_rows(connection, each)) for each in whole.tables(connection)}


@pytest.mark.parametrize("deed", ASKED_BY_PAGES)
@pytest.mark.parametrize("role", Role)
def test_reading_is_answered_as_the_table_says(deed: Deed, role: Role) -> None:
    for own in (True, False):
        answer = may(PEOPLE[role], deed, today(), neighbourhoods={AREAS[own]}, actor=IDS[own])
        assert answer is expected(deed, role, own=own)


def test_an_actor_does_not_bring_back_what_a_relay_archived(
    world: Callable[[Person, bool], World],
) -> None:
    w = world(PEOPLE[Role.ACTOR], True)
    Commands(w.store).archive(Kind.ACTOR, w.id, by=Author("A relay"))
    with pytest.raises(NotAllowedError):
        _change("actors", status="published")(w)


def test_no_deed_and_no_role_is_forgotten() -> None:
    assert {*TRIALS, *ASKED_BY_PAGES, *BY_LINK} == set(Deed) == set(table())
    assert all(set(cells) == set(Role) for cells in table().values())
    assert set(PEOPLE) == set(Role)
    assert MACHINE.roles(today()) == {Role.VISITOR, Role.ADMINISTRATOR}
