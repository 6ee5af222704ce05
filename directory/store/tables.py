"""The tables of the store: a column a fact, JSON for small collections nobody joins on."""

from datetime import UTC, date, datetime
from typing import Any, cast

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    MetaData,
    Table,
    TypeDecorator,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Facts = dict[str, Any]
"""A record as JSON: what the history keeps of it."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no zone, so it is written and read as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Write UTC."""
        del dialect
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The tables of one directory; constraints carry names so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    # JSON, not JSONB: the order in which a person wrote languages and contacts is kept.
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's name for it
        Facts: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
        datetime: UtcDateTime(),
    }


class Recorded:
    """What every record has: its id, its own version, the revision that last changed it."""

    id: Mapped[str] = mapped_column(primary_key=True, sort_order=-3)
    version: Mapped[int] = mapped_column(sort_order=-2)
    revision: Mapped[int] = mapped_column(index=True, sort_order=-1)


class _Sourced:
    """Where a record comes from."""

    status: Mapped[str] = mapped_column(sort_order=90)
    source_name: Mapped[str] = mapped_column(sort_order=91)
    source_licence: Mapped[str] = mapped_column(sort_order=92)
    source_url: Mapped[str] = mapped_column(sort_order=93)
    source_reference: Mapped[str] = mapped_column(sort_order=94)
    source_read_on: Mapped[date | None] = mapped_column(sort_order=95)


class PartnerRow(Recorded, _Sourced, Base):
    """A hosting partner."""

    __tablename__ = "partner"
    names: Mapped[Facts]
    municipality: Mapped[str]
    place: Mapped[Facts | None]
    contacts: Mapped[list[Any]]
    hours: Mapped[str]


class NeighbourhoodRow(Recorded, Base):
    """A relay neighbourhood; its sectors of today are in a table of their own."""

    __tablename__ = "neighbourhood"
    names: Mapped[Facts]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    since: Mapped[date | None]
    former: Mapped[list[Any]]
    reason: Mapped[str]
    lived: Mapped[list[Any]]
    note: Mapped[str]


class NeighbourhoodSectorRow(Base):
    """One sector of a neighbourhood."""

    __tablename__ = "neighbourhood_sector"
    neighbourhood_id: Mapped[str] = mapped_column(ForeignKey("neighbourhood.id"), primary_key=True)
    sector: Mapped[str] = mapped_column(primary_key=True, index=True)


class ActorRow(Recorded, _Sourced, Base):
    """An actor."""

    __tablename__ = "actor"
    kind: Mapped[str]
    names: Mapped[Facts]
    descriptions: Mapped[Facts]
    categories: Mapped[list[Any]]
    places: Mapped[list[Any]]
    contacts: Mapped[list[Any]]
    languages: Mapped[list[Any]]
    hours: Mapped[str]
    notices: Mapped[list[Any]]
    wheelchair: Mapped[str | None]
    appointment: Mapped[str | None]
    cost: Mapped[str | None]
    audience: Mapped[Facts]
    consent_given_on: Mapped[date | None]
    consent_ends_on: Mapped[date | None]
    secret_place: Mapped[bool] = mapped_column(server_default=false())
    do_not_contact: Mapped[bool] = mapped_column(server_default=false())
    verified_on: Mapped[date | None]
    verified_by: Mapped[str]


class RelayRow(Recorded, _Sourced, Base):
    """The relay of a neighbourhood at a partner."""

    __tablename__ = "relay"
    names: Mapped[Facts]
    partner_id: Mapped[str] = mapped_column(ForeignKey("partner.id"), index=True)
    neighbourhood_id: Mapped[str] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    contacts: Mapped[list[Any]]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class ActivityRow(Recorded, _Sourced, Base):
    """An activity."""

    __tablename__ = "activity"
    titles: Mapped[Facts]
    descriptions: Mapped[Facts]
    type: Mapped[str]
    theme: Mapped[str | None]
    place: Mapped[Facts | None]
    schedule: Mapped[Facts | None]
    frequency: Mapped[Facts]
    languages: Mapped[list[Any]]


class ActivityOrganiserRow(Base):
    """One organiser of an activity: an actor or a relay, in the order given."""

    __tablename__ = "activity_organiser"
    __table_args__ = (CheckConstraint("(actor_id IS NULL) <> (relay_id IS NULL)", name="one"),)
    activity_id: Mapped[str] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    actor_id: Mapped[str | None] = mapped_column(ForeignKey("actor.id"), index=True)
    relay_id: Mapped[str | None] = mapped_column(ForeignKey("relay.id"), index=True)


class IndicatorRow(Recorded, _Sourced, Base):
    """A figure by sector or district, of one year."""

    __tablename__ = "indicator"
    subject: Mapped[str] = mapped_column(index=True)
    names: Mapped[Facts]
    unit: Mapped[str]
    level: Mapped[str]
    year: Mapped[int]


