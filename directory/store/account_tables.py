"""The tables of people: accounts, what they may do, how they get in, and what happened to them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.tables import Base, Facts


class AccountRow(Base):
    """Somebody who may sign in; `password` is an argon2id hash, "" where another service asks."""

    __tablename__ = "account"
    id: Mapped[str] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    email: Mapped[str | None] = mapped_column(unique=True)
    password: Mapped[str]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class AccountGrantRow(Base):
    """A role of an account, on its ground, for its days; `lender` is whose ground was lent."""

    __tablename__ = "account_grant"
    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[str]
    neighbourhoods: Mapped[list[Any]]
    actors: Mapped[list[Any]]
    from_day: Mapped[date | None]
    to_day: Mapped[date | None]
    lender: Mapped[str]
    given_by: Mapped[str]
    given_at: Mapped[datetime]


class SessionRow(Base):
    """A browser somebody signed in with; of its token only the SHA-256 is kept."""

    __tablename__ = "session"
    id: Mapped[str] = mapped_column(primary_key=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    device: Mapped[str]
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class InvitationRow(Base):
    """A link somebody may make an account with, once, before it ends; or give theirs a password."""

    __tablename__ = "invitation"
    id: Mapped[str] = mapped_column(primary_key=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    email: Mapped[str | None]
    role: Mapped[str]
    neighbourhoods: Mapped[list[Any]]
    actors: Mapped[list[Any]]
    from_day: Mapped[date | None]
    to_day: Mapped[date | None]
    account_id: Mapped[str | None]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]


class SignInTryRow(Base):
    """A sign-in that failed, by salted hashes that nobody can undo after the day."""

    __tablename__ = "sign_in_try"
    __table_args__ = (Index(None, "about", "at"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    about: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)


class SignInSaltRow(Base):
    """The salt of a day; the row goes with the day."""

    __tablename__ = "sign_in_salt"
    day: Mapped[date] = mapped_column(primary_key=True)
    salt: Mapped[str]


class EventRow(Base):
    """What happened to an account: the half of the audit trail that is not about records.

    The database refuses to change or to take out a row.
    """

    __tablename__ = "event"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    what: Mapped[str]
    account_id: Mapped[str] = mapped_column(index=True)
    person: Mapped[str]
    author: Mapped[str]
    facts: Mapped[Facts]
