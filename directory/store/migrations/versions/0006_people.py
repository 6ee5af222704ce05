"""Who is behind a change: the account of its author."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column("person", sa.String(), nullable=False, server_default=sa.text("''"))
    op.add_column("change", column)
    op.create_index(op.f("ix_change_person"), "change", ["person"])


def downgrade() -> None:
    op.drop_index(op.f("ix_change_person"), "change")
    op.drop_column("change", "person")
