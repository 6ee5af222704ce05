"""Notices of actors, links by which actors confirm their records, why something was changed."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    notices = sa.Column("notices", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
    op.add_column("actor", notices)
    reason = sa.Column("reason", sa.String(), nullable=False, server_default=sa.text("''"))
    op.add_column("change", reason)
    op.create_table(
        "confirmation",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=False, server_default=sa.text("''")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_confirmation")),
    )
    op.create_index(op.f("ix_confirmation_actor_id"), "confirmation", ["actor_id"])


def downgrade() -> None:
    op.drop_table("confirmation")
    op.drop_column("change", "reason")
    op.drop_column("actor", "notices")
