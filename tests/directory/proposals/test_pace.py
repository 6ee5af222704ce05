from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from directory.proposals import Pace, TooManyError
from directory.proposals.pace import hashed
from directory.store import Store
from directory.store.proposal_tables import ProposalPaceRow, ProposalSaltRow
from directory.store.tables import table

NOON = datetime(2026, 11, 27, 11, tzinfo=UTC)


def send(store: Store, address: str, at: datetime, pace: Pace) -> None:
    with store.keeping() as connection:
        pace.count(connection, address, at)


def test_an_address_sends_so_many_an_hour_and_a_day(store: Store) -> None:
    pace = Pace(hourly=2, daily=3)
    send(store, "192.0.2.1", NOON, pace)
    send(store, "192.0.2.1", NOON, pace)
    with pytest.raises(TooManyError, match="an hour"):
        send(store, "192.0.2.1", NOON, pace)
    send(store, "192.0.2.2", NOON, pace)
    later = NOON + timedelta(minutes=61)
    send(store, "192.0.2.1", later, pace)
    with pytest.raises(TooManyError, match="tomorrow"):
        send(store, "192.0.2.1", later + timedelta(hours=2), pace)


def test_a_connection_with_many_addresses_is_one(store: Store) -> None:
    pace = Pace(hourly=1)
    send(store, "2001:db8:1:2::1", NOON, pace)
    with pytest.raises(TooManyError):
        send(store, "2001:db8:1:2:ffff::9", NOON, pace)
    send(store, "2001:db8:1:3::1", NOON, pace)
    send(store, "192.0.2.1", NOON, pace)
    with pytest.raises(TooManyError):
        send(store, "::ffff:192.0.2.1", NOON, pace)


def test_the_day_after_nothing_tells_who_sent_what(store: Store) -> None:
    pace = Pace(hourly=1)
    send(store, "192.0.2.1", NOON, pace)
    with store.reading() as connection:
        (salt,) = connection.scalars(select(table(ProposalSaltRow).c.salt))
        marks = list(connection.scalars(select(table(ProposalPaceRow).c.mark)))
    assert marks == [hashed("192.0.2.1", bytes.fromhex(salt))]
    send(store, "192.0.2.1", NOON + timedelta(days=1), pace)
    with store.reading() as connection:
        (other,) = connection.scalars(select(table(ProposalSaltRow).c.salt))
        (mark,) = connection.scalars(select(table(ProposalPaceRow).c.mark))
    assert other != salt
    assert mark not in marks


def test_midnight_is_that_of_brussels(store: Store) -> None:
    pace = Pace(hourly=1)
    send(store, "192.0.2.1", datetime(2026, 11, 27, 22, 50, tzinfo=UTC), pace)
    send(store, "192.0.2.1", datetime(2026, 11, 27, 23, 1, tzinfo=UTC), pace)
