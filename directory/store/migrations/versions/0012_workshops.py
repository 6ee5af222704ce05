"""Workshops: the meetings, their links, and what was proposed there."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _text(*names: str) -> list[sa.schema.SchemaItem]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _moment(name: str, *, known: bool = True) -> sa.schema.SchemaItem:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not known)


def _of(table: str, parent: str) -> sa.schema.SchemaItem:
    return sa.ForeignKeyConstraint(
        [f"{parent}_id"],
        [f"{parent}.id"],
        name=op.f(f"fk_{table}_{parent}_id_{parent}"),
        ondelete="CASCADE",
    )


def upgrade() -> None:
    op.create_table(
        "workshop",
        *_text("id"),
        sa.Column("version", sa.Integer(), nullable=False),
        *_text("title"),
        sa.Column("day", sa.Date(), nullable=False),
        *_text("neighbourhood_id", "map_id"),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        *_text("address", "status", "made_by", "person"),
        _moment("made_at"),
        _moment("ends_at"),
        _moment("closed_at", known=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
    )
    op.create_index(op.f("ix_workshop_neighbourhood_id"), "workshop", ["neighbourhood_id"])
    op.create_table(
        "workshop_link",
        *_text("hash", "workshop_id", "use"),
        _moment("made_at"),
        _moment("ended_at", known=False),
        _of("workshop_link", "workshop"),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_workshop_link")),
    )
    op.create_index(op.f("ix_workshop_link_workshop_id"), "workshop_link", ["workshop_id"])
    op.create_table(
        "workshop_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        *_text("workshop_id", "proposal_id", "link", "table_name", "nickname", "phone"),
        _moment("at"),
        *_text("merged_into"),
        _of("workshop_proposal", "proposal"),
        _of("workshop_proposal", "workshop"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_proposal")),
        sa.UniqueConstraint("link", name=op.f("uq_workshop_proposal_link")),
    )
    for name in ("workshop_id", "proposal_id"):
        op.create_index(op.f(f"ix_workshop_proposal_{name}"), "workshop_proposal", [name])


def downgrade() -> None:
    for table in ("workshop_proposal", "workshop_link", "workshop"):
        op.drop_table(table)