class IndicatorValueRow(Base):
    """What it is in one sector or district; null: published as not known."""

    __tablename__ = "indicator_value"
    indicator_id: Mapped[str] = mapped_column(ForeignKey("indicator.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[float | None] = mapped_column(Double)


class ScenarioRow(Recorded, Base):
    """What a planner would change, as steps."""

    __tablename__ = "scenario"
    title: Mapped[str]
    note: Mapped[str]
    author: Mapped[str]
    made_on: Mapped[date]
    steps: Mapped[list[Any]]
    situation: Mapped[str]
    fingerprint: Mapped[str]
    drawn_revision: Mapped[int]
    status: Mapped[str]


class ChangeRow(Base):
    """One change of one record: who, when, before and after."""

    __tablename__ = "change"
    __table_args__ = (Index(None, "kind", "record_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(index=True)
    at: Mapped[datetime]
    author: Mapped[str]
    person: Mapped[str] = mapped_column(server_default="", index=True)
    origin: Mapped[str]
    batch: Mapped[str]
    kind: Mapped[str]
    record_id: Mapped[str]
    version: Mapped[int]
    before: Mapped[Facts | None]
    after: Mapped[Facts | None]
    reason: Mapped[str] = mapped_column(server_default="")


class NoteRow(Base):
    """A private note of a relay on an actor; `text` is null once it was put away unreadable."""

    __tablename__ = "note"
    id: Mapped[str] = mapped_column(primary_key=True)
    actor_id: Mapped[str] = mapped_column(index=True)
    neighbourhood: Mapped[str] = mapped_column(index=True)
    author: Mapped[str]
    person: Mapped[str] = mapped_column(index=True)
    text: Mapped[str | None]
    at: Mapped[datetime]
    hand_over: Mapped[bool]
    archived_at: Mapped[datetime | None]


class ErasingRow(Base):
    """A row is here only within the transaction that takes somebody out of the history.

    Without it the database refuses to change the history, and the events of accounts.
    """

    __tablename__ = "erasing"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class ConfirmationRow(Base):
    """A link by which an actor confirms its record: a hash of it, never the link itself."""

    __tablename__ = "confirmation"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    actor_id: Mapped[str] = mapped_column(index=True)
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(server_default="")


class ImportBatchRow(Base):
    """One file on its way into the directory: what it is called, how it is read, how far it is."""

    __tablename__ = "import_batch"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    author: Mapped[str]
    started_at: Mapped[datetime]
    step: Mapped[str]
    columns: Mapped[list[Any]]
    guesses: Mapped[list[Any]]
    notes: Mapped[list[Any]]
    settings: Mapped[Facts]
    rows: Mapped[int]
    round: Mapped[int]
    settled_by: Mapped[str]
    settled_at: Mapped[datetime | None]


class ImportRowRow(Base):
    """One row of such a file: its cells as they were, what they say, where it goes."""

    __tablename__ = "import_row"
    __table_args__ = (Index(None, "batch_id", "heap"),)
    batch_id: Mapped[str] = mapped_column(
        ForeignKey("import_batch.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    line: Mapped[int]
    cells: Mapped[list[Any]]
    corrections: Mapped[Facts]
    checked: Mapped[bool]
    draft: Mapped[Facts]
    findings: Mapped[list[Any]]
    answer: Mapped[Facts | None]
    spot: Mapped[Facts | None]
    heap: Mapped[str]
    compared: Mapped[bool]
    twins: Mapped[list[Any]]
    verdict: Mapped[Facts | None]
    outcome: Mapped[str]
    actor_id: Mapped[str]


class ImportMappingRow(Base):
    """What the columns of a file are, saved under a name for the next one of its kind."""

    __tablename__ = "import_mapping"
    name: Mapped[str] = mapped_column(primary_key=True)
    signature: Mapped[str] = mapped_column(index=True)
    settings: Mapped[Facts]
    author: Mapped[str]
    saved_at: Mapped[datetime]


class ImportWordRow(Base):
    """What a word or a text of hours means, once somebody confirmed it."""

    __tablename__ = "import_word"
    about: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True)
    meaning: Mapped[list[Any]]
    author: Mapped[str]
    confirmed_at: Mapped[datetime]


class RevisionRow(Base):
    """The one row every writer locks: how often the directory changed.

    `epoch` is drawn when the tables are made; another one is another directory.
    """

    __tablename__ = "revision"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    epoch: Mapped[str]
    value: Mapped[int]


def table(row: type[Base]) -> Table:
    """Return the table of a row class, as the expression language wants it."""
    return cast("Table", row.__table__)
