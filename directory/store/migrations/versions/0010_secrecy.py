"""Secret places, who is not to be contacted, and the private notes of relays."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("secret_place", "do_not_contact"):
        op.add_column(
            "actor", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.create_table(
        "note",
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("id", "actor_id", "neighbourhood", "author", "person")
        ),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hand_over", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    for name in ("actor_id", "neighbourhood", "person"):
        op.create_index(op.f(f"ix_note_{name}"), "note", [name])
    op.create_table(
        "erasing",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasing")),
    )
    _keep(on_postgresql=op.get_bind().dialect.name == "postgresql")


def _keep(*, on_postgresql: bool) -> None:
    """Let the database itself refuse to change the history, but while a consent is withdrawn.

    The row in `erasing` lives inside that one transaction, so no other ever sees it.
    """
    if on_postgresql:
        op.execute(
            "CREATE OR REPLACE FUNCTION event_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN IF EXISTS (SELECT 1 FROM erasing) THEN RETURN COALESCE(NEW, OLD); END IF; "
            "RAISE EXCEPTION 'the history is kept as it is'; END $$"
        )
        op.execute(
            "CREATE TRIGGER change_is_kept BEFORE UPDATE OR DELETE ON change "
            "FOR EACH ROW EXECUTE FUNCTION event_is_kept()"
        )
        return
    for table in ("event", "change"):
        for act in ("UPDATE", "DELETE"):
            name = f"{table}_is_kept_{act.lower()}"
            op.execute(f"DROP TRIGGER IF EXISTS {name}")
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} "  # noqa: S608 - two names of ours
                "WHEN NOT EXISTS (SELECT 1 FROM erasing) "
                "BEGIN SELECT RAISE(ABORT, 'the history is kept as it is'); END"
            )


def _keep_events_alone(*, on_postgresql: bool) -> None:
    if on_postgresql:
        op.execute("DROP TRIGGER change_is_kept ON change")
        op.execute(
            "CREATE OR REPLACE FUNCTION event_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'events are kept as they are'; END $$"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(f"DROP TRIGGER change_is_kept_{act.lower()}")
        op.execute(f"DROP TRIGGER event_is_kept_{act.lower()}")
        op.execute(
            f"CREATE TRIGGER event_is_kept_{act.lower()} BEFORE {act} ON event "
            "BEGIN SELECT RAISE(ABORT, 'events are kept as they are'); END"
        )


def downgrade() -> None:
    _keep_events_alone(on_postgresql=op.get_bind().dialect.name == "postgresql")
    op.drop_table("erasing")
    op.drop_table("note")
    op.drop_column("actor", "do_not_contact")
    op.drop_column("actor", "secret_place")
