"""The tables of workshops: the meetings, their links, the phones, and what was proposed there."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.tables import Base


class WorkshopRow(Base):
    """A meeting around tables about a neighbourhood."""

    __tablename__ = "workshop"
    id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    title: Mapped[str]
    day: Mapped[date]
    neighbourhood_id: Mapped[str] = mapped_column(index=True)
    map_id: Mapped[str]
    tables: Mapped[list[Any]]
    languages: Mapped[list[Any]]
    address: Mapped[str]
    status: Mapped[str]
    made_by: Mapped[str]
    person: Mapped[str]
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class WorkshopLinkRow(Base):
    """A link for the phones or for the big screen: its hash alone, which opens nothing."""

    __tablename__ = "workshop_link"
    hash: Mapped[str] = mapped_column(primary_key=True)
    workshop_id: Mapped[str] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), index=True
    )
    use: Mapped[str]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class WorkshopProposalRow(Base):
    """One time something was said at a workshop: which proposal, at which table, by whom.

    `link` is the hash of the private link it was sent with, so that what is sent twice is kept
    once. `phone` is a mark of the phone, "" for a sheet that was typed in; `nickname` only if
    given. `merged_into` is the proposal or the actor ("actor:" and its id) it was merged into.
    """

    __tablename__ = "workshop_proposal"
    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[str] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), index=True
    )
    proposal_id: Mapped[str] = mapped_column(
        ForeignKey("proposal.id", ondelete="CASCADE"), index=True
    )
    link: Mapped[str] = mapped_column(unique=True)
    table_name: Mapped[str]
    nickname: Mapped[str]
    phone: Mapped[str]
    at: Mapped[datetime]
    merged_into: Mapped[str]
