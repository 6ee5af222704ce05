"""The tables of proposals: what is proposed, where, by which link it is followed, and the pace."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.tables import Base, Facts


class ProposalRow(Base):
    """What somebody proposed; not of the directory, whose snapshot never holds it.

    `sameness` is a mark two proposals share that say the same.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        Index(None, "status", "weight", "made_at"),
        Index(None, "sameness", "status"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    kind: Mapped[str]
    target: Mapped[str] = mapped_column(index=True)
    target_version: Mapped[int]
    other: Mapped[str]
    facts: Mapped[Facts]
    note: Mapped[str]
    language: Mapped[str]
    name: Mapped[str]
    thank: Mapped[bool]
    place: Mapped[Facts | None]
    neighbourhoods: Mapped[list[Any]]
    status: Mapped[str]
    said: Mapped[int]
    weight: Mapped[int]
    made_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str]
    reason: Mapped[str]
    batch: Mapped[str]
    sameness: Mapped[str]


class ProposalAreaRow(Base):
    """One neighbourhood a proposal concerns, "" where it concerns none: to find them by."""

    __tablename__ = "proposal_area"
    neighbourhood: Mapped[str] = mapped_column(primary_key=True)
    proposal_id: Mapped[str] = mapped_column(
        ForeignKey("proposal.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class ProposalEventRow(Base):
    """One thing that happened to a proposal."""

    __tablename__ = "proposal_event"
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[str] = mapped_column(
        ForeignKey("proposal.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    kind: Mapped[str]
    by: Mapped[str]
    person: Mapped[str]
    text: Mapped[str]
    neighbourhoods: Mapped[list[Any]]
    voice: Mapped[str]


class ProposalLinkRow(Base):
    """The private link of one who proposed it: its hash alone, which opens nothing."""

    __tablename__ = "proposal_link"
    hash: Mapped[str] = mapped_column(primary_key=True)
    proposal_id: Mapped[str] = mapped_column(
        ForeignKey("proposal.id", ondelete="CASCADE"), index=True
    )
    voice: Mapped[str]
    name: Mapped[str]
    thank: Mapped[bool]
    withdrawn: Mapped[bool]


class ProposalSaltRow(Base):
    """What addresses are hashed with on one day; gone the day after."""

    __tablename__ = "proposal_salt"
    day: Mapped[date] = mapped_column(primary_key=True)
    salt: Mapped[str]


class ProposalPaceRow(Base):
    """One proposal sent today, by the hash of an address; it names no proposal."""

    __tablename__ = "proposal_pace"
    __table_args__ = (Index(None, "mark", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    mark: Mapped[str]
    at: Mapped[datetime]
