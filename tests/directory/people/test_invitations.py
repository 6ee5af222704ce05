"""Invitations, on both engines: once, in time, and no more than who invited may give."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from directory.people import MACHINE, Grant, Role
from directory.people.invitations import FIRST_HOLDS, HOLDS, InvitationError, State
from directory.people.sessions import SignInRefusedError
from geo.errors import BadInputError, NotAllowedError, PleinError, UnknownIdError
from tests.directory.people.conftest import PASSWORD, Office

CONTRIBUTOR = Grant(role=Role.CONTRIBUTOR)
OTHER = "een heel ander wachtwoord"


def test_it_is_used_once(office: Office) -> None:
    made = office.invitations.make(CONTRIBUTOR, by=MACHINE)
    opened = office.accept(made.token, "ana")
    assert office.sessions.find(opened.token)
    with pytest.raises(InvitationError, match="used already"):
        office.accept(made.token, "bob")
    with pytest.raises(InvitationError, match="used already"):
        office.invitations.look(made.token)
    with pytest.raises(SignInRefusedError):
        office.enter("bob")


def test_two_at_once_make_one_account(office: Office) -> None:
    made = office.invitations.make(CONTRIBUTOR, by=MACHINE)

    def accept(number: int) -> str:
        try:
            return office.accept(made.token, f"name-{number}").account.login
        except PleinError as error:
            return type(error).__name__

    with ThreadPoolExecutor(6) as crowd:
        found = list(crowd.map(accept, range(6)))
    assert found.count("InvitationError") == 5
    assert len(office.accounts.all(by=MACHINE)) == 1


def test_it_ends_and_is_withdrawn(office: Office) -> None:
    made = office.invitations.make(CONTRIBUTOR, by=MACHINE)
    other = office.invitations.make(CONTRIBUTOR, by=MACHINE)
    office.invitations.withdraw(other.id, by=MACHINE)
    with pytest.raises(InvitationError, match="withdrawn"):
        office.accept(other.token, "ana")
    office.later(seconds=HOLDS.total_seconds())
    with pytest.raises(InvitationError, match="has ended"):
        office.accept(made.token, "ana")
    states = {one.id: one.state for one in office.invitations.listed(by=MACHINE)}
    assert states == {made.id: State.PAST, other.id: State.WITHDRAWN}


@pytest.mark.parametrize("token", ["", "A" * 43, "../../etc/passwd", "é" * 43, "A" * 8_000_000])
def test_a_link_made_up_opens_nothing(office: Office, token: str) -> None:
    with pytest.raises(InvitationError, match="opens nothing"):
        office.accept(token, "ana")


@pytest.mark.parametrize(
    "given",
    [
        {"name": "x" * 8_000_000},
        {"name": " \u202e "},
        {"login": "a b c"},
        {"login": "x" * 8_000_000},
        {"password": "kort"},
        {"password": "x" * 8_000_000},
    ],
)
def test_what_will_not_do_is_refused_and_the_link_holds_on(
    office: Office, given: dict[str, str]
) -> None:
    made = office.invitations.make(CONTRIBUTOR, by=MACHINE)
    whole = {"name": "Ana", "login": "ana", "password": PASSWORD} | given
    with pytest.raises(BadInputError) as caught:
        office.invitations.accept(made.token, **whole)
    assert len(str(caught.value)) < 300
    assert office.accept(made.token, "ana")


def test_somebody_elses_name_is_refused_and_the_link_holds_on(office: Office) -> None:
    office.member("ana", Role.CONTRIBUTOR)
    made = office.invitations.make(CONTRIBUTOR, by=MACHINE)
    with pytest.raises(BadInputError, match="Somebody signs in"):
        office.accept(made.token, "ANA")
    assert office.accept(made.token, "ana2")


def test_who_may_invite_no_more_invited_nobody(office: Office) -> None:
    office.member("admin", Role.ADMINISTRATOR)
    coordinator = office.member("coord", Role.COORDINATOR)
    planner = office.invitations.make(Grant(role=Role.PLANNER), by=coordinator.person)
    office.accounts.take(coordinator.given[0].id, by=MACHINE)
    with pytest.raises(NotAllowedError):
        office.accept(planner.token, "pia")


def test_the_first_link_makes_an_administrator_and_the_one_before_is_withdrawn(
    office: Office,
) -> None:
    assert office.accounts.none_yet()
    first, second = office.invitations.first(), office.invitations.first()
    with pytest.raises(InvitationError, match="withdrawn"):
        office.invitations.look(first.token)
    assert second.ends_at == office.at + FIRST_HOLDS
    assert office.accept(second.token, "admin").account.administers
    assert not office.accounts.none_yet()


def test_a_forgotten_password_is_given_anew_by_a_link(office: Office) -> None:
    admin = office.member("admin", Role.ADMINISTRATOR)
    ana = office.member("ana", Role.RELAY, "collignon")
    before = office.enter("ana")
    made = office.invitations.reset(ana.id, by=admin.person)
    assert office.invitations.look(made.token).account_id == ana.id
    opened = office.invitations.accept(made.token, name="", login="", password=OTHER)
    assert opened.account == ana
    assert office.sessions.find(before.token) is None
    assert office.enter("ana", OTHER)
    with pytest.raises(InvitationError, match="used already"):
        office.invitations.accept(made.token, name="", login="", password=PASSWORD)


def test_a_relay_sees_and_withdraws_its_own(office: Office) -> None:
    ana = office.member("ana", Role.RELAY, "collignon")
    bob = office.member("bob", Role.RELAY, "marollen")
    mine = office.invitations.make(CONTRIBUTOR, name="Zoë", by=ana.person)
    office.invitations.make(CONTRIBUTOR, by=bob.person)
    assert [one.name for one in office.invitations.listed(by=ana.person)] == ["Zoë"]
    with pytest.raises(NotAllowedError):
        office.invitations.withdraw(mine.id, by=bob.person)
    office.invitations.withdraw(mine.id, by=ana.person)
    with pytest.raises(UnknownIdError):
        office.invitations.withdraw("nothing", by=ana.person)
