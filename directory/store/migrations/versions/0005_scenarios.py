"""Scenarios: what a planner would put, move or close."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _text(*names: str) -> list[sa.schema.SchemaItem]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def upgrade() -> None:
    op.create_table(
        "scenario",
        *_text("id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_text("title", "note", "author"),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        *_text("situation", "fingerprint"),
        sa.Column("drawn_revision", sa.Integer(), nullable=False),
        *_text("status"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario")),
    )
    op.create_index(op.f("ix_scenario_revision"), "scenario", ["revision"])


def downgrade() -> None:
    op.drop_table("scenario")
    # A version that knows no scenarios cannot read their history either.
    op.execute("DELETE FROM change WHERE kind = 'scenario'")
