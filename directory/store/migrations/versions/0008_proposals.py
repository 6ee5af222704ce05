"""Proposals: what anybody says should change, their links, and the pace of a day."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def _text(*names: str) -> list[sa.schema.SchemaItem]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _count(*names: str) -> list[sa.schema.SchemaItem]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _of_proposal(name: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposal.id"],
            name=op.f(f"fk_{name}_proposal_id_proposal"),
            ondelete="CASCADE",
        )
    ]


def upgrade() -> None:
    op.create_table(
        "proposal",
        *_text("id"),
        *_count("version"),
        *_text("kind", "target"),
        *_count("target_version"),
        *_text("other"),
        sa.Column("facts", sa.JSON(), nullable=False),
        *_text("note", "language", "name"),
        sa.Column("thank", sa.Boolean(), nullable=False),
        sa.Column("place", sa.JSON(), nullable=True),
        sa.Column("neighbourhoods", sa.JSON(), nullable=False),
        *_text("status"),
        *_count("said", "weight"),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("decided_at", _MOMENT, nullable=True),
        *_text("decided_by", "reason", "batch", "sameness"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index(
        op.f("ix_proposal_status_weight_made_at"), "proposal", ["status", "weight", "made_at"]
    )
    op.create_index(op.f("ix_proposal_sameness_status"), "proposal", ["sameness", "status"])
    op.create_index(op.f("ix_proposal_target"), "proposal", ["target"])
    op.create_table(
        "proposal_area",
        *_text("neighbourhood", "proposal_id"),
        *_of_proposal("proposal_area"),
        sa.PrimaryKeyConstraint("neighbourhood", "proposal_id", name=op.f("pk_proposal_area")),
    )
    op.create_table(
        "proposal_event",
        *_count("id"),
        *_text("proposal_id"),
        sa.Column("at", _MOMENT, nullable=False),
        *_text("kind", "by", "person", "text"),
        sa.Column("neighbourhoods", sa.JSON(), nullable=False),
        *_text("voice"),
        *_of_proposal("proposal_event"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_event")),
    )
    op.create_table(
        "proposal_link",
        *_text("hash", "proposal_id", "voice", "name"),
        sa.Column("thank", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        *_of_proposal("proposal_link"),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_proposal_link")),
    )
    for name in ("proposal_area", "proposal_event", "proposal_link"):
        op.create_index(op.f(f"ix_{name}_proposal_id"), name, ["proposal_id"])
    op.create_table(
        "proposal_salt",
        sa.Column("day", sa.Date(), nullable=False),
        *_text("salt"),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_proposal_salt")),
    )
    op.create_table(
        "proposal_pace",
        *_count("id"),
        *_text("mark"),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_pace")),
    )
    op.create_index(op.f("ix_proposal_pace_mark_at"), "proposal_pace", ["mark", "at"])


def downgrade() -> None:
    for name in ("pace", "salt", "link", "event", "area"):
        op.drop_table(f"proposal_{name}")
    op.drop_table("proposal")
