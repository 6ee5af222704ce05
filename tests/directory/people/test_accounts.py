"""Who may give what to whom, on both engines."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, update

from directory.people import MACHINE, VISITOR, Grant, Person, Role
from directory.people.events import What, read_events
from directory.store import StoreUnavailableError
from directory.store.account_tables import EventRow
from directory.store.tables import table
from geo.errors import BadInputError, NotAllowedError, UnknownIdError
from tests.directory.people.conftest import Office

RELAY_OF_COLLIGNON = Grant(role=Role.RELAY, neighbourhoods=frozenset({"collignon"}))
ADMINISTRATOR = Grant(role=Role.ADMINISTRATOR)


def test_an_invited_relay_decides_in_its_neighbourhood(office: Office) -> None:
    ana = office.member("ana", Role.RELAY, "collignon")
    assert ana.person == Person(id=ana.id, name="Ana", grants=(RELAY_OF_COLLIGNON,))
    assert ana.person.neighbourhoods(office.book.today()) == {"collignon"}


def test_only_an_administrator_makes_one(office: Office) -> None:
    admin = office.member("admin", Role.ADMINISTRATOR)
    coordinator = office.member("coord", Role.COORDINATOR)
    relay = office.member("ana", Role.RELAY, "collignon")
    office.accounts.give(relay.id, Grant(role=Role.PLANNER), by=coordinator.person)
    for by in (coordinator, relay):
        with pytest.raises(NotAllowedError):
            office.accounts.give(by.id, ADMINISTRATOR, by=by.person)
        with pytest.raises(NotAllowedError):
            office.invitations.make(ADMINISTRATOR, by=by.person)
        with pytest.raises(NotAllowedError):
            office.accounts.end(admin.id, by=by.person)
        with pytest.raises(NotAllowedError):
            office.invitations.reset(admin.id, by=by.person)
        with pytest.raises(NotAllowedError):
            office.accounts.rename(admin.id, name="Me", email="me@evil.example", by=by.person)
        with pytest.raises(NotAllowedError):
            office.sessions.end_all(admin.id, by=by.person)
    office.accounts.give(coordinator.id, ADMINISTRATOR, by=admin.person)
    assert office.again(coordinator).administers


def test_who_becomes_an_administrator_signs_in_anew(office: Office) -> None:
    coordinator = office.member("coord", Role.COORDINATOR)
    ana = office.member("ana", Role.RELAY, "collignon")
    office.accounts.rename(ana.id, name="Ana", email="coord@evil.example", by=coordinator.person)
    planted = office.sessions.adopt("cookie-of-the-service", "coord@evil.example")
    assert planted is not None
    link = office.invitations.reset(ana.id, by=coordinator.person)
    office.accounts.give(ana.id, ADMINISTRATOR, by=MACHINE)
    assert office.sessions.adopt("cookie-of-the-service", "coord@evil.example") is None
    assert office.sessions.adopt("another-sign-in", "coord@evil.example") is None
    with pytest.raises(NotAllowedError):
        office.accept(link.token, "ana")


def test_the_last_administrator_stays(office: Office) -> None:
    first = office.member("first", Role.ADMINISTRATOR)
    for attempt in (
        lambda: office.accounts.end(first.id, by=first.person),
        lambda: office.accounts.take(first.given[0].id, by=MACHINE),
    ):
        with pytest.raises(BadInputError, match="last administrator"):
            attempt()
    for_a_week = Grant(role=Role.ADMINISTRATOR, to_day=date(2026, 12, 4))
    second = office.member("second", Role.CONTRIBUTOR)
    office.accounts.give(second.id, for_a_week, by=first.person)
    with pytest.raises(BadInputError, match="last administrator"):
        office.accounts.end(first.id, by=first.person)
    office.accounts.give(second.id, ADMINISTRATOR, by=first.person)
    second = office.again(second)
    office.accounts.end(first.id, by=second.person)
    assert office.again(first).person.grants == ()
    with pytest.raises(BadInputError, match="has ended"):
        office.accounts.give(first.id, ADMINISTRATOR, by=second.person)


@pytest.mark.parametrize(
    ("grant", "said"),
    [
        (Grant(role=Role.RELAY), "needs a neighbourhood"),
        (Grant(role=Role.RELAY, neighbourhoods=frozenset({"atlantis"})), "not in the directory"),
        (Grant(role=Role.ACTOR), "its record"),
        (Grant(role=Role.PLANNER, neighbourhoods=frozenset({"collignon"})), "Only a relay"),
        (Grant(role=Role.VISITOR), "Everybody is a visitor"),
        (
            Grant(role=Role.PLANNER, from_day=date(2026, 12, 2), to_day=date(2026, 12, 1)),
            "last day from 2026-12-02",
        ),
    ],
)
def test_a_role_without_its_ground_is_refused(office: Office, grant: Grant, said: str) -> None:
    someone = office.member("ana", Role.CONTRIBUTOR)
    with pytest.raises(BadInputError, match=said):
        office.accounts.give(someone.id, grant, by=MACHINE)


def test_a_relay_invites_for_its_own_ground_only(office: Office) -> None:
    ana = office.member("ana", Role.RELAY, "collignon")
    office.invitations.make(Grant(role=Role.CONTRIBUTOR), by=ana.person)
    office.invitations.make(RELAY_OF_COLLIGNON, by=ana.person)
    for grant in (
        Grant(role=Role.RELAY, neighbourhoods=frozenset({"collignon", "marollen"})),
        Grant(role=Role.COORDINATOR),
        Grant(role=Role.PLANNER),
    ):
        with pytest.raises(NotAllowedError):
            office.invitations.make(grant, by=ana.person)
    with pytest.raises(NotAllowedError):
        office.invitations.make(Grant(role=Role.CONTRIBUTOR), by=VISITOR)


def test_a_neighbourhood_is_lent_for_an_absence(office: Office) -> None:
    ana = office.member("ana", Role.RELAY, "collignon")
    bob = office.member("bob", Role.RELAY, "marollen")
    today = office.book.today()
    lent = Grant(
        role=Role.RELAY,
        neighbourhoods=frozenset({"collignon"}),
        from_day=today,
        to_day=today + timedelta(days=14),
    )
    office.accounts.lend(bob.id, lent, by=ana.person)
    borrowing = office.again(bob)
    assert borrowing.person.neighbourhoods(today) == {"collignon", "marollen"}
    assert borrowing.person.neighbourhoods(today + timedelta(days=15)) == {"marollen"}
    with pytest.raises(NotAllowedError, match="own can be lent"):
        office.accounts.lend(ana.id, lent, by=borrowing.person)
    with pytest.raises(NotAllowedError):
        office.invitations.make(RELAY_OF_COLLIGNON, by=borrowing.person)
    with pytest.raises(NotAllowedError):
        office.invitations.make(lent, by=borrowing.person)
    office.accounts.take(borrowing.given[-1].id, by=ana.person)
    assert office.again(bob).person.neighbourhoods(today) == {"marollen"}


def test_what_is_lent_has_an_end_and_goes_with_who_lent_it(office: Office) -> None:
    ana = office.member("ana", Role.RELAY, "collignon")
    bob = office.member("bob", Role.RELAY, "marollen")
    today = office.book.today()
    ground = frozenset({"collignon"})
    for end in (None, today - timedelta(days=1), today + timedelta(days=400)):
        with pytest.raises(BadInputError):
            office.accounts.lend(
                bob.id,
                Grant(role=Role.RELAY, neighbourhoods=ground, to_day=end),
                by=ana.person,
            )
    lent = Grant(role=Role.RELAY, neighbourhoods=ground, to_day=today)
    with pytest.raises(BadInputError, match="another relay"):
        office.accounts.lend(ana.id, lent, by=ana.person)
    office.accounts.lend(bob.id, lent, by=ana.person)
    office.accounts.take(ana.given[0].id, by=MACHINE)
    assert office.again(bob).person.neighbourhoods(today) == {"marollen"}


def test_a_relay_sees_its_colleagues_and_nobody_else(office: Office) -> None:
    ana = office.member("ana", Role.RELAY, "collignon")
    zoe = office.member("zoe", Role.RELAY, "collignon", "marollen")
    bob = office.member("bob", Role.RELAY, "marollen")
    admin = office.member("admin", Role.ADMINISTRATOR)
    assert [one.login for one in office.accounts.all(by=ana.person)] == ["ana", "zoe"]
    assert len(office.accounts.all(by=admin.person)) == 4
    with pytest.raises(UnknownIdError):
        office.accounts.get(bob.id, by=ana.person)
    assert office.accounts.get(zoe.id, by=ana.person).name == "Zoe"
    with pytest.raises(NotAllowedError):
        office.accounts.all(by=VISITOR)


def test_two_accounts_share_no_address(office: Office) -> None:
    ana = office.member("ana", Role.CONTRIBUTOR)
    bob = office.member("bob", Role.CONTRIBUTOR)
    office.accounts.rename(ana.id, name="Ana", email="Ana@Exemple.be", by=MACHINE)
    assert office.again(ana).email == "ana@exemple.be"
    with pytest.raises(BadInputError, match="Another account"):
        office.accounts.rename(bob.id, name="Bob", email="ana@exemple.BE", by=MACHINE)
    with pytest.raises(NotAllowedError):
        office.accounts.rename(bob.id, name="Bob", email="bob@exemple.be", by=bob.person)
    office.accounts.rename(bob.id, name="Bobby", email="", by=bob.person)


def test_what_happened_is_read_by_an_administrator_and_changed_by_nobody(office: Office) -> None:
    admin = office.member("admin", Role.ADMINISTRATOR)
    ana = office.member("ana", Role.RELAY, "collignon")
    told = [event.what for event in office.events(account_id=ana.id)]
    assert told == [What.SIGNED_IN, What.ROLE_GIVEN, What.MADE]
    with pytest.raises(NotAllowedError):
        read_events(office.store, by=ana.person, day=office.book.today())
    assert read_events(office.store, by=admin.person, day=office.book.today())
    events = table(EventRow)
    for act in (update(events).values(author="nobody"), delete(events)):
        with (
            pytest.raises(StoreUnavailableError, match="kept as"),
            office.store.keeping() as connection,
        ):
            connection.execute(act)
