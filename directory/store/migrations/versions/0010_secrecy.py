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


def downgrade() -> None:
    op.drop_table("note")
    op.drop_column("actor", "do_not_contact")
    op.drop_column("actor", "secret_place")
