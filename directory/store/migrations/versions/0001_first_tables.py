"""The first tables: records, their links, the history and the revision counter."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _text(name: str, *, nullable: bool = False) -> sa.schema.SchemaItem:
    return sa.Column(name, sa.String(), nullable=nullable)


def _json(name: str, *, nullable: bool = False) -> sa.schema.SchemaItem:
    return sa.Column(name, sa.JSON(), nullable=nullable)


def _day(name: str, *, nullable: bool = True) -> sa.schema.SchemaItem:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _number(name: str) -> sa.schema.SchemaItem:
    return sa.Column(name, sa.Integer(), nullable=False)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _link(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _record(table: str, *parts: sa.schema.SchemaItem, sourced: bool = True) -> None:
    source: tuple[sa.schema.SchemaItem, ...] = (
        *(_text(n) for n in ("status", "source_name", "source_licence", "source_url")),
        _text("source_reference"),
        _day("source_read_on"),
    )
    op.create_table(
        table,
        *(_text("id"), _number("version"), _number("revision"), *parts),
        *source[: None if sourced else 0],
        _key(table, "id"),
    )
    _index(table, "revision")


def _records() -> None:
    _record(
        "partner",
        *(_json("names"), _text("municipality"), _json("place", nullable=True)),
        *(_json("contacts"), _text("hours")),
    )
    _record(
        "neighbourhood",
        *(_json("names"), _day("valid_from", nullable=False), _day("valid_to"), _text("note")),
        sourced=False,
    )
    _record(
        "actor",
        *(_text("kind"), _json("names"), _json("descriptions"), _json("categories")),
        *(_json("places"), _json("contacts"), _json("languages"), _text("hours")),
        *(_text(name, nullable=True) for name in ("wheelchair", "appointment", "cost")),
        *(_json("audience"), _day("consent_given_on"), _day("consent_ends_on")),
        *(_day("verified_on"), _text("verified_by")),
    )
    _record(
        "relay",
        *(_json("names"), _text("partner_id"), _text("neighbourhood_id"), _json("contacts")),
        *(_day("valid_from"), _day("valid_to")),
        _link("relay", "partner_id", "partner"),
        _link("relay", "neighbourhood_id", "neighbourhood"),
    )
    _index("relay", "partner_id")
    _index("relay", "neighbourhood_id")
    _record(
        "activity",
        *(_json("titles"), _json("descriptions"), _text("type"), _text("theme", nullable=True)),
        *(_json("place", nullable=True), _json("schedule", nullable=True)),
        *(_json("frequency"), _json("languages")),
    )


def _links() -> None:
    op.create_table(
        "neighbourhood_sector",
        *(_text("neighbourhood_id"), _text("sector")),
        _link("neighbourhood_sector", "neighbourhood_id", "neighbourhood"),
        _key("neighbourhood_sector", "neighbourhood_id", "sector"),
    )
    _index("neighbourhood_sector", "sector")
    op.create_table(
        "activity_organiser",
        *(_text("activity_id"), _number("position")),
        *(_text("actor_id", nullable=True), _text("relay_id", nullable=True)),
        sa.CheckConstraint(
            "(actor_id IS NULL) <> (relay_id IS NULL)", name=op.f("ck_activity_organiser_one")
        ),
        _link("activity_organiser", "activity_id", "activity"),
        _link("activity_organiser", "actor_id", "actor"),
        _link("activity_organiser", "relay_id", "relay"),
        _key("activity_organiser", "activity_id", "position"),
    )
    _index("activity_organiser", "actor_id")
    _index("activity_organiser", "relay_id")


def upgrade() -> None:
    _records()
    _links()
    op.create_table(
        "change",
        *(_number("id"), _number("revision")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(_text(name) for name in ("author", "origin", "batch", "kind", "record_id")),
        *(_number("version"), _json("before", nullable=True), _json("after")),
        _key("change", "id"),
    )
    _index("change", "revision")
    _index("change", "kind", "record_id")
    counter = op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *(_text("epoch"), _number("value")),
        sa.CheckConstraint("id = 1", name=op.f("ck_revision_one_row")),
        _key("revision", "id"),
    )
    op.bulk_insert(counter, [{"id": 1, "epoch": uuid4().hex, "value": 0}])


def downgrade() -> None:
    for table in (
        *("revision", "change", "activity_organiser", "neighbourhood_sector"),
        *("activity", "relay", "actor", "neighbourhood", "partner"),
    ):
        op.drop_table(table)
