"""Accounts: who may sign in, what they may do, and what happened to them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _text(*names: str) -> list[sa.schema.SchemaItem]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _lists(*names: str) -> list[sa.schema.SchemaItem]:
    return [sa.Column(name, sa.JSON(), nullable=False) for name in names]


def _days() -> list[sa.schema.SchemaItem]:
    return [sa.Column(name, sa.Date(), nullable=True) for name in ("from_day", "to_day")]


def _moments(*names: str, nullable: bool = False) -> list[sa.schema.SchemaItem]:
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=nullable) for name in names]


def _of_account(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_account_id_account")
    return sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=name)


def _id(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _unique(table: str, column: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(column, name=op.f(f"uq_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "account",
        *_text("id", "login", "name"),
        sa.Column("email", sa.String(), nullable=True),
        *_text("password"),
        *_moments("made_at"),
        *_moments("ended_at", nullable=True),
        _id("account"),
        _unique("account", "login"),
        _unique("account", "email"),
    )
    op.create_table(
        "account_grant",
        *_text("id", "account_id", "role"),
        *_lists("neighbourhoods", "actors"),
        *_days(),
        *_text("lender", "given_by"),
        *_moments("given_at"),
        _of_account("account_grant"),
        _id("account_grant"),
    )
    op.create_index(op.f("ix_account_grant_account_id"), "account_grant", ["account_id"])
    op.create_table(
        "session",
        *_text("id", "token_sha256", "account_id", "device"),
        *_moments("made_at", "seen_at", "ends_at"),
        *_moments("ended_at", nullable=True),
        _of_account("session"),
        _id("session"),
        _unique("session", "token_sha256"),
    )
    op.create_index(op.f("ix_session_account_id"), "session", ["account_id"])
    op.create_table(
        "invitation",
        *_text("id", "token_sha256", "name"),
        sa.Column("email", sa.String(), nullable=True),
        *_text("role"),
        *_lists("neighbourhoods", "actors"),
        *_days(),
        sa.Column("account_id", sa.String(), nullable=True),
        *_text("made_by"),
        *_moments("made_at", "ends_at"),
        *_moments("used_at", nullable=True),
        sa.Column("used_by", sa.String(), nullable=True),
        *_moments("withdrawn_at", nullable=True),
        _id("invitation"),
        _unique("invitation", "token_sha256"),
    )
    op.create_table("sign_in_try", *_text("id", "about"), *_moments("at"), _id("sign_in_try"))
    op.create_index(op.f("ix_sign_in_try_at"), "sign_in_try", ["at"])
    op.create_index(op.f("ix_sign_in_try_about_at"), "sign_in_try", ["about", "at"])
    op.create_table(
        "sign_in_salt",
        sa.Column("day", sa.Date(), nullable=False),
        *_text("salt"),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_sign_in_salt")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        *_moments("at"),
        *_text("what", "account_id", "person", "author"),
        sa.Column("facts", sa.JSON(), nullable=False),
        _id("event"),
    )
    op.create_index(op.f("ix_event_at"), "event", ["at"])
    op.create_index(op.f("ix_event_account_id"), "event", ["account_id"])
    _keep_events()


def _keep_events() -> None:
    """Have the database itself refuse to change what happened."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION event_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'events are kept as they are'; END $$"
        )
        op.execute(
            "CREATE TRIGGER event_is_kept BEFORE UPDATE OR DELETE ON event "
            "FOR EACH ROW EXECUTE FUNCTION event_is_kept()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER event_is_kept_{act.lower()} BEFORE {act} ON event "
            "BEGIN SELECT RAISE(ABORT, 'events are kept as they are'); END"
        )


def downgrade() -> None:
    for table in (
        "event",
        "sign_in_salt",
        "sign_in_try",
        "invitation",
        "session",
        "account_grant",
        "account",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION event_is_kept()")
