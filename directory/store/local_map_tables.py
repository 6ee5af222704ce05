"""The tables of local maps: the maps, their editions for ever, logos, and links to edit one."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.tables import Base, Facts, Recorded


class LocalMapRow(Recorded, Base):
    """A local map, as somebody composed it."""

    __tablename__ = "local_map"
    neighbourhood_id: Mapped[str]
    area: Mapped[list[Any]]
    titles: Mapped[Facts]
    introductions: Mapped[Facts]
    languages: Mapped[list[Any]]
    categories: Mapped[list[Any]]
    with_actors: Mapped[list[Any]]
    without_actors: Mapped[list[Any]]
    order: Mapped[str]
    parts: Mapped[list[Any]]
    accent: Mapped[str]
    signs: Mapped[str]
    makers: Mapped[list[Any]]
    made_on: Mapped[date]
    author: Mapped[str]
    status: Mapped[str]


class EditionRow(Base):
    """One edition of a local map; nothing of it changes, but that it may be taken back.

    `facts` is the map as it was composed, `lines` its numbered entries in words.
    """

    __tablename__ = "edition"
    map_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    facts: Mapped[Facts]
    lines: Mapped[list[Any]]
    taken_back_at: Mapped[datetime | None]


class EditionFileRow(Base):
    """A file of an edition and the SHA-256 of its bytes."""

    __tablename__ = "edition_file"
    __table_args__ = (
        ForeignKeyConstraint(
            ["map_id", "number"], ["edition.map_id", "edition.number"], ondelete="CASCADE"
        ),
    )
    map_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    sha256: Mapped[str]
    content: Mapped[bytes]


class MapLogoRow(Base):
    """The logo of a maker: a PNG we made from what was given, by the SHA-256 of its bytes."""

    __tablename__ = "map_logo"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes]
    made_at: Mapped[datetime]


class MapLinkRow(Base):
    """A link with which one local map may be edited, until it ends; a hash of it alone is kept."""

    __tablename__ = "map_link"
    id: Mapped[str] = mapped_column(primary_key=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    map_id: Mapped[str] = mapped_column(index=True)
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
