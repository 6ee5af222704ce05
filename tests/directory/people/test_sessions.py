"""Signing in, on both engines: what fails, what holds, what ends."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select

from directory.people import Role, passwords, sessions
from directory.people.account_records import ACCOUNT
from directory.people.events import What
from directory.people.sessions import IDLE, WHOLE, SignInRefusedError, set_password
from directory.people.tries import OF_ACCOUNT, OF_ADDRESS, TooManyTriesError
from directory.store.tables import Base
from geo.errors import NotAllowedError, PleinError
from tests.directory.people.conftest import PASSWORD, Office

pytestmark = pytest.mark.usefixtures("ana")
WRONG = "vijf woorden op een rijtje"


@pytest.fixture
def ana(office: Office) -> Any:
    return office.member("ana", Role.RELAY, "collignon")


def test_a_session_is_found_by_its_token_and_by_nothing_else(office: Office, ana: Any) -> None:
    opened = office.enter(" ANA ")
    found = office.sessions.find(opened.token)
    assert found is not None
    assert found.account == ana
    other = opened.token[:-1] + ("A" if opened.token[-1] != "A" else "B")
    for token in ("", other, opened.session_id, opened.token + "A", "' OR 1=1 --"):
        assert office.sessions.find(token) is None


def test_each_sign_in_has_a_token_of_its_own_and_ends_the_one_before(office: Office) -> None:
    first = office.enter("ana")
    planted = "A" * 43
    second = office.enter("ana", before=first.token)
    third = office.enter("ana", before=planted)
    assert len({first.token, second.token, third.token, planted}) == 4
    assert office.sessions.find(first.token) is None
    assert office.sessions.find(planted) is None
    assert office.sessions.find(second.token)
    assert office.sessions.find(third.token)


@pytest.mark.parametrize(("login", "password"), [("ana", WRONG), ("nobody", PASSWORD), ("", "")])
def test_what_is_wrong_is_not_told(office: Office, login: str, password: str) -> None:
    with pytest.raises(SignInRefusedError) as caught:
        office.enter(login, password)
    assert str(caught.value) == "The name or the password is not right."


def test_nobody_is_tried_as_long_as_somebody(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    real = passwords._hasher().verify
    hasher = passwords._hasher()
    monkeypatch.setattr(
        type(hasher),
        "verify",
        lambda _, kept, given: tried.append(kept.rsplit("$", 2)[0]) or real(kept, given),
    )
    for login in ("ana", "nobody"):
        with pytest.raises(SignInRefusedError):
            office.enter(login, WRONG)
    assert len(tried) == 2
    assert tried[0] == tried[1], "the same parameters"


def test_a_session_ends_when_nobody_uses_it_and_in_any_case(office: Office) -> None:
    opened = office.enter("ana")
    for _ in range(4):
        office.later(days=6)
        assert office.sessions.find(opened.token)
    office.later(days=5)
    assert office.at - opened.ends_at < WHOLE
    office.later(days=2)
    assert office.sessions.find(opened.token) is None
    again = office.enter("ana")
    office.later(seconds=IDLE.total_seconds() + 1)
    assert office.sessions.find(again.token) is None


def test_its_owner_and_an_administrator_end_a_session(office: Office, ana: Any) -> None:
    admin = office.member("admin", Role.ADMINISTRATOR)
    bob = office.member("bob", Role.RELAY, "marollen")
    one, two = office.enter("ana"), office.enter("ana")
    with pytest.raises(NotAllowedError):
        office.sessions.end(one.session_id, by=bob.person)
    with pytest.raises(NotAllowedError):
        office.sessions.listed(ana.id, by=bob.person)
    listed = office.sessions.listed(ana.id, by=ana.person)
    assert {one.session_id, two.session_id} <= {found.id for found in listed}
    office.sessions.end(one.session_id, by=ana.person)
    assert office.sessions.find(one.token) is None, "at once, though it was just read"
    office.sessions.end_all(ana.id, by=admin.person)
    assert office.sessions.find(two.token) is None


def test_another_password_ends_every_session_but_the_new_one(office: Office, ana: Any) -> None:
    before = office.enter("ana")
    with pytest.raises(SignInRefusedError):
        office.sessions.change_password(ana, WRONG, "x" * 20, address="")
    with pytest.raises(PleinError):
        office.sessions.change_password(ana, PASSWORD, "kort", address="")
    assert office.sessions.find(before.token)
    after = office.sessions.change_password(ana, PASSWORD, WRONG, address="")
    assert office.sessions.find(before.token) is None
    assert office.sessions.find(after.token)
    with pytest.raises(SignInRefusedError):
        office.enter("ana")
    assert office.enter("ana", WRONG)


def test_a_password_reset_meanwhile_is_not_overwritten(
    office: Office, ana: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = sessions.prepared_password

    def meanwhile(password: str, **more: Any) -> str:
        with office.book.writing() as connection:
            set_password(connection, office.book, ana.id, prepared(WRONG, **more), by=ana.person)
        return prepared(password, **more)

    monkeypatch.setattr(sessions, "prepared_password", meanwhile)
    with pytest.raises(SignInRefusedError):
        office.sessions.change_password(ana, PASSWORD, "zes woorden op een rij", address="")
    assert office.enter("ana", WRONG)


def test_a_password_kept_weakly_is_kept_anew(office: Office, ana: Any) -> None:
    def kept() -> str:
        with office.store.reading() as connection:
            wanted = select(ACCOUNT.c.password).where(ACCOUNT.c.id == ana.id)
            return str(connection.execute(wanted).scalar())

    before = kept()
    passwords._hasher.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "PASSES", 2)
        office.enter("ana")
    assert "t=1" in before
    assert "t=2" in kept()


def test_an_account_is_tried_so_often_whether_it_is_there_or_not(office: Office) -> None:
    told = {}
    for login in ("ana", "nobody"):
        for number in range(OF_ACCOUNT):
            with pytest.raises(SignInRefusedError):
                office.enter(login, WRONG, address=f"198.51.100.{number}")
        with pytest.raises(TooManyTriesError) as caught:
            office.enter(login, address="203.0.113.9")
        told[login] = str(caught.value)
    assert told["ana"] == told["nobody"]
    office.later(minutes=16)
    assert office.enter("ana")


def test_an_address_is_heard_so_often(office: Office) -> None:
    for number in range(OF_ADDRESS):
        with pytest.raises(SignInRefusedError):
            office.enter(f"name-{number}", WRONG, address=f"2001:db8::{number:x}")
    with pytest.raises(TooManyTriesError):
        office.enter("ana", address="2001:db8:0:0:ffff::1")
    assert office.enter("ana", address="2001:db8:0:1::1")


def test_a_crowd_at_once_gets_no_more_tries(office: Office) -> None:
    def attempt(number: int) -> type[BaseException]:
        try:
            office.enter("ana", f"{WRONG} {number}", address=f"198.51.100.{number}")
        except PleinError as error:
            return type(error)
        return AssertionError

    with ThreadPoolExecutor(8) as crowd:
        found = list(crowd.map(attempt, range(40)))
    assert found.count(SignInRefusedError) == OF_ACCOUNT
    assert found.count(TooManyTriesError) == 40 - OF_ACCOUNT


def test_who_signs_in_is_forgiven_what_failed_before(office: Office) -> None:
    for _ in range(3 * OF_ACCOUNT):
        office.enter("ana")
    for _ in range(OF_ACCOUNT - 1):
        with pytest.raises(SignInRefusedError):
            office.enter("ana", WRONG)
    office.enter("ana")
    with pytest.raises(SignInRefusedError):
        office.enter("ana", WRONG)


def test_no_password_token_or_address_is_anywhere_in_the_database(office: Office) -> None:
    opened = office.enter("ana")
    with pytest.raises(SignInRefusedError):
        office.enter("ana", WRONG)
    with office.store.reading() as connection:
        everything = " ".join(
            str(row)
            for one in Base.metadata.sorted_tables
            for row in connection.execute(select(one))
        )
    for secret in (PASSWORD, WRONG, opened.token, "192.0.2.1"):
        assert secret not in everything


def test_salts_go_with_their_day(office: Office) -> None:
    salt = Base.metadata.tables["sign_in_salt"]

    def salts() -> list[Any]:
        with office.store.reading() as connection:
            return list(connection.execute(select(salt)))

    with pytest.raises(SignInRefusedError):
        office.enter("ana", WRONG)
    (before,) = salts()
    office.later(days=1)
    office.enter("ana")
    (after,) = salts()
    assert before.salt != after.salt


def test_an_ended_account_is_out_at_once(office: Office, ana: Any) -> None:
    admin = office.member("admin", Role.ADMINISTRATOR)
    opened = office.enter("ana")
    assert office.sessions.find(opened.token)
    office.accounts.end(ana.id, by=admin.person)
    assert office.sessions.find(opened.token) is None
    with pytest.raises(SignInRefusedError):
        office.enter("ana")


def test_another_services_sign_in_opens_an_account_given_that_address(
    office: Office, ana: Any
) -> None:
    admin = office.member("admin", Role.ADMINISTRATOR)
    assert office.sessions.adopt("cookie-of-the-service", "ana@exemple.be") is None
    office.accounts.rename(ana.id, name="Ana", email="ana@exemple.be", by=admin.person)
    found = office.sessions.adopt("cookie-of-the-service", "Ana@Exemple.be")
    assert found is not None
    assert found.account.id == ana.id
    assert office.sessions.adopt("cookie-of-the-service", "ana@exemple.be") == found
    office.sessions.end(found.session_id, by=admin.person)
    assert office.sessions.adopt("cookie-of-the-service", "ana@exemple.be") is None
    assert office.sessions.adopt("cookie-of-another-sign-in", "ana@exemple.be")
    assert What.SESSION_ENDED in {event.what for event in office.events(account_id=ana.id)}
